//! The face of fitted models for whoever must not care which model it is and whether customers are
//! alike: it says what the models themselves say.

use worth_model::Error;
use worth_model::lifetime::{
    BetaGeo, BetaGeoParameters, CheckedHistories, Covariates, GammaGamma, GammaGammaParameters,
    Groups, Histories, Horizon, Margin, Model, Pooled, PurchaseLaws, Spends, Totals, Valuation,
    WithCovariates,
};
use worth_model::simulate::{self, Columns};

/// Why nothing here fails.
const SENSE: &str = "drawn data and settings make sense";
const LEVEL: f64 = 0.9;
/// How far ahead, in weeks.
const AHEAD: f64 = 26.0;
const SPEND: GammaGammaParameters = GammaGammaParameters {
    p: 6.25,
    q: 3.74,
    gamma: 15.44,
};

/// Three hundred customers of shops, then a hundred of the web, who buy twice as often; and whether
/// each is fond of tea, which says nothing.
struct Shop {
    seen: Columns,
    web: Vec<f64>,
    tea: Vec<f64>,
}

fn shop() -> Shop {
    let of_shop = BetaGeoParameters {
        r: 0.8,
        alpha: 8.0,
        a: 0.9,
        b: 2.7,
    };
    let of_web = BetaGeoParameters {
        alpha: 4.0,
        ..of_shop
    };
    let drawn = |law: &BetaGeoParameters, customers: usize, seed: u64| {
        simulate::customers(law, Some(&SPEND), &vec![52.0; customers], seed).expect(SENSE)
    };
    let mut customers = drawn(&of_shop, 300, 1);
    customers.extend(drawn(&of_web, 100, 2));
    Shop {
        seen: simulate::columns(&customers, &[52.0; 400]),
        web: (0..400)
            .map(|row| f64::from(u8::from(row >= 300)))
            .collect(),
        tea: (0..400)
            .map(|row| f64::from(u8::from(row % 3 == 0)))
            .collect(),
    }
}

impl Shop {
    fn histories(&self) -> CheckedHistories<'_> {
        let histories = Histories {
            frequency: &self.seen.frequency,
            recency: &self.seen.recency,
            age: &self.seen.age,
            ..Histories::default()
        };
        histories.check().expect(SENSE)
    }

    fn spends(&self) -> Spends<'_> {
        Spends {
            purchases: &self.seen.frequency,
            mean: &self.seen.mean_spend,
            weight: None,
        }
    }
}

