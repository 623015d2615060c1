//! Reads `forms.sql`: every form with all its answers, numbered.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use datafusion::arrow::array::{Array, AsArray, Float64Array, RecordBatch};
use datafusion::arrow::datatypes::{Float64Type, TimestampMicrosecondType};
use futures::TryStreamExt;
use worth_model::survey::{Answer, Sense};

use super::super::read::owned;
use crate::columns::{column, text};
use crate::context::{Context, Observation};
use crate::error::Error;

const FORMS: &str = concat!(
    include_str!("../respondents.sql"),
    include_str!("forms.sql")
);
const DOING: &str = "reading survey forms";

/// Every form, whole.
#[derive(Default)]
pub(super) struct Filled {
    /// Where a form is, by source and id.
    pub(super) places: Pairs,
    /// In the order of sources and ids.
    pub(super) forms: Vec<Form>,
    answers: Vec<Answer>,
    questions: Pairs,
    brands: Pairs,
}

/// A filled-in form.
pub(super) struct Form {
    source: String,
    /// Empty when it has no name.
    survey: String,
    /// Who filled it in, when that is known.
    pub(super) customer_id: Option<String>,
    pub(super) region: Option<String>,
    pub(super) culture: Option<String>,
    pub(super) channel: Option<String>,
    /// As the survey has it.
    pub(super) weight: f64,
    /// When the last answer was given, in microseconds since 1970-01-01.
    pub(super) answered_at: i64,
    /// Order, product, touchpoint, stage and role of its first answer.
    pub(super) about: String,
    answers: Range<usize>,
}

impl Filled {
    pub(super) async fn read(context: &Context, observation: &Observation) -> Result<Self, Error> {
        let frame = observation.snapshot.query(FORMS, &[]).await?;
        let mut batches = frame.execute_stream().await.map_err(Error::engine(DOING))?;
        let mut filled = Self::default();
        while let Some(batch) = batches.try_next().await.map_err(Error::engine(DOING))? {
            context.check()?;
            filled.add(&batch);
        }
        Ok(filled)
    }

    /// Answers of a form.
    pub(super) fn answers(&self, form: usize) -> &[Answer] {
        &self.answers[self.forms[form].answers.clone()]
    }

    /// Forms of each survey in the order of time.
    pub(super) fn by_survey(&self) -> Vec<Vec<usize>> {
        let mut surveys: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for (place, form) in self.forms.iter().enumerate() {
            let survey = (form.source.as_str(), form.survey.as_str());
            surveys.entry(survey).or_default().push(place);
        }
        for forms in surveys.values_mut() {
            // sorting is stable: forms of the same moment stay in the order of their ids
            forms.sort_by_key(|&form| self.forms[form].answered_at);
        }
        surveys.into_values().collect()
    }

    fn add(&mut self, batch: &RecordBatch) {
        let texts = |name| text(batch, name).as_string_view().clone();
        let [source, response_id, survey, customer_id, about] =
            ["source", "response_id", "survey", "customer_id", "about"].map(texts);
        let [region, culture, channel] = ["region", "culture", "channel"].map(texts);
        let [brand, question, measure] = ["brand", "question", "measure"].map(texts);
        let [weight, score, least, most, seconds] =
            ["weight", "score", "scale_min", "scale_max", "seconds"]
                .map(|name| column(batch, name).as_primitive::<Float64Type>());
        let answered_at = column(batch, "answered_at").as_primitive::<TimestampMicrosecondType>();
        for row in 0..batch.num_rows() {
            let number = |column: &Float64Array| match column.is_valid(row) {
                true => column.value(row),
                false => f64::NAN,
            };
            let place = self
                .places
                .number(source.value(row), response_id.value(row));
            if place == self.forms.len() {
                self.forms.push(Form {
                    source: source.value(row).into(),
                    survey: owned(&survey, row).unwrap_or_default(),
                    customer_id: owned(&customer_id, row),
                    region: owned(&region, row),
                    culture: owned(&culture, row),
                    channel: owned(&channel, row),
                    weight: weight.value(row),
                    answered_at: answered_at.value(row),
                    about: about.value(row).into(),
                    answers: self.answers.len()..self.answers.len(),
                });
            }
            self.answers.push(Answer {
                question: self.questions.number(brand.value(row), question.value(row)),
                about: self.brands.number(brand.value(row), ""),
                score: number(score),
                scale: (number(least), number(most)),
                sense: sense(measure.value(row)),
                seconds: number(seconds),
            });
            self.forms[place].answers.end = self.answers.len();
        }
    }
}

impl Form {
    /// What the survey is called: by its name, else by its source.
    pub(super) fn survey_name(&self) -> &str {
        match self.survey.as_str() {
            "" => &self.source,
            survey => survey,
        }
    }
}

/// Whether more of a measure is better. Effort is asked as ease.
fn sense(measure: &str) -> Sense {
    match measure {
        "benefit" | "overall" | "worth" | "satisfaction" | "recommend" | "repurchase"
        | "effort" | "expectancy" | "ideal" => Sense::Better,
        "cost" => Sense::Worse,
        _ => Sense::Neither,
    }
}

/// Numbers pairs of texts, from 0, in the order in which they come.
#[derive(Default)]
pub(super) struct Pairs {
    numbers: HashMap<String, HashMap<String, usize>>,
    count: usize,
}

impl Pairs {
    pub(super) fn get(&self, one: &str, other: &str) -> Option<usize> {
        self.numbers.get(one)?.get(other).copied()
    }

    fn number(&mut self, one: &str, other: &str) -> usize {
        if let Some(known) = self.get(one, other) {
            return known;
        }
        let next = self.count;
        let others = self.numbers.entry(one.into()).or_default();
        others.insert(other.into(), next);
        self.count += 1;
        next
    }
}
