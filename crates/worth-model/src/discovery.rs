//! Which of many differences are no accident: false discoveries kept in bounds.
//!
//! Whoever compares twenty groups at 5 % finds one that differs although none does. Of the findings
//! that the procedure of Benjamini and Hochberg (1995), Controlling the False Discovery Rate: A
//! Practical and Powerful Approach to Multiple Testing, Journal of the Royal Statistical Society B 57,
//! doi:10.1111/j.2517-6161.1995.tb02031.x, lets pass at 5 %, on average at most one in twenty is none.
//! Tests may be independent, or rise and fall together.

/// Adjusted p-values in the order given: a test is a finding at rate q when its adjusted value is at
/// most q. With m tests, that of the i-th smallest p is the smallest of p m / i over it and all larger.
///
/// Values that are no probabilities count as 1: nothing was found.
#[must_use]
pub fn adjusted(p_values: &[f64]) -> Vec<f64> {
    let p = |test: usize| match p_values[test] {
        p if (0.0..=1.0).contains(&p) => p,
        _ => 1.0,
    };
    let mut falling: Vec<usize> = (0..p_values.len()).collect();
    falling.sort_by(|&one, &other| p(other).total_cmp(&p(one)));
    let tests = p_values.len() as f64;
    let mut adjusted = vec![1.0; p_values.len()];
    let mut smallest = 1.0_f64;
    for (above, test) in falling.into_iter().enumerate() {
        let rank = tests - above as f64;
        smallest = smallest.min(p(test) * tests / rank);
        adjusted[test] = smallest;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fifteen p-values of section 3.2 of the paper: the first four are findings at 5 %. Adjusted
    /// values as statsmodels 0.15.0 gives them (`multipletests(p, method="fdr_bh")`).
    #[test]
    fn results_match_benjamini_and_hochberg() {
        let p_values = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
            0.5719, 0.6528, 0.7590, 1.0,
        ];
        let expected = [
            0.0015, 0.003, 0.0095, 0.035_625, 0.0603, 0.063_857, 0.063_857, 0.0645, 0.0765, 0.486,
            0.581_182, 0.714_875, 0.753_231, 0.813_214, 1.0,
        ];
        let found = adjusted(&p_values);
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-6, "{found}, not {expected}");
        }
        assert_eq!(found.iter().filter(|&&p| p <= 0.05).count(), 4);
    }

    #[test]
    fn order_does_not_matter_and_nonsense_finds_nothing() {
        assert_eq!(adjusted(&[0.02, 0.01]), [0.02, 0.02]);
        assert_eq!(adjusted(&[0.01, 0.02]), [0.02, 0.02]);
        assert_eq!(adjusted(&[f64::NAN, 0.01]), [1.0, 0.02]);
        assert!(adjusted(&[]).is_empty());
    }
}
