//! Models by name draw what they draw themselves, count their steps, and stop when told to.

use std::sync::atomic::{AtomicU32, Ordering};

use worth_model::lifetime::{GammaGamma, Horizon, Model, Posterior, Sampling, SamplingOutcome};
use worth_model::{Estimate, Method, Spread};

use crate::{MARGIN, SENSE, SHORT, drawn, histories, of_purchases, of_spend, spends, worth};

const BRIEF: Sampling = Sampling {
    tuning: 100,
    draws: 100,
    ..SHORT
};

fn in_order(estimate: &Estimate) -> bool {
    let (low, high) = estimate.ends().expect("it has an interval");
    0.0 < low && low <= estimate.value && estimate.value <= high && high.is_finite()
}

#[test]
fn it_is_what_the_model_draws_itself() {
    let columns = drawn(300, 2);
    let (own, spend) = (of_purchases(&columns, &BRIEF), of_spend(&columns, &BRIEF));
    let named = Model::BetaGeo
        .posterior_while(&histories(&columns), 0.9, &BRIEF, &|| true)
        .expect(SENSE);
    assert_eq!(named.columns(), own.columns());
    assert_eq!(named.diagnosis(), &own.diagnosis);
    assert_eq!(named.parameters(), Posterior::parameters(&own));
    let terms = (Horizon::of_weeks(52.0, 0.1), MARGIN);
    let total = named.total(&spend, terms, &histories(&columns), &spends(&columns));
    let (_, _, of_own) = worth(&columns, &own, &spend, MARGIN);
    assert_eq!(total.expect(SENSE), of_own);
}

#[test]
fn every_model_tells_of_its_parameters() {
    let columns = drawn(200, 3);
    let spend = of_spend(&columns, &BRIEF);
    let names: Vec<_> = Posterior::parameters(&spend)
        .into_iter()
        .map(|parameter| parameter.mixing.parameter)
        .collect();
    assert_eq!(names, ["p", "q", "gamma"]);
    for model in Model::ALL {
        let posterior = model
            .posterior_while(&histories(&columns), 0.9, &BRIEF, &|| true)
            .expect(SENSE);
        let drawn = posterior.columns();
        assert_eq!(drawn.parameters.len(), drawn.names.len());
        let parameters = posterior.parameters();
        assert_eq!(parameters.len(), drawn.names.len());
        for (parameter, name) in parameters.iter().zip(drawn.names) {
            assert_eq!(parameter.mixing.parameter, *name);
            assert!(in_order(&parameter.median) && in_order(&parameter.prior));
            // Nine times in ten within 1/27 and 27 of the middle.
            let Spread::Interval {
                low, high, method, ..
            } = parameter.prior.spread
            else {
                panic!("{parameter:?}");
            };
            assert_eq!(method, Method::Prior);
            assert!((high / low).sqrt() > 26.8 && (high / low).sqrt() < 26.9);
            let positive = |density: f64| density >= 0.0 && density.is_finite();
            assert!(
                parameter
                    .density
                    .iter()
                    .all(|point| positive(point.density))
            );
            assert!(
                parameter
                    .density
                    .is_sorted_by(|one, next| one.value < next.value)
            );
        }
        let terms = (Horizon::of_weeks(52.0, 0.1), MARGIN);
        let total = posterior
            .total(&spend, terms, &histories(&columns), &spends(&columns))
            .expect(SENSE);
        assert!(in_order(&total.alive) && in_order(&total.purchases) && in_order(&total.value));
    }
}

#[test]
fn steps_are_counted_and_can_be_stopped() {
    let columns = drawn(100, 4);
    let steps = AtomicU32::new(0);
    let of = |most: u32| {
        steps.store(0, Ordering::Relaxed);
        let goes_on = || steps.fetch_add(1, Ordering::Relaxed) < most;
        let purchases = Model::BetaGeo
            .posterior_while(&histories(&columns), 0.9, &BRIEF, &goes_on)
            .expect(SENSE);
        purchases.diagnosis().outcome.clone()
    };
    of(u32::MAX);
    assert_eq!(steps.load(Ordering::Relaxed), 2 * 200);
    let stopped = of(150);
    assert!(
        matches!(stopped, SamplingOutcome::Failed { chains: 2, .. }),
        "{stopped:?}"
    );
    assert_eq!(steps.load(Ordering::Relaxed), 150 + 2);
    let spend = GammaGamma::default().posterior_while(&spends(&columns), &BRIEF, &|| false);
    assert!(matches!(
        spend.expect(SENSE).diagnosis.outcome,
        SamplingOutcome::Failed { chains: 2, .. }
    ));
}
