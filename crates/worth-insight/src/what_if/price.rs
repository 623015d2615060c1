//! What a percentage of price is worth: to customers in points, to the business in money. The first is never
//! taken from elsewhere than the business itself.

use std::cmp::Ordering;

use worth_model::{Estimate, NoInterval};

use super::WhatIf;
use super::answer::{Exchange, ExchangeFrom, FromPrices, PriceCut, PriceTold};
use crate::answers::ValueSettings;
use crate::error::Error;
use crate::lifetime::{MONEY_SCALE, Purchases};
use crate::sheet::side;

const YEAR_DAYS: i32 = 365;
/// A percent of price that moved the whole scale would be no measure of it.
const MOST_POINTS: f64 = 9.0;

/// What is known of it.
pub(super) struct Price {
    pub(super) exchange: Option<Exchange>,
    from_prices: Option<FromPrices>,
    yearly_revenue: Option<f64>,
}

impl Price {
    pub(super) fn of(
        question: &WhatIf,
        settings: &ValueSettings,
        purchases: &Purchases,
        from_prices: FromPrices,
    ) -> Result<Self, Error> {
        let said = [
            (question.price_points_per_percent, ExchangeFrom::Asked),
            (settings.price_points_per_percent, ExchangeFrom::Settings),
        ];
        let said = said
            .into_iter()
            .find_map(|(points, from)| Some((points?, from)));
        let exchange = match said {
            Some((points, from)) => {
                Error::in_range("price_points_per_percent", points, 1e-6, MOST_POINTS)?;
                Some(Exchange {
                    points_per_percent: Estimate::without(points, NoInterval::Given),
                    from,
                })
            }
            None => (from_prices.points_per_percent)
                .filter(|points| side(points, 0.0) == Ordering::Greater)
                .map(|points_per_percent| Exchange {
                    points_per_percent,
                    from: ExchangeFrom::Prices,
                }),
        };
        let last = purchases.days.iter().map(|bought| bought.day).max();
        let yearly_revenue = last.map(|last| {
            let of_year = purchases
                .days
                .iter()
                .filter(|bought| bought.day > last - YEAR_DAYS);
            of_year.map(|bought| bought.net()).sum::<i64>() as f64 / MONEY_SCALE
        });
        Ok(Self {
            exchange,
            from_prices: said.is_none().then_some(from_prices),
            yearly_revenue: yearly_revenue.filter(|revenue| *revenue > 0.0),
        })
    }

    /// The cut that takes so many points from perceived price, and what it costs in a year.
    pub(super) fn cut(&self, points: Estimate) -> PriceCut {
        let percent = self
            .exchange
            .map(|exchange| points.scaled(1.0 / exchange.points_per_percent.value));
        PriceCut {
            points,
            percent,
            yearly_cost: percent
                .zip(self.yearly_revenue)
                .map(|(percent, revenue)| percent.scaled(revenue / 100.0)),
        }
    }

    /// Percent of the price that cost so much in a year.
    pub(super) fn cut_that_costs(&self, amount: f64) -> Option<f64> {
        self.yearly_revenue.map(|revenue| 100.0 * amount / revenue)
    }

    pub(super) fn told(&self) -> PriceTold {
        PriceTold {
            exchange: self.exchange,
            from_prices: self.from_prices,
            yearly_revenue: self.yearly_revenue,
        }
    }
}
