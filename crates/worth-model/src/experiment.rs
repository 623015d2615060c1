//! Two arms of an experiment: means and shares of each, their difference, and how many people it
//! takes to tell it from chance.
//!
//! People may have come into their arm with different probabilities. Each then counts with a weight
//! (one over the probability), and an arm of n people says as much as n_e = (Σw)² / Σw² people of
//! equal weight (Kish 1965). With equal weights every formula is the plain one.
//!
//! * share: Wilson's score interval (1927);
//! * difference of shares: Newcombe (1998), method 10, "square and add" of the two Wilson intervals;
//! * ratio of shares: the interval of its logarithm (Katz, Baptista, Azen, Pike 1978, doi:10.2307/2530610);
//! * whether two shares are the same: Pearson's chi-square (1900) with the share of both arms together;
//! * whether shares rise or fall from group to group: the trend of Cochran (1954, doi:10.2307/3001616) and
//!   Armitage (1955, doi:10.2307/3001775), which for two groups is Pearson's chi-square;
//! * mean and difference of means: Student's t, degrees of freedom by Welch (1947);
//! * how many people: the usual normal approximation, n = (z₁₋α/₂ + z_power)² (v₁/f₁ + v₂/f₂) / d².
//!
//! ```
//! use worth_model::experiment::{Arm, difference_of_shares};
//!
//! // 56 of 70 and 48 of 80 people bought again
//! let called = Arm::of_equals((0..70).map(|n| f64::from(u8::from(n < 56))));
//! let held_out = Arm::of_equals((0..80).map(|n| f64::from(u8::from(n < 48))));
//! let difference = difference_of_shares(&called, &held_out, 0.95).expect("nobody is missing");
//! let (low, high) = difference.ends().expect("an interval");
//! assert!((difference.value - 0.2).abs() < 1e-12);
//! assert!((low - 0.0524).abs() < 5e-5 && (high - 0.3339).abs() < 5e-5);
//! ```

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::chi_square::two_sided;
use crate::error::Error;
use crate::estimate::{Estimate, Method, NoInterval, check_level, reach, reaches};
use crate::shares::wilson;

/// What is measured in one arm: one number per person, summed up.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Arm {
    /// People.
    pub people: u64,
    /// People of equal weight who would say as much; `people` when all weights are equal.
    pub effective: f64,
    /// Weighted mean.
    pub mean: f64,
    /// Variance between people, unbiased when weights are equal; 0 for fewer than two.
    pub variance: f64,
    /// Square of the standard error of the mean; 0 for fewer than two.
    squared_error: f64,
}

impl Arm {
    /// Of people with their weights, in an order that does not depend on chance.
    pub fn of(values: impl Iterator<Item = (f64, f64)> + Clone) -> Self {
        let (mut people, mut weights, mut squares, mut sum) = (0_u64, 0.0, 0.0, 0.0);
        for (value, weight) in values.clone() {
            people += 1;
            weights += weight;
            squares += weight * weight;
            sum += weight * value;
        }
        if people == 0 || weights <= 0.0 {
            return Self::default();
        }
        let mean = sum / weights;
        let (mut spread, mut squared_spread) = (0.0, 0.0);
        for (value, weight) in values {
            let off = value - mean;
            spread += weight * off * off;
            squared_spread += (weight * off) * (weight * off);
        }
        let n = people as f64;
        let more = if people > 1 { n / (n - 1.0) } else { 0.0 };
        Self {
            people,
            effective: weights * weights / squares,
            mean,
            variance: spread / weights * more,
            squared_error: squared_spread / (weights * weights) * more,
        }
    }

    /// Of people who all count the same.
    pub fn of_equals(values: impl Iterator<Item = f64> + Clone) -> Self {
        Self::of(values.map(|value| (value, 1.0)))
    }

    /// Of people who all count the same, so many of whom say yes (1), the others no (0).
    #[must_use]
    pub fn of_yes(yes: u64, people: u64) -> Self {
        let mean = yes as f64 / people as f64;
        Self::of_spread(people, mean, mean * (1.0 - mean))
    }

