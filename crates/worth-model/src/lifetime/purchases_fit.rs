//! Fitting a purchase model: rescale time, count equal rows, climb, and say how it went.

use super::counted::Counted;
use super::diagnosis::{Boundary, Diagnosis, Outcome};
use super::fitted::FittedPurchases;
use super::fitting::{Found, Frame, too_few};
use super::goodness;
use super::histories::CheckedHistories;
use super::law::{Law, PurchaseModel};
use crate::error::{Error, require};
use crate::estimate::{Estimate, check_level, reach};
use crate::newton::{Evaluation, Optimum};
use crate::symmetric::Vector;

/// With more distinct rows than this the search starts on a sample of them.
pub(super) const START_ON: usize = 20_000;

/// What is left open is settled once so many candidates in a row are worse, and not by chance.
const MISSES: u32 = 2;

/// What a purchase model brings to its fit. Time is in mean ages here. (It can be named only in this
/// crate.)
pub trait Fit<const D: usize>: PurchaseModel<D> {
    /// Names and box of the parameters.
    const FRAME: Frame<D>;
    /// The power of time in the unit of each parameter: 1 of a time, -1 of a rate.
    const TIME_POWERS: [i32; D];
    /// What more frequent purchases, and readier leaving, add to the logarithms of the parameters: a
    /// step of 1 is a factor of e in the mean rate (of leaving, in the odds a / b where it is by
    /// chance after a purchase).
    const PURCHASES: Vector<D>;
    const LEAVING: Vector<D>;

    /// As set by default, but for the level of intervals.
    fn at_level(level: f64) -> Self;
    /// Level of intervals, and most steps of the search.
    fn settings(&self) -> (f64, u32);
    /// Fails with the name of the first other setting that makes no sense.
    fn check_others(&self) -> Result<(), Error> {
        Ok(())
    }
    /// The same with what it leaves open said, from which the likelihood chooses.
    fn candidates(&self) -> Vec<Self> {
        vec![self.clone()]
    }
    fn parameters(&self, values: Vector<D>) -> Self::Parameters;
    /// Where to start, at this mean number of repeat purchases per mean age.
    fn starts(&self, rate: f64) -> Vec<Vector<D>>;
    /// Log-likelihood and its derivatives with respect to the parameters.
    fn evaluate(&self, data: &Counted, parameters: &Vector<D>) -> Evaluation<D>;
    /// What the log-likelihood has beside, whatever the parameters.
    fn constant(&self, _data: &Counted) -> f64 {
        0.0
    }
    /// The estimates, from those of the parameters, the candidate that was chosen, and all candidates
    /// that explain the data as well, by chance.
    fn estimates(
        &self,
        of_parameters: [Estimate; D],
        chosen: &Self,
        as_good: &[Self],
    ) -> Self::Estimates;
    /// Whether the data are at an edge, and what that means.
    fn boundary(
        &self,
        found: &Found<D>,
        data: &Counted,
        parameters: &Self::Parameters,
    ) -> Option<Boundary>;
}

/// Fails with the name of the first setting that makes no sense.
pub(super) fn check<const D: usize>(spec: &impl Fit<D>) -> Result<(), Error> {
    let (level, most_iterations) = spec.settings();
    check_level(level)?;
    let most = f64::from(most_iterations);
    require(most >= 1.0, "most_iterations", most, "expected at least 1")?;
    spec.check_others()
}

pub(super) fn fit<M: Fit<D>, const D: usize>(
    spec: &M,
    histories: &CheckedHistories<'_>,
) -> Result<FittedPurchases<M, D>, Error> {
    Ok(Search::new(spec, histories)?.fitted())
}

/// A search for the parameters of highest likelihood, and what it was made on.
pub(super) struct Search<'a, M, const D: usize> {
    spec: &'a M,
    histories: &'a CheckedHistories<'a>,
    /// The customers in rescaled time.
    pub(super) data: Counted,
    /// What times were divided by: the mean age.
    pub(super) unit: f64,
    choice: Choice<M, D>,
}

/// What was chosen from what the settings leave open.
struct Choice<M, const D: usize> {
    chosen: M,
    optimum: Optimum<D>,
    /// All candidates that explain the data as well, by chance.
    as_good: Vec<M>,
}

