//! A shop with sales and a price that rises for some: drawn, and fitted.

use worth_model::Estimate;
use worth_model::lifetime::{
    ActsOn, CheckedDatedHistories, CheckedHistories, CovariateTable, DatedHistories,
    FittedParetoNbd, FittedParetoNbdVarying, Histories, ParetoNbd, ParetoNbdParameters,
    ParetoNbdVarying, ParetoNbdVaryingParameters, Timelines,
};
use worth_model::simulate::{self, Columns, SimulatedCustomer};

pub(crate) const BASE: ParetoNbdParameters = ParetoNbdParameters {
    r: 0.9,
    alpha: 12.0,
    s: 0.8,
    beta: 30.0,
};

/// A long table in the making.
#[derive(Default)]
pub(crate) struct Table {
    pub(crate) covariate: Vec<u32>,
    pub(crate) customer: Vec<Option<u32>>,
    pub(crate) from: Vec<f64>,
    pub(crate) until: Vec<f64>,
    pub(crate) value: Vec<f64>,
}

impl Table {
    pub(crate) fn sales() -> Self {
        let mut table = Self::default();
        for sale in 0..10 {
            let from = 6.0 + 13.0 * f64::from(sale);
            table.add(0, None, from, from + 2.0, 1.0);
        }
        table
    }

    pub(crate) fn add(
        &mut self,
        covariate: u32,
        customer: Option<u32>,
        from: f64,
        until: f64,
        value: f64,
    ) {
        self.covariate.push(covariate);
        self.customer.push(customer);
        self.from.push(from);
        self.until.push(until);
        self.value.push(value);
    }

    pub(crate) fn check(&self, names: &[&str], acts_on: &[ActsOn], customers: usize) -> Timelines {
        let table = CovariateTable {
            names,
            acts_on,
            covariate: &self.covariate,
            customer: &self.customer,
            from: &self.from,
            until: &self.until,
            value: &self.value,
        };
        table.check(customers).expect("valid")
    }
}

/// Two years and a quarter in weeks: four sales of two weeks each year, and for every third customer a
/// price that rises after 50 weeks.
pub(crate) fn timelines(customers: usize) -> Timelines {
    let mut table = Table::sales();
    for customer in (0..customers as u32).step_by(3) {
        table.add(1, Some(customer), 50.0, f64::INFINITY, 1.0);
    }
    table.check(
        &["sale", "price"],
        &[ActsOn::Buying, ActsOn::Both],
        customers,
    )
}

pub(crate) fn truth() -> ParetoNbdVaryingParameters {
    ParetoNbdVaryingParameters {
        base: BASE,
        buying: vec![0.9, -0.4],
        leaving: vec![0.6],
    }
}

/// A shop whose customers begin in the first year and are watched until the end of the second.
pub(crate) struct Shop {
    pub(crate) starts: Vec<f64>,
    pub(crate) customers: Vec<SimulatedCustomer>,
    pub(crate) columns: Columns,
    pub(crate) covariates: Timelines,
}

pub(crate) const END: f64 = 104.0;

impl Shop {
    pub(crate) fn new(customers: usize, seed: u64) -> Self {
        Self::of(&truth(), timelines(customers), customers, END, seed)
    }

    /// Watched until the end of the second year, whatever happens until `until`.
    pub(crate) fn of(
        truth: &ParetoNbdVaryingParameters,
        covariates: Timelines,
        customers: usize,
        until: f64,
        seed: u64,
    ) -> Self {
        let start = |row: usize| 52.0 * (row as f64 * 0.618_034).fract();
        let starts: Vec<f64> = (0..customers).map(start).collect();
        let all: Vec<f64> = starts.iter().map(|start| until - start).collect();
        let drawn = simulate::customers_over_time(truth, &covariates, &starts, &all, seed);
        let customers = drawn.expect("it makes sense");
        let mut seen = customers.clone();
        for (customer, start) in seen.iter_mut().zip(&starts) {
            customer.times.retain(|time| start + time <= END);
        }
        let ages: Vec<f64> = starts.iter().map(|start| END - start).collect();
        let columns = simulate::columns(&seen, &ages);
        Self {
            starts,
            customers,
            columns,
            covariates,
        }
    }

    pub(crate) fn histories(&self) -> CheckedHistories<'_> {
        self.weighted(None)
    }

    pub(crate) fn weighted<'a>(&'a self, weight: Option<&'a [f64]>) -> CheckedHistories<'a> {
        let histories = Histories {
            frequency: &self.columns.frequency,
            recency: &self.columns.recency,
            age: &self.columns.age,
            weight,
            ..Histories::default()
        };
        histories.check().expect("valid")
    }

    pub(crate) fn ask<T>(&self, then: impl FnOnce(&CheckedDatedHistories<'_>) -> T) -> T {
        self.ask_weighted(None, then)
    }

    pub(crate) fn ask_weighted<T>(
        &self,
        weight: Option<&[f64]>,
        then: impl FnOnce(&CheckedDatedHistories<'_>) -> T,
    ) -> T {
        let dated = DatedHistories {
            histories: self.weighted(weight),
            start: &self.starts,
            covariates: &self.covariates,
        };
        then(&dated.check().expect("valid"))
    }

    pub(crate) fn fit_plain(&self) -> FittedParetoNbd {
        ParetoNbd::default().fit(&self.histories()).expect("valid")
    }

    pub(crate) fn fit(&self) -> FittedParetoNbdVarying {
        self.fit_weighted(None, END)
    }

    pub(crate) fn fit_weighted(&self, weight: Option<&[f64]>, end: f64) -> FittedParetoNbdVarying {
        let (mut who, mut when) = (Vec::new(), Vec::new());
        for (row, (customer, start)) in self.customers.iter().zip(&self.starts).enumerate() {
            for time in customer.times[1..]
                .iter()
                .filter(|time| *start + **time <= end)
            {
                who.push(row as u32);
                when.push(start + time);
            }
        }
        self.ask_weighted(weight, |customers| {
            let purchases = customers
                .purchases(&who, &when)
                .expect("they are all there");
            let spec = ParetoNbdVarying::default();
            spec.fit(customers, &purchases).expect("it makes sense")
        })
    }
}

pub(crate) fn holds(estimate: &Estimate, truth: f64) -> bool {
    (estimate.ends()).is_some_and(|(low, high)| (low..=high).contains(&truth))
}
