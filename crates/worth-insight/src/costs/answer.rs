//! What `costs` answers: the JSON that scripts read.

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::clustered::Clustered;
use worth_model::perceived::Measured;

use super::accounts::{Account, Accounts, Taken};
use super::measure::CostName;
use super::rates::{CostsSettings, Rate};
use super::statement::Statement;
use super::{By, Costs};
use crate::answers::{self, DimensionName, Kind};
use crate::context::Observation;
use crate::perceived::{Parts, PerceivedValue};
use crate::steps::{StepName, filters_without_effect};

/// What actions took from customers.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CostsAnswer {
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// People who are no customers: visitors, sales to nobody in particular. Their actions are in every total
    /// and in no number per customer.
    pub others: u64,
    /// Everyone.
    pub whole: Taking,
    /// By what was asked for.
    pub groups: Vec<Groups>,
    /// What respondents said the own brand takes, by dimension.
    pub asked: Vec<Asked>,
    /// What the business says that costs are worth.
    pub rates: Vec<RateUsed>,
    /// One customer's, line by line; when asked for.
    pub statement: Option<Statement>,
    /// Filters of the scope that actions cannot be filtered by.
    pub filters_without_effect: Vec<String>,
}

/// What some actions took.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Taking {
    /// How often they were taken.
    pub actions: u64,
    /// Customers who took them, or whom they reached.
    pub customers: u64,
    /// What they can take, in the order of [`CostName::ALL`].
    pub costs: Vec<Cost>,
    /// What is known of it in money.
    pub in_money: InMoney,
}

/// What was taken of one cost.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Cost {
    /// Which.
    pub cost: CostName,
    /// Seen in what customers did, or not known at all.
    pub basis: Basis,
    /// The sum of what is known; exact. Absent when nothing is.
    pub total: Option<f64>,
    /// For each action of which it is known.
    pub per_action: Option<Estimate>,
    /// For each of these customers.
    pub per_customer: Option<Estimate>,
    /// Customers of whom any of it is known; of money, contacts, refunds, messages and complaints also those
    /// with no action that can take it: they gave nothing.
    pub customers: u64,
    /// Actions that can take it …
    pub actions: u64,
    /// … and those of which it is known how much.
    pub known: u64,
    /// What the sum is worth by the rate of the business, in its currency.
    pub worth: Option<f64>,
}

/// Where a cost is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// It was seen.
    Observed,
    /// Nothing says how much it is: not nothing.
    Unknown,
}

/// What is known of costs in money.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct InMoney {
    /// Money paid and what the rates make of the rest; absent when neither is known.
    pub total: Option<f64>,
    /// Costs that are in it.
    pub of: Vec<CostName>,
    /// Costs that are not, because nobody said what they are worth, or because they are not known.
    pub without: Vec<CostName>,
}

/// All groups of one kind.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Groups {
    /// What tells them apart.
    pub by: By,
    /// Those with most actions first.
    pub groups: Vec<Group>,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Group {
    /// Its name.
    pub name: StepName,
    /// What its actions took.
    #[serde(flatten)]
    pub taking: Taking,
    /// Benefits, costs, ratio and difference in the eyes of those who were asked about this touchpoint or
    /// stage, on 1..10.
    pub perceived: Option<Measured>,
}

/// A cost as respondents see it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Asked {
    /// Which.
    #[serde(flatten)]
    pub name: DimensionName,
    /// Mean, on 1..10: 10 is most sacrifice.
    pub mean: Estimate,
    /// Respondents who answered.
    pub respondents: u64,
}

/// A rate, and the cost it is for.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RateUsed {
    /// The cost.
    pub cost: CostName,
    /// What it is worth.
    #[serde(flatten)]
    pub rate: Rate,
}

impl CostsAnswer {
    pub(super) fn of(
        question: &Costs,
        accounts: &Accounts,
        settings: &CostsSettings,
        perceived: &PerceivedValue,
        statement: Option<Statement>,
        observation: &Observation,
    ) -> Self {
        let taking = |account: &Account| Taking::of(account, settings, question.level);
        let named = question.by.iter().zip(&accounts.groups);
        let groups = named.map(|(by, accounts)| {
            let mut groups: Vec<Group> = accounts
                .iter()
                .map(|(name, account)| Group {
                    name: name.clone(),
                    taking: taking(account),
                    perceived: perceived_of(by, name, &perceived.parts),
                })
                .collect();
            groups.sort_by_key(|group| std::cmp::Reverse(group.taking.actions));
            Groups {
                by: by.clone(),
                groups,
            }
        });
        let rates = settings.rates.iter();
        Self {
            level: question.level,
            others: accounts.others,
            whole: taking(&accounts.whole),
            groups: groups.collect(),
            asked: asked(perceived),
            rates: rates
                .map(|(&cost, rate)| RateUsed {
                    cost,
                    rate: rate.clone(),
                })
                .collect(),
            statement,
            filters_without_effect: filters_without_effect(observation),
        }
    }
}

