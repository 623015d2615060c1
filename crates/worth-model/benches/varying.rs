//! Pareto/NBD with covariates that vary with time, on a hundred thousand customers of a shop with sales.
//!
//! `cargo bench -p worth-model --bench varying`

use std::hint::black_box;
use std::sync::LazyLock;

use divan::Bencher;
use worth_model::lifetime::{
    ActsOn, CheckedDatedHistories, CovariateTable, DatedHistories, FittedParetoNbdVarying,
    Histories, ParetoNbdParameters, ParetoNbdVarying, ParetoNbdVaryingParameters, PurchaseSums,
    Timelines,
};
use worth_model::simulate::{self, Columns, SimulatedCustomer};

fn main() {
    divan::main();
}

/// Days.
const END: f64 = 730.0;

/// A thousand when run once as a test (without `--bench`), so that it takes no time.
fn customers() -> usize {
    let is_benchmark = std::env::args().any(|argument| argument == "--bench");
    if is_benchmark { 100_000 } else { 1_000 }
}

/// Customers who began on the days of the first year, all watched until the end of the second.
struct Shop {
    starts: Vec<f64>,
    covariates: Timelines,
    drawn: Vec<SimulatedCustomer>,
    columns: Columns,
}

static SHOP: LazyLock<Shop> = LazyLock::new(|| {
    let truth = ParetoNbdVaryingParameters {
        base: ParetoNbdParameters {
            r: 0.9,
            alpha: 84.0,
            s: 0.8,
            beta: 210.0,
        },
        buying: vec![0.9, 0.3],
        leaving: vec![0.4],
    };
    let covariates = sales_and_winters(customers());
    let starts: Vec<f64> = (0..customers())
        .map(|row| (365.0 * (row as f64 * 0.618_033_988_75).fract()).floor())
        .collect();
    let ages: Vec<f64> = starts.iter().map(|start| END - start).collect();
    let drawn = simulate::customers_over_time(&truth, &covariates, &starts, &ages, 1);
    let drawn = drawn.expect("valid parameters");
    Shop {
        columns: simulate::columns(&drawn, &ages),
        starts,
        covariates,
        drawn,
    }
});

/// Two weeks of sale in every eight, and two winters.
fn sales_and_winters(customers: usize) -> Timelines {
    let sales = (0..15).map(|sale| (0, 20.0 + 56.0 * f64::from(sale), 14.0));
    let winters = [(1, 0.0, 60.0), (1, 335.0, 90.0), (1, 700.0, 90.0)];
    let rows: Vec<(u32, f64, f64)> = sales.chain(winters).collect();
    let table = CovariateTable {
        names: &["sale", "winter"],
        acts_on: &[ActsOn::Buying, ActsOn::Both],
        covariate: &rows.iter().map(|row| row.0).collect::<Vec<_>>(),
        customer: &vec![None; rows.len()],
        from: &rows.iter().map(|row| row.1).collect::<Vec<_>>(),
        until: &rows.iter().map(|row| row.1 + row.2).collect::<Vec<_>>(),
        value: &vec![1.0; rows.len()],
    };
    table.check(customers).expect("the table makes sense")
}

fn dated() -> CheckedDatedHistories<'static> {
    let histories = Histories {
        frequency: &SHOP.columns.frequency,
        recency: &SHOP.columns.recency,
        age: &SHOP.columns.age,
        ..Histories::default()
    };
    let dated = DatedHistories {
        histories: histories.check().expect("drawn histories make sense"),
        start: &SHOP.starts,
        covariates: &SHOP.covariates,
    };
    dated.check().expect("drawn histories make sense")
}

fn purchases(customers: &CheckedDatedHistories<'_>) -> PurchaseSums {
    let rows = SHOP.drawn.iter().zip(&SHOP.starts).enumerate();
    let log = rows.flat_map(|(row, (customer, start))| {
        let repeat = customer.times[1..].iter();
        repeat.map(move |time| (row as u32, start + time))
    });
    let (who, when): (Vec<u32>, Vec<f64>) = log.unzip();
    let sums = customers.purchases(&who, &when);
    sums.expect("the purchases are those of the customers")
}

static FITTED: LazyLock<FittedParetoNbdVarying> = LazyLock::new(|| {
    let customers = dated();
    let fitted = ParetoNbdVarying::default().fit(&customers, &purchases(&customers));
    fitted.expect("there are customers")
});

#[divan::bench(sample_count = 3)]
fn fit(bencher: Bencher<'_, '_>) {
    let customers = dated();
    let purchases = purchases(&customers);
    bencher.bench(|| black_box(ParetoNbdVarying::default().fit(&customers, &purchases)));
}

#[divan::bench(sample_count = 3)]
fn group(bencher: Bencher<'_, '_>) {
    bencher.bench(|| black_box(dated()));
}

#[divan::bench(sample_count = 3)]
fn probability_alive(bencher: Bencher<'_, '_>) {
    let customers = dated();
    bencher.bench(|| black_box(FITTED.probability_alive(&customers)));
}

#[divan::bench(sample_count = 3)]
fn expected_purchases(bencher: Bencher<'_, '_>) {
    let customers = dated();
    bencher.bench(|| black_box(FITTED.expected_purchases(&customers, 90.0)));
}

#[divan::bench(sample_count = 3)]
fn next_purchase(bencher: Bencher<'_, '_>) {
    let customers = dated();
    bencher.bench(|| black_box(FITTED.next_purchase_quantile(&customers, 0.5)));
}
