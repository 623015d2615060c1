//! Key drivers: how much each of several scores has to do with an outcome, when they go together.
//!
//! **Headline.** R², the share of the outcome's variance that all drivers together account for, is
//! shared out among them: each brings its average gain in R² over all orders in which drivers can
//! join (`shapley`; Lindeman, Merenda, Gold 1980; Grömping 2006, doi:10.18637/jss.v017.i01). Gains
//! add to R², and stay sensible when drivers go together, as scores of one respondent always do.
//! Beside it stand relative weights (Johnson 2000), standardised coefficients (with a sign, of each
//! driver with the others held still) and effects of an elastic net, and how far they agree.
//!
//! **An outcome of yes and no** is a score of 1 and 0: R² is then the share of the variance of the
//! answer that a linear probability accounts for. It stays far below 1 however well drivers predict;
//! shares of it compare drivers all the same.
//!
//! **Intervals** draw respondents again: percentiles of what each resample says. That of R² is moved
//! down by twice what a resample overfits more than the sample, because the sample overfits too.
//! Gains are never below 0, so an interval above 0 says nothing; what a driver that has nothing to do
//! with the outcome would bring by chance does, see [`Explained::gain_by_chance`].
//!
//! **Know before use.** What goes with the outcome need not move it. Only what was asked can be a
//! driver, and what all respondents say alike is none, however much it matters to them.
//!
//! **Checked against** R's relaimpo on the data sets swiss and attitude, and regressions written out.

mod answers;
mod concerns;
mod elastic_net;
mod moments;
mod opportunity;
mod penalty_reward;
mod performance;
mod relative_weights;
mod said;
mod shapley;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::bootstrap::{Groups, Resampling};
use crate::error::Error;
use crate::estimate::{Estimate, POWER, reach, reaches};
use crate::experiment::Arm;
pub use answers::{Answers, CheckedAnswers, MOST_DRIVERS, Missing, Respondents};
pub use concerns::Concern;
use moments::Moments;
pub use opportunity::{Opportunity, Ratings, Tops, opportunity};
pub use penalty_reward::{Asymmetry, FactorKind, FittedPenaltyReward, PenaltyReward};
pub use performance::{
    Against, OnMap, PerformanceMap, Quadrant, RanksOf, StatedAndDerived, performance_map,
    stated_and_derived,
};
use said::{Resampled, Said};
use shapley::Shapley;

/// Fewer respondents per driver than this give shares without intervals.
const FEWEST_PER_DRIVER: usize = 5;

/// What moves an outcome: how to find out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct KeyDrivers {
    /// What becomes of respondents who did not answer everything. Default [`Missing::Listwise`].
    pub missing: Missing,
    /// How intervals are made.
    pub resampling: Resampling,
}

/// What the answers say of drivers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FittedDrivers {
    /// Who was asked and who counts.
    pub respondents: Respondents,
    /// Mean score of each driver, over all who gave one.
    pub drivers: Vec<DriverScore>,
    /// How they go with the outcome; absent when that cannot be told: see `concerns`.
    pub explained: Option<Explained>,
    /// What is the matter; nothing when all is well.
    pub concerns: Vec<Concern>,
}

/// How one driver was scored.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DriverScore {
    /// Respondents who scored it.
    pub respondents: u64,
    /// Respondents of equal weight who would say as much.
    pub effective: f64,
    /// Their weighted mean, in the unit of the scores.
    pub mean: Estimate,
}

/// How drivers go with the outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Explained {
    /// Share of the outcome's variance that all drivers together account for, 0..1.
    pub r_squared: Estimate,
    /// The same less what as many drivers would account for by chance.
    pub adjusted_r_squared: f64,
    /// One per driver, in their order.
    pub drivers: Vec<Importance>,
    /// Which orders gains are averaged over.
    pub orders: Orders,
    /// How far other methods rank drivers alike.
    pub agreement: Agreement,
    /// A driver that has nothing to do with the outcome brings less than this with the probability
    /// of the level.
    pub gain_by_chance: f64,
    /// Smallest gain of a driver that a survey of this size would tell from none 80 times in 100.
    pub smallest_gain: f64,
    /// How often respondents were drawn again.
    pub resamples: usize,
}

/// What one driver has to do with the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Importance {
    /// What it brings to R²; all drivers together bring R².
    pub gain: Estimate,
    /// Its part of what all bring, 0..1; all parts add to 1.
    pub share: Estimate,
    /// 1 = brings most.
    pub rank: Estimate,
    /// Correlation with the outcome, −1..1.
    pub correlation: Estimate,
    /// Standard deviations by which the outcome is higher where this driver is one standard
    /// deviation higher and the others are the same. 0 for a driver that follows from others.
    pub coefficient: Estimate,
    /// Johnson's relative weight; all together add to R².
    pub relative_weight: Estimate,
    /// Standardised effect in the elastic net, 0 when it does not help to predict. Shrunk on
    /// purpose, so without an interval. Absent for few respondents.
    pub elastic_net: Option<f64>,
}

