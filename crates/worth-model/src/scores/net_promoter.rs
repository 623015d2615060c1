//! Net promoter score: the share of promoters (9 and 10 of 0..10) less that of detractors (0 to 6),
//! in points (Reichheld 2003, The One Number You Need to Grow, Harvard Business Review 81).
//!
//! With *p* and *d* the shares, the variance of one answer is *p + d − (p − d)²*. The plain (Wald)
//! interval is too narrow for few respondents or lopsided answers; the **adjusted** one pretends
//! three more answers, three quarters of one by a promoter and by a detractor, one and a half by
//! passives (Rocks 2016, Interval Estimation for the "Net Promoter Score",
//! doi:10.1080/00031305.2016.1198279).
//!
//! Know before use: very different customers have the same score (30 % promoters and no detractors, or
//! 65 % and 35 %), 0 and 6 count alike, and its noise is large: a change of ten points takes about 750
//! answers before and after to be seen.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answers, smallest_change};
use crate::error::{Error, require};
use crate::estimate::{Estimate, check_level};
use crate::shares::{difference, difference_error, wilson};

/// A net promoter score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NetPromoter {
    /// Answers, or sum of the counts it was made from.
    pub answers: f64,
    /// Answers of equal weight that would say as much.
    pub effective: f64,
    /// Share of 9 and 10, 0..1.
    pub promoters: Estimate,
    /// Share of 7 and 8, 0..1.
    pub passives: Estimate,
    /// Share of 0 to 6, 0..1.
    pub detractors: Estimate,
    /// Promoters less detractors in points, −100..100, with the adjusted interval.
    pub score: Estimate,
    /// The same with the plain interval, as it is usually published.
    pub plain: Estimate,
    /// Standard error of the score, in points.
    pub standard_error: f64,
    /// Smallest change, in points, that another survey like this one would show 80 times in 100.
    pub smallest_change: f64,
}

/// The score of answers on 0..10; nothing without an answer. Scores of two groups are compared by
/// [`Estimate::less`].
///
/// # Errors
///
/// [`Error::Row`] for an answer outside 0..10 or a weight that is not above 0, [`Error::Length`] for
/// weights of another number, [`Error::Setting`] when `level` is no level.
pub fn net_promoter(answers: &Answers<'_>, level: f64) -> Result<Option<NetPromoter>, Error> {
    check_level(level)?;
    answers.check()?;
    let mut weights = [0.0; 3];
    let (mut count, mut squares) = (0.0, 0.0);
    for (row, &value) in answers.scores.iter().enumerate() {
        if !(value.is_nan() || (0.0..=10.0).contains(&value)) {
            return Err(Error::Row {
                field: "scores",
                row,
                value,
                expected: "expected 0 to 10",
            });
        }
    }
    for (score, weight) in answers.given() {
        let kind = usize::from(score < 9.0) + usize::from(score < 7.0);
        weights[kind] += weight;
        squares += weight * weight;
        count += 1.0;
    }
    let sum: f64 = weights.iter().sum();
    let shares = weights.map(|weight| weight / sum);
    Ok((count > 0.0).then(|| of_shares(shares, count, sum * sum / squares, level)))
}

/// The score of counted promoters, passives and detractors; nothing when there is nobody.
///
/// # Errors
///
/// [`Error::Setting`] for a count below 0, or when `level` is no level.
pub fn net_promoter_of_counts(counts: [f64; 3], level: f64) -> Result<Option<NetPromoter>, Error> {
    check_level(level)?;
    for count in counts {
        let expected = "expected 0 or more, at most 1e15";
        require((0.0..=1e15).contains(&count), "counts", count, expected)?;
    }
    let sum: f64 = counts.iter().sum();
    Ok((sum > 0.0).then(|| of_shares(counts.map(|count| count / sum), sum, sum, level)))
}

