//! What can be planted in the demo business: one type for each thing.

use std::collections::BTreeMap;

use serde::Serialize;
use worth_model::lifetime::{BetaGeoParameters, GammaGammaParameters};

use super::DIMENSIONS;
use crate::demo::taken::Taken;

/// A cohort that follows a model exactly.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Unaffected {
    /// The filter that selects it.
    pub(crate) filter: &'static str,
    /// The value of that filter.
    pub(crate) value: &'static str,
    /// When its customers buy.
    pub(crate) beta_geo: BetaGeo,
    /// How much they spend on a day, in đồng (Gamma-Gamma: Fader and Hardie 2013).
    pub(crate) gamma_gamma: GammaGammaParameters,
}

/// Parameters of the BG/NBD model (Fader, Hardie and Lee 2005) with their unit of time.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct BetaGeo {
    /// The four parameters.
    #[serde(flatten)]
    pub(crate) parameters: BetaGeoParameters,
    /// Unit of time that `alpha` is in.
    pub(crate) time_unit: &'static str,
}

impl BetaGeo {
    /// The same four numbers, time in weeks.
    pub(super) const fn weekly(r: f64, alpha: f64, a: f64, b: f64) -> Self {
        Self {
            parameters: BetaGeoParameters { r, alpha, a, b },
            time_unit: "week",
        }
    }
}

/// Two kinds of customers in one shop, which no single BG/NBD model can describe.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Elsewhere {
    /// Share who came by once and will not again, but for a message.
    pub(crate) passers_by_share: f64,
    /// How often the others buy, and how easily they leave.
    pub(crate) others: BetaGeo,
    /// Share of the others who are creatures of habit: their gaps are regular (Erlang of five).
    pub(crate) regular_share: f64,
}

/// A region whose customers buy less, and find it worth less, from some month on.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FallingRegion {
    /// Name of the region.
    pub(crate) region: &'static str,
    /// First month of the fall (the first day of it).
    pub(crate) from_month: &'static str,
    /// Purchase rate from then on, as a share of the one before.
    pub(crate) rate_factor: f64,
    /// By how many points more its people score dimensions of the own brand from then on.
    pub(crate) points_more: BTreeMap<&'static str, f64>,
    /// What that adds to the importance-weighted benefits − costs, in points.
    pub(crate) difference_more: f64,
}

impl FallingRegion {
    pub(super) fn new() -> Self {
        let points_more =
            BTreeMap::from([("product", -3.0), ("convenience", -3.0), ("trust", -2.0)]);
        let difference_more = DIMENSIONS.iter().map(|dimension| {
            let sign = if dimension.benefit { 1.0 } else { -1.0 };
            sign * dimension.weight * points_more.get(dimension.name).unwrap_or(&0.0)
        });
        Self {
            region: "Đà Nẵng",
            from_month: "2025-11-01",
            rate_factor: 0.35,
            difference_more: difference_more.sum(),
            points_more,
        }
    }
}

/// A touchpoint that drives customers away.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct HurtingTouchpoint {
    /// Name of the touchpoint in `events`, `feedback` and `survey_answers`.
    pub(crate) touchpoint: &'static str,
    /// Stage of the journey it belongs to.
    pub(crate) stage: &'static str,
    /// First month of the trouble.
    pub(crate) from_month: &'static str,
    /// Share of its events that fail from then on.
    pub(crate) failed_share: f64,
    /// Share of events that fail anywhere else, and there before.
    pub(crate) failed_share_elsewhere: f64,
    /// Chance that a customer leaves for good after one such failure.
    pub(crate) leave_probability_per_failure: f64,
}

/// The dimension of value that makes customers stay.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RepurchaseDriver {
    /// The strongest dimension.
    pub(crate) dimension: &'static str,
    /// Change of the log-odds to leave, per standard deviation of the dimension felt.
    pub(crate) leave_log_odds: f64,
    /// A second dimension, weaker.
    pub(crate) second_dimension: &'static str,
    /// Its change of the log-odds.
    pub(crate) second_leave_log_odds: f64,
}

