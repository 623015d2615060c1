//! Which segment each customer belongs to: by a column of `customers`, or by the first purchase.

mod against;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::{Date32Type, Decimal128Type};
use datafusion::scalar::ScalarValue;
use futures::TryStreamExt;
use schemars::JsonSchema;
use serde::Serialize;
use worth_lake::tables::{Kind, Table};

use crate::columns::{column, text};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::lifetime::{Purchases, business_currency, gather};
use crate::words::Words;
pub(crate) use against::{AgainstRest, FALSE_DISCOVERY_RATE};

/// What the first purchase tells a customer apart by, and what it is in SQL over `order_lines`.
const OF_FIRST_PURCHASE: [(&str, &str); 5] = [
    ("channel", "channel"),
    ("category", "category"),
    ("product", "coalesce(product_name, product_id)"),
    ("store", "touchpoint"),
    ("touchpoint", "touchpoint"),
];

/// Columns of `customers` that name a person, or say nothing that others share.
const NO_SEGMENT: [&str; 7] = [
    "customer_id",
    "account_id",
    "name",
    "email",
    "phone",
    "referred_by",
    "currency",
];

const FIRST_PURCHASE: &str = concat!(
    include_str!("../money.sql"),
    include_str!("first_purchase.sql")
);

/// Which customers (or contracts) belong to a segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SegmentName {
    /// Those with this value.
    Value(String),
    /// All with a value that is not told apart.
    Other,
    /// Those without a value.
    Unknown,
}

impl SegmentName {
    /// As people read it.
    pub(crate) fn told(&self, words: &Words) -> String {
        match self {
            Self::Value(value) => value.clone(),
            Self::Other => words.say("retention-other"),
            Self::Unknown => words.say("retention-unknown"),
        }
    }
}

/// What customers are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By<'a> {
    /// An expression in SQL over the lines of the first purchase.
    FirstPurchase(&'static str),
    /// A column of `customers`.
    Column(&'a str),
    /// Something the source had besides: a key of `customers.attributes`.
    Attribute(&'a str),
}

impl<'a> By<'a> {
    /// What a parameter means; whether an attribute is there is found out when it is read.
    pub(crate) fn of(given: &'a str) -> Result<Self, Error> {
        if let Some((_, sql)) = OF_FIRST_PURCHASE.iter().find(|(name, _)| *name == given) {
            return Ok(Self::FirstPurchase(sql));
        }
        // As on the command line, where names have strokes.
        match Table::Customers.column(&given.replace('-', "_")) {
            Some(column) if choices().contains(&column.name) => Ok(Self::Column(column.name)),
            Some(_) => Err(not_a_choice(given)),
            None => Ok(Self::Attribute(given)),
        }
    }
}

/// Columns that customers may be told apart by.
fn choices() -> Vec<&'static str> {
    (OF_FIRST_PURCHASE.iter().map(|(name, _)| *name))
        .chain(columns())
        .collect()
}

/// Those of the table `customers`.
pub(crate) fn columns() -> impl Iterator<Item = &'static str> {
    let of_customers = Table::Customers.columns().iter().filter(|column| {
        matches!(column.kind, Kind::Text | Kind::Count | Kind::Flag)
            && !NO_SEGMENT.contains(&column.name)
    });
    of_customers.map(|column| column.name)
}

fn not_a_choice(given: &str) -> Error {
    Error::NotAChoice {
        parameter: "by",
        given: given.into(),
        choices: choices().join(", "),
    }
}

/// Before the name of a segment that the first purchase tells, where it could be taken for another.
const FIRST: &str = "first-";

/// The value of each customer who has one, for a segment by its name; `first-channel` is the channel of
/// the first purchase, however early that was.
pub(crate) async fn read(
    name: &str,
    context: &Context,
    observation: &Observation,
) -> Result<HashMap<String, String>, Error> {
    let by = By::of(name.strip_prefix(FIRST).unwrap_or(name))?;
    let whole = Observation {
        from: None,
        ..observation.clone()
    };
    let purchases = match by {
        By::FirstPurchase(_) => gather(context, &whole).await?.purchases,
        By::Column(_) | By::Attribute(_) => Purchases::default(),
    };
    let first = |id: &str| purchases.first_day_of(purchases.rank(id)?);
    values(by, context, &whole, first).await
}