impl<'a, M: Fit<D>, const D: usize> Search<'a, M, D> {
    /// # Errors
    ///
    /// [`Error::Setting`] for a setting that makes no sense, [`Error::Empty`] without customers.
    pub(super) fn new(spec: &'a M, histories: &'a CheckedHistories<'a>) -> Result<Self, Error> {
        check(spec)?;
        if histories.customers() <= 0.0 {
            return Err(Error::Empty { what: "customers" });
        }
        let unit = if histories.mean_age() > 0.0 {
            histories.mean_age()
        } else {
            1.0
        };
        let data = Counted::new(histories, unit);
        Ok(Self {
            spec,
            histories,
            choice: choose(spec, &data),
            data,
            unit,
        })
    }

    /// The log-likelihood of rescaled time and its derivatives.
    pub(super) fn evaluate(&self, parameters: &Vector<D>) -> Evaluation<D> {
        self.choice.chosen.evaluate(&self.data, parameters)
    }

    /// What is added to it to get that of the data as given. Densities of times change with the
    /// unit; one factor per repeat purchase.
    pub(super) fn log_unit(&self) -> f64 {
        self.choice.chosen.constant(&self.data) - self.data.purchases * self.unit.ln()
    }

    /// What parameters of rescaled time are multiplied by to get those of time as given.
    pub(super) fn units(&self) -> Vector<D> {
        M::TIME_POWERS.map(|power| self.unit.powi(power))
    }

    /// Parameters of rescaled time from which a maximum can be reached: where this search ended,
    /// and where it began.
    pub(super) fn starts(&self) -> Vec<Vector<D>> {
        let mut all = starts(&self.choice.chosen, &self.data);
        all.push(self.choice.optimum.point.map(f64::exp));
        all
    }

    /// The model, with what its settings leave open chosen.
    pub(super) fn model(&self) -> &M {
        &self.choice.chosen
    }

    /// The logarithms of the parameters of rescaled time where it ended.
    pub(super) fn logarithms(&self) -> Vector<D> {
        self.choice.optimum.point
    }

    /// Parameters of rescaled time in time as given.
    pub(super) fn parameters(&self, values: &Vector<D>) -> M::Parameters {
        let units = self.units();
        self.model()
            .parameters(std::array::from_fn(|i| values[i] * units[i]))
    }

    /// How a search went: this one, or one that tells kinds of customers apart and found this for the
    /// middle of them. Whether the data are at an edge is judged as for customers of one kind: an edge
    /// has to be as good as what this search found.
    pub(super) fn outcome(&self, found: &Found<D>) -> Outcome {
        let (data, chosen) = (&self.data, self.model());
        let repeat_customers = data.above.first().copied().unwrap_or(0.0);
        too_few(data.customers, repeat_customers).unwrap_or_else(|| {
            found.outcome(data.customers, || {
                let mut alike = *found;
                alike.optimum.at.value = self.choice.optimum.at.value;
                chosen.boundary(&alike, data, &chosen.parameters(found.values()))
            })
        })
    }

    /// All estimates, from those of the parameters.
    pub(super) fn estimates(&self, of_parameters: [Estimate; D]) -> M::Estimates {
        let Choice {
            chosen, as_good, ..
        } = &self.choice;
        self.spec.estimates(of_parameters, chosen, as_good)
    }

    /// The model at the highest likelihood, and how the search went.
    pub(super) fn fitted(&self) -> FittedPurchases<M, D> {
        let (level, _) = self.spec.settings();
        let (data, units) = (&self.data, self.units());
        let Choice {
            chosen, optimum, ..
        } = &self.choice;
        let found = M::FRAME.found(*optimum);
        let values = found.values();
        let parameters = chosen.parameters(values);
        let (goodness, recency) = goodness::of_purchases(data, &parameters, &found.log_covariance);
        let values = std::array::from_fn(|i| values[i] * units[i]);
        let likelihood = |at: &Vector<D>| self.evaluate(at);
        let of_parameters = found.estimates(&values, level, data.terms(), likelihood);
        FittedPurchases {
            name: M::NAME.to_owned(),
            parameters: chosen.parameters(values),
            estimates: self.estimates(of_parameters),
            standard_errors: found.standard_errors(&values),
            log_likelihood: optimum.at.value + self.log_unit(),
            customers: self.histories.customers(),
            repeat_customers: self.histories.repeat_customers(),
            diagnosis: Diagnosis {
                outcome: self.outcome(&found),
                iterations: optimum.iterations,
                goodness,
                recency: Some(recency),
            },
            level,
            log_covariance: found.log_covariance,
        }
    }
}

