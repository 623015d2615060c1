//! Contracts: how long will customers who can only leave at a renewal stay, and what is that worth.
//!
//! For subscriptions, memberships, policies: the end of a contract is seen. [`ShiftedBetaGeo`]
//! says that customers differ and each is as likely to leave at any renewal; [`BetaDiscreteWeibull`]
//! that this also changes with tenure. The future of a fitted model is its [`Outlook`].
//!
//! ```
//! use worth_model::lifetime::{Ahead, ShiftedBetaGeo, TenureColumns};
//!
//! // Of 1,000 contracts so many were there after each of seven renewals.
//! let cohort = [1000.0, 631.0, 468.0, 382.0, 326.0, 289.0, 262.0, 241.0];
//! let columns = TenureColumns::from_survivors(&[&cohort])?;
//! let tenures = columns.tenures().check()?;
//! let fitted = ShiftedBetaGeo::default().fit(&tenures)?;
//! assert!(fitted.diagnosis.is_sound());
//!
//! let outlook = fitted.outlook();
//! let after_eight = outlook.survival(8)?;
//! assert!((after_eight.value - 0.22).abs() < 0.001);
//! let to_come = outlook.total_renewals(&tenures, &Ahead::next(3))?;
//! assert!(to_come.value < 3.0 * 241.0);
//! # Ok::<(), worth_model::Error>(())
//! ```

mod ahead;
mod beta_discrete_weibull;
mod coming;
mod goodness;
mod outcome;
mod outlook;
mod retention;
mod shifted_beta_geo;
mod tenures;

pub use ahead::Ahead;
pub use beta_discrete_weibull::{
    BetaDiscreteWeibull, BetaDiscreteWeibullEstimates, BetaDiscreteWeibullParameters,
    DurationDependence, FittedBetaDiscreteWeibull, RiskDirection,
};
pub(super) use coming::{Coming, coming};
pub use outlook::Outlook;
pub(super) use retention::Curve;
pub use shifted_beta_geo::{
    FittedShiftedBetaGeo, ShiftedBetaGeo, ShiftedBetaGeoEstimates, ShiftedBetaGeoParameters,
};
pub use tenures::{CheckedTenures, MOST_RENEWALS, TenureColumns, Tenures};