/// The value of each customer who has one. `first`: the day of a customer's first purchase.
pub(crate) async fn values(
    by: By<'_>,
    context: &Context,
    observation: &Observation,
    first: impl Fn(&str) -> Option<i32>,
) -> Result<HashMap<String, String>, Error> {
    match by {
        By::FirstPurchase(sql) => of_first_purchase(sql, context, observation, first).await,
        By::Column(name) => of_customers(&format!("cast({name} as text)"), &[], observation).await,
        By::Attribute(name) => {
            let attribute = [("attribute", ScalarValue::from(name))];
            let sql = "json_as_text(attributes, cast($attribute as text))";
            let values = of_customers(sql, &attribute, observation).await?;
            if values.is_empty() {
                return Err(not_a_choice(name));
            }
            Ok(values)
        }
    }
}

/// `expression`: SQL over `customers`, made of the names above only.
async fn of_customers(
    expression: &str,
    further: &[(&str, ScalarValue)],
    observation: &Observation,
) -> Result<HashMap<String, String>, Error> {
    let doing = "reading segments of customers";
    // A customer whom two sources describe differently has the first value in the alphabet.
    let sql = format!(
        "select customer_id, min(value) as value
         from (select customer_id, {expression} as value from customers)
         where value is not null and value <> ''
         group by customer_id"
    );
    let frame = observation.query(&sql, further).await?;
    let batches = frame.collect().await.map_err(Error::engine(doing))?;
    let mut values = HashMap::new();
    for batch in &batches {
        let (ids, found) = (text(batch, "customer_id"), text(batch, "value"));
        let (ids, found) = (ids.as_string_view(), found.as_string_view());
        for row in 0..batch.num_rows() {
            values.insert(ids.value(row).to_owned(), found.value(row).to_owned());
        }
    }
    Ok(values)
}

/// `expression`: SQL over `order_lines`. Of several values on the day of the first purchase the one
/// with most money, among equals the first in the alphabet.
async fn of_first_purchase(
    expression: &str,
    context: &Context,
    observation: &Observation,
    first: impl Fn(&str) -> Option<i32>,
) -> Result<HashMap<String, String>, Error> {
    let doing = "reading first purchases";
    let sql = FIRST_PURCHASE.replace("{expression}", expression);
    let frame = observation
        .query(&sql, &[business_currency(context)])
        .await?;
    let mut batches = frame.execute_stream().await.map_err(Error::engine(doing))?;
    let mut most: HashMap<String, (i128, String)> = HashMap::new();
    while let Some(batch) = batches.try_next().await.map_err(Error::engine(doing))? {
        context.check()?;
        let (ids, values) = (text(&batch, "customer_id"), text(&batch, "value"));
        let (ids, values) = (ids.as_string_view(), values.as_string_view());
        let days = column(&batch, "day").as_primitive::<Date32Type>();
        let amounts = column(&batch, "amount").as_primitive::<Decimal128Type>();
        for row in 0..batch.num_rows() {
            let id = ids.value(row);
            if amounts.is_null(row) || first(id) != Some(days.value(row)) {
                continue;
            }
            let (amount, value) = (amounts.value(row), values.value(row));
            match most.get_mut(id) {
                Some(known) if (amount, known.1.as_str()) > (known.0, value) => {
                    *known = (amount, value.to_owned());
                }
                Some(_) => {}
                None => {
                    most.insert(id.to_owned(), (amount, value.to_owned()));
                }
            }
        }
    }
    Ok(most
        .into_iter()
        .map(|(id, (_, value))| (id, value))
        .collect())
}

/// Which segments are told apart; the rest is one more.
#[derive(Debug, Clone, Default)]
pub(crate) struct ToldApart<'a> {
    /// At most so many of the largest …
    pub most: usize,
    /// … that have at least so many …
    pub least: u64,
    /// … and these in any case, even without anyone.
    pub always: BTreeSet<&'a str>,
}

/// Segments, and the place among them of each that was to be assigned.
#[derive(Debug, Clone)]
pub(crate) struct Assigned {
    /// The largest first; the others together and the unknown last, where there are any.
    pub names: Vec<SegmentName>,
    /// By the order of what was assigned, a place in `names`.
    pub place: Vec<u32>,
}

