//! How far forecasts were from what happened, with intervals, and whether one is surely closer.
//!
//! Each row is one customer (or shop, or month): what was forecast, and what happened. Rows are
//! taken for independent, so every measure is a mean or a ratio of sums over them and has a normal
//! interval (ratios by their linear terms, Cochran 1977, Sampling Techniques, section 6.3).
//!
//! A forecast of a mean is judged by the squared error, which is smallest for the mean; the absolute
//! error is smallest for the median, which for most customers is no purchase at all, so the model
//! that forecasts too little looks good there (Gneiting 2011, Making and Evaluating Point Forecasts,
//! JASA 106, doi:10.1198/jasa.2011.r10138).

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::estimate::{Estimate, Method, NoInterval, Spread, check_level, reach};

/// Fewer rows than this, and a measure has no interval.
const LEAST_ROWS: usize = 10;

/// How far forecasts were from what happened.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Accuracy {
    /// Rows compared.
    pub rows: u64,
    /// Sum of what was forecast.
    pub forecast: f64,
    /// Sum of what happened.
    pub actual: f64,
    /// Forecast less actual, as a share of the actual sum: 0.1 = forecast a tenth too high. Absent
    /// when nothing happened.
    pub bias: Option<Estimate>,
    /// Mean absolute error per row.
    pub mean_absolute_error: Estimate,
    /// Root of the mean squared error per row.
    pub root_mean_squared_error: Estimate,
    /// Sum of absolute errors over the sum of what happened (weighted MAPE). Absent when nothing
    /// happened.
    pub weighted_percentage_error: Option<Estimate>,
    /// Share of what happened that the tenth of rows with the highest forecast has: a tenth when
    /// the forecast knows nothing of who. Absent when nothing happened.
    pub top_tenth_share: Option<Estimate>,
}

/// Measures forecasts against what happened, row by row.
///
/// ```
/// use worth_model::accuracy::accuracy;
/// let found = accuracy(&[1.0, 0.5, 0.0], &[2.0, 0.0, 0.0], 0.9)?;
/// assert_eq!((found.forecast, found.actual), (1.5, 2.0));
/// assert!((found.mean_absolute_error.value - 0.5).abs() < 1e-12);
/// # Ok::<(), worth_model::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::Empty`] without rows, [`Error::Length`] when the columns differ, [`Error::Setting`] for
/// a level that makes no sense.
pub fn accuracy(forecast: &[f64], actual: &[f64], level: f64) -> Result<Accuracy, Error> {
    check(forecast, actual, level)?;
    let errors: Vec<f64> = differences(forecast, actual);
    let absolute: Vec<f64> = errors.iter().map(|error| error.abs()).collect();
    let squared: Vec<f64> = errors.iter().map(|error| error * error).collect();
    let of_actual = |part: &[f64]| ratio(part, actual, level);
    Ok(Accuracy {
        rows: actual.len() as u64,
        forecast: forecast.iter().sum(),
        actual: actual.iter().sum(),
        bias: of_actual(&errors),
        mean_absolute_error: mean(&absolute, level),
        root_mean_squared_error: root(mean(&squared, level), level),
        weighted_percentage_error: of_actual(&absolute),
        top_tenth_share: of_actual(&top_tenth(forecast, actual)).map(within_whole),
    })
}

/// A tenth of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tenth {
    /// Mean of what was forecast of them.
    pub forecast: f64,
    /// Mean of what happened.
    pub actual: Estimate,
    /// That mean over the mean of all rows (the lift): 1 when the forecast knows nothing of who.
    /// Absent when nothing happened.
    pub lift: Option<f64>,
}

/// The rows in ten equal groups, those with the highest forecast first; rows of the same forecast
/// are spread evenly over the places they share.
///
/// # Errors
///
/// As [`accuracy`].
pub fn tenths(forecast: &[f64], actual: &[f64], level: f64) -> Result<[Tenth; 10], Error> {
    check(forecast, actual, level)?;
    let places = places(forecast);
    let rows = actual.len() as f64;
    let mean_of_all = actual.iter().sum::<f64>() / rows;
    let tenth = |number: usize| {
        let range = rows * number as f64 / 10.0..rows * (number + 1) as f64 / 10.0;
        let parts = || places.iter().map(|place| part_in(place, &range));
        let mean = |values: &[f64]| {
            let sum: f64 = parts().zip(values).map(|(part, value)| part * value).sum();
            sum / (rows / 10.0)
        };
        let of_actual = mean(actual);
        let squares: f64 = parts()
            .zip(actual)
            .map(|(part, value)| part * (value - of_actual).powi(2))
            .sum();
        let count = rows / 10.0;
        Tenth {
            forecast: mean(forecast),
            actual: around_mean(of_actual, squares, count, level),
            lift: (mean_of_all > 0.0).then(|| of_actual / mean_of_all),
        }
    };
    Ok(std::array::from_fn(tenth))
}

