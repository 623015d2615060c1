//! What fits of all models share: climbing from several starts within a box, standard errors, and
//! saying how it went.
//!
//! A model brings its [`Frame`] (names, box, which parameters go together), starts, a likelihood
//! with derivatives, and what it means when the data push a parameter to the edge.

use super::diagnosis::{Boundary, Outcome};
use super::predicted::around_positive;
use super::profile::Profile;
use crate::dense::Factor;
use crate::estimate::{Estimate, Method, NoInterval, reach};
use crate::newton::{DenseEvaluation, DenseOptimum, Evaluation, Optimum, Side, maximise};
use crate::symmetric::{Matrix, Vector, quadratic};

/// Customers, and repeat customers among them, below which a fit is not to be relied on.
const ENOUGH_CUSTOMERS: f64 = 30.0;
const ENOUGH_REPEAT_CUSTOMERS: f64 = 10.0;
/// Standard error of a logarithm above which a parameter counts as not settled: its 90 %
/// interval then reaches over a factor of 27.
pub(super) const UNSETTLED: f64 = 1.0;
/// And what it should be, for the number of customers that would do.
const SETTLED: f64 = 0.5;
/// Half the 90 % quantile of chi-square with one degree of freedom: a log-likelihood lower by less
/// is lower by chance.
const BY_CHANCE: f64 = 1.35;
/// Nobody can tell parameters apart whose log-likelihoods differ by less.
pub(super) const NEGLIGIBLE_GAIN: f64 = 1e-3;
/// How wide an edge of the box is, as a factor, and most steps of the search along it.
const EDGE: f64 = 1.001;
const EDGE_ITERATIONS: u32 = 100;
/// Standard error of a logarithm below which a normal interval is as good as that by profile.
pub(super) const NARROW: f64 = 0.05;
/// Terms of a likelihood above which the profile would cost more than it tells.
pub(super) const MANY_TERMS: usize = 50_000;

/// The parameters of a model as the search sees them; times and money are rescaled.
#[derive(Debug, Clone, Copy)]
pub struct Frame<const D: usize> {
    pub(super) names: [&'static str; D],
    /// The box: beyond it a parameter is as good as zero …
    pub(super) least: Vector<D>,
    /// … or infinite.
    pub(super) most: Vector<D>,
    /// A parameter at the box takes this one along: only something of both is known there.
    pub(super) partner: [usize; D],
}

/// What the search found, with what is known of each parameter.
#[derive(Debug, Clone, Copy)]
pub struct Found<const D: usize> {
    pub(super) optimum: Optimum<D>,
    /// Covariance of the logarithms; zero for parameters at the box.
    pub(super) log_covariance: Matrix<D>,
    /// Which parameters the data do not settle: at the box, or anywhere within a wide range.
    pub(super) unsettled: [bool; D],
    frame: Frame<D>,
}

impl<const D: usize> Frame<D> {
    /// Climbs from `start`, which is in logarithms. `likelihood` gives the log-likelihood and its
    /// derivatives with respect to the parameters themselves.
    pub(super) fn climb(
        &self,
        likelihood: impl Fn(&Vector<D>) -> Evaluation<D>,
        start: Vector<D>,
        most_iterations: u32,
    ) -> Optimum<D> {
        let function = |point: &Vector<D>| in_logarithms(&likelihood, point);
        let (lower, upper) = (self.least.map(f64::ln), self.most.map(f64::ln));
        maximise(function, start, lower, upper, most_iterations)
    }

    /// The best that is reached from several starts; the later ones are for data on which the
    /// first ends at the box or nowhere.
    pub(super) fn search(
        &self,
        likelihood: impl Fn(&Vector<D>) -> Evaluation<D>,
        starts: impl IntoIterator<Item = Vector<D>>,
        most_iterations: u32,
    ) -> Optimum<D> {
        let climbs = starts
            .into_iter()
            .map(|start| self.climb(&likelihood, start.map(f64::ln), most_iterations));
        let arrived = |found: &Optimum<D>| found.converged && found.sides == [Side::Inside; D];
        highest(climbs, arrived)
    }

    /// The best that is reached from all starts: for likelihoods that may have several tops and
    /// cost little.
    pub(super) fn search_all(
        &self,
        likelihood: impl Fn(&Vector<D>) -> Evaluation<D>,
        starts: impl IntoIterator<Item = Vector<D>>,
        most_iterations: u32,
    ) -> Optimum<D> {
        let climbs = starts
            .into_iter()
            .map(|start| self.climb(&likelihood, start.map(f64::ln), most_iterations));
        highest(climbs, |_| false)
    }

    /// What is known of each parameter at the maximum.
    pub(super) fn found(&self, optimum: Optimum<D>) -> Found<D> {
        self.known(optimum, covariance(&optimum))
    }

