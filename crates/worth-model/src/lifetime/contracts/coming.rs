//! Renewals to come after any tenure: mean, derivatives and second moment, discounted.
//!
//! After k renewals, with q_s = S(k+s)/S(k) and d_s what the s-th renewal to come is worth,
//!
//! ```text
//! mean = sum over s of d_s q_s,    mean square = sum of d_s^2 q_s + 2 sum over i < s of d_i d_s q_s
//! ```
//!
//! A finite number of renewals is added up. When all count, the sums for k follow from those for
//! k + 1, so one walk from far out gives every tenure, and what was guessed at the far end is
//! discounted away.

use super::ahead::Ahead;
use super::retention::Curve;
use crate::symmetric::Vector;

/// What is to come after one tenure.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::lifetime) struct Coming {
    pub(in crate::lifetime) mean: f64,
    /// Derivatives of the mean with respect to the logarithms of gamma, delta and c.
    pub(in crate::lifetime) slope: Vector<3>,
    /// Sum of `d_s^2 q_s`: squares of single renewals.
    pub(in crate::lifetime) squares: f64,
    /// Sum of `d_i d_s q_s` over pairs i < s.
    pub(in crate::lifetime) pairs: f64,
}

impl Coming {
    /// Variance by chance of the renewals of one contract.
    pub(super) fn variance(&self) -> f64 {
        (self.squares + 2.0 * self.pairs - self.mean * self.mean).max(0.0)
    }

    /// Everything in money of another day.
    fn discounted(mut self, factor: f64) -> Self {
        self.mean *= factor;
        self.slope = self.slope.map(|slope| slope * factor);
        self.squares *= factor * factor;
        self.pairs *= factor * factor;
        self
    }
}

/// What is to come after each of `tenures`, at the index of the tenure.
pub(in crate::lifetime) fn coming(
    curve: &Curve,
    tenures: impl IntoIterator<Item = usize>,
    ahead: &Ahead,
) -> Vec<Coming> {
    let mut wanted: Vec<bool> = Vec::new();
    for tenure in tenures {
        if tenure >= wanted.len() {
            wanted.resize(tenure + 1, false);
        }
        wanted[tenure] = true;
    }
    match ahead.occasions {
        Some(occasions) => some(curve, &wanted, occasions as usize, ahead),
        None => all(curve, wanted.len(), ahead),
    }
}

fn some(curve: &Curve, wanted: &[bool], renewals: usize, ahead: &Ahead) -> Vec<Coming> {
    let from = wanted.iter().position(|&wanted| wanted).unwrap_or(0);
    let survival = curve.survival(from, wanted.len() + renewals - from);
    let one = |tenure: usize| {
        let here = &survival[tenure - from];
        let mut sum = Coming::default();
        let (mut worth, mut worth_before) = (1.0, 0.0);
        for later in &survival[tenure - from + 1..][..renewals] {
            let through = later.given(here);
            let q = through.log.exp();
            sum.mean += worth * q;
            for (sum, slope) in sum.slope.iter_mut().zip(through.slope) {
                *sum += worth * q * slope;
            }
            sum.squares += worth * worth * q;
            sum.pairs += worth * worth_before * q;
            worth_before += worth;
            worth *= ahead.discount();
        }
        sum.discounted(ahead.discount_of_next())
    };
    (0..wanted.len())
        .map(|tenure| {
            if wanted[tenure] {
                one(tenure)
            } else {
                Coming::default()
            }
        })
        .collect()
}

fn all(curve: &Curve, tenures: usize, ahead: &Ahead) -> Vec<Coming> {
    let parameters = curve.parameters();
    let discount = ahead.discount();
    let last = tenures + ahead.far();
    // At the far end as if retention stayed the same from there on.
    let retention = curve.log_retention(last).exp();
    let mean = retention / (1.0 - discount * retention);
    let square = discount * discount * retention;
    let mut next = Coming {
        mean,
        slope: [0.0; 3],
        squares: retention / (1.0 - square),
        pairs: retention * discount * mean / (1.0 - square),
    };
    let mut result = vec![Coming::default(); tenures];
    for (back, rate) in curve.rates(0, last, true).enumerate() {
        let retention = rate.log.exp();
        let mean = retention * (1.0 + discount * next.mean);
        let slope =
            |i: usize| mean * rate.slope[i] * parameters[i] + retention * discount * next.slope[i];
        next = Coming {
            mean,
            slope: std::array::from_fn(slope),
            squares: retention * (1.0 + discount * discount * next.squares),
            pairs: retention * discount * (next.mean + discount * next.pairs),
        };
        let tenure = last - 1 - back;
        if tenure < tenures {
            result[tenure] = next.discounted(ahead.discount_of_next());
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    const CURVE: Curve = Curve {
        gamma: 0.7,
        delta: 1.2,
        c: 1.3,
    };

    #[test]
    fn all_is_the_limit_of_many() {
        let ahead = Ahead {
            next_in: 0.3,
            ..Ahead::all(0.05)
        };
        let many = Ahead {
            occasions: Some(1000),
            ..ahead
        };
        let (all, many) = (
            coming(&CURVE, [0, 4], &ahead),
            coming(&CURVE, [0, 4], &many),
        );
        for tenure in [0, 4] {
            let (all, many) = (all[tenure], many[tenure]);
            let near = |left: f64, right: f64| (left / right - 1.0).abs() < 1e-10;
            assert!(near(all.mean, many.mean) && near(all.variance(), many.variance()));
            assert!((0..3).all(|i| (all.slope[i] - many.slope[i]).abs() < 1e-10));
        }
    }

    #[test]
    fn derivatives_agree_with_differences() {
        let ahead = Ahead::all(0.1);
        let exact = coming(&CURVE, [3], &ahead)[3].slope;
        for i in 0..3 {
            let moved = |step: f64| {
                let mut point = CURVE.parameters();
                point[i] *= f64::exp(step);
                let [gamma, delta, c] = point;
                coming(&Curve { gamma, delta, c }, [3], &ahead)[3].mean
            };
            let slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            assert!((slope - exact[i]).abs() < 1e-7, "{i} {slope} {}", exact[i]);
        }
    }

    #[test]
    fn variance_is_that_of_a_count() {
        // Without discount the sum is the number of renewals: its moments from its distribution.
        let found = coming(&CURVE, [2], &Ahead::next(5))[2];
        let mut survives: Vec<f64> = vec![1.0];
        for rate in CURVE.rates(2, 7, false) {
            survives.push(survives[survives.len() - 1] * rate.log.exp());
        }
        survives.push(0.0);
        let moment = |power: i32| -> f64 {
            (0..=5)
                .map(|n| (survives[n] - survives[n + 1]) * (n as f64).powi(power))
                .sum()
        };
        assert!((found.mean - moment(1)).abs() < 1e-12);
        assert!((found.variance() - (moment(2) - moment(1).powi(2))).abs() < 1e-12);
    }
}
