//! What `drivers` answers: the JSON that scripts read.

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::drivers::{
    Against, Agreement, Asymmetry, Concern, Importance, Missing, OnMap, Opportunity, Orders,
    RanksOf, Respondents,
};
use worth_model::experiment::Arm;

use super::Outcome;
use crate::answers::{CompletingQuestion, DimensionName, OwnBrand, SurveyQuality};

/// What dimensions of value have to do with an outcome.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DriversAnswer {
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// The outcome.
    pub of: Outcome,
    /// Within how many days a purchase counts, when purchases are the outcome.
    pub days: Option<u32>,
    /// The brand that was scored.
    pub brand: String,
    /// The own brand, and how it was known.
    pub own_brand: OwnBrand,
    /// Quality and weights of the forms it rests on.
    pub survey: SurveyQuality,
    /// Who scored the brand and who counts; absent when nobody scored it.
    pub respondents: Option<Respondents>,
    /// What became of respondents who did not score every dimension.
    pub missing: Missing,
    /// The outcome itself; absent when nobody has one.
    pub outcome: Option<OutcomeScore>,
    /// Respondents who are not known to be customers, when purchases are the outcome.
    pub not_customers: u64,
    /// Customers whose days after the answer are not over, when purchases are the outcome.
    pub days_not_over: u64,
    /// Smallest correlation with the outcome that so many respondents would show 80 times in 100.
    pub smallest_correlation: Option<f64>,
    /// All dimensions together; absent when there are too few respondents, or nobody differs.
    pub explained: Option<Explained>,
    /// Benefits, then costs; `concerns` count them from 0.
    pub drivers: Vec<Driver>,
    /// The lines of the map of importance and performance.
    pub lines: Option<Lines>,
    /// Rank correlation of stated and derived importance; absent when importance was not asked of all.
    pub stated_and_derived: Option<f64>,
    /// What is the matter.
    pub concerns: Vec<Concern>,
    /// Dimensions of value that nobody scored the brand on.
    pub never_asked: Vec<DimensionName>,
    /// Dimensions left out because more than 100 were scored: those that fewest scored.
    pub too_many: Vec<DimensionName>,
    /// Questions that would complete the survey, ready to be asked.
    pub completing: Vec<CompletingQuestion>,
    /// Parts of the scope's filter that answers of a survey cannot be filtered by.
    pub filters_without_effect: Vec<String>,
}

/// How the outcome turned out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct OutcomeScore {
    /// Respondents with an outcome.
    pub respondents: u64,
    /// Respondents of equal weight who would say as much.
    pub effective: f64,
    /// Mean on 1..10; of purchases the share who bought again.
    pub mean: Estimate,
}

impl OutcomeScore {
    pub(super) fn of(outcome: &[f64], weights: &[f64], level: f64) -> Option<Self> {
        let known = outcome.iter().copied().zip(weights.iter().copied());
        let arm = Arm::of(known.filter(|(outcome, _)| !outcome.is_nan()));
        let mean = arm.average(level).expect("a level that was checked");
        (arm.people > 0).then_some(Self {
            respondents: arm.people,
            effective: arm.effective,
            mean,
        })
    }
}

/// What all dimensions have to do with the outcome together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Explained {
    /// Share of the outcome's variance that they account for, 0..1.
    pub r_squared: Estimate,
    /// The same less what as many dimensions would account for by chance.
    pub adjusted_r_squared: f64,
    /// A dimension that has nothing to do with the outcome brings less than this, with the probability
    /// of the level.
    pub gain_by_chance: f64,
    /// Smallest gain that a survey of this size would tell from none 80 times in 100.
    pub smallest_gain: f64,
    /// Which orders gains are averaged over.
    pub orders: Orders,
    /// How far other methods rank dimensions alike.
    pub agreement: Agreement,
    /// How often respondents were drawn again.
    pub resamples: usize,
}

impl Explained {
    pub(super) fn of(explained: &worth_model::drivers::Explained) -> Self {
        Self {
            r_squared: explained.r_squared,
            adjusted_r_squared: explained.adjusted_r_squared,
            gain_by_chance: explained.gain_by_chance,
            smallest_gain: explained.smallest_gain,
            orders: explained.orders,
            agreement: explained.agreement,
            resamples: explained.resamples,
        }
    }
}

/// One dimension of value.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Driver {
    /// Which.
    #[serde(flatten)]
    pub name: DimensionName,
    /// Respondents who scored it.
    pub respondents: u64,
    /// Respondents of equal weight who would say as much.
    pub effective: f64,
    /// Their mean on 1..10; costs are turned round, so that more is better.
    pub mean: Estimate,
    /// What it has to do with the outcome.
    pub importance: Option<Importance>,
    /// It brings more than a dimension that has nothing to do with the outcome would by chance.
    pub beyond_chance: bool,
    /// How other methods rank it.
    pub other_methods: Option<OtherMethods>,
    /// Where it stands on the map of importance and performance.
    pub on_map: Option<OnMap>,
    /// How important people say it is, 0..10.
    pub stated: Option<Estimate>,
    /// Ranks by what people say, and by what goes with the outcome.
    pub ranks: Option<RanksOf>,
    /// Whether a low score takes more from the outcome than a high one adds.
    pub asymmetry: Option<Asymmetry>,
    /// Important and not satisfied: 0..20.
    pub opportunity: Option<Opportunity>,
}

/// How other methods rank a dimension; 1 brings most, equal ones share the mean of their ranks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct OtherMethods {
    /// By Johnson's relative weights.
    pub relative_weight: f64,
    /// By the size of the standardised coefficient.
    pub coefficient: f64,
    /// By the size of the effect in the elastic net.
    pub elastic_net: Option<f64>,
    /// All of them rank it as its share does, or one rank beside it.
    pub agree: bool,
}

impl OtherMethods {
    pub(super) fn of(drivers: &[Importance], place: usize) -> Self {
        let rank = |size: &dyn Fn(&Importance) -> f64| {
            let own = size(&drivers[place]);
            let larger = drivers.iter().filter(|driver| size(driver) > own).count();
            let equal = drivers.iter().filter(|driver| size(driver) == own).count();
            larger as f64 + (equal as f64 + 1.0) / 2.0
        };
        let headline = rank(&|driver| driver.gain.value);
        let relative_weight = rank(&|driver| driver.relative_weight.value);
        let coefficient = rank(&|driver| driver.coefficient.value.abs());
        let elastic_net = drivers[place]
            .elastic_net
            .map(|_| rank(&|driver| driver.elastic_net.unwrap_or_default().abs()));
        let others = [Some(relative_weight), Some(coefficient), elastic_net];
        Self {
            relative_weight,
            coefficient,
            elastic_net,
            agree: (others.into_iter().flatten()).all(|rank| (rank - headline).abs() <= 1.0),
        }
    }
}

/// The lines of the map of importance and performance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Lines {
    /// Above this share a dimension matters much.
    pub importance: f64,
    /// Above this it is done well.
    pub performance: f64,
    /// What performance is compared with: competitors, or the own other dimensions.
    pub against: Against,
}
