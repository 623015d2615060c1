//! Posteriors of the CDNOW sample against PyMC-Marketing 0.19.2 (PyMC 5.28.5, ArviZ 0.23.4).
//!
//! With the prior used here: logarithms of parameters normal around 0 with standard deviation 2, of
//! times in mean ages (32.71586 weeks) and of money in mean spends (35.07785 dollars). There these
//! are `Prior("LogNormal", mu=0, sigma=2)`, and `mu=np.log(32.71586)` for alpha and so on. Their
//! defaults, Weibull and Pareto distributions of times in weeks, would change with the unit.

use worth_model::lifetime::{
    BetaGeo, CheckedHistories, Draws, GammaGamma, Histories, ModifiedBetaGeo, Sampling, Spends,
};

use crate::cdnow;

const SAMPLING: Sampling = Sampling {
    chains: 4,
    tuning: 1000,
    draws: 2000,
    acceptance: 0.9,
    seed: 0,
};

/// A parameter as PyMC-Marketing found it.
struct Other {
    mean: f64,
    deviation: f64,
    /// Quantiles of 5, 50 and 95 %.
    quantiles: [f64; 3],
}

const fn other(mean: f64, deviation: f64, quantiles: [f64; 3]) -> Other {
    Other {
        mean,
        deviation,
        quantiles,
    }
}

/// All within what chance does to both: 8,000 draws here, 1,700 to 10,000 independent ones there.
fn the_same<const D: usize>(draws: &Draws<D>, others: &[Other; D]) {
    for (column, other) in draws.parameters.iter().zip(others) {
        let count = column.len() as f64;
        let mean = column.iter().sum::<f64>() / count;
        let squares = column.iter().map(|value| (value - mean) * (value - mean));
        let deviation = (squares.sum::<f64>() / count).sqrt();
        let away = |found: f64, wanted: f64| (found - wanted).abs() / other.deviation;
        assert!(away(mean, other.mean) < 0.1, "{mean} {}", other.mean);
        let ratio = deviation / other.deviation;
        assert!((ratio - 1.0).abs() < 0.1, "{deviation} {}", other.deviation);
        let mut sorted = column.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        for (part, wanted) in [0.05, 0.5, 0.95].into_iter().zip(other.quantiles) {
            let found = sorted[(part * count) as usize];
            assert!(away(found, wanted) < 0.15, "{part}: {found} {wanted}");
        }
    }
}

fn histories(sample: &cdnow::Sample) -> CheckedHistories<'_> {
    Histories {
        frequency: &sample.frequency,
        recency: &sample.recency,
        age: &sample.age,
        ..Histories::default()
    }
    .check()
    .expect("the sample makes sense")
}

#[test]
fn beta_geo_matches_pymc_marketing() {
    let Some(sample) = cdnow::sample() else {
        return;
    };
    let histories = histories(&sample);
    let posterior = BetaGeo::default().posterior(&histories, &SAMPLING).unwrap();
    assert!(posterior.diagnosis.is_sound(), "{:?}", posterior.diagnosis);
    let others = [
        other(0.243_493, 0.012_677, [0.223_053, 0.243_176, 0.264_845]),
        other(4.453_364, 0.384_822, [3.836_493, 4.439_085, 5.108_712]),
        other(0.828_449, 0.204_271, [0.554_979, 0.799_553, 1.206_027]),
        other(2.598_939, 0.808_580, [1.569_491, 2.469_821, 4.094_592]),
    ];
    the_same(&posterior.draws, &others);
    // The prior does no harm: medians are where the likelihood is highest.
    let fitted = posterior.fitted.parameters;
    let highest = [fitted.r, fitted.alpha, fitted.a, fitted.b];
    let found = posterior.estimates;
    for ((median, highest), other) in [found.r, found.alpha, found.a, found.b]
        .into_iter()
        .zip(highest)
        .zip(&others)
    {
        let away = (median.value - highest).abs() / other.deviation;
        assert!(away < 0.15, "{median:?} {highest}");
    }
    // And so is what is forecast: 1653.39 in total at the highest likelihood.
    let expected = posterior.expected_purchases(&histories, 39.0).unwrap();
    let total: f64 = expected.value.iter().sum();
    assert!((total / 1653.39 - 1.0).abs() < 0.01, "{total}");
}

#[test]
fn modified_beta_geo_matches_pymc_marketing() {
    let Some(sample) = cdnow::sample() else {
        return;
    };
    let model = ModifiedBetaGeo::default();
    let posterior = model.posterior(&histories(&sample), &SAMPLING).unwrap();
    assert!(posterior.diagnosis.is_sound(), "{:?}", posterior.diagnosis);
    let others = [
        other(0.535_310, 0.082_300, [0.417_886, 0.526_079, 0.683_576]),
        other(6.281_651, 0.698_640, [5.236_972, 6.216_337, 7.528_635]),
        other(0.920_062, 0.169_485, [0.694_461, 0.893_952, 1.226_142]),
        other(1.743_800, 0.612_066, [1.018_066, 1.615_878, 2.885_345]),
    ];
    the_same(&posterior.draws, &others);
}

#[test]
fn gamma_gamma_matches_pymc_marketing() {
    let Some(sample) = cdnow::sample() else {
        return;
    };
    let spends = Spends {
        purchases: &sample.paid,
        mean: &sample.mean_spend,
        weight: None,
    };
    let model = GammaGamma::default();
    let posterior = model
        .posterior(&spends.check().unwrap(), &SAMPLING)
        .unwrap();
    assert!(posterior.diagnosis.is_sound(), "{:?}", posterior.diagnosis);
    let others = [
        other(6.394_220, 1.278_176, [4.659_392, 6.209_698, 8.701_461]),
        other(3.758_701, 0.293_491, [3.307_962, 3.743_771, 4.270_772]),
        other(15.952_432, 4.244_030, [9.797_286, 15.529_668, 23.685_389]),
    ];
    the_same(&posterior.draws, &others);
}
