//! What each action took from customers beyond the price: an account of money, time, effort, risk, personal
//! data, attention and strain, and of what is not known.
//!
//! ```text
//!  steps::Named (rules of [journey]) ──────────┐
//!  entries.sql + by_person.sql ───────────────┼─► accounts.rs: everyone, and each group
//!  perceived, by touchpoint and stage ────────┤        (worth_model::clustered)
//!  [costs] in worth.toml: rates.rs ───────────┴─► CostsAnswer
//!  entries.sql + statement.sql ─────────────────► statement.rs: one customer's, line by line
//! ```
//!
//! Sums are of whole numbers and exact. What is not known is never taken for nothing: beside each cost stands
//! in how many of the actions that can take it it is known. `docs/methods/costs.md` has the rules.

mod accounts;
mod answer;
mod measure;
mod names;
mod rates;
mod rows;
mod sheet;
mod statement;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use datafusion::scalar::ScalarValue;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::DEFAULT_LEVEL;

use crate::answers;
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::lifetime::business_currency;
use crate::perceived::Perceived;
use crate::question::{Answered, Provenance, Question, Scope};
use crate::segments;
use crate::steps;
use accounts::Accounts;
pub use answer::{Asked, Basis, Cost, CostsAnswer, Group, Groups, InMoney, RateUsed, Taking};
pub use measure::CostName;
use names::Names;
use rates::CostsSettings;
pub use rates::{Per, Rate};
use rows::CustomerRows;
pub(crate) use sheet::action_name;
pub use statement::{Entry, EntryCost, Statement};

/// What did each action cost customers, beyond the price?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Costs {
    /// What actions are told apart by: action, touchpoint, stage, product, or a segment of customers
    /// (gender, first-store).
    pub by: Vec<By>,
    /// The statement of this customer: every action, and what it took.
    pub customer: Option<String>,
    /// Probability that intervals are meant to hold: 0.5 to 0.99.
    pub level: f64,
}

impl Default for Costs {
    fn default() -> Self {
        Self {
            by: vec![By::Action, By::Touchpoint, By::Stage],
            customer: None,
            level: DEFAULT_LEVEL,
        }
    }
}

/// What actions are told apart by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// What the customer did.
    Action,
    /// Where.
    Touchpoint,
    /// Stage of the journey.
    Stage,
    /// Product.
    Product,
    /// A segment of customers: a column of `customers`, something the source had besides, or what the first
    /// purchase tells (`first-channel`, `first-category`, `first-product`, `first-store`).
    #[serde(untagged)]
    Segment(String),
}

impl Question for Costs {
    const NAME: &'static str = "costs";
    type Answer = CostsAnswer;

    async fn ask(&self, scope: &Scope, context: &Context) -> Result<Answered<CostsAnswer>, Error> {
        Error::in_range("level", self.level, 0.5, 0.99)?;
        let settings: CostsSettings = context.section("costs")?;
        settings.check()?;
        let observation = steps::observe(scope, context).await?;
        let products_too = self.customer.is_some() || self.by.contains(&By::Product);
        let names = Names::read(context, &observation, products_too).await?;
        let segments = self.segments(context, &observation).await?;
        let accounts = Accounts::read(context, &observation, &names, &self.by, &segments).await?;
        let perceived = Perceived {
            by: vec![answers::By::Touchpoint, answers::By::Stage],
            level: self.level,
            ..Perceived::default()
        };
        let perceived = context.ask(scope, &perceived).await?;
        let statement = match &self.customer {
            Some(customer) => {
                Some(Statement::read(context, &observation, &names, &settings, customer).await?)
            }
            None => None,
        };
        let provenance = Provenance {
            rows_used: accounts.whole.actions,
            ..observation.provenance(Self::NAME)
        };
        let answer = CostsAnswer::of(
            self,
            &accounts,
            &settings,
            &perceived.answer,
            statement,
            &observation,
        );
        let rows = CustomerRows::new(observation, money(context).to_vec());
        Ok(Answered {
            answer,
            provenance,
            rows: Some(Arc::new(rows)),
        })
    }
}

impl Costs {
    /// The value of each customer, for each grouping that is a segment.
    async fn segments(
        &self,
        context: &Context,
        observation: &Observation,
    ) -> Result<Vec<HashMap<String, String>>, Error> {
        let mut read = Vec::new();
        for by in &self.by {
            if let By::Segment(name) = by {
                read.push(segments::read(name, context, observation).await?);
            }
        }
        Ok(read)
    }
}

/// What statements about money need besides the scope.
fn money(context: &Context) -> [(&'static str, ScalarValue); 1] {
    [business_currency(context)]
}
