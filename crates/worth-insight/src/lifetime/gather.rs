//! Asks the snapshot for order lines, and folds them into purchases.

use std::collections::HashSet;

use datafusion::arrow::array::AsArray;
use datafusion::scalar::ScalarValue;
use futures::TryStreamExt;

use super::costs::Costs;
use super::purchases::{Gatherer, Purchases};
use super::refunds::{self, RefundsTaken};
use crate::columns::{date_of, text};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::question::{LeftOut, Provenance};

const LINES: &str = concat!(include_str!("../money.sql"), include_str!("features.sql"));
const REFUNDS: &str = concat!(include_str!("../money.sql"), include_str!("refunds.sql"));
const CUSTOMERS_OF_REGIONS: &str =
    "select distinct customer_id from customers where array_has($region, region)";

/// What was bought in a period, and what was left out of it.
pub(crate) struct Gathered {
    /// Purchases, after refunds.
    pub purchases: Purchases,
    /// What it had cost.
    pub costs: Costs,
    /// What became of refunds.
    pub refunds: RefundsTaken,
    /// Order lines that count.
    pub rows_used: u64,
    /// Order lines in scope that do not, by reason.
    pub left_out: Vec<LeftOut>,
}

impl Gathered {
    /// Where an answer to `question` that rests on these purchases comes from.
    ///
    /// # Errors
    ///
    /// [`Error::NothingThere`] without order lines.
    pub(crate) fn provenance(
        &self,
        question: &'static str,
        observation: &Observation,
    ) -> Result<Provenance, Error> {
        let rows_left_out = self.left_out.iter().map(|left_out| left_out.rows).sum();
        if self.rows_used + rows_left_out == 0 {
            return Err(Error::NothingThere {
                question,
                table: "order_lines",
            });
        }
        let of_scope = observation.provenance(question);
        Ok(Provenance {
            from: self.purchases.first_day().map(date_of).or(of_scope.from),
            rows_used: self.rows_used,
            rows_left_out,
            left_out: self.left_out.clone(),
            ..of_scope
        })
    }
}

/// Reads the order lines in scope once; the refunds among them once more, when there are any.
pub(crate) async fn gather(
    context: &Context,
    observation: &Observation,
) -> Result<Gathered, Error> {
    let doing = "reading order lines";
    let money = [business_currency(context)];
    let wanted = customers_of_regions(observation).await?;
    let mut gatherer = Gatherer::new(wanted.as_ref());
    let frame = observation.query(LINES, &money).await?;
    let mut batches = frame.execute_stream().await.map_err(Error::engine(doing))?;
    while let Some(batch) = batches.try_next().await.map_err(Error::engine(doing))? {
        context.check()?;
        gatherer.add(&batch);
    }
    let (rows_used, any_refunds) = (gatherer.used, gatherer.refunds > 0);
    let left_out = gatherer.left_out();
    let (mut purchases, costs) = gatherer.finish();
    let mut refunds = RefundsTaken::default();
    if any_refunds {
        let doing = "reading refunds";
        let frame = observation.query(REFUNDS, &money).await?;
        let batches = frame.collect().await.map_err(Error::engine(doing))?;
        let mut all = Vec::new();
        for batch in &batches {
            refunds::read(batch, &purchases, wanted.as_ref(), &mut all);
        }
        refunds = refunds::take(&mut purchases, all);
    }
    Ok(Gathered {
        purchases,
        costs,
        refunds,
        rows_used,
        left_out,
    })
}

/// What exchange rates are given in, as `money.sql` wants it.
pub(crate) fn business_currency(context: &Context) -> (&'static str, ScalarValue) {
    let currency = context.workspace().business().currency.as_str();
    ("business_currency", ScalarValue::from(currency))
}

/// The customers of the regions asked for; `None` when every region counts.
pub(crate) async fn customers_of_regions(
    observation: &Observation,
) -> Result<Option<HashSet<String>>, Error> {
    if observation.filter.region.is_empty() {
        return Ok(None);
    }
    let doing = "looking up the customers of a region";
    let frame = observation.query(CUSTOMERS_OF_REGIONS, &[]).await?;
    let batches = frame.collect().await.map_err(Error::engine(doing))?;
    let mut wanted = HashSet::new();
    for batch in &batches {
        let ids = text(batch, "customer_id");
        wanted.extend(ids.as_string_view().iter().flatten().map(str::to_owned));
    }
    Ok(Some(wanted))
}
