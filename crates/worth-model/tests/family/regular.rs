//! What holds for models of customers who buy regularly: k = 1 is at random, and k is told by the data.

use worth_model::lifetime::{
    BetaGeo, CheckedHistories, CondensedBetaGeo, CondensedBetaGeoParameters, FittedPurchases,
    Histories, Horizon, ModifiedCondensedBetaGeo, ModifiedCondensedBetaGeoParameters,
    PurchaseModel,
};
use worth_model::simulate;

use crate::shop::{AHEAD, SENSE, Shop, holds};
use crate::{
    BETA_GEO, CONDENSED, MODIFIED_CONDENSED, beta_geo, condensed, modified, modified_condensed,
};

/// One step per purchase: every number is that of the model at random.
fn one_step_is_at_random<M: PurchaseModel, R: PurchaseModel>(
    fitted: impl Fn(&CheckedHistories<'_>) -> FittedPurchases<M>,
    at_random: impl Fn(&CheckedHistories<'_>) -> FittedPurchases<R>,
) {
    let shop = Shop::draw::<BetaGeo, 4>(&BETA_GEO, 2000, 5);
    let histories = shop.histories();
    let (fitted, at_random) = (fitted(&histories), at_random(&histories));
    assert_eq!(fitted.log_likelihood, at_random.log_likelihood);
    assert_eq!(fitted.standard_errors, at_random.standard_errors);
    assert_eq!(fitted.log_covariance, at_random.log_covariance);
    assert_eq!(fitted.diagnosis, at_random.diagnosis);
    let horizon = Horizon::of_weeks(f64::INFINITY, 0.1);
    assert_eq!(
        fitted.discounted_purchases(&histories, &horizon),
        at_random.discounted_purchases(&histories, &horizon)
    );
    assert_eq!(
        fitted.probability_of(&histories, 2, AHEAD),
        at_random.probability_of(&histories, 2, AHEAD)
    );
    assert_eq!(
        fitted.next_purchase_quantile(&histories, 0.3),
        at_random.next_purchase_quantile(&histories, 0.3)
    );
    assert_eq!(
        simulate::customers(&fitted.parameters, None, &[40.0; 50], 2),
        simulate::customers(&at_random.parameters, None, &[40.0; 50], 2)
    );
}

#[test]
fn condensed_beta_geo_with_one_step_is_beta_geo() {
    let settings = CondensedBetaGeo {
        k: Some(1),
        ..CondensedBetaGeo::default()
    };
    one_step_is_at_random(|histories| settings.fit(histories).expect(SENSE), beta_geo);
    let settings = ModifiedCondensedBetaGeo {
        k: Some(1),
        ..ModifiedCondensedBetaGeo::default()
    };
    one_step_is_at_random(|histories| settings.fit(histories).expect(SENSE), modified);
}

/// Without the times between purchases their sums tell how regular they are, less surely.
#[test]
fn regularity_is_told_from_sums_too() {
    let mut held = 0;
    for seed in 0..30 {
        let shop = Shop::draw::<CondensedBetaGeo, 4>(&CONDENSED, 1000, seed);
        let known = condensed(&shop.histories());
        assert_eq!(known.parameters.k, CONDENSED.k);
        let sums = Histories {
            log_gaps: None,
            ..*shop.histories().rows()
        };
        let told = condensed(&sums.check().expect(SENSE));
        assert!((2..=6).contains(&told.parameters.k), "{:?}", told.estimates);
        held += u32::from(holds(&told.estimates.k, f64::from(CONDENSED.k)));
    }
    // 27 expected; whole numbers are covered more often.
    assert!(held >= 24, "{held}");
}

#[test]
fn regularity_that_makes_no_sense_is_an_error() {
    for (k, most_k, field) in [(Some(0), 12, "k"), (Some(25), 12, "k"), (None, 0, "most_k")] {
        let settings = CondensedBetaGeo {
            k,
            most_k,
            ..CondensedBetaGeo::default()
        };
        let error = settings.check().expect_err("it makes no sense");
        assert!(error.to_string().contains(field), "{error}");
    }
    let parameters = CondensedBetaGeoParameters { k: 0, ..CONDENSED };
    assert!(parameters.check().is_err());
    assert!(simulate::customers(&parameters, None, &[9.0], 1).is_err());
}

/// The likelihood chooses the k that customers were drawn with, also where there is none.
#[test]
fn regularity_is_recovered() {
    for k in [1, 2, 3] {
        for seed in 0..5 {
            let truth = CondensedBetaGeoParameters { k, ..CONDENSED };
            let shop = Shop::draw::<CondensedBetaGeo, 4>(&truth, 1500, seed);
            let fitted = condensed(&shop.histories());
            assert_eq!(fitted.parameters.k, k, "{:?}", fitted.estimates.k);
            assert!(holds(&fitted.estimates.k, f64::from(k)));
            let truth = ModifiedCondensedBetaGeoParameters {
                k,
                ..MODIFIED_CONDENSED
            };
            let shop = Shop::draw::<ModifiedCondensedBetaGeo, 4>(&truth, 1500, seed);
            let fitted = modified_condensed(&shop.histories());
            assert_eq!(fitted.parameters.k, k, "{:?}", fitted.estimates.k);
        }
    }
}
