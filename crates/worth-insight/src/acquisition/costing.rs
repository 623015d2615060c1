//! Value against cost: what was spent to win the customers of each group, and what comes back of it.

use std::collections::BTreeSet;

use worth_model::Estimate;

use super::answer::{Cost, GroupName, KnownSpending, NoCost, ReturnOnCost, Verdict, Worth};
use super::groups::{Compared, Grouped, LEAST_OF_GROUP};
use super::newcomers::Newcomer;
use super::payback::MarginCurve;
use super::spending::{Days, Spending, common};
use super::worth::Valuing;
use crate::columns::date_of;
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::lifetime::answer::Assumptions;

/// Value : cost above which it is worth trying to win more of the same. A rule of thumb of businesses
/// with subscriptions; what the next customers would cost is not known.
pub(super) const MANY_TIMES: f64 = 3.0;

/// What was spent on customers, and on which days that says what winning one cost.
pub(super) struct Costing {
    spending: Spending,
    /// The days, or why there are none.
    pub days: Result<Days, NoCost>,
    /// What serving takes of every amount sold.
    pub serving_rate: f64,
}

/// Costs of everyone and of each group; nothing where nothing was spent, or it is not known.
pub(super) struct Costs {
    pub all: Option<Costed>,
    /// The channels that money was spent on, where there are others too.
    pub paid: Option<Costed>,
    /// By the place of the group.
    pub groups: Vec<Option<Costed>>,
}

/// Customers of whom it is known what was spent on them, together.
pub(super) struct Costed {
    spent: f64,
    /// Rows in the histories.
    rows: Vec<usize>,
    /// Absent without customers.
    curve: Option<MarginCurve>,
}

impl Costing {
    pub(super) async fn read(
        context: &Context,
        observation: &Observation,
        compared: Compared<'_>,
        period: &Days,
    ) -> Result<Self, Error> {
        let spending = Spending::read(context, observation).await?;
        let filter = &observation.filter;
        let filters = [&filter.region, &filter.channel, &filter.category];
        let days = if filters.iter().any(|filter| !filter.is_empty()) {
            Err(NoCost::Filtered)
        } else if let Compared::Segment(_) = compared {
            Err(NoCost::NotByThis)
        } else {
            spending.acquisition_days(period).ok_or(NoCost::NoSpending)
        };
        let serving_rate = spending.serving_rate(context, observation, period).await?;
        Ok(Self {
            spending,
            days,
            serving_rate,
        })
    }

    /// Channels that money was spent on.
    pub(super) fn paid_channels(&self) -> BTreeSet<&str> {
        match &self.days {
            Ok(days) => self.spending.acquisition_channels(days),
            Err(_) => BTreeSet::new(),
        }
    }

    pub(super) fn costs(&self, grouped: Grouped<'_>, assumptions: &Assumptions) -> Costs {
        let groups = grouped.groups;
        let Ok(days) = &self.days else {
            return Costs {
                all: None,
                paid: None,
                groups: groups.names.iter().map(|_| None).collect(),
            };
        };
        let spent: Vec<f64> = (0..groups.names.len())
            .map(|place| match &groups.names[place] {
                GroupName::Value(channel) => self.spending.on_acquisition(Some(channel), days),
                GroupName::Cohort(_) => {
                    let days = common(days, &groups.days[place]);
                    self.spending.on_acquisition(None, &days)
                }
                GroupName::All | GroupName::Other | GroupName::Unknown => 0.0,
            })
            .collect();
        let kept = assumptions.margin.value - self.serving_rate;
        let costed = |spent: f64, is_of: &dyn Fn(usize) -> bool| {
            let customers: Vec<Newcomer> = (grouped.newcomers.all.iter().zip(&groups.place))
                .filter(|(newcomer, place)| {
                    is_of(**place as usize) && days.contains(&newcomer.first)
                })
                .map(|(newcomer, _)| *newcomer)
                .collect();
            Costed {
                spent,
                curve: MarginCurve::of(&customers, grouped, kept, assumptions.level),
                rows: customers.iter().map(|customer| customer.row).collect(),
            }
        };
        let is_paid = |place: usize| spent[place] > 0.0;
        let some_are_not_paid = groups.channels.is_some() && !(0..spent.len()).all(is_paid);
        Costs {
            all: Some(costed(self.spending.on_acquisition(None, days), &|_| true)),
            paid: some_are_not_paid.then(|| costed(spent.iter().sum(), &is_paid)),
            groups: (0..spent.len())
                .map(|place| is_paid(place).then(|| costed(spent[place], &|of| of == place)))
                .collect(),
        }
    }

    /// What is known of spending. `costed`, `all`: new customers who have a cost, and all.
    pub(super) fn known(self, costed: u64, all: u64) -> KnownSpending {
        let days = self.days.ok();
        KnownSpending {
            from: days.as_ref().map(|days| date_of(*days.start())),
            until: days.as_ref().map(|days| date_of(*days.end())),
            customers_outside: days.map_or(0, |_| all - costed),
            serving_rate: self.serving_rate,
            left_out: self.spending.left_out,
        }
    }
}

impl Costed {
    /// Customers who were new on days of which it is known what was spent.
    pub(super) fn customers(&self) -> u64 {
        self.rows.len() as u64
    }

    /// What is told of it. `of_group`: what the customers of the whole group bring.
    pub(super) fn told(&self, of_group: Option<Worth>, valuing: &Valuing<'_>) -> Cost {
        let worth = of_group
            .filter(|worth| worth.customers == self.customers())
            .or_else(|| valuing.of(&self.rows));
        let return_on_it = self.curve.as_ref().zip(worth).map(|(curve, worth)| {
            let cost = self.spent / self.customers() as f64;
            let value_to_cost = worth.value.scaled(cost.recip());
            ReturnOnCost {
                per_customer: Estimate::counted(cost),
                net: worth.value.shifted(-cost),
                verdict: verdict(&value_to_cost, &worth),
                value_to_cost,
                worth,
                payback: curve.payback(cost, valuing.forecaster),
                curve: curve.points(),
            }
        });
        Cost {
            spent: self.spent,
            customers: self.customers(),
            return_on_it,
        }
    }
}

fn verdict(value_to_cost: &Estimate, worth: &Worth) -> Verdict {
    if worth.customers < LEAST_OF_GROUP {
        return Verdict::TooFew;
    }
    match value_to_cost.ends() {
        Some((low, _)) if low > MANY_TIMES => Verdict::PaysBackManyTimes,
        Some((low, _)) if low >= 1.0 => Verdict::PaysBack,
        // Without a forecast what they will still bring is missing.
        Some((_, high)) if high < 1.0 && worth.expected.is_some() => Verdict::CostsMore,
        _ => Verdict::CannotTell,
    }
}
