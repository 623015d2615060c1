//! Where do we stand in the market: who gives more for what it takes, and who could change brand?
//!
//! ```text
//!  answers ──► matrices ── worth_model::perceived::value_map ──► places, leads, images
//!                 ├─► groups.rs: the own place in each group of respondents
//!                 └─► switching.rs: who rates another brand above the usual one
//! ```
//!
//! The formulas are in [`worth_model::perceived`] and in `docs/methods/value-map.md`.

pub mod answer;
mod groups;
mod rows;
mod sheet;
mod switching;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::perceived::{FairValue, MapAxes, Survey, ValueMap, Weights};
use worth_model::{DEFAULT_LEVEL, Resampling};

use crate::answers::{
    Answers, Brands, By, CompletingQuestion, DimensionName, Kind, Layout, Ready, ValueSettings,
    filters_without_effect, observe,
};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::question::{Answered, Provenance, Question, Scope};
use answer::{Axes, BrandPlace, CannotTell, HeadToHead, Image, Lead, MarketAnswer};

/// Where do we stand in the market: who gives more for what it takes, and who could change brand?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Market {
    /// What respondents are told apart by: role, stage, touchpoint, region, culture, channel, product,
    /// category, month, or a segment of customers (gender, first-store); the own place on the map in
    /// each group.
    pub by: Option<By>,
    /// The part of quality in how buyers decide, the rest being price, between 0 and 1: the fair-value
    /// line is then as steep as that makes it. Absent: 10 % better may cost 10 % more.
    pub quality_share: Option<f64>,
    /// How often respondents are resampled for the intervals: 200 to 20,000.
    pub resamples: u32,
    /// Probability that intervals are meant to hold: 0.5 to 0.99.
    pub level: f64,
}

impl Default for Market {
    fn default() -> Self {
        Self {
            by: None,
            quality_share: None,
            resamples: 1000,
            level: DEFAULT_LEVEL,
        }
    }
}

impl Question for Market {
    const NAME: &'static str = "market";
    type Answer = MarketAnswer;

    async fn ask(&self, scope: &Scope, context: &Context) -> Result<Answered<MarketAnswer>, Error> {
        self.check()?;
        let settings: ValueSettings = context.section("value")?;
        let observation = observe(scope, context).await?;
        let measures = ["benefit", "cost", "importance"];
        let mut answers = Answers::read(context, &observation, &measures).await?;
        answers.tell_apart(&self.by, context, &observation).await?;
        let brands = Brands::of(&answers, context, &observation)?;
        let layout = Layout::of(&answers, &brands, &settings);
        let seen = Seen {
            question: self,
            resampling: Resampling {
                resamples: self.resamples as usize,
                level: self.level,
                seed: observation.seed,
            },
            axes: MapAxes {
                prices: layout.prices(),
                fair_value: match self.quality_share {
                    Some(quality) => FairValue::Weighted { quality },
                    None => FairValue::Proportional,
                },
            },
            answers: &answers,
            brands: &brands,
            layout: &layout,
        };
        let answer = seen.answer(&observation);
        let rows = rows::rows(&answer)?;
        let provenance = seen.provenance(&observation);
        Ok(Answered {
            answer,
            provenance,
            rows: Some(Arc::new(rows)),
        })
    }
}

impl Market {
    fn check(&self) -> Result<(), Error> {
        Error::in_range("resamples", f64::from(self.resamples), 200.0, 20_000.0)?;
        Error::in_range("level", self.level, 0.5, 0.99)?;
        match self.quality_share {
            Some(share) => Error::in_range("quality_share", share, 0.01, 0.99),
            None => Ok(()),
        }
    }
}

/// The answers, and how they are looked at.
struct Seen<'a> {
    question: &'a Market,
    resampling: Resampling,
    axes: MapAxes,
    answers: &'a Answers,
    brands: &'a Brands,
    layout: &'a Layout,
}

