//! How many points of perceived price one percent of price is, where prices changed and people were asked
//! about them month after month.
//!
//! A cell is a brand in a month: its mean score of perceived price against its price, as the mean logarithm
//! over products less that of the product over all cells. Brands differ by more than price, and times change:
//! both are held still, so only a price that moved otherwise than the others' says anything.

use std::collections::BTreeMap;

use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::{Date32Type, Float64Type};
use worth_model::link::{Family, Link, LinkRows};

use super::answer::FromPrices;
use crate::answers::{Answers, Brands, Kind, PRICE, same};
use crate::columns::{column, date_of, text};
use crate::context::Observation;
use crate::error::Error;

const PRICES: &str = include_str!("prices.sql");
const DOING: &str = "reading prices";

/// A month, counted from year 0.
type Month = i32;

/// Sums of a mean.
#[derive(Default, Clone, Copy)]
struct Mean {
    sum: f64,
    weight: f64,
}

impl Mean {
    fn add(&mut self, value: f64, weight: f64) {
        self.sum += weight * value;
        self.weight += weight;
    }

    fn value(self) -> f64 {
        self.sum / self.weight
    }
}

/// What prices and answers say of it.
pub(super) async fn from_prices(
    observation: &Observation,
    answers: &Answers,
    brands: &Brands,
    level: f64,
) -> Result<FromPrices, Error> {
    let percent = percents(observation, brands).await?;
    let scores = scores(answers, brands);
    let cells: Vec<(&(usize, Month), f64, Mean)> = (scores.iter())
        .filter_map(|(cell, score)| Some((cell, *percent.get(cell)?, *score)))
        .collect();
    let mut told = FromPrices {
        brand_months: cells.len() as u64,
        points_per_percent: None,
        cannot: None,
    };
    if cells.is_empty() {
        return Ok(told);
    }
    let of_brand = |brand: usize| -> Vec<f64> {
        let is_of = cells
            .iter()
            .map(|(cell, ..)| f64::from(u8::from(cell.0 == brand)));
        is_of.collect()
    };
    let dummies: Vec<Vec<f64>> = (1..brands.names.len()).map(of_brand).collect();
    let months: Vec<f64> = cells.iter().map(|(cell, ..)| f64::from(cell.1)).collect();
    let controls: Vec<&[f64]> = dummies.iter().chain([&months]).map(Vec::as_slice).collect();
    let percent: Vec<f64> = cells.iter().map(|(_, percent, _)| *percent).collect();
    let outcome: Vec<f64> = cells.iter().map(|(.., score)| score.value()).collect();
    let weight: Vec<f64> = cells.iter().map(|(.., score)| score.weight).collect();
    let rows = LinkRows {
        exposures: &[&percent],
        controls: &controls,
        outcome: &outcome,
        weight: Some(&weight),
        person: None,
        error_variance: None,
    };
    let link = Link {
        family: Family::Linear,
        level,
    };
    let rows = rows.check().expect("numbers of the same cells");
    match link.fit(&rows).expect("a level that was checked") {
        Ok(fitted) => told.points_per_percent = Some(fitted.effects[0].coefficient),
        Err(why) => told.cannot = Some(why),
    }
    Ok(told)
}

/// The price of each brand in each month in percent above what its products cost on average.
async fn percents(
    observation: &Observation,
    brands: &Brands,
) -> Result<BTreeMap<(usize, Month), f64>, Error> {
    let frame = observation.query(PRICES, &[]).await?;
    let batches = frame.collect().await.map_err(Error::engine(DOING))?;
    let mut offers = Vec::new();
    let mut products: BTreeMap<String, Mean> = BTreeMap::new();
    for batch in &batches {
        let [names, ids] = ["brand", "product_id"].map(|name| text(batch, name));
        let (names, ids) = (names.as_string_view(), ids.as_string_view());
        let days = column(batch, "day").as_primitive::<Date32Type>();
        let prices = column(batch, "price").as_primitive::<Float64Type>();
        for row in 0..batch.num_rows() {
            let mut known = brands.names.iter();
            if let Some(brand) = known.position(|known| same(known, names.value(row))) {
                let (product, price) = (ids.value(row).to_owned(), prices.value(row).ln());
                products.entry(product.clone()).or_default().add(price, 1.0);
                offers.push(((brand, month(days.value(row))), product, price));
            }
        }
    }
    let mut cells: BTreeMap<(usize, Month), Mean> = BTreeMap::new();
    for (cell, product, price) in offers {
        cells
            .entry(cell)
            .or_default()
            .add(price - products[&product].value(), 1.0);
    }
    Ok(cells
        .into_iter()
        .map(|(cell, mean)| (cell, 100.0 * mean.value()))
        .collect())
}

/// How dear each brand seemed in each month.
fn scores(answers: &Answers, brands: &Brands) -> BTreeMap<(usize, Month), Mean> {
    let mut cells: BTreeMap<(usize, Month), Mean> = BTreeMap::new();
    for answer in &answers.given {
        let asked = &answer.asked;
        if asked.kind() == Some(Kind::Cost)
            && asked.dimension() == PRICE
            && let Some(brand) = brands.place(answer.brand)
        {
            let weight = answers.respondents[answer.respondent].weight;
            let cell = cells.entry((brand, month(answer.day))).or_default();
            cell.add(answer.on_ten(), weight);
        }
    }
    cells
}

fn month(day: i32) -> Month {
    let date = date_of(day);
    i32::from(date.year()) * 12 + i32::from(date.month())
}
