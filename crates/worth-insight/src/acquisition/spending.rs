//! What the business spent on customers: by channel, kind and day.
//!
//! An entry covers a period, and is taken to be spent evenly over its days: where the period asked for
//! cuts it, the days within count.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::{Date32Type, Decimal128Type};

use crate::columns::{column, text};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::lifetime::{MONEY_SCALE, business_currency};
use crate::question::LeftOut;

const SPENDING: &str = concat!(include_str!("../money.sql"), include_str!("spending.sql"));
const SALES: &str = concat!(include_str!("../money.sql"), include_str!("sales.sql"));

/// Days since 1970-01-01, both ends inclusive.
pub(super) type Days = RangeInclusive<i32>;

/// What money is spent on to win customers.
const ACQUISITION: &str = "acquisition";
/// What money is spent on to serve customers who are there.
const SERVING: [&str; 2] = ["service", "retention"];

/// What was spent.
#[derive(Debug, Default)]
pub(super) struct Spending {
    entries: Vec<Entry>,
    /// Rows that do not count, by reason.
    pub left_out: Vec<LeftOut>,
}

#[derive(Debug)]
struct Entry {
    channel: String,
    kind: String,
    days: Days,
    amount: f64,
}

impl Entry {
    /// The part of the amount that falls on these days.
    fn within(&self, days: &Days) -> f64 {
        let length = |days: &Days| f64::from((days.end() - days.start() + 1).max(0));
        self.amount * length(&common(&self.days, days)) / length(&self.days)
    }
}

impl Spending {
    /// Reads all there is, whatever the period.
    pub(super) async fn read(context: &Context, observation: &Observation) -> Result<Self, Error> {
        let doing = "reading spending";
        let money = [business_currency(context)];
        let frame = observation.query(SPENDING, &money).await?;
        let batches = frame.collect().await.map_err(Error::engine(doing))?;
        let mut entries = Vec::new();
        let mut left_out: BTreeMap<String, u64> = BTreeMap::new();
        for batch in &batches {
            let [channels, kinds, reasons] =
                ["channel", "kind", "left_out"].map(|name| text(batch, name));
            let [channels, kinds, reasons] =
                [&channels, &kinds, &reasons].map(|column| column.as_string_view());
            let [first, last] = ["first_day", "last_day"]
                .map(|name| column(batch, name).as_primitive::<Date32Type>());
            let amounts = column(batch, "amount").as_primitive::<Decimal128Type>();
            for row in 0..batch.num_rows() {
                if reasons.is_valid(row) {
                    *left_out.entry(reasons.value(row).to_owned()).or_default() += 1;
                    continue;
                }
                entries.push(Entry {
                    channel: channels.value(row).to_owned(),
                    kind: kinds.value(row).to_owned(),
                    days: first.value(row)..=last.value(row),
                    amount: amounts.value(row) as f64 / MONEY_SCALE,
                });
            }
        }
        Ok(Self {
            entries,
            left_out: left_out
                .into_iter()
                .map(|(reason, rows)| LeftOut { reason, rows })
                .collect(),
        })
    }

    /// The days among these from the first to the last on which something was spent on acquisition:
    /// of them it is known what winning customers cost.
    pub(super) fn acquisition_days(&self, within: &Days) -> Option<Days> {
        self.days_of(ACQUISITION, within)
    }

    /// What was spent to win customers through a channel on these days; through all channels when
    /// none is named.
    pub(super) fn on_acquisition(&self, channel: Option<&str>, days: &Days) -> f64 {
        self.of(ACQUISITION)
            .filter(|entry| channel.is_none_or(|channel| entry.channel == channel))
            .map(|entry| entry.within(days))
            .sum()
    }

    /// Channels through which money was spent to win customers on these days.
    pub(super) fn acquisition_channels(&self, days: &Days) -> BTreeSet<&str> {
        self.of(ACQUISITION)
            .filter(|entry| entry.within(days) > 0.0)
            .map(|entry| entry.channel.as_str())
            .collect()
    }

    /// What serving takes of every amount sold: what was spent on service over what was sold on the
    /// days of which that is known, and the same of retention.
    pub(super) async fn serving_rate(
        &self,
        context: &Context,
        observation: &Observation,
        within: &Days,
    ) -> Result<f64, Error> {
        let known = SERVING.map(|kind| Some((kind, self.days_of(kind, within)?)));
        if known.iter().all(Option::is_none) {
            return Ok(0.0);
        }
        let sales = Sales::read(context, observation).await?;
        let rate = |(kind, days): (&str, Days)| {
            let spent: f64 = self.of(kind).map(|entry| entry.within(&days)).sum();
            let sold = sales.on(&days);
            if sold > 0.0 { spent / sold } else { 0.0 }
        };
        Ok(known.into_iter().flatten().map(rate).sum())
    }

    fn of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| entry.kind == kind)
    }

    fn days_of(&self, kind: &str, within: &Days) -> Option<Days> {
        let covered = self.of(kind).map(|entry| common(&entry.days, within));
        covered
            .filter(|days| !days.is_empty())
            .reduce(|all, days| *all.start().min(days.start())..=*all.end().max(days.end()))
    }
}

/// What was sold day by day, to anyone.
struct Sales {
    /// Day, and ten-thousandths of the currency.
    days: Vec<(i32, i128)>,
}

impl Sales {
    async fn read(context: &Context, observation: &Observation) -> Result<Self, Error> {
        let doing = "adding up sales by day";
        let money = [business_currency(context)];
        let frame = observation.query(SALES, &money).await?;
        let batches = frame.collect().await.map_err(Error::engine(doing))?;
        let mut sold = Vec::new();
        for batch in &batches {
            let days = column(batch, "day").as_primitive::<Date32Type>();
            let amounts = column(batch, "amount").as_primitive::<Decimal128Type>();
            let known = (0..batch.num_rows()).filter(|&row| amounts.is_valid(row));
            sold.extend(known.map(|row| (days.value(row), amounts.value(row))));
        }
        Ok(Self { days: sold })
    }

    fn on(&self, days: &Days) -> f64 {
        let within = self.days.iter().filter(|(day, _)| days.contains(day));
        within.map(|(_, amount)| amount).sum::<i128>() as f64 / MONEY_SCALE
    }
}

/// Days that are in both; empty when none is.
pub(super) fn common(one: &Days, other: &Days) -> Days {
    *one.start().max(other.start())..=*one.end().min(other.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(channel: &str, kind: &str, days: Days, amount: f64) -> Entry {
        Entry {
            channel: channel.into(),
            kind: kind.into(),
            days,
            amount,
        }
    }

    #[test]
    fn a_period_that_is_cut_counts_by_its_days() {
        let spending = Spending {
            entries: vec![
                entry("ads", "acquisition", 1..=10, 100.0),
                entry("ads", "acquisition", 11..=30, 400.0),
                entry("fair", "acquisition", 25..=25, 7.0),
                entry("ads", "service", 1..=40, 999.0),
            ],
            left_out: Vec::new(),
        };
        // 6 of 10 days, and 5 of 20
        assert_eq!(spending.on_acquisition(Some("ads"), &(5..=15)), 160.0);
        assert_eq!(spending.on_acquisition(None, &(-9..=99)), 507.0);
        assert_eq!(spending.on_acquisition(None, &(31..=99)), 0.0);
        assert_eq!(spending.acquisition_days(&(5..=99)), Some(5..=30));
        assert_eq!(spending.acquisition_days(&(31..=99)), None);
        assert_eq!(
            spending.acquisition_channels(&(26..=30)),
            BTreeSet::from(["ads"])
        );
    }
}
