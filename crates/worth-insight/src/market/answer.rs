//! The answer to [`Market`](super::Market): plain structs, the JSON that scripts read.

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::perceived::Ellipse;

use crate::answers::{By, CompletingQuestion, DimensionName, OwnBrand, SurveyQuality};

/// Where brands stand, as respondents see it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MarketAnswer {
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// The own brand, and how it was known.
    pub own_brand: OwnBrand,
    /// Quality and weights of the forms it rests on.
    pub survey: SurveyQuality,
    /// People who answered.
    pub respondents: u64,
    /// What the axes of the map are.
    pub axes: Axes,
    /// The own brand first, then competitors by name.
    pub brands: Vec<BrandPlace>,
    /// The own brand against each competitor, dimension by dimension.
    pub head_to_head: Vec<HeadToHead>,
    /// What each brand is known for, its general standing apart.
    pub images: Vec<Image>,
    /// Who rates another brand above the usual one; absent when nobody said what is usual.
    pub switching: Option<Switching>,
    /// What respondents are told apart by.
    pub by: Option<By>,
    /// The own place in each group, the largest first.
    pub groups: Vec<GroupPlace>,
    /// Why there is no map.
    pub cannot_tell: Option<CannotTell>,
    /// Questions without which it cannot be drawn.
    pub completing: Vec<CompletingQuestion>,
    /// How often respondents were resampled.
    pub resamples: u64,
    /// Filters of the scope that a survey cannot be filtered by.
    pub filters_without_effect: Vec<String>,
}

/// What the axes of the map are.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Axes {
    /// Costs on the axis of price; none: nobody was asked about price, and all costs are on it.
    pub prices: Vec<DimensionName>,
    /// The part of quality in how buyers decide, when one was named.
    pub quality_share: Option<f64>,
    /// Relative price rises by so much along the fair-value line when quality rises by one.
    pub slope: f64,
}

/// Where a brand stands; what the others were not scored on is absent.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct BrandPlace {
    /// Its name.
    pub brand: String,
    /// Whether it is the own one.
    pub own: bool,
    /// People who scored it.
    pub respondents: u64,
    /// Respondents of equal weight who would say as much.
    pub effective: f64,
    /// Market-perceived quality: 1 = as the others.
    pub quality: Option<Estimate>,
    /// Relative price: 1 = as the others.
    pub price: Option<Estimate>,
    /// What it could cost more and still be fair, in units of relative price; below 0, what it costs
    /// too much.
    pub advantage: Option<Estimate>,
    /// Where quality and price may be together.
    pub ellipse: Option<Ellipse>,
}

/// The own brand against one competitor.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct HeadToHead {
    /// Name of the competitor.
    pub competitor: String,
    /// Dimensions on which both were scored.
    pub leads: Vec<Lead>,
}

/// Points by which a brand leads in a dimension, having less of a cost being a lead.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Lead {
    /// The dimension.
    pub name: DimensionName,
    /// Points of the scale from 1 to 10.
    pub points: Estimate,
}

/// What a brand is known for.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Image {
    /// Name of the brand.
    pub brand: String,
    /// Points above (below) what the brand's general standing and the dimension make expected.
    pub dimensions: Vec<Lead>,
}

/// Who rates another brand above the usual one.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Switching {
    /// Usual buyers of a competitor, the most first: those who see more value in the own brand could come.
    pub could_come: Vec<Leaning>,
    /// Usual buyers of the own brand: those who see more value in a competitor could go.
    pub could_go: Vec<Leaning>,
}

/// Usual buyers of one brand, and how many of them rate another above it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Leaning {
    /// The brand they usually buy.
    pub usual_brand: String,
    /// The brand it is compared with.
    pub other_brand: String,
    /// Usual buyers who scored benefits and costs of both.
    pub respondents: u64,
    /// Respondents of equal weight who would say as much.
    pub effective: f64,
    /// Share of them in whose eyes benefits less costs of the other brand are higher.
    pub prefer_other: Estimate,
}

/// The own place in one group of respondents.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct GroupPlace {
    /// The group.
    pub group: String,
    /// Respondents of the group who scored the own brand.
    pub respondents: u64,
    /// Respondents of equal weight who would say as much.
    pub effective: f64,
    /// Whether they are so few that their place is hardly known.
    pub small: bool,
    /// As for the whole, with the importance weights of all.
    pub quality: Option<Estimate>,
    /// Likewise.
    pub price: Option<Estimate>,
    /// Likewise.
    pub advantage: Option<Estimate>,
}

/// Why there is no map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CannotTell {
    /// Nobody was asked about benefits and costs.
    NoSurvey,
    /// Only the own brand was scored.
    NoCompetitors,
    /// Only competitors were scored.
    NotTheOwnBrand,
    /// No benefit was scored.
    NoBenefits,
    /// No cost was scored.
    NoCosts,
    /// Own brand and competitors were not scored on the same dimensions.
    NothingInCommon,
}

impl CannotTell {
    /// As in JSON and in the words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoSurvey => "no-survey",
            Self::NoCompetitors => "no-competitors",
            Self::NotTheOwnBrand => "not-the-own-brand",
            Self::NoBenefits => "no-benefits",
            Self::NoCosts => "no-costs",
            Self::NothingInCommon => "nothing-in-common",
        }
    }
}
