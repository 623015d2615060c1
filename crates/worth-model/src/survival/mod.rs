//! Survival: how long customers stay, why they leave, what drives it, and what it is worth.
//!
//! For contracts, subscriptions and accounts, where the day on which a customer leaves is known.
//! (Where customers leave without notice, see [`crate::lifetime`].) Some are still there when we
//! look: of them we know only that they stayed at least so long. All methods here take that into
//! account, from the same rows ([`Durations`]).
//!
//! | | answers |
//! |---|---|
//! | [`KaplanMeier`] | which part is still there after a time; median; mean time; money |
//! | [`NelsonAalen`] | the rate of leaving over time |
//! | [`AalenJohansen`] | which part has left for which reason |
//! | [`log_rank`] | whether groups leave at different rates |
//! | [`Cox`] | what makes customers leave sooner, all else equal; curves for single customers |
//! | [`Subscription`] | a curve in money |
//! | [`MeanCumulative`] | what a customer has brought on average by an age, and when that is enough |
//!
//! ```
//! use worth_model::survival::{Durations, KaplanMeier};
//!
//! // Months until five subscribers cancelled (1) or were last seen (0).
//! let durations = Durations {
//!     start: None,
//!     end: &[2.0, 3.0, 3.0, 5.0, 8.0],
//!     event: &[1, 1, 0, 1, 0],
//!     weight: None,
//!     group: None,
//! }
//! .check()?;
//! let curves = KaplanMeier::default().fit(&durations)?;
//! // One of five leaves, then one of four, then one of two.
//! assert!((curves[0].at(6.0).value - 0.8 * 0.75 * 0.5).abs() < 1e-12);
//! assert_eq!(curves[0].median().time, Some(5.0));
//! # Ok::<(), worth_model::Error>(())
//! ```

mod aalen_johansen;
mod area;
mod cox;
mod durations;
mod kaplan_meier;
mod log_rank;
mod mean_cumulative;
mod money;
mod nelson_aalen;
mod risk;

pub use crate::chi_square::ChiSquareTest;
pub use aalen_johansen::{AalenJohansen, Incidence, Incidences};
pub use cox::{
    Baseline, CheckedCovariates, Coefficient, Covariates, Cox, CoxDiagnosis, CoxOutcome, CoxTests,
    FittedCox, Proportionality, ProportionalityOf, Ties, TimeScale, Variance,
};
pub use durations::{CheckedDurations, Durations, MOST_REASONS};
pub use kaplan_meier::{KaplanMeier, Quantile, Scale, SurvivalCurve, SurvivalPoint};
pub use log_rank::{LogRank, MOST_COMPARED_GROUPS, ObservedExpected, log_rank};
pub use mean_cumulative::{Brought, CumulativeCurve, CumulativePoint, MeanCumulative, Passage};
pub use money::{Paid, RestrictedMean, RetainedValue, Subscription};
pub use nelson_aalen::{HazardCurve, HazardPoint, NelsonAalen};

/// The example on the page about survival is a test.
#[cfg(doctest)]
#[doc = include_str!("../../../../docs/methods/survival.md")]
pub struct SurvivalPage;
