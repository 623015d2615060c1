//! Who was assigned to which arm: the first message of each customer in each campaign, when its
//! window is over.

use std::collections::BTreeMap;

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::{DataType, Date32Type, Float64Type};
use datafusion::scalar::ScalarValue;

use super::Uplift;
use crate::columns::{column, day_of, text};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::lifetime::customers_of_regions;
use crate::question::LeftOut;

const MESSAGES: &str = include_str!("features.sql");

/// All messages of the period, by campaign.
pub(super) struct Assigned {
    /// Messages in scope.
    pub(super) messages: u64,
    /// In the order of their names.
    pub(super) campaigns: Vec<Campaign>,
    /// Messages that do not count, by reason.
    left_out: BTreeMap<&'static str, u64>,
}

/// The customers of one campaign.
#[derive(Debug, Default)]
pub(super) struct Campaign {
    pub(super) name: String,
    /// Of the first message that names one.
    pub(super) channel: Option<String>,
    /// By customer id.
    pub(super) treatment: Vec<Customer>,
    /// By customer id.
    pub(super) holdout: Vec<Customer>,
    /// Customers whose window is not over.
    pub(super) not_over: u64,
}

/// A customer in an arm.
#[derive(Debug)]
pub(super) struct Customer {
    pub(super) id: String,
    /// Day since 1970-01-01; the window begins on the next.
    pub(super) day: i32,
    /// Probability of the arm given, above 0 and at most 1, where it is known.
    pub(super) propensity: Option<f64>,
}

impl Assigned {
    /// Reads the messages of the period.
    pub(super) async fn read(
        context: &Context,
        observation: &Observation,
        question: &Uplift,
        window_days: u32,
    ) -> Result<Self, Error> {
        let doing = "reading messages";
        let wanted = customers_of_regions(observation).await?;
        let names: Vec<ScalarValue> = question
            .campaigns
            .iter()
            .map(|name| ScalarValue::from(name.as_str()))
            .collect();
        let parameters = [
            ("any_campaign", ScalarValue::from(names.is_empty())),
            (
                "campaigns",
                ScalarValue::List(ScalarValue::new_list_nullable(&names, &DataType::Utf8)),
            ),
        ];
        let frame = observation.query(MESSAGES, &parameters).await?;
        let batches = frame.collect().await.map_err(Error::engine(doing))?;
        let last_start = day_of(observation.until) - window_days as i32;
        let mut assigned = Self {
            messages: 0,
            campaigns: Vec::new(),
            left_out: BTreeMap::new(),
        };
        let mut latest: Option<(String, String)> = None;
        for batch in &batches {
            context.check()?;
            let [ids, campaigns, arms, channels, reasons] =
                ["customer_id", "campaign", "arm", "channel", "left_out"]
                    .map(|name| text(batch, name));
            let days = column(batch, "day").as_primitive::<Date32Type>();
            let propensities = column(batch, "propensity").as_primitive::<Float64Type>();
            for row in 0..batch.num_rows() {
                let id = ids.as_string_view().value(row);
                if wanted.as_ref().is_some_and(|wanted| !wanted.contains(id)) {
                    continue;
                }
                assigned.messages += 1;
                if reasons.is_valid(row) {
                    let no_campaign = reasons.as_string_view().value(row) == "no-campaign";
                    assigned.leave_out(if no_campaign { "no-campaign" } else { "no-arm" });
                    continue;
                }
                let name = campaigns.as_string_view().value(row);
                let is_first = latest
                    .as_ref()
                    .is_none_or(|(campaign, customer)| campaign != name || customer != id);
                if !is_first {
                    assigned.leave_out("further-message");
                    continue;
                }
                latest = Some((name.to_owned(), id.to_owned()));
                let campaign = assigned.campaign(name);
                if channels.is_valid(row) && campaign.channel.is_none() {
                    campaign.channel = Some(channels.as_string_view().value(row).to_owned());
                }
                if days.value(row) > last_start {
                    campaign.not_over += 1;
                    assigned.leave_out("window-not-over");
                    continue;
                }
                let propensity = propensities.is_valid(row).then(|| propensities.value(row));
                let customer = Customer {
                    id: id.to_owned(),
                    day: days.value(row),
                    propensity: propensity.filter(|share| *share > 0.0 && *share <= 1.0),
                };
                if arms.as_string_view().value(row) == "treatment" {
                    campaign.treatment.push(customer);
                } else {
                    campaign.holdout.push(customer);
                }
            }
        }
        Ok(assigned)
    }

    /// Messages that do not count, by reason.
    pub(super) fn left_out(&self) -> Vec<LeftOut> {
        let left_out = self.left_out.iter();
        left_out
            .map(|(reason, rows)| LeftOut {
                reason: (*reason).into(),
                rows: *rows,
            })
            .collect()
    }

    fn leave_out(&mut self, reason: &'static str) {
        *self.left_out.entry(reason).or_default() += 1;
    }

    /// The campaign of that name; messages come ordered by campaign.
    fn campaign(&mut self, name: &str) -> &mut Campaign {
        if self.campaigns.last().is_none_or(|last| last.name != name) {
            self.campaigns.push(Campaign {
                name: name.to_owned(),
                ..Campaign::default()
            });
        }
        self.campaigns.last_mut().expect("one was just put there")
    }
}
