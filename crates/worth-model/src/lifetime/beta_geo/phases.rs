//! In which phase a silent customer is: how many of the k steps to the next purchase are done.
//!
//! Steps come at random, at a rate lambda ~ gamma(r, alpha); each k-th is a purchase. With
//! `R = r + k x` and `z = (T - t_x) / (alpha + T)`, a customer alive at T has taken j steps since the
//! last purchase with probability
//!
//! ```text
//! w_j = c_j / A,   c_j = R (R+1) … (R+j-1) / j!  z^j,   A = c_0 + … + c_{k-1}
//! ```
//!
//! and lambda ~ gamma(R + j, alpha + T) in that phase. With k = 1 there is one phase, and A = 1.

use crate::newton::Evaluation;

/// What the likelihood needs of the phases: `ln A`, with its derivatives with respect to R and alpha.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phases {
    pub(super) log: f64,
    pub(super) slope: [f64; 2],
    /// Second derivatives: twice R, both, twice alpha.
    pub(super) bend: [f64; 3],
}

impl Phases {
    /// With one phase there is nothing to know.
    pub(super) const ONE: Self = Self {
        log: 0.0,
        slope: [0.0; 2],
        bend: [0.0; 3],
    };

    /// For a silence of `T - t_x`; `in_age` is `1 / (alpha + T)`.
    pub(super) fn after(k: u32, shape: f64, silence: f64, in_age: f64) -> Self {
        if k == 1 {
            return Self::ONE;
        }
        let mut sums = [0.0; 6];
        walk(k, shape, silence * in_age, |phase, odds, slope, bend| {
            let terms = [
                1.0,
                slope,
                phase,
                slope * slope + bend,
                slope * phase,
                phase * (phase + 1.0),
            ];
            for (sum, term) in sums.iter_mut().zip(terms) {
                *sum += odds * term;
            }
        });
        let [total, ..] = sums;
        let [_, by_shape, done, by_shape_twice, both, done_twice] = sums.map(|sum| sum / total);
        Self {
            log: total.ln(),
            slope: [by_shape, -in_age * done],
            bend: [
                by_shape_twice - by_shape * by_shape,
                -in_age * (both - by_shape * done),
                in_age * in_age * (done_twice - done * done),
            ],
        }
    }

    /// Adds the derivatives, r and alpha being the first two parameters.
    pub(super) fn add_to(&self, sum: &mut Evaluation<4>, weight: f64) {
        let [twice_r, both, twice_alpha] = self.bend;
        sum.gradient[0] += weight * self.slope[0];
        sum.gradient[1] += weight * self.slope[1];
        sum.hessian[0][0] += weight * twice_r;
        sum.hessian[0][1] += weight * both;
        sum.hessian[1][0] += weight * both;
        sum.hessian[1][1] += weight * twice_alpha;
    }

    /// Calls `add` with each phase, its probability, and the derivatives of that with respect to R
    /// and alpha.
    pub(super) fn each(
        k: u32,
        shape: f64,
        silence: f64,
        in_age: f64,
        mut add: impl FnMut(usize, f64, [f64; 2]),
    ) {
        let of_all = Self::after(k, shape, silence, in_age);
        walk(k, shape, silence * in_age, |phase, odds, slope, _| {
            let share = odds * (-of_all.log).exp();
            let by_shape = share * (slope - of_all.slope[0]);
            let by_alpha = share * (-in_age * phase - of_all.slope[1]);
            add(phase as usize, share, [by_shape, by_alpha]);
        });
    }
}

/// Calls `add` with each phase j, its `c_j`, and the first two derivatives of `ln c_j` with respect
/// to R.
fn walk(k: u32, shape: f64, z: f64, mut add: impl FnMut(f64, f64, f64, f64)) {
    let (mut odds, mut slope, mut bend) = (1.0, 0.0, 0.0);
    for phase in 0..k {
        let phase = f64::from(phase);
        add(phase, odds, slope, bend);
        let next = shape + phase;
        odds *= next / (phase + 1.0) * z;
        slope += 1.0 / next;
        bend -= 1.0 / (next * next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_and_follow_their_derivatives() {
        let shares = |shape: f64, alpha: f64| {
            let mut shares = Vec::new();
            Phases::each(5, shape, 12.0, 1.0 / (alpha + 30.0), |_, share, slope| {
                shares.push((share, slope));
            });
            shares
        };
        let (shape, alpha, step) = (4.3, 2.0, 1e-5);
        let here = shares(shape, alpha);
        let total: f64 = here.iter().map(|(share, _)| share).sum();
        assert!((total - 1.0).abs() < 1e-14);
        let by_shape = (shares(shape + step, alpha), shares(shape - step, alpha));
        let by_alpha = (shares(shape, alpha + step), shares(shape, alpha - step));
        for (phase, (_, slope)) in here.iter().enumerate() {
            for (slope, (up, down)) in slope.iter().zip([&by_shape, &by_alpha]) {
                let difference = (up[phase].0 - down[phase].0) / (2.0 * step);
                assert!((difference - slope).abs() < 1e-9, "{phase}");
            }
        }
    }

    #[test]
    fn who_has_just_bought_is_in_the_first() {
        Phases::each(3, 7.0, 0.0, 0.1, |phase, share, slope| {
            assert_eq!(share, f64::from(u8::from(phase == 0)));
            assert_eq!(slope, [0.0; 2]);
        });
    }
}
