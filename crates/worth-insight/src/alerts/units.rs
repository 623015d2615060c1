//! What is watched, and who belongs to it: cohorts, stores, channels and regions.

use std::collections::{BTreeSet, HashMap};

use super::answer::Kind;
use super::homes::{self, Homes};
use crate::columns::day_of;
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::lifetime::Purchases;
use crate::lifetime::history::Histories;
use crate::retention::{Calendar, CohortPeriod};
use crate::segments::{self, By};

/// Kinds that customers belong to, in the order in which they are told.
pub(super) const KINDS: [Kind; 5] = [
    Kind::Whole,
    Kind::Cohort,
    Kind::Store,
    Kind::Channel,
    Kind::Region,
];

/// Who belongs where.
pub(super) struct Units {
    quarters: Calendar,
    stores: Homes,
    channels: Homes,
    regions: Vec<String>,
    /// Number of the region by rank of the customer.
    region_of: Vec<Option<u32>>,
}

impl Units {
    /// `first`: day of the first purchase of all.
    pub(super) async fn read(
        context: &Context,
        observation: &Observation,
        purchases: &Purchases,
        first: i32,
    ) -> Result<Self, Error> {
        let [stores, channels] = homes::read(context, observation, purchases).await?;
        context.check()?;
        let region = By::Column("region");
        let known: HashMap<String, String> =
            segments::values(region, context, observation, |_| None).await?;
        let of_customer = purchases.customers.iter().map(|id| known.get(id));
        let names: BTreeSet<&String> = of_customer.clone().flatten().collect();
        let regions: Vec<String> = names.into_iter().cloned().collect();
        let number_of = |name: Option<&String>| {
            let place = regions.binary_search(name?).ok();
            place.map(|place| place as u32)
        };
        Ok(Self {
            quarters: Calendar::new(CohortPeriod::Quarter, first, day_of(observation.until)),
            region_of: of_customer.map(number_of).collect(),
            stores,
            channels,
            regions,
        })
    }

    /// The units of a kind by number, each with its name; after them comes one of those of whom it
    /// is not known.
    pub(super) fn names(&self, kind: Kind) -> Vec<Option<String>> {
        let named = |names: &[String]| names.iter().cloned().map(Some).collect();
        match kind {
            Kind::Whole | Kind::NewCustomers => vec![None],
            Kind::Cohort => (0..self.quarters.len())
                .map(|quarter| Some(self.quarters.start(quarter).to_string()))
                .collect(),
            Kind::Store => named(&self.stores.names),
            Kind::Channel => named(&self.channels.names),
            Kind::Region => named(&self.regions),
        }
    }

    /// Number of the unit of each customer, as it was known at the end of a day.
    pub(super) fn of(&self, kind: Kind, histories: &Histories, until: i32) -> Vec<u32> {
        let unknown = self.names(kind).len() as u32;
        let each = |number: &dyn Fn(u32) -> Option<u32>| -> Vec<u32> {
            let numbers = (0..histories.len()).map(|row| number(histories.rank(row)));
            numbers.map(|number| number.unwrap_or(unknown)).collect()
        };
        match kind {
            Kind::Whole | Kind::NewCustomers => vec![0; histories.len()],
            Kind::Cohort => (0..histories.len())
                .map(|row| {
                    let first = histories.first_day(row).expect("purchases are dated");
                    self.quarters.of(first) as u32
                })
                .collect(),
            Kind::Store => each(&|customer| self.stores.of(customer, until)),
            Kind::Channel => each(&|customer| self.channels.of(customer, until)),
            Kind::Region => each(&|customer| self.region_of[customer as usize]),
        }
    }
}