/// What failed payments do to how the shop is felt, as customers say in its form.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct BadExperience {
    /// Costs that are felt more.
    pub(crate) dimensions: &'static [&'static str],
    /// Points more per failure.
    pub(crate) points_more: f64,
    /// Days until the answer in which a failure is remembered.
    pub(crate) remembered_days: u32,
}

/// What makes customers buy here rather than elsewhere, as they say in the shop's form.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ShareOfWallet {
    /// The dimension of value that does.
    pub(crate) dimension: &'static str,
    /// Of the last ten purchases so many, on average.
    pub(crate) mean: f64,
    /// More of them per standard deviation of the dimension felt.
    pub(crate) per_deviation: f64,
}

impl ShareOfWallet {
    /// Of the last ten purchases those here, for someone who trusts the shop so far.
    pub(crate) fn of_ten(&self, trust: f64) -> f64 {
        self.mean + self.per_deviation * trust
    }
}

/// What would become of coming back if customers felt more of a dimension.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct WhatIf {
    /// The dimension.
    pub(crate) dimension: &'static str,
    /// Points of the 1..10 scale by which everyone feels more of it.
    pub(crate) points: f64,
    /// Days after an answer to the shop's form.
    pub(crate) within_days: u32,
    /// Change of the share who buy within them: worked out while writing.
    pub(crate) repurchase_change: f64,
}

/// An acquisition channel whose customers come back less, outside the unaffected region, and cost more.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct WeakChannel {
    /// Its name in `customers.acquisition_channel` and in `spending.channel`.
    pub(crate) acquisition_channel: &'static str,
    /// Share of its customers who came by once and will not again, but for a message; that of other
    /// channels is `elsewhere.passers_by_share`.
    pub(crate) passers_by_share: f64,
    /// What winning one of its customers costs on average, in dollars.
    pub(crate) dollars_per_customer: f64,
    /// The other channel that money is spent on to win customers.
    pub(crate) other_paid_channel: &'static str,
    /// What winning one there costs.
    pub(crate) other_dollars_per_customer: f64,
}

/// One campaign with a random holdout.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Campaign {
    /// Its name.
    pub(crate) campaign: &'static str,
    /// Day it was sent.
    pub(crate) sent_on: &'static str,
    /// How it was sent.
    pub(crate) channel: &'static str,
    /// Dimensions of value it speaks of.
    pub(crate) claims: &'static [&'static str],
    /// The column of `customers` that tells for whom it works; none when for nobody.
    pub(crate) works_for_column: Option<&'static str>,
    /// The value of that column.
    pub(crate) works_for_value: Option<&'static str>,
    /// Added chance of a purchase within 14 days, among those.
    pub(crate) lift: f64,
    /// Chance to be in the treatment arm.
    pub(crate) propensity: f64,
    /// Cost of one message in đồng.
    pub(crate) cost: i64,
}

impl Campaign {
    /// Chance to be held out, in whole thousandths.
    pub(crate) fn held_out(&self) -> f64 {
        (1_000.0 * (1.0 - self.propensity)).round() / 1_000.0
    }
}

/// How a brand is perceived on average, points 1..10 (costs: 10 = most sacrifice).
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Brand {
    /// Its name.
    pub(crate) brand: &'static str,
    /// Mean score by dimension, benefits and costs.
    pub(crate) scores: BTreeMap<&'static str, f64>,
    /// Importance-weighted benefits / costs.
    pub(crate) ratio: f64,
    /// Importance-weighted benefits − costs, in points.
    pub(crate) difference: f64,
    /// Share of the market.
    pub(crate) market_share: f64,
}

/// What one role feels more than the others.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct RoleGap {
    /// The role.
    pub(crate) role: &'static str,
    /// The dimension.
    pub(crate) dimension: &'static str,
    /// Points more.
    pub(crate) points: f64,
}

