//! What holds for every purchase model: drawn customers give back the parameters they were drawn
//! from, and predictions hold of what the same customers do later.

mod checks;
mod regular;
mod shop;

use worth_model::lifetime::{
    BetaGeo, BetaGeoParameters, CheckedHistories, CondensedBetaGeo, CondensedBetaGeoParameters,
    FittedPurchases, GompertzNbd, GompertzNbdParameters, MOST_PURCHASES, ModifiedBetaGeo,
    ModifiedBetaGeoParameters, ModifiedCondensedBetaGeo, ModifiedCondensedBetaGeoParameters,
    ParetoNbd, ParetoNbdParameters,
};

use checks::{intervals_hold, only_the_data_count, predictions_come_true, struggles_are_named};
use shop::SENSE;

const BETA_GEO: BetaGeoParameters = BetaGeoParameters {
    r: 0.6,
    alpha: 5.0,
    a: 0.8,
    b: 2.4,
};
const MODIFIED: ModifiedBetaGeoParameters = ModifiedBetaGeoParameters {
    r: 0.6,
    alpha: 5.0,
    a: 0.8,
    b: 2.4,
};
/// Purchases take three steps, of which there are as many as three times the purchases above.
const CONDENSED: CondensedBetaGeoParameters = CondensedBetaGeoParameters {
    r: 1.2,
    alpha: 3.0,
    a: 0.8,
    b: 2.4,
    k: 3,
};
const MODIFIED_CONDENSED: ModifiedCondensedBetaGeoParameters = ModifiedCondensedBetaGeoParameters {
    r: 1.2,
    alpha: 3.0,
    a: 0.8,
    b: 2.4,
    k: 2,
};
const PARETO: ParetoNbdParameters = ParetoNbdParameters {
    r: 0.6,
    alpha: 8.0,
    s: 0.7,
    beta: 12.0,
};
/// Few leave in the first weeks, most by the last of them.
const GOMPERTZ: GompertzNbdParameters = GompertzNbdParameters {
    r: 1.2,
    alpha: 3.0,
    b: 0.15,
    s: 0.9,
    beta: 40.0,
};

/// The model as set by default, and what holds for it. Struggles are with up to so many purchases of
/// one customer.
macro_rules! holds_for {
    (
        $model:ident<$d:literal>, $fit:ident, $truth:ident, struggles: $struggling:expr, $most:expr
        $(, intervals of $customers:literal: [$($parameter:ident),+])?
    ) => {
        fn $fit(histories: &CheckedHistories<'_>) -> FittedPurchases<$model, $d> {
            $model::default().fit(histories).expect(SENSE)
        }

        mod $fit {
            use super::*;

            #[test]
            fn predictions_hold() {
                predictions_come_true($truth, super::$fit);
            }

            #[test]
            fn neither_unit_nor_order_nor_threads_count() {
                only_the_data_count($truth, super::$fit);
            }

            #[test]
            fn struggles_have_names() {
                let settings = $struggling;
                struggles_are_named(|histories| settings.fit(histories).expect(SENSE), $most);
            }

            $(#[test]
            fn intervals_hold_nine_times_in_ten() {
                intervals_hold($truth, $customers, super::$fit, |fitted| {
                    let found = fitted.estimates;
                    [$((found.$parameter, $truth.$parameter)),+]
                });
            })?
        }
    };
}

// Those of BG/NBD are in recover.rs.
holds_for!(BetaGeo<4>, beta_geo, BETA_GEO, struggles: BetaGeo::default(), 1e4);
holds_for!(
    ModifiedBetaGeo<4>, modified, MODIFIED,
    struggles: ModifiedBetaGeo::default(), 1e5,
    intervals of 3000: [r, alpha, a, b]
);
holds_for!(
    CondensedBetaGeo<4>, condensed, CONDENSED,
    struggles: CondensedBetaGeo { most_k: 3, ..CondensedBetaGeo::default() }, 1e4,
    intervals of 2000: [r, alpha, a, b]
);
holds_for!(
    ModifiedCondensedBetaGeo<4>, modified_condensed, MODIFIED_CONDENSED,
    struggles: ModifiedCondensedBetaGeo { most_k: 3, ..ModifiedCondensedBetaGeo::default() }, 1e4,
    intervals of 2000: [r, alpha, a, b]
);
holds_for!(
    ParetoNbd<4>, pareto, PARETO,
    struggles: ParetoNbd::default(), MOST_PURCHASES,
    intervals of 1500: [r, alpha, s, beta]
);
holds_for!(
    GompertzNbd<5>, gompertz, GOMPERTZ,
    struggles: GompertzNbd::default(), MOST_PURCHASES,
    intervals of 3000: [r, alpha, b, s, beta]
);
