//! How does what customers get for what they give change over time, for whom, and what moved it?
//!
//! ```text
//!  answers ──► ratings.rs: what each respondent said in each of periods.rs, of everyone and by group
//!                 └─► line.rs ── worth_model::trend ──► level, changes, outlook
//!                        └─► moved.rs: before and after: who answered, which dimensions, how important
//! ```
//!
//! The formulas are in [`worth_model::trend`], the rules in `docs/methods/value-trend.md`.

pub mod answer;
mod line;
mod moved;
mod periods;
mod ratings;
mod rows;
mod sheet;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::perceived::{DimensionWeight, Fitted, WeightOrigin, Weights};
use worth_model::{DEFAULT_LEVEL, Resampling, discovery};

use crate::answers::{
    Answers, Brands, By, CompletingQuestion, Kind, Layout, Ready, ValueSettings,
    filters_without_effect, observe,
};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::question::{Answered, Provenance, Question, Scope};
use answer::{Followed, Line, Missing, ValueTrendAnswer};
use line::LineOf;
use moved::{Composition, PARTS};
pub use periods::PeriodLength;
use periods::Timeline;
use ratings::ratings;

/// How does what customers get for what they give change over time, for whom, and what moved it?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ValueTrend {
    /// What respondents are told apart by: role, stage, touchpoint, region, culture, channel, product,
    /// category, or a segment of customers (gender, first-store); each group has a line of its own.
    pub by: Vec<By>,
    /// Length of a period; months, or quarters where months have too few answers, when absent.
    pub period: Option<PeriodLength>,
    /// How many periods ahead the outlook goes: 1 to 24.
    pub ahead: u32,
    /// How often respondents are resampled for the intervals of who answered: 200 to 20,000.
    pub resamples: u32,
    /// Probability that intervals are meant to hold: 0.5 to 0.99.
    pub level: f64,
}

impl Default for ValueTrend {
    fn default() -> Self {
        Self {
            by: vec![By::Stage, By::Region],
            period: None,
            ahead: 3,
            resamples: 1000,
            level: DEFAULT_LEVEL,
        }
    }
}

impl Question for ValueTrend {
    const NAME: &'static str = "value-trend";
    type Answer = ValueTrendAnswer;

    async fn ask(
        &self,
        scope: &Scope,
        context: &Context,
    ) -> Result<Answered<ValueTrendAnswer>, Error> {
        self.check()?;
        let settings: ValueSettings = context.section("value")?;
        let observation = observe(scope, context).await?;
        let measures = ["benefit", "cost", "importance"];
        let mut answers = Answers::read(context, &observation, &measures).await?;
        answers.tell_apart(&self.by, context, &observation).await?;
        let brands = Brands::of(&answers, context, &observation)?;
        let layout = Layout::of(&answers, &brands, &settings);
        let resampling = Resampling {
            resamples: self.resamples as usize,
            level: self.level,
            seed: observation.seed,
        };
        let (_, survey) = layout.survey(&answers, &brands, |_| true);
        let whole = (layout.spec(0, &resampling, Weights::Asked))
            .fit(&survey)
            .expect("spec and matrices are made from the same layout");
        let seen = Seen {
            question: self,
            resampling,
            timeline: Timeline::of(&answers, &brands, self.period),
            followed: Followed::of(&layout),
            answers: &answers,
            brands: &brands,
            layout: &layout,
            whole: &whole,
        };
        let provenance = seen.provenance(&observation);
        let answer = seen.answer(&settings, &observation);
        let rows = rows::rows(&answer)?;
        Ok(Answered {
            answer,
            provenance,
            rows: Some(Arc::new(rows)),
        })
    }
}

impl ValueTrend {
    fn check(&self) -> Result<(), Error> {
        Error::in_range("ahead", f64::from(self.ahead), 1.0, 24.0)?;
        Error::in_range("resamples", f64::from(self.resamples), 200.0, 20_000.0)?;
        Error::in_range("level", self.level, 0.5, 0.99)?;
        if self.by.contains(&By::Month) {
            let choices: Vec<&str> = PARTS.iter().map(By::name).collect();
            return Err(Error::NotAChoice {
                parameter: "by",
                given: By::Month.name().into(),
                choices: choices.join(", "),
            });
        }
        Ok(())
    }

    /// What respondents may be a mix of: what is known anyway, and the segments that were asked for.
    fn parts(&self) -> impl Iterator<Item = &By> {
        let segments = self.by.iter().filter(|by| !PARTS.contains(by));
        PARTS.iter().chain(segments)
    }
}

