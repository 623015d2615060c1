//! What a BG/BB model says of single customers, of new ones, and of all together.

use super::future::{Seen, Sloped};
use super::likelihood::Tables;
use super::opportunities::{CheckedOpportunities, Counted, MOST_OPPORTUNITIES};
use super::{BetaBernoulliParameters, FittedBetaBernoulli};
use crate::error::{Error, require};
use crate::estimate::{Estimate, Method, reach};
use crate::lifetime::contracts::{Ahead, Coming, Curve, coming};
use crate::lifetime::predicted::{Predicted, around_positive, around_probability, with_chance};
use crate::parallel::chunks;
use crate::symmetric::quadratic;

impl BetaBernoulliParameters {
    /// Probability that a customer is alive at the next opportunity.
    ///
    /// # Panics
    ///
    /// When there are more purchases than opportunities until the last.
    #[must_use]
    pub fn probability_alive(&self, frequency: u32, recency: u32, opportunities: u32) -> f64 {
        self.seen(frequency, recency, opportunities)
            .alive_next()
            .1
            .value
    }

    /// Purchases to come of a customer, discounted. With all opportunities to come and
    /// `next_in: 1.0` these are the discounted expected residual transactions of the paper.
    ///
    /// # Errors
    ///
    /// As [`Ahead::check`].
    ///
    /// # Panics
    ///
    /// When there are more purchases than opportunities until the last.
    pub fn expected_purchases(
        &self,
        frequency: u32,
        recency: u32,
        opportunities: u32,
        ahead: &Ahead,
    ) -> Result<f64, Error> {
        ahead.check()?;
        let tenure = opportunities as usize;
        let coming = coming(&self.curve(), [tenure], ahead)[tenure];
        let seen = self.seen(frequency, recency, opportunities);
        Ok(seen.purchases(&coming).0.value)
    }

    /// Probability that a new customer buys at exactly `count` of the next opportunities.
    #[must_use]
    pub fn probability_of(&self, count: u32, opportunities: u32) -> f64 {
        self.seen(0, 0, 0)
            .probability_of(count as usize, opportunities as usize)
            .value
    }

    fn seen(&self, frequency: u32, recency: u32, opportunities: u32) -> Seen {
        let [x, t_x, n] = [frequency, recency, opportunities].map(|count| count as usize);
        assert!(x <= t_x && t_x <= n, "more purchases than opportunities");
        let parameters = self.values();
        Seen::new(&parameters, &Tables::new(&parameters, n), x, t_x, n)
    }

    /// The curve of staying: shifted-beta-geometric in the probabilities of leaving.
    fn curve(&self) -> Curve {
        Curve {
            gamma: self.gamma,
            delta: self.delta,
            c: 1.0,
        }
    }
}

fn check_ahead(field: &'static str, opportunities: u32) -> Result<(), Error> {
    let value = f64::from(opportunities);
    let sensible = value <= MOST_OPPORTUNITIES;
    require(sensible, field, value, "expected at most 5,000")
}

impl FittedBetaBernoulli {
    /// Probability that each customer is alive at the next opportunity.
    #[must_use]
    pub fn probability_alive(&self, opportunities: &CheckedOpportunities<'_>) -> Predicted {
        self.column(opportunities, |seen, _| {
            let (log_odds_gone, alive) = seen.alive_next();
            self.around_odds(alive.value, log_odds_gone, self.error(&alive))
        })
    }

    /// Purchases to come of each customer, discounted.
    ///
    /// # Errors
    ///
    /// As [`Ahead::check`].
    pub fn expected_purchases(
        &self,
        opportunities: &CheckedOpportunities<'_>,
        ahead: &Ahead,
    ) -> Result<Predicted, Error> {
        ahead.check()?;
        let coming = self.coming(opportunities, ahead);
        Ok(self.column(opportunities, |seen, row| {
            let (purchases, _) = seen.purchases(&coming[row.opportunities]);
            self.around(&purchases, ahead.most())
        }))
    }

    /// Probability that each customer buys at exactly `count` of the next opportunities.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for more than 5,000 opportunities.
    pub fn probability_of(
        &self,
        opportunities: &CheckedOpportunities<'_>,
        count: u32,
        next_opportunities: u32,
    ) -> Result<Predicted, Error> {
        check_ahead("next_opportunities", next_opportunities)?;
        let (count, next) = (count as usize, next_opportunities as usize);
        Ok(self.column(opportunities, |seen, _| {
            self.around_probability(&seen.probability_of(count, next))
        }))
    }

    /// Purchases of a new customer at the opportunities to come, discounted; the first purchase is
    /// not among them.
    ///
    /// # Errors
    ///
    /// As [`Ahead::check`].
    pub fn expected_new(&self, ahead: &Ahead) -> Result<Estimate, Error> {
        ahead.check()?;
        let coming = coming(&self.parameters.curve(), [0], ahead)[0];
        let (purchases, _) = self.parameters.seen(0, 0, 0).purchases(&coming);
        Ok(self.estimate(self.around(&purchases, ahead.most())))
    }