fn of_shares(shares: [f64; 3], answers: f64, effective: f64, level: f64) -> NetPromoter {
    let [promoters, passives, detractors] = shares;
    let standard_error = 100.0 * difference_error(promoters, detractors, effective);
    NetPromoter {
        answers,
        effective,
        promoters: wilson(promoters, effective, level),
        passives: wilson(passives, effective, level),
        detractors: wilson(detractors, effective, level),
        score: difference(promoters, detractors, effective, level).scaled(100.0),
        plain: Estimate::normal(100.0 * (promoters - detractors), standard_error, level),
        standard_error,
        smallest_change: smallest_change(standard_error, level),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: Option<(f64, f64)>, expected: (f64, f64)) {
        let (low, high) = found.expect("an interval");
        let is_near = (low - expected.0).abs() < 5e-4 && (high - expected.1).abs() < 5e-4;
        assert!(is_near, "{low} {high}, published {expected:?}");
    }

    fn of_counts(counts: [f64; 3], level: f64) -> NetPromoter {
        net_promoter_of_counts(counts, level)
            .expect("counts")
            .expect("somebody")
    }

    /// Rocks (2016): 100 promoters, 60 passives, 40 detractors.
    #[test]
    fn intervals_are_those_of_rocks() {
        let found = of_counts([100.0, 60.0, 40.0], 0.95);
        assert!((found.score.value - 30.0).abs() < 1e-12);
        assert!((found.standard_error - 5.5227).abs() < 5e-5);
        near(found.plain.ends(), (19.176, 40.824));
        near(found.score.ends(), (18.815, 40.298));
    }

    #[test]
    fn answers_are_counted_by_kind() {
        let scores = [10.0, 9.0, 8.0, 7.0, 6.0, 0.0, 9.0, f64::NAN];
        let answers = Answers {
            scores: &scores,
            weight: None,
        };
        let found = net_promoter(&answers, 0.9).unwrap().unwrap();
        assert_eq!(found, of_counts([3.0, 2.0, 2.0], 0.9));
        let weighted = Answers {
            scores: &scores[..3],
            weight: Some(&[1.0, 1.0, 2.0]),
        };
        let found = net_promoter(&weighted, 0.9).unwrap().unwrap();
        // two of four promote; 4² / (1 + 1 + 4)
        assert!((found.score.value - 50.0).abs() < 1e-12);
        assert!((found.effective - 16.0 / 6.0).abs() < 1e-12);
    }

    /// All outcomes of 20 answers, each with its probability: how often each interval holds.
    #[test]
    fn the_adjusted_interval_holds_for_few_answers_where_the_plain_one_does_not() {
        let held = |shares: [f64; 3]| {
            let truth = 100.0 * (shares[0] - shares[2]);
            let factorials: Vec<f64> = (0..=20)
                .scan(1.0, |product, n| {
                    *product *= f64::from(n.max(1));
                    Some(*product)
                })
                .collect();
            let (mut adjusted, mut plain) = (0.0, 0.0);
            for promoters in 0..=20_usize {
                for detractors in 0..=20 - promoters {
                    let counts = [promoters, 20 - promoters - detractors, detractors];
                    let probability = counts
                        .iter()
                        .zip(shares)
                        .fold(factorials[20], |product, (&n, share)| {
                            product * share.powi(n as i32) / factorials[n]
                        });
                    let found = of_counts(counts.map(|n| n as f64), 0.95);
                    let holds = |estimate: Estimate| {
                        let (low, high) = estimate.ends().expect("an interval");
                        if (low..=high).contains(&truth) {
                            probability
                        } else {
                            0.0
                        }
                    };
                    adjusted += holds(found.score);
                    plain += holds(found.plain);
                }
            }
            (adjusted, plain)
        };
        let (adjusted, plain) = held([0.85, 0.1, 0.05]);
        assert!(adjusted > 0.93 && plain < 0.90, "{adjusted} {plain}");
        let (adjusted, _) = held([0.5, 0.3, 0.2]);
        assert!((0.93..0.97).contains(&adjusted), "{adjusted}");
    }

    #[test]
    fn two_groups_are_compared_by_both_their_intervals() {
        let one = of_counts([100.0, 60.0, 40.0], 0.95).score;
        let other = of_counts([50.0, 30.0, 20.0], 0.95).score;
        let difference = one.less(&other);
        assert!(difference.value.abs() < 1e-12);
        let ((one_low, _), (_, other_high)) = (one.ends().unwrap(), other.ends().unwrap());
        let down = (30.0 - one_low).hypot(other_high - 30.0);
        assert!((difference.ends().unwrap().0 + down).abs() < 1e-12);
    }

    #[test]
    fn nobody_has_no_score_and_all_alike_have_an_interval() {
        assert_eq!(net_promoter_of_counts([0.0; 3], 0.9), Ok(None));
        let (low, high) = of_counts([12.0, 0.0, 0.0], 0.9).score.ends().unwrap();
        assert!(low < 100.0 && high == 100.0);
        let outside = Answers {
            scores: &[11.0],
            weight: None,
        };
        assert!(net_promoter(&outside, 0.9).is_err());
    }
}
