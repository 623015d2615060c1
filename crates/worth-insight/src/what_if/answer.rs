//! What `what-if` answers: the JSON that scripts read.

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::link::{NoLink, NoiseOrigin, People};
use worth_model::perceived::Ranks;
use worth_model::{Changed, Estimate};

use crate::answers::{CompletingQuestion, DimensionName, OwnBrand, SurveyQuality};

/// What changes of a brand would bring.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WhatIfAnswer {
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// Within how many days after the answer purchases and revenue count.
    pub days: u32,
    /// The own brand, and how it was known.
    pub own_brand: OwnBrand,
    /// Quality and weights of the forms it rests on.
    pub survey: SurveyQuality,
    /// The brand that changes.
    pub brand: String,
    /// People who scored it.
    pub respondents: u64,
    /// Respondents of equal weight who would say as much.
    pub effective: f64,
    /// What would change, and what that would bring: what brings most first.
    pub scenarios: Vec<Scenario>,
    /// What scenarios are compared by.
    pub compared_by: Effect,
    /// Whether the first one's effect by this is hardly chance, so many having been looked at.
    pub first_is_sure: bool,
    /// Which brand people choose, and what a point of value counts for.
    pub choice: ChoiceTold,
    /// Whether customers bought in the days after their answer, from what they had said of the dimensions.
    pub buys_again: LinkTold,
    /// How likely respondents said they would buy again, on 1..10: an intention, no purchase.
    pub intention: LinkTold,
    /// What customers paid in the days after their answer.
    pub revenue: LinkTold,
    /// What a percentage of price is worth to customers, and to the business.
    pub price: PriceTold,
    /// How it is known how noisy answers are; absent without answers of the own brand.
    pub noise: Option<NoiseOrigin>,
    /// Respondents with a score of the own brand who are not known to be customers.
    pub not_customers: u64,
    /// Customers whose days after the answer are not over.
    pub days_not_over: u64,
    /// Questions that would let more be told.
    pub completing: Vec<CompletingQuestion>,
    /// How often respondents were resampled.
    pub resamples: u64,
    /// Parts of the scope's filter that answers of a survey cannot be filtered by.
    pub filters_without_effect: Vec<String>,
}

/// What scenarios are compared by: the first of these that is surely changed by one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// The share of customers who buy again: what they did.
    BuysAgain,
    /// How likely they say they would: an intention.
    Intention,
    /// The own share of choices.
    Share,
    /// Benefits − costs of the brand.
    Value,
}

/// Something that would change, and what that would bring. What cannot be told is absent.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Scenario {
    /// What changes, all at once.
    pub changes: Vec<Change>,
    /// Benefits / costs of the brand.
    pub ratio: Option<Changed>,
    /// Benefits − costs, in points.
    pub difference: Option<Changed>,
    /// Market-perceived quality: 1 = as the others.
    pub quality: Option<Changed>,
    /// Relative price: 1 = as the others.
    pub relative_price: Option<Changed>,
    /// Rank among brands by ratio.
    pub rank_by_ratio: Option<Ranks>,
    /// Rank among brands by difference.
    pub rank_by_difference: Option<Ranks>,
    /// Share of choices of each brand, the own one first; brands that are best to too few are absent.
    pub shares: Vec<BrandShare>,
    /// Change of the share of customers who buy in the days after their answer.
    pub buys_again: Option<Brought>,
    /// The part of it that is told of customers who had the same habits before they answered: what comes on
    /// top of what the dimension did to their habits earlier.
    pub buys_again_habits_alike: Option<Estimate>,
    /// Change of how likely they say they would buy again, in points.
    pub intention: Option<Brought>,
    /// Change of what a customer pays in these days.
    pub revenue: Option<Brought>,
    /// What a customer pays in these days as a multiple: 1.05 is 5 % more.
    pub revenue_factor: Option<Estimate>,
    /// Change of customer equity if revenue changed by the same factor all along its horizon.
    pub customer_equity: Option<Estimate>,
    /// The cut of the own price that changes the difference by as much; of a cut, itself.
    pub as_price_cut: Option<PriceCut>,
    /// Points more of each benefit (less of each cost) that change the difference by as much; told of what
    /// was asked for only.
    pub same_value: Vec<SameValue>,
}

