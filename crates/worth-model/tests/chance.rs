//! What single customers go on to do lies within their intervals as often as it should.

use worth_model::Method;
use worth_model::lifetime::{
    BetaGeo, BetaGeoParameters, GammaGamma, GammaGammaParameters, GompertzNbd,
    GompertzNbdParameters, Histories, Horizon, Margin, ModifiedBetaGeo, ModifiedBetaGeoParameters,
    ParetoNbd, ParetoNbdParameters, Predicted, Spends, ValueModel,
};
use worth_model::simulate::{self, SimulatedCustomer};

/// Why nothing here fails.
const SENSE: &str = "drawn data and settings make sense";
const SPEND: GammaGammaParameters = GammaGammaParameters {
    p: 6.25,
    q: 3.74,
    gamma: 15.44,
};
/// Weeks that are known, and weeks ahead.
const KNOWN: f64 = 52.0;
const AHEAD: f64 = 26.0;
const CUSTOMERS: usize = 4000;

/// Customers as they are known, and what they went on to do.
#[derive(Default)]
struct Lives {
    frequency: Vec<f64>,
    recency: Vec<f64>,
    age: Vec<f64>,
    mean_spend: Vec<f64>,
    purchases: Vec<f64>,
    spent: Vec<f64>,
}

impl Lives {
    fn of(drawn: &[SimulatedCustomer]) -> Self {
        let mut lives = Self::default();
        for customer in drawn {
            let known = customer.times.iter().filter(|time| **time <= KNOWN).count();
            let repeats = known - 1;
            let spent: f64 = customer.amounts[1..known].iter().sum();
            lives.frequency.push(repeats as f64);
            lives.recency.push(customer.times[repeats]);
            lives.age.push(KNOWN);
            lives.mean_spend.push(match repeats {
                0 => 0.0,
                _ => spent / repeats as f64,
            });
            lives.purchases.push((customer.times.len() - known) as f64);
            lives.spent.push(customer.amounts[known..].iter().sum());
        }
        lives
    }

    fn histories(&self) -> Histories<'_> {
        Histories {
            frequency: &self.frequency,
            recency: &self.recency,
            age: &self.age,
            ..Histories::default()
        }
    }

    fn spends(&self) -> Spends<'_> {
        Spends {
            purchases: &self.frequency,
            mean: &self.mean_spend,
            weight: None,
        }
    }
}

/// Shares of customers who did less than the lower end, and more than the upper.
fn missed(predicted: &Predicted, did: &[f64]) -> [f64; 2] {
    assert_eq!(predicted.method, Method::Predictive);
    let share = |miss: &dyn Fn(usize) -> bool| {
        (0..did.len()).filter(|&row| miss(row)).count() as f64 / did.len() as f64
    };
    [
        share(&|row| did[row] < predicted.low[row]),
        share(&|row| did[row] > predicted.high[row]),
    ]
}

/// Amounts are exceeded by one in twenty; numbers are whole, so fewer lie beyond.
fn assert_one_in_twenty([less, more]: [f64; 2], [spent_less, spent_more]: [f64; 2]) {
    // Three standard errors of a share of 0.05.
    let apart = 3.0 * (0.05f64 * 0.95 / CUSTOMERS as f64).sqrt();
    assert!(less < 0.05 + apart && more < 0.05 + apart, "{less} {more}");
    assert!(spent_less < 0.05 + apart, "{spent_less}");
    assert!((spent_more - 0.05).abs() < apart, "{spent_more}");
    assert!(more > 0.01, "{more}");
}

macro_rules! holds {
    ($name:ident, $model:expr, $truth:expr) => {
        #[test]
        fn $name() {
            let ages = vec![KNOWN + AHEAD; CUSTOMERS];
            let drawn = simulate::customers(&$truth, Some(&SPEND), &ages, 7).expect(SENSE);
            let lives = Lives::of(&drawn);
            let histories = lives.histories().check().expect(SENSE);
            let spends = lives.spends().check().expect(SENSE);
            let purchase = $model.fit(&histories).expect(SENSE);
            let spend = GammaGamma::default().fit(&spends).expect(SENSE);
            let value = ValueModel {
                purchase: &purchase,
                spend: &spend,
                horizon: Horizon::of_weeks(AHEAD, 0.0),
                margin: Margin::given(1.0),
            };
            let purchases = purchase
                .predicted_purchases(&histories, AHEAD)
                .expect(SENSE);
            let spent = value.predicted_value(&histories, &spends).expect(SENSE);
            assert_one_in_twenty(
                missed(&purchases, &lives.purchases),
                missed(&spent, &lives.spent),
            );
            // The same expectation as without chance, in wider intervals.
            let expected = value.of_customers(&histories, &spends).expect(SENSE);
            assert_eq!(spent.value, expected.value);
            for row in 0..CUSTOMERS {
                assert!(spent.low[row] <= expected.low[row], "{row}");
                assert!(spent.high[row] >= expected.high[row], "{row}");
                assert_eq!(purchases.low[row].fract(), 0.0);
            }
        }
    };
}

holds!(
    of_beta_geo,
    BetaGeo::default(),
    BetaGeoParameters {
        r: 0.8,
        alpha: 6.0,
        a: 0.8,
        b: 2.4
    }
);
holds!(
    of_modified_beta_geo,
    ModifiedBetaGeo::default(),
    ModifiedBetaGeoParameters {
        r: 0.8,
        alpha: 6.0,
        a: 0.8,
        b: 2.4
    }
);
holds!(
    of_pareto_nbd,
    ParetoNbd::default(),
    ParetoNbdParameters {
        r: 0.8,
        alpha: 6.0,
        s: 0.7,
        beta: 20.0
    }
);
holds!(
    of_gompertz_nbd,
    GompertzNbd::default(),
    GompertzNbdParameters {
        r: 0.8,
        alpha: 6.0,
        b: 0.05,
        s: 0.7,
        beta: 4.0
    }
);

#[test]
fn who_buys_without_end_has_an_end_of_the_interval() {
    let purchase = BetaGeo::default()
        .fit(
            &Histories {
                frequency: &[3.0, 1.0, 0.0, 2.0, 5.0].repeat(20),
                recency: &[30.0, 4.0, 0.0, 9.0, 33.0].repeat(20),
                age: &[36.0; 100],
                ..Histories::default()
            }
            .check()
            .expect(SENSE),
        )
        .expect(SENSE);
    let till = Histories {
        frequency: &[1e6, 500.0, 0.0],
        recency: &[36.0, 1e5, 0.0],
        age: &[36.0, 1e5, 0.0],
        ..Histories::default()
    };
    for time in [0.0, 1.0, 1e5] {
        let predicted = purchase
            .predicted_purchases(&till.check().expect(SENSE), time)
            .expect(SENSE);
        for row in 0..3 {
            let (low, value, high) = (
                predicted.low[row],
                predicted.value[row],
                predicted.high[row],
            );
            assert!(low <= value.ceil() && value.floor() <= high, "{time} {row}");
            assert!(high.is_finite(), "{time} {row}");
        }
    }
}
