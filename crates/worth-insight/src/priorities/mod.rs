//! What should be improved first, and for whom: what a point better would bring, times how sure that is.
//!
//! ```text
//!  what-if: each dimension a point better ─────► whole: gain in value, in buying again, in money
//!     │      └─► gains.rs: drawn together, because the largest of many is largest by chance too
//!     └─► groups.rs: the same in each group of respondents, with its own gap and sales
//!  behaviour: failures by touchpoint ──► touchpoints.rs: what one failure fewer would bring
//! ```
//!
//! Nothing here is estimated anew but the touchpoints. The rules are in `docs/methods/priorities.md`.

pub mod answer;
mod gains;
mod groups;
mod rows;
mod sheet;
#[cfg(test)]
mod tests;
mod touchpoints;

use std::cmp::Ordering;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::perceived::{Fitted, Weights};
use worth_model::{DEFAULT_LEVEL, Estimate, Resampling};

use crate::answers::{
    Answers, Brands, By, DimensionName, Layout, ValueSettings, filters_without_effect, observe,
};
use crate::behaviour::{Behaviour, Experience};
use crate::context::Context;
use crate::error::Error;
use crate::question::{Answered, Question, Scope};
use crate::sheet::side;
use crate::what_if::answer::{Effect, WhatIfAnswer};
use crate::what_if::{WhatIf, better};
use answer::{FirstByIntention, PrioritiesAnswer, Priority, What};
use gains::Gains;

/// A year: what is bought later has little to do with what was felt at the time of the answer.
const LONGEST_DAYS: u32 = 365;

/// What should be improved first, and for whom?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Priorities {
    /// What respondents are told apart by: role, stage, touchpoint, region, culture, channel, product,
    /// category, or a segment of customers (gender, first-store); sales are known of region, culture, channel
    /// and segments.
    pub by: By,
    /// Within how many days after the answer purchases and revenue count: 7 to 365.
    pub days: u32,
    /// Probability that intervals are meant to hold: 0.5 to 0.99.
    pub level: f64,
}

impl Default for Priorities {
    /// By region: of all that customers are told apart by, what most businesses know. Days as in `what-if`.
    fn default() -> Self {
        Self {
            by: By::Region,
            days: WhatIf::default().days,
            level: DEFAULT_LEVEL,
        }
    }
}

impl Question for Priorities {
    const NAME: &'static str = "priorities";
    type Answer = PrioritiesAnswer;

    async fn ask(
        &self,
        scope: &Scope,
        context: &Context,
    ) -> Result<Answered<PrioritiesAnswer>, Error> {
        Error::in_range("days", self.days.into(), 7.0, LONGEST_DAYS.into())?;
        Error::in_range("level", self.level, 0.5, 0.99)?;
        let asked = WhatIf {
            days: self.days,
            level: self.level,
            ..WhatIf::default()
        };
        let whole = context.ask(scope, &asked).await?;
        let settings: ValueSettings = context.section("value")?;
        let observation = observe(scope, context).await?;
        let measures = ["benefit", "cost", "importance"];
        let answers = Answers::read(context, &observation, &measures).await?;
        let brands = Brands::of(&answers, context, &observation)?;
        let layout = Layout::of(&answers, &brands, &settings);
        let (behaviour, gathered) =
            Behaviour::read(context, scope, &answers, &brands, self.days).await?;
        let experience = Experience::read(&observation).await?;
        context.check()?;
        let (respondents, survey) = layout.survey(&answers, &brands, |_| true);
        let resampling = Resampling {
            level: self.level,
            seed: observation.seed,
            ..Resampling::default()
        };
        let valued = (layout.spec(0, &resampling, Weights::Asked).fit(&survey))
            .expect("spec and matrices are made from the same layout");
        let seen = Seen {
            question: self,
            whole: &whole.answer,
            gains: Gains::of(&whole.answer, self.level),
            answers: &answers,
            brands: &brands,
            layout: &layout,
            valued: &valued,
            resampling,
        };
        let sales = groups::sales(&self.by, &gathered.purchases, context, &observation).await?;
        let at_touchpoints =
            touchpoints::priorities(&seen, (&respondents, &survey), &behaviour, &experience);
        let answer = PrioritiesAnswer {
            level: self.level,
            days: self.days,
            by: self.by.clone(),
            own_brand: brands.own.clone(),
            survey: answers.quality.clone(),
            respondents: whole.answer.respondents,
            compared_by: whole.answer.compared_by,
            yearly_revenue: whole.answer.price.yearly_revenue,
            dimensions: ordered(seen.dimensions()),
            first_by_intention: first_by_intention(&whole.answer),
            groups: ordered(groups::priorities(&seen, &sales)),
            touchpoints: ordered(at_touchpoints),
            buys_again: whole.answer.buys_again.clone(),
            revenue: whole.answer.revenue.clone(),
            completing: whole.answer.completing.clone(),
            filters_without_effect: filters_without_effect(&observation),
        };
        let rows = rows::rows(&answer)?;
        let provenance = answers.provenance(observation.provenance(Self::NAME), |_, answer| {
            let is_used = answer.asked.is_importance() || brands.place(answer.brand).is_some();
            (!is_used).then_some("other-brand")
        });
        Ok(Answered {
            answer,
            provenance,
            rows: Some(Arc::new(rows)),
        })
    }
}

