//! What customers bring, per customer: margin so far, and what is expected of them.
//!
//! Customers are taken as a sample of those who would come in the same way: how much they differ makes
//! the interval of a mean (Student's t). What those who are here will do adds the interval of the
//! forecast, which covers its parameters and chance; a margin that is itself an estimate adds its own.

use worth_model::experiment::Arm;
use worth_model::{Estimate, Spread};

use super::answer::Worth;
use crate::lifetime::forecast::Forecaster;
use crate::lifetime::history::{Dated, Histories};

/// Customers that are predicted at once, to bound memory.
const CHUNK: usize = 1 << 20;

/// What it takes to say what customers bring.
pub(super) struct Valuing<'a> {
    pub forecaster: &'a Forecaster,
    histories: &'a Histories,
    /// Money that stayed of each customer, by row.
    revenue: &'a [f64],
    /// Discounted margin expected of each customer, by row; absent without a model.
    expected: Option<Vec<f64>>,
    /// What is left of a margin after serving; it may be nothing, or less.
    kept: f64,
}

impl<'a> Valuing<'a> {
    /// `serving_rate`: what serving takes of every amount sold.
    pub(super) fn new(
        histories: &'a Histories,
        forecaster: &'a Forecaster,
        serving_rate: f64,
    ) -> Self {
        let dated: &Dated = (histories.dated.as_ref()).expect("purchases of a lake have days");
        Self {
            forecaster,
            histories,
            revenue: &dated.revenue,
            expected: expected(histories, forecaster),
            kept: 1.0 - serving_rate / forecaster.assumptions().margin.value,
        }
    }

    /// What the customers in `rows` bring; nothing without customers.
    pub(super) fn of(&self, rows: &[usize]) -> Option<Worth> {
        if rows.is_empty() {
            return None;
        }
        let margin = &self.forecaster.assumptions().margin;
        let margin_so_far = |row: usize| self.revenue[row] * margin.value;
        let mean_so_far = self.mean(rows, margin_so_far);
        let error_of_margin = margin.scaled(mean_so_far.value / margin.value);
        let forecast = self.expected.as_ref().and_then(|each| {
            let total = self.forecaster.total(self.histories, rows)?.value;
            Some((each, total.scaled(1.0 / rows.len() as f64)))
        });
        let brought = match &forecast {
            None => mean_so_far,
            Some((each, expected)) => {
                let sampled = self.mean(rows, |row| margin_so_far(row) + each[row]);
                with_error_of(sampled, expected)
            }
        };
        let brought = with_error_of(brought, &error_of_margin);
        Some(Worth {
            customers: rows.len() as u64,
            so_far: with_error_of(mean_so_far, &error_of_margin),
            expected: forecast.map(|(_, expected)| expected),
            serving: (self.kept < 1.0).then(|| brought.scaled(1.0 - self.kept)),
            value: brought.scaled(self.kept),
        })
    }

    /// A mean with an interval that does not reach below the least of what it is the mean of: a few
    /// large customers among many small ones make an interval that is too long on that side.
    fn mean(&self, rows: &[usize], of: impl Fn(usize) -> f64) -> Estimate {
        let each = rows.iter().map(|&row| of(row));
        let least = each.clone().fold(0.0, f64::min);
        let mean = Arm::of_equals(each)
            .average(self.forecaster.assumptions().level)
            .expect("a level that was checked");
        match mean.spread {
            Spread::Interval {
                low,
                high,
                level,
                method,
            } => Estimate::between(mean.value, low.max(least), high, level, method),
            Spread::None { .. } => mean,
        }
    }
}

/// A sampled mean whose interval covers the error of another estimate too, as far as that has one. Where
/// the sample tells no interval the other cannot stand for it.
fn with_error_of(mean: Estimate, other: &Estimate) -> Estimate {
    match (mean.ends(), other.ends()) {
        (Some(_), Some(_)) => mean.less(&other.shifted(-other.value).scaled(-1.0)),
        _ => mean,
    }
}

fn expected(histories: &Histories, forecaster: &Forecaster) -> Option<Vec<f64>> {
    let count = histories.len();
    let mut expected = Vec::with_capacity(count);
    for start in (0..count).step_by(CHUNK) {
        let rows: Vec<usize> = (start..count.min(start + CHUNK)).collect();
        for outlook in forecaster.outlooks(histories, &rows)? {
            expected.push(outlook.value?[0]);
        }
    }
    Some(expected)
}
