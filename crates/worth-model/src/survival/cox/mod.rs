//! Cox regression: what makes customers leave sooner, all else equal.
//!
//! The hazard (rate of leaving) of a customer with covariates x is `h(t) exp(x'β)`: the same course
//! over time for all, higher or lower by a factor. Nothing is said of that course h: β comes from
//! the order in which customers leave, given who was at risk each time:
//!
//! ```text
//! L(β) = Π over those who leave of exp(x'β) / Σ over those at risk of exp(x'β)
//! ```
//!
//! Sources: D. R. Cox (1972), Regression Models and Life-Tables, Journal of the Royal Statistical
//! Society B 34, doi:10.1111/j.2517-6161.1972.tb00899.x; several who leave at the same time
//! B. Efron (1977), The Efficiency of Cox's Likelihood Function for Censored Data, Journal of the
//! American Statistical Association 72, doi:10.1080/01621459.1977.10480613, and N. E. Breslow (1974),
//! Covariance Analysis of Censored Survival Data, Biometrics 30, doi:10.2307/2529620. Checked against
//! the output of R's `survival` and the appendix of Therneau and Grambsch (2000).
//!
//! Know before use: a hazard ratio is not a ratio of times or of shares, and it is no effect of doing
//! something: customers with a long contract may be others to begin with. That hazards stay in
//! proportion is checked ([`CoxDiagnosis::proportionality`]).

mod baseline;
mod concordance;
mod covariates;
mod fit;
mod likelihood;
mod prepared;
mod proportional;
mod robust;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::durations::CheckedDurations;
use crate::chi_square::ChiSquareTest;
use crate::columns::check_length;
use crate::error::{Error, require};
use crate::estimate::{DEFAULT_LEVEL, Estimate, check_level};

pub use baseline::Baseline;
pub use covariates::{CheckedCovariates, Covariates};

/// Hazard ratios beyond `exp` of this are given as that, so as to be numbers at all.
const LARGEST_LOG_RATIO: f64 = 700.0;
/// Efron's ties take a step for each customer who leaves.
const MOST_EVENTS: f64 = 1e9;

/// A Cox model that has not seen data: how to fit it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Cox {
    /// Probability that intervals are meant to hold, 0.5..0.999. Default 0.9.
    pub level: f64,
    /// What is done when several leave at the same time. Default [`Ties::Efron`].
    pub ties: Ties,
    /// Which variance intervals come from. Default [`Variance::Model`].
    pub variance: Variance,
    /// Leave for this reason only; those who leave for another count as lost from sight then. All
    /// reasons alike when absent.
    pub reason: Option<u32>,
    /// The scale of time on which the check of proportionality looks for a trend. Default
    /// [`TimeScale::KaplanMeier`].
    pub time_scale: TimeScale,
    /// Most steps of the search. Default 50; five are usual.
    pub most_iterations: u32,
}

impl Default for Cox {
    fn default() -> Self {
        Self {
            level: DEFAULT_LEVEL,
            ties: Ties::Efron,
            variance: Variance::Model,
            reason: None,
            time_scale: TimeScale::KaplanMeier,
            most_iterations: 50,
        }
    }
}

/// What is done when several leave at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Ties {
    /// As if in turn, each in a risk set from which a part of the others has gone: close to exact.
    /// Weights of those who leave must be whole numbers.
    Efron,
    /// Each in the whole risk set: takes coefficients a little toward 0, the more the more ties.
    Breslow,
}

/// Which variance intervals come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Variance {
    /// The inverse of the information: right when the model is, and rows are independent.
    Model,
    /// Sandwich of score residuals, summed by id: holds also when hazards are not quite in
    /// proportion or rows of the same id depend on each other. Weights are taken as frequencies;
    /// give each row its own id to have them taken as sampling weights.
    Robust,
}

/// The scale of time on which a trend is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TimeScale {
    /// The part of the customers that has left: few late events do not decide all.
    KaplanMeier,
    /// Time itself.
    Identity,
}

/// A Cox model fitted to customers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FittedCox {
    /// Always "cox".
    pub name: String,
    /// One per covariate, in their order.
    pub coefficients: Vec<Coefficient>,
    /// Covariance of the coefficients, as the intervals have it; 0 where one is not identified.
    pub covariance: Vec<Vec<f64>>,
    /// Partial log-likelihood.
    pub log_likelihood: f64,
    /// The same with all coefficients 0.
    pub null_log_likelihood: f64,
    /// Whether the covariates say anything at all.
    pub tests: CoxTests,
    /// How often, of two customers, the one with the higher hazard left first: 0.5 = no better than
    /// chance. On the data of the fit, so a little too good.
    pub concordance: Estimate,
    /// The customer to whom the baselines belong: mean covariates of those at risk at the events.
    pub reference: Vec<f64>,
    /// One baseline per stratum, in their order.
    pub baselines: Vec<Baseline>,
    /// How the fit went.
    pub diagnosis: CoxDiagnosis,
    /// Sum of the weights of the rows it was fitted to.
    pub weight: f64,
    /// Customers who left.
    pub events: f64,
    /// What was done when several left at the same time.
    pub ties: Ties,
    /// Which variance intervals come from.
    pub variance: Variance,
    /// Probability that intervals are meant to hold.
    pub level: f64,
}

