//! What would help most: more of a benefit, less of a cost, or another price, of the own brand or a competitor's?
//!
//! ```text
//!  changes.rs: `convenience=+1`, `price=-5%` ──► moves of scores
//!     ├─► worth_model::perceived ──► value in both forms, place on the map, rank
//!     ├─► chosen.rs ── worth_model::link::Choice ──► shares of choices
//!     ├─► outcomes.rs ── worth_model::link ──► buying again, intention, revenue
//!     └─► price.rs: the price cut that does as much, and what it costs
//!  prices ──► exchange.rs: points of perceived price per percent, where that can be told
//! ```
//!
//! Everything is estimated from the business's own data, or said not to be known. The rules are in
//! `docs/methods/what-if.md`.

pub mod answer;
mod changes;
mod chosen;
mod exchange;
mod outcomes;
mod price;
mod rows;
mod sheet;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::perceived::{FairValue, Fitted, MapAxes, MovedValue, ScoreMove, Survey, Weights};
use worth_model::{DEFAULT_LEVEL, Estimate, Resampling, discovery};

use crate::answers::{
    Answers, Brands, CompletingQuestion, DimensionName, Kind, Layout, Ready, SurveyQuality,
    ValueSettings, filters_without_effect, observe,
};
use crate::behaviour::Behaviour;
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::lifetime::Lifetime;
use crate::question::{Answered, Question, Scope};
use answer::{BrandShare, Change, Effect, SameValue, Scenario, WhatIfAnswer};
pub(crate) use changes::better;
use chosen::Chosen;
use outcomes::{Found, People};
use price::Price;

/// A year: what is bought later has little to do with what was felt at the time of the answer.
const LONGEST_DAYS: u32 = 365;
const MEASURES: [&str; 5] = ["benefit", "cost", "importance", "worth", "repurchase"];

/// What would help most: more of a benefit, less of a cost, or a lower price?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct WhatIf {
    /// What changes, all at once: points of a dimension (`convenience=+1`, `time=-0.5`), or percent of the price
    /// (`price=-5%`). Without any, each dimension becomes a point better, one at a time.
    pub change: Vec<String>,
    /// The brand that changes; the own one when none is named.
    pub brand: Option<String>,
    /// What the change costs in a year: the price cut that costs as much is set beside it.
    pub cost: Option<f64>,
    /// Points of perceived price for one percent of price; as worth.toml says when absent.
    pub price_points_per_percent: Option<f64>,
    /// Within how many days after the answer purchases and revenue count: 7 to 365.
    pub days: u32,
    /// How often respondents are resampled for the intervals: 200 to 20,000.
    pub resamples: u32,
    /// Probability that intervals are meant to hold: 0.5 to 0.99.
    pub level: f64,
}

impl Default for WhatIf {
    /// 90 days, as `drivers` and `value-link` take them.
    fn default() -> Self {
        Self {
            change: Vec::new(),
            brand: None,
            cost: None,
            price_points_per_percent: None,
            days: 90,
            resamples: 1000,
            level: DEFAULT_LEVEL,
        }
    }
}

impl Question for WhatIf {
    const NAME: &'static str = "what-if";
    type Answer = WhatIfAnswer;

    async fn ask(&self, scope: &Scope, context: &Context) -> Result<Answered<WhatIfAnswer>, Error> {
        self.check()?;
        let settings: ValueSettings = context.section("value")?;
        let observation = observe(scope, context).await?;
        let answers = Answers::read(context, &observation, &MEASURES).await?;
        let brands = Brands::of(&answers, context, &observation)?;
        let brand = brands.asked_for(self.brand.as_deref())?;
        let layout = Layout::of(&answers, &brands, &settings);
        let (behaviour, gathered) =
            Behaviour::read(context, scope, &answers, &brands, self.days).await?;
        let from_prices =
            exchange::from_prices(&observation, &answers, &brands, self.level).await?;
        let price = Price::of(self, &settings, &gathered.purchases, from_prices)?;
        context.check()?;
        let (respondents, survey) = layout.survey(&answers, &brands, |_| true);
        let resampling = Resampling {
            resamples: self.resamples as usize,
            level: self.level,
            seed: observation.seed,
        };
        let valued = (layout.spec(brand, &resampling, Weights::Asked).fit(&survey))
            .expect("spec and matrices are made from the same layout");
        // what customers of the own brand do when another changes is not known
        let of_own = (brand == 0).then_some(&behaviour);
        let of_respondents = (&respondents[..], &survey);
        let people = People::of(
            &answers,
            &brands,
            &layout,
            of_respondents,
            of_own,
            self.level,
        );
        let simulation = Simulation {
            question: self,
            brand,
            chosen: Chosen::of(&answers, &brands, of_respondents, &valued, self.level),
            buys_again: people.buys_again(),
            habits_alike: people.buys_again_habits_alike(),
            intention: people.intention(),
            revenue: people.revenue(),
            layout: &layout,
            brands: &brands,
            survey: &survey,
            quality: &answers.quality,
            valued: &valued,
            resampling,
            price,
            equity: None,
        };
        let equity = simulation.equity(scope, context).await?;
        let simulation = Simulation {
            equity,
            ..simulation
        };
        let mut answer = simulation.answer(&observation)?;
        answer.noise = people.noise_from;
        answer.not_customers = behaviour.not_customers;
        answer.days_not_over = behaviour.days_not_over;
        let provenance = answers.provenance(observation.provenance(Self::NAME), |_, answer| {
            let is_used = answer.asked.is_importance() || brands.place(answer.brand).is_some();
            (!is_used).then_some("other-brand")
        });
        let rows = rows::rows(&answer)?;
        Ok(Answered {
            answer,
            provenance,
            rows: Some(Arc::new(rows)),
        })
    }
}