    /// Of people who all count the same, from the sum of their values and that of the squares of them.
    pub(crate) fn of_sums(people: u64, sum: f64, squares: f64) -> Self {
        let n = people as f64;
        let mean = sum / n;
        Self::of_spread(people, mean, (squares / n - mean * mean).max(0.0))
    }

    /// `spread`: mean of squares around the mean.
    fn of_spread(people: u64, mean: f64, spread: f64) -> Self {
        if people == 0 {
            return Self::default();
        }
        let n = people as f64;
        let more = if people > 1 { n / (n - 1.0) } else { 0.0 };
        let variance = spread * more;
        Self {
            people,
            effective: n,
            mean,
            variance,
            squared_error: variance / n,
        }
    }

    /// The mean of a yes (1) or no (0) with Wilson's interval.
    ///
    /// # Errors
    ///
    /// [`Error`] when `level` is no level.
    pub fn share(&self, level: f64) -> Result<Estimate, Error> {
        check_level(level)?;
        if self.people == 0 {
            return Ok(Estimate::without(0.0, NoInterval::TooFew));
        }
        Ok(self.wilson(level))
    }

    /// The mean with Student's interval; without one for fewer than two people.
    ///
    /// # Errors
    ///
    /// [`Error`] when `level` is no level.
    pub fn average(&self, level: f64) -> Result<Estimate, Error> {
        check_level(level)?;
        Ok(student(
            self.mean,
            self.squared_error,
            self.people as f64 - 1.0,
            level,
        ))
    }

    /// Standard error of the mean; 0 for fewer than two people.
    #[must_use]
    pub fn standard_error(&self) -> f64 {
        self.squared_error.sqrt()
    }

    fn wilson(&self, level: f64) -> Estimate {
        wilson(self.mean.clamp(0.0, 1.0), self.effective, level)
    }
}

/// Share of the first arm less that of the second, with Newcombe's interval.
///
/// # Errors
///
/// [`Error`] when `level` is no level.
pub fn difference_of_shares(one: &Arm, other: &Arm, level: f64) -> Result<Estimate, Error> {
    check_level(level)?;
    if one.people == 0 || other.people == 0 {
        return Ok(Estimate::without(one.mean - other.mean, NoInterval::TooFew));
    }
    Ok(one.wilson(level).less(&other.wilson(level)))
}

/// How probable shares that differ at least so much are when both arms have the same; 1 when an arm
/// is empty, or all or nobody of both say yes.
#[must_use]
pub fn p_of_equal_shares(one: &Arm, other: &Arm) -> f64 {
    let together = one.effective + other.effective;
    let share = (one.mean * one.effective + other.mean * other.effective) / together;
    let variance = share * (1.0 - share) * (one.effective.recip() + other.effective.recip());
    let z = (one.mean - other.mean) / variance.sqrt();
    if z.is_finite() { two_sided(z) } else { 1.0 }
}

/// How probable shares that rise or fall at least so steadily from group to group are when all have the
/// same; 1 with fewer than two groups, or when all or nobody say yes.
#[must_use]
pub fn p_of_no_trend(groups: &[Arm]) -> f64 {
    let numbered = || (0_u32..).map(f64::from).zip(groups);
    let people: f64 = groups.iter().map(|arm| arm.effective).sum();
    let middle = numbered().map(|(n, arm)| n * arm.effective).sum::<f64>() / people;
    let share = groups
        .iter()
        .map(|arm| arm.mean * arm.effective)
        .sum::<f64>()
        / people;
    let (mut together, mut spread) = (0.0, 0.0);
    for (number, arm) in numbered() {
        let off = arm.effective * (number - middle);
        together += off * (arm.mean - share);
        spread += off * (number - middle);
    }
    let z = together / (share * (1.0 - share) * spread).sqrt();
    if z.is_finite() { two_sided(z) } else { 1.0 }
}

/// Share of the first arm as a multiple of that of the second; nothing when nobody in one of them says
/// yes.
///
/// # Errors
///
/// [`Error`] when `level` is no level.
pub fn ratio_of_shares(one: &Arm, other: &Arm, level: f64) -> Result<Option<Estimate>, Error> {
    check_level(level)?;
    let ratio = one.mean / other.mean;
    if !ratio.is_finite() || ratio <= 0.0 {
        return Ok(None);
    }
    let squared_error = |arm: &Arm| (1.0 - arm.mean) / (arm.mean * arm.effective);
    let error = (squared_error(one) + squared_error(other)).sqrt();
    let wide = (reach(level) * error).exp();
    let (low, high) = (ratio / wide, ratio * wide);
    Ok(Some(Estimate::between(
        ratio,
        low,
        high,
        level,
        Method::Delta,
    )))
}