impl Assigned {
    /// Gives each of `values` its segment.
    pub(crate) fn of(values: &[Option<&str>], told_apart: &ToldApart<'_>) -> Self {
        let always = &told_apart.always;
        let mut counts: BTreeMap<&str, u64> = always.iter().map(|name| (*name, 0)).collect();
        for value in values.iter().flatten() {
            *counts.entry(value).or_default() += 1;
        }
        let mut largest: Vec<(&str, u64)> = counts.into_iter().collect();
        largest.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
        let all = largest.len();
        let mut left = told_apart.most;
        largest.retain(|(value, count)| {
            let large = left > 0 && *count >= told_apart.least;
            left -= usize::from(large);
            large || always.contains(value)
        });
        let has_other = largest.len() < all;
        let mut names: Vec<SegmentName> = largest
            .iter()
            .map(|(value, _)| SegmentName::Value((*value).to_owned()))
            .collect();
        let places: HashMap<&str, u32> = (0..)
            .zip(&largest)
            .map(|(place, (value, _))| (*value, place))
            .collect();
        let other = names.len() as u32;
        if has_other {
            names.push(SegmentName::Other);
        }
        let unknown = names.len() as u32;
        if values.iter().any(Option::is_none) {
            names.push(SegmentName::Unknown);
        }
        let place = values
            .iter()
            .map(|value| match value {
                Some(value) => places.get(value).copied().unwrap_or(other),
                None => unknown,
            })
            .collect();
        Self { names, place }
    }

    /// Whether a place is that of the unknown.
    pub(crate) fn is_unknown(&self, place: u32) -> bool {
        self.names[place as usize] == SegmentName::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_come_first_and_the_rest_is_one() {
        let mut values: Vec<Option<&str>> = Vec::new();
        let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
        for (count, name) in names.iter().enumerate() {
            values.extend(std::iter::repeat_n(Some(*name), count + 1));
        }
        values.push(None);
        let largest = ToldApart {
            most: 8,
            ..ToldApart::default()
        };
        let assigned = Assigned::of(&values, &largest);
        assert_eq!(assigned.names.len(), 10);
        assert_eq!(assigned.names[0], SegmentName::Value("j".into()));
        assert_eq!(
            assigned.names[8..],
            [SegmentName::Other, SegmentName::Unknown]
        );
        // the one "a" and the two "b" are the rest
        assert_eq!(assigned.place[..4], [8, 8, 8, 7]);
        assert!(assigned.is_unknown(*assigned.place.last().expect("some")));
    }

    #[test]
    fn small_ones_are_taken_together_unless_they_are_wanted() {
        let values = ["a", "a", "a", "b", "c", "c"].map(Some);
        let told_apart = ToldApart {
            most: 8,
            least: 2,
            always: BTreeSet::from(["b", "d"]),
        };
        let value = |name: &str| SegmentName::Value(name.into());
        let assigned = Assigned::of(&values, &told_apart);
        assert_eq!(
            assigned.names,
            [value("a"), value("c"), value("b"), value("d")]
        );
        let told_apart = ToldApart {
            always: BTreeSet::from(["d"]),
            ..told_apart
        };
        let assigned = Assigned::of(&values, &told_apart);
        assert_eq!(
            assigned.names,
            [value("a"), value("c"), value("d"), SegmentName::Other]
        );
        assert_eq!(assigned.place, [0, 0, 0, 3, 1, 1]);
    }

    #[test]
    fn personal_columns_are_no_segments() {
        for name in ["store", "touchpoint"] {
            assert_eq!(By::of(name).ok(), Some(By::FirstPurchase("touchpoint")));
        }
        assert_eq!(By::of("gender").ok(), Some(By::Column("gender")));
        let channel = Some(By::Column("acquisition_channel"));
        assert_eq!(By::of("acquisition-channel").ok(), channel);
        assert_eq!(By::of("tier").ok(), Some(By::Attribute("tier")));
        for personal in ["email", "name", "customer_id", "attributes", "row_key"] {
            assert!(By::of(personal).is_err(), "{personal}");
        }
    }
}
