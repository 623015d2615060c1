//! What the model says along a path: powers of operational time, and integrals of them.
//!
//! Everything is put together from
//!
//! ```text
//! ((alpha + A(t))/alpha)^-p ((beta + D(t))/beta)^-q
//! ```
//!
//! at a time t, and from its integrals over time, weighed by the speed of A or of D. On one piece of a
//! path both are straight lines, so with D as the variable the integral is that of Pareto/NBD
//! without covariates ([`Powers`]), with alpha measured in the time of leaving.

use super::factor::{Along, Factor, Means};
use super::jet::Jet;
use super::path::{Coefficients, Path};
use super::timelines::{Process, Timelines};
use crate::lifetime::pareto_nbd::gone::{LONGEST, Powers};

/// Parameters that every model has: r, alpha, s, beta. Coefficients of buying and of leaving follow.
pub(super) const BASE: usize = 4;
const S: usize = 2;
const BETA: usize = 3;

/// All numbers of a model.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Numbers {
    /// r, alpha, s and beta.
    pub(super) base: [f64; BASE],
    pub(super) buying: Coefficients,
    pub(super) leaving: Coefficients,
}

/// What is integrated.
#[derive(Debug, Clone, Copy)]
pub(super) struct Integrand {
    /// p and q; nothing where a factor is not there.
    pub(super) powers: [Option<f64>; 2],
    pub(super) weight: Weight,
}

/// What an integral over time is weighed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// The speed of buying.
    Buying,
    /// The speed of leaving, times s/beta: with q = s + 1 that is the density of the time of leaving.
    Leaving,
}

/// Room to work in.
#[derive(Debug)]
pub(super) struct Work {
    part: Jet,
    along: Vec<Along>,
}

impl Work {
    pub(super) fn new(size: usize, twice: bool) -> Self {
        Self {
            part: Jet::new(size, twice),
            along: Vec::new(),
        }
    }
}

/// A part of one piece, with the time of leaving as the variable.
struct Stretch {
    piece: usize,
    from: f64,
    powers: Powers,
    /// Length in the time of leaving.
    length: f64,
    /// Logarithm of what one unit of weight of the points is worth.
    unit: f64,
    /// `alpha + A` and `beta + D` where it begins, in their own times.
    levels: [f64; 2],
    speeds: [f64; 2],
}

impl Numbers {
    /// From the logarithms of r, alpha, s and beta and the coefficients, in their order.
    pub(super) fn at_point(point: &[f64], covariates: &Timelines) -> Self {
        let (base, values) = point.split_at(BASE);
        let buying = covariates.acting_on(Process::Buying);
        let (of_buying, of_leaving) = values.split_at(buying.len());
        Self {
            base: std::array::from_fn(|i| base[i].exp()),
            buying: Coefficients {
                covariates: buying,
                values: of_buying.to_vec(),
            },
            leaving: Coefficients {
                covariates: covariates.acting_on(Process::Leaving),
                values: of_leaving.to_vec(),
            },
        }
    }

    /// The powers of someone with so many repeat purchases who is still there.
    pub(super) fn there(&self, frequency: f64) -> [Option<f64>; 2] {
        let [r, _, s, _] = self.base;
        [Some(r + frequency), Some(s)]
    }

    /// The density of the time at which someone with so many repeat purchases left, without a purchase
    /// less or more until then.
    pub(super) fn leaving(&self, frequency: f64) -> Integrand {
        let [r, _, s, _] = self.base;
        Integrand {
            powers: [Some(r + frequency), Some(s + 1.0)],
            weight: Weight::Leaving,
        }
    }

    pub(super) fn size(&self) -> usize {
        BASE + self.buying.values.len() + self.leaving.values.len()
    }

    /// The number itself, where buying is at one time of the path and leaving at another.
    pub(super) fn at(&self, path: &Path, times: [f64; 2], powers: [Option<f64>; 2], jet: &mut Jet) {
        jet.reset(0.0);
        for (factor, time) in self.factors(path, powers).into_iter().zip(times) {
            let Some(factor) = factor else { continue };
            let piece = path.piece(time);
            let level = factor.course.at(&path.times, piece, time);
            let inverse = 1.0 / (factor.m + level);
            let means = Means {
                log: (level / factor.m).ln_1p(),
                inverse,
                square: inverse * inverse,
            };
            factor.add_to(jet, piece, means);
        }
    }

    /// Adds the integral between two times of the path to `sum`.
    pub(super) fn add_integral(
        &self,
        path: &Path,
        integrand: &Integrand,
        (from, to): (f64, f64),
        sum: &mut Jet,
        work: &mut Work,
    ) {
        self.stretches(path, integrand, (from, to), |stretch| {
            self.integrate(path, integrand, stretch, work);
            sum.add(&work.part);
        });
    }

    /// Calls `add` with points of the integral between two times: each a time of the path, and a weight,
    /// in units of the exponential of `unit`. Stretches are at most `longest` long, see [`Powers`].
    pub(super) fn points(
        &self,
        path: &Path,
        integrand: &Integrand,
        times: (f64, f64),
        (longest, unit): (f64, f64),
        mut add: impl FnMut(f64, f64),
    ) {
        self.stretches(path, integrand, times, |stretch| {
            let worth = (stretch.unit - unit).exp();
            let Stretch {
                powers,
                length,
                from,
                speeds: [_, speed],
                ..
            } = stretch;
            powers.points(0.0, *length, longest, |point| {
                add(from + point.y / speed, worth * point.weight);
            });
        });
    }

