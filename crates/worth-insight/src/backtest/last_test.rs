//! The last test in more detail: the pictures by which the papers judge a model.
//!
//! Tracking plots and frequencies are those of P. S. Fader, B. G. S. Hardie, K.
//! L. Lee (2005), "Counting Your Customers" the Easy Way, Marketing Science 24(2),
//! doi:10.1287/mksc.1040.0098, the map that of the package lifetimes.

use worth_model::lifetime::{Cell, FittedModel, Histories};
use worth_model::{Estimate, concentration};

use super::answer::{AliveMap, BacktestAnswer, LastTest};
use super::test_day::{TestDay, UNIT};
use crate::columns::{date_of, day_of};
use crate::lifetime::calendar::BusinessCalendar;
use crate::lifetime::forecast::SENSE;
use crate::lifetime::purchases::Purchases;
use crate::lifetime::tracking::ByDay;

/// Most points of the tracking plots.
const MOST_POINTS: usize = 80;
/// Customers with so many purchases or more stand together.
const MOST_PURCHASES: u32 = 7;
/// Most rows and columns of the map.
const MOST_CELLS: u32 = 10;

/// Fits the model to go on with once more to what was known on the last test day, and looks closer;
/// nothing when nothing could be tested.
pub(super) fn last_test(
    answer: &BacktestAnswer,
    purchases: &Purchases,
    calendar: &BusinessCalendar,
) -> Option<LastTest> {
    let (model, day) = (answer.verdict?.model, answer.tests.last()?.day);
    let origin = day_of(day);
    let test = TestDay::new(origin, purchases, answer.horizon_days, calendar);
    let histories = test.known.histories().check().expect(SENSE);
    let fitted = model.fit(&histories, answer.level);
    let fitted = fitted.expect("it was fitted before");
    let by_day = ByDay::of_known(purchases, origin, origin + answer.horizon_days as i32);
    let known = (origin - by_day.first_day).max(0) as usize;
    let observed = test.time.elapsed(by_day.first_day, origin).max(0.0);
    Some(LastTest {
        day,
        first_day: date_of(by_day.first_day),
        tracking: by_day.track(fitted.laws(), UNIT, &test.time, ends(known, by_day.len())),
        frequencies_before: fitted.diagnosis().goodness.cells.clone(),
        frequencies_after: frequencies(&test, &fitted),
        within_intervals: within_intervals(&test, &fitted),
        p_alive: alive_map(&test, &fitted, observed / UNIT.days()),
    })
}

/// Ends of whole weeks, or of as many weeks as make few enough points, one of them on the test day:
/// numbers of days, of which there are `length`.
fn ends(origin: usize, length: usize) -> impl Iterator<Item = usize> {
    let step = 7 * length.div_ceil(7 * MOST_POINTS).max(1);
    let whole_steps = (origin + 1) / step;
    (origin + step - whole_steps * step..length)
        .step_by(step)
        .filter(move |_| whole_steps > 0)
}

/// Customers by purchases in the days ahead, as they did and as the model expected.
fn frequencies(test: &TestDay, fitted: &FittedModel) -> Vec<Cell> {
    let histories = test.known.histories().check().expect(SENSE);
    let expected_of = |count: u32| -> f64 {
        let probabilities = fitted.probability_of(&histories, count, test.ahead);
        let probabilities = probabilities.expect("the horizon is in range");
        probabilities.value.iter().sum()
    };
    let actual_of = |counts: &dyn Fn(f64) -> bool| {
        let customers = test.actual.iter().filter(|&&count| counts(count));
        customers.count() as f64
    };
    let mut cells: Vec<Cell> = (0..MOST_PURCHASES)
        .map(|purchases| Cell {
            label: purchases.to_string(),
            actual: actual_of(&|count| count == f64::from(purchases)),
            expected: expected_of(purchases),
        })
        .collect();
    let fewer: f64 = cells.iter().map(|cell| cell.expected).sum();
    cells.push(Cell {
        label: format!("{MOST_PURCHASES}+"),
        actual: actual_of(&|count| count >= f64::from(MOST_PURCHASES)),
        expected: (test.customers() as f64 - fewer).max(0.0),
    });
    cells
}

/// Share of customers who bought as often as the interval of each said.
fn within_intervals(test: &TestDay, fitted: &FittedModel) -> Estimate {
    let histories = test.known.histories().check().expect(SENSE);
    let predicted = fitted.predicted_purchases(&histories, test.ahead);
    let predicted = predicted.expect("the horizon is in range");
    let ends = predicted.low.iter().zip(&predicted.high);
    let within = ends
        .zip(&test.actual)
        .filter(|((low, high), actual)| (*low..=*high).contains(actual))
        .count();
    let share = concentration::share(within as f64, test.customers() as f64, predicted.level);
    share.expect("there are customers")
}

/// P(alive) of customers who came on the first day, whatever they did since.
fn alive_map(test: &TestDay, fitted: &FittedModel, age_weeks: f64) -> AliveMap {
    let frequency = columns_of_map(&test.known.frequency);
    let recency_weeks: Vec<f64> = (0..=MOST_CELLS)
        .rev()
        .map(|part| f64::from(part) / f64::from(MOST_CELLS) * age_weeks)
        .collect();
    // Who has not come back has no last purchase but the first.
    let may_be = |times: u32, recency: f64| (times == 0) == (recency == 0.0);
    let mut cells = (Vec::new(), Vec::new());
    for &recency in &recency_weeks {
        for &times in frequency.iter().filter(|times| may_be(**times, recency)) {
            cells.0.push(f64::from(times));
            cells.1.push(recency);
        }
    }
    let histories = Histories {
        frequency: &cells.0,
        recency: &cells.1,
        age: &vec![age_weeks; cells.0.len()],
        ..Histories::default()
    };
    let p_alive = fitted.probability_alive(&histories.check().expect(SENSE));
    let mut p_alive = p_alive.value.into_iter();
    let mut row = |&recency: &f64| {
        let cells = frequency.iter().map(|times| may_be(*times, recency));
        let cells = cells.map(|may_be| may_be.then(|| p_alive.next()).flatten());
        cells.collect()
    };
    AliveMap {
        age_weeks,
        p_alive: recency_weeks.iter().map(&mut row).collect(),
        frequency,
        recency_weeks,
    }
}

/// Numbers of repeat purchases from none to that of the last customer but one in a hundred, evenly
/// spaced: hardly anybody bought more often.
fn columns_of_map(frequency: &[f64]) -> Vec<u32> {
    let mut sorted = frequency.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let most = (sorted[(sorted.len() - 1) * 99 / 100] as u32).max(1);
    let step = most.div_ceil(MOST_CELLS);
    (0..=most).step_by(step as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_end_on_the_test_day() {
        // 39 weeks before, and as many after
        let weekly: Vec<usize> = ends(272, 546).collect();
        assert_eq!((weekly.len(), weekly[0], weekly[38]), (78, 6, 272));
        assert_eq!(weekly.last(), Some(&545));
        // three years: every second week
        let fortnightly: Vec<usize> = ends(1000, 1096).collect();
        assert_eq!(fortnightly[1] - fortnightly[0], 14);
        assert!(fortnightly.contains(&1000) && fortnightly.len() <= MOST_POINTS);
        assert_eq!(ends(3, 10).count(), 0);
    }
}
