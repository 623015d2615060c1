//! Small symmetric matrices: just what Newton steps and delta intervals need.
//!
//! Sizes are known when compiling (two to five parameters), so plain arrays are faster and
//! plainer than a linear algebra crate.

/// A vector of `D` numbers.
pub(crate) type Vector<const D: usize> = [f64; D];
/// A symmetric matrix, stored in full.
pub(crate) type Matrix<const D: usize> = [[f64; D]; D];

/// Inner product.
pub(crate) fn dot<const D: usize>(left: &Vector<D>, right: &Vector<D>) -> f64 {
    (0..D).map(|i| left[i] * right[i]).sum()
}

/// `u' M v`.
pub(crate) fn bilinear<const D: usize>(
    left: &Vector<D>,
    matrix: &Matrix<D>,
    right: &Vector<D>,
) -> f64 {
    left.iter()
        .zip(matrix)
        .map(|(u, row)| u * dot(row, right))
        .sum()
}

/// `v' M v`, never below zero for a covariance matrix (rounding is cut off).
pub(crate) fn quadratic<const D: usize>(matrix: &Matrix<D>, vector: &Vector<D>) -> f64 {
    bilinear(vector, matrix, vector).max(0.0)
}

/// Lower triangular `L` with `L L' = M`, or nothing when `M` is not positive definite.
pub(crate) fn cholesky<const D: usize>(matrix: &Matrix<D>) -> Option<Matrix<D>> {
    let mut lower = [[0.0; D]; D];
    for i in 0..D {
        for j in 0..=i {
            let mut rest = matrix[i][j];
            rest -= (0..j).map(|k| lower[i][k] * lower[j][k]).sum::<f64>();
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

/// Lower triangular `L` with `L L' = M` for a covariance, where some directions may have none.
pub(crate) fn root<const D: usize>(covariance: &Matrix<D>) -> Matrix<D> {
    let mut lower = [[0.0; D]; D];
    for i in 0..D {
        for j in 0..=i {
            let mut rest = covariance[i][j];
            rest -= (0..j).map(|k| lower[i][k] * lower[j][k]).sum::<f64>();
            if i == j {
                let known = rest <= covariance[i][i] * 1e-12;
                lower[i][i] = if known { 0.0 } else { rest.sqrt() };
            } else if lower[j][j] > 0.0 {
                lower[i][j] = rest / lower[j][j];
            }
        }
    }
    lower
}

/// Eigenvalues and eigenvectors (one per row) of a small symmetric matrix, by Jacobi's rotations.
pub(crate) fn eigen(mut matrix: Vec<Vec<f64>>) -> Vec<(f64, Vec<f64>)> {
    let size = matrix.len();
    let mut vectors: Vec<Vec<f64>> = (0..size)
        .map(|i| (0..size).map(|j| f64::from(u8::from(i == j))).collect())
        .collect();
    // Each sweep squares what is left off the diagonal; ten are always enough at this size.
    for _ in 0..10 {
        for p in 0..size {
            for q in p + 1..size {
                if matrix[p][q].abs() <= 1e-300 {
                    continue;
                }
                let theta = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
                let t = theta.signum() / (theta.abs() + theta.hypot(1.0));
                let (cosine, sine) = (1.0 / t.hypot(1.0), t / t.hypot(1.0));
                for row in &mut matrix {
                    (row[p], row[q]) = (
                        cosine * row[p] - sine * row[q],
                        sine * row[p] + cosine * row[q],
                    );
                }
                for rows in [&mut matrix, &mut vectors] {
                    let (before, after) = rows.split_at_mut(q);
                    for (at_p, at_q) in before[p].iter_mut().zip(&mut after[0]) {
                        (*at_p, *at_q) =
                            (cosine * *at_p - sine * *at_q, sine * *at_p + cosine * *at_q);
                    }
                }
            }
        }
    }
    vectors
        .into_iter()
        .enumerate()
        .map(|(k, vector)| (matrix[k][k], vector))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inverse_times_matrix_is_one() {
        let matrix = [[4.0, 1.0, 0.5], [1.0, 3.0, -0.2], [0.5, -0.2, 2.0]];
        let inverse = inverse(&cholesky(&matrix).expect("positive definite"));
        for (i, row) in matrix.iter().enumerate() {
            let product: [f64; 3] = std::array::from_fn(|j| {
                row.iter()
                    .zip(&inverse)
                    .map(|(left, right)| left * right[j])
                    .sum()
            });
            for (j, value) in product.into_iter().enumerate() {
                assert!((value - f64::from(u8::from(i == j))).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn the_root_of_a_covariance_gives_it_back() {
        let covariance = [[4.0, 0.0, 1.0], [0.0, 0.0, 0.0], [1.0, 0.0, 2.0]];
        let root = root(&covariance);
        for i in 0..3 {
            for j in 0..3 {
                let product: f64 = (0..3).map(|k| root[i][k] * root[j][k]).sum();
                assert!((product - covariance[i][j]).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn eigenvectors_put_the_matrix_together_again() {
        let matrix = vec![
            vec![4.0, 1.0, 0.5],
            vec![1.0, 3.0, -0.2],
            vec![0.5, -0.2, 2.0],
        ];
        let parts = eigen(matrix.clone());
        for i in 0..3 {
            for j in 0..3 {
                let sum: f64 = parts.iter().map(|(value, v)| value * v[i] * v[j]).sum();
                assert!((sum - matrix[i][j]).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn an_indefinite_matrix_has_no_factor() {
        assert!(cholesky(&[[1.0, 2.0], [2.0, 1.0]]).is_none());
        assert!(cholesky(&[[f64::NAN]]).is_none());
    }
}
