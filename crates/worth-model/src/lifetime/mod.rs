//! Lifetime: who is still a customer, what will they buy, what are they worth.
//!
//! For businesses whose customers come and go without notice. Each customer is three numbers
//! ([`Histories`]); a model of purchases learns from all of them how often customers buy and when
//! they leave, [`GammaGamma`] how much they spend per purchase. Fitted models predict for single
//! customers and for totals, each with an interval.
//!
//! | model of purchases | customers may leave |
//! |---|---|
//! | [`BetaGeo`] | after a repeat purchase |
//! | [`ModifiedBetaGeo`] | after any purchase, the first included |
//! | [`CondensedBetaGeo`], [`ModifiedCondensedBetaGeo`] | likewise; they buy regularly, not at random |
//! | [`ParetoNbd`] | at any time |
//! | [`GompertzNbd`] | at any time, with a risk that rises |
//!
//! Whatever the model, [`FittedPurchases`] has the same methods, and [`ValueModel`] takes it. Where what
//! is known of customers from the start says how often they buy and how soon they leave, [`WithCovariates`]
//! gives each kind of them such a law; for what changes while they are customers (sales, seasons, prices)
//! there is [`ParetoNbdVarying`]. Where customers belong to groups (stores, channels, cohorts), [`Pooled`]
//! gives each group such a law, and small ones borrow strength from the others.
//! Instead of the one best set of parameters, all that the data leave possible can be drawn:
//! [`PosteriorPurchases`], [`PosteriorGammaGamma`], [`PosteriorValue`].
//!
//! Where customers sign and cancel, each contract is a number of renewals ([`Tenures`]):
//! [`ShiftedBetaGeo`] where customers differ, [`BetaDiscreteWeibull`] where their risk of leaving
//! also changes with tenure. Where purchases happen only at certain occasions ([`Opportunities`]):
//! [`BetaBernoulli`].
//!
//! ```
//! use worth_model::lifetime::{BetaGeo, BetaGeoParameters, Histories};
//! use worth_model::simulate;
//!
//! // Two thousand customers of a year, drawn from known parameters.
//! let truth = BetaGeoParameters { r: 0.8, alpha: 60.0, a: 0.9, b: 3.0 };
//! let ages = vec![365.0; 2000];
//! let data = simulate::columns(&simulate::customers(&truth, None, &ages, 1)?, &ages);
//!
//! let histories = Histories {
//!     frequency: &data.frequency,
//!     recency: &data.recency,
//!     age: &data.age,
//!     ..Histories::default()
//! }
//! .check()?;
//! let fitted = BetaGeo::default().fit(&histories)?;
//! assert!(fitted.diagnosis.is_sound());
//! let alive = fitted.probability_alive(&histories);
//! assert!(alive.value.iter().all(|p| (0.0..=1.0).contains(p)));
//! # Ok::<(), worth_model::Error>(())
//! ```

mod anytime;
mod beta_bernoulli;
mod beta_geo;
mod calculus;
mod chance;
mod contracts;
mod count_distribution;
mod counted;
mod covariates;
mod curve;
mod dates;
mod diagnosis;
mod fitted;
mod fitting;
mod gamma_gamma;
mod gamma_mixture;
mod gompertz_nbd;
mod goodness;
mod groups;
mod hindsight;
mod histories;
mod horizon;
mod law;
mod laws;
mod margin;
mod model;
mod nbd;
mod pareto_nbd;
mod pooled;
mod posterior;
mod predicted;
mod profile;
mod purchase_laws;
mod purchases_fit;
mod totals;
mod value;

pub use crate::chi_square::ChiSquareTest;
pub use beta_bernoulli::{
    BetaBernoulli, BetaBernoulliEstimates, BetaBernoulliParameters, CheckedOpportunities,
    FittedBetaBernoulli, MOST_OPPORTUNITIES, Opportunities,
};
pub use beta_geo::{
    BetaGeo, BetaGeoEstimates, BetaGeoParameters, CondensedBetaGeo, CondensedBetaGeoEstimates,
    CondensedBetaGeoParameters, FittedBetaGeo, FittedCondensedBetaGeo, FittedModifiedBetaGeo,
    FittedModifiedCondensedBetaGeo, ModifiedBetaGeo, ModifiedBetaGeoParameters,
    ModifiedCondensedBetaGeo, ModifiedCondensedBetaGeoParameters,
};
pub use contracts::{
    Ahead, BetaDiscreteWeibull, BetaDiscreteWeibullEstimates, BetaDiscreteWeibullParameters,
    CheckedTenures, DurationDependence, FittedBetaDiscreteWeibull, FittedShiftedBetaGeo,
    MOST_RENEWALS, Outlook, RiskDirection, ShiftedBetaGeo, ShiftedBetaGeoEstimates,
    ShiftedBetaGeoParameters, TenureColumns, Tenures,
};
pub use covariates::{
    CheckedCovariates, CovariateCoefficient, CovariateEffects, CovariateMean, Covariates,
    CovariatesDiagnosis, FittedCovariates, FittedModelWithCovariates, Moves, Term, WithCovariates,
};
pub use diagnosis::{Boundary, Cell, Diagnosis, Goodness, Outcome};
pub use fitted::FittedPurchases;
pub use gamma_gamma::{
    CheckedSpends, FittedGammaGamma, GammaGamma, GammaGammaEstimates, GammaGammaParameters,
    Independence, Spends,
};
pub use gompertz_nbd::{
    FittedGompertzNbd, GompertzNbd, GompertzNbdEstimates, GompertzNbdParameters,
};
pub use groups::GroupPurchases;
pub use hindsight::Hindsight;
pub use histories::{CheckedHistories, Histories, MOST_PURCHASES};
pub use horizon::Horizon;
pub(crate) use law::{Law, Life};
pub use law::{NamedEstimate, PurchaseModel};
pub use laws::{Laws, Valuation};
pub use margin::Margin;
pub use model::{FittedModel, Model};
pub use nbd::Nbd;
pub use pareto_nbd::{
    ActsOn, CheckedDatedHistories, CoefficientStanding, CovariateTable, DatedHistories,
    FittedParetoNbd, FittedParetoNbdVarying, ParetoNbd, ParetoNbdEstimates, ParetoNbdParameters,
    ParetoNbdVarying, ParetoNbdVaryingParameters, Process, PurchaseSums, PurchaseTotal, Timelines,
    VaryingCoefficient, VaryingDiagnosis,
};
pub use pooled::{
    CheckedGroups, FittedModelPooled, FittedPooled, GroupDeviations, GroupEffect, GroupEffects,
    Groups, Pooled, PooledGroup, Pooling,
};
pub use posterior::{
    DensityPoint, DrawColumns, DrawnParameter, Draws, GoesOn, Mixing, Posterior,
    PosteriorGammaGamma, PosteriorPurchases, PosteriorValue, PurchasesPosterior, Sampling,
    SamplingDiagnosis, SamplingOutcome,
};
pub use predicted::Predicted;
pub(crate) use predicted::{around_positive, with_chance};
pub use purchase_laws::PurchaseLaws;
pub use totals::{Total, Totals};
pub use value::ValueModel;