impl WhatIf {
    fn check(&self) -> Result<(), Error> {
        Error::in_range("days", self.days.into(), 7.0, LONGEST_DAYS.into())?;
        Error::in_range("resamples", self.resamples.into(), 200.0, 20_000.0)?;
        Error::in_range("level", self.level, 0.5, 0.99)?;
        self.cost
            .map_or(Ok(()), |cost| Error::in_range("cost", cost, 0.0, 1e18))
    }
}

/// All that an answer is made of.
struct Simulation<'a> {
    question: &'a WhatIf,
    /// Place of the brand that changes.
    brand: usize,
    layout: &'a Layout,
    brands: &'a Brands,
    survey: &'a Survey,
    quality: &'a SurveyQuality,
    valued: &'a Fitted,
    resampling: Resampling,
    chosen: Chosen<'a>,
    buys_again: Found<'a>,
    /// The same, habits held still.
    habits_alike: Found<'a>,
    intention: Found<'a>,
    revenue: Found<'a>,
    price: Price,
    /// Customer equity; absent where revenue cannot be told, or nobody knows it.
    equity: Option<f64>,
}

impl Simulation<'_> {
    fn answer(&self, observation: &Observation) -> Result<WhatIfAnswer, Error> {
        let scored = |place: &usize| self.valued.brands[self.brand].dimensions[*place].is_some();
        let places: Vec<usize> = (0..self.layout.dimensions.len()).filter(scored).collect();
        let scenarios = self.scenarios(self.changes(&places)?);
        let compared_by = self.compared_by(&scenarios);
        let scenarios = self.sorted(scenarios, compared_by);
        let first_is_sure = self.surely(&scenarios, compared_by).first() == Some(&true);
        let question = self.question;
        Ok(WhatIfAnswer {
            level: question.level,
            days: question.days,
            own_brand: self.brands.own.clone(),
            survey: self.quality.clone(),
            brand: self.brands.names[self.brand].clone(),
            respondents: self.valued.brands[self.brand].respondents as u64,
            effective: self.valued.brands[self.brand].effective,
            scenarios,
            compared_by,
            first_is_sure,
            choice: self.chosen.told(),
            buys_again: self.buys_again.told(),
            intention: self.intention.told(),
            revenue: self.revenue.told(),
            price: self.price.told(),
            noise: None,
            not_customers: 0,
            days_not_over: 0,
            completing: self.completing(&places),
            resamples: self.valued.resamples as u64,
            filters_without_effect: filters_without_effect(observation),
        })
    }

    /// What was asked for, all at once, beside it the price cut that costs as much; else each dimension
    /// that was scored, a point better.
    fn changes(&self, places: &[usize]) -> Result<Vec<Vec<Change>>, Error> {
        let names = || places.iter().map(|&place| &self.layout.dimensions[place]);
        if self.question.change.is_empty() || places.is_empty() {
            return Ok(names().map(|name| vec![Change::better(name)]).collect());
        }
        let read = |text: &String| Change::read(text, self.layout, self.price.exchange);
        let asked: Result<Vec<Change>, Error> = self.question.change.iter().map(read).collect();
        let price = names().find(|name| name.is_price());
        let cut = price.zip(self.question.cost).and_then(|(name, cost)| {
            let percent = self.price.cut_that_costs(cost)?;
            Some(vec![Change::of_percent(
                name,
                -percent,
                self.price.exchange,
            )])
        });
        Ok([Some(asked?), cut].into_iter().flatten().collect())
    }

    fn scenarios(&self, changes: Vec<Vec<Change>>) -> Vec<Scenario> {
        let moves: Vec<Option<Vec<ScoreMove>>> = (changes.iter())
            .map(|changes| changes::moves(changes, self.brand, self.layout))
            .collect();
        let known: Vec<Vec<ScoreMove>> = moves.iter().flatten().cloned().collect();
        let axes = MapAxes {
            prices: self.layout.prices(),
            fair_value: FairValue::Proportional,
        };
        let moved = (self
            .layout
            .spec(self.brand, &self.resampling, Weights::Asked))
        .moved(self.survey, &known, &axes)
        .expect("moves of dimensions of the same layout");
        let mut moved = moved.into_iter();
        (changes.into_iter().zip(moves))
            .map(|(changes, moves)| match moves {
                Some(moves) => {
                    let value = moved.next().expect("one for each that is known");
                    self.scenario(changes, &moves, value)
                }
                None => Scenario::unknown(changes),
            })
            .collect()
    }

    fn scenario(&self, changes: Vec<Change>, moves: &[ScoreMove], value: MovedValue) -> Scenario {
        let factor = self.revenue.moved_factor(moves);
        let mut names = self.layout.dimensions.iter();
        let own_price = names.position(DimensionName::is_price);
        let own_price = own_price.filter(|_| self.brand == 0);
        Scenario {
            shares: self.chosen.moved(moves),
            buys_again: self.buys_again.moved(moves),
            buys_again_habits_alike: self.habits_alike.moved(moves).map(|brought| brought.change),
            intention: self.intention.moved(moves),
            revenue: self.revenue.moved(moves),
            revenue_factor: factor,
            customer_equity: factor
                .zip(self.equity)
                .map(|(factor, equity)| factor.shifted(-1.0).scaled(equity)),
            as_price_cut: own_price.and_then(|place| Some(self.price.cut(value.same_by[place]?))),
            same_value: self.same_value(&changes, &value),
            changes,
            ratio: value.ratio,
            difference: value.difference,
            quality: value.quality,
            relative_price: value.price,
            rank_by_ratio: value.rank_by_ratio,
            rank_by_difference: value.rank_by_difference,
        }
    }

    /// How much of each other dimension does as much for value: told when a change was asked for.
    fn same_value(&self, changes: &[Change], value: &MovedValue) -> Vec<SameValue> {
        if self.question.change.is_empty() {
            return Vec::new();
        }
        let dimensions = self.layout.dimensions.iter().enumerate();
        let same = dimensions.filter_map(|(place, name)| {
            let points = value.same_by[place]?;
            let by = points.value * changes::better(name);
            let mean = self.valued.brands[self.brand].dimensions[place]
                .as_ref()?
                .mean
                .value;
            let (least, most) = worth_model::perceived::SCALE;
            let moves = [ScoreMove {
                brand: self.brand,
                dimension: place,
                by,
            }];
            Some(SameValue {
                name: name.clone(),
                points,
                within_scale: (least..=most).contains(&(mean + by)),
                buys_again: self.buys_again.moved(&moves).map(|brought| brought.change),
                intention: self.intention.moved(&moves).map(|brought| brought.change),
            })
        });
        same.filter(|same| !changes.iter().any(|change| change.name == same.name))
            .collect()
    }

    /// The first effect that one of the scenarios surely has; else the first that can be told at all.
    fn compared_by(&self, scenarios: &[Scenario]) -> Effect {
        let is_sure = |&effect: &Effect| {
            let sure = self.surely(scenarios, effect);
            let told = scenarios.iter().zip(sure).filter(|(_, sure)| *sure);
            let mut changes = told.filter_map(|(scenario, _)| scenario.effect(effect));
            changes.any(|change| direction(&change) == self.wanted())
        };
        let is_told = |&effect: &Effect| {
            let mut effects = scenarios.iter().map(|scenario| scenario.effect(effect));
            effects.any(|change| change.is_some())
        };
        let effects = || Effect::ALL.into_iter();
        let found = effects().find(is_sure).or_else(|| effects().find(is_told));
        found.unwrap_or(Effect::Value)
    }

    /// Of each scenario whether its effect is none by chance, with false discoveries among all of them
    /// kept to what the level leaves: the largest of nine is above 0 by chance too.
    fn surely(&self, scenarios: &[Scenario], effect: Effect) -> Vec<bool> {
        let p_value = |scenario: &Scenario| {
            let above = scenario.effect(effect)?.probability_above(0.0)?;
            Some(2.0 * above.min(1.0 - above))
        };
        let p_values: Vec<f64> = (scenarios.iter())
            .map(|scenario| p_value(scenario).unwrap_or(1.0))
            .collect();
        let adjusted = discovery::adjusted(&p_values).into_iter();
        adjusted
            .map(|p_value| p_value < 1.0 - self.question.level)
            .collect()
    }

    /// Where the change lies that is looked for: what helps us most, and of a competitor what hurts us most.
    fn wanted(&self) -> Ordering {
        if self.brand == 0 {
            Ordering::Greater
        } else {
            Ordering::Less
        }
    }

    /// What was asked for comes first; else what brings (or takes) most.
    fn sorted(&self, mut scenarios: Vec<Scenario>, by: Effect) -> Vec<Scenario> {
        if self.question.change.is_empty() {
            let brought = |scenario: &Scenario| scenario.effect(by).map(|change| change.value);
            let none = if self.brand == 0 {
                f64::NEG_INFINITY
            } else {
                f64::INFINITY
            };
            let key = |scenario: &Scenario| brought(scenario).unwrap_or(none);
            scenarios.sort_by(|one, other| match self.wanted() {
                Ordering::Greater => key(other).total_cmp(&key(one)),
                _ => key(one).total_cmp(&key(other)),
            });
        }
        scenarios
    }

    /// Customer equity, where a change of revenue can be told and the data carry it.
    async fn equity(&self, scope: &Scope, context: &Context) -> Result<Option<f64>, Error> {
        if self.revenue.told().people.is_none() {
            return Ok(None);
        }
        // asked as overview asks it, so that a report fits it once; apart from the stack, as it asks others
        let lifetime = Lifetime::default();
        match Box::pin(context.ask(scope, &lifetime)).await {
            Ok(answered) => {
                let forecast = answered.answer.forecast.as_ref();
                Ok(forecast.and_then(|forecast| Some(forecast.equity?.value)))
            }
            Err(error) if error.is_for_want_of_data() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What would let more be told.
    fn completing(&self, places: &[usize]) -> Vec<CompletingQuestion> {
        let mut ready = Ready::about(&self.brands.own.name);
        let has = |kind: Kind| {
            places
                .iter()
                .any(|&place| self.layout.dimensions[place].kind == kind)
        };
        for kind in [Kind::Benefit, Kind::Cost] {
            if !has(kind) {
                let wanted = ValueSettings::default().wanted_dimensions();
                for name in wanted.iter().filter(|name| name.kind == kind) {
                    ready.ask_dimension(name);
                }
            }
        }
        let chosen = self.chosen.told();
        if self.brands.names.len() < 2 {
            ready.ask("brand", "brand");
        }
        if chosen.by.is_none() {
            ready.ask("worth", "worth");
        }
        if self.intention.told().dimensions.is_empty() {
            ready.ask("repurchase", "repurchase");
        }
        ready.questions
    }
}

impl Effect {
    const ALL: [Self; 4] = [Self::BuysAgain, Self::Intention, Self::Share, Self::Value];

    /// As in JSON and in the words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::BuysAgain => "buys-again",
            Self::Intention => "intention",
            Self::Share => "share",
            Self::Value => "value",
        }
    }
}

/// On which side of 0 a change is, sure or not.
fn direction(change: &Estimate) -> Ordering {
    change.value.total_cmp(&0.0)
}

impl Scenario {
    /// Nothing is told of a change of unknown size.
    fn unknown(changes: Vec<Change>) -> Self {
        Self {
            changes,
            ratio: None,
            difference: None,
            quality: None,
            relative_price: None,
            rank_by_ratio: None,
            rank_by_difference: None,
            shares: Vec::new(),
            buys_again: None,
            buys_again_habits_alike: None,
            intention: None,
            revenue: None,
            revenue_factor: None,
            customer_equity: None,
            as_price_cut: None,
            same_value: Vec::new(),
        }
    }

    /// One of its effects.
    pub(crate) fn effect(&self, effect: Effect) -> Option<Estimate> {
        match effect {
            Effect::BuysAgain => Some(self.buys_again?.change),
            Effect::Intention => Some(self.intention?.change),
            Effect::Share => self.own_share().map(|share| share.share.change),
            Effect::Value => Some(self.difference?.change),
        }
    }

    /// The own share of choices.
    fn own_share(&self) -> Option<&BrandShare> {
        self.shares.iter().find(|share| share.own)
    }
}
