//! What `perceived` answers: the JSON that scripts read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::Estimate;
use worth_model::perceived::{Justified, Measured, SmallestDifference, WeightOrigin};
use worth_model::shrinkage::ShrunkGroup;

use crate::answers::{By, CompletingQuestion, DimensionName, OwnBrand, SurveyQuality};

/// Perceived value of the own brand and of its competitors, on a scale of 1..10.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PerceivedValue {
    /// What the survey covers.
    pub coverage: Coverage,
    /// The own brand, and how it was known.
    pub own_brand: OwnBrand,
    /// Quality and weights of the forms it rests on.
    pub survey: SurveyQuality,
    /// People who scored a benefit or a cost of one of the brands.
    pub respondents: u64,
    /// How importance weights of benefits and of costs were found.
    pub weights: WeightOrigins,
    /// The own brand first, then competitors by name.
    pub brands: Vec<BrandWorth>,
    /// The average competitor: mean benefits and mean costs over the competitors.
    pub competitors: Option<Measured>,
    /// The own brand against the average competitor: benefits, costs and difference are own less
    /// theirs, the ratio is own over theirs.
    pub against_competitors: Option<Measured>,
    /// Benefit dimensions, then cost dimensions.
    pub dimensions: Vec<DimensionWorth>,
    /// Where the own brand falls behind the competitors most, or leads least.
    pub weakest: Option<WeakestDimension>,
    /// How brands are ordered; absent with fewer than two that have benefits and costs.
    pub order: Option<BrandOrder>,
    /// How much benefit the present costs of the own brand would need.
    pub justified: Justified,
    /// The own brand by role, stage, region and whatever else tells respondents, or their answers,
    /// apart into two groups or more.
    pub parts: Vec<Parts>,
    /// Other answers on the whole of a brand: overall, worth, satisfaction.
    pub also_asked: Vec<AlsoAsked>,
    /// Dimensions of value that nobody was asked about.
    pub never_asked: Vec<DimensionName>,
    /// Every score of every benefit and cost is the same number: nobody differs in anything.
    pub all_answers_equal: bool,
    /// Smallest difference of differences that this survey would show.
    pub smallest_difference: Option<SmallestDifference>,
    /// Questions that would complete the survey, ready to be asked.
    pub completing: Vec<CompletingQuestion>,
    /// How often respondents were resampled for the intervals.
    pub resamples: u64,
    /// Parts of the scope's filter that answers of a survey cannot be filtered by.
    pub filters_without_effect: Vec<String>,
}

/// What a survey covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Coverage {
    /// Nobody scored a benefit or a cost.
    NoSurvey,
    /// Only the own brand was scored.
    OwnOnly,
    /// Competitors were scored, the own brand was not.
    CompetitorsOnly,
    /// The own brand and at least one competitor were scored.
    Compared,
}

/// How importance weights were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WeightOrigins {
    /// Of benefit dimensions; `mean-of-asked` when some of them were asked.
    pub benefits: WeightOrigin,
    /// Of cost dimensions; `mean-of-asked` when some of them were asked.
    pub costs: WeightOrigin,
}

/// One brand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BrandWorth {
    /// Its name.
    pub brand: String,
    /// Whether it is the own one.
    pub own: bool,
    /// Respondents who scored it.
    pub respondents: u64,
    /// Respondents of equal weight who would say as much.
    pub effective: f64,
    /// Benefits, costs, ratio and difference.
    #[serde(flatten)]
    pub measured: Measured,
    /// Dimensions that others were scored on and this brand was not.
    pub not_scored: Vec<DimensionName>,
}

