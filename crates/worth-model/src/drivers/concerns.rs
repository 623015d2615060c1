//! What can be the matter with an analysis of drivers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, FisherSnedecor};

use super::answers::CheckedAnswers;
use super::moments::Correlations;
use crate::dense::Factor;

/// A share of yes or of no below this makes an outcome one-sided.
const ONE_SIDED: f64 = 0.05;

/// What is the matter with an analysis of drivers. Drivers are numbers of columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "concern", rename_all = "kebab-case")]
pub enum Concern {
    /// Too few respondents for so many drivers: no intervals, or nothing at all.
    TooFew {
        /// Respondents of equal weight.
        effective: f64,
        /// How many it would take: five per driver.
        needed: usize,
    },
    /// All gave the same outcome: nothing moves it.
    ConstantOutcome,
    /// All gave these drivers the same score: they cannot be told to move anything.
    Constant {
        /// Which.
        drivers: Vec<usize>,
    },
    /// Scores of one driver follow from those of others. They share what they bring, and the
    /// coefficient of this one is 0.
    Collinear {
        /// The one.
        driver: usize,
        /// The others.
        follows_from: Vec<usize>,
    },
    /// Some two questions were never answered by the same respondent.
    NeverTogether,
    /// Correlations from different respondents contradicted each other and were moved to the nearest
    /// that do not: rely on them less.
    Reconciled,
    /// Chance alone would account for as much.
    NothingExplained {
        /// Probability of an R² at least as large by chance (F test).
        p_value: f64,
    },
    /// The outcome is yes or no, and nearly all said the same: shares rest on a few answers.
    OneSided {
        /// Share of yes, 0..1.
        yes: f64,
    },
}

/// Drivers that cannot be told, or not from each other.
pub(super) fn of_correlations(correlations: &Correlations) -> Vec<Concern> {
    let mut concerns = Vec::new();
    if correlations.deviations[0] <= 0.0 {
        concerns.push(Concern::ConstantOutcome);
    }
    let (constant, varying): (Vec<usize>, Vec<usize>) =
        (0..correlations.drivers()).partition(|driver| correlations.deviations[driver + 1] <= 0.0);
    if !constant.is_empty() {
        concerns.push(Concern::Constant { drivers: constant });
    }
    let factor = Factor::new(&correlations.between, correlations.drivers(), 0.0);
    concerns.extend(
        varying
            .into_iter()
            .filter(|&driver| !factor.kept()[driver])
            .map(|driver| Concern::Collinear {
                driver,
                follows_from: factor.partners(driver),
            }),
    );
    if correlations.reconciled {
        concerns.push(Concern::Reconciled);
    }
    concerns
}

/// Whether an outcome of yes and no is nearly always the same.
pub(super) fn one_sided(answers: &CheckedAnswers<'_>, rows: &[usize]) -> Option<Concern> {
    let outcome = answers.columns.outcome;
    let is_yes_or_no = |&row: &usize| outcome[row] == 0.0 || outcome[row] == 1.0;
    if !rows.iter().all(is_yes_or_no) {
        return None;
    }
    let weights = |rows: &mut dyn Iterator<Item = usize>| -> f64 {
        rows.map(|row| answers.weight(row)).sum()
    };
    let all = weights(&mut rows.iter().copied());
    let yes = weights(&mut rows.iter().copied().filter(|&row| outcome[row] == 1.0)) / all;
    // all the same is a concern of its own
    (yes > 0.0 && yes < 1.0 && yes.min(1.0 - yes) < ONE_SIDED).then_some(Concern::OneSided { yes })
}

/// Whether chance alone would account for as much; `freedom` of the drivers and of what is left.
pub(super) fn nothing_explained(
    r_squared: f64,
    freedom: (f64, f64),
    level: f64,
) -> Option<Concern> {
    let statistic = (r_squared / freedom.0) / ((1.0 - r_squared).max(1e-300) / freedom.1);
    let p_value = FisherSnedecor::new(freedom.0, freedom.1)
        .ok()?
        .sf(statistic.max(0.0));
    (p_value > 1.0 - level).then_some(Concern::NothingExplained { p_value })
}
