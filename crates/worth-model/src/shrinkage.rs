//! Means of groups drawn to their middle: what is known of few people leans on what is known of all.
//!
//! The mean *yᵢ* of group *i* is normal around the true one *θᵢ* with variance *Vᵢ*, and the true ones are
//! normal around a middle *μ* with variance *A*:
//!
//! * *Vᵢ = σ² / nᵢ* with *nᵢ* the people of the group and *σ²* the mean of *nᵢ* times the squared standard
//!   error over groups that have one, each counting by its people. A variance from three people is worth
//!   little; smoothed over groups it is worth something (Fay, Herriot 1979, Estimates of Income for Small
//!   Places, doi:10.1080/01621459.1979.10482505).
//! * *A* solves *Σ (yᵢ − μ)² / (Vᵢ + A) = k − 1*, *μ* being the mean with weights *1 / (Vᵢ + A)*; 0 when the
//!   sum is smaller already at 0 (Paule, Mandel 1982, Consensus Values and Weighting Factors,
//!   doi:10.6028/jres.087.022).
//! * *θ̂ᵢ = (1 − Bᵢ) yᵢ + Bᵢ μ* with *Bᵢ = (k − 3) / (k − 1) · Vᵢ / (Vᵢ + A)*;
//! * its variance *Vᵢ (1 − (k − 1) / k · Bᵢ) + 2 / (k − 3) · Bᵢ² (V̄ + A) / (Vᵢ + A) · (yᵢ − μ)²*, *V̄* being
//!   the mean of *Vᵢ* with the same weights, allows for *μ* and *A* being estimates (Morris 1983, Parametric
//!   Empirical Bayes Inference, doi:10.1080/01621459.1983.10477920, sections 1 and 5). It takes four groups.
//!
//! **Checked against** statsmodels 0.15.0 for *A* and *μ*, and simulated groups for how often intervals hold.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, require};
use crate::estimate::{Estimate, check_level};

/// Fewer groups do not say how far groups differ.
pub const FEWEST_GROUPS: usize = 4;

/// What is known of one group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupMean {
    /// Its mean.
    pub value: f64,
    /// Standard error of that; none where too few say anything about it.
    pub standard_error: Option<f64>,
    /// People, at least one.
    pub people: u64,
}

/// Groups that lean on each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Shrunk {
    /// The middle of all groups.
    pub middle: f64,
    /// Standard deviation of the true means over groups; 0 when they differ no more than by chance.
    pub between: f64,
    /// The groups in their order, with normal intervals.
    pub groups: Vec<ShrunkGroup>,
}

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShrunkGroup {
    /// Its mean, drawn to the middle.
    pub mean: Estimate,
    /// How far it was drawn: 0 not at all, 1 all the way.
    pub drawn: f64,
}

/// Draws groups to their middle; nothing with fewer than four of them, or when nobody in any of them
/// differs.
///
/// # Errors
///
/// [`Error::Setting`] for a level that is none, a mean that is no number and a group without people.
pub fn shrunk(groups: &[GroupMean], level: f64) -> Result<Option<Shrunk>, Error> {
    check_level(level)?;
    for group in groups {
        require(
            group.value.is_finite(),
            "value",
            group.value,
            "expected a number",
        )?;
        require(group.people > 0, "people", 0.0, "expected at least 1")?;
    }
    let Some(of_one) = variance_of_one(groups).filter(|_| groups.len() >= FEWEST_GROUPS) else {
        return Ok(None);
    };
    let values: Vec<f64> = groups.iter().map(|group| group.value).collect();
    let variances: Vec<f64> = groups
        .iter()
        .map(|group| of_one / group.people as f64)
        .collect();
    let between = variance_between(&values, &variances);
    let middle = weighted(&values, &variances, between);
    let mean_variance = weighted(&variances, &variances, between);
    let k = values.len() as f64;
    let shrink = |(&value, &variance): (&f64, &f64)| {
        let all = variance + between;
        let drawn = (k - 3.0) / (k - 1.0) * variance / all;
        let off = value - middle;
        let of_known = variance * (1.0 - (k - 1.0) / k * drawn);
        let of_drawn = 2.0 / (k - 3.0) * drawn * drawn * (mean_variance + between) / all;
        let error = (of_known + of_drawn * off * off).sqrt();
        ShrunkGroup {
            mean: Estimate::normal(value - drawn * off, error, level),
            drawn,
        }
    };
    Ok(Some(Shrunk {
        middle,
        between: between.sqrt(),
        groups: values.iter().zip(&variances).map(shrink).collect(),
    }))
}