/// By how much the mean squared error of one forecast is above that of another, of the same rows:
/// below 0 when the first is closer to what happened. Surely so when the whole interval is.
///
/// # Errors
///
/// As [`accuracy`].
pub fn squared_error_difference(
    one: &[f64],
    other: &[f64],
    actual: &[f64],
    level: f64,
) -> Result<Estimate, Error> {
    check(one, actual, level)?;
    check(other, actual, level)?;
    let differences: Vec<f64> = (0..actual.len())
        .map(|row| (one[row] - actual[row]).powi(2) - (other[row] - actual[row]).powi(2))
        .collect();
    Ok(mean(&differences, level))
}

/// Mean of a column with a normal interval.
///
/// # Errors
///
/// [`Error::Empty`] without rows, [`Error::Setting`] for a level that makes no sense.
pub fn mean_of(values: &[f64], level: f64) -> Result<Estimate, Error> {
    check(values, values, level)?;
    Ok(mean(values, level))
}

/// Sum of one column over the sum of another, with a normal interval by the linear terms; `None` when
/// the other comes to nothing.
///
/// # Errors
///
/// As [`accuracy`].
pub fn ratio_of(part: &[f64], whole: &[f64], level: f64) -> Result<Option<Estimate>, Error> {
    check(part, whole, level)?;
    Ok(ratio(part, whole, level))
}

fn check(one: &[f64], other: &[f64], level: f64) -> Result<(), Error> {
    check_level(level)?;
    if one.is_empty() {
        return Err(Error::Empty { what: "rows" });
    }
    if one.len() != other.len() {
        return Err(Error::Length {
            field: "forecast",
            found: one.len(),
            expected: other.len(),
        });
    }
    Ok(())
}

fn differences(forecast: &[f64], actual: &[f64]) -> Vec<f64> {
    forecast
        .iter()
        .zip(actual)
        .map(|(forecast, actual)| forecast - actual)
        .collect()
}

fn mean(values: &[f64], level: f64) -> Estimate {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares = values.iter().map(|value| (value - mean).powi(2)).sum();
    around_mean(mean, squares, count, level)
}

/// A mean of so many rows with these squared distances from it.
fn around_mean(mean: f64, squares: f64, count: f64, level: f64) -> Estimate {
    if count < LEAST_ROWS as f64 {
        return Estimate::without(mean, NoInterval::TooFew);
    }
    let error = (squares / (count - 1.0) / count).sqrt();
    Estimate::normal(mean, error, level)
}

/// The root of an estimate of a square; its ends are the roots of the ends.
fn root(square: Estimate, level: f64) -> Estimate {
    let value = square.value.sqrt();
    match square.ends() {
        Some((low, high)) => {
            let (low, high) = (low.max(0.0).sqrt(), high.sqrt());
            Estimate::between(value, low, high, level, Method::Delta)
        }
        None => Estimate::without(value, NoInterval::TooFew),
    }
}

/// Sum of `part` over sum of `whole`, with an interval by the linear terms.
fn ratio(part: &[f64], whole: &[f64], level: f64) -> Option<Estimate> {
    let sum: f64 = whole.iter().sum();
    if sum <= 0.0 {
        return None;
    }
    let ratio = part.iter().sum::<f64>() / sum;
    if whole.len() < LEAST_ROWS {
        return Some(Estimate::without(ratio, NoInterval::TooFew));
    }
    let count = whole.len() as f64;
    let squares: f64 = part
        .iter()
        .zip(whole)
        .map(|(part, whole)| (part - ratio * whole).powi(2))
        .sum();
    let error = (squares * count / (count - 1.0)).sqrt() / sum;
    let reach = reach(level) * error;
    let (low, high) = (ratio - reach, ratio + reach);
    Some(Estimate::between(ratio, low, high, level, Method::Delta))
}

/// A share whose interval goes no further than none and all.
fn within_whole(share: Estimate) -> Estimate {
    match share.spread {
        Spread::Interval {
            low,
            high,
            level,
            method,
        } => Estimate::between(share.value, low.max(0.0), high.min(1.0), level, method),
        Spread::None { .. } => share,
    }
}

/// What happened in the tenth of rows with the highest forecast.
fn top_tenth(forecast: &[f64], actual: &[f64]) -> Vec<f64> {
    let top = 0.0..forecast.len() as f64 / 10.0;
    places(forecast)
        .iter()
        .zip(actual)
        .map(|(place, actual)| actual * part_in(place, &top))
        .collect()
}

/// The places of each row when the highest forecast comes first: rows of the same forecast share
/// theirs, so that the order of rows does not matter.
fn places(forecast: &[f64]) -> Vec<Range<f64>> {
    let mut order: Vec<usize> = (0..forecast.len()).collect();
    order.sort_unstable_by(|&one, &other| forecast[other].total_cmp(&forecast[one]));
    let mut places = vec![0.0..0.0; forecast.len()];
    let mut start = 0;
    for equal in order.chunk_by(|&one, &other| forecast[one] == forecast[other]) {
        let end = start + equal.len();
        for &row in equal {
            places[row] = start as f64..end as f64;
        }
        start = end;
    }
    places
}

