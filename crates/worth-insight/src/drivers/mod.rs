//! What has to do with whether customers find it worth it, recommend it, or buy again?
//!
//! ```text
//!  answers ──► Layout: scores of the brand, respondents × dimensions, costs turned round
//!     ├─► outcome.rs: what they said of the whole, or whether they bought again (behaviour)
//!     └─► beside.rs: against competitors, stated importance, opportunity
//!                 └─► worth_model::drivers ──► answer.rs
//! ```
//!
//! Costs are turned round, so that more is better of every dimension. The formulas are in
//! [`worth_model::drivers`] and in `docs/methods/drivers.md`.

pub mod answer;
mod beside;
mod outcome;
mod rows;
mod sheet;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::drivers::{
    Answers as Columns, Concern, FittedDrivers, KeyDrivers, MOST_DRIVERS, Missing, PenaltyReward,
    smallest_correlation,
};
use worth_model::perceived::Weights;
use worth_model::{DEFAULT_LEVEL, Resampling};

use crate::answers::{
    Answers, Brands, CompletingQuestion, DimensionName, Kind, Layout, Ready, ValueSettings,
    filters_without_effect, observe,
};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::question::{Answered, Provenance, Question, Scope};
use answer::{Driver, DriversAnswer, Explained, OutcomeScore};
use beside::Beside;
use outcome::Outcomes;

/// Scores up to this are low, and from that on high, on 1..10.
const LOW_AND_HIGH: (f64, f64) = (4.0, 8.0);
/// Two years: nothing bought that late comes from what was felt at the time of the answer.
const LONGEST_DAYS: u32 = 730;

/// What has most to do with whether customers find it worth it, recommend it, or buy again?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Drivers {
    /// What dimensions of value may drive.
    pub of: Outcome,
    /// The brand that was scored; the own one when none is named.
    pub brand: Option<String>,
    /// Within how many days after the answer a purchase counts, for `observed-repurchase`.
    pub days: u32,
    /// How often respondents are resampled for the intervals: 200 to 20,000.
    pub resamples: u32,
    /// Probability that intervals are meant to hold: 0.5 to 0.99.
    pub level: f64,
}

impl Default for Drivers {
    /// 90 days: a quarter, in which most shops' customers come back if they do.
    fn default() -> Self {
        Self {
            of: Outcome::default(),
            brand: None,
            days: 90,
            resamples: 1000,
            level: DEFAULT_LEVEL,
        }
    }
}

/// What dimensions of value may drive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Whether it is worth what one gives for it.
    #[default]
    Worth,
    /// Whether they would recommend it.
    Recommend,
    /// Whether they would buy again.
    Repurchase,
    /// How satisfied they are.
    Satisfaction,
    /// Whether they did buy again, of respondents who are customers.
    ObservedRepurchase,
}

impl Question for Drivers {
    const NAME: &'static str = "drivers";
    type Answer = DriversAnswer;

    async fn ask(
        &self,
        scope: &Scope,
        context: &Context,
    ) -> Result<Answered<DriversAnswer>, Error> {
        self.check()?;
        let settings: ValueSettings = context.section("value")?;
        let observation = observe(scope, context).await?;
        let asked = [
            &["benefit", "cost", "importance"],
            Outcome::MEASURES.as_slice(),
        ]
        .concat();
        let answers = Answers::read(context, &observation, &asked).await?;
        let brands = Brands::of(&answers, context, &observation)?;
        let brand = brands.asked_for(self.brand.as_deref())?;
        let outcomes = Outcomes::of(self, brand, &answers, &brands, scope, context).await?;
        context.check()?;
        let analysis = Analysis {
            question: self,
            brand,
            layout: Layout::of(&answers, &brands, &settings),
            answers,
            brands,
            settings,
            outcomes,
            resampling: Resampling {
                resamples: self.resamples as usize,
                level: self.level,
                seed: observation.seed,
            },
        };
        let provenance = analysis.provenance(&observation);
        let answer = analysis.answer(&observation);
        let rows = rows::rows(&answer)?;
        Ok(Answered {
            answer,
            provenance,
            rows: Some(Arc::new(rows)),
        })
    }
}

impl Drivers {
    fn check(&self) -> Result<(), Error> {
        Error::in_range("days", self.days.into(), 1.0, LONGEST_DAYS.into())?;
        Error::in_range("resamples", self.resamples.into(), 200.0, 20_000.0)?;
        Error::in_range("level", self.level, 0.5, 0.99)
    }
}