/// Variance of what one person says around the group's mean; none when it is unknown or 0.
fn variance_of_one(groups: &[GroupMean]) -> Option<f64> {
    let (mut sum, mut people) = (0.0, 0.0);
    for group in groups {
        if let Some(error) = group.standard_error.filter(|error| error.is_finite()) {
            let of_group = group.people as f64;
            sum += of_group * (of_group * error * error);
            people += of_group;
        }
    }
    let variance = sum / people;
    (variance > 0.0 && variance.is_finite()).then_some(variance)
}

/// Paule and Mandel's variance between groups. The sum falls as it rises, so halving finds it.
fn variance_between(values: &[f64], variances: &[f64]) -> f64 {
    let expected = values.len() as f64 - 1.0;
    let off = |between: f64| {
        let middle = weighted(values, variances, between);
        let off = values.iter().zip(variances);
        off.map(|(value, variance)| (value - middle).powi(2) / (variance + between))
            .sum::<f64>()
    };
    if off(0.0) <= expected {
        return 0.0;
    }
    // with V + A at least this, every square over it is at most 1 on average
    let plain = values.iter().sum::<f64>() / values.len() as f64;
    let squares: f64 = values.iter().map(|value| (value - plain).powi(2)).sum();
    let (mut low, mut high) = (0.0, squares / expected);
    // a double has 53 bits; more halvings change nothing
    for _ in 0..100 {
        let half = low + (high - low) / 2.0;
        if off(half) > expected {
            low = half;
        } else {
            high = half;
        }
    }
    low + (high - low) / 2.0
}

