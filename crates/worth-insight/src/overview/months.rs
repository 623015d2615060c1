//! Month by month: orders, customers, revenue, and what customers felt they got for what they gave.

use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::{Date32Type, Float64Type, Int64Type};
use worth_model::Estimate;

use super::answer::OverviewMonth;
use crate::columns::{column, date_of};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::lifetime::business_currency;
use crate::perceived::Perceived;
use crate::question::Scope;

const MONTHS: &str = concat!(include_str!("../money.sql"), include_str!("months.sql"));
/// The survey is looked at month by month for so many months, the last ones.
const SURVEY_MONTHS: usize = 12;
/// Enough for an interval that is drawn, not read off.
const RESAMPLES: u32 = 400;
/// Fewer respondents in a month say nothing about the month.
const LEAST_RESPONDENTS: u64 = 10;

/// The months with sales, in order.
pub(super) async fn months(
    scope: &Scope,
    context: &Context,
    observation: &Observation,
    has_survey: bool,
) -> Result<Vec<OverviewMonth>, Error> {
    let mut months = sales(context, observation).await?;
    if has_survey {
        let skip = months.len().saturating_sub(SURVEY_MONTHS);
        for month in &mut months[skip..] {
            context.check()?;
            ask_survey(month, scope, context).await?;
        }
    }
    Ok(months)
}

async fn sales(context: &Context, observation: &Observation) -> Result<Vec<OverviewMonth>, Error> {
    let doing = "adding up sales by month";
    let frame = observation
        .query(MONTHS, &[business_currency(context)])
        .await?;
    let batches = frame.collect().await.map_err(Error::engine(doing))?;
    let mut months = Vec::new();
    for batch in &batches {
        let days = column(batch, "month").as_primitive::<Date32Type>();
        let orders = column(batch, "orders").as_primitive::<Int64Type>();
        let customers = column(batch, "customers").as_primitive::<Int64Type>();
        let revenue = column(batch, "revenue").as_primitive::<Float64Type>();
        for row in 0..batch.num_rows() {
            let month = date_of(days.value(row));
            let begun_before =
                !months.is_empty() || observation.from.is_some_and(|from| from <= month);
            months.push(OverviewMonth {
                month,
                complete: begun_before && month.last_of_month() <= observation.until,
                orders: orders.value(row).unsigned_abs(),
                customers: customers.value(row).unsigned_abs(),
                revenue: revenue.value(row),
                perceived_ratio: None,
                respondents: 0,
            });
        }
    }
    Ok(months)
}

/// Asks `perceived` of one month; a month without enough answers stays empty.
async fn ask_survey(
    month: &mut OverviewMonth,
    scope: &Scope,
    context: &Context,
) -> Result<(), Error> {
    let scope = Scope {
        from: Some(month.month.max(scope.from.unwrap_or(month.month))),
        until: Some(
            month
                .month
                .last_of_month()
                .min(scope.until.unwrap_or(jiff::civil::Date::MAX)),
        ),
        ..scope.clone()
    };
    let perceived = Perceived {
        resamples: RESAMPLES,
        ..Perceived::default()
    };
    let Some(answered) = super::if_there(context.ask(&scope, &perceived).await)? else {
        return Ok(());
    };
    let own = answered.answer.brands.iter().find(|brand| brand.own);
    month.respondents = own.map_or(0, |own| own.respondents);
    month.perceived_ratio = own
        .and_then(|own| own.measured.ratio)
        .filter(|_: &Estimate| month.respondents >= LEAST_RESPONDENTS);
    Ok(())
}