impl RoleGap {
    /// What it adds to a score of somebody who has the role or not, one of `people` of whom one has it:
    /// over all of them it comes to nothing.
    pub(crate) fn shift(&self, dimension: &str, has_role: bool, people: u64) -> f64 {
        let each = self.points / people as f64;
        match (dimension == self.dimension, has_role) {
            (false, _) => 0.0,
            (true, true) => self.points - each,
            (true, false) => -each,
        }
    }
}

/// What the panel says of the own service.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Service {
    /// Mean satisfaction, 1..10.
    pub(crate) satisfaction: f64,
    /// Mean of how far expectations are met, 1..10.
    pub(crate) expectancy: f64,
    /// Mean closeness to the ideal, 1..10.
    pub(crate) ideal: f64,
    /// Mean ease, 1..7 (7 = easiest).
    pub(crate) ease: f64,
    /// The stage at which it is harder.
    pub(crate) hard_stage: &'static str,
    /// Mean ease there.
    pub(crate) ease_at_hard_stage: f64,
    /// What features are to people (Kano).
    pub(crate) features: &'static [PlantedFeature],
    /// Share of respondents to whom a feature is what is planted; to the others it is any of the four.
    pub(crate) agreeing_share: f64,
}

impl Service {
    /// Mean ease at a stage.
    pub(crate) fn ease_at(&self, stage: &str) -> f64 {
        if stage == self.hard_stage {
            self.ease_at_hard_stage
        } else {
            self.ease
        }
    }
}

/// A feature and what it is to most.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct PlantedFeature {
    /// Its name in `survey_answers.dimension`.
    pub(crate) feature: &'static str,
    /// Its category.
    pub(crate) category: KanoCategory,
}

/// Categories of Kano's model that are planted.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum KanoCategory {
    MustBe,
    OneDimensional,
    Attractive,
    Indifferent,
}

impl KanoCategory {
    pub(crate) const ALL: [Self; 4] = [
        Self::MustBe,
        Self::OneDimensional,
        Self::Attractive,
        Self::Indifferent,
    ];
}

/// Respondents who tick the same score everywhere, in two seconds an answer at most where the others take
/// three at least.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Careless {
    /// How many come on top of each attentive respondent.
    pub(crate) per_attentive_respondent: f64,
}

/// Part-worths of the stated choices (multinomial logit).
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ChoiceTruth {
    /// Utility of 1,000 đồng.
    pub(crate) per_thousand_dong: f64,
    /// Utility of a minute of waiting.
    pub(crate) per_minute: f64,
    /// Utility of a large cup against a small one.
    pub(crate) large: f64,
    /// Utility of the own brand against Phin Xưa.
    pub(crate) own_brand: f64,
    /// Utility of Mộc Coffee against Phin Xưa.
    pub(crate) moc: f64,
}

/// Monthly renewals follow a shifted beta-geometric (Fader and Hardie 2007).
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Subscription {
    /// First shape of the chance not to renew.
    pub(crate) alpha: f64,
    /// Second shape.
    pub(crate) beta: f64,
    /// Price of a month in đồng.
    pub(crate) monthly_price: i64,
}

/// What the generator wrote, to check counts against.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Written {
    /// Data rows per file.
    pub(crate) rows: BTreeMap<String, u64>,
    /// Customers of the unaffected cohort.
    pub(crate) unaffected_customers: u64,
    /// Order lines of walk-ins.
    pub(crate) anonymous_lines: u64,
    /// Order lines that lack their amount: to be rejected.
    pub(crate) lines_to_reject: u64,
    /// Failed payments in the app.
    pub(crate) failed_payments: u64,
    /// Careless respondents of the panel.
    pub(crate) careless_respondents: u64,
    /// What actions took from customers and others.
    pub(crate) taken: Taken,
}