impl Taking {
    /// Costs that none of the actions can take are left away.
    fn of(account: &Account, settings: &CostsSettings, level: f64) -> Self {
        let named = CostName::ALL.into_iter().zip(&account.costs);
        let costs: Vec<Cost> = named
            .filter(|(_, taken)| taken.actions > 0)
            .map(|(cost, taken)| {
                // who had no such action gave nothing; of whom it is unknown nothing is known
                let others = account.customers - taken.customers;
                let per_customer = match cost.absent_is_none() {
                    true => taken.per_customer.with_others(others),
                    false => taken.per_customer,
                };
                Cost::of(cost, taken, &per_customer, settings, level)
            })
            .collect();
        Self {
            actions: account.actions,
            customers: account.customers,
            in_money: InMoney::of(&costs),
            costs,
        }
    }

    /// What was taken of a cost, if these actions can take it.
    pub(super) fn cost(&self, name: CostName) -> Option<&Cost> {
        self.costs.iter().find(|cost| cost.cost == name)
    }
}

impl Cost {
    fn of(
        cost: CostName,
        taken: &Taken,
        per_customer: &Clustered,
        settings: &CostsSettings,
        level: f64,
    ) -> Self {
        let is_known = taken.known > 0;
        let total = is_known.then(|| taken.total as f64 / cost.scale());
        Self {
            cost,
            basis: if is_known {
                Basis::Observed
            } else {
                Basis::Unknown
            },
            total,
            per_action: taken
                .per_action
                .per_time(level)
                .map(|mean| cost.possible(mean)),
            per_customer: (per_customer.per_person(level).filter(|_| is_known))
                .map(|mean| cost.possible(mean)),
            customers: per_customer.people(),
            actions: taken.actions,
            known: taken.known,
            worth: total.and_then(|total| settings.worth(cost, total)),
        }
    }

    /// What it is in money: as it was paid, or by the rate.
    fn money(&self) -> Option<f64> {
        match self.cost {
            CostName::Money => self.total,
            _ => self.worth,
        }
    }
}

impl InMoney {
    /// What was at stake was not taken.
    fn of(costs: &[Cost]) -> Self {
        let taken = costs.iter().filter(|cost| cost.cost != CostName::AtStake);
        let (with, without): (Vec<&Cost>, Vec<&Cost>) =
            taken.partition(|cost| cost.money().is_some());
        let sum: f64 = with.iter().filter_map(|cost| cost.money()).sum();
        let names = |costs: Vec<&Cost>| costs.into_iter().map(|cost| cost.cost).collect();
        Self {
            total: (!with.is_empty()).then_some(sum),
            of: names(with),
            without: names(without),
        }
    }
}

/// What respondents say of the touchpoint or stage that a group is.
fn perceived_of(by: &By, name: &StepName, parts: &[Parts]) -> Option<Measured> {
    let asked_by = match by {
        By::Touchpoint => answers::By::Touchpoint,
        By::Stage => answers::By::Stage,
        By::Action | By::Product | By::Segment(_) => return None,
    };
    let StepName::Named(name) = name else {
        return None;
    };
    let parts = parts.iter().find(|parts| parts.by == asked_by)?;
    let mut parts = parts.parts.iter();
    let part = parts.find(|part| part.name.trim().to_lowercase() == name.to_lowercase())?;
    Some(part.measured)
}

/// Costs of the own brand, in the order of its dimensions.
fn asked(perceived: &PerceivedValue) -> Vec<Asked> {
    let costs = perceived.dimensions.iter();
    let costs = costs.filter(|dimension| dimension.name.kind == Kind::Cost);
    costs
        .filter_map(|dimension| {
            let mut brands = dimension.brands.iter();
            let own = brands.find(|score| score.brand == perceived.own_brand.name)?;
            Some(Asked {
                name: dimension.name.clone(),
                mean: own.mean,
                respondents: own.respondents,
            })
        })
        .collect()
}
