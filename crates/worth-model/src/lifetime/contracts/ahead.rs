//! How many coming occasions (renewals, opportunities to buy) count, and what a later one is worth
//! today.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, require};

/// The coming occasions with their discounting: renewals of a contract, opportunities to buy.
///
/// Occasions are a period apart. The k-th of them counts `(1 + rate)^-(next_in + k - 1)`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Ahead {
    /// How many of the coming occasions count, 1 to 10,000; all of them when absent, which needs a
    /// discount rate of at least 0.0001 (the number of renewals to come often has no finite mean).
    /// Default 12.
    pub occasions: Option<u32>,
    /// Effective rate per period: 0.1 = 10 %. Default 0.
    pub discount_rate_per_period: f64,
    /// Periods from today to the next occasion, 0 to 1. 0 = it is due now; 1 = it has just been.
    /// Default 1.
    pub next_in: f64,
}

/// The most occasions that can be looked ahead.
const MOST_AHEAD: u32 = 10_000;
/// The least discount rate with which all occasions can be added up.
const LEAST_RATE: f64 = 1e-4;
/// What is left out when all occasions are added up, in occasions.
const NEGLIGIBLE: f64 = 1e-12;

impl Default for Ahead {
    fn default() -> Self {
        Self {
            occasions: Some(12),
            discount_rate_per_period: 0.0,
            next_in: 1.0,
        }
    }
}

impl Ahead {
    /// All occasions to come, the next of them due now: as in discounted expected residual lifetime
    /// (Fader and Hardie 2010).
    #[must_use]
    pub fn all(discount_rate_per_period: f64) -> Self {
        Self {
            occasions: None,
            discount_rate_per_period,
            next_in: 0.0,
        }
    }

    /// The next few occasions, not discounted.
    #[must_use]
    pub fn next(occasions: u32) -> Self {
        Self {
            occasions: Some(occasions),
            ..Self::default()
        }
    }

    /// The rate per period that makes this rate in a year of so many periods.
    #[must_use]
    pub fn rate_per_period(discount_rate_yearly: f64, periods_per_year: f64) -> f64 {
        (discount_rate_yearly.ln_1p() / periods_per_year).exp_m1()
    }

    /// Checks the settings.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] with the name of the first that makes no sense.
    pub fn check(&self) -> Result<(), Error> {
        if let Some(occasions) = self.occasions {
            require(
                (1..=MOST_AHEAD).contains(&occasions),
                "occasions",
                f64::from(occasions),
                "expected 1 to 10,000",
            )?;
        }
        let rate = self.discount_rate_per_period;
        require(
            (0.0..=100.0).contains(&rate),
            "discount_rate_per_period",
            rate,
            "expected 0 to 100 (0.1 = 10 %)",
        )?;
        require(
            self.occasions.is_some() || rate >= LEAST_RATE,
            "discount_rate_per_period",
            rate,
            "expected at least 0.0001 when all occasions to come count",
        )?;
        require(
            (0.0..=1.0).contains(&self.next_in),
            "next_in",
            self.next_in,
            "expected 0 (due now) to 1 (has just been)",
        )
    }

    /// What an occasion is worth a period before it.
    pub(in crate::lifetime) fn discount(&self) -> f64 {
        1.0 / (1.0 + self.discount_rate_per_period)
    }

    /// What the next occasion is worth today.
    pub(in crate::lifetime) fn discount_of_next(&self) -> f64 {
        self.discount().powf(self.next_in)
    }

    /// How many occasions have to be added up when all count: those after them, even if nobody
    /// left any more, are worth less than [`NEGLIGIBLE`].
    pub(in crate::lifetime) fn far(&self) -> usize {
        let rate = self.discount_rate_per_period;
        let rest = NEGLIGIBLE * rate / (1.0 + rate);
        (-rest.ln() / rate.ln_1p()).ceil().max(1.0) as usize
    }

    /// The most that the occasions to come can be worth: if nobody left.
    pub(in crate::lifetime) fn most(&self) -> f64 {
        let discount = self.discount();
        let occasions = match self.occasions {
            Some(occasions) if discount == 1.0 => f64::from(occasions),
            Some(occasions) => (1.0 - discount.powf(f64::from(occasions))) / (1.0 - discount),
            None => 1.0 / (1.0 - discount),
        };
        self.discount_of_next() * occasions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_negligible() {
        for rate in [1e-4, 0.01, 0.1, 3.0] {
            let ahead = Ahead::all(rate);
            let left_out = ahead.discount().powf(ahead.far() as f64) / (1.0 - ahead.discount());
            assert!(left_out <= NEGLIGIBLE * 1.000_001, "{rate} {left_out}");
        }
    }

    #[test]
    fn settings_that_make_no_sense_are_named() {
        let field = |ahead: Ahead| match ahead.check() {
            Ok(()) => "",
            Err(Error::Setting { field, .. }) => field,
            Err(other) => panic!("{other:?}"),
        };
        assert_eq!(field(Ahead::all(0.1)), "");
        assert_eq!(field(Ahead::all(0.0)), "discount_rate_per_period");
        assert_eq!(field(Ahead::next(0)), "occasions");
        let late = Ahead {
            next_in: 2.0,
            ..Ahead::default()
        };
        assert_eq!(field(late), "next_in");
    }

    #[test]
    fn a_yearly_rate_is_that_of_its_periods_together() {
        let rate = Ahead::rate_per_period(0.1, 12.0);
        assert!(((1.0 + rate).powi(12) - 1.1).abs() < 1e-12);
    }
}
