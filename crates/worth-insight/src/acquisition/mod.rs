//! Which channels, cohorts and first purchases bring customers who come back, and who pay back what
//! they cost?
//!
//! ```text
//!  order_lines ─ lifetime's purchases ─► newcomers.rs ─► groups.rs (who is taken together)
//!                        │                    ├─► returning.rs: who came back, and do groups differ
//!                        │                    └─► payback.rs: what they brought by age, when it is enough
//!                        └─ lifetime's forecast ─► worth.rs: what they bring, so far and expected
//!  spending ──── spending.rs ─────────────────► costing.rs: value against cost
//! ```
//!
//! A first purchase after which more customers return is an association: other customers buy it.
//! `docs/methods/acquisition.md` has the rules with a worked example.

pub mod answer;
mod costing;
mod groups;
mod newcomers;
mod payback;
mod returning;
mod rows;
mod sheet;
mod spending;
#[cfg(test)]
mod tests;
mod worth;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::lifetime::Model;

use crate::columns::{date_of, day_of};
use crate::context::{Context, Observation};
use crate::error::{Counted, Error};
use crate::lifetime::{Kinds, Lifetime, gather};
use crate::question::{Answered, Question, Scope};
use crate::retention::CohortPeriod;
use answer::{AcquisitionAnswer, Group, GroupName, Returned};
use costing::{Costed, Costing};
use groups::{ACQUISITION_CHANNEL, Compared, Grouped, Grouping};
use newcomers::Newcomers;
use returning::Window;
use worth::Valuing;

/// Which customers come back and pay back what they cost: by channel, cohort or first purchase.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Acquisition {
    /// What customers are compared by: `acquisition_channel` (the default; where it is not known, the
    /// channel of the first order), `cohort`, or `channel`, `category`, `product` or `store` of the
    /// first purchase, a column of customers (region, gender, …) or one of their attributes.
    pub by: Option<String>,
    /// Length of cohorts; a quarter when absent, or a month where there are fewer than four quarters.
    pub cohort: Option<CohortPeriod>,
    /// Within how many days of the first purchase a second one counts as coming back; 90 when absent.
    pub window_days: Option<u32>,
    /// Model of when customers buy and stop buying; as in `lifetime` when absent.
    pub model: Option<Model>,
    /// How far to look ahead, in days; as in `lifetime` when absent.
    pub horizon_days: Option<u32>,
    /// Share of an amount that stays as margin, 0..1; as in `lifetime` when absent.
    pub margin: Option<f64>,
    /// Effective yearly rate at which later money counts less, 0.1 = 10 %; as in `lifetime` when
    /// absent.
    pub discount_rate_yearly: Option<f64>,
    /// Probability that intervals are meant to hold, between 0 and 1; 0.9 when absent.
    pub level: Option<f64>,
}

/// A quarter: long enough for most shops' second purchase, short enough to learn from.
const DEFAULT_WINDOW_DAYS: u32 = 90;
/// Two years: what comes back so late was not brought back by the first purchase.
const LONGEST_WINDOW_DAYS: u32 = 730;

impl Question for Acquisition {
    const NAME: &'static str = "acquisition";
    type Answer = AcquisitionAnswer;

