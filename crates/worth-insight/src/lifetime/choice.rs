//! Which model of purchases is used: the one that was named, else the one that a backtest of what
//! customers bought so far would go on with.
//!
//! The backtest is that of the question `backtest` with its defaults, on purchases that were
//! gathered already. Of very many customers every so manieth is tested.

use std::hash::{DefaultHasher, Hash, Hasher};

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::lifetime::Model;

use super::purchases::Purchases;
use crate::backtest::Backtest;
use crate::backtest::answer::{BacktestAnswer, CannotTell};
use crate::context::Context;
use crate::error::Error;

/// Customers who are tested at most: enough to tell models apart where it matters, and for less work
/// than fitting one of them to a million.
const MOST_TESTED: usize = 1 << 16;

/// How the model was chosen.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum ModelChoice {
    /// It was named.
    Name,
    /// It is what `backtest` would go on with: the simplest, unless another is surely closer to what
    /// customers did after earlier days.
    Backtest {
        /// One in so many customers was tested; 1: all.
        one_in: u32,
        /// What was found.
        #[serde(flatten)]
        backtest: Box<BacktestAnswer>,
    },
    /// It is the simplest, because a customer summary has no days on which to test.
    Undated,
    /// It is the simplest, because nothing could be tested.
    Untested {
        /// Why not.
        why: CannotTell,
    },
}

/// The model to use for these purchases, of which all is known until the end of `until`.
pub(super) fn choose(
    named: Option<Model>,
    purchases: &Purchases,
    until: i32,
    context: &Context,
) -> Result<(Model, ModelChoice), Error> {
    if let Some(model) = named {
        return Ok((model, ModelChoice::Name));
    }
    let chosen = context.find(digest(purchases, until), || test(purchases, until, context))?;
    Ok((*chosen).clone())
}

fn test(
    purchases: &Purchases,
    until: i32,
    context: &Context,
) -> Result<(Model, ModelChoice), Error> {
    let one_in = purchases.customers.len().div_ceil(MOST_TESTED).max(1) as u32;
    let backtest = Backtest::default();
    let found = match one_in {
        1 => backtest.answer(purchases, until, context)?,
        _ => backtest.answer(&purchases.one_in(one_in), until, context)?,
    };
    Ok(match found.cannot_tell {
        Some(why) => (Model::ALL[0], ModelChoice::Untested { why }),
        None => {
            let verdict = found.verdict.expect("without a verdict it says why");
            let backtest = Box::new(found);
            (verdict.model, ModelChoice::Backtest { one_in, backtest })
        }
    })
}

/// Of all that the test depends on, beside worth.toml.
fn digest(purchases: &Purchases, until: i32) -> u64 {
    let mut hasher = DefaultHasher::new();
    let Purchases {
        customers,
        days,
        refunds,
    } = purchases;
    (customers.len(), days, refunds, until).hash(&mut hasher);
    hasher.finish()
}