fn choose<M: Fit<D>, const D: usize>(spec: &M, data: &Counted) -> Choice<M, D> {
    let (level, most_iterations) = spec.settings();
    let by_chance = reach(level).powi(2) / 2.0;
    let mut tried: Vec<(M, f64)> = Vec::new();
    let mut best: Option<(M, Optimum<D>, f64)> = None;
    let mut misses = 0;
    for candidate in spec.candidates() {
        let optimum = climb(&candidate, data, most_iterations);
        let log_likelihood = optimum.at.value + candidate.constant(data);
        let highest = best.as_ref().map_or(f64::NEG_INFINITY, |best| best.2);
        tried.push((candidate.clone(), log_likelihood));
        if log_likelihood > highest + 1e-6 {
            best = Some((candidate, optimum, log_likelihood));
        }
        misses = if log_likelihood < highest - by_chance {
            misses + 1
        } else {
            0
        };
        if misses == MISSES {
            break;
        }
    }
    let (chosen, optimum, log_likelihood) = best.expect("there is at least one candidate");
    tried.retain(|tried| tried.1 >= log_likelihood - by_chance);
    Choice {
        chosen,
        optimum,
        as_good: tried.into_iter().map(|tried| tried.0).collect(),
    }
}

/// `check`, `fit` and `posterior` as methods of the settings themselves.
macro_rules! fits_as_set {
    ($settings:ty, $fitted:ty $(, $parameters:literal)?) => {
        impl $settings {
            /// Checks the settings.
            ///
            /// # Errors
            ///
            /// [`Error::Setting`](crate::Error::Setting) with the name of the first that makes no
            /// sense.
            pub fn check(&self) -> Result<(), $crate::Error> {
                $crate::lifetime::purchases_fit::check(self)
            }

            /// Finds the parameters of highest likelihood. Data that the model struggles with are no
            /// error: see [`FittedPurchases::diagnosis`].
            ///
            /// # Errors
            ///
            /// [`Error::Setting`](crate::Error::Setting) for a setting that makes no sense,
            /// [`Error::Empty`](crate::Error::Empty) without customers.
            pub fn fit(
                &self,
                histories: &$crate::lifetime::CheckedHistories<'_>,
            ) -> Result<$fitted, $crate::Error> {
                $crate::lifetime::purchases_fit::fit(self, histories)
            }

            /// Fits, and draws from the posterior: all parameters that the data leave possible.
            ///
            /// # Errors
            ///
            /// As [`Self::fit`]; [`Error::Setting`](crate::Error::Setting) for a setting of
            /// `sampling` that makes no sense.
            pub fn posterior(
                &self,
                histories: &$crate::lifetime::CheckedHistories<'_>,
                sampling: &$crate::lifetime::Sampling,
            ) -> Result<$crate::lifetime::PosteriorPurchases<Self $(, $parameters)?>, $crate::Error> {
                $crate::lifetime::posterior::sample_purchases(self, histories, sampling, &|| true)
            }
        }
    };
}
pub(super) use fits_as_set;

/// Settings with the usual names, for [`Fit`].
macro_rules! usual_settings {
    () => {
        fn at_level(level: f64) -> Self {
            Self {
                level,
                ..Self::default()
            }
        }

        fn settings(&self) -> (f64, u32) {
            (self.level, self.most_iterations)
        }
    };
}
pub(super) use usual_settings;

fn climb<M: Fit<D>, const D: usize>(spec: &M, data: &Counted, most_iterations: u32) -> Optimum<D> {
    let small = (data.len() > 3 * START_ON).then(|| data.thinned(data.len() / START_ON));
    let sample = small.as_ref().unwrap_or(data);
    let on_sample = |parameters: &Vector<D>| spec.evaluate(sample, parameters);
    let best = M::FRAME.search(on_sample, starts(spec, sample), most_iterations);
    if small.is_none() {
        best
    } else {
        let on_all = |parameters: &Vector<D>| spec.evaluate(data, parameters);
        M::FRAME.climb(on_all, best.point, most_iterations)
    }
}

fn starts<M: Fit<D>, const D: usize>(spec: &M, data: &Counted) -> Vec<Vector<D>> {
    // Time is in mean ages, so this is the mean number of repeat purchases of a customer.
    spec.starts((data.purchases / data.customers).max(1e-6))
}

/// Mean probability of being alive, of customers with a repeat purchase.
pub(super) fn alive_among_repeat<const D: usize>(data: &Counted, parameters: &impl Law<D>) -> f64 {
    let (mut alive, mut customers) = (0.0, 0.0);
    for piece in &data.pieces {
        let x = data.groups[piece.group].frequency;
        if x > 0.0 {
            for row in piece.rows.clone() {
                let weight = data.weight_of(row);
                customers += weight;
                alive += weight * parameters.alive(x, data.recency[row], data.age[row]);
            }
        }
    }
    alive / f64::max(customers, f64::MIN_POSITIVE)
}