/// What a covariate does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Coefficient {
    /// Name of the covariate.
    pub name: String,
    /// Logarithm of the hazard ratio.
    pub coefficient: Estimate,
    /// Factor by which the hazard rises with the covariate rising by one.
    pub hazard_ratio: Estimate,
    /// Standard error of the coefficient; absent when it is not identified.
    pub standard_error: Option<f64>,
    /// The same from the model, also when the one above is robust.
    pub model_standard_error: Option<f64>,
    /// Probability of a coefficient at least as far from 0 if it were 0 (Wald).
    pub p_value: Option<f64>,
}

/// Three tests of all coefficients together being 0. Absent without a covariate to test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CoxTests {
    /// Likelihood ratio: the most reliable of the three.
    pub likelihood_ratio: Option<ChiSquareTest>,
    /// Wald: coefficients against their covariance (the robust one if asked for).
    pub wald: Option<ChiSquareTest>,
    /// Score: without ties and with one covariate of 0 and 1 this is the log-rank test.
    pub score: Option<ChiSquareTest>,
}

/// How a fit went, as data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CoxDiagnosis {
    /// Whether the coefficients are settled, and if not, why.
    pub outcome: CoxOutcome,
    /// Steps that the search took.
    pub iterations: u32,
    /// Whether hazards stay in proportion; absent when there is nothing to check.
    pub proportionality: Option<Proportionality>,
}

impl CoxDiagnosis {
    /// Whether the coefficients are settled and hazards stay in proportion.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let holds = |check: &Proportionality| check.holds;
        self.outcome == CoxOutcome::Converged && self.proportionality.as_ref().is_none_or(holds)
    }
}

/// Whether the coefficients are settled, and if not, why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum CoxOutcome {
    /// The likelihood has a clear maximum.
    Converged,
    /// Too few have left to tell so much. Coefficients are given, not to be relied on.
    TooFew {
        /// Customers who left.
        events: f64,
        /// Customers who should have: five per covariate.
        events_needed: f64,
        /// Customers of whom so many would have left at the present share.
        customers_needed: f64,
    },
    /// Covariates that follow from others (or are constant, when alone) have no coefficient of
    /// their own. They are left out: theirs are 0, and the others are as without them.
    Collinear {
        /// The one that was left out, then those it follows from.
        covariates: Vec<Vec<String>>,
    },
    /// A covariate says at each event who leaves (nobody of some kind left, for example): its hazard
    /// ratio is infinite or 0. The others are as they are beside that.
    Separated {
        /// Covariates whose coefficients went on growing.
        covariates: Vec<String>,
    },
    /// The search did not arrive in its number of steps.
    NotConverged {
        /// How much the log-likelihood could still rise.
        gain_left: f64,
    },
}

/// Whether hazards stay in proportion over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Proportionality {
    /// One per covariate that has a coefficient.
    pub covariates: Vec<ProportionalityOf>,
    /// All covariates together.
    pub global: ChiSquareTest,
    /// Whether it holds for every covariate.
    pub holds: bool,
}

/// Whether the effect of one covariate stays the same over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProportionalityOf {
    /// Name of the covariate.
    pub name: String,
    /// Correlation of the effect with time: above 0 it grows, below 0 it fades.
    pub correlation: f64,
    /// Test of there being none.
    pub test: ChiSquareTest,
    /// Whether the trend can be chance (p of at least 0.01), or is slight (correlation below 0.1).
    pub holds: bool,
}

impl Cox {
    /// Checks the settings.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] with the name of the first that makes no sense.
    pub fn check(&self) -> Result<(), Error> {
        check_level(self.level)?;
        let most = f64::from(self.most_iterations);
        require(most >= 1.0, "most_iterations", most, "expected at least 1")?;
        let reason = self.reason.map_or(1.0, f64::from);
        require(
            reason >= 1.0,
            "reason",
            reason,
            "expected the code of an event, 1 or above",
        )
    }

    /// Finds the coefficients of highest partial likelihood. Data that the model struggles with are
    /// no error: see [`FittedCox::diagnosis`].
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a setting that makes no sense, [`Error::Empty`] without customers,
    /// [`Error::Length`] when covariates were checked against other durations, [`Error::Row`] when
    /// Efron's ties are asked for and someone who leaves has a weight that is no whole number.
    pub fn fit(
        &self,
        durations: &CheckedDurations<'_>,
        covariates: &CheckedCovariates<'_>,
    ) -> Result<FittedCox, Error> {
        self.check()?;
        durations.require_some()?;
        for column in covariates.rows().columns {
            check_length("covariate", column.len(), durations.len())?;
        }
        if let Some(stratum) = covariates.rows().stratum {
            check_length("stratum", stratum.len(), durations.len())?;
        }
        if let Some(id) = covariates.rows().id {
            check_length("id", id.len(), durations.len())?;
        }
        require(
            durations.events() <= MOST_EVENTS,
            "weight",
            durations.events(),
            "expected events of at most a thousand million in all",
        )?;
        let fraction =
            |&row: &usize| durations.event_of(row) > 0 && durations.weight_of(row).fract() != 0.0;
        if self.ties == Ties::Efron
            && let Some(row) = (0..durations.len()).find(fraction)
        {
            return Err(Error::Row {
                field: "weight",
                row,
                value: durations.weight_of(row),
                expected: "expected a whole number for who leaves (or ties by Breslow)",
            });
        }
        Ok(fit::fit(self, durations, covariates))
    }
}
