//! Accounts and their members: who has which part, and how much say.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::datatypes::{Date32Type, Float64Type};
use futures::TryStreamExt;
use worth_model::Estimate;

use super::answer::{PartsHeld, RoleSay, WhoDecides};
use super::role_rank;
use crate::answers::{Answer, Respondent};
use crate::columns::{column, text};
use crate::context::{Context, Observation};
use crate::error::Error;

const MEMBERS: &str = include_str!("members.sql");
const DOING: &str = "reading the roles of customers";

/// What the table `roles` says.
#[derive(Debug, Default)]
pub(super) struct Members {
    /// Parts of customers who answered, whenever they held.
    parts: HashMap<String, Vec<Part>>,
    /// Who decides, over all accounts; absent without any.
    pub(super) who_decides: Option<WhoDecides>,
    /// Whether the say of anybody is known.
    pub(super) has_say: bool,
}

/// Somebody's part in an account.
#[derive(Debug, Clone, PartialEq)]
struct Part {
    account: String,
    role: String,
    /// Business days, counted from 1970-01-01; both inclusive.
    since: Option<i32>,
    until: Option<i32>,
    /// Say in the decisions of the account, to be compared within it.
    say: f64,
}

impl Part {
    fn holds_on(&self, day: i32) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl Members {
    /// All parts in the accounts of one snapshot.
    pub(super) async fn read(context: &Context, observation: &Observation) -> Result<Self, Error> {
        let frame = observation.query(MEMBERS, &[]).await?;
        let mut batches = frame.execute_stream().await.map_err(Error::engine(DOING))?;
        let mut reader = Reader::default();
        while let Some(batch) = batches.try_next().await.map_err(Error::engine(DOING))? {
            context.check()?;
            reader.add(&batch);
        }
        reader.finish_account();
        Ok(Self {
            who_decides: reader.decided.tell(),
            has_say: reader.decided.with_say > 0,
            parts: reader.parts,
        })
    }

    /// The account of a respondent: the one that the survey or the customer names, else the only one
    /// that the customer has a part in.
    pub(super) fn account<'a>(&'a self, respondent: &'a Respondent) -> Option<&'a str> {
        let named = respondent.account.as_deref();
        named.or_else(|| {
            let parts = self.parts_of(respondent);
            let first = parts.first()?.account.as_str();
            let is_only = parts.iter().all(|part| part.account == first);
            is_only.then_some(first)
        })
    }

    /// The roles of an answer: the one it was given in, else those that the respondent had on its day,
    /// in the respondent's account where that is known.
    pub(super) fn roles<'a>(
        &'a self,
        answer: &'a Answer,
        respondent: &'a Respondent,
    ) -> impl Iterator<Item = &'a str> {
        let given = answer.about.role.as_deref();
        let parts = self.parts_in_account(respondent);
        let held = parts.filter(move |part| given.is_none() && part.holds_on(answer.day));
        given.into_iter().chain(held.map(|part| part.role.as_str()))
    }

    /// Say that a respondent had in a role on a day.
    pub(super) fn say(&self, respondent: &Respondent, role: &str, day: i32) -> f64 {
        let parts = self.parts_in_account(respondent);
        let held = parts.filter(|part| part.role == role && part.holds_on(day));
        held.map(|part| part.say).sum()
    }

    fn parts_in_account<'a>(
        &'a self,
        respondent: &'a Respondent,
    ) -> impl Iterator<Item = &'a Part> {
        let account = self.account(respondent);
        let parts = self.parts_of(respondent).iter();
        parts.filter(move |part| account.is_none_or(|account| part.account == account))
    }

    fn parts_of(&self, respondent: &Respondent) -> &[Part] {
        let customer = respondent.customer_id.as_deref();
        let parts = customer.and_then(|customer| self.parts.get(customer));
        parts.map_or(&[], Vec::as_slice)
    }
}

/// A row of `members.sql`, apart from its account.
struct Row {
    customer: String,
    role: String,
    since: Option<i32>,
    until: Option<i32>,
    weight: Option<f64>,
    has_answered: bool,
    holds: bool,
}

impl Row {
    /// Whether both hold at some time.
    fn overlaps(&self, other: &Self) -> bool {
        let begins_before_end = |begin: &Self, end: &Self| {
            let known = begin.since.zip(end.until);
            known.is_none_or(|(since, until)| since <= until)
        };
        begins_before_end(self, other) && begins_before_end(other, self)
    }
}

/// Accounts on their way in, one after the other.
#[derive(Default)]
struct Reader {
    account: String,
    rows: Vec<Row>,
    parts: HashMap<String, Vec<Part>>,
    decided: Decided,
}