    /// The parts of pieces between two times, the last first: what comes before is larger.
    fn stretches(
        &self,
        path: &Path,
        integrand: &Integrand,
        (from, to): (f64, f64),
        mut each: impl FnMut(&Stretch),
    ) {
        let mut end = to;
        for piece in (path.piece(from)..=path.piece(to)).rev() {
            let start = path.times[piece].max(from);
            if start < end {
                each(&self.stretch(path, integrand, piece, (start, end)));
            }
            end = start;
        }
    }

    fn stretch(
        &self,
        path: &Path,
        integrand: &Integrand,
        piece: usize,
        (from, to): (f64, f64),
    ) -> Stretch {
        let [_, alpha, s, beta] = self.base;
        let speeds = [path.buying.speed[piece], path.leaving.speed[piece]];
        let levels = [
            alpha + path.buying.at(&path.times, piece, from),
            beta + path.leaving.at(&path.times, piece, from),
        ];
        let [p, q] = integrand.powers;
        let powers = Powers {
            // Without a power of it, any alpha will do.
            alpha: p.map_or(levels[1], |_| levels[0] * speeds[1] / speeds[0]),
            beta: levels[1],
            of_alpha: p.unwrap_or(0.0),
            of_beta: q.unwrap_or(0.0),
        };
        let weight = match integrand.weight {
            Weight::Buying => speeds[0] / speeds[1],
            Weight::Leaving => s / beta,
        };
        let fallen =
            powers.of_alpha * (levels[0] / alpha).ln() + powers.of_beta * (levels[1] / beta).ln();
        Stretch {
            piece,
            from,
            length: speeds[1] * (to - from),
            unit: (weight * powers.alpha.min(powers.beta)).ln() - fallen,
            powers,
            levels,
            speeds,
        }
    }

    /// The integral over a stretch.
    fn integrate(&self, path: &Path, integrand: &Integrand, stretch: &Stretch, work: &mut Work) {
        let jet = &mut work.part;
        let twice = !jet.bend.is_empty();
        let Stretch {
            piece,
            powers,
            levels,
            speeds,
            ..
        } = stretch;
        let ratio = speeds[0] / speeds[1];
        let starts = levels.map(|level| 1.0 / level);
        // Sums over points of logarithms and inverses relative to the start, of their products, and of 1.
        let (mut sums, mut products) = ([0.0; 5], [[0.0; 4]; 4]);
        powers.points(0.0, stretch.length, LONGEST, |point| {
            let numbers = [
                point.log_alpha,
                1.0 / (levels[0] + ratio * point.y) - starts[0],
                point.log_beta,
                1.0 / (levels[1] + point.y) - starts[1],
            ];
            sums[4] += point.weight;
            for i in 0..4 {
                let weighed = point.weight * numbers[i];
                sums[i] += weighed;
                for j in i..4 {
                    products[i][j] += weighed * numbers[j];
                }
            }
        });
        let total = sums[4];
        let mean: [f64; 4] = std::array::from_fn(|i| sums[i] / total);
        let covariance =
            |i: usize, j: usize| products[i.min(j)][i.max(j)] / total - mean[i] * mean[j];

        jet.reset(0.0);
        work.along.clear();
        let factors = self.factors(path, integrand.powers);
        for (process, factor) in factors.iter().enumerate() {
            let Some(factor) = factor else { continue };
            let (log, inverse) = (2 * process, 2 * process + 1);
            let mean_inverse = starts[process] + mean[inverse];
            factor.add_to(
                jet,
                *piece,
                Means {
                    log: (levels[process] / factor.m).ln() + mean[log],
                    inverse: mean_inverse,
                    square: covariance(inverse, inverse) + mean_inverse * mean_inverse,
                },
            );
            if twice {
                work.along.extend(factor.along(*piece));
            }
        }
        self.weigh(path, integrand.weight, *piece, jet);
        // The variance of the first derivatives among the points.
        for (at, one) in work.along.iter().enumerate() {
            for other in &work.along[..=at] {
                let bend = one.times * other.times * covariance(one.number, other.number);
                jet.add_bend(one.parameter, other.parameter, bend);
            }
        }
        jet.log = stretch.unit + total.ln();
    }

    /// Adds the derivatives of the weight.
    fn weigh(&self, path: &Path, weight: Weight, piece: usize, jet: &mut Jet) {
        let [_, _, s, beta] = self.base;
        let of_leaving = BASE + self.buying.values.len();
        let (course, first) = match weight {
            Weight::Buying => (&path.buying, BASE),
            Weight::Leaving => (&path.leaving, of_leaving),
        };
        for (slope, x) in jet.slope[first..].iter_mut().zip(course.x(piece)) {
            *slope += x;
        }
        if weight == Weight::Leaving {
            jet.slope[S] += 1.0 / s;
            jet.slope[BETA] -= 1.0 / beta;
            if !jet.bend.is_empty() {
                jet.add_bend(S, S, -1.0 / (s * s));
                jet.add_bend(BETA, BETA, 1.0 / (beta * beta));
            }
        }
    }

    fn factors<'a>(&self, path: &'a Path, powers: [Option<f64>; 2]) -> [Option<Factor<'a>>; 2] {
        let [_, alpha, _, beta] = self.base;
        let of_leaving = BASE + self.buying.values.len();
        let factor = |course, m, shape, coefficients| {
            move |power| Factor {
                course,
                m,
                power,
                shape,
                coefficients,
            }
        };
        [
            powers[0].map(factor(&path.buying, alpha, 0, BASE)),
            powers[1].map(factor(&path.leaving, beta, S, of_leaving)),
        ]
    }
}
