//! A scope with every default filled in: which snapshot, which days, which money.
//!
//! Every `features.sql` reads through an [`Observation`], so the same parameters stand on top of
//! each of them:
//!
//! | parameter | type | meaning |
//! |---|---|---|
//! | `$from`, `$until` | `Date32` | first and last business day, both inclusive |
//! | `$currency` | `Utf8` | currency that money is given in |
//! | `$any_region`, `$region` | `Boolean`, `List<Utf8>` | whether every region counts, else which |
//!
//! and the same pair for `channel`, `category`, `role`, `stage` and `brand`; in SQL:
//! `($any_region or array_has($region, region))`.

use std::sync::Arc;

use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::{DataType, Date32Type};
use datafusion::dataframe::DataFrame;
use datafusion::scalar::ScalarValue;
use jiff::ToSpan;
use jiff::civil::Date;
use worth_lake::lake::Snapshot;

use super::Context;
use crate::error::Error;
use crate::question::{Filter, Provenance, Scope, Source};

/// The day the engine counts from.
const EPOCH: Date = Date::constant(1970, 1, 1);

/// The first day that `Date32` and people agree on: "from the beginning".
const BEGINNING: Date = Date::constant(1, 1, 1);

/// A scope with every default filled in.
#[derive(Clone)]
pub struct Observation {
    /// The snapshot that is read.
    pub snapshot: Arc<Snapshot>,
    /// First business day that counts; `None` is from the beginning.
    pub from: Option<Date>,
    /// Last business day that counts: the end of observation.
    pub until: Date,
    /// ISO 4217 code that money is given in.
    pub currency: String,
    /// IANA name of the time zone of days, weeks and months.
    pub time_zone: String,
    /// Which customers, sales and answers count.
    pub filter: Filter,
    /// Seed of everything random.
    pub seed: u64,
}

impl Context {
    /// Fills in what a scope leaves open. `until` becomes the business day of the last order; when
    /// there are no orders, of the last answer, event, remark or end of a contract; when there is
    /// nothing, today.
    ///
    /// # Errors
    ///
    /// [`Error::PeriodTurned`], or [`Error::Lake`] when there is no such snapshot.
    pub async fn observe(&self, scope: &Scope) -> Result<Observation, Error> {
        let snapshot = self.snapshot(scope).await?;
        let until = match scope.until {
            Some(until) => until,
            None => self.last_day(&snapshot).await?,
        };
        if let Some(from) = scope.from
            && from > until
        {
            return Err(Error::PeriodTurned { from, until });
        }
        let business = self.workspace().business();
        Ok(Observation {
            snapshot,
            from: scope.from,
            until,
            currency: scope
                .currency
                .clone()
                .unwrap_or_else(|| business.currency.clone()),
            time_zone: business.timezone.clone(),
            filter: scope.filter.clone(),
            seed: self.seed(),
        })
    }

    async fn last_day(&self, snapshot: &Snapshot) -> Result<Date, Error> {
        let mut known = self.last_days.lock().await;
        if let Some(day) = known.get(&snapshot.id()) {
            return Ok(*day);
        }
        let mut found = None;
        for (table, column) in [
            ("order_lines", "ordered_at"),
            ("survey_answers", "answered_at"),
            ("events", "at"),
            ("feedback", "at"),
        ] {
            let sql = format!("select business_date(max({column})) from {table}");
            found = one_day(snapshot, &sql).await?;
            if found.is_some() {
                break;
            }
        }
        if found.is_none() {
            // Contracts may be known to end in the future.
            let sql =
                "select business_date(max(greatest(started_at, coalesce(ended_at, started_at))))
                       from contracts";
            found = one_day(snapshot, sql)
                .await?
                .map(|day| day.min(self.today()));
        }
        let day = found.unwrap_or_else(|| self.today());
        known.insert(snapshot.id(), day);
        Ok(day)
    }
}

impl Observation {
    /// The values of the parameters that every `features.sql` may name.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, ScalarValue)> {
        let filter = &self.filter;
        let mut parameters = vec![
            ("from", day_value(self.from.unwrap_or(BEGINNING))),
            ("until", day_value(self.until)),
            ("currency", ScalarValue::from(self.currency.as_str())),
        ];
        for (any, name, wanted) in [
            ("any_region", "region", &filter.region),
            ("any_channel", "channel", &filter.channel),
            ("any_category", "category", &filter.category),
            ("any_role", "role", &filter.role),
            ("any_stage", "stage", &filter.stage),
            ("any_brand", "brand", &filter.brand),
        ] {
            let values: Vec<ScalarValue> = wanted
                .iter()
                .map(|value| ScalarValue::from(value.as_str()))
                .collect();
            parameters.push((any, ScalarValue::from(wanted.is_empty())));
            parameters.push((
                name,
                ScalarValue::List(ScalarValue::new_list_nullable(&values, &DataType::Utf8)),
            ));
        }
        parameters
    }

    /// Runs a query on the snapshot with the parameters of the scope and `further` ones.
    ///
    /// # Errors
    ///
    /// [`Error::Lake`] with what the engine says.
    pub async fn query(
        &self,
        sql: &str,
        further: &[(&str, ScalarValue)],
    ) -> Result<DataFrame, Error> {
        let own = self.parameters();
        let mut parameters: Vec<(&str, ScalarValue)> = own;
        parameters.extend(further.iter().cloned());
        Ok(self.snapshot.query(sql, &parameters).await?)
    }

    /// The provenance of an answer from this observation, before its rows are counted.
    #[must_use]
    pub fn provenance(&self, question: &str) -> Provenance {
        Provenance {
            question: question.into(),
            source: Source::Lake {
                snapshot: self.snapshot.id(),
                time_zone: self.time_zone.clone(),
            },
            rows_used: 0,
            rows_left_out: 0,
            left_out: Vec::new(),
            from: self.from,
            until: Some(self.until),
            currency: self.currency.clone(),
            seed: self.seed,
            version: env!("CARGO_PKG_VERSION").into(),
        }
    }
}

/// The day that a query for one day gives, if there is one.
async fn one_day(snapshot: &Snapshot, sql: &str) -> Result<Option<Date>, Error> {
    let frame = snapshot.query(sql, &[]).await?;
    let batches = frame
        .collect()
        .await
        .map_err(Error::engine("looking for the last day"))?;
    let days = batches
        .iter()
        .flat_map(|batch| batch.column(0).as_primitive::<Date32Type>().iter());
    Ok(days.flatten().next().map(day_of))
}

/// A day as the engine counts them: days since 1970-01-01.
fn day_value(day: Date) -> ScalarValue {
    let since = day.duration_since(EPOCH).as_hours() / 24;
    let days = i32::try_from(since).expect("ten thousand years of days");
    ScalarValue::Date32(Some(days))
}

/// The day that the engine counts as so many days since 1970-01-01.
fn day_of(days: i32) -> Date {
    EPOCH.saturating_add(days.days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_counted_as_the_engine_does() {
        for (day, count) in [
            (date(1970, 1, 1), 0),
            (date(1969, 12, 31), -1),
            (date(1997, 9, 30), 10_134),
            (date(2025, 10, 25), 20_386),
        ] {
            assert_eq!(day_value(day), ScalarValue::Date32(Some(count)));
            assert_eq!(day_of(count), day);
        }
    }
}
