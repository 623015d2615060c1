//! What a customer of BG/BB will do: alive at the next opportunity, purchases to come, and how
//! likely each number of them is, with derivatives.
//!
//! Given that a customer is alive after n opportunities, the distributions of the two
//! probabilities are beta again, with alpha + x, beta + n - x, gamma and delta + n: such a customer
//! is a new one with other parameters. All else is dead and buys nothing.

use super::likelihood::{Customer, Tables};
use crate::lifetime::contracts::Coming;
use crate::symmetric::Vector;

/// A number with its derivatives with respect to the logarithms of the parameters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sloped {
    pub(super) value: f64,
    pub(super) slope: Vector<4>,
}

/// One customer at the fitted parameters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    parameters: Vector<4>,
    frequency: f64,
    opportunities: f64,
    customer: Customer,
}

impl Seen {
    pub(super) fn new(
        parameters: &Vector<4>,
        tables: &Tables,
        x: usize,
        t_x: usize,
        n: usize,
    ) -> Self {
        Self {
            parameters: *parameters,
            frequency: x as f64,
            opportunities: n as f64,
            customer: tables.customer(x, t_x, n),
        }
    }

    /// Probability of being alive after the last opportunity.
    fn alive(&self) -> Sloped {
        let value = self.customer.log_alive.exp();
        let slope = |i: usize| value * self.customer.alive_slope[i] * self.parameters[i];
        Sloped {
            value,
            slope: std::array::from_fn(slope),
        }
    }

    /// Probability of being alive at the next opportunity: its
    /// log-odds of being gone, with derivatives of the logarithm of the probability.
    pub(super) fn alive_next(&self) -> (f64, Sloped) {
        let [_, _, gamma, delta] = self.parameters;
        let whole = gamma + delta + self.opportunities;
        let stays = (delta + self.opportunities) / whole;
        let alive = self.alive();
        let value = alive.value * stays;
        let gone = self.customer.log_gone.exp() + alive.value * gamma / whole;
        let mut slope: Vector<4> =
            std::array::from_fn(|i| self.customer.alive_slope[i] * self.parameters[i]);
        slope[2] -= gamma / whole;
        slope[3] += delta * (1.0 / (delta + self.opportunities) - 1.0 / whole);
        let log_odds_gone = gone.ln() - self.customer.log_alive - stays.ln();
        (log_odds_gone, Sloped { value, slope })
    }

    /// Purchases to come, discounted, and their variance by
    /// chance. `coming` is what is to come of opportunities while staying, for the same number of
    /// opportunities seen.
    pub(super) fn purchases(&self, coming: &Coming) -> (Sloped, f64) {
        let [alpha, beta, _, _] = self.parameters;
        let (bought, whole) = (alpha + self.frequency, alpha + beta + self.opportunities);
        let rate = bought / whole;
        let alive = self.alive();
        let if_alive = rate * coming.mean;
        let value = alive.value * if_alive;
        let mut slope = alive.slope.map(|slope| slope * if_alive);
        slope[0] += value * alpha * (1.0 / bought - 1.0 / whole);
        slope[1] -= value * beta / whole;
        // Of gamma and delta, which are the first two parameters of the curve of staying.
        slope[2] += alive.value * rate * coming.slope[0];
        slope[3] += alive.value * rate * coming.slope[1];
        let rate_square = rate * (bought + 1.0) / (whole + 1.0);
        let square = alive.value * (rate * coming.squares + 2.0 * rate_square * coming.pairs);
        (Sloped { value, slope }, (square - value * value).max(0.0))
    }

    /// Probability of exactly `count` purchases at the next `opportunities`.
    pub(super) fn probability_of(&self, count: usize, opportunities: usize) -> Sloped {
        let [alpha, beta, gamma, delta] = self.parameters;
        let updated = [
            alpha + self.frequency,
            beta + self.opportunities - self.frequency,
            gamma,
            delta + self.opportunities,
        ];
        let tables = Tables::new(&updated, opportunities);
        let if_alive = tables.probability_of(count, opportunities);
        let alive = self.alive();
        let if_gone = f64::from(u8::from(count == 0));
        let slope = |i: usize| {
            alive.slope[i] * (if_alive.0 - if_gone)
                + alive.value * if_alive.1[i] * self.parameters[i]
        };
        let gone = self.customer.log_gone.exp();
        Sloped {
            value: (alive.value * if_alive.0 + gone * if_gone).clamp(0.0, 1.0),
            slope: std::array::from_fn(slope),
        }
    }
}