/// The smallest difference of shares that an interval of this level tells from none with probability
/// `power`, when `one` and `other` people are compared and about `share` of them say yes; nothing when that
/// is everyone or nobody, or nobody is there.
///
/// # Errors
///
/// [`Error`] when `level` or `power` is no level.
pub fn smallest_difference_of_shares(
    share: f64,
    (one, other): (f64, f64),
    level: f64,
    power: f64,
) -> Result<Option<f64>, Error> {
    check_level(level)?;
    check_level(power)?;
    let variance = share * (1.0 - share) * (one.recip() + other.recip());
    let smallest = reaches(level, power) * variance.sqrt();
    Ok((smallest.is_finite() && smallest > 0.0).then_some(smallest))
}

/// Mean of the first arm less that of the second, with Welch's interval; without one when an arm has
/// fewer than two people, or nobody in either differs.
///
/// # Errors
///
/// [`Error`] when `level` is no level.
pub fn difference_of_means(one: &Arm, other: &Arm, level: f64) -> Result<Estimate, Error> {
    check_level(level)?;
    let (a, b) = (one.squared_error, other.squared_error);
    let value = one.mean - other.mean;
    if one.people < 2 || other.people < 2 {
        return Ok(Estimate::without(value, NoInterval::TooFew));
    }
    Ok(student(value, a + b, welch(one, other), level))
}

/// How probable means that differ at least so much are when both arms have the same (Welch 1947); 1
/// when an arm has fewer than two people, or nobody in either differs.
#[must_use]
pub fn p_of_equal_means(one: &Arm, other: &Arm) -> f64 {
    if one.people < 2 || other.people < 2 {
        return 1.0;
    }
    let statistic = (one.mean - other.mean) / (one.squared_error + other.squared_error).sqrt();
    match StudentsT::new(0.0, 1.0, welch(one, other)) {
        Ok(student) if statistic.is_finite() => (2.0 * student.sf(statistic.abs())).min(1.0),
        _ => 1.0,
    }
}

/// Degrees of freedom of a difference of means, of two people or more in each arm.
fn welch(one: &Arm, other: &Arm) -> f64 {
    let (a, b) = (one.squared_error, other.squared_error);
    let each = a * a / (one.people as f64 - 1.0) + b * b / (other.people as f64 - 1.0);
    (a + b) * (a + b) / each
}

/// The difference of means in units of the spread between people: what balance of two arms is
/// judged by (Austin 2009). `None` when nobody differs.
#[must_use]
pub fn standardised_difference(one: &Arm, other: &Arm) -> Option<f64> {
    let spread = ((one.variance + other.variance) / 2.0).sqrt();
    (spread > 0.0).then(|| (one.mean - other.mean) / spread)
}

/// How many people, split between the arms as these are, it takes for a difference like this one to
/// be told from none with probability `power`, by an interval of this level. `None` when there is
/// no difference, or nobody differs.
///
/// # Errors
///
/// [`Error`] when `level` or `power` is no level.
pub fn people_needed(one: &Arm, other: &Arm, level: f64, power: f64) -> Result<Option<u64>, Error> {
    check_level(level)?;
    check_level(power)?;
    let people = (one.people + other.people) as f64;
    let difference = one.mean - other.mean;
    let variances =
        one.variance * people / one.people as f64 + other.variance * people / other.people as f64;
    if difference == 0.0 || !variances.is_finite() || variances <= 0.0 {
        return Ok(None);
    }
    let reaches = reaches(level, power);
    let needed = reaches * reaches * variances / (difference * difference);
    Ok(Some(needed.ceil() as u64))
}

