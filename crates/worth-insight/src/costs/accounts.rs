//! Reads `by_person.sql`, one person after the other, into an account of everyone and one of each group.

use std::collections::{BTreeMap, HashMap};

use datafusion::arrow::array::{Array, AsArray, Int64Array, RecordBatch, StringViewArray};
use datafusion::arrow::datatypes::Int64Type;
use datafusion::scalar::ScalarValue;
use futures::TryStreamExt;
use worth_model::clustered::Clustered;

use super::measure::{COSTS, CostName};
use super::names::Names;
use super::{By, money};
use crate::columns::{column, text};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::steps::{Action, Raw, StepName};

const BY_PERSON: &str = concat!(
    include_str!("../money.sql"),
    include_str!("entries.sql"),
    include_str!("by_person.sql")
);
const DOING: &str = "adding up what actions took";

/// What some actions took.
#[derive(Debug, Clone, Default)]
pub(super) struct Account {
    /// How often they were taken.
    pub(super) actions: u64,
    /// Customers who took them.
    pub(super) customers: u64,
    /// In the order of [`CostName::ALL`].
    pub(super) costs: [Taken; COSTS],
}

/// What was taken of one cost.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Taken {
    /// In the whole numbers of the statement; of customers and others.
    pub(super) total: i128,
    /// Actions that can take it …
    pub(super) actions: u64,
    /// … and those of which it is known how much.
    pub(super) known: u64,
    /// Customers with an action that can take it, known or not.
    pub(super) customers: u64,
    /// Of those for whom it is known of any action.
    pub(super) per_customer: Clustered,
    /// Of anyone.
    pub(super) per_action: Clustered,
}

/// What one person gave in some actions.
#[derive(Debug, Clone, Copy, Default)]
struct Given {
    actions: u64,
    /// Of each cost: how much, in how many actions that can take it, and how many of which it is known.
    costs: [(i64, u64, u64); COSTS],
}

/// One account of everyone, and those of the groups.
pub(super) struct Accounts {
    /// Everyone.
    pub(super) whole: Account,
    /// By grouping the groups, in the order of their names.
    pub(super) groups: Vec<BTreeMap<StepName, Account>>,
    /// People who are no customers: visitors, sales to nobody in particular.
    pub(super) others: u64,
}

/// People on their way in.
struct Reader<'a> {
    names: &'a Names,
    groupings: Vec<Grouping<'a>>,
    whole: Account,
    others: u64,
    /// Who is being read; nobody before the first row.
    person: Option<Person>,
    key: String,
}

/// One way to tell actions apart.
struct Grouping<'a> {
    by: &'a By,
    /// The value of each customer, when it is a segment.
    segment: Option<&'a HashMap<String, String>>,
    /// By name of a group a place in `accounts`.
    places: HashMap<String, usize>,
    /// The group of what belongs to none first.
    accounts: Vec<Account>,
}

/// The person who is being read.
struct Person {
    id: String,
    is_customer: bool,
    whole: Given,
    /// By grouping the groups with what was given in them.
    groups: Vec<Vec<(usize, Given)>>,
}

impl Accounts {
    /// Of all that is in scope.
    pub(super) async fn read(
        context: &Context,
        observation: &Observation,
        names: &Names,
        by: &[By],
        segments: &[HashMap<String, String>],
    ) -> Result<Self, Error> {
        let mut parameters = money(context).to_vec();
        parameters.push(("products", ScalarValue::from(by.contains(&By::Product))));
        let frame = observation.query(BY_PERSON, &parameters).await?;
        let mut batches = frame.execute_stream().await.map_err(Error::engine(DOING))?;
        let mut segments = segments.iter();
        let grouping = |by| Grouping {
            by,
            segment: matches!(by, By::Segment(_))
                .then(|| segments.next())
                .flatten(),
            places: HashMap::new(),
            accounts: vec![Account::default()],
        };
        let mut reader = Reader {
            names,
            groupings: by.iter().map(grouping).collect(),
            whole: Account::default(),
            others: 0,
            person: None,
            key: String::new(),
        };
        while let Some(batch) = batches.try_next().await.map_err(Error::engine(DOING))? {
            context.check()?;
            reader.add(&batch);
        }
        reader.close();
        Ok(Self {
            whole: reader.whole,
            groups: reader.groupings.into_iter().map(Grouping::finish).collect(),
            others: reader.others,
        })
    }
}

