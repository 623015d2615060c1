//! A choice study: eight tasks of three offers each, `choices.csv`. Who chooses what follows a
//! multinomial logit with the planted part-worths.

use std::path::Path;

use anyhow::Result;
use rand::RngExt;

use super::Plan;
use super::calendar::Moment;
use super::random::{Purpose, pick, stream, weighted};
use super::table::{CsvFile, Rows};
use super::truth::BRANDS;

/// Header of `choices.csv`.
const CHOICES: [&str; 11] = [
    "task_id",
    "alternative",
    "customer_id",
    "brand",
    "chosen",
    "price",
    "currency",
    "levels",
    "weight",
    "survey",
    "chosen_at",
];
const TASKS: u64 = 8;
const PRICES: [i64; 4] = [29_000, 39_000, 49_000, 59_000];
const WAITING_MINUTES: [i64; 3] = [5, 15, 30];

/// One offer of a task.
struct Offer {
    brand: usize,
    price: i64,
    minutes: i64,
    large: bool,
}

/// Writes `choices.csv`.
pub(crate) fn write(plan: &Plan, folder: &Path) -> Result<(String, u64)> {
    let mut file = CsvFile::create(folder, "choices.csv", &CHOICES)?;
    for respondent in 0..(plan.options.customers / 60).clamp(200, 10_000) {
        let mut draws = stream(plan.options.seed, Purpose::Choice, respondent);
        let mut rows = Rows::new();
        let at = Moment {
            day: plan.calendar.days - 60 + (respondent % 50) as u32,
            second: 50_000,
        };
        for task in 0..TASKS {
            let offers = BRANDS.map(|_| Offer {
                brand: draws.random_range(0..BRANDS.len()),
                price: pick(&mut draws, &PRICES),
                minutes: pick(&mut draws, &WAITING_MINUTES),
                large: draws.random_bool(0.5),
            });
            let attractions = offers.each_ref().map(|offer| offer.utility(plan).exp());
            let chosen = weighted(&mut draws, &attractions);
            for (alternative, offer) in offers.iter().enumerate() {
                let size = if offer.large { "L" } else { "S" };
                let levels = serde_json::json!({"size": size, "wait_minutes": offer.minutes});
                rows.show(format_args!("C{respondent:05}-{task}"))
                    .show(alternative + 1)
                    .none()
                    .text(BRANDS[offer.brand])
                    .show(u8::from(alternative == chosen))
                    .show(offer.price)
                    .text("VND")
                    .show(levels)
                    .show(1)
                    .text("choice study")
                    .iso(&plan.calendar, at)
                    .end();
            }
        }
        file.append(rows)?;
    }
    file.finish()
}

impl Offer {
    fn utility(&self, plan: &Plan) -> f64 {
        let planted = &plan.truth.choice;
        let brand = [planted.own_brand, planted.moc, 0.0][self.brand];
        brand
            + planted.per_thousand_dong * self.price as f64 / 1000.0
            + planted.per_minute * self.minutes as f64
            + if self.large { planted.large } else { 0.0 }
    }
}
