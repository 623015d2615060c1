//! The call list: whom to contact, what to know of them, and whom to leave alone at random.
//!
//! ```text
//!  customers of one status, most worth first
//!     │ people.sql: who must not be contacted is left out, and counted
//!     ▼
//!  the first `limit` of them ── arms.rs: a random tenth is held out
//!     │ sold.sql, complaints.sql, offers.rs
//!     ▼
//!  rows.rs: a sheet to fill in; `worth import` reads it back into `messages`
//! ```

mod arms;
mod known;
mod offers;
mod rows;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::answer::Status;
use super::forecast::Forecaster;
use super::history::Histories;
use crate::columns::day_of;
use crate::context::{Context, Observation};
use crate::error::Error;
use known::Known;
pub(super) use rows::CallRows;

/// A list of customers to contact, with a random part held out. The rows are in `--out`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CallList {
    /// Name of the list: status, last day of observation and seed. The same name gives everyone the
    /// same arm, however long the list is and however it is sorted.
    pub list_id: String,
    /// The campaign that its messages will belong to.
    pub campaign: String,
    /// What those on it seem to be doing.
    pub status: Status,
    /// Customers of this status.
    pub customers: u64,
    /// Those of them who must not be contacted: they are on no list.
    pub not_allowed: u64,
    /// Customers on the list.
    pub listed: u64,
    /// Those on the list of whom nobody knows whether they may be contacted.
    pub permission_unknown: u64,
    /// Those on the list to contact.
    pub treatment: u64,
    /// Those on the list to leave alone, so that the others can be compared with them.
    pub holdout: u64,
    /// Probability of being held out.
    pub holdout_share: f64,
}

/// What a list is drawn up from.
pub(super) struct Draft {
    pub(super) status: Status,
    pub(super) limit: Option<u32>,
    pub(super) holdout_share: f64,
    pub(super) campaign: Option<String>,
    pub(super) histories: Arc<Histories>,
    pub(super) forecaster: Arc<Forecaster>,
    /// Rows of the customers of this status, the most valuable first.
    pub(super) chosen: Vec<u32>,
}

impl Draft {
    /// Leaves out who must not be contacted, draws the arms, and looks up what to know of the rest.
    pub(super) async fn draw_up(
        self,
        context: &Context,
        observation: &Observation,
    ) -> Result<(CallList, CallRows), Error> {
        let list_id = format!(
            "{}-{}-{}",
            self.status.name(),
            observation.until,
            observation.seed
        );
        let histories = &self.histories;
        let id = |row: &u32| histories.id(*row as usize);
        let mut known = Known::people(observation, self.chosen.iter().map(id)).await?;
        let customers = self.chosen.len() as u64;
        let mut listed = self.chosen.clone();
        listed.retain(|row| known.of(id(row)).contact_allowed != Some(false));
        let not_allowed = customers - listed.len() as u64;
        listed.truncate(self.limit.map_or(usize::MAX, |limit| limit as usize));
        known.keep_only(listed.iter().map(id));
        context.check()?;
        known.look_up(context, observation).await?;
        let held_out =
            |row: &u32| arms::draw(observation.seed, &list_id, id(row)) < self.holdout_share;
        let (mut order, holdout): (Vec<u32>, Vec<u32>) =
            listed.iter().partition(|row| !held_out(row));
        let treatment = order.len();
        order.extend(&holdout);
        let unknown = |row: &&u32| known.of(id(row)).contact_allowed.is_none();
        let list = CallList {
            campaign: self.campaign.unwrap_or_else(|| list_id.clone()),
            list_id,
            status: self.status,
            customers,
            not_allowed,
            listed: order.len() as u64,
            permission_unknown: order.iter().filter(unknown).count() as u64,
            treatment: treatment as u64,
            holdout: holdout.len() as u64,
            holdout_share: self.holdout_share,
        };
        let rows = CallRows {
            list: Arc::new(list.clone()),
            list_date: day_of(observation.until),
            order: order.into(),
            treatment,
            known: Arc::new(known),
            histories: Arc::clone(&self.histories),
            forecaster: self.forecaster,
            language: context.language(),
        };
        Ok((list, rows))
    }
}