#[test]
fn by_name_it_says_what_the_model_says() {
    let shop = shop();
    let (histories, columns) = (shop.histories(), [&shop.web[..], &shop.tea]);
    let table = Covariates {
        names: &["web", "tea"],
        columns: &columns,
    };
    let table = table.check().expect(SENSE);
    let spec = WithCovariates::new(BetaGeo::default(), &["web", "tea"], &["web", "tea"]);
    let of_type = spec.fit(&histories, &table).expect(SENSE);
    let by_name = Model::BetaGeo.fit_with_covariates(&histories, &table, LEVEL);
    let by_name = by_name.expect(SENSE);
    assert_eq!(by_name.effects.coefficients(), of_type.coefficients);
    assert_eq!(by_name.effects.likelihood_ratio(), of_type.likelihood_ratio);
    assert_eq!(by_name.effects.diagnosis(), &of_type.diagnosis);
    let log_likelihood = of_type.reference.log_likelihood;
    assert_eq!(by_name.reference.log_likelihood(), log_likelihood);

    let spends = shop.spends().check().expect(SENSE);
    let valuation = Valuation {
        spend: &GammaGamma::default().fit(&spends).expect(SENSE),
        horizon: Horizon::of_weeks(AHEAD, 0.1),
        margin: Margin::given(0.4),
    };
    let totals = Totals::default();
    let of_type = of_type.laws(&table).expect(SENSE);
    let laws = by_name.effects.laws(&table).expect(SENSE);
    assert_eq!(
        laws.expected_purchases(&histories, AHEAD),
        of_type.predict(&histories, |law, rows| law.expected_purchases(rows, AHEAD))
    );
    assert_eq!(
        laws.total(&histories, &spends, &valuation, &totals),
        of_type.total(&histories, &spends, &valuation, &totals)
    );
    let value = laws.expected_value(&histories, &spends, &valuation);
    let total = laws.total(&histories, &spends, &valuation, &totals);
    let (value, total) = (value.expect(SENSE), total.expect(SENSE).value);
    let sum: f64 = value.value.iter().sum();
    assert!((sum / total.value - 1.0).abs() < 1e-6);
    let will_be = laws.predicted_value(&histories, &spends, &valuation);
    assert!(will_be.expect(SENSE).high[7] > value.high[7]);

    // A new customer is the mean of a quarter of the web and of three quarters of shops.
    let of = |row: u32| laws.select(&[row]).expect(SENSE);
    let mean = |of_kind: &dyn Fn(&dyn PurchaseLaws) -> f64| {
        let kinds = [(0, 100.0), (1, 200.0), (300, 34.0), (301, 66.0)];
        let weighed = kinds.map(|(row, customers)| customers * of_kind(of(row).as_ref()));
        weighed.iter().sum::<f64>() / 400.0
    };
    let purchases = mean(&|laws| laws.mean_of_new(AHEAD));
    assert!((laws.mean_of_new(AHEAD) / purchases - 1.0).abs() < 1e-12);
    let of_new = |laws: &dyn PurchaseLaws| laws.value_of_new(&valuation).expect(SENSE);
    let low = |laws: &dyn PurchaseLaws| of_new(laws).ends().expect("an interval").0;
    assert!((of_new(&*laws).value / mean(&|laws| of_new(laws).value) - 1.0).abs() < 1e-12);
    assert!((low(&*laws) / mean(&low) - 1.0).abs() < 1e-12);
}

#[test]
fn pooled_by_name_it_says_what_the_model_says() {
    let shop = shop();
    let histories = shop.histories();
    let names = ["north", "south", "east", "west", "centre", "web"];
    let group = |row: u32| if row < 300 { row % 5 } else { 5 };
    let of_row: Vec<u32> = (0..400).map(group).collect();
    let groups = |names, of_row| Groups { names, of_row }.check().expect(SENSE);
    let table = groups(&names, &of_row);
    let of_type = Pooled::new(BetaGeo::default()).fit(&histories, &table);
    let of_type = of_type.expect(SENSE);
    let by_name = Model::BetaGeo.fit_pooled(&histories, &table, LEVEL);
    let by_name = by_name.expect(SENSE);
    assert_eq!(by_name.effects.groups(), of_type.groups);
    assert_eq!(by_name.effects.deviations(), of_type.deviations);
    assert_eq!(by_name.effects.pooling(), of_type.pooling);
    let log_likelihood = of_type.reference.log_likelihood;
    assert_eq!(by_name.reference.log_likelihood(), log_likelihood);
    assert_eq!(
        by_name
            .effects
            .laws(&table)
            .expected_purchases(&histories, AHEAD),
        (of_type.laws(&table)).predict(&histories, |law, rows| law.expected_purchases(rows, AHEAD))
    );

    // One row per group is enough; a name that was not there is a group to come.
    let kinds = groups(&["web", "airport"], &[0, 1]);
    let laws = by_name.effects.laws(&kinds);
    let of_new = |row: u32| laws.select(&[row]).expect(SENSE).mean_of_new(AHEAD);
    assert_eq!(of_new(1), by_name.effects.new_group().mean_of_new(AHEAD));
    let of_web = of_type.at("web").expected_new(AHEAD).expect(SENSE);
    assert!((of_new(0) / of_web.value - 1.0).abs() < 1e-9);
    assert!(of_new(0) > of_new(1));
}