/// Which orders of drivers gains are averaged over.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "over", rename_all = "kebab-case")]
pub enum Orders {
    /// All there are: exact.
    All,
    /// A sample of them.
    Sampled {
        /// How many.
        orders: usize,
        /// How far off the gain of a driver is for that, at most: one standard error.
        standard_error: f64,
    },
}

/// How far other methods rank drivers as their gains do: rank correlations, 1 = all the same.
/// Absent when a method does not tell drivers apart.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Agreement {
    /// Johnson's relative weights.
    pub relative_weights: Option<f64>,
    /// Absolute standardised coefficients.
    pub coefficients: Option<f64>,
    /// Absolute effects of the elastic net.
    pub elastic_net: Option<f64>,
}

/// The smallest correlation that so many respondents of equal weight would tell from none 80 times in
/// 100, by Fisher's (1915) transform: tanh((z + .842) / √(n − 3)). Nothing for three or fewer.
#[must_use]
pub fn smallest_correlation(effective: f64, level: f64) -> Option<f64> {
    let freedom = effective - 3.0;
    (freedom > 0.0).then(|| (reaches(level, POWER) / freedom.sqrt()).tanh())
}

impl KeyDrivers {
    /// Finds out what the drivers have to do with the outcome.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a level or a number of resamples that makes no sense.
    pub fn fit(&self, answers: &CheckedAnswers<'_>) -> Result<FittedDrivers, Error> {
        self.resampling.check()?;
        let (rows, respondents) = answers.rows(self.missing);
        let columns = answers.columns;
        let mut concerns = Vec::new();
        let explained = self.explained(answers, &rows, &respondents, &mut concerns);
        let drivers = columns.drivers.iter().map(|column| {
            let there = (0..column.len()).filter(|&row| !column[row].is_nan());
            let scores = Arm::of(there.map(|row| (column[row], answers.weight(row))));
            Ok(DriverScore {
                respondents: scores.people,
                effective: scores.effective,
                mean: scores.average(self.resampling.level)?,
            })
        });
        Ok(FittedDrivers {
            drivers: drivers.collect::<Result<_, Error>>()?,
            respondents,
            explained,
            concerns,
        })
    }

    fn explained(
        &self,
        answers: &CheckedAnswers<'_>,
        rows: &[usize],
        respondents: &Respondents,
        concerns: &mut Vec<Concern>,
    ) -> Option<Explained> {
        let columns: Vec<&[f64]> = std::iter::once(answers.columns.outcome)
            .chain(answers.columns.drivers.iter().copied())
            .collect();
        let drivers = answers.columns.drivers.len();
        let groups = Groups::of(rows.len(), self.resampling.seed);
        let moments = Moments::of(rows, &columns, |row| answers.weight(row), &groups);
        let effective = respondents.effective;
        let needed = FEWEST_PER_DRIVER * drivers;
        let is_enough = effective >= needed as f64;
        if !is_enough {
            concerns.push(Concern::TooFew { effective, needed });
        }
        let Some(whole) = moments.correlations(&vec![1.0; groups.len()]) else {
            concerns.push(Concern::NeverTogether);
            return None;
        };
        concerns.extend(concerns::of_correlations(&whole));
        concerns.extend(concerns::one_sided(answers, rows));
        // what is left to judge by, once each driver and the level have taken their part
        let freedom = effective - drivers as f64 - 1.0;
        let varies = |deviation: &f64| *deviation > 0.0;
        if freedom < 1.0
            || !varies(&whole.deviations[0])
            || !whole.deviations[1..].iter().any(varies)
        {
            return None;
        }
        let shapley = Shapley::of(&whole, self.resampling.seed);
        let said = Said::of(&whole, shapley.gains.clone());
        let resampling = Resampling {
            resamples: if is_enough {
                self.resampling.resamples
            } else {
                0
            },
            ..self.resampling
        };
        let resampled = Resampled {
            level: self.resampling.level,
            groups: groups.len(),
            said: groups.draw(&resampling, |times| {
                let correlations = moments.correlations(times)?;
                (correlations.deviations[0] > 0.0)
                    .then(|| Said::of(&correlations, shapley.resampled(&correlations)))
            }),
        };
        let elastic_net = elastic_net::elastic_net(&moments, groups.len(), &whole);
        concerns.extend(concerns::nothing_explained(
            said.r_squared,
            (drivers as f64, freedom),
            self.resampling.level,
        ));
        // per respondent: what there is to account for when a driver joins, half the others having
        // joined before
        let open = (1.0 - said.r_squared / 2.0) / freedom;
        Some(Explained {
            r_squared: resampled.r_squared(&said),
            adjusted_r_squared: 1.0 - (1.0 - said.r_squared) * (effective - 1.0) / freedom,
            agreement: Agreement::of(&said, elastic_net.as_deref()),
            drivers: (0..drivers)
                .map(|driver| resampled.importance(&said, driver, elastic_net.as_deref()))
                .collect(),
            orders: shapley.orders,
            gain_by_chance: reach(self.resampling.level).powi(2) * open,
            smallest_gain: reaches(self.resampling.level, POWER).powi(2) * open,
            resamples: resampling.resamples,
        })
    }
}