/// One dimension of value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DimensionWorth {
    /// Which one.
    #[serde(flatten)]
    pub name: DimensionName,
    /// Importance, 0..1; adds to 1 within benefits and within costs.
    pub weight: Estimate,
    /// Where the weight comes from.
    pub weight_origin: WeightOrigin,
    /// In the order of `brands`; brands without a score are left away.
    pub brands: Vec<BrandScore>,
    /// Mean over the competitors' means.
    pub competitors: Option<Estimate>,
    /// Own mean less that of the competitors, in points; of a cost, above 0 is worse.
    pub gap: Option<Estimate>,
    /// What it adds to the difference of differences, in points: weight × gap, costs against.
    pub contribution: Option<Estimate>,
}

/// Score of one brand on one dimension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BrandScore {
    /// The brand.
    pub brand: String,
    /// Mean score, 1..10: 10 is most benefit, or most sacrifice.
    pub mean: Estimate,
    /// Respondents who gave one.
    pub respondents: u64,
    /// Respondents of equal weight who would say as much.
    pub effective: f64,
}

/// The dimension where the own brand falls behind most.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WeakestDimension {
    /// Which one.
    #[serde(flatten)]
    pub name: DimensionName,
    /// Points ahead of the competitors; below 0 is behind. Having more of a cost is behind.
    pub advantage: Estimate,
    /// Share of resamples in which the same dimension is the weakest, 0..1.
    pub certainty: f64,
}

/// How brands are ordered, best first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BrandOrder {
    /// By benefits / costs.
    pub by_ratio: Vec<String>,
    /// By benefits − costs.
    pub by_difference: Vec<String>,
    /// Both are the same.
    pub agree: bool,
    /// By ratio when every score is a point lower (the scale's zero a point higher).
    pub by_ratio_zero_up: Vec<String>,
    /// By ratio when every score is a point higher.
    pub by_ratio_zero_down: Vec<String>,
    /// The order by ratio is the same wherever of these the zero is.
    pub survives_moving_zero: bool,
    /// Share of resamples with the same order by ratio, 0..1.
    pub ratio_certainty: f64,
    /// Share of resamples with the same order by difference, 0..1.
    pub difference_certainty: f64,
}

/// The own brand by one thing that respondents are told apart by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Parts {
    /// What that is.
    pub by: By,
    /// Roles and stages in their order, months as they come, others with most respondents first.
    pub parts: Vec<Part>,
    /// How far parts differ beyond chance: standard deviation of their true differences (benefits −
    /// costs), in points. Absent with fewer than four parts, which are not pooled.
    pub between: Option<f64>,
    /// Smaller (of months, older) parts that were not measured.
    pub not_shown: u64,
    /// Respondents of whom it is not known where they belong.
    pub unknown: u64,
}

/// The own brand in one part, with the importance weights of the whole survey.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// The value that its answers share; of a month its first day.
    pub name: String,
    /// Respondents who scored the own brand in it.
    pub respondents: u64,
    /// Respondents of equal weight who would say as much.
    pub effective: f64,
    /// Fewer than 30 respondents: the numbers can be far off.
    pub small: bool,
    /// Benefits, costs, ratio and difference of the own brand, as they were found.
    #[serde(flatten)]
    pub measured: Measured,
    /// The same, drawn to the middle of all parts: the further, the less is known of the part.
    pub pooled: Option<Pooled>,
    /// Against the average competitor in the same part.
    pub against_competitors: Option<Measured>,
}

/// A part that leans on the others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pooled {
    /// Benefits.
    pub benefits: Option<ShrunkGroup>,
    /// Costs.
    pub costs: Option<ShrunkGroup>,
    /// Benefits − costs, in points.
    pub difference: Option<ShrunkGroup>,
}

/// A question about the whole of a brand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AlsoAsked {
    /// `overall`, `worth` or `satisfaction`.
    pub measure: String,
    /// The brand.
    pub brand: String,
    /// Mean on 1..10.
    pub mean: Estimate,
    /// Share who gave one of the two best answers, 0..1.
    pub two_best: Estimate,
    /// Its mean over that of the other brands: 1 = as they are.
    pub against_others: Option<Estimate>,
    /// Respondents who answered.
    pub respondents: u64,
    /// Respondents of equal weight who would say as much.
    pub effective: f64,
}
