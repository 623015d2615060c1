//! What covariates say: as the answer has it.

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::lifetime::{ChiSquareTest, CovariateEffects, Term};

use super::super::name_of;
use super::{Covariates, Known, Level};
use crate::segments::SegmentName;

/// What covariates say of how customers buy and leave.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CovariatesTold {
    /// Whether they say anything at all, by the likelihood ratio; absent when there was nothing to tell
    /// apart.
    pub likelihood_ratio: Option<ChiSquareTest>,
    /// Customers who came back that there should be, when there are fewer: ten per effect.
    pub repeat_customers_needed: Option<u64>,
    /// In the order asked for.
    pub covariates: Vec<CovariateTold>,
}

/// What one covariate says.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CovariateTold {
    /// Its name, as asked for.
    pub name: String,
    /// From `customers`, which has it as last known; else from the first purchase.
    pub as_last_known: bool,
    /// Whether it says anything beside the others, by Wald's test; absent when it tells nobody apart.
    pub test: Option<ChiSquareTest>,
    /// Its levels; with the first the others are compared.
    pub levels: Vec<LevelTold>,
}

/// Customers of one level of a covariate.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LevelTold {
    /// Which.
    pub level: SegmentName,
    /// How many customers.
    pub customers: u64,
    /// How they differ.
    pub effect: LevelEffect,
    /// What a new one who is in all else like the mean brings within the horizon after the first
    /// purchase, which is not in it; absent without a spend model.
    pub new_customer: Option<Estimate>,
}

/// How customers of a level differ from those they are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum LevelEffect {
    /// Others are compared with them.
    ComparedWith,
    /// They are too few, and taken to be like those they would be compared with.
    TooFew,
    /// They are the same customers as those of other levels.
    Inseparable,
    /// In all else alike, they differ so.
    ToldApart {
        /// They buy so many times as often.
        purchases: Estimate,
        /// They leave so many times as readily: the rate of leaving, or its odds after a purchase.
        leaving: Estimate,
    },
}

impl CovariatesTold {
    /// What a new customer brings, level by level.
    pub(crate) fn new_customers_mut(&mut self) -> impl Iterator<Item = &mut Option<Estimate>> {
        let covariates = self.covariates.iter_mut();
        let levels = covariates.flat_map(|covariate| &mut covariate.levels);
        levels.map(|level| &mut level.new_customer)
    }
}

impl Covariates {
    pub(super) fn told(&self, effects: Option<&dyn CovariateEffects>) -> CovariatesTold {
        CovariatesTold {
            likelihood_ratio: effects.and_then(|effects| effects.likelihood_ratio()),
            repeat_customers_needed: effects
                .and_then(|effects| effects.diagnosis().repeat_customers_needed)
                .map(|needed| needed.ceil() as u64),
            covariates: self.known.iter().map(|known| known.told(effects)).collect(),
        }
    }
}

impl Known {
    fn told(&self, effects: Option<&dyn CovariateEffects>) -> CovariateTold {
        let names: Vec<String> = self.indicators().map(name_of).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let level = |(place, level): (usize, &Level)| LevelTold {
            level: level.name.clone(),
            customers: level.customers,
            effect: match (level.indicator, effects) {
                (Some(indicator), Some(effects)) => effect(indicator, effects),
                _ if place == 0 => LevelEffect::ComparedWith,
                _ => LevelEffect::TooFew,
            },
            new_customer: None,
        };
        CovariateTold {
            name: self.name.clone(),
            as_last_known: self.as_last_known,
            test: effects.and_then(|effects| effects.together(&names)),
            levels: self.levels.iter().enumerate().map(level).collect(),
        }
    }
}

/// What a level does, from the coefficients of its indicator: for purchases, then for leaving.
fn effect(indicator: usize, effects: &dyn CovariateEffects) -> LevelEffect {
    let name = name_of(indicator);
    let follows = |set: &Vec<Term>| set.first().is_some_and(|term| term.covariate == name);
    if effects.diagnosis().collinear.iter().any(follows) {
        return LevelEffect::Inseparable;
    }
    let own = effects.coefficients().iter();
    let mut ratios = own
        .filter(|found| found.term.covariate == name)
        .map(|found| found.ratio);
    let (Some(purchases), Some(leaving)) = (ratios.next(), ratios.next()) else {
        return LevelEffect::Inseparable;
    };
    LevelEffect::ToldApart { purchases, leaving }
}
