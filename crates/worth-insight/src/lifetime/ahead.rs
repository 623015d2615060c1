//! How far ahead a forecast looks, in the time of the models; and what it would say if the days to come
//! are busier or quieter than the calendar says, as far as that is not known.

use worth_model::Estimate;
use worth_model::estimate::reach;
use worth_model::lifetime::{Horizon, Predicted, Total};

use super::TimeUnit;
use super::answer::Assumptions;
use super::calendar::Stretch;

/// Horizons for the same days.
pub(crate) struct Ahead {
    /// As the calendar says.
    horizon: Horizon,
    /// For quieter and for busier days, as far off as the level asks; absent when days count alike.
    ends: Option<[Horizon; 2]>,
}

impl Ahead {
    pub(super) fn new(stretch: Stretch, unit: TimeUnit, assumptions: &Assumptions) -> Self {
        let unit = unit.days();
        let of_length = |length: f64| Horizon {
            length: length / unit,
            step: 365.25 / 12.0 / unit,
            units_per_year: 365.25 / unit,
            discount_rate_yearly: assumptions.discount_rate_yearly,
        };
        let reach = reach(assumptions.level);
        let end = |errors: f64| of_length(stretch.longer_by(errors));
        Self {
            horizon: of_length(stretch.length),
            ends: (stretch.log_error > 0.0).then(|| [end(-reach), end(reach)]),
        }
    }

    /// What is predicted of customers.
    pub(super) fn predicted(&self, predict: impl Fn(Horizon) -> Predicted) -> Predicted {
        self.widened(predict, |predicted, [quieter, busier]| {
            predicted.widened(&quieter, &busier)
        })
    }

    /// What is expected of one.
    pub(super) fn expected(&self, expect: impl Fn(Horizon) -> Estimate) -> Estimate {
        self.widened(expect, |expected, [quieter, busier]| {
            expected.widened(quieter.value, busier.value)
        })
    }

    /// What customers will do together.
    pub(crate) fn total(&self, add_up: impl Fn(Horizon) -> Total) -> Total {
        self.widened(add_up, |total, [quieter, busier]| Total {
            purchases: (total.purchases).widened(quieter.purchases.value, busier.purchases.value),
            value: (total.value).widened(quieter.value.value, busier.value.value),
            ..total
        })
    }

    fn widened<T>(&self, tell: impl Fn(Horizon) -> T, widen: impl Fn(T, [T; 2]) -> T) -> T {
        let told = tell(self.horizon);
        match self.ends {
            Some(ends) => widen(told, ends.map(tell)),
            None => told,
        }
    }
}
