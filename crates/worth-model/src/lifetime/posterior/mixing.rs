//! Whether chains agree, and how many independent draws theirs are worth.
//!
//! Both are found for ranks in place of values, so they are the same for a parameter as for its
//! logarithm, and exist where a posterior has no mean. Chains are cut in half first: one that
//! drifts disagrees with itself.
//!
//! Source: A. Vehtari, A. Gelman, D. Simpson, B. Carpenter, P.-C. Bürkner (2021),
//! Rank-Normalization, Folding, and Localization: An Improved R-hat for Assessing Convergence of
//! MCMC, Bayesian Analysis 16(2), doi:10.1214/20-BA1221. Checked against ArviZ.

use statrs::distribution::{ContinuousCDF, Normal};

use crate::concentration::quantile;

/// The tails whose ends intervals are read from.
const TAILS: [f64; 2] = [0.05, 0.95];

/// What the chains say of each other, for one parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mixing {
    /// Spread of all draws over that within chains: 1 where all tell the same.
    pub(super) r_hat: f64,
    /// Independent draws that would tell the middle as well.
    pub(super) bulk: f64,
    /// Independent draws that would tell the ends of a 90 % interval as well.
    pub(super) tail: f64,
}

/// Looks at one parameter: `values` holds chains of equal length one after the other. Nothing
/// where chains do not move.
pub(super) fn mixing(values: &[f64], chains: usize) -> Option<Mixing> {
    let draws = values.len() / chains;
    let half = draws / 2;
    // Of an odd number of draws the one in the middle is left out.
    let halves: Vec<f64> = values
        .chunks_exact(draws)
        .flat_map(|chain| [&chain[..half], &chain[draws - half..]])
        .flatten()
        .copied()
        .collect();
    let moves = |part: &[f64]| part.iter().any(|value| *value != part[0]);
    if !halves.chunks_exact(half).any(moves) {
        return None;
    }
    let of = |values: &[f64]| Halves::new(values, half);
    let mut sorted = halves.clone();
    sorted.sort_unstable_by(f64::total_cmp);
    let median = quantile(&sorted, 0.5)?;
    let folded: Vec<f64> = halves.iter().map(|value| (value - median).abs()).collect();
    let (bulk, spread) = (of(&normal_ranks(&halves)), of(&normal_ranks(&folded)));
    let tail = TAILS.map(|part| {
        let end = quantile(&sorted, part).unwrap_or(median);
        let within = halves
            .iter()
            .map(|&value| f64::from(u8::from(value <= end)));
        of(&within.collect::<Vec<f64>>()).independent()
    });
    let found = Mixing {
        r_hat: bulk.r_hat().max(spread.r_hat()),
        bulk: bulk.independent(),
        tail: tail[0].min(tail[1]),
    };
    Some(found)
}

/// Normal scores of the ranks (Blom 1958); equal values share the mean of their ranks.
fn normal_ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|&left, &right| values[left].total_cmp(&values[right]));
    let normal = Normal::standard();
    let mut scores = vec![0.0; values.len()];
    let mut before = 0;
    for equal in order.chunk_by(|&left, &right| values[left] == values[right]) {
        let rank = before as f64 + (equal.len() as f64 + 1.0) / 2.0;
        let score = normal.inverse_cdf((rank - 0.375) / (values.len() as f64 + 0.25));
        for &place in equal {
            scores[place] = score;
        }
        before += equal.len();
    }
    scores
}

/// Halves of chains, with what is known of them.
struct Halves {
    /// Draws of each, around its own mean.
    around: Vec<Vec<f64>>,
    length: f64,
    /// Mean of their variances, and the variance of all draws that those and their means tell of.
    within: f64,
    overall: f64,
}

impl Halves {
    /// Parts of so many values, one after the other.
    fn new(values: &[f64], length: usize) -> Self {
        let (mut around, mut means) = (Vec::new(), Vec::new());
        for part in values.chunks_exact(length) {
            let mean = part.iter().sum::<f64>() / length as f64;
            around.push(part.iter().map(|value| value - mean).collect::<Vec<f64>>());
            means.push(mean);
        }
        let length = length as f64;
        let count = means.len() as f64;
        let squares = |part: &Vec<f64>| part.iter().map(|value| value * value).sum::<f64>();
        let within = around.iter().map(squares).sum::<f64>() / (length - 1.0) / count;
        let middle = means.iter().sum::<f64>() / count;
        let between = means
            .iter()
            .map(|mean| (mean - middle).powi(2))
            .sum::<f64>()
            / (count - 1.0);
        Self {
            around,
            length,
            within,
            overall: within * (length - 1.0) / length + between,
        }
    }

