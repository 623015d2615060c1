//! Ranks, and how far two rankings agree (Spearman 1904, The Proof and Measurement of Association
//! between Two Things, doi:10.2307/1412159).

/// Rank of each value, the largest being 1; equal values share the mean of their ranks.
pub(crate) fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&one, &other| values[other].total_cmp(&values[one]));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0.0;
    for same in order.chunk_by(|&one, &other| values[one] == values[other]) {
        for &at in same {
            ranks[at] = before + (same.len() as f64 + 1.0) / 2.0;
        }
        before += same.len() as f64;
    }
    ranks
}

/// Correlation of the ranks of two columns, −1..1; nothing when all values of one are equal.
pub(crate) fn rank_correlation(one: &[f64], other: &[f64]) -> Option<f64> {
    let (one, other) = (ranks(one), ranks(other));
    let middle = (one.len() as f64 + 1.0) / 2.0;
    let moment = |a: &[f64], b: &[f64]| -> f64 {
        let products = a.iter().zip(b).map(|(a, b)| (a - middle) * (b - middle));
        products.sum()
    };
    let spread = (moment(&one, &one) * moment(&other, &other)).sqrt();
    (spread > 0.0).then(|| (moment(&one, &other) / spread).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_their_ranks() {
        assert_eq!(ranks(&[0.3, 0.5, 0.3, 0.1]), [2.5, 1.0, 2.5, 4.0]);
        assert!(ranks(&[]).is_empty());
    }

    #[test]
    fn rank_correlation_is_that_of_the_textbook() {
        // 1 − 6 Σ d² / (n (n² − 1)) with d = 0, 1, −1, 0: 1 − 12 / 60
        let found = rank_correlation(&[9.0, 5.0, 3.0, 1.0], &[4.0, 2.0, 3.0, 1.0]);
        assert!((found.expect("values differ") - 0.8).abs() < 1e-12);
        assert_eq!(rank_correlation(&[1.0, 2.0], &[3.0, 3.0]), None);
    }
}
