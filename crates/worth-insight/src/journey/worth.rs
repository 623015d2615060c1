//! What those who are on journeys are worth: expected lifetime value, and what is at stake because they
//! may have left, from the rows of `lifetime`.
//!
//! The interval of a sum has two parts: it would come out otherwise for other people (a sample of all there
//! could be), and the parameters of the model are not known exactly, which moves all customers
//! together. Both reaches are squared and added.

use worth_model::Estimate;
use worth_model::journey::Passing;

use super::answer::{WorthTold, WorthUnknown};
use super::shown::Shown;
use crate::context::Context;
use crate::error::Error;
use crate::lifetime::{EXPECTED_VALUE, Expected, NothingExpected};
use crate::question::Scope;
use crate::steps::{Case, Steps};

/// What those who are on journeys are worth, or why that is not known.
pub(super) enum Worth {
    Known(Box<Known>),
    Unknown(WorthUnknown),
}

/// By number of the journey; 0 of people of whom nothing is known.
pub(super) struct Known {
    expected: Values,
    at_stake: Values,
    people: u64,
    horizon_days: u32,
    is_revenue: bool,
}

/// One number for each person, and how far off all of them may be together.
#[derive(Default)]
struct Values {
    of: Vec<f64>,
    /// Sums of the numbers, and of their low and high ends.
    sums: [f64; 3],
}

/// Expected value with its ends, then what is at stake with its own.
const NUMBERS: [&str; 6] = {
    let [value, low, high] = EXPECTED_VALUE;
    [
        value,
        low,
        high,
        "at_stake",
        "at_stake_low",
        "at_stake_high",
    ]
};

impl Worth {
    /// Asks `lifetime` in the same scope.
    pub(super) async fn read(
        context: &Context,
        scope: &Scope,
        steps: &Steps,
    ) -> Result<Self, Error> {
        if steps.ids.case == Case::Journey {
            return Ok(Self::Unknown(WorthUnknown::Cases));
        }
        let of_customers = match Expected::read(context, scope).await? {
            Ok(expected) => expected,
            Err(NothingExpected::NoOrders) => return Ok(Self::Unknown(WorthUnknown::NoOrders)),
            Err(NothingExpected::NoModel) => return Ok(Self::Unknown(WorthUnknown::NoModel)),
        };
        let values = || Values {
            of: vec![0.0; steps.log.journeys()],
            sums: [0.0; 3],
        };
        let (mut expected, mut at_stake, mut people) = (values(), values(), 0);
        let take = |journey: usize, [value, low, high, stake, stake_low, stake_high]: [f64; 6]| {
            people += 1;
            expected.add(journey, [value, low, high]);
            at_stake.add(journey, [stake, stake_low, stake_high]);
        };
        of_customers
            .each(&steps.ids.customers, NUMBERS, take)
            .await?;
        Ok(Self::Known(Box::new(Known {
            expected,
            at_stake,
            people,
            horizon_days: of_customers.horizon_days,
            is_revenue: of_customers.is_revenue,
        })))
    }

    pub(super) fn expected(&self) -> Option<&[f64]> {
        self.known().map(|known| known.expected.of.as_slice())
    }

    pub(super) fn at_stake(&self) -> Option<&[f64]> {
        self.known().map(|known| known.at_stake.of.as_slice())
    }

    fn known(&self) -> Option<&Known> {
        match self {
            Self::Known(known) => Some(known),
            Self::Unknown(_) => None,
        }
    }

    /// Expected value of those who pass a place together.
    pub(super) fn of_expected(
        &self,
        passing: &Passing,
        all: &Passing,
        level: f64,
    ) -> Option<Estimate> {
        Some(self.known()?.expected.total(passing, all, level))
    }

    /// What is at stake of those who pass a place together.
    pub(super) fn of_stake(
        &self,
        passing: &Passing,
        all: &Passing,
        level: f64,
    ) -> Option<Estimate> {
        Some(self.known()?.at_stake.total(passing, all, level))
    }

    /// What it comes to for all.
    pub(super) fn told(&self, shown: &Shown<'_>, level: f64) -> WorthTold {
        match self {
            Self::Unknown(why) => WorthTold::Unknown(*why),
            Self::Known(known) => {
                let [expected, at_stake] = shown.of_all();
                WorthTold::Known {
                    horizon_days: known.horizon_days,
                    is_revenue: known.is_revenue,
                    people: known.people,
                    expected: known.expected.total(expected, expected, level),
                    at_stake: known.at_stake.total(at_stake, at_stake, level),
                }
            }
        }
    }
}

impl Values {
    fn add(&mut self, journey: usize, ends: [f64; 3]) {
        self.of[journey] = ends[0];
        for (sum, end) in self.sums.iter_mut().zip(ends) {
            *sum += end;
        }
    }

    /// The sum over those who pass. Ends in proportion to those of all together.
    fn total(&self, passing: &Passing, all: &Passing, level: f64) -> Estimate {
        let [value, low, high] = self.sums;
        if passing.sum == 0.0 || value <= 0.0 {
            return Estimate::counted(passing.sum);
        }
        let total = passing.total(all.origins, level);
        let total = total.expect("the level is in range");
        total.widened(passing.sum * low / value, passing.sum * high / value)
    }
}
