//! What fits of models in discrete time share: climbing from several starts within a box, and
//! saying what is known of each parameter.

use super::fitting::{UNSETTLED, covariance};
use super::predicted::around_positive;
use crate::estimate::{Estimate, Method, NoInterval, reach};
use crate::newton::{Evaluation, Optimum, Side, maximise};
use crate::symmetric::{Matrix, Vector, quadratic};

/// The parameters of a model as the search sees them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame<const D: usize> {
    pub(super) names: [&'static str; D],
    /// The box: beyond it a parameter is as good as zero …
    pub(super) least: Vector<D>,
    /// … or infinite.
    pub(super) most: Vector<D>,
    /// A parameter at the box takes this one along: only something of both is known there.
    pub(super) partner: [usize; D],
}

/// Nobody can tell parameters apart whose log-likelihoods differ by less.
const NEGLIGIBLE_GAIN: f64 = 1e-3;

/// What the search found, with what is known of each parameter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settled<const D: usize> {
    frame: Frame<D>,
    pub(super) optimum: Optimum<D>,
    /// Covariance of the logarithms; zero for parameters at the box.
    pub(super) log_covariance: Matrix<D>,
}

impl<const D: usize> Frame<D> {
    /// Climbs from every start and takes the highest point. `likelihood` gives the log-likelihood
    /// and its derivatives with respect to the parameters themselves.
    pub(super) fn search(
        &self,
        likelihood: impl Fn(&Vector<D>) -> Evaluation<D>,
        starts: impl IntoIterator<Item = Vector<D>>,
        most_iterations: u32,
    ) -> Settled<D> {
        let function = |point: &Vector<D>| {
            let parameters = point.map(f64::exp);
            likelihood(&parameters).in_logarithms(&parameters)
        };
        let (lower, upper) = (self.least.map(f64::ln), self.most.map(f64::ln));
        let mut best: Option<Optimum<D>> = None;
        for start in starts {
            let found = maximise(function, start.map(f64::ln), lower, upper, most_iterations);
            if best.is_none_or(|best| found.at.value > best.at.value + 1e-6) {
                best = Some(found);
            }
        }
        let optimum = best.expect("there is at least one start");
        Settled {
            frame: *self,
            log_covariance: covariance(&optimum),
            optimum,
        }
    }
}

impl<const D: usize> Settled<D> {
    /// The parameters found.
    pub(super) fn values(&self) -> Vector<D> {
        self.optimum.point.map(f64::exp)
    }

    /// Standard error of the logarithm of a parameter.
    pub(super) fn log_error(&self, i: usize) -> f64 {
        self.log_covariance[i][i].sqrt()
    }

    /// Whether the data do not settle a parameter: at the box, or anywhere within a wide range.
    pub(super) fn unsettled(&self, i: usize) -> bool {
        let at_box = |i: usize| self.optimum.sides[i] != Side::Inside;
        at_box(i) || at_box(self.frame.partner[i]) || self.log_error(i) > 2.0 * UNSETTLED
    }

    /// The parameters with intervals: normal on the logarithmic scale.
    pub(super) fn estimates(&self, level: f64) -> [Estimate; D] {
        let values = self.values();
        std::array::from_fn(|i| {
            if self.unsettled(i) {
                return Estimate::without(values[i], NoInterval::NotIdentified);
            }
            let [value, low, high] = around_positive(values[i], self.log_error(i), reach(level));
            Estimate::between(value, low, high, level, Method::Delta)
        })
    }

    pub(super) fn standard_errors(&self) -> [Option<f64>; D] {
        let values = self.values();
        std::array::from_fn(|i| (!self.unsettled(i)).then(|| values[i] * self.log_error(i)))
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

    /// Whether the search arrived, or crept along a ridge on which nothing is left to gain.
    pub(super) fn arrived(&self) -> bool {
        self.optimum.converged || self.gain_left() < NEGLIGIBLE_GAIN
    }

    /// How much the log-likelihood would rise if it were a parabola.
    pub(super) fn gain_left(&self) -> f64 {
        quadratic(&self.log_covariance, &self.optimum.at.gradient) / 2.0
    }

    /// The largest standard error of a logarithm.
    pub(super) fn worst_error(&self) -> f64 {
        (0..D).map(|i| self.log_error(i)).fold(0.0, f64::max)
    }

    /// Names of the parameters that are not settled, or hardly so.
    pub(super) fn unsettled_names(&self) -> Vec<String> {
        (0..D)
            .filter(|&i| self.unsettled(i) || self.log_error(i) > UNSETTLED)
            .map(|i| self.frame.names[i].to_owned())
            .collect()
    }
}

/// The interval of a total, from that for what is not known of the parameters and the variance by
/// chance: each side reaches as far as the root of the summed squares of both reaches, and no
/// farther than 0 and `most`. Square and add: Zou and Donner (2008), Construction of confidence
/// limits about effect measures, Statistics in Medicine 27, doi:10.1002/sim.3095.
pub(super) fn with_chance(
    [value, low, high]: [f64; 3],
    variance: f64,
    most: f64,
    level: f64,
) -> [f64; 3] {
    let chance = reach(level) * variance.sqrt();
    [
        value,
        (value - (value - low).hypot(chance)).max(0.0),
        (value + (high - value).hypot(chance)).min(most).max(value),
    ]
}
