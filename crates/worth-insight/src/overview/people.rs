//! Customers who have both values, and whether those who answered are like all customers.
//!
//! Both are read from the rows of the two questions, in one pass each: `perceived` has one row per
//! respondent and brand, `lifetime` one per customer.

use std::collections::BTreeMap;

use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::datatypes::{Float64Type, Int64Type};
use futures::TryStreamExt;
use worth_model::concentration::share;
use worth_model::{Estimate, Method, NoInterval};

use super::answer::{
    Compared, Corner, CornerName, Corners, Measure, RegionShare, Responders, Verdict,
};
use crate::error::Error;
use crate::question::Rows;

/// Fewer customers than this with both values, and no corners are drawn.
pub(super) const LEAST_FOR_CORNERS: usize = 20;
/// Fewer responders than this, and they are not compared.
const LEAST_RESPONDERS: u64 = 20;
/// A distance of means that may matter: "small" by Cohen (1988), Statistical Power Analysis.
const SMALL_DISTANCE: f64 = 0.2;
/// Share of responders living elsewhere that may matter.
const SMALL_REGION_DISTANCE: f64 = 0.1;

/// Ratio of benefits to costs of the own brand, by customer.
pub(super) type Perceived = BTreeMap<String, f64>;

/// What is known of a customer who answered.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Both {
    pub(super) customer_id: String,
    pub(super) ratio: f64,
    /// Value, low, high; empty without a model.
    pub(super) value: Option<[f64; 3]>,
}

/// Mean and spread, in one pass over rows that always come in the same order.
#[derive(Debug, Clone, Copy, Default)]
struct Spread {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Spread {
    /// Welford (1962): stable, whatever the size of the numbers.
    fn add(&mut self, value: f64) {
        self.count += 1.0;
        let before = value - self.mean;
        self.mean += before / self.count;
        self.squares += before * (value - self.mean);
    }

    fn deviation(&self) -> f64 {
        (self.squares / (self.count - 1.0).max(1.0)).sqrt()
    }
}

/// What one pass over the customers finds.
#[derive(Debug, Default)]
pub(super) struct People {
    both: Vec<Both>,
    responders: [Spread; 3],
    customers: [Spread; 3],
}

/// The columns that responders are compared by.
const COMPARED: [(Measure, &str); 3] = [
    (Measure::Recency, "silent_days"),
    (Measure::Frequency, "frequency"),
    (Measure::Spend, "revenue"),
];

/// The columns of value: with the ends of what is not known of the expectation, which can be added up.
const VALUE: [&str; 3] = [
    "expected_value",
    "expected_value_low",
    "expected_value_high",
];

/// Reads the ratio of the own brand by customer; respondents who are no customers are passed over.
pub(super) async fn perceived(rows: &dyn Rows, own_brand: &str) -> Result<Perceived, Error> {
    let doing = "reading perceived value by respondent";
    let mut found = Perceived::new();
    let mut batches = rows.stream();
    while let Some(batch) = batches.try_next().await.map_err(Error::engine(doing))? {
        let customers = column(&batch, "customer_id").as_string::<i32>();
        let brands = column(&batch, "brand").as_string::<i32>();
        let ratios = column(&batch, "ratio").as_primitive::<Float64Type>();
        for row in 0..batch.num_rows() {
            if customers.is_valid(row) && ratios.is_valid(row) && brands.value(row) == own_brand {
                found.insert(customers.value(row).to_owned(), ratios.value(row));
            }
        }
    }
    Ok(found)
}

impl People {
    /// Passes over all customers once.
    pub(super) async fn read(rows: &dyn Rows, perceived: &Perceived) -> Result<Self, Error> {
        let doing = "reading lifetime value by customer";
        let mut people = Self::default();
        let mut needed = vec!["customer_id"];
        needed.extend(VALUE);
        needed.extend(COMPARED.map(|(_, name)| name));
        let mut batches = rows.stream_of(&needed);
        while let Some(batch) = batches.try_next().await.map_err(Error::engine(doing))? {
            people.add(&batch, perceived);
        }
        Ok(people)
    }

    fn add(&mut self, batch: &RecordBatch, perceived: &Perceived) {
        let customers = column(batch, "customer_id").as_string::<i32>();
        let values = VALUE.map(|name| column(batch, name).as_primitive::<Float64Type>());
        let measures = COMPARED.map(|(_, name)| numbers(batch, name));
        for row in 0..batch.num_rows() {
            let ratio = perceived.get(customers.value(row)).copied();
            for (place, measure) in measures.iter().enumerate() {
                self.customers[place].add(measure[row]);
                if ratio.is_some() {
                    self.responders[place].add(measure[row]);
                }
            }
            if let Some(ratio) = ratio {
                let value = values[0]
                    .is_valid(row)
                    .then(|| values.map(|value| value.value(row)));
                self.both.push(Both {
                    customer_id: customers.value(row).to_owned(),
                    ratio,
                    value,
                });
            }
        }
    }

    /// What is known of those who answered, one by one.
    pub(super) fn answered(&self) -> &[Both] {
        &self.both
    }

    /// Customers who have both values.
    pub(super) fn with_both(&self) -> u64 {
        self.both.iter().filter(|both| both.value.is_some()).count() as u64
    }

