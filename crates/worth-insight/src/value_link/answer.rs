//! What `value-link` answers: the JSON that scripts read.

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::link::{Effect, NoLink, People, ScoreNoise, Tells};

use crate::answers::{CompletingQuestion, OwnBrand, SurveyQuality};
pub use crate::lifetime::answer::KnownCosts;

/// Whether value pays: from experience to revenue, link by link.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ValueLinkAnswer {
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// Within how many days after the answer purchases and revenue count.
    pub days: u32,
    /// The own brand, and how it was known.
    pub own_brand: OwnBrand,
    /// Quality and weights of the forms it rests on.
    pub survey: SurveyQuality,
    /// People who scored it.
    pub respondents: u64,
    /// Those of them who are known to be customers.
    pub customers: u64,
    /// Respondents with a score who are not known to be customers: what they did is not known.
    pub not_customers: u64,
    /// Customers whose days after the answer are not over.
    pub days_not_over: u64,
    /// How noisy the value is that one respondent sees: its error draws effects to 0, and is taken out.
    pub noise: Option<ScoreNoise>,
    /// From experience to revenue, in that order.
    pub links: Vec<LinkTold>,
    /// How much sooner customers came back who saw more value.
    pub sooner: Option<Sooner>,
    /// Share of customers who bought in the days after their answer.
    pub bought_again: Option<Estimate>,
    /// What those who did paid in these days, each.
    pub revenue_of_buyers: Option<Estimate>,
    /// What stays of revenue as profit, where order lines tell costs.
    pub margin: Option<KnownCosts>,
    /// Questions that would let more links be told.
    pub completing: Vec<CompletingQuestion>,
    /// Parts of the scope's filter that answers of a survey cannot be filtered by.
    pub filters_without_effect: Vec<String>,
}

/// A step on the way from experience to profit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Times something failed in the half year before the answer.
    Failure,
    /// Late deliveries in that time.
    Late,
    /// Complaints and low ratings in that time.
    Complaint,
    /// Perceived value: benefits − costs, in points.
    Value,
    /// Trust that promises are kept, 1..10.
    Trust,
    /// Share of wallet: of the last ten purchases of the kind, 0..1.
    Share,
    /// Whether there was a purchase in the days after the answer.
    Retention,
    /// What was paid in these days, in the currency of the scope.
    Revenue,
}

impl Step {
    /// As in JSON.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Failure => "failure",
            Self::Late => "late",
            Self::Complaint => "complaint",
            Self::Value => "value",
            Self::Trust => "trust",
            Self::Share => "share",
            Self::Retention => "retention",
            Self::Revenue => "revenue",
        }
    }
}

/// One link.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LinkTold {
    /// What may move.
    pub from: Step,
    /// What it may move.
    pub to: Step,
    /// What the data say; absent when they have nothing to say it from.
    pub tells: Option<Tells>,
    /// Why there is nothing, when there are people of whom both are known.
    pub cannot: Option<NoLink>,
    /// Of whom both are known.
    pub people: Option<People>,
    /// Mean of what may be moved.
    pub outcome: Option<Estimate>,
    /// What one more of `from` goes with.
    pub effect: Option<Effect>,
    /// The outcome of one more as a multiple of the mean outcome, of shares and money.
    pub factor: Option<Estimate>,
    /// What is held still.
    pub held_still: Vec<String>,
}

/// How much sooner customers came back who saw more value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Sooner {
    /// Customers who count.
    pub customers: u64,
    /// Those of them who came back.
    pub came_back: u64,
    /// Factor by which the rate of coming back rises per point of value, habits held still (Cox
    /// regression, robust).
    pub rate_ratio: Estimate,
    /// Whether that factor stays the same as time goes on; absent when it could not be checked.
    pub stays_the_same: Option<bool>,
}
