//! What is true of the demo business: planted here, obeyed by every generator, written to
//! `truth.json`, so that anyone can ask whether Worth finds it.

use std::collections::BTreeMap;

use serde::Serialize;
use worth_model::lifetime::{BetaGeoParameters, GammaGammaParameters};

use super::Options;

/// First business day of the demo.
pub(crate) const FROM: &str = "2023-10-01";
/// Last business day of the demo.
pub(crate) const UNTIL: &str = "2026-09-30";

/// Everything that is planted.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Truth {
    /// Seed of every draw.
    pub(crate) seed: u64,
    /// Customers of the shop.
    pub(crate) customers: u64,
    /// Whether purchases follow the seasons of Tết.
    pub(crate) tet: bool,
    /// First business day.
    pub(crate) from: &'static str,
    /// Last business day.
    pub(crate) until: &'static str,
    /// The region that nothing below touches, and the parameters its customers follow exactly.
    pub(crate) unaffected: Unaffected,
    /// How everyone else buys, before what is planted below acts on them.
    pub(crate) elsewhere: Elsewhere,
    /// The region whose value falls.
    pub(crate) falling_region: FallingRegion,
    /// The touchpoint that drives customers away.
    pub(crate) hurting_touchpoint: HurtingTouchpoint,
    /// What makes customers come back.
    pub(crate) repurchase_driver: RepurchaseDriver,
    /// What failed payments do to how the shop is felt.
    pub(crate) bad_experience: BadExperience,
    /// What makes customers buy here rather than elsewhere.
    pub(crate) share_of_wallet: ShareOfWallet,
    /// What would become of coming back if the driver were better.
    pub(crate) what_if: WhatIf,
    /// The acquisition channel whose customers come back less and cost more.
    pub(crate) weak_channel: WeakChannel,
    /// Campaigns, and for whom they work.
    pub(crate) campaigns: Vec<Campaign>,
    /// Own brand first, then the competitors.
    pub(crate) brands: Vec<Brand>,
    /// Names of the brands, highest ratio of benefits to costs first.
    pub(crate) brands_by_ratio: Vec<&'static str>,
    /// Names of the brands, highest difference of benefits and costs first.
    pub(crate) brands_by_difference: Vec<&'static str>,
    /// The own dimension furthest behind the mean of the competitors.
    pub(crate) weakest_dimension: &'static str,
    /// What one role feels more than the others, in the panel and inside households.
    pub(crate) role_gap: RoleGap,
    /// What the panel says of the own service.
    pub(crate) service: Service,
    /// Respondents of the panel who do not read the questions.
    pub(crate) careless: Careless,
    /// Part-worths of the stated choices.
    pub(crate) choice: ChoiceTruth,
    /// Renewal of the monthly subscription.
    pub(crate) subscription: Subscription,
    /// What was written: filled while writing.
    pub(crate) written: Written,
}

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
    const fn weekly(r: f64, alpha: f64, a: f64, b: f64) -> Self {
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
    fn new() -> Self {
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
}

/// A dimension of value: its name, the kind, and how much it matters (weights add to 1 per kind).
pub(crate) struct Dimension {
    /// Name in `survey_answers.dimension`.
    pub(crate) name: &'static str,
    /// A benefit, else a cost.
    pub(crate) benefit: bool,
    /// Weight within its kind.
    pub(crate) weight: f64,
    /// Mean scores of own brand, Mộc Coffee, Phin Xưa.
    pub(crate) means: [f64; 3],
}

/// Nine dimensions; the own brand is behind most on `time`.
pub(crate) const DIMENSIONS: [Dimension; 9] = [
    Dimension {
        name: "product",
        benefit: true,
        weight: 0.26,
        means: [7.5, 7.7, 6.5],
    },
    Dimension {
        name: "emotion",
        benefit: true,
        weight: 0.16,
        means: [7.1, 7.3, 6.2],
    },
    Dimension {
        name: "brand",
        benefit: true,
        weight: 0.12,
        means: [6.8, 7.2, 6.1],
    },
    Dimension {
        name: "convenience",
        benefit: true,
        weight: 0.28,
        means: [6.7, 7.3, 6.0],
    },
    Dimension {
        name: "trust",
        benefit: true,
        weight: 0.18,
        means: [7.2, 7.4, 6.2],
    },
    Dimension {
        name: "price",
        benefit: false,
        weight: 0.36,
        means: [5.2, 5.3, 4.9],
    },
    Dimension {
        name: "time",
        benefit: false,
        weight: 0.30,
        means: [6.4, 3.9, 4.7],
    },
    Dimension {
        name: "effort",
        benefit: false,
        weight: 0.18,
        means: [4.5, 3.8, 4.6],
    },
    Dimension {
        name: "risk",
        benefit: false,
        weight: 0.16,
        means: [3.7, 3.4, 4.5],
    },
];

/// The brands in the order of [`Dimension::means`].
pub(crate) const BRANDS: [&str; 3] = ["Cà phê Lá", "Mộc Coffee", "Phin Xưa"];

impl Truth {
    /// The truth for these options.
    pub(crate) fn new(options: &Options) -> Self {
        let brands: Vec<Brand> = (0..BRANDS.len()).map(brand).collect();
        let ordered = |value: fn(&Brand) -> f64| {
            let mut names: Vec<&Brand> = brands.iter().collect();
            names.sort_by(|one, other| value(other).total_cmp(&value(one)));
            names.iter().map(|brand| brand.brand).collect()
        };
        Self {
            seed: options.seed,
            customers: options.customers,
            tet: options.tet,
            from: FROM,
            until: UNTIL,
            unaffected: Unaffected {
                filter: "region",
                value: "Lâm Đồng",
                beta_geo: BetaGeo::weekly(0.85, 9.0, 0.8, 3.2),
                gamma_gamma: GammaGammaParameters {
                    p: 6.25,
                    q: 3.74,
                    gamma: 52_000.0,
                },
            },
            elsewhere: Elsewhere {
                passers_by_share: 0.3,
                others: BetaGeo::weekly(2.6, 18.0, 0.9, 5.5),
                regular_share: 0.4,
            },
            falling_region: FallingRegion::new(),
            hurting_touchpoint: HurtingTouchpoint {
                touchpoint: "app: thanh toán",
                stage: "payment",
                from_month: "2025-04-01",
                failed_share: 0.32,
                failed_share_elsewhere: 0.03,
                leave_probability_per_failure: 0.25,
            },
            repurchase_driver: RepurchaseDriver {
                dimension: "convenience",
                leave_log_odds: -0.8,
                second_dimension: "trust",
                second_leave_log_odds: -0.2,
            },
            bad_experience: BadExperience {
                dimensions: &["effort", "risk"],
                points_more: 1.2,
                remembered_days: 180,
            },
            share_of_wallet: ShareOfWallet {
                dimension: "trust",
                mean: 5.0,
                per_deviation: 1.8,
            },
            what_if: WhatIf {
                dimension: "convenience",
                points: 1.0,
                within_days: 90,
                repurchase_change: 0.0,
            },
            weak_channel: WeakChannel {
                acquisition_channel: "TikTok",
                passers_by_share: 0.6,
                dollars_per_customer: 30.0,
                other_paid_channel: "Facebook",
                other_dollars_per_customer: 8.0,
            },
            campaigns: campaigns(),
            brands_by_ratio: ordered(|brand| brand.ratio),
            brands_by_difference: ordered(|brand| brand.difference),
            brands,
            weakest_dimension: "time",
            role_gap: RoleGap {
                role: "payer",
                dimension: "price",
                points: 1.2,
            },
            service: Service {
                satisfaction: 7.0,
                expectancy: 6.5,
                ideal: 6.0,
                ease: 5.6,
                hard_stage: "payment",
                ease_at_hard_stage: 3.8,
                features: &[
                    PlantedFeature {
                        feature: "đúng món",
                        category: KanoCategory::MustBe,
                    },
                    PlantedFeature {
                        feature: "phục vụ nhanh",
                        category: KanoCategory::OneDimensional,
                    },
                    PlantedFeature {
                        feature: "vẽ hình trên cà phê",
                        category: KanoCategory::Attractive,
                    },
                    PlantedFeature {
                        feature: "thực đơn giấy",
                        category: KanoCategory::Indifferent,
                    },
                ],
                agreeing_share: 0.6,
            },
            careless: Careless {
                per_attentive_respondent: 0.02,
            },
            choice: ChoiceTruth {
                per_thousand_dong: -0.05,
                per_minute: -0.06,
                large: 0.5,
                own_brand: 0.4,
                moc: 0.7,
            },
            subscription: Subscription {
                alpha: 0.7,
                beta: 2.2,
                monthly_price: 299_000,
            },
            written: Written::default(),
        }
    }
}

fn brand(index: usize) -> Brand {
    let weighted = |benefit: bool| -> f64 {
        DIMENSIONS
            .iter()
            .filter(|dimension| dimension.benefit == benefit)
            .map(|dimension| dimension.weight * dimension.means[index])
            .sum()
    };
    let (benefits, costs) = (weighted(true), weighted(false));
    Brand {
        brand: BRANDS[index],
        scores: DIMENSIONS
            .iter()
            .map(|dimension| (dimension.name, dimension.means[index]))
            .collect(),
        ratio: benefits / costs,
        difference: benefits - costs,
        market_share: [0.31, 0.45, 0.24][index],
    }
}

fn campaigns() -> Vec<Campaign> {
    vec![
        Campaign {
            campaign: "nho-ban-voucher-20k",
            sent_on: "2025-03-10",
            channel: "Zalo",
            claims: &["price"],
            works_for_column: Some("acquisition_channel"),
            works_for_value: Some("TikTok"),
            lift: 0.12,
            propensity: 0.8,
            cost: 350,
        },
        Campaign {
            campaign: "rang-moi-dau-mua",
            sent_on: "2025-09-08",
            channel: "email",
            claims: &["product", "emotion"],
            works_for_column: Some("culture"),
            works_for_value: Some("Bắc"),
            lift: 0.08,
            propensity: 0.8,
            cost: 50,
        },
        Campaign {
            campaign: "giao-nhanh-15-phut",
            sent_on: "2026-03-09",
            channel: "push",
            claims: &["time", "convenience"],
            works_for_column: None,
            works_for_value: None,
            lift: 0.0,
            propensity: 0.8,
            cost: 20,
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Goal: the plan is what it claims to be: weights add up, the orders of brands agree, and
    /// `time` is where the own brand is furthest behind.
    #[test]
    fn the_plan_is_consistent() {
        let truth = Truth::new(&Options::default());
        for benefit in [true, false] {
            let sum: f64 = DIMENSIONS
                .iter()
                .filter(|dimension| dimension.benefit == benefit)
                .map(|dimension| dimension.weight)
                .sum();
            assert!((sum - 1.0).abs() < 1e-12);
        }
        assert_eq!(truth.brands_by_ratio, truth.brands_by_difference);
        assert_eq!(truth.brands_by_ratio[0], "Mộc Coffee");
        let behind = |dimension: &Dimension| {
            let gap = dimension.means[0] - (dimension.means[1] + dimension.means[2]) / 2.0;
            if dimension.benefit { -gap } else { gap }
        };
        let weakest = DIMENSIONS
            .iter()
            .max_by(|one, other| behind(one).total_cmp(&behind(other)))
            .expect("there are dimensions");
        assert_eq!(weakest.name, truth.weakest_dimension);
    }
}