    /// Probability that a new customer buys at exactly `count` of the next opportunities.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for more than 5,000 opportunities.
    pub fn probability_of_new(
        &self,
        count: u32,
        next_opportunities: u32,
    ) -> Result<Estimate, Error> {
        check_ahead("next_opportunities", next_opportunities)?;
        let seen = self.parameters.seen(0, 0, 0);
        let found = seen.probability_of(count as usize, next_opportunities as usize);
        Ok(self.estimate(self.around_probability(&found)))
    }

    /// How many customers are alive at the next opportunity, with what is not known of the
    /// parameters and chance.
    #[must_use]
    pub fn total_alive(&self, opportunities: &CheckedOpportunities<'_>) -> Estimate {
        self.total(opportunities, 1.0, |seen, _| {
            let (_, Sloped { value, slope }) = seen.alive_next();
            let alive = Sloped {
                value,
                slope: slope.map(|slope| value * slope),
            };
            (alive, value * (1.0 - value))
        })
    }

    /// Purchases to come of all customers together, discounted, with what is not known of the
    /// parameters and chance.
    ///
    /// # Errors
    ///
    /// As [`Ahead::check`].
    pub fn total_purchases(
        &self,
        opportunities: &CheckedOpportunities<'_>,
        ahead: &Ahead,
    ) -> Result<Estimate, Error> {
        ahead.check()?;
        let coming = self.coming(opportunities, ahead);
        Ok(self.total(opportunities, ahead.most(), |seen, row| {
            seen.purchases(&coming[row.opportunities])
        }))
    }

    fn coming(&self, opportunities: &CheckedOpportunities<'_>, ahead: &Ahead) -> Vec<Coming> {
        let seen = opportunities.rows().opportunities.iter();
        coming(&self.parameters.curve(), seen.map(|&n| n as usize), ahead)
    }

    /// One number per row, found once for equal customers.
    fn column(
        &self,
        opportunities: &CheckedOpportunities<'_>,
        of: impl Fn(&Seen, &Counted) -> [f64; 3] + Sync,
    ) -> Predicted {
        let (counted, became) = opportunities.counted();
        let found: Vec<[f64; 3]> = self.each(&counted, of);
        let parts = chunks(became.len(), |range| {
            became[range].iter().map(|&index| found[index]).collect()
        });
        Predicted::from_parts(parts, self.level)
    }

    fn each<T: Send>(
        &self,
        counted: &[Counted],
        of: impl Fn(&Seen, &Counted) -> T + Sync,
    ) -> Vec<T> {
        let parameters = self.parameters.values();
        let most = counted.iter().map(|row| row.opportunities).max();
        let tables = Tables::new(&parameters, most.unwrap_or(0));
        let parts = chunks(counted.len(), |range| {
            counted[range]
                .iter()
                .map(|row| {
                    let (x, t_x, n) = (row.frequency, row.recency, row.opportunities);
                    of(&Seen::new(&parameters, &tables, x, t_x, n), row)
                })
                .collect::<Vec<T>>()
        });
        parts.into_iter().flatten().collect()
    }

    /// The sum over customers of something with a variance by chance, at most `most` each.
    fn total(
        &self,
        opportunities: &CheckedOpportunities<'_>,
        most: f64,
        of: impl Fn(&Seen, &Counted) -> (Sloped, f64) + Sync,
    ) -> Estimate {
        let (counted, _) = opportunities.counted();
        let mut sum = Sloped {
            value: 0.0,
            slope: [0.0; 4],
        };
        let mut variance = 0.0;
        for (row, (one, one_variance)) in counted.iter().zip(self.each(&counted, of)) {
            sum.value += row.customers * one.value;
            variance += row.customers * one_variance;
            for i in 0..4 {
                sum.slope[i] += row.customers * one.slope[i];
            }
        }
        let most = most * opportunities.customers();
        self.estimate(with_chance(
            self.around(&sum, most),
            variance,
            most,
            self.level,
        ))
    }

    fn error(&self, number: &Sloped) -> f64 {
        quadratic(&self.log_covariance, &number.slope).sqrt()
    }

    /// `[value, low, high]` of a positive number of at most `most`.
    fn around(&self, number: &Sloped, most: f64) -> [f64; 3] {
        let error = self.error(number) / number.value.max(f64::MIN_POSITIVE);
        let [value, low, high] = around_positive(number.value, error, reach(self.level));
        [value, low, high.min(most).max(value)]
    }

    /// `[value, low, high]` of a probability.
    fn around_probability(&self, number: &Sloped) -> [f64; 3] {
        let p = number.value;
        if p <= 0.0 || p >= 1.0 {
            return [p; 3];
        }
        let log_error = self.error(number) / p;
        self.around_odds(p, ((1.0 - p) / p).ln(), log_error)
    }

    /// The same with the log-odds against it, and the error of the probability's logarithm.
    fn around_odds(&self, p: f64, log_odds_against: f64, log_error: f64) -> [f64; 3] {
        let against = 1.0 / (1.0 + (-log_odds_against).exp());
        if p <= 0.0 || against <= 0.0 {
            return [p; 3];
        }
        let [_, low, high] =
            around_probability(log_odds_against, log_error / against, reach(self.level));
        // Rounding must not put a number outside of its interval.
        [p, low.min(p), high.max(p)]
    }

    fn estimate(&self, [value, low, high]: [f64; 3]) -> Estimate {
        Estimate::between(value, low, high, self.level, Method::Delta)
    }
}