#[test]
fn rows_are_chosen_in_any_order_and_more_than_once() {
    let shop = shop();
    let columns = [&shop.web[..]];
    let table = Covariates {
        names: &["web"],
        columns: &columns,
    };
    let table = table.check().expect(SENSE);
    let fitted = Model::ParetoNbd.fit_with_covariates(&shop.histories(), &table, LEVEL);
    // Of the table, one row per kind is enough.
    let kinds = [&[0.0, 1.0][..]];
    let kinds = Covariates {
        names: &["web"],
        columns: &kinds,
    };
    let laws = fitted.expect(SENSE).effects;
    let laws = laws.laws(&kinds.check().expect(SENSE)).expect(SENSE);
    let of_rows: Vec<u32> = shop.web.iter().map(|&web| web as u32).collect();
    let all = laws.select(&of_rows).expect(SENSE);
    let alive = all.probability_alive(&shop.histories()).expect(SENSE);
    let (frequency, recency) = (&shop.seen.frequency, &shop.seen.recency);
    for row in [0, 299, 300, 399] {
        let one = Histories {
            frequency: &frequency[row..=row],
            recency: &recency[row..=row],
            age: &[52.0],
            ..Histories::default()
        };
        let law = laws.select(&of_rows[row..=row]).expect(SENSE);
        let of_one = law.probability_alive(&one.check().expect(SENSE));
        assert_eq!(of_one.expect(SENSE).value[0], alive.value[row]);
    }
    let missing = laws.select(&[1, 2]).err();
    assert!(matches!(missing, Some(Error::Setting { field: "row", .. })));
    let none = laws.select(&[]).expect(SENSE);
    assert_eq!(none.mean_of_new(AHEAD), 0.0);
}

#[test]
fn customers_of_one_law_are_the_case_without_kinds() {
    let shop = shop();
    let histories = shop.histories();
    let spends = shop.spends().check().expect(SENSE);
    let valuation = Valuation {
        spend: &GammaGamma::default().fit(&spends).expect(SENSE),
        horizon: Horizon::of_weeks(AHEAD, 0.1),
        margin: Margin::given(0.4),
    };
    for model in Model::ALL {
        let fitted = model.fit(&histories, LEVEL).expect(SENSE);
        let laws = fitted.laws().select(&[7, 7]).expect(SENSE);
        let alive = laws.probability_alive(&histories).expect(SENSE);
        assert_eq!(alive, fitted.probability_alive(&histories));
        assert_eq!(
            laws.predicted_purchases(&histories, AHEAD),
            fitted.predicted_purchases(&histories, AHEAD)
        );
        let new = laws.value_of_new(&valuation).expect(SENSE);
        let (low, high) = new.ends().expect("an interval");
        assert!(0.0 < low && low < new.value && new.value < high);
        assert!(laws.mean_of_new(AHEAD) < laws.mean_of_new(2.0 * AHEAD));
    }
}

#[test]
fn covariates_are_judged_one_by_one_beside_the_others() {
    let shop = shop();
    let columns = [&shop.web[..], &shop.tea];
    let table = Covariates {
        names: &["web", "tea"],
        columns: &columns,
    };
    let table = table.check().expect(SENSE);
    let fitted = Model::BetaGeo.fit_with_covariates(&shop.histories(), &table, LEVEL);
    let fitted = fitted.expect(SENSE).effects;
    let [web, tea] = ["web", "tea"].map(|name| fitted.together(&[name]).expect("settled"));
    assert!(web.p_value < 0.001 && tea.p_value > 0.1, "{web:?} {tea:?}");
    // Wald's test of all of them is nearly the likelihood ratio.
    let wald = fitted.together(&["web", "tea"]).expect("settled");
    let ratio = fitted.likelihood_ratio().expect("no penalty");
    assert_eq!(wald.degrees_of_freedom, ratio.degrees_of_freedom);
    assert!(
        (wald.statistic / ratio.statistic - 1.0).abs() < 0.2,
        "{wald:?} {ratio:?}"
    );
    assert_eq!(fitted.together(&["price"]), None);
}