    /// The same of parameters whose logarithms are the first of more unknowns, whatever the others;
    /// `covariance` is that of all.
    pub(super) fn known_first(&self, optimum: &DenseOptimum, covariance: &[f64]) -> Found<D> {
        let size = optimum.point.len();
        let covariance = std::array::from_fn(|i| std::array::from_fn(|j| covariance[i * size + j]));
        let optimum = Optimum {
            point: std::array::from_fn(|i| optimum.point[i]),
            at: Evaluation {
                value: optimum.at.value,
                gradient: std::array::from_fn(|i| optimum.at.gradient[i]),
                hessian: [[0.0; D]; D],
            },
            sides: std::array::from_fn(|i| optimum.sides[i]),
            iterations: optimum.iterations,
            converged: optimum.converged,
        };
        self.known(optimum, covariance)
    }

    /// The same where the covariance of the logarithms comes from elsewhere.
    pub(super) fn known(&self, optimum: Optimum<D>, log_covariance: Matrix<D>) -> Found<D> {
        let at_box = |i: usize| optimum.sides[i] != Side::Inside;
        Found {
            unsettled: std::array::from_fn(|i| {
                let wide = log_covariance[i][i].sqrt() > 2.0 * UNSETTLED;
                let taken_along = (0..D).any(|other| at_box(other) && self.partner[other] == i);
                at_box(i) || taken_along || wide
            }),
            log_covariance,
            optimum,
            frame: *self,
        }
    }
}

/// A log-likelihood and its derivatives with respect to the logarithms of parameters.
fn in_logarithms<const D: usize>(
    likelihood: impl Fn(&Vector<D>) -> Evaluation<D>,
    point: &Vector<D>,
) -> Evaluation<D> {
    let parameters = point.map(f64::exp);
    likelihood(&parameters).in_logarithms(&parameters)
}

/// The highest of several climbs, up to the first that is good enough.
pub(super) fn highest<const D: usize>(
    climbs: impl Iterator<Item = Optimum<D>>,
    is_enough: impl Fn(&Optimum<D>) -> bool,
) -> Optimum<D> {
    let mut best: Option<Optimum<D>> = None;
    for found in climbs {
        if best.is_none_or(|best| found.at.value > best.at.value + 1e-6) {
            best = Some(found);
        }
        if is_enough(&found) {
            break;
        }
    }
    best.expect("there is at least one start")
}

impl<const D: usize> Found<D> {
    /// The parameters found, of rescaled data.
    pub(super) fn values(&self) -> Vector<D> {
        self.optimum.point.map(f64::exp)
    }

    /// Standard error of the logarithm of a parameter.
    fn log_error(&self, i: usize) -> f64 {
        self.log_covariance[i][i].sqrt()
    }

    /// The parameters with intervals, in their units: by profile likelihood, or normal on the
    /// logarithmic scale where that says the same or the other costs too much. `likelihood` is the
    /// one that was climbed, a sum of this many `terms`.
    pub(super) fn estimates(
        &self,
        values: &Vector<D>,
        level: f64,
        terms: usize,
        likelihood: impl Fn(&Vector<D>) -> Evaluation<D>,
    ) -> [Estimate; D] {
        let reach = reach(level);
        let profile = Profile {
            function: |point: &[f64]| {
                let point = std::array::from_fn(|i| point[i]);
                DenseEvaluation::from(&in_logarithms(&likelihood, &point))
            },
            lower: &self.frame.least.map(f64::ln),
            upper: &self.frame.most.map(f64::ln),
            top: &self.optimum.point,
            value: self.optimum.at.value,
            covariance: &self.log_covariance.concat(),
        };
        std::array::from_fn(|i| {
            if self.unsettled[i] {
                return Estimate::without(values[i], NoInterval::NotIdentified);
            }
            let is_normal = self.log_error(i) < NARROW || terms > MANY_TERMS || !self.arrived();
            let ends = if is_normal {
                None
            } else {
                profile.interval(i, reach)
            };
            if let Some(ends) = ends {
                let [low, high] = ends.map(|end| values[i] * (end - self.optimum.point[i]).exp());
                return Estimate::between(values[i], low, high, level, Method::Profile);
            }
            let [value, low, high] = around_positive(values[i], self.log_error(i), reach);
            Estimate::between(value, low, high, level, Method::Delta)
        })
    }

    pub(super) fn standard_errors(&self, values: &Vector<D>) -> [Option<f64>; D] {
        std::array::from_fn(|i| (!self.unsettled[i]).then(|| values[i] * self.log_error(i)))
    }

    /// Whether a parameter is at this side of the box, or near it and going nowhere, which is as
    /// good.
    pub(super) fn toward(&self, i: usize, side: Side) -> bool {
        let (least, most) = (self.frame.least[i], self.frame.most[i]);
        let middle = (least * most).sqrt().ln();
        let outer = if side == Side::AtUpper { most } else { least }.ln();
        let near = (self.optimum.point[i] - middle) / (outer - middle) > 0.7;
        self.optimum.sides[i] == side || (near && self.log_error(i) > 2.0 * UNSETTLED)
    }

