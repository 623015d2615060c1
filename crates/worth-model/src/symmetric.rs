//! Small symmetric matrices: just what Newton steps and delta intervals need.
//!
//! Sizes are known when compiling (three or four parameters), so plain arrays are faster and
//! plainer than a linear algebra crate.

/// A vector of `D` numbers.
pub(crate) type Vector<const D: usize> = [f64; D];
/// A symmetric matrix, stored in full.
pub(crate) type Matrix<const D: usize> = [[f64; D]; D];

/// Inner product.
pub(crate) fn dot<const D: usize>(left: &Vector<D>, right: &Vector<D>) -> f64 {
    (0..D).map(|i| left[i] * right[i]).sum()
}

/// `v' M v`, never below zero for a covariance matrix (rounding is cut off).
pub(crate) fn quadratic<const D: usize>(matrix: &Matrix<D>, vector: &Vector<D>) -> f64 {
    let mut sum = 0.0;
    for i in 0..D {
        for j in 0..D {
            sum += vector[i] * matrix[i][j] * vector[j];
        }
    }
    sum.max(0.0)
}

/// Lower triangular `L` with `L L' = M`, or nothing when `M` is not positive definite.
pub(crate) fn cholesky<const D: usize>(matrix: &Matrix<D>) -> Option<Matrix<D>> {
    let mut lower = [[0.0; D]; D];
    for i in 0..D {
        for j in 0..=i {
            let mut rest = matrix[i][j];
            for k in 0..j {
                rest -= lower[i][k] * lower[j][k];
            }
            if i == j {
                // A pivot that has lost twelve digits is rounding, not information.
                if !rest.is_finite() || rest <= matrix[i][i].abs() * 1e-12 {
                    return None;
                }
                lower[i][i] = rest.sqrt();
            } else {
                lower[i][j] = rest / lower[j][j];
            }
        }
    }
    Some(lower)
}

/// Solves `L L' x = v`.
pub(crate) fn solve<const D: usize>(lower: &Matrix<D>, right: &Vector<D>) -> Vector<D> {
    let mut x = *right;
    for i in 0..D {
        for k in 0..i {
            x[i] -= lower[i][k] * x[k];
        }
        x[i] /= lower[i][i];
    }
    for i in (0..D).rev() {
        for k in i + 1..D {
            x[i] -= lower[k][i] * x[k];
        }
        x[i] /= lower[i][i];
    }
    x
}

/// The inverse from the Cholesky factor.
pub(crate) fn inverse<const D: usize>(lower: &Matrix<D>) -> Matrix<D> {
    let mut result = [[0.0; D]; D];
    for j in 0..D {
        let mut unit = [0.0; D];
        unit[j] = 1.0;
        let column = solve(lower, &unit);
        for i in 0..D {
            result[i][j] = column[i];
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inverse_times_matrix_is_one() {
        let matrix = [[4.0, 1.0, 0.5], [1.0, 3.0, -0.2], [0.5, -0.2, 2.0]];
        let inverse = inverse(&cholesky(&matrix).expect("positive definite"));
        for i in 0..3 {
            for j in 0..3 {
                let product: f64 = (0..3).map(|k| matrix[i][k] * inverse[k][j]).sum();
                assert!((product - f64::from(u8::from(i == j))).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn an_indefinite_matrix_has_no_factor() {
        assert!(cholesky(&[[1.0, 2.0], [2.0, 1.0]]).is_none());
        assert!(cholesky(&[[f64::NAN]]).is_none());
    }
}