/// All that priorities are made of.
struct Seen<'a> {
    question: &'a Priorities,
    whole: &'a WhatIfAnswer,
    gains: Gains,
    answers: &'a Answers,
    brands: &'a Brands,
    layout: &'a Layout,
    valued: &'a Fitted,
    resampling: Resampling,
}

impl Seen<'_> {
    /// Each dimension a point better, for everyone.
    fn dimensions(&self) -> Vec<Priority> {
        let scenarios = self.whole.scenarios.iter().enumerate();
        let told = scenarios.filter_map(|(place, scenario)| {
            let name = &scenario.changes.first()?.name;
            let value = scenario.difference.map(|changed| changed.change);
            Some(Priority {
                what: What::Dimension(name.clone()),
                group: None,
                people: self.whole.respondents,
                effective: self.whole.effective,
                gap: self.gap(self.valued, name),
                value,
                ..self.gains.priority(place, self.whole.price.yearly_revenue)
            })
        });
        told.collect()
    }

    /// Points by which the own brand is ahead of the competitors; having less of a cost is ahead.
    fn gap(&self, valued: &Fitted, name: &DimensionName) -> Option<Estimate> {
        let mut names = self.layout.dimensions.iter();
        let place = names.position(|other| other == name)?;
        let gap = valued.against.as_ref()?.dimensions[place]?;
        Some(gap.scaled(better(name)))
    }
}

/// The dimension of which a point more goes with most intention to buy again, if it surely does.
fn first_by_intention(whole: &WhatIfAnswer) -> Option<FirstByIntention> {
    let intentions = whole.scenarios.iter().filter_map(|scenario| {
        Some(FirstByIntention {
            name: scenario.changes.first()?.name.clone(),
            intention: scenario.effect(Effect::Intention)?,
        })
    });
    let most = |one: &FirstByIntention, other: &FirstByIntention| {
        one.intention.value.total_cmp(&other.intention.value)
    };
    let first = intentions.max_by(most)?;
    (side(&first.intention, 0.0) == Ordering::Greater).then_some(first)
}

/// What is to be expected most of first; what cannot be told comes last.
fn ordered(mut priorities: Vec<Priority>) -> Vec<Priority> {
    let has_money = priorities.iter().any(|priority| priority.money.is_some());
    let key = |priority: &Priority| {
        let expected = if has_money {
            priority.expected_money
        } else {
            priority.expected_effect
        };
        expected.unwrap_or(f64::NEG_INFINITY)
    };
    priorities.sort_by(|one, other| key(other).total_cmp(&key(one)));
    priorities
}

impl Priority {
    /// What is known of its effect and its money, and what is to be expected of both.
    fn of(effect: Option<Estimate>, money: Option<Estimate>) -> Self {
        let confidence = |gain: Option<Estimate>| gain.and_then(|gain| gain.probability_above(0.0));
        let expected = |gain: Option<Estimate>| Some(gain?.value * confidence(gain)?);
        Self {
            what: What::Touchpoint(String::new()),
            group: None,
            people: 0,
            effective: 0.0,
            gap: None,
            value: None,
            effect,
            money,
            confidence: confidence(money).or_else(|| confidence(effect)),
            expected_money: expected(money),
            expected_effect: expected(effect),
        }
    }
}
