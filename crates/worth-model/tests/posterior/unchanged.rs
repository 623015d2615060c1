//! The unit, the number of threads and how customers are counted change nothing; the seed does.

use worth_model::Error;
use worth_model::lifetime::{BetaGeo, Draws, GammaGamma, Histories, Sampling, Spends};
use worth_model::simulate::Columns;

use crate::{MARGIN, SENSE, SHORT, drawn, histories, near, of_purchases, of_spend, spends, worth};

#[test]
fn days_weeks_and_hours_give_the_same() {
    let weeks = drawn(500, 3);
    let posterior = of_purchases(&weeks, &SHORT);
    let purchases = posterior
        .expected_purchases(&histories(&weeks), 39.0)
        .expect(SENSE);
    for factor in [7.0, 168.0] {
        let scaled = |column: &[f64]| column.iter().map(|time| time * factor).collect();
        let columns = Columns {
            recency: scaled(&weeks.recency),
            age: scaled(&weeks.age),
            ..weeks.clone()
        };
        let other = of_purchases(&columns, &SHORT);
        for row in 0..posterior.draws.len() {
            for (i, unit) in [1.0, factor, 1.0, 1.0].into_iter().enumerate() {
                let (here, there) = (&posterior.draws.parameters[i], &other.draws.parameters[i]);
                near(there[row], here[row] * unit, 1e-6);
            }
            // One density of a time per repeat purchase.
            let repeats = histories(&weeks).repeat_purchases();
            let moved = other.draws.log_posterior[row] + repeats * f64::ln(factor);
            near(moved, posterior.draws.log_posterior[row], 1e-6);
        }
        let there = other
            .expected_purchases(&histories(&columns), 39.0 * factor)
            .expect(SENSE);
        for row in 0..500 {
            near(there.value[row], purchases.value[row], 1e-6);
            near(there.high[row], purchases.high[row], 1e-6);
        }
    }
    // Dollars and dong.
    let dollars = of_spend(&weeks, &SHORT).estimates;
    let mean_spend = weeks
        .mean_spend
        .iter()
        .map(|mean| mean * 25_000.0)
        .collect();
    let dong = of_spend(
        &Columns {
            mean_spend,
            ..weeks
        },
        &SHORT,
    )
    .estimates;
    near(dong.p.value, dollars.p.value, 1e-6);
    near(dong.gamma.value, dollars.gamma.value * 25_000.0, 1e-6);
}

#[test]
fn threads_do_not_count() {
    let columns = drawn(5000, 4);
    let in_threads = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect(SENSE).install(|| {
            let sampling = Sampling {
                tuning: 100,
                draws: 100,
                ..SHORT
            };
            let (purchase, spend) = (
                of_purchases(&columns, &sampling),
                of_spend(&columns, &sampling),
            );
            let worth = worth(&columns, &purchase, &spend, MARGIN);
            (purchase, spend, worth)
        })
    };
    assert_eq!(in_threads(1), in_threads(3));
}

#[test]
fn seeds_give_other_draws_of_the_same_posterior() {
    let columns = drawn(500, 5);
    let of = |seed: u64| of_purchases(&columns, &Sampling { seed, ..SHORT });
    let (one, same, other) = (of(1), of(1), of(2));
    assert_eq!(one, same);
    assert_ne!(one.draws, other.draws);
    near(one.estimates.r.value, other.estimates.r.value, 0.03);
    // Chains of one seed differ as well, and those of spend from those of purchases.
    let first = |draws: &Draws<4>| (draws.parameters[0][0], draws.parameters[0][300]);
    assert!(first(&one.draws).0 != first(&one.draws).1);
    let spend = of_spend(&columns, &Sampling { seed: 1, ..SHORT });
    let together = correlation(&one.draws.parameters[0], &spend.draws.parameters[0]);
    assert!(together.abs() < 0.15, "{together}");
}

fn correlation(left: &[f64], right: &[f64]) -> f64 {
    let mean = |column: &[f64]| column.iter().sum::<f64>() / column.len() as f64;
    let (middle, other) = (mean(left), mean(right));
    let sum = |of: &dyn Fn(f64, f64) -> f64| -> f64 {
        let pairs = left.iter().zip(right);
        pairs.map(|(x, y)| of(x - middle, y - other)).sum()
    };
    sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
}

#[test]
fn a_weight_counts_as_so_many_customers() {
    let columns = drawn(300, 6);
    let twice = |column: &[f64]| [column, column].concat();
    let both = Columns {
        frequency: twice(&columns.frequency),
        recency: twice(&columns.recency),
        age: twice(&columns.age),
        mean_spend: twice(&columns.mean_spend),
        ..Columns::default()
    };
    let weighed = Histories {
        weight: Some(&[2.0; 300]),
        ..*histories(&columns).rows()
    };
    let weighed = BetaGeo::default().posterior(&weighed.check().expect(SENSE), &SHORT);
    let found = of_purchases(&both, &SHORT).estimates;
    near(weighed.expect(SENSE).estimates.b.value, found.b.value, 1e-6);
    let paid = Spends {
        weight: Some(&[2.0; 300]),
        ..*spends(&columns).rows()
    };
    let paid = GammaGamma::default().posterior(&paid.check().expect(SENSE), &SHORT);
    let found = of_spend(&both, &SHORT).estimates;
    near(paid.expect(SENSE).estimates.q.value, found.q.value, 1e-6);
}

#[test]
fn settings_that_make_no_sense_are_named() {
    let columns = drawn(50, 1);
    let field =
        |sampling: Sampling| match BetaGeo::default().posterior(&histories(&columns), &sampling) {
            Err(Error::Setting { field, .. }) => field,
            other => panic!("{other:?}"),
        };
    assert_eq!(field(Sampling { chains: 1, ..SHORT }), "chains");
    assert_eq!(
        field(Sampling {
            tuning: 10,
            ..SHORT
        }),
        "tuning"
    );
    assert_eq!(field(Sampling { draws: 0, ..SHORT }), "draws");
    let acceptance = f64::NAN;
    assert_eq!(
        field(Sampling {
            acceptance,
            ..SHORT
        }),
        "acceptance"
    );
    let nobody = Columns::default();
    let empty = BetaGeo::default().posterior(&histories(&nobody), &SHORT);
    assert!(matches!(empty, Err(Error::Empty { .. })));
}

#[test]
fn draws_are_plain_columns() {
    let draws = of_purchases(&drawn(100, 1), &SHORT).draws;
    assert_eq!(draws.names, ["r", "alpha", "a", "b"]);
    assert_eq!((draws.len(), draws.is_empty()), (600, false));
    assert_eq!((draws.chain[299], draws.draw[299]), (0, 299));
    assert_eq!((draws.chain[300], draws.draw[300]), (1, 0));
    assert!(draws.parameters.iter().all(|column| column.len() == 600));
}
