//! Customers drawn from a model: seen until now, with what they do later.

use worth_model::Estimate;
use worth_model::lifetime::{
    CheckedHistories, GammaGammaParameters, Histories, PurchaseModel, Spends,
};
use worth_model::simulate::{self, Columns, SimulatedCustomer};

const SPEND: GammaGammaParameters = GammaGammaParameters {
    p: 6.25,
    q: 3.74,
    gamma: 15.44,
};
/// Why nothing here fails.
pub(crate) const SENSE: &str = "drawn data and settings make sense";
/// How far ahead, in weeks.
pub(crate) const AHEAD: f64 = 39.0;

/// Customers who are seen until now, and what they do in the time ahead.
pub(crate) struct Shop {
    pub(crate) seen: Columns,
    pub(crate) later: Vec<SimulatedCustomer>,
}

impl Shop {
    pub(crate) fn draw<M: PurchaseModel<D>, const D: usize>(
        truth: &M::Parameters,
        customers: usize,
        seed: u64,
    ) -> Self {
        let now: Vec<f64> = (0..customers)
            .map(|row| 27.0 + 12.0 * (row as f64 * 0.618_034).fract())
            .collect();
        let end: Vec<f64> = now.iter().map(|age| age + AHEAD).collect();
        let mut later = simulate::customers(truth, Some(&SPEND), &end, seed).expect(SENSE);
        let mut seen = later.clone();
        for ((seen, later), &age) in seen.iter_mut().zip(&mut later).zip(&now) {
            let count = seen.times.partition_point(|&time| time <= age);
            seen.times.truncate(count);
            seen.amounts.truncate(count);
            later.times.drain(..count);
            later.amounts.drain(..count);
            later.left_at -= age;
        }
        Self {
            seen: simulate::columns(&seen, &now),
            later,
        }
    }

    pub(crate) fn histories(&self) -> CheckedHistories<'_> {
        Histories {
            frequency: &self.seen.frequency,
            recency: &self.seen.recency,
            age: &self.seen.age,
            log_gaps: (!self.seen.log_gaps.is_empty()).then_some(&self.seen.log_gaps),
            ..Histories::default()
        }
        .check()
        .expect(SENSE)
    }

    pub(crate) fn spends(&self) -> Spends<'_> {
        Spends {
            purchases: &self.seen.frequency,
            mean: &self.seen.mean_spend,
            weight: None,
        }
    }

    /// Customers of whom this holds later.
    pub(crate) fn count(&self, holds: impl Fn(&SimulatedCustomer) -> bool) -> f64 {
        self.later.iter().filter(|later| holds(later)).count() as f64
    }
}

pub(crate) fn holds(estimate: &Estimate, truth: f64) -> bool {
    estimate
        .ends()
        .is_some_and(|(low, high)| (low..=high).contains(&truth))
}