    /// The four corners, cut at the medians; `None` when too few have both values.
    pub(super) fn corners(&self, level: f64) -> Option<Corners> {
        let both: Vec<(f64, [f64; 3])> = self
            .both
            .iter()
            .filter_map(|both| Some((both.ratio, both.value?)))
            .collect();
        if both.len() < LEAST_FOR_CORNERS {
            return None;
        }
        let perceived_cut = median(both.iter().map(|&(ratio, _)| ratio).collect());
        let lifetime_cut = median(both.iter().map(|&(_, value)| value[0]).collect());
        let mut corners = Corners {
            perceived_cut,
            lifetime_cut,
            customers: both.len() as u64,
            corners: Vec::new(),
        };
        let corner = |name: CornerName| {
            let inside = both
                .iter()
                .filter(|(ratio, value)| corners.corner_of(*ratio, value[0]) == name);
            let (mut customers, mut sum) = (0_u64, [0.0; 3]);
            for (_, value) in inside {
                customers += 1;
                for (sum, value) in sum.iter_mut().zip(value) {
                    *sum += value;
                }
            }
            // What is not known of the parameters moves all customers together: ends add up.
            let [value, low, high] = sum;
            Corner {
                name,
                customers,
                share: share(customers as f64, both.len() as f64, level)
                    .expect("part of a whole, and the level is in range"),
                expected_value: Estimate::between(value, low, high, level, Method::Delta),
            }
        };
        corners.corners = CornerName::ALL.map(corner).to_vec();
        Some(corners)
    }

    /// Responders against all customers; `None` when nobody who answered is a known customer.
    pub(super) fn responders(
        &self,
        regions: Vec<(String, u64, u64)>,
        level: f64,
    ) -> Option<Responders> {
        let responders = self.responders[0].count as u64;
        if responders == 0 {
            return None;
        }
        let measures: Vec<Compared> = COMPARED
            .iter()
            .enumerate()
            .map(|(place, &(measure, _))| {
                compared(
                    measure,
                    &self.responders[place],
                    &self.customers[place],
                    level,
                )
            })
            .collect();
        let (regions, region_distance) = region_shares(regions);
        let regions_differ =
            region_distance.is_some_and(|distance| distance > SMALL_REGION_DISTANCE);
        let differs = regions_differ || measures.iter().any(|measure| measure.differs);
        let verdict = if responders < LEAST_RESPONDERS {
            Verdict::TooFew
        } else if differs {
            Verdict::Different
        } else {
            Verdict::AlikeEnough
        };
        Some(Responders {
            responders,
            customers: self.customers[0].count as u64,
            measures,
            regions,
            region_distance,
            regions_differ,
            verdict,
        })
    }
}

/// The mean of responders with a normal interval, against the mean of all.
fn compared(measure: Measure, responders: &Spread, customers: &Spread, level: f64) -> Compared {
    let error = responders.deviation() / responders.count.sqrt();
    let estimate = if responders.count < 2.0 {
        Estimate::without(responders.mean, NoInterval::TooFew)
    } else {
        Estimate::normal(responders.mean, error, level)
    };
    let deviation = customers.deviation();
    let distance = if deviation > 0.0 {
        (responders.mean - customers.mean) / deviation
    } else {
        0.0
    };
    let is_chance = estimate
        .ends()
        .is_none_or(|(low, high)| (low..=high).contains(&customers.mean));
    Compared {
        measure,
        responders: estimate,
        customers: customers.mean,
        distance,
        differs: !is_chance && distance.abs() > SMALL_DISTANCE,
    }
}

/// Shares by region, the largest first, and how many responders would have to move.
fn region_shares(regions: Vec<(String, u64, u64)>) -> (Vec<RegionShare>, Option<f64>) {
    let customers: u64 = regions.iter().map(|region| region.1).sum();
    let responders: u64 = regions.iter().map(|region| region.2).sum();
    if responders < LEAST_RESPONDERS || regions.len() < 2 {
        return (Vec::new(), None);
    }
    let mut shares: Vec<RegionShare> = regions
        .into_iter()
        .map(|(region, all, answered)| RegionShare {
            region,
            customers: all as f64 / customers as f64,
            responders: answered as f64 / responders as f64,
        })
        .collect();
    let distance = shares
        .iter()
        .map(|share| (share.responders - share.customers).max(0.0))
        .sum();
    shares.sort_by(|a, b| {
        b.customers
            .total_cmp(&a.customers)
            .then_with(|| a.region.cmp(&b.region))
    });
    (shares, Some(distance))
}

/// The median; of an even number the upper one, so that at least half are at or above it.
fn median(mut values: Vec<f64>) -> f64 {
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f64::total_cmp).1
}

fn column<'a>(batch: &'a RecordBatch, name: &str) -> &'a dyn Array {
    batch
        .column_by_name(name)
        .expect("the rows of a question have the columns that they document")
        .as_ref()
}

/// A column of counts or reals as numbers; nothing is 0.
fn numbers(batch: &RecordBatch, name: &str) -> Vec<f64> {
    let column = column(batch, name);
    match column.as_primitive_opt::<Int64Type>() {
        Some(counts) => counts
            .iter()
            .map(|count| count.unwrap_or(0) as f64)
            .collect(),
        None => column
            .as_primitive::<Float64Type>()
            .iter()
            .map(|real| real.unwrap_or(0.0))
            .collect(),
    }
}
