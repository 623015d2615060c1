//! Weights of respondents raked to whom they stand for: shares of `worth.toml`, else the customers.
//!
//! Each survey is raked by itself, over the forms that are not left out; forms of one customer in one
//! survey count once and weigh the same.

use std::collections::{BTreeMap, HashMap};

use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::Int64Type;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::survey::{Margin, Raked, rake};

use super::Taken;
use super::read::{Filled, Form};
use super::settings::{RakedBy, SurveySettings};
use crate::columns::{column, text};
use crate::context::Observation;
use crate::error::Error;

const CUSTOMERS: &str = include_str!("customers.sql");
const DOING: &str = "counting customers";

/// How one survey was raked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RakedSurvey {
    /// Its name, else that of its source.
    pub survey: String,
    /// Respondents who were weighted.
    pub respondents: u64,
    /// What they were raked by.
    pub margins: Vec<RakedMargin>,
    /// Every margin holds.
    pub converged: bool,
    /// By how much the share of a category misses its target at most, 0..1.
    pub largest_miss: f64,
    /// Respondents whose weight is at the cap.
    pub capped: u64,
}

/// What respondents were raked by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RakedMargin {
    /// Region, culture or channel.
    pub by: RakedBy,
    /// Categories with a target in which nobody answered.
    pub nobody: Vec<String>,
    /// Share of respondents whose category is not known or has no target: they keep it, 0..1.
    pub kept: f64,
}

/// Whom respondents stand for.
pub(super) struct Targets {
    margins: Vec<Target>,
    cap: f64,
}

struct Target {
    by: RakedBy,
    names: Vec<String>,
    targets: Vec<f64>,
    /// Place of a category, by its name in small letters.
    places: HashMap<String, usize>,
}

impl Targets {
    pub(super) async fn of(
        observation: &Observation,
        settings: &SurveySettings,
    ) -> Result<Self, Error> {
        let margins = match settings.margins.is_empty() {
            true => customers(observation).await?,
            false => settings.margins.clone(),
        };
        Ok(Self {
            margins: margins.into_iter().map(Target::new).collect(),
            cap: settings.cap,
        })
    }

    /// Weights the respondents of one survey, which has a form.
    pub(super) fn rake(
        &self,
        filled: &Filled,
        forms: &[usize],
        taken: &mut [Taken],
    ) -> RakedSurvey {
        let survey = filled.forms[forms[0]].survey_name();
        let counts =
            |&&form: &&usize| taken[form].left_out.is_none() && is_weight(taken[form].weight);
        let forms: Vec<usize> = forms.iter().filter(counts).copied().collect();
        // all forms of one customer are one respondent
        let mut respondents: BTreeMap<(Option<&str>, usize), Vec<usize>> = BTreeMap::new();
        for &form in &forms {
            let key = match &filled.forms[form].customer_id {
                Some(customer_id) => (Some(customer_id.as_str()), 0),
                None => (None, form),
            };
            respondents.entry(key).or_default().push(form);
        }
        let respondents: Vec<Vec<usize>> = respondents.into_values().collect();
        let weights: Vec<f64> = (respondents.iter())
            .map(|forms| {
                forms
                    .iter()
                    .map(|&form| taken[form].weight)
                    .fold(0.0, f64::max)
            })
            .collect();
        let margin = |target: &Target| Margin {
            categories: (respondents.iter())
                .map(|forms| target.place(&filled.forms[forms[0]]))
                .collect(),
            targets: target.targets.clone(),
        };
        let margins: Vec<Margin> = self.margins.iter().map(margin).collect();
        let raked =
            rake(&weights, &margins, self.cap).expect("weights and targets that were checked");
        for (forms, weight) in respondents.iter().zip(&raked.weights) {
            for &form in forms {
                taken[form].weight = *weight;
            }
        }
        self.told(survey, &raked)
    }

    fn told(&self, survey: &str, raked: &Raked) -> RakedSurvey {
        let margins = self.margins.iter().zip(&raked.nobody).zip(&raked.kept);
        let margins = margins.map(|((target, nobody), &kept)| RakedMargin {
            by: target.by,
            nobody: nobody
                .iter()
                .map(|&place| target.names[place].clone())
                .collect(),
            kept,
        });
        RakedSurvey {
            survey: survey.into(),
            respondents: raked.weights.len() as u64,
            margins: margins.collect(),
            converged: raked.converged,
            largest_miss: raked.largest_miss,
            capped: raked.capped as u64,
        }
    }
}

impl Target {
    fn new((by, categories): (RakedBy, BTreeMap<String, f64>)) -> Self {
        let mut target = Self {
            by,
            names: Vec::new(),
            targets: Vec::new(),
            places: HashMap::new(),
        };
        for (name, share) in categories {
            let next = target.names.len();
            let place = *target.places.entry(as_key(&name)).or_insert(next);
            if place == next {
                target.names.push(name);
                target.targets.push(0.0);
            }
            target.targets[place] += share;
        }
        target
    }

    fn place(&self, form: &Form) -> Option<usize> {
        let category = match self.by {
            RakedBy::Region => &form.region,
            RakedBy::Culture => &form.culture,
            RakedBy::Channel => &form.channel,
        };
        self.places.get(&as_key(category.as_ref()?)).copied()
    }
}

fn as_key(category: &str) -> String {
    category.trim().to_lowercase()
}

fn is_weight(weight: f64) -> bool {
    weight > 0.0 && weight < 1e300
}

async fn customers(
    observation: &Observation,
) -> Result<BTreeMap<RakedBy, BTreeMap<String, f64>>, Error> {
    let frame = observation.snapshot.query(CUSTOMERS, &[]).await?;
    let batches = frame.collect().await.map_err(Error::engine(DOING))?;
    let mut margins: BTreeMap<RakedBy, BTreeMap<String, f64>> = BTreeMap::new();
    for batch in &batches {
        let [names, categories] = ["margin", "category"].map(|name| text(batch, name));
        let (names, categories) = (names.as_string_view(), categories.as_string_view());
        let counts = column(batch, "customers").as_primitive::<Int64Type>();
        for row in 0..batch.num_rows() {
            let by = RakedBy::ALL
                .into_iter()
                .find(|by| by.name() == names.value(row));
            let by = by.expect("the statement names no other");
            let customers = counts.value(row) as f64;
            (margins.entry(by).or_default()).insert(categories.value(row).into(), customers);
        }
    }
    Ok(margins)
}
