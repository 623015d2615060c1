//! How satisfied people said they were, by step: from survey answers and feedback that name an event, a
//! touchpoint or a stage.

use std::collections::BTreeMap;

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::{Float64Type, Int64Type};
use datafusion::scalar::ScalarValue;
use worth_model::experiment::Arm;

use super::answer::Satisfaction;
use crate::answers::ValueSettings;
use crate::columns::{column, text};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::steps::{Grain, StepName, Steps};

const STATEMENT: &str = include_str!("satisfaction.sql");
const DOING: &str = "reading how satisfied people were";

/// Scores with how many gave each, by step and by measure.
pub(super) struct Satisfied(BTreeMap<StepName, BTreeMap<String, Vec<(f64, u64)>>>);

pub(super) async fn read(
    context: &Context,
    observation: &Observation,
    steps: &Steps,
    by: Grain,
) -> Result<Satisfied, Error> {
    let settings: ValueSettings = context.section("value")?;
    let brand = settings.brand.unwrap_or_default().trim().to_lowercase();
    let own = [("own_brand", ScalarValue::from(brand))];
    let frame = observation.query(STATEMENT, &own).await?;
    let batches = frame.collect().await.map_err(Error::engine(DOING))?;
    let mut satisfied = Satisfied(BTreeMap::new());
    for batch in &batches {
        let about = text(batch, by.name());
        let measures = text(batch, "measure");
        let (about, measures) = (about.as_string_view(), measures.as_string_view());
        let scores = column(batch, "score").as_primitive::<Float64Type>();
        let answers = column(batch, "answers").as_primitive::<Int64Type>();
        for row in 0..batch.num_rows() {
            if about.is_null(row) {
                continue;
            }
            // after the rules of worth.toml, as the steps are
            let Some(name) = steps.name_of(by, about.value(row)) else {
                continue;
            };
            let of_step = satisfied.0.entry(name).or_default();
            let of_measure = of_step.entry(measures.value(row).to_owned()).or_default();
            of_measure.push((scores.value(row), answers.value(row).unsigned_abs()));
        }
    }
    Ok(satisfied)
}

impl Satisfied {
    /// Of one step, by measure.
    pub(super) fn of(&self, name: &StepName, level: f64) -> Vec<Satisfaction> {
        let measures = self.0.get(name).into_iter().flatten();
        measures
            .map(|(measure, scores)| {
                let each = scores
                    .iter()
                    .flat_map(|&(score, answers)| (0..answers).map(move |_| score));
                let arm = Arm::of_equals(each);
                Satisfaction {
                    measure: measure.clone(),
                    answers: arm.people,
                    mean: arm.average(level).expect("the level is in range"),
                }
            })
            .collect()
    }
}
