//! What hangs on pain points: expected lifetime value of those who met them, from the rows of `lifetime`.

use worth_model::Estimate;

use super::answer::{LifetimeUsed, ValueAtRisk};
use crate::context::Context;
use crate::error::Error;
use crate::lifetime::{EXPECTED_VALUE, Expected};
use crate::question::Scope;

/// By customer what they are expected to bring; nothing is known of the others.
pub(super) struct Worth {
    pub(super) used: LifetimeUsed,
    of_customer: Vec<[f64; 3]>,
}

impl Worth {
    /// Of these customers, in byte order; nothing where the data cannot carry it.
    pub(super) async fn read(
        context: &Context,
        scope: &Scope,
        customers: &[String],
    ) -> Result<Option<Self>, Error> {
        let Ok(expected) = Expected::read(context, scope).await? else {
            return Ok(None);
        };
        let mut of_customer = vec![[0.0; 3]; customers.len()];
        let take = |customer: usize, ends| of_customer[customer] = ends;
        expected.each(customers, EXPECTED_VALUE, take).await?;
        Ok(Some(Self {
            used: LifetimeUsed {
                horizon_days: expected.horizon_days,
                is_revenue: expected.is_revenue,
            },
            of_customer,
        }))
    }

    /// What hangs on trouble that some customers met, by the factor on their coming back.
    pub(super) fn at_risk(&self, customers: &[u32], factor: &Estimate) -> ValueAtRisk {
        let mut sums = [0.0; 3];
        for &customer in customers {
            for (sum, end) in sums.iter_mut().zip(self.of_customer[customer as usize]) {
                *sum += end;
            }
        }
        let [expected, low, high] = sums;
        let lost = factor.complement();
        let at_risk = (lost.scaled(expected)).widened(lost.value * low, lost.value * high);
        ValueAtRisk {
            expected_value: expected,
            at_risk,
        }
    }
}
