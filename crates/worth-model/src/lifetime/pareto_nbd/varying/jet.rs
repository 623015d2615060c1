//! The logarithm of a positive number with its derivatives, and what becomes of them when numbers are
//! added.

/// A logarithm and its derivatives with respect to all parameters of a model.
#[derive(Debug, Clone)]
pub(super) struct Jet {
    pub(super) log: f64,
    pub(super) slope: Vec<f64>,
    /// Row by row; none when second derivatives are not asked for.
    pub(super) bend: Vec<f64>,
}

impl Jet {
    pub(super) fn new(size: usize, twice: bool) -> Self {
        Self {
            log: f64::NEG_INFINITY,
            slope: vec![0.0; size],
            bend: vec![0.0; if twice { size * size } else { 0 }],
        }
    }

    /// Makes it the logarithm of 1 (0) or of 0 (minus infinity).
    pub(super) fn reset(&mut self, log: f64) {
        self.log = log;
        self.slope.fill(0.0);
        self.bend.fill(0.0);
    }

    pub(super) fn copy(&mut self, other: &Self) {
        self.log = other.log;
        self.slope.copy_from_slice(&other.slope);
        self.bend.copy_from_slice(&other.bend);
    }

    /// Multiplies by another number: its logarithm is added. First derivatives alone.
    pub(super) fn multiply(&mut self, other: &Self) {
        self.log += other.log;
        for (own, other) in self.slope.iter_mut().zip(&other.slope) {
            *own += other;
        }
    }

    /// Adds to a second derivative, on both sides of the diagonal.
    pub(super) fn add_bend(&mut self, i: usize, j: usize, value: f64) {
        let size = self.slope.len();
        self.bend[i * size + j] += value;
        if i != j {
            self.bend[j * size + i] += value;
        }
    }

    /// Adds the numbers: the derivatives are means, by share, and the second ones grow by the variance
    /// of the first.
    pub(super) fn add(&mut self, other: &Self) {
        if other.log == f64::NEG_INFINITY {
            return;
        }
        if self.log == f64::NEG_INFINITY {
            self.copy(other);
            return;
        }
        let ahead = other.log - self.log;
        let small = (-ahead.abs()).exp();
        let share = if ahead >= 0.0 { 1.0 } else { small } / (1.0 + small);
        let spread = share * (1.0 - share);
        let size = self.slope.len();
        if !self.bend.is_empty() {
            for i in 0..size {
                let apart = spread * (other.slope[i] - self.slope[i]);
                for j in 0..size {
                    let cell = i * size + j;
                    self.bend[cell] += share * (other.bend[cell] - self.bend[cell])
                        + apart * (other.slope[j] - self.slope[j]);
                }
            }
        }
        for (own, other) in self.slope.iter_mut().zip(&other.slope) {
            *own += share * (other - *own);
        }
        self.log = self.log.max(other.log) + small.ln_1p();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `exp(a x + b y²)`.
    fn number(a: f64, b: f64, [x, y]: [f64; 2]) -> Jet {
        Jet {
            log: a * x + b * y * y,
            slope: vec![a, 2.0 * b * y],
            bend: vec![0.0, 0.0, 0.0, 2.0 * b],
        }
    }

    #[test]
    fn a_sum_has_the_derivatives_of_the_sum() {
        let sum = |at: [f64; 2]| {
            let mut sum = Jet::new(2, true);
            for (a, b) in [(1.0, 0.3), (-2.0, 0.1), (0.5, -1.0)] {
                sum.add(&number(a, b, at));
            }
            sum
        };
        let at = [0.7, -0.4];
        let exact = sum(at);
        let (x, y) = (at[0], at[1]);
        let written_out =
            (x + 0.3 * y * y).exp() + (0.1 * y * y - 2.0 * x).exp() + (0.5 * x - y * y).exp();
        assert!((exact.log - written_out.ln()).abs() < 1e-14);
        for i in 0..2 {
            let moved = |step: f64| {
                let mut point = at;
                point[i] += step;
                sum(point)
            };
            let (up, down) = (moved(1e-5), moved(-1e-5));
            assert!(((up.log - down.log) / 2e-5 - exact.slope[i]).abs() < 1e-9);
            for j in 0..2 {
                let bend = (up.slope[j] - down.slope[j]) / 2e-5;
                assert!((bend - exact.bend[i * 2 + j]).abs() < 1e-9);
            }
        }
    }
}