impl Reader {
    fn add(&mut self, batch: &RecordBatch) {
        let [accounts, customers, roles] =
            ["account", "customer_id", "role"].map(|name| text(batch, name));
        let [accounts, customers, roles] =
            [&accounts, &customers, &roles].map(|column| column.as_string_view());
        let day = |name| column(batch, name).as_primitive::<Date32Type>();
        let [since, until] = ["since", "until"].map(day);
        let weights = column(batch, "weight").as_primitive::<Float64Type>();
        let flag = |name| column(batch, name).as_boolean();
        let [has_answered, holds] = ["has_answered", "holds"].map(flag);
        for row in 0..batch.num_rows() {
            if accounts.value(row) != self.account {
                self.finish_account();
                accounts.value(row).clone_into(&mut self.account);
            }
            let weight = weights.is_valid(row).then(|| weights.value(row));
            self.rows.push(Row {
                customer: customers.value(row).into(),
                role: roles.value(row).into(),
                since: since.is_valid(row).then(|| since.value(row)),
                until: until.is_valid(row).then(|| until.value(row)),
                weight: weight.filter(|weight| (0.0..=1e15).contains(weight)),
                has_answered: has_answered.value(row),
                holds: holds.value(row),
            });
        }
    }

    fn finish_account(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let says = says(&rows);
        self.decided.add(&rows, &says);
        for (row, say) in rows
            .into_iter()
            .zip(says)
            .filter(|(row, _)| row.has_answered)
        {
            self.parts.entry(row.customer).or_default().push(Part {
                account: self.account.clone(),
                role: row.role,
                since: row.since,
                until: row.until,
                say,
            });
        }
    }
}

/// Say of each row: its weight; the mean of the account's weights where it has none of its own; where
/// the account has none at all, everyone has the same, shared out over the parts that one has at a time.
fn says(rows: &[Row]) -> Vec<f64> {
    let given: Vec<f64> = rows.iter().filter_map(|row| row.weight).collect();
    let mean = given.iter().sum::<f64>() / given.len() as f64;
    // rows come by person
    let people = rows.chunk_by(|one, other| one.customer == other.customer);
    let of_person = |parts: &[Row]| -> Vec<f64> {
        let beside = |row: &Row| parts.iter().filter(|other| row.overlaps(other)).count();
        let equal = |row: &Row| 1.0 / beside(row).max(1) as f64;
        let without = |row: &Row| if given.is_empty() { equal(row) } else { mean };
        let say = |row: &Row| row.weight.unwrap_or_else(|| without(row));
        parts.iter().map(say).collect()
    };
    people.flat_map(of_person).collect()
}

/// Who decides, added up over accounts.
#[derive(Default)]
struct Decided {
    accounts: u64,
    /// Accounts in which somebody's weight is known.
    with_say: u64,
    people: u64,
    /// By role: shares of the say added up, accounts that have it, people.
    by_role: BTreeMap<String, (f64, u64, u64)>,
    /// People by the parts that they hold.
    held: BTreeMap<Vec<String>, u64>,
}

impl Decided {
    /// Adds what holds in an account.
    fn add(&mut self, rows: &[Row], says: &[f64]) {
        let held = || rows.iter().zip(says).filter(|(row, _)| row.holds);
        let all: f64 = held().map(|(_, say)| say).sum();
        if all <= 0.0 {
            return;
        }
        self.accounts += 1;
        self.with_say += u64::from(rows.iter().any(|row| row.weight.is_some()));
        let mut parts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut in_account: BTreeMap<&str, f64> = BTreeMap::new();
        for (row, say) in held() {
            parts.entry(&row.customer).or_default().insert(&row.role);
            *in_account.entry(&row.role).or_default() += say;
        }
        self.people += parts.len() as u64;
        for (role, say) in in_account {
            let known = self.by_role.entry(role.to_owned()).or_default();
            known.0 += say / all;
            known.1 += 1;
        }
        for roles in parts.into_values() {
            let mut roles: Vec<String> = roles.into_iter().map(str::to_owned).collect();
            roles.sort_by_key(|role| role_rank(role));
            for role in &roles {
                if let Some(known) = self.by_role.get_mut(role) {
                    known.2 += 1;
                }
            }
            *self.held.entry(roles).or_default() += 1;
        }
    }

    fn tell(&self) -> Option<WhoDecides> {
        if self.accounts == 0 {
            return None;
        }
        let accounts = self.accounts as f64;
        let mut roles: Vec<RoleSay> = self
            .by_role
            .iter()
            .map(|(role, (shares, with_role, people))| RoleSay {
                role: role.clone(),
                share: Estimate::counted(shares / accounts),
                accounts: *with_role,
                people: *people,
            })
            .collect();
        roles.sort_by(|one, other| other.share.value.total_cmp(&one.share.value));
        let mut held: Vec<PartsHeld> = self
            .held
            .iter()
            .map(|(roles, people)| PartsHeld {
                roles: roles.clone(),
                people: *people,
            })
            .collect();
        held.sort_by_key(|held| std::cmp::Reverse(held.people));
        Some(WhoDecides {
            accounts: self.accounts,
            accounts_without_say: self.accounts - self.with_say,
            people: self.people,
            roles,
            held,
        })
    }
}