/// A dimension that changes.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Change {
    /// The dimension.
    #[serde(flatten)]
    pub name: DimensionName,
    /// Points by which everyone's score moves, as far as the scale goes; absent when it is not known how
    /// many a percentage of price is.
    pub points: Option<f64>,
    /// Percent of the price, when it was given so.
    pub percent: Option<f64>,
}

/// The share of choices of one brand.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct BrandShare {
    /// Its name.
    pub brand: String,
    /// Whether it is the own one.
    pub own: bool,
    /// Share of respondents to whom it is the best, 0..1.
    #[serde(flatten)]
    pub share: Changed,
}

/// A change of a mean outcome.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Brought {
    /// The change.
    #[serde(flatten)]
    pub change: Estimate,
    /// The smallest change that so many people would show 80 times in 100.
    pub smallest: Option<f64>,
}

/// A cut of the own price.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct PriceCut {
    /// Points less of perceived price.
    pub points: Estimate,
    /// Percent of the price; absent when it is not known how many points one is.
    pub percent: Option<Estimate>,
    /// What that costs in a year, with the sales of the last one: what the change may cost at most, if the price cut is not to be
    /// the better way.
    pub yearly_cost: Option<Estimate>,
}

/// How much of another dimension does as much for value.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SameValue {
    /// The dimension.
    #[serde(flatten)]
    pub name: DimensionName,
    /// Points more of a benefit, or less of a cost.
    pub points: Estimate,
    /// Whether the mean score has so far to go.
    pub within_scale: bool,
    /// What that does to the share of customers who buy again.
    pub buys_again: Option<Estimate>,
    /// What that does to how likely they say they would.
    pub intention: Option<Estimate>,
}

/// Which brand people choose.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ChoiceTold {
    /// The measure by whose highest score the best brand is known: `worth` or `repurchase`; absent when two brands
    /// were not rated by it.
    pub by: Option<String>,
    /// Respondents who have a choice.
    pub people: Option<People>,
    /// Log-odds of being chosen per point of value.
    pub per_point: Option<Estimate>,
    /// Why there is nothing to tell, though brands were rated.
    pub cannot: Option<NoLink>,
}

/// What an outcome goes with.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LinkTold {
    /// Of whom the outcome and the dimensions are known.
    pub people: Option<People>,
    /// Mean of the outcome.
    pub outcome: Option<Estimate>,
    /// The dimensions that are told apart in it.
    pub dimensions: Vec<DimensionName>,
    /// Why there is nothing to tell, though there are people of whom it is known.
    pub cannot: Option<NoLink>,
}

/// What a percentage of price is worth to customers, and to the business.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PriceTold {
    /// Points of perceived price for one percent of price, and where that is from.
    pub exchange: Option<Exchange>,
    /// What own prices and answers say of it; absent when the business says it itself.
    pub from_prices: Option<FromPrices>,
    /// What known customers paid in the last year, of the sales in scope; absent without any.
    pub yearly_revenue: Option<f64>,
}

/// Points of perceived price for one percent of price.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Exchange {
    /// Points.
    pub points_per_percent: Estimate,
    /// Where that is from.
    pub from: ExchangeFrom,
}

/// Where the exchange between price and perceived price is from. Never from elsewhere than the business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ExchangeFrom {
    /// From whoever asked.
    Asked,
    /// From `[value]` in worth.toml.
    Settings,
    /// From prices that changed, and how dear they seemed then.
    Prices,
}

/// What prices that changed, and how dear they seemed then, say of it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct FromPrices {
    /// Months of brands of which price and perceived price are known.
    pub brand_months: u64,
    /// Points of perceived price for one percent of price; taken only where it is surely above 0.
    pub points_per_percent: Option<Estimate>,
    /// Why there is nothing to tell, though there are such months.
    pub cannot: Option<NoLink>,
}
