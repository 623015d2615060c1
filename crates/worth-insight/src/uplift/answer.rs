//! The answer to [`Uplift`](super::Uplift): plain structs, the JSON that scripts read.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;

/// Whether contacting customers helped, campaign by campaign.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct UpliftAnswer {
    /// How long after the message a purchase counts, in days.
    pub window_days: u32,
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// Campaigns with customers in both arms, by name.
    pub campaigns: Vec<CampaignUplift>,
    /// Campaigns that cannot be compared, by name.
    pub not_compared: Vec<NotCompared>,
}

/// One campaign: those assigned to be contacted against those held out.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CampaignUplift {
    /// Its name.
    pub campaign: String,
    /// Way it was sent.
    pub channel: Option<String>,
    /// First day on which someone was assigned.
    pub from: Date,
    /// Last day on which someone was assigned.
    pub until: Date,
    /// Those assigned to be contacted, reached or not.
    pub treatment: ArmOutcome,
    /// Those held out.
    pub holdout: ArmOutcome,
    /// Customers of the campaign whose window is not over: in neither arm.
    pub window_not_over: u64,
    /// Customers count by one over the probability of their arm, because it was not the same for
    /// all.
    pub weighted: bool,
    /// Share who bought again: treatment less holdout.
    pub bought_again: Estimate,
    /// Money per customer that stayed: treatment less holdout, in the currency.
    pub revenue: Estimate,
    /// How many customers, split between the arms as here, would tell a difference in shares of the
    /// size seen from none with a probability of 80 %; absent without a difference.
    pub customers_needed: Option<u64>,
    /// What the arms were like before.
    pub balance: Vec<Balance>,
    /// What can be said.
    pub verdict: Verdict,
}

/// What became of one arm within the window.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct ArmOutcome {
    /// Customers.
    pub customers: u64,
    /// Share of them who bought within the window.
    pub bought_again: Estimate,
    /// Money per customer that stayed of it, in the currency.
    pub revenue: Estimate,
}

/// Whether the arms were alike before anyone was contacted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Balance {
    /// What is compared.
    pub measure: Measure,
    /// Mean of those assigned to be contacted.
    pub treatment: f64,
    /// Mean of those held out.
    pub holdout: f64,
    /// Their difference in standard deviations between customers; absent when nobody differs.
    pub standardised_difference: Option<f64>,
    /// The difference is no larger than chance makes it.
    pub in_balance: bool,
}

/// What arms are compared by before anyone was contacted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Days since the last purchase, of those who had bought.
    SilentDays,
    /// Money that stayed so far, in the currency.
    RevenueBefore,
}

impl Measure {
    /// As in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SilentDays => "silent-days",
            Self::RevenueBefore => "revenue-before",
        }
    }
}

/// What can be said of a campaign, by the interval of the difference in shares who bought again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// More bought again: the whole interval is above zero.
    Helped,
    /// Fewer bought again: the whole interval is below zero.
    Harmed,
    /// The interval holds zero.
    CannotTell,
}

impl Verdict {
    /// As in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Helped => "helped",
            Self::Harmed => "harmed",
            Self::CannotTell => "cannot-tell",
        }
    }
}

/// A campaign that cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NotCompared {
    /// Its name.
    pub campaign: String,
    /// Customers assigned to be contacted whose window is over.
    pub treatment: u64,
    /// Customers held out whose window is over.
    pub holdout: u64,
    /// Customers whose window is not over.
    pub window_not_over: u64,
    /// Why not.
    pub why: WhyNot,
}

/// Why a campaign cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WhyNot {
    /// Nobody was held out.
    NobodyHeldOut,
    /// Nobody was to be contacted.
    NobodyContacted,
    /// The windows are not over: too early to say.
    TooEarly,
}

impl WhyNot {
    /// As in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NobodyHeldOut => "nobody-held-out",
            Self::NobodyContacted => "nobody-contacted",
            Self::TooEarly => "too-early",
        }
    }
}
