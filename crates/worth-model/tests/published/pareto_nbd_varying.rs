//! Pareto/NBD with covariates that vary with time against the model written out and integrated by mpmath
//! (`pareto_nbd_varying.py`, `pareto_nbd_varying.csv`): its likelihood, and what it says of customers.

use worth_model::lifetime::{
    ActsOn, CovariateTable, DatedHistories, FittedParetoNbdVarying, Histories, ParetoNbdParameters,
    ParetoNbdVarying, ParetoNbdVaryingParameters, Timelines,
};

const STARTS: [f64; 3] = [2.0, 0.0, 0.5];
const PURCHASES: [&[f64]; 3] = [&[2.0, 3.5, 30.5], &[], &[1.0, 30.0, 31.0, 32.0, 37.25]];
const AGES: [f64; 3] = [36.0, 38.0, 37.5];

/// The three pasts, with the covariates of customer 0, 1 or 2 of the script.
fn timelines(customer: usize) -> Timelines {
    let prices: &[(f64, f64, f64)] = match customer {
        0 => &[],
        1 => &[(f64::NEG_INFINITY, f64::INFINITY, 1.2)],
        _ => &[
            (10.0, 25.0, 1.0),
            (25.0, 38.0, 3.0),
            (38.0, f64::INFINITY, 2.0),
        ],
    };
    let sales = [(4.0, 6.0, 1.0), (30.0, 33.5, 1.0), (41.0, 44.0, 1.0)];
    let mut table = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut add = |covariate: u32, customer: Option<u32>, (from, until, value): (f64, f64, f64)| {
        table.0.push(covariate);
        table.1.push(customer);
        table.2.push(from);
        table.3.push(until);
        table.4.push(value);
    };
    sales.into_iter().for_each(|sale| add(0, None, sale));
    for past in 0..3 {
        prices.iter().for_each(|price| add(1, Some(past), *price));
    }
    CovariateTable {
        names: &["sale", "price"],
        acts_on: &[ActsOn::Buying, ActsOn::Both],
        covariate: &table.0,
        customer: &table.1,
        from: &table.2,
        until: &table.3,
        value: &table.4,
    }
    .check(3)
    .expect("valid")
}

fn parameters() -> ParetoNbdVaryingParameters {
    ParetoNbdVaryingParameters {
        base: ParetoNbdParameters {
            r: 0.6,
            alpha: 10.0,
            s: 0.7,
            beta: 12.0,
        },
        buying: vec![0.8, -0.2],
        leaving: vec![0.3],
    }
}

#[test]
fn likelihood_and_predictions_match_the_integrals_written_out() {
    let columns = Histories {
        frequency: &PURCHASES.map(|purchases| purchases.len() as f64),
        recency: &PURCHASES.map(|purchases| purchases.last().copied().unwrap_or(0.0)),
        age: &AGES,
        ..Histories::default()
    };
    let rows: Vec<Vec<f64>> = include_str!("pareto_nbd_varying.csv")
        .lines()
        .skip(2)
        .map(|line| {
            line.split(',')
                .map(|number| number.parse().unwrap())
                .collect()
        })
        .collect();
    assert_eq!(rows.len(), 9);
    for customer in 0..3 {
        let covariates = timelines(customer);
        let customers = DatedHistories {
            histories: columns.check().unwrap(),
            start: &STARTS,
            covariates: &covariates,
        };
        let customers = customers.check().unwrap();
        let log = PURCHASES.iter().zip(STARTS).enumerate();
        let log = log.flat_map(|(row, (purchases, start))| {
            purchases.iter().map(move |time| (row as u32, start + time))
        });
        let (who, when): (Vec<u32>, Vec<f64>) = log.unzip();
        let purchases = customers.purchases(&who, &when).unwrap();
        // A fit to three customers says nothing, but it speaks.
        let fitted = ParetoNbdVarying::default()
            .fit(&customers, &purchases)
            .unwrap();
        let fitted = FittedParetoNbdVarying {
            parameters: parameters(),
            ..fitted
        };
        let total = fitted
            .parameters
            .log_likelihood(&customers, &purchases)
            .unwrap();
        let own = &rows[customer * 3..customer * 3 + 3];
        let written_out: f64 = own.iter().map(|row| row[2]).sum();
        assert!((total - written_out).abs() < 1e-9, "{total} {written_out}");
        let columns = [
            fitted.probability_alive(&customers).unwrap(),
            fitted.probability_alive_after(&customers, 10.0).unwrap(),
            fitted.expected_purchases(&customers, 10.0).unwrap(),
            fitted.probability_of(&customers, 0, 10.0).unwrap(),
            fitted.probability_of(&customers, 2, 10.0).unwrap(),
        ];
        for (past, row) in own.iter().enumerate() {
            for (column, expected) in columns.iter().zip(&row[3..]) {
                let found = column.value[past];
                assert!(
                    (found / expected - 1.0).abs() < 1e-9,
                    "{customer} {past}: {found} {expected}"
                );
            }
        }
        let hindsight = fitted.hindsight(&customers, 10.0, &[2.0; 3]).unwrap();
        for (past, hindsight) in hindsight.into_iter().enumerate() {
            assert!((hindsight.same / own[past][7] - 1.0).abs() < 1e-9);
            assert!((hindsight.expected / own[past][5] - 1.0).abs() < 1e-9);
        }
    }
}