/// All that an answer is made of.
struct Analysis<'a> {
    question: &'a Drivers,
    /// Place of the brand that was scored.
    brand: usize,
    answers: Answers,
    brands: Brands,
    layout: Layout,
    settings: ValueSettings,
    outcomes: Outcomes,
    resampling: Resampling,
}

/// One row per respondent who scored anything of the brand, one column per dimension that was scored.
struct Scores {
    /// Numbers of the respondents.
    respondents: Vec<usize>,
    /// Places in the layout's dimensions.
    dimensions: Vec<usize>,
    /// Those that are left out because there are too many.
    too_many: Vec<usize>,
    /// On 1..10, costs turned round; `NAN` where there is none.
    columns: Vec<Vec<f64>>,
    outcome: Vec<f64>,
    weights: Vec<f64>,
}

impl Analysis<'_> {
    fn provenance(&self, observation: &Observation) -> Provenance {
        let whole = observation.provenance(Drivers::NAME);
        self.answers.provenance(whole, |_, answer| {
            let asked = &answer.asked;
            if asked.is_importance() {
                None
            } else if self.brands.place(answer.brand).is_none() {
                Some("other-brand")
            } else if asked.kind().is_none()
                && Some(asked.measure.as_str()) != self.question.of.asked()
            {
                Some("other-measure")
            } else {
                None
            }
        })
    }

    fn answer(&self, observation: &Observation) -> DriversAnswer {
        let (respondents, survey) = self.layout.survey(&self.answers, &self.brands, |_| true);
        let valued = self
            .layout
            .spec(self.brand, &self.resampling, Weights::Asked)
            .fit(&survey)
            .expect("spec and matrices are made from the same layout");
        let scores = self.scores(&respondents, &survey.scores);
        let columns: Vec<&[f64]> = scores.columns.iter().map(Vec::as_slice).collect();
        let checked = Columns {
            drivers: &columns,
            outcome: &scores.outcome,
            weight: Some(&scores.weights),
        }
        .check()
        .ok();
        let missing = scores.missing();
        let fitted = checked.as_ref().map(|checked| {
            let spec = KeyDrivers {
                missing,
                resampling: self.resampling,
            };
            spec.fit(checked).expect("settings that were checked")
        });
        let explained = fitted.as_ref().and_then(told);
        let asymmetries = checked.filter(|_| explained.is_some()).map(|checked| {
            let spec = PenaltyReward {
                low_at_most: LOW_AND_HIGH.0,
                high_at_least: LOW_AND_HIGH.1,
                missing,
                resampling: self.resampling,
            };
            spec.fit(&checked)
                .expect("settings that were checked")
                .drivers
        });
        let shares = explained.map(|explained| {
            let drivers = explained.drivers.iter();
            drivers.map(|driver| driver.share).collect::<Vec<_>>()
        });
        let beside = Beside::of(
            self,
            &scores,
            (&respondents, &survey),
            &valued,
            shares.as_deref(),
        );
        let drivers: Vec<Driver> = (scores.dimensions.iter().enumerate())
            .map(|(place, &dimension)| {
                let fitted = fitted.as_ref().expect("there is a column");
                Driver {
                    name: self.layout.dimensions[dimension].clone(),
                    respondents: fitted.drivers[place].respondents,
                    effective: fitted.drivers[place].effective,
                    mean: fitted.drivers[place].mean,
                    importance: explained.map(|explained| explained.drivers[place]),
                    beyond_chance: explained.is_some_and(|explained| {
                        explained.drivers[place].gain.value > explained.gain_by_chance
                    }),
                    other_methods: explained
                        .map(|explained| answer::OtherMethods::of(&explained.drivers, place)),
                    on_map: beside.on_map(place),
                    stated: beside.stated[place],
                    ranks: beside.ranks.as_ref().map(|ranks| ranks.drivers[place]),
                    asymmetry: asymmetries.as_ref().map(|all| all[place]),
                    opportunity: beside.opportunities[place],
                }
            })
            .collect();
        let never_asked = self.never_asked(&scores);
        let respondents = fitted.as_ref().map(|fitted| fitted.respondents);
        DriversAnswer {
            level: self.question.level,
            of: self.question.of,
            days: (self.question.of == Outcome::ObservedRepurchase).then_some(self.question.days),
            brand: self.brands.names[self.brand].clone(),
            own_brand: self.brands.own.clone(),
            survey: self.answers.quality.clone(),
            respondents,
            missing,
            outcome: OutcomeScore::of(&scores.outcome, &scores.weights, self.question.level),
            not_customers: self.outcomes.not_customers,
            days_not_over: self.outcomes.days_not_over,
            smallest_correlation: respondents
                .and_then(|who| smallest_correlation(who.effective, self.question.level)),
            explained: explained.map(Explained::of),
            lines: beside.lines(),
            stated_and_derived: beside
                .ranks
                .as_ref()
                .and_then(|ranks| ranks.rank_correlation),
            concerns: fitted.map_or_else(Vec::new, |fitted| fitted.concerns),
            completing: self.completing(&never_asked, &beside),
            drivers,
            never_asked,
            too_many: (scores.too_many.iter())
                .map(|&dimension| self.layout.dimensions[dimension].clone())
                .collect(),
            filters_without_effect: filters_without_effect(observation),
        }
    }

    /// Scores of the brand, by respondent. `all`: those of every brand, as the layout puts them.
    fn scores(&self, respondents: &[usize], all: &[f64]) -> Scores {
        let dimensions = self.layout.dimensions.len();
        let width = self.brands.names.len() * dimensions;
        let of_row = |row: usize| {
            let start = row * width + self.brand * dimensions;
            &all[start..start + dimensions]
        };
        let is_score = |score: &f64| !score.is_nan();
        let rows: Vec<usize> = (0..respondents.len())
            .filter(|&row| of_row(row).iter().any(is_score))
            .collect();
        let count = |&column: &usize| {
            let scored = rows.iter().filter(|&&row| is_score(&of_row(row)[column]));
            scored.count()
        };
        let mut scored: Vec<usize> = (0..dimensions).filter(|column| count(column) > 0).collect();
        // a questionnaire of so many tells them no longer apart: those that most scored are kept
        scored.sort_by_key(|column| Reverse(count(column)));
        let mut too_many = scored.split_off(scored.len().min(MOST_DRIVERS));
        scored.sort_unstable();
        too_many.sort_unstable();
        let column = |&column: &usize| {
            let is_cost = self.layout.dimensions[column].kind == Kind::Cost;
            let turned = |score: f64| if is_cost { 11.0 - score } else { score };
            rows.iter()
                .map(|&row| turned(of_row(row)[column]))
                .collect()
        };
        let respondents: Vec<usize> = rows.iter().map(|&row| respondents[row]).collect();
        let weight = |&number: &usize| self.answers.respondents[number].weight;
        Scores {
            columns: scored.iter().map(column).collect(),
            dimensions: scored,
            too_many,
            outcome: respondents
                .iter()
                .map(|&number| self.outcomes.of_respondent(number))
                .collect(),
            weights: respondents.iter().map(weight).collect(),
            respondents,
        }
    }

    fn never_asked(&self, scores: &Scores) -> Vec<DimensionName> {
        let mut names = self.settings.wanted_dimensions();
        let is_scored = |name: &DimensionName| {
            let mut scored = scores.dimensions.iter().chain(&scores.too_many);
            scored.any(|&dimension| self.layout.dimensions[dimension] == *name)
        };
        names.retain(|name| !is_scored(name));
        names
    }

    /// The outcome, then dimensions, importance and competitors.
    fn completing(
        &self,
        never_asked: &[DimensionName],
        beside: &Beside,
    ) -> Vec<CompletingQuestion> {
        let mut ready = Ready::about(&self.brands.own.name);
        if let Some(measure) = self.question.of.asked()
            && self.outcomes.is_empty()
        {
            ready.ask(measure, measure);
        }
        for name in never_asked {
            ready.ask_dimension(name);
        }
        if beside.stated.iter().all(Option::is_none) {
            ready.ask("importance", "importance-benefits");
            ready.ask("importance", "importance-costs");
        }
        if self.brands.names.len() < 2 {
            ready.ask("brand", "alternative");
        }
        ready.questions
    }
}

impl Scores {
    /// Whoever did not score everything is left out, unless that leaves out most: then the
    /// questionnaire asked each a part.
    fn missing(&self) -> Missing {
        let has_outcome = |row: &usize| !self.outcome[*row].is_nan();
        let is_complete = |row: &usize| self.columns.iter().all(|column| !column[*row].is_nan());
        let known: Vec<usize> = (0..self.outcome.len()).filter(has_outcome).collect();
        let complete = known.iter().filter(|row| is_complete(row)).count();
        if 2 * complete < known.len() {
            Missing::Pairwise
        } else {
            Missing::Listwise
        }
    }
}

/// What drivers have to do with the outcome; nothing when there are too few respondents for intervals,
/// because shares of so few mislead.
fn told(fitted: &FittedDrivers) -> Option<&worth_model::drivers::Explained> {
    let is_few = |concern: &Concern| matches!(concern, Concern::TooFew { .. });
    let explained = fitted.explained.as_ref();
    explained.filter(|_| !fitted.concerns.iter().any(is_few))
}