impl Seen<'_> {
    fn answer(&self, observation: &Observation) -> MarketAnswer {
        let (respondents, survey) = self.layout.survey(self.answers, self.brands, |_| true);
        let map = self.map(&survey, Weights::Asked);
        let fitted = (self.layout.spec(0, &self.resampling, Weights::Asked))
            .fit(&survey)
            .expect("spec and matrices are made from the same layout");
        let on_map = self
            .brands
            .names
            .iter()
            .zip(&map.brands)
            .zip(&fitted.brands);
        let brands: Vec<BrandPlace> = on_map
            .enumerate()
            .map(|(place, ((name, on_map), scored))| BrandPlace {
                brand: name.clone(),
                own: place == 0,
                respondents: scored.respondents as u64,
                effective: scored.effective,
                quality: on_map.quality,
                price: on_map.price,
                advantage: on_map.advantage,
                ellipse: on_map.ellipse,
            })
            .collect();
        let cannot_tell = self.cannot_tell(&brands);
        MarketAnswer {
            level: self.question.level,
            respondents: respondents.len() as u64,
            axes: Axes {
                prices: self.price_dimensions(),
                quality_share: self.question.quality_share,
                slope: map.slope,
            },
            head_to_head: self.head_to_head(&map),
            images: self.images(&map),
            switching: switching::switching(self, &respondents, &survey, &fitted),
            by: self.question.by.clone(),
            groups: groups::by_groups(self, &fitted),
            completing: completing(&self.brands.own.name, cannot_tell),
            own_brand: self.brands.own.clone(),
            survey: self.answers.quality.clone(),
            resamples: map.resamples as u64,
            filters_without_effect: filters_without_effect(observation),
            brands,
            cannot_tell,
        }
    }

    fn map(&self, survey: &Survey, weights: Weights) -> ValueMap {
        self.layout
            .spec(0, &self.resampling, weights)
            .value_map(survey, &self.axes)
            .expect("spec, matrices and axes are made from the same layout")
    }

    fn price_dimensions(&self) -> Vec<DimensionName> {
        let costs = &self.layout.dimensions[self.layout.benefits..];
        let prices = self.axes.prices.iter();
        prices.map(|&place| costs[place].clone()).collect()
    }

    fn cannot_tell(&self, brands: &[BrandPlace]) -> Option<CannotTell> {
        let is_scored = |own: bool| {
            let mut of = brands.iter().filter(|brand| brand.own == own);
            of.any(|brand| brand.respondents > 0)
        };
        let has = |kind: Kind| self.layout.dimensions.iter().any(|name| name.kind == kind);
        match () {
            () if !is_scored(true) && !is_scored(false) => Some(CannotTell::NoSurvey),
            () if !is_scored(false) => Some(CannotTell::NoCompetitors),
            () if !is_scored(true) => Some(CannotTell::NotTheOwnBrand),
            () if !has(Kind::Benefit) => Some(CannotTell::NoBenefits),
            () if !has(Kind::Cost) => Some(CannotTell::NoCosts),
            () if brands[0].advantage.is_none() => Some(CannotTell::NothingInCommon),
            () => None,
        }
    }

    fn head_to_head(&self, map: &ValueMap) -> Vec<HeadToHead> {
        let lead = |(name, lead): (&DimensionName, &Option<_>)| {
            Some(Lead {
                name: name.clone(),
                points: (*lead)?,
            })
        };
        map.head_to_head
            .iter()
            .map(|against| HeadToHead {
                competitor: self.brands.names[against.competitor].clone(),
                leads: (self.layout.dimensions.iter())
                    .zip(&against.leads)
                    .filter_map(lead)
                    .collect(),
            })
            .filter(|against| !against.leads.is_empty())
            .collect()
    }

    fn images(&self, map: &ValueMap) -> Vec<Image> {
        let of_brand = |(brand, image): (&String, &Vec<Option<_>>)| {
            let known = self.layout.dimensions.iter().zip(image);
            let known = known.filter_map(|(name, points)| {
                Some(Lead {
                    name: name.clone(),
                    points: (*points)?,
                })
            });
            Image {
                brand: brand.clone(),
                dimensions: known.collect(),
            }
        };
        let images = self.brands.names.iter().zip(&map.images).map(of_brand);
        images
            .filter(|image| !image.dimensions.is_empty())
            .collect()
    }

    /// Answers used are those on the compared brands, and on importance.
    fn provenance(&self, observation: &Observation) -> Provenance {
        let whole = observation.provenance(Market::NAME);
        self.answers.provenance(whole, |_, answer| {
            let is_used = answer.asked.is_importance() || self.brands.place(answer.brand).is_some();
            (!is_used).then_some("other-brand")
        })
    }
}

/// The questions without which the map cannot be drawn.
fn completing(own_brand: &str, why: Option<CannotTell>) -> Vec<CompletingQuestion> {
    let mut ready = Ready::about(own_brand);
    let standard = |kind: Kind, ready: &mut Ready| {
        let wanted = ValueSettings::default().wanted_dimensions();
        for name in wanted.iter().filter(|name| name.kind == kind) {
            ready.ask_dimension(name);
        }
    };
    match why {
        Some(CannotTell::NoSurvey) => {
            standard(Kind::Benefit, &mut ready);
            standard(Kind::Cost, &mut ready);
            ready.ask("brand", "brand");
        }
        Some(CannotTell::NoCompetitors | CannotTell::NotTheOwnBrand) => ready.ask("brand", "brand"),
        Some(CannotTell::NoBenefits) => standard(Kind::Benefit, &mut ready),
        Some(CannotTell::NoCosts) => standard(Kind::Cost, &mut ready),
        Some(CannotTell::NothingInCommon) | None => {}
    }
    ready.questions
}
