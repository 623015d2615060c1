//! Opportunity score: what is important and not satisfied (Ulwick 2002, Turn Customer Input into
//! Innovation, Harvard Business Review 80; Ulwick 2005, What Customers Want).
//!
//! *I* and *S* are ten times the shares of respondents who find something important, and are
//! satisfied with it (the two best answers of the scale). The score is *I + max(I − S, 0)*, 0..20;
//! above 10 is taken for underserved. That importance counts twice and a surplus of satisfaction not
//! at all is a convention, not a finding.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::bootstrap::{self, Groups, Resampling};
use crate::columns::{check_answers, check_weights};
use crate::error::Error;
use crate::estimate::Estimate;
use crate::experiment::Arm;

/// How respondents rated one thing; `NAN` where there is no answer.
#[derive(Debug, Clone, Copy)]
pub struct Ratings<'a> {
    /// How important it is to them.
    pub importance: &'a [f64],
    /// How satisfied they are with it.
    pub satisfaction: &'a [f64],
    /// Sampling weight of each respondent, above 0; all alike when absent.
    pub weight: Option<&'a [f64]>,
}

/// From which answers on something is important, or satisfied: of a scale 1..5 from 4 on, of 1..10
/// from 9 on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tops {
    /// Important from this answer on.
    pub importance: f64,
    /// Satisfied from this answer on.
    pub satisfaction: f64,
}

/// What is important and not satisfied.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Opportunity {
    /// Ten times the share who find it important, 0..10.
    pub importance: Estimate,
    /// Ten times the share who are satisfied, 0..10.
    pub satisfaction: Estimate,
    /// Importance and what it is above satisfaction, 0..20.
    pub score: Estimate,
}

/// Scores one thing; nothing when nobody rated its importance, or nobody their satisfaction.
///
/// # Errors
///
/// [`Error::Length`] for columns of different lengths, [`Error::Row`] for an infinite rating or a
/// weight that is not above 0, [`Error::Setting`] for settings that make no sense.
pub fn opportunity(
    ratings: &Ratings<'_>,
    tops: Tops,
    resampling: &Resampling,
) -> Result<Option<Opportunity>, Error> {
    resampling.check()?;
    let rows = ratings.importance.len();
    check_answers("importance", ratings.importance, rows)?;
    check_answers("satisfaction", ratings.satisfaction, rows)?;
    check_weights(ratings.weight, rows)?;
    let weight = |row: usize| ratings.weight.map_or(1.0, |weight| weight[row]);
    let arm = |column: &[f64], top: f64| {
        let there = (0..rows).filter(|&row| !column[row].is_nan());
        Arm::of(there.map(|row| (f64::from(u8::from(column[row] >= top)), weight(row))))
    };
    let importance = arm(ratings.importance, tops.importance);
    let satisfaction = arm(ratings.satisfaction, tops.satisfaction);
    let people = importance.people.min(satisfaction.people);
    if people == 0 {
        return Ok(None);
    }
    let answered = (0..rows)
        .filter(|&row| !(ratings.importance[row].is_nan() && ratings.satisfaction[row].is_nan()));
    let answered: Vec<usize> = answered.collect();
    let groups = Groups::of(answered.len(), resampling.seed);
    // of each group: weights of the important and of those asked, of the satisfied and of those asked
    let sums = groups.each(|group| {
        let mut sums = [0.0; 4];
        for &place in group {
            let row = answered[place as usize];
            for (at, (column, top)) in [
                (ratings.importance, tops.importance),
                (ratings.satisfaction, tops.satisfaction),
            ]
            .into_iter()
            .enumerate()
            {
                if !column[row].is_nan() {
                    sums[2 * at] += if column[row] >= top { weight(row) } else { 0.0 };
                    sums[2 * at + 1] += weight(row);
                }
            }
        }
        sums
    });
    let resampled = groups.draw(resampling, |times| {
        let mut total = [0.0; 4];
        for (times, sums) in times.iter().zip(&sums) {
            for (total, sum) in total.iter_mut().zip(sums) {
                *total += times * sum;
            }
        }
        score(10.0 * total[0] / total[1], 10.0 * total[2] / total[3])
    });
    let value = score(10.0 * importance.mean, 10.0 * satisfaction.mean);
    let drawn_from = groups.len().min(people as usize);
    Ok(Some(Opportunity {
        importance: importance.share(resampling.level)?.scaled(10.0),
        satisfaction: satisfaction.share(resampling.level)?.scaled(10.0),
        score: bootstrap::estimate(value, resampled.into_iter(), drawn_from, resampling.level),
    }))
}

/// `NAN` when there is no share.
fn score(importance: f64, satisfaction: f64) -> f64 {
    let missing = importance - satisfaction;
    importance + if missing < 0.0 { 0.0 } else { missing }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(importance: &[f64], satisfaction: &[f64]) -> Option<Opportunity> {
        let ratings = Ratings {
            importance,
            satisfaction,
            weight: None,
        };
        let tops = Tops {
            importance: 4.0,
            satisfaction: 4.0,
        };
        opportunity(&ratings, tops, &Resampling::default()).expect("ratings")
    }

    #[test]
    fn scores_are_those_of_ulwick() {
        assert_eq!(score(9.0, 3.0), 15.0);
        assert_eq!(score(9.0, 9.0), 9.0);
        assert_eq!(score(3.0, 9.0), 3.0);
    }

    #[test]
    fn shares_of_the_two_best_answers_by_hand() {
        // 9 of 10 find it important, 3 of 10 are satisfied
        let importance = [5.0, 4.0, 5.0, 4.0, 5.0, 4.0, 5.0, 4.0, 5.0, 3.0];
        let satisfaction = [4.0, 5.0, 4.0, 3.0, 3.0, 2.0, 1.0, 1.0, 2.0, 3.0];
        let found = scored(&importance, &satisfaction).expect("all answered");
        assert!((found.score.value - 15.0).abs() < 1e-12);
        let (low, high) = found.score.ends().expect("ten respondents");
        assert!(low < 15.0 && high > 15.0 && high <= 20.0);
        let (low, high) = found.importance.ends().expect("Wilson's interval");
        assert!(low > 0.0 && high <= 10.0);
    }

    #[test]
    fn without_answers_there_is_no_score() {
        assert_eq!(scored(&[], &[]), None);
        assert_eq!(scored(&[4.0, 5.0], &[f64::NAN, f64::NAN]), None);
        let few = scored(&[4.0, 5.0], &[1.0, f64::NAN]).expect("one pair");
        assert_eq!((few.score.value, few.score.ends()), (20.0, None));
    }
}
