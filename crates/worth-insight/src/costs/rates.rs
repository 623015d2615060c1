//! `[costs]` in `worth.toml`: what time, steps and the like are worth in money, as the business confirmed.
//!
//! ```toml
//! [costs.rates.time]
//! money = 30000             # in the currency of the business …
//! per = "hour"              # … an hour; one step, message, field … when absent
//! origin = "our own survey of 2025: what people would pay not to wait"
//! ```

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::measure::CostName;
use crate::error::Error;

const SECONDS_PER_HOUR: f64 = 3600.0;

/// How costs become money.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct CostsSettings {
    /// By cost what it is worth.
    pub(crate) rates: BTreeMap<CostName, Rate>,
}

/// What some of a cost is worth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// Money, in the currency of the business.
    pub money: f64,
    /// For how much of it.
    #[serde(default)]
    pub per: Per,
    /// Where the number comes from.
    pub origin: String,
}

/// How much of a cost a rate is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// One: a step, a message, a field.
    #[default]
    One,
    /// An hour of time.
    Hour,
}

impl Per {
    fn name(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Hour => "hour",
        }
    }
}

impl CostsSettings {
    /// # Errors
    ///
    /// [`Error::NotAChoice`] for a rate of what is money already, or of time by the piece;
    /// [`Error::OutOfRange`] for one below 0.
    pub(super) fn check(&self) -> Result<(), Error> {
        for (cost, rate) in &self.rates {
            if cost.is_money() {
                let others = CostName::ALL.into_iter().filter(|name| !name.is_money());
                let others: Vec<&str> = others.map(CostName::name).collect();
                return Err(Error::NotAChoice {
                    parameter: "[costs.rates] in worth.toml",
                    given: cost.name().into(),
                    choices: others.join(", "),
                });
            }
            let wanted = if cost.is_time() { Per::Hour } else { Per::One };
            if rate.per != wanted {
                return Err(Error::NotAChoice {
                    parameter: "`per` of [costs.rates] in worth.toml",
                    given: format!("{} of {}", rate.per.name(), cost.name()),
                    choices: wanted.name().into(),
                });
            }
            Error::in_range("[costs.rates] money", rate.money, 0.0, 1e15)?;
        }
        Ok(())
    }

    /// What so much of a cost is worth, in the currency of the business; nothing without a rate.
    pub(super) fn worth(&self, cost: CostName, amount: f64) -> Option<f64> {
        let rate = self.rates.get(&cost)?;
        let per = match rate.per {
            Per::One => 1.0,
            Per::Hour => SECONDS_PER_HOUR,
        };
        Some(rate.money * amount / per)
    }
}
