//! Intervals of shares of one sample: of one share, of all at once, of the difference of two.
//!
//! `of` is the number of observations of equal weight, more than 0, not necessarily whole.

use crate::estimate::{Estimate, Method, reach};

/// Observations that [`difference`] adds: of the one kind and of the other, and of all other kinds.
const ADDED: [f64; 3] = [0.75, 0.75, 1.5];

/// A share with its score interval (Wilson 1927, doi:10.1080/01621459.1927.10502953).
pub(crate) fn wilson(share: f64, of: f64, level: f64) -> Estimate {
    let (low, high) = score_ends(share, of, level);
    Estimate::between(share, low, high, level, Method::Wilson)
}

/// Shares that add to 1, with score intervals that hold all at once (Goodman 1965, On Simultaneous
/// Confidence Intervals for Multinomial Proportions, doi:10.1080/00401706.1965.10490252): each of `k`
/// errs with `1/k` of the probability. Those of Sison and Glaz (1995) are shorter, but fall short
/// when some shares are small (May, Johnson 1997, Communications in Statistics: Simulation and
/// Computation 26) and need whole counts.
pub(crate) fn goodman(shares: &[f64], of: f64, level: f64) -> Vec<Estimate> {
    let each = 1.0 - (1.0 - level) / shares.len() as f64;
    let with_ends = |&share: &f64| {
        let (low, high) = score_ends(share, of, each);
        Estimate::between(share, low, high, level, Method::Goodman)
    };
    shares.iter().map(with_ends).collect()
}

/// One share less another of the same sample. The interval pretends three more observations, three
/// quarters of one of each of the two kinds (Rocks 2016, Interval Estimation for the "Net Promoter
/// Score", doi:10.1080/00031305.2016.1198279): the plain one is too narrow for few observations.
pub(crate) fn difference(one: f64, other: f64, of: f64, level: f64) -> Estimate {
    let value = one - other;
    let more = of + ADDED.iter().sum::<f64>();
    let [one, other] =
        [(one, ADDED[0]), (other, ADDED[1])].map(|(share, added)| (share * of + added) / more);
    let reach = reach(level) * difference_error(one, other, more);
    Estimate::between(
        value,
        (one - other - reach).max(-1.0).min(value),
        (one - other + reach).min(1.0).max(value),
        level,
        Method::AdjustedWald,
    )
}

/// Standard error of one share less another of the same sample.
pub(crate) fn difference_error(one: f64, other: f64, of: f64) -> f64 {
    let variance = one + other - (one - other).powi(2);
    (variance.max(0.0) / of).sqrt()
}

fn score_ends(share: f64, of: f64, level: f64) -> (f64, f64) {
    let z = reach(level);
    let weight = z * z / of;
    let middle = (share + weight / 2.0) / (1.0 + weight);
    let spread = (share * (1.0 - share) / of + weight / (4.0 * of)).max(0.0);
    let half = z / (1.0 + weight) * spread.sqrt();
    (
        (middle - half).max(0.0).min(share),
        (middle + half).min(1.0).max(share),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `multinomial_proportions_confint(counts, 0.05, "goodman")` of statsmodels 0.15.0; counts of
    /// Sison and Glaz (1995).
    #[test]
    fn intervals_of_all_shares_match_statsmodels() {
        let counts = [56.0, 72.0, 73.0, 59.0, 62.0, 87.0, 58.0];
        let of: f64 = counts.iter().sum();
        let found = goodman(&counts.map(|count| count / of), of, 0.95);
        let expected = [
            (0.085_167_24, 0.166_261_41),
            (0.114_532_92, 0.204_372_58),
            (0.116_395_29, 0.206_727_52),
            (0.090_605_67, 0.173_474_89),
            (0.096_077_38, 0.180_655_09),
            (0.142_749_11, 0.239_415_94),
            (0.088_789_06, 0.171_074_2),
        ];
        for (found, expected) in found.iter().zip(expected) {
            let (low, high) = found.ends().expect("an interval");
            assert!((low - expected.0).abs() < 1e-7 && (high - expected.1).abs() < 1e-7);
        }
    }

    #[test]
    fn ends_stay_shares() {
        for share in [0.0, 0.5, 1.0] {
            let (low, high) = wilson(share, 0.7, 0.9).ends().expect("an interval");
            assert!(0.0 <= low && low <= share && share <= high && high <= 1.0);
            let (low, high) = difference(share, 1.0 - share, 0.7, 0.9)
                .ends()
                .expect("an interval");
            assert!((-1.0..=1.0).contains(&low) && low <= high && high <= 1.0);
        }
    }
}