/// A number with Student's interval; without one where nothing is known of its error.
pub(crate) fn student(value: f64, squared_error: f64, freedom: f64, level: f64) -> Estimate {
    let usable = freedom.is_finite() && freedom > 0.0 && squared_error > 0.0;
    let Some(student) = usable
        .then(|| StudentsT::new(0.0, 1.0, freedom).ok())
        .flatten()
    else {
        return Estimate::without(value, NoInterval::TooFew);
    };
    let reach = student.inverse_cdf(0.5 + level / 2.0) * squared_error.sqrt();
    Estimate::between(value, value - reach, value + reach, level, Method::Welch)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arm(yes: u32, of: u32) -> Arm {
        Arm::of_equals((0..of).map(move |person| f64::from(u8::from(person < yes))))
    }

    fn near(found: (f64, f64), expected: (f64, f64), tolerance: f64) {
        let close = |a: f64, b: f64| (a - b).abs() < tolerance;
        assert!(
            close(found.0, expected.0) && close(found.1, expected.1),
            "{found:?}, published {expected:?}"
        );
    }

    /// Carriers of Streptococcus pyogenes among children whose tonsils are normal, enlarged and much enlarged
    /// (Holmes, Williams 1954): the trend has a chi-square of 7.19 (Armitage, Berry, Matthews 2002, Statistical
    /// Methods in Medical Research, chapter 15, doi:10.1002/9780470773666).
    #[test]
    fn results_match_armitage() {
        let groups = [(19, 516), (29, 589), (24, 293)].map(|(yes, of)| Arm::of_yes(yes, of));
        let expected = two_sided(7.19_f64.sqrt());
        assert!((p_of_no_trend(&groups) - expected).abs() < 1e-4);
    }

    #[test]
    fn a_trend_over_two_groups_is_a_difference_of_two_shares() {
        let (one, other) = (arm(56, 70), arm(48, 80));
        let difference = p_of_equal_shares(&one, &other);
        assert!((p_of_no_trend(&[one, other]) - difference).abs() < 1e-12);
        assert_eq!(p_of_no_trend(&[]), 1.0);
        assert_eq!(p_of_no_trend(&[one]), 1.0);
        assert_eq!(p_of_no_trend(&[arm(0, 5), arm(0, 9)]), 1.0);
    }

    /// By hand: 30 of 100 against 20 of 100 is 1.5 times as many; the logarithm is off by
    /// √(0.7/30 + 0.8/20) = 0.2517, times 1.96 is 0.4933, and e^0.4933 = 1.6377.
    #[test]
    fn ratios_are_those_worked_out_by_hand() {
        let ratio = ratio_of_shares(&arm(30, 100), &arm(20, 100), 0.95).expect("a level");
        let ratio = ratio.expect("some in both");
        assert!((ratio.value - 1.5).abs() < 1e-12);
        near(
            ratio.ends().expect("ends"),
            (1.5 / 1.6377, 1.5 * 1.6377),
            1e-3,
        );
        for (one, other) in [(arm(0, 9), arm(3, 9)), (arm(3, 9), arm(0, 9))] {
            assert_eq!(ratio_of_shares(&one, &other, 0.95), Ok(None));
        }
    }

    /// By hand: (1.6449 + 0.8416) √(0.2 · 0.8 · (1/100 + 1/300)) = 2.4865 · 0.04619.
    #[test]
    fn the_smallest_difference_is_that_worked_out_by_hand() {
        let smallest = smallest_difference_of_shares(0.2, (100.0, 300.0), 0.9, 0.8);
        let smallest = smallest.expect("levels").expect("people in both");
        assert!((smallest - 0.11485).abs() < 1e-4, "{smallest}");
        let nobody = smallest_difference_of_shares(0.2, (0.0, 300.0), 0.9, 0.8);
        assert_eq!(nobody, Ok(None));
    }

    /// Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10.
    #[test]
    fn results_match_newcombe() {
        for (yes_one, of_one, yes_other, of_other, expected) in [
            (56, 70, 48, 80, (0.0524, 0.3339)),
            (9, 10, 3, 10, (0.1705, 0.8090)),
            (5, 56, 0, 29, (-0.0381, 0.1926)),
            (10, 10, 0, 10, (0.6075, 1.0)),
        ] {
            let (one, other) = (arm(yes_one, of_one), arm(yes_other, of_other));
            let found = difference_of_shares(&one, &other, 0.95).expect("a level");
            near(found.ends().expect("an interval"), expected, 5e-5);
        }
    }

    /// statsmodels 0.15.0: `proportions_ztest([56, 48], [70, 80])`.
    #[test]
    fn results_match_statsmodels() {
        let p = p_of_equal_shares(&arm(56, 70), &arm(48, 80));
        assert!((p - 0.008_045_081_368).abs() < 1e-10, "{p}");
        for (one, other) in [(arm(0, 0), arm(3, 5)), (arm(5, 5), arm(7, 7))] {
            assert_eq!(p_of_equal_shares(&one, &other), 1.0);
        }
    }

    /// R 4: `t.test(extra ~ group, data = sleep)`, the data of Student (1908).
    #[test]
    fn results_match_r() {
        let one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        let other = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        let (one, other) = (
            Arm::of_equals(one.into_iter()),
            Arm::of_equals(other.into_iter()),
        );
        let found = difference_of_means(&one, &other, 0.95).expect("a level");
        near(
            found.ends().expect("an interval"),
            (-3.365_483_2, 0.205_483_2),
            1e-6,
        );
        let p = p_of_equal_means(&one, &other);
        assert!((p - 0.079_394_14).abs() < 1e-8, "{p}");
        let nobody = Arm::default();
        assert_eq!(p_of_equal_means(&one, &nobody), 1.0);
    }

    #[test]
    fn counting_yes_says_what_a_number_per_person_does() {
        for (yes, people) in [(56_u32, 70_u32), (0, 5), (1, 1), (0, 0)] {
            let (counted, each) = (Arm::of_yes(yes.into(), people.into()), arm(yes, people));
            assert_eq!(
                (counted.people, counted.effective),
                (each.people, each.effective)
            );
            for (one, other) in [
                (counted.mean, each.mean),
                (counted.variance, each.variance),
                (counted.squared_error, each.squared_error),
            ] {
                assert!((one - other).abs() < 1e-12, "{counted:?} {each:?}");
            }
        }
    }

    #[test]
    fn weights_stand_for_people_who_were_not_asked() {
        // one who stands for three, and two who stand for one each: (3·1 + 0 + 1) / 5
        let weighted = Arm::of([(1.0, 3.0), (0.0, 1.0), (1.0, 1.0)].into_iter());
        assert!((weighted.mean - 0.8).abs() < 1e-12);
        // 5² / (9 + 1 + 1)
        assert!((weighted.effective - 25.0 / 11.0).abs() < 1e-12);
        // the same weight for all changes nothing
        let (plain, scaled) = (
            Arm::of_equals([1.0, 4.0, 7.0].into_iter()),
            Arm::of([(1.0, 2.5), (4.0, 2.5), (7.0, 2.5)].into_iter()),
        );
        assert!((plain.squared_error - scaled.squared_error).abs() < 1e-12);
        assert!((plain.variance - 9.0).abs() < 1e-12 && (scaled.variance - 9.0).abs() < 1e-12);
    }

    /// 20 % against 10 %, half and half, 5 % two-sided, power 80 % (Fleiss, without continuity
    /// correction): (1.96 + 0.8416)² · (0.16 + 0.09) / 0.1² = 196.2 an arm, 392.4 in all.
    #[test]
    fn people_needed_are_those_of_the_textbook() {
        let (one, other) = (arm(200_000, 1_000_000), arm(100_000, 1_000_000));
        let needed = people_needed(&one, &other, 0.95, 0.8).expect("levels");
        assert_eq!(needed, Some(393));
        let same = people_needed(&one, &one, 0.95, 0.8).expect("levels");
        assert_eq!(same, None);
    }

    #[test]
    fn nobody_and_sameness_have_no_interval() {
        let (nobody, all) = (arm(0, 0), arm(5, 5));
        let shares = difference_of_shares(&nobody, &all, 0.9).expect("a level");
        assert_eq!(shares.ends(), None);
        let means = difference_of_means(&all, &all, 0.9).expect("a level");
        assert_eq!(means.ends(), None);
        assert_eq!(standardised_difference(&all, &all), None);
        assert!(difference_of_means(&all, &all, 1.5).is_err());
    }
}