impl Grouping<'_> {
    /// The place of the group that an action belongs to.
    fn place(&mut self, action: &Action, customer: Option<&str>, product: Option<&str>) -> usize {
        let label = match self.by {
            By::Action => Some(action.name.as_str()),
            By::Touchpoint => action.touchpoint.as_deref(),
            By::Stage => action.stage.as_deref(),
            By::Product => product,
            By::Segment(_) => {
                let values = self.segment.zip(customer);
                values.and_then(|(values, customer)| values.get(customer).map(String::as_str))
            }
        };
        let Some(label) = label else {
            return 0;
        };
        if let Some(&place) = self.places.get(label) {
            return place;
        }
        self.accounts.push(Account::default());
        let place = self.accounts.len() - 1;
        self.places.insert(label.to_owned(), place);
        place
    }

    /// Groups by name, without those in which nothing happened.
    fn finish(self) -> BTreeMap<StepName, Account> {
        let mut names = vec![StepName::Unknown; self.accounts.len()];
        for (label, place) in self.places {
            names[place] = StepName::Named(label);
        }
        let named = names.into_iter().zip(self.accounts);
        named.filter(|(_, account)| account.actions > 0).collect()
    }
}

impl Reader<'_> {
    fn add(&mut self, batch: &RecordBatch) {
        let texts = |name| text(batch, name).as_string_view().clone();
        let [people, customers, products] = ["person", "customer_id", "product"].map(texts);
        let [actions_named, stages, touchpoints] = ["action", "stage", "touchpoint"].map(texts);
        let whole = |name: &str| column(batch, name).as_primitive::<Int64Type>().clone();
        let actions = whole("actions");
        let sums: Vec<[Int64Array; 2]> = CostName::ALL
            .map(CostName::column)
            .iter()
            .map(|cost| [whole(cost), whole(&format!("{cost}_known"))])
            .collect();
        for row in 0..batch.num_rows() {
            if self
                .person
                .as_ref()
                .is_none_or(|person| person.id != people.value(row))
            {
                self.close();
                self.person = Some(Person {
                    id: people.value(row).to_owned(),
                    is_customer: customers.is_valid(row),
                    whole: Given::default(),
                    groups: vec![Vec::new(); self.groupings.len()],
                });
            }
            let (table, name) = get(&actions_named, row)
                .and_then(|action| action.split_once('/'))
                .unzip();
            let raw: Raw<'_> = [table, name, get(&stages, row), get(&touchpoints, row)];
            let action = self.names.actions.action(raw, &mut self.key);
            let given = Given::of(action, actions.value(row) as u64, |cost| {
                let [sum, known] = &sums[cost];
                let sum = if sum.is_valid(row) { sum.value(row) } else { 0 };
                (sum, known.value(row) as u64)
            });
            let Some(person) = &mut self.person else {
                continue;
            };
            person.whole.add(&given);
            let customer = get(&customers, row);
            let product = get(&products, row).map(|product| self.names.product(product));
            for (grouping, groups) in self.groupings.iter_mut().zip(&mut person.groups) {
                let place = grouping.place(action, customer, product);
                // a person has few groups
                match groups.iter_mut().find(|(known, _)| *known == place) {
                    Some((_, known)) => known.add(&given),
                    None => groups.push((place, given)),
                }
            }
        }
    }

    /// Enters the person who was read into the accounts.
    fn close(&mut self) {
        let Some(person) = self.person.take() else {
            return;
        };
        self.others += u64::from(!person.is_customer);
        self.whole.enter(&person.whole, person.is_customer);
        for (grouping, groups) in self.groupings.iter_mut().zip(person.groups) {
            for (place, given) in groups {
                grouping.accounts[place].enter(&given, person.is_customer);
            }
        }
    }
}

impl Given {
    /// `cost`: how much of the cost at a place of [`CostName::ALL`], and of how many actions that is known.
    fn of(action: &Action, actions: u64, cost: impl Fn(usize) -> (i64, u64)) -> Self {
        let mut given = Self {
            actions,
            ..Self::default()
        };
        for (place, of_cost) in given.costs.iter_mut().enumerate() {
            let (sum, known) = cost(place);
            let belongs = CostName::ALL[place].belongs_to(action.table, &action.kind);
            *of_cost = (sum, if belongs { actions } else { 0 }, known);
        }
        given
    }

    fn add(&mut self, other: &Self) {
        self.actions += other.actions;
        for (one, other) in self.costs.iter_mut().zip(other.costs) {
            one.0 += other.0;
            one.1 += other.1;
            one.2 += other.2;
        }
    }
}

impl Account {
    fn enter(&mut self, given: &Given, is_customer: bool) {
        self.actions += given.actions;
        self.customers += u64::from(is_customer);
        for (place, (sum, actions, known)) in given.costs.into_iter().enumerate() {
            let taken = &mut self.costs[place];
            taken.total += i128::from(sum);
            taken.actions += actions;
            taken.known += known;
            taken.customers += u64::from(is_customer && actions > 0);
            if known > 0 {
                let sum = sum as f64 / CostName::ALL[place].scale();
                taken.per_action.add(sum, known as f64);
                if is_customer {
                    taken.per_customer.add(sum, known as f64);
                }
            }
        }
    }
}

fn get(texts: &StringViewArray, row: usize) -> Option<&str> {
    texts.is_valid(row).then(|| texts.value(row))
}