    /// Whether the data, where they hardly settle parameter `i`, are explained as well with it at this
    /// side of the box. The search along it starts from `start`, in logarithms.
    pub(super) fn edge_as_well(
        &self,
        i: usize,
        side: Side,
        start: Vector<D>,
        likelihood: impl Fn(&Vector<D>) -> Evaluation<D>,
    ) -> bool {
        let mut edge = self.frame;
        if side == Side::AtUpper {
            edge.least[i] = edge.most[i] / EDGE;
        } else {
            edge.most[i] = edge.least[i] * EDGE;
        }
        self.log_error(i) > UNSETTLED
            && self.is_as_good(edge.climb(likelihood, start, EDGE_ITERATIONS).at.value)
    }

    /// Whether a log-likelihood is lower by chance alone.
    pub(super) fn is_as_good(&self, log_likelihood: f64) -> bool {
        self.optimum.at.value - log_likelihood < BY_CHANCE
    }

    /// The largest standard error of a logarithm.
    pub(super) fn worst_error(&self) -> f64 {
        (0..D).map(|i| self.log_error(i)).fold(0.0, f64::max)
    }

    /// Whether the search arrived, or crept along a ridge on which nothing is left to gain.
    fn arrived(&self) -> bool {
        self.optimum.converged || self.gain_left() < NEGLIGIBLE_GAIN
    }

    /// How much the log-likelihood would rise if it were a parabola.
    fn gain_left(&self) -> f64 {
        quadratic(&self.log_covariance, &self.optimum.at.gradient) / 2.0
    }

    /// How it went, of data that are not [too few](too_few). `boundary` says whether they are at
    /// an edge, and what that means.
    pub(super) fn outcome(
        &self,
        customers: f64,
        boundary: impl FnOnce() -> Option<Boundary>,
    ) -> Outcome {
        if !self.arrived() {
            return Outcome::NotConverged {
                gain_left: self.gain_left(),
            };
        }
        if let Some(meaning) = boundary() {
            return Outcome::AtBoundary {
                meaning,
                parameters: self.unsettled_names(),
            };
        }
        let worst = self.worst_error();
        if worst > UNSETTLED || self.optimum.sides != [Side::Inside; D] {
            return Outcome::Flat {
                parameters: self.unsettled_names(),
                customers_needed: customers_needed(customers, worst.max(UNSETTLED)),
            };
        }
        Outcome::Converged
    }

    /// Names of the parameters that are not settled, or hardly so.
    fn unsettled_names(&self) -> Vec<String> {
        (0..D)
            .filter(|&i| self.unsettled[i] || self.log_error(i) > UNSETTLED)
            .map(|i| self.frame.names[i].to_owned())
            .collect()
    }
}

/// Whether customers, or repeat customers among them, are too few for any fit.
pub(super) fn too_few(customers: f64, repeat_customers: f64) -> Option<Outcome> {
    let enough = customers >= ENOUGH_CUSTOMERS && repeat_customers >= ENOUGH_REPEAT_CUSTOMERS;
    let share = (repeat_customers + 0.5) / (customers + 1.0);
    (!enough).then(|| Outcome::TooFew {
        customers,
        repeat_customers,
        customers_needed: (ENOUGH_REPEAT_CUSTOMERS / share)
            .ceil()
            .max(ENOUGH_CUSTOMERS),
        repeat_customers_needed: ENOUGH_REPEAT_CUSTOMERS,
    })
}

/// Curvature that stands for "unknown" where the likelihood is flat to the last digit.
const LEAST_CURVATURE: f64 = 1e-6;

/// Covariance of the logarithms: the inverse of the observed information, over the parameters
/// inside the box.
pub(super) fn covariance<const D: usize>(found: &Optimum<D>) -> Matrix<D> {
    let information = DenseEvaluation::from(&found.at).information();
    let covariance = dense_covariance(&information, &found.sides.map(|side| side == Side::Inside));
    std::array::from_fn(|i| std::array::from_fn(|j| covariance[i * D + j]))
}

/// The inverse of the information over some parameters; 0 for the others.
pub(super) fn dense_covariance(information: &[f64], inside: &[bool]) -> Vec<f64> {
    let size = inside.len();
    let diagonal = (0..size).filter(|&i| inside[i]).map(|i| i * (size + 1));
    let largest = (diagonal.map(|place| information[place].abs())).fold(0.0, f64::max);
    if !largest.is_finite() {
        return vec![0.0; size * size];
    }
    // Where the search did not arrive, the curvature may be anything: lift it until it is one.
    let mut lifted = 0.0;
    loop {
        let mut information = information.to_vec();
        for i in 0..size {
            information[i * (size + 1)] += lifted;
        }
        if let Some(factor) = Factor::of(&information, inside) {
            return factor.inverse();
        }
        lifted = (10.0 * lifted).max(LEAST_CURVATURE).max(largest * 1e-9);
    }
}

/// Standard errors fall with the root of the number of customers.
pub(super) fn customers_needed(customers: f64, log_error: f64) -> f64 {
    let needed = customers * (log_error / SETTLED).powi(2);
    // Two digits are all that such a forecast is good for.
    let digit = 10f64.powf(needed.max(1.0).log10().floor() - 1.0);
    ((needed / digit).ceil() * digit).min(1e12)
}
