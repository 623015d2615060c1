//! How often intervals hold: shops drawn from known parameters, watched, predicted, and then watched
//! on. What an interval should have covered is known of each.
//!
//! A shop has customers who came over half a year, are watched for half a year more, and go on for
//! another half. Parameters are held against those that the shop was drawn from; what is expected of
//! a customer against what those parameters expect, given the same history; predictions and totals
//! against what customers then did.

use rayon::prelude::*;
use worth_model::lifetime::{
    BetaGeoParameters, CondensedBetaGeoParameters, GammaGamma, GammaGammaParameters, Histories,
    Horizon, Margin, Model, ModifiedBetaGeoParameters, ModifiedCondensedBetaGeoParameters,
    ParetoNbdParameters, Predicted, Spends, Totals, Valuation,
};
use worth_model::simulate::{self, SimulatedCustomer};
use worth_model::{DEFAULT_LEVEL, Estimate};

/// Why nothing here fails.
const SENSE: &str = "drawn data and settings make sense";
const SPEND: GammaGammaParameters = GammaGammaParameters {
    p: 6.25,
    q: 3.74,
    gamma: 15.44,
};
/// Weeks in which customers come, weeks that all are watched after that, and weeks ahead.
const COMING: f64 = 26.0;
const WATCHED: f64 = 26.0;
const AHEAD: f64 = 26.0;

/// A model with parameters to draw shops from.
pub(crate) struct Case {
    /// The model, which is fitted too.
    pub(crate) model: Model,
    truth: &'static [(&'static str, f64)],
    draw: fn(&[f64], u64) -> Vec<SimulatedCustomer>,
    expected_purchases: fn(f64, f64, f64) -> f64,
}

/// `k` is whole: with so many customers it is known, and no interval of it could be missed.
macro_rules! case {
    ($model:ident, $parameters:ident, $($name:ident: $value:literal),+ $(; k: $k:literal)?) => {{
        const TRUTH: $parameters = $parameters { $($name: $value,)+ $(k: $k)? };
        Case {
            model: Model::$model,
            truth: &[$((stringify!($name), $value)),+],
            draw: |ages, seed| simulate::customers(&TRUTH, Some(&SPEND), ages, seed).expect(SENSE),
            expected_purchases: |x, t_x, age| TRUTH.expected_purchases(x, t_x, age, AHEAD),
        }
    }};
}

/// One case for each model but Gompertz/NBD, of shops whose customers buy about every two months and
/// of whom a fair part leaves within the year. Gompertz/NBD needs more customers than a thousand shops
/// can have here: see `tests/family`.
pub(crate) fn cases() -> Vec<Case> {
    vec![
        case!(BetaGeo, BetaGeoParameters, r: 0.8, alpha: 6.0, a: 0.8, b: 2.4),
        case!(ModifiedBetaGeo, ModifiedBetaGeoParameters, r: 0.8, alpha: 6.0, a: 0.8, b: 2.4),
        case!(
            CondensedBetaGeo, CondensedBetaGeoParameters,
            r: 0.8, alpha: 3.0, a: 0.8, b: 2.4; k: 2
        ),
        case!(
            ModifiedCondensedBetaGeo, ModifiedCondensedBetaGeoParameters,
            r: 0.8, alpha: 3.0, a: 0.8, b: 2.4; k: 2
        ),
        case!(ParetoNbd, ParetoNbdParameters, r: 0.8, alpha: 6.0, s: 0.7, beta: 20.0),
    ]
}

/// How often something held.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Held {
    /// What an interval was for.
    pub(crate) what: String,
    /// Share of the intervals that held, by shop; of a shop without such an interval, none.
    shares: Vec<Option<f64>>,
}

impl Held {
    /// Shops that had such an interval.
    pub(crate) fn shops(&self) -> usize {
        self.shares.iter().flatten().count()
    }

    /// Share of the intervals that held, over all shops, and its standard error.
    pub(crate) fn share(&self) -> (f64, f64) {
        let count = self.shops() as f64;
        let mean = self.shares.iter().flatten().sum::<f64>() / count;
        let squares = self
            .shares
            .iter()
            .flatten()
            .map(|share| (share - mean).powi(2));
        (mean, (squares.sum::<f64>() / (count - 1.0) / count).sqrt())
    }
}

/// Draws so many shops of so many customers and looks which intervals hold.
pub(crate) fn study(case: &Case, shops: u64, customers: usize) -> Vec<Held> {
    let found: Vec<Vec<(String, Option<f64>)>> = (0..shops)
        .into_par_iter()
        .map(|seed| shop(case, customers, seed))
        .collect();
    let held = |(place, (what, _)): (usize, &(String, Option<f64>))| Held {
        what: what.clone(),
        shares: found.iter().map(|shop| shop[place].1).collect(),
    };
    found[0].iter().enumerate().map(held).collect()
}

