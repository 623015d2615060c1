//! The factor `((m + A)/m)^-power` of one process, and its derivatives.
//!
//! With `A_k = c_k + x_k (m + A)` and `A_kl = c_kl + x_k x_l (m + A)` for the derivatives of A by
//! coefficients ([`Course`]), those of the logarithm of the factor need nothing of the point but
//! `ln((m + A)/m)`, `1/(m + A)` and its square. So their means over many points are these same formulas
//! with the means of the three, and their variances follow from those of the first two.

use super::jet::Jet;
use super::path::Course;

/// A factor, and where its parameters stand among those of the model.
#[derive(Debug, Clone, Copy)]
pub(super) struct Factor<'a> {
    pub(super) course: &'a Course,
    pub(super) m: f64,
    /// Its derivative by the shape is 1.
    pub(super) power: f64,
    /// The shape; m is the next.
    pub(super) shape: usize,
    /// The first coefficient.
    pub(super) coefficients: usize,
}

/// Means over points of `ln((m + A)/m)`, of `1/(m + A)` and of its square.
#[derive(Debug, Clone, Copy)]
pub(super) struct Means {
    pub(super) log: f64,
    pub(super) inverse: f64,
    pub(super) square: f64,
}

/// A first derivative varies among points like this number of theirs, times a constant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Along {
    pub(super) parameter: usize,
    /// 0 and 2 for the logarithms of buying and leaving, 1 and 3 for the inverses.
    pub(super) number: usize,
    pub(super) times: f64,
}

impl Factor<'_> {
    /// Multiplies by the factor at points of one piece.
    pub(super) fn add_to(&self, jet: &mut Jet, piece: usize, means: Means) {
        let Self {
            m,
            power,
            shape,
            coefficients,
            ..
        } = *self;
        let Means {
            log,
            inverse,
            square,
        } = means;
        let x = self.course.x(piece);
        jet.log -= power * log;
        jet.slope[shape] -= log;
        jet.slope[shape + 1] += power * (1.0 / m - inverse);
        for (k, x) in x.iter().enumerate() {
            let relative = self.course.offset(piece, m, k) * inverse + x;
            jet.slope[coefficients + k] -= power * relative;
        }
        if jet.bend.is_empty() {
            return;
        }
        jet.add_bend(shape, shape + 1, 1.0 / m - inverse);
        jet.add_bend(shape + 1, shape + 1, power * (square - 1.0 / (m * m)));
        for k in 0..x.len() {
            let c_k = self.course.offset(piece, m, k);
            let at = coefficients + k;
            jet.add_bend(shape, at, -(c_k * inverse + x[k]));
            jet.add_bend(shape + 1, at, power * (c_k * square + x[k] * inverse));
            for l in 0..=k {
                let c_l = self.course.offset(piece, m, l);
                let c_kl = self.course.offset_of_bend(piece, m, k, l);
                let bend = c_k * c_l * square + (c_k * x[l] + c_l * x[k] - c_kl) * inverse;
                jet.add_bend(at, coefficients + l, power * bend);
            }
        }
    }

    /// How the first derivatives vary among points of one piece.
    pub(super) fn along(&self, piece: usize) -> impl Iterator<Item = Along> {
        let Self {
            course,
            m,
            power,
            shape,
            coefficients,
        } = *self;
        let along = |parameter, number, times| Along {
            parameter,
            number,
            times,
        };
        let of_m = [
            along(shape, shape, -1.0),
            along(shape + 1, shape + 1, -power),
        ];
        let of_coefficients = (0..course.x(piece).len()).map(move |k| {
            along(
                coefficients + k,
                shape + 1,
                -power * course.offset(piece, m, k),
            )
        });
        of_m.into_iter().chain(of_coefficients)
    }
}
