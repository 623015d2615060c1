//! The posterior of a model that knows something more, how regularly customers buy: it finds what
//! customers were drawn from, and with many customers says what the fit says.

use worth_model::Error;
use worth_model::lifetime::{
    CheckedHistories, ModifiedCondensedBetaGeo, ModifiedCondensedBetaGeoParameters, Posterior,
    PosteriorPurchases, PurchaseModel,
};
use worth_model::simulate;

use crate::{SENSE, SHORT, ages, histories};

fn finds<M: PurchaseModel<D>, const D: usize>(
    truth: &M::Parameters,
    values: [f64; D],
    customers: usize,
    sample: impl Fn(&CheckedHistories<'_>) -> Result<PosteriorPurchases<M, D>, Error>,
) -> PosteriorPurchases<M, D> {
    let ages = ages(customers);
    let drawn = simulate::customers(truth, None, &ages, 8).expect(SENSE);
    let columns = simulate::columns(&drawn, &ages);
    let posterior = sample(&histories(&columns)).expect(SENSE);
    assert!(posterior.diagnosis.is_sound(), "{:?}", posterior.diagnosis);
    for (parameter, value) in posterior.parameters().iter().zip(values) {
        let (low, high) = parameter.median.ends().expect("a posterior has intervals");
        let (from, to) = parameter
            .likelihood
            .ends()
            .expect("many customers settle it");
        // 2.5 standard deviations, of which the interval has 1.64 to either side.
        let apart = (parameter.mean - value).abs();
        assert!(apart < 0.75 * (high - low), "{value}: {parameter:?}");
        // Of 600 draws the ends are known to a twentieth of the width.
        let allowed = 0.2 * (to - from);
        let close = (low - from).abs() < allowed && (high - to).abs() < allowed;
        assert!(close, "{value}: {low} {high}, {from} {to}");
    }
    posterior
}

#[test]
fn modified_condensed_beta_geo_says_what_its_fit_says() {
    let (r, alpha, a, b, k) = (1.2, 3.0, 0.8, 2.4, 2);
    let truth = ModifiedCondensedBetaGeoParameters { r, alpha, a, b, k };
    let found = finds(&truth, [r, alpha, a, b], 3000, |histories| {
        ModifiedCondensedBetaGeo::default().posterior(histories, &SHORT)
    });
    assert_eq!(found.fitted.parameters.k, k);
}
