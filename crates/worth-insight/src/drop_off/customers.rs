//! Who the customers are: the segments that leavers and goers are told apart by.

use std::collections::{BTreeSet, HashMap};

use worth_model::journey::Log;

use super::answer::TraitName;
use super::leaving::AtStep;
use super::traits::{Column, MOST_VALUES, Values};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::segments;
use crate::steps::Steps;

/// Segments by name, with the value of each customer who has one.
pub(super) struct Customers {
    segments: Vec<(String, HashMap<String, String>)>,
}

/// Reads the segments named, or all columns of customers that have values.
pub(super) async fn read(
    by: &[String],
    context: &Context,
    observation: &Observation,
) -> Result<Customers, Error> {
    let names: Vec<String> = match by {
        [] => segments::columns().map(str::to_owned).collect(),
        by => by.iter().map(|name| name.trim().to_owned()).collect(),
    };
    let mut found = Vec::new();
    for name in names {
        let values = segments::read(&name, context, observation).await?;
        if !values.is_empty() {
            found.push((name, values));
        }
    }
    Ok(Customers { segments: found })
}

impl Customers {
    /// One column for each segment, with a value for each of `journeys` whose customer has one.
    pub(super) fn columns<'a>(
        &'a self,
        steps: &Steps,
        log: &Log,
        journeys: &[AtStep],
    ) -> Vec<Column<'a>> {
        let column = |(name, values): &'a (String, HashMap<String, String>)| {
            let value = |there: &AtStep| {
                let customer = steps.ids.of(log.origin(there.journey)).customer()?;
                values.get(customer).map(String::as_str)
            };
            Column {
                name: TraitName::Segment(name.clone()),
                values: numbers_or_texts(journeys.iter().map(value).collect()),
            }
        };
        self.segments.iter().map(column).collect()
    }
}

/// Numbers when all are, and too many to be told apart one by one: a year of birth.
fn numbers_or_texts(texts: Vec<Option<&str>>) -> Values<'_> {
    let distinct: BTreeSet<&str> = texts.iter().copied().flatten().collect();
    let number = |text: &str| text.parse().ok().filter(|number: &f64| number.is_finite());
    if distinct.len() > MOST_VALUES && distinct.iter().all(|text| number(text).is_some()) {
        let numbers = texts.iter().map(|text| text.and_then(number));
        return Values::Numbers(numbers.map(|number| number.unwrap_or(f64::NAN)).collect());
    }
    Values::Texts(texts)
}
