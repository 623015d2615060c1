//! Reads `features.sql` into one compact table: who said what of which brand.

use std::collections::{BTreeMap, BTreeSet};

use datafusion::arrow::array::{Array, Date32Array, Float64Array, Int64Array, StringArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::DataType;
use datafusion::arrow::record_batch::RecordBatch;
use futures::TryStreamExt;
use jiff::ToSpan;
use jiff::civil::Date;

use super::answer::Kind;
use crate::context::Observation;
use crate::error::Error;

const FEATURES: &str = include_str!("features.sql");
const DOING: &str = "reading survey answers";

/// What respondents said, by respondent.
#[derive(Debug, Default)]
pub(super) struct Features {
    /// Brands as they are named; none = answers that name no brand. Spellings that differ only
    /// in case are one brand.
    pub(super) brands: Vec<Option<String>>,
    /// Roles and stages, by name.
    pub(super) roles: Vec<String>,
    pub(super) stages: Vec<String>,
    pub(super) respondents: Vec<Respondent>,
    /// In the order of respondents.
    pub(super) cells: Vec<Cell>,
    /// Answers that could not be used, by reason.
    pub(super) left_out: BTreeMap<String, u64>,
}

/// One person who answered.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Respondent {
    /// The customer, else the filled-in form.
    pub(super) name: String,
    /// The customer, when the respondent is known to be one.
    pub(super) customer_id: Option<String>,
    /// Sampling weight.
    pub(super) weight: f64,
}

/// The answers of one respondent on one thing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    /// Number of the respondent.
    pub(super) respondent: usize,
    /// Number of the brand.
    pub(super) brand: usize,
    /// What was asked.
    pub(super) asked: Asked,
    /// Number of the role, if it is known.
    pub(super) role: Option<usize>,
    /// Number of the stage, if there is one.
    pub(super) stage: Option<usize>,
    /// Sum of the scores, on 1..10 (importance: 0..1).
    pub(super) sum: f64,
    /// How many answers the sum is over.
    pub(super) answers: u64,
    /// Days of the first and last of them.
    pub(super) days: (Date, Date),
}

/// What an answer is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Asked {
    /// How much of a benefit or cost there is.
    Dimension(Kind, String),
    /// How important a dimension is.
    Importance(String),
    /// A question about the whole.
    Whole(String),
}

impl Features {
    /// All answers in scope.
    pub(super) async fn read(observation: &Observation) -> Result<Self, Error> {
        let mut batches = observation
            .query(FEATURES, &[])
            .await?
            .execute_stream()
            .await
            .map_err(Error::engine(DOING))?;
        let mut features = Self::default();
        while let Some(batch) = batches.try_next().await.map_err(Error::engine(DOING))? {
            features.add(&Columns::of(&batch)?);
        }
        Ok(features)
    }

    fn add(&mut self, rows: &Columns) {
        for row in 0..rows.answers.len() {
            let answers = u64::try_from(rows.answers.value(row)).expect("counts are not negative");
            if let Some(reason) = text(&rows.left_out, row) {
                *self.left_out.entry(reason.into()).or_default() += answers;
                continue;
            }
            let cell = Cell {
                respondent: self.respondent(rows, row),
                brand: self.brand(text(&rows.brand, row)),
                asked: asked(rows, row),
                role: text(&rows.role, row).map(|name| number_of(&mut self.roles, name)),
                stage: text(&rows.stage, row).map(|name| number_of(&mut self.stages, name)),
                sum: rows.score_sum.value(row),
                answers,
                days: (
                    day(rows.first_day.value(row)),
                    day(rows.last_day.value(row)),
                ),
            };
            let weight = rows.weight.value(row);
            let respondent = &mut self.respondents[cell.respondent];
            respondent.weight = respondent.weight.max(weight);
            self.cells.push(cell);
        }
    }

    /// Rows come by respondent: it is the last one, or a new one.
    fn respondent(&mut self, rows: &Columns, row: usize) -> usize {
        let customer_id = text(&rows.customer_id, row);
        let name = customer_id
            .map(str::to_owned)
            .or_else(|| {
                let source = text(&rows.form_source, row)?;
                let form = text(&rows.form_id, row)?;
                Some(format!("{source}/{form}"))
            })
            .unwrap_or_default();
        let is_last = self
            .respondents
            .last()
            .is_some_and(|last| last.name == name && last.customer_id.as_deref() == customer_id);
        if !is_last {
            self.respondents.push(Respondent {
                name,
                customer_id: customer_id.map(str::to_owned),
                weight: 0.0,
            });
        }
        self.respondents.len() - 1
    }