/// The answers, and how they are looked at.
struct Seen<'a> {
    question: &'a ValueTrend,
    resampling: Resampling,
    timeline: Timeline,
    followed: Followed,
    answers: &'a Answers,
    brands: &'a Brands,
    layout: &'a Layout,
    /// All periods together: the importance weights, which are the same for every period and group.
    whole: &'a Fitted,
}

impl Seen<'_> {
    fn answer(&self, settings: &ValueSettings, observation: &Observation) -> ValueTrendAnswer {
        let everyone = ratings(self, None).into_values().next();
        let everyone = everyone.map(|ratings| LineOf::new(self, None, ratings));
        let asked = self.question.parts();
        let asked = asked.filter(|by| self.question.by.contains(by));
        let groups: Vec<LineOf<'_>> = asked.flat_map(|by| self.groups(by)).collect();
        let compositions = Composition::all(self);
        let p_values: Vec<f64> = groups.iter().map(LineOf::p_value).collect();
        let adjusted = discovery::adjusted(&p_values).into_iter();
        let groups = groups.iter().zip(adjusted);
        let groups = groups.map(|(line, adjusted)| line.told(adjusted, &compositions));
        // one test alone needs no adjusting
        let whole = everyone
            .as_ref()
            .map(|line| line.told(line.p_value(), &compositions));
        let missing = self.missing(whole.as_ref());
        ValueTrendAnswer {
            level: self.question.level,
            own_brand: self.brands.own.clone(),
            survey: self.answers.quality.clone(),
            followed: self.followed,
            period: self.timeline.length,
            dimensions: everyone.map_or_else(Vec::new, |line| line.dimensions()),
            completing: self.completing(&missing, settings),
            whole,
            groups: groups.collect(),
            missing,
            filters_without_effect: filters_without_effect(observation),
        }
    }

    /// Those with most answers first.
    fn groups(&self, by: &By) -> Vec<LineOf<'_>> {
        let groups = ratings(self, Some(by)).into_iter();
        let mut lines: Vec<LineOf<'_>> = groups
            .map(|(group, ratings)| LineOf::new(self, Some((by.clone(), group)), ratings))
            .collect();
        lines.sort_by_key(|line| Reverse(line.answers()));
        lines
    }

    fn missing(&self, whole: Option<&Line>) -> Vec<Missing> {
        let Some(whole) = whole else {
            return vec![Missing::Survey];
        };
        let has = |kind: Kind| self.layout.dimensions.iter().any(|name| name.kind == kind);
        let with_answers = whole.periods.iter().filter(|period| period.answers > 0);
        let is_asked = |weight: &DimensionWeight| weight.origin == WeightOrigin::Asked;
        [
            (with_answers.count() < 2, Missing::Periods),
            (!has(Kind::Benefit), Missing::Benefits),
            (!has(Kind::Cost), Missing::Costs),
            (
                !self.whole.weights.iter().any(is_asked),
                Missing::Importance,
            ),
        ]
        .into_iter()
        .filter_map(|(is_missing, what)| is_missing.then_some(what))
        .collect()
    }

    /// The questions without which value cannot be followed.
    fn completing(&self, missing: &[Missing], settings: &ValueSettings) -> Vec<CompletingQuestion> {
        let mut ready = Ready::about(&self.brands.own.name);
        let wanted = settings.wanted_dimensions();
        for what in missing {
            let kinds: &[Kind] = match what {
                Missing::Survey => &[Kind::Benefit, Kind::Cost],
                Missing::Benefits => &[Kind::Benefit],
                Missing::Costs => &[Kind::Cost],
                Missing::Periods => &[],
                Missing::Importance => {
                    ready.ask("importance", "importance-benefits");
                    ready.ask("importance", "importance-costs");
                    &[]
                }
            };
            for name in wanted.iter().filter(|name| kinds.contains(&name.kind)) {
                ready.ask_dimension(name);
            }
        }
        ready.questions
    }

    /// Answers used are those on the own brand, and on importance.
    fn provenance(&self, observation: &Observation) -> Provenance {
        let whole = observation.provenance(ValueTrend::NAME);
        self.answers.provenance(whole, |_, answer| {
            if answer.asked.is_importance() {
                None
            } else if self.brands.place(answer.brand) != Some(0) {
                Some("not-own-brand")
            } else if self.timeline.number(answer.day).is_none() {
                Some("another-time")
            } else {
                None
            }
        })
    }
}
