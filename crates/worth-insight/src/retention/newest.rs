//! Whether the newest cohort comes back less, or more, than those before it.
//!
//! Cohorts differ for reasons that have nothing to do with being new (seasons, campaigns), so that
//! taking customers as independent would see differences everywhere. How much earlier cohorts differ
//! among themselves beyond chance is measured (Pearson's chi-square over its degrees of freedom, at
//! least 1), and every cohort counts for so many fewer customers (quasi-binomial: P. McCullagh,
//! J. A. Nelder 1989, Generalized Linear Models, section 4.5). The interval of the difference is
//! Newcombe's hybrid of two score intervals (R. G. Newcombe 1998, Interval Estimation for the
//! Difference Between Independent Proportions, Statistics in Medicine 17, method 10).

use worth_model::{Estimate, Method, concentration};

use super::answer::{NewestCohort, Verdict};
use super::cohorts::CohortTable;
use super::periods::Calendar;

/// How sure a comparison must be before it is called a difference. Asked every month, nine in ten
/// would cry wolf once a year.
pub(crate) const TEST_LEVEL: f64 = 0.95;
/// Earlier cohorts that are compared with: a year of months.
const MOST_EARLIER: usize = 12;
/// Fewer do not show how much cohorts differ anyway.
const LEAST_EARLIER: usize = 3;
/// Fewer customers in the newest cohort say nothing.
const LEAST_CUSTOMERS: u64 = 20;

/// Compares the newest cohort that was observed through its next period with those before it.
/// Nothing while there is no such cohort.
pub(crate) fn compare(table: &CohortTable, calendar: &Calendar) -> Option<NewestCohort> {
    let newest = (0..calendar.over().saturating_sub(1))
        .rev()
        .find(|&cohort| table.bought(cohort, 1).0 > 0)?;
    let (customers, bought) = table.bought(newest, 1);
    let earlier: Vec<(u64, u64)> = (0..newest)
        .rev()
        .map(|cohort| table.bought(cohort, 1))
        .filter(|&(customers, _)| customers > 0)
        .take(MOST_EARLIER)
        .collect();
    let earlier_customers: u64 = earlier.iter().map(|cohort| cohort.0).sum();
    let earlier_bought: u64 = earlier.iter().map(|cohort| cohort.1).sum();
    let dispersion = dispersion(&earlier);
    let enough = earlier.len() >= LEAST_EARLIER && customers >= LEAST_CUSTOMERS;
    let difference = enough.then(|| {
        difference(
            (bought, customers),
            (earlier_bought, earlier_customers),
            dispersion,
        )
    });
    let verdict = match difference.as_ref().and_then(Estimate::ends) {
        None => Verdict::TooFew,
        Some((_, high)) if high < 0.0 => Verdict::Lower,
        Some((low, _)) if low > 0.0 => Verdict::Higher,
        Some(_) => Verdict::NotShown,
    };
    let share = |bought: u64, of: u64, shrink: f64| {
        concentration::share(bought as f64 / shrink, of as f64 / shrink, TEST_LEVEL).ok()
    };
    Some(NewestCohort {
        start: calendar.start(newest),
        customers,
        share: share(bought, customers, 1.0)?,
        earlier_cohorts: earlier.len() as u64,
        earlier_customers,
        earlier_share: share(earlier_bought, earlier_customers, dispersion),
        dispersion,
        difference,
        verdict,
    })
}

/// How much more cohorts differ than customers drawn at random would make them; at least 1.
fn dispersion(cohorts: &[(u64, u64)]) -> f64 {
    let customers: u64 = cohorts.iter().map(|cohort| cohort.0).sum();
    let bought: u64 = cohorts.iter().map(|cohort| cohort.1).sum();
    if cohorts.len() < 2 || bought == 0 || bought == customers {
        return 1.0;
    }
    let share = bought as f64 / customers as f64;
    let chi_square: f64 = cohorts
        .iter()
        .map(|&(customers, bought)| {
            let expected = customers as f64 * share;
            (bought as f64 - expected).powi(2) / (expected * (1.0 - share))
        })
        .sum();
    (chi_square / (cohorts.len() - 1) as f64).max(1.0)
}

/// One share less another, each of (hits, of).
fn difference(one: (u64, u64), other: (u64, u64), dispersion: f64) -> Estimate {
    let share = |(hits, of): (u64, u64)| {
        let (hits, of) = (hits as f64 / dispersion, of as f64 / dispersion);
        let share = concentration::share(hits, of, TEST_LEVEL).expect("some of at least one");
        let (low, high) = share.ends().expect("Wilson's interval is always there");
        (share.value, low, high)
    };
    let (one, other) = (share(one), share(other));
    let value = one.0 - other.0;
    let below = ((one.0 - one.1).powi(2) + (other.2 - other.0).powi(2)).sqrt();
    let above = ((one.2 - one.0).powi(2) + (other.0 - other.1).powi(2)).sqrt();
    Estimate::between(
        value,
        value - below,
        value + above,
        TEST_LEVEL,
        Method::Wilson,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_difference_is_as_published() {
        // Newcombe (1998), table II, example (a): 56/70 - 48/80, method 10: 0.0524 to 0.3339
        let found = difference((56, 70), (48, 80), 1.0);
        let (low, high) = found.ends().expect("an interval");
        assert!((found.value - 0.2).abs() < 1e-12);
        assert!((low - 0.0524).abs() < 5e-5 && (high - 0.3339).abs() < 5e-5);
    }

    #[test]
    fn cohorts_that_differ_anyway_count_less() {
        // shares 0.2 and 0.4 about 0.3: each (10 squared) / (30 · 0.7) = 100 / 21, over 1 degree
        let found = dispersion(&[(100, 20), (100, 40)]);
        assert!((found - 200.0 / 21.0).abs() < 1e-12);
        assert_eq!(dispersion(&[(100, 30), (100, 30)]), 1.0);
        assert_eq!(dispersion(&[(100, 0), (100, 0)]), 1.0);
    }
}
