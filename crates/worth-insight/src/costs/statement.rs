//! One customer's statement: every action in the order of time with what it took, and the sums, as a bank
//! would write it.

use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::datatypes::{Int64Type, TimestampMicrosecondType};
use datafusion::scalar::ScalarValue;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Serialize;

use super::measure::CostName;
use super::money;
use super::names::Names;
use super::rates::CostsSettings;
use crate::columns::{column, text};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::steps::Raw;

const STATEMENT: &str = concat!(
    include_str!("../money.sql"),
    include_str!("entries.sql"),
    include_str!("statement.sql")
);
const DOING: &str = "reading a customer's statement";

/// What was taken from one customer, action by action.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Statement {
    /// The customer.
    pub customer: String,
    /// Actions in the order of time.
    pub entries: Vec<Entry>,
    /// Sums of what is known.
    pub totals: Vec<EntryCost>,
    /// Money paid, and what the rates make of the rest, in the currency of the business; absent when
    /// neither is known.
    pub in_money: Option<f64>,
}

/// One action.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Entry {
    /// When, in the time zone of the business.
    pub at: DateTime,
    /// What was done.
    pub action: String,
    /// It was a repetition of a step of the same journey: what it took stands where it was done, and here only
    /// how often.
    pub again: bool,
    /// Where.
    pub touchpoint: Option<String>,
    /// Stage of the journey.
    pub stage: Option<String>,
    /// What it was about.
    pub product: Option<String>,
    /// What is known of what it took; what is not here it cannot take, or is not known.
    pub costs: Vec<EntryCost>,
    /// What it can take and of which it is not known how much.
    pub unknown: Vec<CostName>,
}

/// How much of a cost.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct EntryCost {
    /// Which.
    pub cost: CostName,
    /// How much.
    pub amount: f64,
}

impl Statement {
    /// # Errors
    ///
    /// [`Error::NoCustomer`] when nothing is known of such a customer.
    pub(super) async fn read(
        context: &Context,
        observation: &Observation,
        names: &Names,
        settings: &CostsSettings,
        customer: &str,
    ) -> Result<Self, Error> {
        let mut parameters = money(context).to_vec();
        parameters.push(("products", ScalarValue::from(false)));
        parameters.push(("customer", ScalarValue::from(customer)));
        let frame = observation.query(STATEMENT, &parameters).await?;
        let batches = frame.collect().await.map_err(Error::engine(DOING))?;
        let zone = context.workspace().business().zone();
        let mut entries = Vec::new();
        let mut sums: Vec<Option<i128>> = vec![None; CostName::ALL.len()];
        for batch in &batches {
            read(batch, names, &zone, &mut entries, &mut sums);
        }
        if entries.is_empty() {
            return Err(Error::NoCustomer {
                customer: customer.into(),
            });
        }
        let known = CostName::ALL.into_iter().zip(sums);
        let totals: Vec<EntryCost> = known
            .filter_map(|(cost, sum)| {
                let amount = sum? as f64 / cost.scale();
                Some(EntryCost { cost, amount })
            })
            .collect();
        let worth = totals.iter().filter_map(|total| match total.cost {
            CostName::Money => Some(total.amount),
            cost => settings.worth(cost, total.amount),
        });
        let worth: Vec<f64> = worth.collect();
        Ok(Self {
            customer: customer.into(),
            entries,
            in_money: (!worth.is_empty()).then(|| worth.iter().sum()),
            totals,
        })
    }
}

fn read(
    batch: &RecordBatch,
    names: &Names,
    zone: &TimeZone,
    entries: &mut Vec<Entry>,
    sums: &mut [Option<i128>],
) {
    let described = ["from_table", "name", "stage", "touchpoint"].map(|name| text(batch, name));
    let products = text(batch, "product");
    let times = column(batch, "at").as_primitive::<TimestampMicrosecondType>();
    let actions = column(batch, "actions").as_primitive::<Int64Type>();
    let amounts = CostName::ALL.map(|cost| {
        let amounts = column(batch, &cost.column());
        amounts.as_primitive::<Int64Type>().clone()
    });
    let mut key = String::new();
    for row in 0..batch.num_rows() {
        let raw: Raw<'_> = described.each_ref().map(|column| {
            let texts = column.as_string_view();
            texts.is_valid(row).then(|| texts.value(row))
        });
        let action = names.actions.action(raw, &mut key);
        let (mut costs, mut unknown) = (Vec::new(), Vec::new());
        let again = actions.value(row) == 0;
        for ((cost, amounts), sum) in CostName::ALL.into_iter().zip(&amounts).zip(&mut *sums) {
            if amounts.is_valid(row) {
                let amount = amounts.value(row);
                *sum = Some(sum.unwrap_or_default() + i128::from(amount));
                if amount != 0 {
                    let amount = amount as f64 / cost.scale();
                    costs.push(EntryCost { cost, amount });
                }
            } else if !again && cost.belongs_to(action.table, &action.kind) {
                unknown.push(cost);
            }
        }
        let at = Timestamp::from_microsecond(times.value(row)).unwrap_or(Timestamp::UNIX_EPOCH);
        let products = products.as_string_view();
        entries.push(Entry {
            at: at.to_zoned(zone.clone()).datetime(),
            action: action.name.clone(),
            again,
            touchpoint: action.touchpoint.clone(),
            stage: action.stage.clone(),
            product: products
                .is_valid(row)
                .then(|| names.product(products.value(row)).to_owned()),
            costs,
            unknown,
        });
    }
}