/// What held in one shop: 0 or 1 for a single interval, a share for those of all customers.
fn shop(case: &Case, customers: usize, seed: u64) -> Vec<(String, Option<f64>)> {
    let ages: Vec<f64> = (0..customers)
        .map(|row| WATCHED + COMING * (row as f64 * 0.618_034).fract())
        .collect();
    let until_later: Vec<f64> = ages.iter().map(|age| age + AHEAD).collect();
    let mut known = (case.draw)(&until_later, seed);
    let later: Vec<Later> = known
        .iter_mut()
        .zip(&ages)
        .map(|(customer, &age)| Later::cut_off(customer, age))
        .collect();
    let columns = simulate::columns(&known, &ages);
    let histories = Histories {
        frequency: &columns.frequency,
        recency: &columns.recency,
        age: &columns.age,
        log_gaps: Some(&columns.log_gaps),
        ..Histories::default()
    };
    let histories = histories.check().expect(SENSE);
    let spends = Spends {
        purchases: &columns.frequency,
        mean: &columns.mean_spend,
        weight: None,
    };
    let spends = spends.check().expect(SENSE);
    let purchase = case.model.fit(&histories, DEFAULT_LEVEL).expect(SENSE);
    let spend = GammaGamma::default().fit(&spends).expect(SENSE);
    let valuation = Valuation {
        spend: &spend,
        horizon: Horizon::of_weeks(AHEAD, 0.0),
        margin: Margin::given(1.0),
    };
    let laws = purchase.laws();

    let mut found: Vec<(String, Option<f64>)> = Vec::new();
    let estimates = purchase.estimates();
    for &(name, truth) in case.truth {
        let of_name = estimates.iter().find(|(found, _)| *found == name);
        let (_, estimate) = of_name.expect("every parameter has an estimate");
        found.push((name.to_owned(), holds(estimate, truth)));
    }
    let money = spend.estimates;
    for (name, estimate, truth) in [
        ("p", money.p, SPEND.p),
        ("q", money.q, SPEND.q),
        ("gamma", money.gamma, SPEND.gamma),
    ] {
        found.push((name.to_owned(), holds(&estimate, truth)));
    }
    let true_means: Vec<f64> = (0..customers)
        .map(|row| {
            let (x, t_x) = (columns.frequency[row], columns.recency[row]);
            (case.expected_purchases)(x, t_x, ages[row])
        })
        .collect();
    let expected = purchase.expected_purchases(&histories, AHEAD).expect(SENSE);
    let means_held = within(&expected, &true_means);
    found.push(("expected purchases of a customer".into(), Some(means_held)));
    let bought: Vec<f64> = later.iter().map(|later| later.purchases).collect();
    let spent: Vec<f64> = later.iter().map(|later| later.spent).collect();
    let predicted = purchase
        .predicted_purchases(&histories, AHEAD)
        .expect(SENSE);
    found.push((
        "purchases of a customer".into(),
        Some(within(&predicted, &bought)),
    ));
    let predicted = laws.predicted_value(&histories, &spends, &valuation);
    let predicted = predicted.expect(SENSE);
    let not_above = (0..customers).filter(|&row| spent[row] <= predicted.high[row]);
    let not_above = not_above.count() as f64 / customers as f64;
    found.push((
        "value of a customer, upper end alone".into(),
        Some(not_above),
    ));
    let totals = Totals {
        seed,
        ..Totals::default()
    };
    let total = laws.total(&histories, &spends, &valuation, &totals);
    let total = total.expect(SENSE);
    let alive = later.iter().filter(|later| later.is_alive).count() as f64;
    for (what, estimate, truth) in [
        ("purchases of all", &total.purchases, bought.iter().sum()),
        ("value of all", &total.value, spent.iter().sum()),
        ("customers still there", &total.alive, alive),
    ] {
        found.push((what.into(), holds(estimate, truth)));
    }
    found
}

/// What a customer did after the end of observation.
struct Later {
    purchases: f64,
    spent: f64,
    is_alive: bool,
}

impl Later {
    /// Cuts off what was not known at this age.
    fn cut_off(customer: &mut SimulatedCustomer, age: f64) -> Self {
        let known = customer.times.partition_point(|&time| time <= age);
        let later = Self {
            purchases: (customer.times.len() - known) as f64,
            spent: customer.amounts[known..].iter().sum(),
            is_alive: customer.left_at > age,
        };
        customer.times.truncate(known);
        customer.amounts.truncate(known);
        later
    }
}

/// Whether the interval covers the truth; `None` without an interval.
fn holds(estimate: &Estimate, truth: f64) -> Option<f64> {
    let (low, high) = estimate.ends()?;
    Some(f64::from(u8::from((low..=high).contains(&truth))))
}

/// Share of customers whose interval covers what was true of them.
fn within(predicted: &Predicted, truths: &[f64]) -> f64 {
    let covered = (0..truths.len())
        .filter(|&row| (predicted.low[row]..=predicted.high[row]).contains(&truths[row]));
    covered.count() as f64 / truths.len() as f64
}
