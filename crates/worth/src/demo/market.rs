//! What the market looks like: prices of all brands, what the shop spends, exchange rates.

use std::path::Path;

use anyhow::{Context as _, Result};
use jiff::ToSpan as _;
use jiff::civil::Date;
use rand::RngExt;
use rust_xlsxwriter::{Format, Workbook};

use super::Plan;
use super::random::{Purpose, normal, stream};
use super::shop::{ACQUISITION, PRODUCTS};
use super::table::{CsvFile, Rows};
use super::truth::BRANDS;

/// Header of `prices.xlsx`.
const PRICES: [&str; 6] = ["brand", "product_id", "at", "price", "currency", "share"];
/// Header of `spending.csv`.
const SPENDING: [&str; 6] = [
    "channel", "from_at", "until_at", "kind", "amount", "currency",
];
/// Header of `exchange_rates.csv`.
const EXCHANGE_RATES: [&str; 3] = ["currency", "at", "rate"];

/// Writes `prices.xlsx`: every product of every brand on the first of each month.
pub(crate) fn write_prices(plan: &Plan, folder: &Path) -> Result<(String, u64)> {
    let mut draws = stream(plan.options.seed, Purpose::Market, 0);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let day_format = Format::new().set_num_format("yyyy-mm-dd");
    for (column, title) in PRICES.iter().enumerate() {
        sheet.write(0, column as u16, *title)?;
    }
    let mut row = 0;
    for month in months(plan) {
        for (index, brand) in BRANDS.iter().enumerate() {
            for product in &PRODUCTS {
                row += 1;
                // competitors are a little cheaper or dearer; prices rise two percent a year
                let level = [1.0, 1.04, 0.93][index];
                let years = f64::from((month - plan.calendar.date(0)).get_days()) / 365.25;
                let price = product.price as f64 * level * 1.02_f64.powf(years);
                let share = plan.truth.brands[index].market_share + 0.005 * normal(&mut draws);
                sheet.write(row, 0, *brand)?;
                sheet.write(row, 1, product.code)?;
                sheet.write_with_format(row, 2, &excel_day(month)?, &day_format)?;
                sheet.write(row, 3, (price / 1000.0).round() * 1000.0)?;
                sheet.write(row, 4, "VND")?;
                sheet.write(row, 5, (share * 1e4).round() / 1e4)?;
            }
        }
    }
    let path = folder.join("prices.xlsx");
    workbook
        .save(&path)
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(("prices.xlsx".to_owned(), u64::from(row)))
}

/// Writes `spending.csv`: advertising (in dollars where the platform bills so) and service.
pub(crate) fn write_spending(plan: &Plan, folder: &Path) -> Result<(String, u64)> {
    let mut draws = stream(plan.options.seed, Purpose::Market, 1);
    let mut file = CsvFile::create(folder, "spending.csv", &SPENDING)?;
    let mut rows = Rows::new();
    let weak = &plan.truth.weak_channel;
    let months: Vec<Date> = months(plan).collect();
    let winning = |channel: &'static str, dollars_per_customer: f64| {
        let each = dollars_per_customer * share_of(channel) / months.len() as f64;
        (channel, "acquisition", each, "USD")
    };
    // per customer of the shop and month: đồng, or dollars
    let kinds = [
        winning(weak.other_paid_channel, weak.other_dollars_per_customer),
        winning(weak.acquisition_channel, weak.dollars_per_customer),
        ("Zalo", "retention", 700.0, "VND"),
        ("Cửa hàng", "service", 2_600.0, "VND"),
    ];
    for &month in &months {
        for (channel, kind, each, currency) in kinds {
            let amount = plan.options.customers as f64 * each * (0.9 + 0.2 * draws.random::<f64>());
            rows.text(channel)
                .show(month)
                .show(month + 1.month())
                .text(kind)
                .show(amount.round())
                .text(currency)
                .end();
        }
    }
    file.append(rows)?;
    file.finish()
}

/// Share of the customers who came through a channel.
fn share_of(channel: &str) -> f64 {
    let ways = ACQUISITION.iter().filter(|way| way.0 == channel);
    ways.map(|way| way.1).sum()
}

/// Writes `exchange_rates.csv`: the dollar in đồng on the first of each month.
pub(crate) fn write_exchange_rates(plan: &Plan, folder: &Path) -> Result<(String, u64)> {
    let mut draws = stream(plan.options.seed, Purpose::Market, 2);
    let mut file = CsvFile::create(folder, "exchange_rates.csv", &EXCHANGE_RATES)?;
    let mut rows = Rows::new();
    let mut rate = 24_400.0;
    for month in months(plan) {
        rows.text("USD").show(month).show(f64::round(rate)).end();
        rate *= 1.002 + 0.004 * normal(&mut draws);
    }
    file.append(rows)?;
    file.finish()
}

/// First days of the months of the demo.
fn months(plan: &Plan) -> impl Iterator<Item = Date> {
    let first = plan.calendar.date(0);
    let last = plan.calendar.date(plan.calendar.days - 1);
    (0..)
        .map(move |month: i64| first + month.months())
        .take_while(move |day| *day <= last)
}

fn excel_day(day: Date) -> Result<rust_xlsxwriter::ExcelDateTime> {
    Ok(rust_xlsxwriter::ExcelDateTime::from_ymd(
        day.year().unsigned_abs(),
        day.month().unsigned_abs(),
        day.day().unsigned_abs(),
    )?)
}