    async fn ask(
        &self,
        scope: &Scope,
        context: &Context,
    ) -> Result<Answered<AcquisitionAnswer>, Error> {
        let by = self.by.as_deref().unwrap_or(ACQUISITION_CHANNEL);
        let compared = Compared::of(by)?;
        let window_days = self.window_days.unwrap_or(DEFAULT_WINDOW_DAYS);
        let longest = f64::from(LONGEST_WINDOW_DAYS);
        Error::in_range("window_days", window_days.into(), 1.0, longest)?;
        let lifetime = self.lifetime();
        let mut assumptions = lifetime.assumptions(&context.section("lifetime")?)?;
        let level = assumptions.level;
        let observation = context.observe(scope).await?;
        // Who is new can only be told from all purchases there are.
        let whole = Observation {
            from: None,
            ..observation.clone()
        };
        let gathered = gather(context, &whole).await?;
        let mut provenance = gathered.provenance(Self::NAME, &observation)?;
        let purchases = gathered.purchases;
        let (from, until) = (observation.from.map(day_of), day_of(observation.until));
        let newcomers = Newcomers::of(&purchases, from, until).ok_or(Error::TooFew {
            question: Self::NAME,
            what: Counted::Customers,
            needed: 1,
            found: 0,
        })?;
        provenance.from = Some(date_of(*newcomers.period.start()));
        context.check()?;

        let costing = Costing::read(context, &observation, compared, &newcomers.period).await?;
        let grouping = Grouping {
            context,
            observation: &whole,
            purchases: &purchases,
            newcomers: &newcomers,
            paid_channels: costing.paid_channels(),
        };
        let groups = grouping.groups(compared, self.cohort).await?;
        context.check()?;
        let grouped = Grouped {
            newcomers: &newcomers,
            purchases: &purchases,
            groups: &groups,
        };
        let window = Window {
            days: window_days,
            level,
        };
        let followed = window.follow(grouped);
        let costs_of_goods = gathered.costs.known(level);
        assumptions.take_margin_from(costs_of_goods.as_ref());
        let costs = costing.costs(grouped, &assumptions);

        let (alike, until) = (Kinds::default(), observation.until);
        let (histories, forecaster) =
            lifetime.learn(purchases, alike, until, assumptions, context)?;
        context.check()?;
        let valuing = Valuing::new(&histories, &forecaster, costing.serving_rate);
        let customers_with_cost = costs.all.as_ref().map_or(0, Costed::customers);
        let all = told(
            GroupName::All,
            &newcomers.rows(),
            followed.all,
            costs.all,
            &valuing,
        );
        let mut of_groups = Vec::with_capacity(groups.names.len());
        let rows = groups.rows(&newcomers);
        for (((name, rows), returned), costed) in (groups.names.into_iter().zip(rows))
            .zip(followed.groups)
            .zip(costs.groups)
        {
            context.check()?;
            let group = told(name, &rows, returned, costed, &valuing);
            if group.customers > 0 || group.cost.is_some() {
                of_groups.push(group);
            }
        }
        rank(&mut of_groups);
        let answer = AcquisitionAnswer {
            by: by.to_owned(),
            cohort: groups.cohort,
            window_days,
            assumptions: forecaster.assumptions().clone(),
            costs_of_goods,
            model: forecaster.model(),
            records_begin: date_of(newcomers.records_begin),
            customers_before: newcomers.before,
            channels: groups.channels,
            no_cost: costing.days.as_ref().err().copied(),
            spending: costing.known(customers_with_cost, all.customers),
            cannot_tell: forecaster.cannot_tell().to_vec(),
            compared: followed.compared,
            paid: costs.paid.map(|paid| paid.told(None, &valuing)),
            all,
            groups: of_groups,
        };
        let rows = rows::rows(&answer.groups)?;
        Ok(Answered {
            answer,
            provenance,
            rows: Some(Arc::new(rows)),
        })
    }
}

impl Acquisition {
    /// The forecast that is asked for.
    fn lifetime(&self) -> Lifetime {
        Lifetime {
            model: self.model,
            horizon_days: self.horizon_days,
            margin: self.margin,
            discount_rate_yearly: self.discount_rate_yearly,
            level: self.level,
            ..Lifetime::default()
        }
    }
}

/// What is told of the customers in `rows`.
fn told(
    group: GroupName,
    rows: &[usize],
    returned: Returned,
    costed: Option<Costed>,
    valuing: &Valuing<'_>,
) -> Group {
    let worth = valuing.of(rows);
    Group {
        group,
        customers: rows.len() as u64,
        returned,
        worth,
        cost: costed.map(|costed| costed.told(worth, valuing)),
    }
}

/// Cohorts stay in order of time; others by the share who came back, the highest first, those of whom
/// it is not known after them, the others together and the unknown last.
fn rank(groups: &mut [Group]) {
    let last = |group: &Group| match group.group {
        GroupName::All | GroupName::Value(_) | GroupName::Cohort(_) => 0,
        GroupName::Other => 1,
        GroupName::Unknown => 2,
    };
    let share = |group: &Group| match (&group.group, group.returned.share) {
        (GroupName::Cohort(_), _) => 0.0,
        (_, share) => share.map_or(-1.0, |share| share.value),
    };
    groups.sort_by(|one, other| {
        (last(one).cmp(&last(other))).then(share(other).total_cmp(&share(one)))
    });
}