    /// Equations 1 to 4; infinite where no half moves but they differ.
    fn r_hat(&self) -> f64 {
        (self.overall / self.within).sqrt()
    }

    /// Correlation of draws with those `lag` later, at least one (equation 10).
    fn correlation(&self, lag: usize) -> f64 {
        let products = |part: &Vec<f64>| -> f64 {
            part.iter()
                .zip(&part[lag..])
                .map(|(here, later)| here * later)
                .sum()
        };
        let covariance =
            self.around.iter().map(products).sum::<f64>() / self.length / self.around.len() as f64;
        1.0 - (self.within - covariance) / self.overall
    }

    /// All draws over the time in which they forget (equations 11 and 12): correlations are added
    /// in pairs, as long as pairs are positive, and none counts for more than the pair before it
    /// (Geyer 1992). More draws than there are is possible, up to their number times its logarithm.
    fn independent(&self) -> f64 {
        let all = self.length * self.around.len() as f64;
        let mut before = 1.0 + self.correlation(1);
        let mut sum = before;
        let mut lag = 2;
        // Of the pair at which the sum ends, half is kept if it helps.
        let last = loop {
            let even = self.correlation(lag);
            let pair = even + self.correlation(lag + 1);
            if pair <= 0.0 || lag + 5 > self.around[0].len() {
                break even.max(0.0);
            }
            before = pair.min(before);
            sum += before;
            lag += 2;
        };
        let time = (2.0 * sum + last - 1.0).max(1.0 / all.log10());
        all / time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four chains of so many draws, each draw `rho` times the one before plus something even
    /// between -1/2 and 1/2, from a generator that Python computes as well; `apart` moves chains,
    /// and `heavy` stretches their tails.
    fn chains(draws: usize, rho: f64, apart: f64, heavy: bool) -> Vec<f64> {
        let mut state = 42u64;
        let mut values = Vec::new();
        for chain in 0..4 {
            let mut last = 0.0;
            for _ in 0..draws {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let even = (state >> 11) as f64 / 2f64.powi(53) - 0.5;
                last = rho * last + even;
                let stretch = if heavy {
                    1.0001 - (2.0 * even).abs()
                } else {
                    1.0
                };
                values.push((last + apart * f64::from(chain)) / stretch);
            }
        }
        values
    }

    /// ArviZ 0.23.4: `rhat(method="rank")`, `ess(method="bulk")`, `ess(method="tail")`.
    #[test]
    fn the_same_as_arviz() {
        let near = |found: f64, arviz: f64| {
            assert!((found / arviz - 1.0).abs() < 1e-9, "{found} {arviz}");
        };
        let same = |values: &[f64], r_hat: f64, bulk: f64, tail: f64| {
            let found = mixing(values, 4).expect("chains move");
            near(found.r_hat, r_hat);
            near(found.bulk, bulk);
            near(found.tail, tail);
        };
        let free = chains(250, 0.0, 0.0, false);
        same(
            &free,
            1.000_674_439_952_186_3,
            1_002.538_492_402_426,
            1_063.883_084_459_513_6,
        );
        let slow = chains(250, 0.9, 0.0, false);
        same(
            &slow,
            1.040_903_392_006_771_6,
            79.649_298_051_853_92,
            185.589_236_540_084_87,
        );
        let against = chains(250, -0.5, 0.0, false);
        same(
            &against,
            1.007_114_729_345_152_3,
            3000.0,
            1_063.571_684_753_645_7,
        );
        let apart = chains(250, 0.5, 0.3, false);
        same(
            &apart,
            1.438_876_966_437_606_2,
            8.562_348_815_648_242,
            64.333_257_084_430_56,
        );
        let heavy = chains(250, 0.3, 0.0, true);
        same(
            &heavy,
            1.001_582_012_137_022_5,
            713.968_422_144_780_6,
            995.482_692_512_077_6,
        );
        let grid = chains(250, 0.5, 0.0, false)
            .iter()
            .map(|value| (value * 4.0).round() / 4.0)
            .collect::<Vec<f64>>();
        same(
            &grid,
            1.006_156_760_221_475_8,
            337.171_509_983_521_05,
            503.013_392_846_861_7,
        );
        let odd = mixing(&chains(251, 0.3, 0.0, false), 4).expect("chains move");
        near(odd.r_hat, 1.002_722_596_779_58);
        near(odd.bulk, 494.441_530_392_264_7);
    }

    #[test]
    fn chains_that_do_not_move_say_nothing() {
        assert_eq!(mixing(&[1.0; 400], 4), None);
        // Each at a place of its own.
        let apart: Vec<f64> = (0..400).map(|draw| f64::from(draw / 100)).collect();
        assert_eq!(mixing(&apart, 4), None);
    }
}