/// Mean with weights one over the variance of a group's mean around the middle.
fn weighted(values: &[f64], variances: &[f64], between: f64) -> f64 {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (value, variance) in values.iter().zip(variances) {
        let weight = (variance + between).recip();
        sum += weight * value;
        weights += weight;
    }
    sum / weights
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;
    use rand_distr::{Distribution, StandardNormal};

    use super::*;

    fn group(value: f64, standard_error: f64, people: u64) -> GroupMean {
        GroupMean {
            value,
            standard_error: Some(standard_error),
            people,
        }
    }

    fn drawn(groups: &[GroupMean]) -> Shrunk {
        let shrunk = shrunk(groups, 0.9).expect("a level, numbers and people");
        shrunk.expect("four groups or more")
    }

    fn close(found: f64, expected: f64, tolerance: f64) {
        assert!(
            (found - expected).abs() < tolerance,
            "{found}, not {expected}"
        );
    }

    /// Five groups with V = 1, y = 1, 3, 5, 7, 9: μ = 5, Σ (y − μ)² = 40, so 40 / (1 + A) = 4 and A = 9.
    /// B = 2/4 · 1/10 = .05: 1 becomes 1.2. Its variance: 1 − 4/5 · .05 + 2/2 · .0025 · 16 = 1.
    #[test]
    fn groups_of_one_size_by_hand() {
        let groups = [1.0, 3.0, 5.0, 7.0, 9.0].map(|value| group(value, 1.0, 25));
        let found = drawn(&groups);
        close(found.middle, 5.0, 1e-9);
        close(found.between, 3.0, 1e-9);
        for (group, expected) in found.groups.iter().zip([1.2, 3.1, 5.0, 6.9, 8.8]) {
            close(group.drawn, 0.05, 1e-9);
            close(group.mean.value, expected, 1e-9);
        }
        let error = |place: usize| found.groups[place].mean.standard_error().expect("normal");
        close(error(0), 1.0, 1e-9);
        close(error(2), 0.96f64.sqrt(), 1e-9);
    }

    /// `combine_effects(y, 1 / n, method_re="pm")` of statsmodels 0.15.0, iterated to 1e-15.
    #[test]
    fn variance_and_middle_match_statsmodels() {
        let values = [2.1, 3.4, 2.9, 4.2, 1.0, 3.0];
        let people = [25_u64, 11, 4, 6, 1, 50];
        let groups: Vec<GroupMean> = (values.into_iter().zip(people))
            .map(|(value, people)| group(value, (people as f64).sqrt().recip(), people))
            .collect();
        let found = drawn(&groups);
        close(found.between.powi(2), 0.755_842_617_177, 1e-8);
        close(found.middle, 2.906_472_779_132, 1e-8);
    }

    /// The groups that nothing is known of but one answer are drawn by what the others say of chance.
    #[test]
    fn a_group_without_an_error_has_that_of_its_size() {
        let mut groups = vec![
            group(5.0, 0.2, 100),
            group(6.0, 0.2, 100),
            group(7.0, 0.2, 100),
        ];
        groups.push(GroupMean {
            value: 1.0,
            standard_error: None,
            people: 1,
        });
        // σ² = 100 · .04 = 4: variances .04, .04, .04 and 4
        let found = drawn(&groups);
        let last = found.groups[3];
        assert!(last.drawn > 10.0 * found.groups[0].drawn);
        let a = found.between * found.between;
        close(last.drawn, 4.0 / (4.0 + a) / 3.0, 1e-9);
    }

    #[test]
    fn what_cannot_be_drawn_is_left_as_it_is() {
        let three = [1.0, 2.0, 3.0].map(|value| group(value, 1.0, 10));
        assert_eq!(shrunk(&three, 0.9), Ok(None));
        let certain = [1.0, 2.0, 3.0, 4.0].map(|value| group(value, 0.0, 10));
        assert_eq!(shrunk(&certain, 0.9), Ok(None));
        let wrong = [group(f64::NAN, 1.0, 10)];
        assert!(shrunk(&wrong, 0.9).is_err());
    }

    /// Goal: intervals hold as often as they say over groups, whether these differ much or not at all,
    /// and the drawn means are closer to the truth than the plain ones.
    #[test]
    fn intervals_hold_and_errors_shrink() {
        let people = [4_u64, 8, 12, 20, 40, 80, 160, 300];
        for (seed, between) in [(1, 0.0), (2, 0.15), (3, 0.4), (4, 1.0)] {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            let mut normal = || -> f64 { StandardNormal.sample(&mut random) };
            let (mut held, mut plain, mut shrunk) = (0.0, 0.0, 0.0);
            let runs = 1000;
            for _ in 0..runs {
                let truth = people.map(|_| 2.0 + between * normal());
                let groups: Vec<GroupMean> = (truth.iter().zip(people))
                    .map(|(truth, people)| {
                        let error = 2.0 / (people as f64).sqrt();
                        group(truth + error * normal(), error, people)
                    })
                    .collect();
                let found = drawn(&groups);
                for ((truth, given), found) in truth.iter().zip(&groups).zip(&found.groups) {
                    let (low, high) = found.mean.ends().expect("normal");
                    held += f64::from(u8::from(low <= *truth && *truth <= high));
                    plain += (given.value - truth).powi(2);
                    shrunk += (found.mean.value - truth).powi(2);
                }
            }
            let share = held / (runs as f64 * people.len() as f64);
            assert!((0.89..0.985).contains(&share), "between {between}: {share}");
            assert!(shrunk < plain, "between {between}: {shrunk} of {plain}");
        }
    }

    proptest! {
        #[test]
        fn means_stay_between_their_own_and_the_middle(
            groups in proptest::collection::vec((-5.0f64..5.0, 0.01f64..3.0, 1u64..500), 4..12),
        ) {
            let groups: Vec<GroupMean> = groups.into_iter().map(|(v, e, n)| group(v, e, n)).collect();
            let found = drawn(&groups);
            for (given, found_group) in groups.iter().zip(&found.groups) {
                prop_assert!((0.0..=1.0).contains(&found_group.drawn));
                let low = given.value.min(found.middle) - 1e-9;
                let high = given.value.max(found.middle) + 1e-9;
                prop_assert!((low..=high).contains(&found_group.mean.value));
                prop_assert!(found_group.mean.ends().is_some_and(|(low, high)| low <= high));
            }
        }
    }
}