    fn brand(&mut self, name: Option<&str>) -> usize {
        let name = name.filter(|name| !name.is_empty());
        let found = self.brands.iter().position(|brand| match (brand, name) {
            (Some(brand), Some(name)) => super::brands::same(brand, name),
            (None, None) => true,
            _ => false,
        });
        found.unwrap_or_else(|| {
            self.brands.push(name.map(str::to_owned));
            self.brands.len() - 1
        })
    }

    /// Of these brands the one that most respondents scored; the first by name of several.
    pub(super) fn most_scored<'a>(&self, names: &[&'a String]) -> &'a String {
        let respondents = |name: &String| {
            self.cells
                .iter()
                .filter(|cell| self.brands[cell.brand].as_ref() == Some(name))
                .map(|cell| cell.respondent)
                .collect::<BTreeSet<_>>()
                .len()
        };
        names
            .iter()
            .max_by(|one, other| {
                respondents(one)
                    .cmp(&respondents(other))
                    .then_with(|| other.cmp(one))
            })
            .expect("there are several names to choose from")
    }
}

fn asked(rows: &Columns, row: usize) -> Asked {
    let dimension = text(&rows.dimension, row).unwrap_or_default().to_owned();
    match text(&rows.measure, row).unwrap_or_default() {
        "benefit" => Asked::Dimension(Kind::Benefit, dimension),
        "cost" => Asked::Dimension(Kind::Cost, dimension),
        "importance" => Asked::Importance(dimension),
        whole => Asked::Whole(whole.to_owned()),
    }
}

fn number_of(names: &mut Vec<String>, name: &str) -> usize {
    names
        .iter()
        .position(|other| other == name)
        .unwrap_or_else(|| {
            names.push(name.to_owned());
            names.len() - 1
        })
}

/// The columns of `features.sql`, typed.
struct Columns {
    customer_id: StringArray,
    form_source: StringArray,
    form_id: StringArray,
    brand: StringArray,
    measure: StringArray,
    dimension: StringArray,
    role: StringArray,
    stage: StringArray,
    left_out: StringArray,
    weight: Float64Array,
    score_sum: Float64Array,
    answers: Int64Array,
    first_day: Date32Array,
    last_day: Date32Array,
}

impl Columns {
    fn of(batch: &RecordBatch) -> Result<Self, Error> {
        Ok(Self {
            customer_id: column(batch, "customer_id", &DataType::Utf8)?,
            form_source: column(batch, "form_source", &DataType::Utf8)?,
            form_id: column(batch, "form_id", &DataType::Utf8)?,
            brand: column(batch, "brand", &DataType::Utf8)?,
            measure: column(batch, "measure", &DataType::Utf8)?,
            dimension: column(batch, "dimension", &DataType::Utf8)?,
            role: column(batch, "role", &DataType::Utf8)?,
            stage: column(batch, "stage", &DataType::Utf8)?,
            left_out: column(batch, "left_out", &DataType::Utf8)?,
            weight: column(batch, "weight", &DataType::Float64)?,
            score_sum: column(batch, "score_sum", &DataType::Float64)?,
            answers: column(batch, "answers", &DataType::Int64)?,
            first_day: column(batch, "first_day", &DataType::Date32)?,
            last_day: column(batch, "last_day", &DataType::Date32)?,
        })
    }
}

/// The column as an array of the type that `A` is made for: files may store text in other ways.
fn column<A: Array + Clone + 'static>(
    batch: &RecordBatch,
    name: &'static str,
    data_type: &DataType,
) -> Result<A, Error> {
    let column = batch
        .column_by_name(name)
        .expect("features.sql selects this column");
    let column = cast(column, data_type).map_err(|problem| Error::engine(DOING)(problem.into()))?;
    let typed = column
        .as_any()
        .downcast_ref::<A>()
        .expect("the cast gave this type");
    Ok(typed.clone())
}

fn text(column: &StringArray, row: usize) -> Option<&str> {
    column.is_valid(row).then(|| column.value(row))
}

pub(super) fn day(days_since_epoch: i32) -> Date {
    Date::constant(1970, 1, 1).saturating_add(days_since_epoch.days())
}