/// Which part of a row lies in a range of places.
fn part_in(place: &Range<f64>, range: &Range<f64>) -> f64 {
    let shared = place.end.min(range.end) - place.start.max(range.start);
    shared.max(0.0) / (place.end - place.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_of_ten_rows_by_hand() {
        let forecast = [3.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        let actual = [2.0, 2.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        let found = accuracy(&forecast, &actual, 0.9).expect("ten rows");
        let value = |estimate: Option<Estimate>| estimate.expect("something happened").value;
        assert_eq!((found.rows, found.forecast, found.actual), (10, 6.0, 5.0));
        assert!((value(found.bias) - 0.2).abs() < 1e-12);
        assert!((found.mean_absolute_error.value - 0.3).abs() < 1e-12);
        assert!((found.root_mean_squared_error.value - 0.3f64.sqrt()).abs() < 1e-12);
        assert!((value(found.weighted_percentage_error) - 0.6).abs() < 1e-12);
        // the one row with the highest forecast has 2 of the 5
        assert!((value(found.top_tenth_share) - 0.4).abs() < 1e-12);
    }

    #[test]
    fn a_forecast_that_knows_nothing_has_a_tenth_in_its_top_tenth() {
        let actual: Vec<f64> = (0..95).map(|row| f64::from(row % 4)).collect();
        let found = accuracy(&[1.5; 95], &actual, 0.9).expect("rows");
        let share = found.top_tenth_share.expect("something happened");
        assert!((share.value - 0.1).abs() < 1e-12);
    }

    #[test]
    fn tenths_of_twenty_rows_by_hand() {
        // two rows a tenth; the forecast of the last 12 rows is the same, so they share six tenths
        let forecast: Vec<f64> = (0..20).map(|row| f64::from((8 - row).max(0))).collect();
        let actual: Vec<f64> = (0..20)
            .map(|row| f64::from([4, 2, 1, 1][row.min(3)]))
            .collect();
        let found = tenths(&forecast, &actual, 0.9).expect("twenty rows");
        let means = found.map(|tenth| (tenth.forecast, tenth.actual.value));
        assert_eq!(means[..2], [(7.5, 3.0), (5.5, 1.0)]);
        assert!(means[4..].iter().all(|mean| *mean == (0.0, 1.0)));
        // 24 in all: 1.2 a row
        assert!((found[0].lift.expect("something happened") - 2.5).abs() < 1e-12);
        let mut turned = (forecast.clone(), actual.clone());
        turned.0.reverse();
        turned.1.reverse();
        let again = tenths(&turned.0, &turned.1, 0.9).expect("twenty rows");
        assert_eq!(
            again.map(|tenth| tenth.actual.value),
            found.map(|tenth| tenth.actual.value)
        );
        let nothing = tenths(&forecast, &[0.0; 20], 0.9).expect("twenty rows");
        assert_eq!(nothing[0].lift, None);
    }

    #[test]
    fn the_interval_of_a_ratio_holds_as_often_as_it_says() {
        use rand::{RngExt, SeedableRng};
        let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(7);
        let mut held = 0;
        for _ in 0..400 {
            // What happens is 0 to 3, the forecast 20 % above it on average.
            let actual: Vec<f64> = (0..200)
                .map(|_| f64::from(random.random_range(0..4u8)))
                .collect();
            let forecast: Vec<f64> = actual
                .iter()
                .map(|actual| 1.2 * actual + random.random_range(-1.0..1.0))
                .collect();
            let found = accuracy(&forecast, &actual, 0.9).expect("rows");
            let (low, high) = found
                .bias
                .and_then(|bias| bias.ends())
                .expect("an interval");
            held += u32::from((low..=high).contains(&0.2));
        }
        // 360 expected, standard deviation 6
        assert!((342..=378).contains(&held), "{held} of 400");
    }

    #[test]
    fn few_rows_have_no_interval_and_nothing_happening_no_ratio() {
        let found = accuracy(&[1.0, 0.0], &[0.0, 0.0], 0.9).expect("two rows");
        assert_eq!(found.bias, None);
        assert_eq!(found.mean_absolute_error.ends(), None);
        assert!(accuracy(&[], &[], 0.9).is_err());
        assert!(accuracy(&[1.0], &[], 0.9).is_err());
    }

    #[test]
    fn the_closer_forecast_has_the_smaller_squared_error() {
        let actual: Vec<f64> = (0..50).map(|row| f64::from(row % 3)).collect();
        let exact = actual.clone();
        let far: Vec<f64> = actual
            .iter()
            .map(|value| value + 1.0 + value / 10.0)
            .collect();
        let difference = squared_error_difference(&exact, &far, &actual, 0.9).expect("rows");
        let (_, high) = difference.ends().expect("fifty rows");
        assert!(high < 0.0);
    }
}
