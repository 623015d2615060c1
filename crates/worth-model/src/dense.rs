//! Symmetric matrices of any size, row by row in one vector: Cholesky factors that step over
//! directions without information, and say which.

/// A pivot that has lost this much of its diagonal element is rounding, not information.
pub(crate) const LOST: f64 = 1e-8;

/// Lower triangular `L` with `L L' = M` over the rows that are kept.
#[derive(Debug, Clone)]
pub(crate) struct Factor {
    size: usize,
    lower: Vec<f64>,
    kept: Vec<bool>,
}

impl Factor {
    /// Factors a matrix, leaving out each row that (almost) follows from those before it, and each
    /// whose diagonal element is not above `floor`.
    pub(crate) fn new(matrix: &[f64], size: usize, floor: f64) -> Self {
        let mut kept = vec![true; size];
        let mut lower = vec![0.0; size * size];
        for i in 0..size {
            let pivot = fill_row(&mut lower, matrix, &kept, size, i);
            let diagonal = matrix[i * size + i];
            kept[i] = pivot > diagonal * LOST && diagonal > floor;
            lower[i * size + i] = if kept[i] { pivot.sqrt() } else { 0.0 };
        }
        Self { size, lower, kept }
    }

    /// Factors the rows `kept` of a matrix; nothing when they are not positive definite.
    pub(crate) fn of(matrix: &[f64], kept: &[bool]) -> Option<Self> {
        let size = kept.len();
        let mut lower = vec![0.0; size * size];
        for i in (0..size).filter(|&i| kept[i]) {
            let pivot = fill_row(&mut lower, matrix, kept, size, i);
            if !pivot.is_finite() || pivot <= matrix[i * size + i] * 1e-14 {
                return None;
            }
            lower[i * size + i] = pivot.sqrt();
        }
        Some(Self {
            size,
            lower,
            kept: kept.to_vec(),
        })
    }

    pub(crate) fn kept(&self) -> &[bool] {
        &self.kept
    }

    pub(crate) fn rank(&self) -> usize {
        self.kept.iter().filter(|kept| **kept).count()
    }

    /// Which kept rows before row `i`, that was left out, it follows from.
    pub(crate) fn partners(&self, i: usize) -> Vec<usize> {
        let mut weights = self.lower[i * self.size..(i + 1) * self.size].to_vec();
        weights[i] = 0.0;
        self.back(&mut weights, i);
        (0..i)
            .filter(|&k| self.kept[k] && weights[k].abs() > 1e-6)
            .collect()
    }

    /// Solves `L L' x = v`; zero where a row was left out.
    pub(crate) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut x = self.forward(right);
        self.back(&mut x, self.size);
        x
    }

    /// Solves `L x = v`; zero where a row was left out.
    pub(crate) fn forward(&self, right: &[f64]) -> Vec<f64> {
        let mut x = right.to_vec();
        for i in 0..self.size {
            if !self.kept[i] {
                x[i] = 0.0;
                continue;
            }
            for k in 0..i {
                x[i] -= self.lower[i * self.size + k] * x[k];
            }
            x[i] /= self.lower[i * self.size + i];
        }
        x
    }

    /// Solves `L' x = v` over the first `size` rows.
    fn back(&self, x: &mut [f64], size: usize) {
        for i in (0..size).rev() {
            if !self.kept[i] {
                x[i] = 0.0;
                continue;
            }
            for k in i + 1..size {
                if self.kept[k] {
                    x[i] -= self.lower[k * self.size + i] * x[k];
                }
            }
            x[i] /= self.lower[i * self.size + i];
        }
    }

    /// The inverse; zero where a row was left out.
    pub(crate) fn inverse(&self) -> Vec<f64> {
        let mut result = vec![0.0; self.size * self.size];
        let mut unit = vec![0.0; self.size];
        for j in (0..self.size).filter(|&j| self.kept[j]) {
            unit[j] = 1.0;
            for (i, value) in self.solve(&unit).into_iter().enumerate() {
                result[i * self.size + j] = value;
            }
            unit[j] = 0.0;
        }
        result
    }
}

/// Fills row `i` of the factor left of the diagonal and returns what is left for its pivot.
fn fill_row(lower: &mut [f64], matrix: &[f64], kept: &[bool], size: usize, i: usize) -> f64 {
    let mut pivot = matrix[i * size + i];
    for j in (0..i).filter(|&j| kept[j]) {
        let mut rest = matrix[i * size + j];
        for k in 0..j {
            rest -= lower[i * size + k] * lower[j * size + k];
        }
        rest /= lower[j * size + j];
        lower[i * size + j] = rest;
        pivot -= rest * rest;
    }
    pivot
}

/// Inner product.
pub(crate) fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

/// `M v`.
pub(crate) fn times(matrix: &[f64], vector: &[f64]) -> Vec<f64> {
    let size = vector.len();
    (0..size)
        .map(|i| dot(&matrix[i * size..(i + 1) * size], vector))
        .collect()
}

/// `v' M v`, never below zero for a covariance matrix (rounding is cut off).
pub(crate) fn quadratic(matrix: &[f64], vector: &[f64]) -> f64 {
    dot(vector, &times(matrix, vector)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_follows_from_others_is_left_out_and_names_them() {
        // Columns a, b, c = a - b, d: Gram matrix with a, b, d orthonormal.
        let matrix = [
            1.0, 0.0, 1.0, 0.0, //
            0.0, 1.0, -1.0, 0.0, //
            1.0, -1.0, 2.0, 0.0, //
            0.0, 0.0, 0.0, 1.0,
        ];
        let factor = Factor::new(&matrix, 4, 0.0);
        assert_eq!(factor.kept(), [true, true, false, true]);
        assert_eq!((factor.rank(), factor.partners(2)), (3, vec![0, 1]));
        assert_eq!(factor.solve(&[1.0, 2.0, 9.0, 4.0]), [1.0, 2.0, 0.0, 4.0]);
        assert!(Factor::of(&matrix, &[true; 4]).is_none());
    }

    #[test]
    fn inverse_times_matrix_is_one() {
        let matrix = [4.0, 1.0, 0.5, 1.0, 3.0, -0.2, 0.5, -0.2, 2.0];
        let inverse = Factor::of(&matrix, &[true; 3]).unwrap().inverse();
        for i in 0..3 {
            let product = times(&inverse, &matrix[i * 3..(i + 1) * 3]);
            for (j, value) in product.into_iter().enumerate() {
                assert!((value - f64::from(u8::from(i == j))).abs() < 1e-12);
            }
        }
    }
}
