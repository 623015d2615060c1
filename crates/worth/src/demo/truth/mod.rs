//! What is true of the demo business: planted here, obeyed by every generator, written to
//! `truth.json`, so that anyone can ask whether Worth finds it.

mod planted;

use serde::Serialize;
use worth_model::lifetime::GammaGammaParameters;

use super::Options;
use planted::{
    BadExperience, BetaGeo, Brand, Careless, ChoiceTruth, Elsewhere, FallingRegion,
    HurtingTouchpoint, PlantedFeature, RepurchaseDriver, RoleGap, ShareOfWallet, Subscription,
    Unaffected, WeakChannel, WhatIf, Written,
};
pub(crate) use planted::{Campaign, KanoCategory, Service};

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
