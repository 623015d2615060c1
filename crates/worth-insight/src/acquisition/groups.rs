//! Which group each new customer belongs to.

use std::collections::{BTreeSet, HashMap};

use super::answer::{ChannelSources, GroupName};
use super::newcomers::Newcomers;
use super::spending::Days;
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::lifetime::Purchases;
use crate::retention::{Calendar, CohortPeriod};
use crate::segments::{self, Assigned, By, ToldApart};

/// The channel that won a customer: what is compared unless something else is asked for.
pub(super) const ACQUISITION_CHANNEL: &str = "acquisition_channel";
const COHORT: &str = "cohort";

/// Groups that are told apart; the rest is one more.
const MOST_GROUPS: usize = 20;
/// Fewer customers in a group are mostly chance.
pub(super) const LEAST_OF_GROUP: u64 = 30;
/// So many quarters make a comparison; where there are fewer, cohorts are months.
const LEAST_QUARTERS: usize = 4;

/// What customers are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compared<'a> {
    /// The channel that won them: spending is known by it.
    AcquisitionChannel,
    /// The period of the first purchase: spending is known by it too.
    Cohort,
    /// Anything else.
    Segment(By<'a>),
}

impl<'a> Compared<'a> {
    /// What a parameter means.
    pub(super) fn of(given: &'a str) -> Result<Self, Error> {
        match given {
            ACQUISITION_CHANNEL => Ok(Self::AcquisitionChannel),
            COHORT => Ok(Self::Cohort),
            other => By::of(other).map(Self::Segment),
        }
    }
}

/// New customers by group.
#[derive(Debug, Default)]
pub(super) struct Groups {
    pub names: Vec<GroupName>,
    /// By the order of the newcomers, a place in `names`.
    pub place: Vec<u32>,
    /// Length of the cohorts, when they are the groups.
    pub cohort: Option<CohortPeriod>,
    /// Days of each group's first purchases, when cohorts are the groups.
    pub days: Vec<Days>,
    /// How acquisition channels are known, when they are the groups.
    pub channels: Option<ChannelSources>,
}

impl Groups {
    /// Rows in the histories, by group.
    pub(super) fn rows(&self, newcomers: &Newcomers) -> Vec<Vec<usize>> {
        let mut rows = vec![Vec::new(); self.names.len()];
        for (newcomer, &place) in newcomers.all.iter().zip(&self.place) {
            rows[place as usize].push(newcomer.row);
        }
        rows
    }
}

/// New customers with what they bought, group by group.
#[derive(Clone, Copy)]
pub(super) struct Grouped<'a> {
    pub newcomers: &'a Newcomers,
    pub purchases: &'a Purchases,
    pub groups: &'a Groups,
}

/// What groups are made from.
pub(super) struct Grouping<'a> {
    pub context: &'a Context,
    pub observation: &'a Observation,
    pub purchases: &'a Purchases,
    pub newcomers: &'a Newcomers,
    /// Channels that money was spent on: they are told apart in any case.
    pub paid_channels: BTreeSet<&'a str>,
}

impl Grouping<'_> {
    /// The groups. `cohort`: how long cohorts are to be.
    pub(super) async fn groups(
        &self,
        compared: Compared<'_>,
        cohort: Option<CohortPeriod>,
    ) -> Result<Groups, Error> {
        match compared {
            Compared::AcquisitionChannel => self.by_channel().await,
            Compared::Cohort => Ok(self.by_cohort(cohort)),
            Compared::Segment(by) => {
                let values = self.values(by).await?;
                Ok(self.assign(&self.in_order(&values), BTreeSet::new()))
            }
        }
    }

    async fn by_channel(&self) -> Result<Groups, Error> {
        let known = self.values(By::of(ACQUISITION_CHANNEL)?).await?;
        let of_first_order = self.values(By::of("channel")?).await?;
        let (known, of_first_order) = (self.in_order(&known), self.in_order(&of_first_order));
        let mut sources = ChannelSources::default();
        let mut channels = Vec::with_capacity(known.len());
        for (known, of_first_order) in known.into_iter().zip(of_first_order) {
            let counted = match (known, of_first_order) {
                (Some(_), _) => &mut sources.from_customers,
                (None, Some(_)) => &mut sources.from_first_order,
                (None, None) => &mut sources.unknown,
            };
            *counted += 1;
            channels.push(known.or(of_first_order));
        }
        Ok(Groups {
            channels: Some(sources),
            ..self.assign(&channels, self.paid_channels.clone())
        })
    }

    fn by_cohort(&self, cohort: Option<CohortPeriod>) -> Groups {
        let calendar = |cohort| {
            let period = &self.newcomers.period;
            Calendar::new(cohort, *period.start(), *period.end())
        };
        let chosen = cohort.unwrap_or_else(|| {
            if calendar(CohortPeriod::Quarter).over() < LEAST_QUARTERS {
                CohortPeriod::Month
            } else {
                CohortPeriod::Quarter
            }
        });
        let calendar = calendar(chosen);
        let cohorts = 0..calendar.len();
        Groups {
            names: (cohorts.clone())
                .map(|place| GroupName::Cohort(calendar.start(place)))
                .collect(),
            days: cohorts.map(|place| calendar.days(place)).collect(),
            place: (self.newcomers.all.iter())
                .map(|newcomer| calendar.of(newcomer.first) as u32)
                .collect(),
            cohort: Some(chosen),
            channels: None,
        }
    }

    /// The value of each customer who has one, by id.
    async fn values(&self, by: By<'_>) -> Result<HashMap<String, String>, Error> {
        let first = |id: &str| self.purchases.first_day_of(self.purchases.rank(id)?);
        segments::values(by, self.context, self.observation, first).await
    }

    /// By the order of the newcomers.
    fn in_order<'v>(&self, values: &'v HashMap<String, String>) -> Vec<Option<&'v str>> {
        let id = |customer: u32| &self.purchases.customers[customer as usize];
        (self.newcomers.all.iter())
            .map(|newcomer| values.get(id(newcomer.customer)).map(String::as_str))
            .collect()
    }

    fn assign(&self, values: &[Option<&str>], always: BTreeSet<&str>) -> Groups {
        let told_apart = ToldApart {
            most: MOST_GROUPS,
            least: LEAST_OF_GROUP,
            always,
        };
        let assigned = Assigned::of(values, &told_apart);
        Groups {
            names: assigned.names.into_iter().map(GroupName::from).collect(),
            place: assigned.place,
            ..Groups::default()
        }
    }
}
