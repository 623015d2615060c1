//! One segment whose groups have something in common: each is drawn to what all are, the more the fewer
//! customers it has.
//!
//! Customers whose group is not known are one more group: they have purchases to speak for them.

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::lifetime::{
    CheckedHistories, GroupDeviations, GroupEffect, GroupEffects, Groups as Table, Model, Pooling,
};

use super::{Fitted, SENSE, Segment, name_of};
use crate::segments::{SegmentName, ToldApart};

/// Groups that are told apart at most; the smallest beyond are taken together.
pub(crate) const MOST_GROUPS: usize = 300;

/// The groups of a segment; each is a kind.
#[derive(Debug)]
pub(super) struct Groups {
    segment: String,
    as_last_known: bool,
    names: Vec<SegmentName>,
}

/// What is known of groups who are neither all alike nor strangers to each other.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PooledTold {
    /// The segment they are of, as asked for.
    pub segment: String,
    /// From `customers`, which has it as last known; else from the first purchase.
    pub as_last_known: bool,
    /// Whether groups differ.
    pub verdict: Pooling,
    /// How much: standard deviations between groups, 0.1 = by about 10 %.
    pub deviations: GroupDeviations,
    /// The largest first; last the others together, and those whose group is not known.
    pub groups: Vec<GroupTold>,
    /// What a new customer of a group that has not been seen brings within the horizon after the first
    /// purchase, which is not in it; absent without a spend model.
    pub new_group: Option<Estimate>,
}

/// Customers of one group.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct GroupTold {
    /// Which.
    pub group: SegmentName,
    /// Customers that were learned from.
    pub customers: u64,
    /// Of those, customers who came back.
    pub repeat_customers: u64,
    /// How much more often than those of the middle of all groups they buy.
    pub purchases: GroupEffect,
    /// How much more readily they leave: the rate of leaving, or its odds after a purchase.
    pub leaving: GroupEffect,
    /// As [`PooledTold::new_group`], of this one.
    pub new_customer: Option<Estimate>,
}

impl PooledTold {
    /// What a new customer brings, group by group, and last of one that has not been seen.
    pub(crate) fn new_customers_mut(&mut self) -> impl Iterator<Item = &mut Option<Estimate>> {
        let groups = self.groups.iter_mut();
        let of_groups = groups.map(|group| &mut group.new_customer);
        of_groups.chain([&mut self.new_group])
    }
}

impl Groups {
    /// The groups, and the one of each of the buyers whose segment this is.
    pub(super) fn of(segment: Segment) -> (Self, Vec<u32>) {
        let groups = Self {
            segment: segment.name,
            as_last_known: segment.as_last_known,
            names: segment.assigned.names,
        };
        (groups, segment.assigned.place)
    }

    /// Fits a model to customers of these groups: a law for each, and last that of a group to come.
    pub(super) fn fit(
        &self,
        model: Model,
        histories: &CheckedHistories<'_>,
        groups: &[u32],
        level: f64,
    ) -> Fitted {
        let names: Vec<String> = (0..=self.names.len()).map(name_of).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let seen = Table {
            names: &names[..self.names.len()],
            of_row: groups,
        };
        let seen = seen.check().expect(SENSE);
        let fitted = model.fit_pooled(histories, &seen, level).expect(SENSE);
        let one_of_each: Vec<u32> = (0..).take(names.len()).collect();
        let and_to_come = Table {
            names: &names,
            of_row: &one_of_each,
        };
        let and_to_come = and_to_come.check().expect(SENSE);
        Fitted {
            laws: fitted.effects.laws(&and_to_come),
            model: fitted.reference,
            covariates: None,
            pooled: Some(self.told(fitted.effects.as_ref())),
        }
    }

    fn told(&self, effects: &dyn GroupEffects) -> PooledTold {
        let groups = self.names.iter().zip(effects.groups());
        PooledTold {
            segment: self.segment.clone(),
            as_last_known: self.as_last_known,
            verdict: effects.pooling(),
            deviations: effects.deviations(),
            groups: groups
                .map(|(name, known)| GroupTold {
                    group: name.clone(),
                    customers: known.customers as u64,
                    repeat_customers: known.repeat_customers as u64,
                    purchases: known.purchases,
                    leaving: known.leaving,
                    new_customer: None,
                })
                .collect(),
            new_group: None,
        }
    }
}

/// All groups, however small.
pub(super) fn told_apart() -> ToldApart<'static> {
    ToldApart {
        most: MOST_GROUPS,
        ..ToldApart::default()
    }
}
