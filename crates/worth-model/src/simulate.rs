//! Customers drawn from known parameters: what tests recover, benchmarks run on and the demo uses.
//!
//! Every customer has a stream of random numbers of their own (ChaCha8, seed and row), so the same
//! seed gives the same customers whatever the number of threads, and the first thousand of a
//! million are the thousand of a thousand.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma};

use crate::error::Error;
use crate::lifetime::{GammaGammaParameters, Law, Life};
use crate::parallel::chunks;

/// Most purchases that are drawn for one customer.
pub(crate) const MOST_PURCHASES: usize = 100_000;

/// What one drawn customer did until their age.
#[derive(Debug, Clone, PartialEq)]
pub struct SimulatedCustomer {
    /// Times of all purchases since the first, which is at 0; rising.
    pub times: Vec<f64>,
    /// Amount of each purchase; empty without spend parameters.
    pub amounts: Vec<f64>,
    /// Purchases per unit of time while alive.
    pub rate: f64,
    /// Probability of leaving after a purchase; under Pareto/NBD and Gompertz/NBD the rate of leaving
    /// per unit of time, at first.
    pub leaving: f64,
    /// Time after which the customer would not have bought again, infinite when it lies beyond the
    /// age.
    pub left_at: f64,
    /// The customer's own mean amount; 0 without spend parameters.
    pub mean_spend: f64,
}

/// Draws one customer per age from the purchase model that has these parameters and, with `spend`,
/// Gamma-Gamma.
///
/// `ages`: time from the first purchase to the end of observation, in the unit of the
/// parameters.
///
/// # Errors
///
/// [`Error::Setting`] for a parameter that is not positive, [`Error::Row`] for an age that is
/// negative or not finite.
pub fn customers<P: Law<D>, const D: usize>(
    purchase: &P,
    spend: Option<&GammaGammaParameters>,
    ages: &[f64],
    seed: u64,
) -> Result<Vec<SimulatedCustomer>, Error> {
    purchase.check_values()?;
    spend.map_or(Ok(()), GammaGammaParameters::check)?;
    if let Some(row) = ages
        .iter()
        .position(|age| !(age.is_finite() && *age >= 0.0))
    {
        let expected = "expected a number of at least 0";
        return Err(Error::Row {
            field: "ages",
            row,
            value: ages[row],
            expected,
        });
    }
    let parts = chunks(ages.len(), |range| {
        range
            .map(|row| customer(purchase, spend, ages[row], seed, row as u64))
            .collect::<Vec<_>>()
    });
    Ok(parts.into_iter().flatten().collect())
}

fn customer<P: Law<D>, const D: usize>(
    purchase: &P,
    spend: Option<&GammaGammaParameters>,
    age: f64,
    seed: u64,
    row: u64,
) -> SimulatedCustomer {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(row);
    let Life {
        times,
        rate,
        leaving,
        left_at,
    } = purchase.draw(age, &mut random);
    let mut mean_spend = 0.0;
    let mut amounts = Vec::new();
    if let Some(spend) = spend {
        let scale = spend.gamma / gamma(spend.q, &mut random).max(f64::MIN_POSITIVE);
        mean_spend = spend.p * scale;
        amounts = times
            .iter()
            .map(|_| gamma(spend.p, &mut random) * scale)
            .collect();
    }
    SimulatedCustomer {
        times,
        amounts,
        rate,
        leaving,
        left_at,
        mean_spend,
    }
}

/// A gamma variate with this shape and rate 1.
pub(crate) fn gamma(shape: f64, random: &mut impl Rng) -> f64 {
    Gamma::new(shape, 1.0)
        .expect("the shape was checked to be positive")
        .sample(random)
}

/// What models take, made from drawn customers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Columns {
    /// Repeat purchases.
    pub frequency: Vec<f64>,
    /// Time from the first purchase to the last.
    pub recency: Vec<f64>,
    /// Time from the first purchase to the end of observation.
    pub age: Vec<f64>,
    /// Sum of the natural logarithms of the times between purchases; 0 without a repeat purchase.
    pub log_gaps: Vec<f64>,
    /// Mean amount of repeat purchases; 0 without any.
    pub mean_spend: Vec<f64>,
}

/// Counts the purchases of drawn customers.
#[must_use]
pub fn columns(customers: &[SimulatedCustomer], ages: &[f64]) -> Columns {
    let mut columns = Columns {
        age: ages.to_vec(),
        ..Columns::default()
    };
    for customer in customers {
        let repeat = customer.times.len() - 1;
        let spent: f64 = customer.amounts.iter().skip(1).sum();
        columns.frequency.push(repeat as f64);
        columns.recency.push(customer.times[repeat]);
        let gaps = customer.times.windows(2).map(|pair| pair[1] - pair[0]);
        columns.log_gaps.push(gaps.map(f64::ln).sum());
        columns.mean_spend.push(if repeat > 0 {
            spent / repeat as f64
        } else {
            0.0
        });
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifetime::BetaGeoParameters;

    const PURCHASE: BetaGeoParameters = BetaGeoParameters {
        r: 0.243,
        alpha: 4.414,
        a: 0.793,
        b: 2.426,
    };
    const SPEND: GammaGammaParameters = GammaGammaParameters {
        p: 6.25,
        q: 3.74,
        gamma: 15.44,
    };

    #[test]
    fn the_first_of_many_are_the_same_as_of_few() {
        let few = customers(&PURCHASE, Some(&SPEND), &[39.0; 50], 7).expect("valid");
        let many = customers(&PURCHASE, Some(&SPEND), &[39.0; 9000], 7).expect("valid");
        assert_eq!(few, many[..50]);
        assert_ne!(
            few,
            customers(&PURCHASE, Some(&SPEND), &[39.0; 50], 8).expect("valid")
        );
    }

    #[test]
    fn means_are_those_of_the_models() {
        let ages = vec![39.0; 40_000];
        let drawn = customers(&PURCHASE, Some(&SPEND), &ages, 1).expect("valid");
        let repeat: f64 = drawn
            .iter()
            .map(|customer| customer.times.len() as f64 - 1.0)
            .sum();
        // Four standard errors: the standard deviation of purchases is about 2.6.
        assert!((repeat / 40_000.0 - PURCHASE.expected_new(39.0)).abs() < 0.052);
        let spend: f64 = drawn.iter().map(|customer| customer.amounts[0]).sum();
        let expected = SPEND.expected_spend(0.0, 0.0).expect("finite");
        assert!((spend / 40_000.0 / expected - 1.0).abs() < 0.03);
    }
}
