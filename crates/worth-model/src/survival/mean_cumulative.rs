//! The mean cumulative function: what a customer has brought on average by an age, when customers
//! were seen for different times.
//!
//! At each age t at which anyone bought, what was brought is divided by the number Y(t) of customers
//! who were still seen then, and added up:
//!
//! ```text
//! M(t) = Σ x(s) / Y(s)       over ages s up to t, x(s) what all of them brought at s
//! variance of M(t) = Σ over customers i of [ Σ over s up to t, and to the end of i, of
//!                                            (x_i(s) - x(s)/Y(s)) / Y(s) ]²
//! ```
//!
//! Nothing is assumed of how purchases of one customer hang together; customers are taken as
//! independent of each other. With nobody lost from sight it is the mean and s²/n with the divisor n.
//!
//! Sources: W. Nelson (1988), Graphical Analysis of System Repair Data, Journal of Quality Technology
//! 20, doi:10.1080/00224065.1988.11979080; J. F. Lawless, C. Nadeau (1995), Some Simple Robust
//! Methods for the Analysis of Recurrent Events, Technometrics 37, doi:10.1080/00401706.1995.10484300
//! (the variance). Checked against the example of ReliaSoft's reference and against the definition
//! written out.
//!
//! Know before use: how long customers were seen must have nothing to do with what they bring. Where
//! younger customers differ from older ones the curve is a mixture, of all of them at first and of
//! the oldest at the end.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::columns::check_length;
use crate::error::Error;
use crate::estimate::{DEFAULT_LEVEL, Estimate, NoInterval, check_level};

/// How to estimate a mean cumulative function.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MeanCumulative {
    /// Probability that intervals are meant to hold, 0.5..0.999. Default 0.9.
    pub level: f64,
    /// The curve ends with the last age at which so many customers were still seen, at least 1.
    /// Default 1.
    pub least_at_risk: usize,
}

impl Default for MeanCumulative {
    fn default() -> Self {
        Self {
            level: DEFAULT_LEVEL,
            least_at_risk: 1,
        }
    }
}

/// What customers brought, and for how long each was seen. Any unit of time and of what was brought.
#[derive(Debug, Clone, Copy)]
pub struct Brought<'a> {
    /// Age until which each customer was seen, at least 0; at that very age they still were.
    pub end: &'a [f64],
    /// Whose each amount is: a row of `end`.
    pub customer: &'a [u32],
    /// The customer's age then, 0 to the end of the customer.
    pub age: &'a [f64],
    /// The amount; it may be negative.
    pub amount: &'a [f64],
}

/// What a customer has brought on average, over age.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CumulativeCurve {
    /// Customers.
    pub customers: usize,
    /// One point per age at which anyone brought anything, in order of age.
    pub points: Vec<CumulativePoint>,
    /// The last age at which enough customers were seen; absent when there never were so many.
    pub followed_until: Option<f64>,
    /// Probability that intervals are meant to hold.
    pub level: f64,
}

/// A mean cumulative function at one age, and until the next.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CumulativePoint {
    /// The age.
    pub age: f64,
    /// Customers who were still seen at it.
    pub at_risk: usize,
    /// What a customer has brought by then, that age included.
    pub mean: Estimate,
    /// Its variance.
    pub variance: f64,
}

/// The age by which customers have brought so much on average.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Passage {
    /// First age by which the mean has come to the amount; absent when it has not as far as enough
    /// customers were seen.
    pub age: Option<f64>,
    /// Lower end of its interval; absent when not even that is reached.
    pub low: Option<f64>,
    /// Upper end of its interval; absent when the interval is open to above.
    pub high: Option<f64>,
    /// Probability that the interval is meant to hold.
    pub level: f64,
}

impl MeanCumulative {
    /// The curve of these customers.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a level that makes no sense, [`Error::Empty`] without customers,
    /// [`Error::Length`] and [`Error::Row`] for columns that do not.
    pub fn fit(&self, brought: &Brought<'_>) -> Result<CumulativeCurve, Error> {
        check_level(self.level)?;
        brought.check()?;
        let mut ends = brought.order(brought.end);
        let customers = ends.len();
        let least = self.least_at_risk.max(1);
        let followed_until = customers
            .checked_sub(least)
            .map(|last| brought.end[ends[last] as usize]);
        let mut points = Vec::new();
        let mut pulls = Pulls::new(customers);
        let mut mean = 0.0;
        ends.reverse();
        let events = brought.order(brought.age);
        let age_of = |event: &u32| brought.age[*event as usize];
        for same in events.chunk_by(|one, other| age_of(one) == age_of(other)) {
            let age = age_of(&same[0]);
            if followed_until.is_none_or(|last| age > last) {
                break;
            }
            while let Some(gone) = ends.pop_if(|next| brought.end[*next as usize] < age) {
                pulls.lose(gone as usize);
            }
            let at_risk = pulls.at_risk;
            let mut sum = 0.0;
            for &event in same {
                let amount = brought.amount[event as usize];
                sum += amount;
                pulls.add(
                    brought.customer[event as usize] as usize,
                    amount / at_risk as f64,
                );
            }
            let step = sum / at_risk as f64;
            mean += step;
            pulls.step(step / at_risk as f64);
            let variance = pulls.variance();
            points.push(CumulativePoint {
                age,
                at_risk,
                mean: if variance > 0.0 {
                    Estimate::normal(mean, variance.sqrt(), self.level)
                } else {
                    Estimate::without(mean, NoInterval::TooFew)
                },
                variance,
            });
        }
        Ok(CumulativeCurve {
            customers,
            points,
            followed_until,
            level: self.level,
        })
    }
}

impl Brought<'_> {
    fn check(&self) -> Result<(), Error> {
        if self.end.is_empty() {
            return Err(Error::Empty { what: "customers" });
        }
        let rows = self.customer.len();
        check_length("age", self.age.len(), rows)?;
        check_length("amount", self.amount.len(), rows)?;
        let row_error = |field, row, value, expected| Error::Row {
            field,
            row,
            value,
            expected,
        };
        let no_age = |end: &f64| !(end.is_finite() && *end >= 0.0);
        if let Some(row) = self.end.iter().position(no_age) {
            let expected = "expected a number of at least 0";
            return Err(row_error("end", row, self.end[row], expected));
        }
        for row in 0..rows {
            let customer = self.customer[row];
            let (age, amount) = (self.age[row], self.amount[row]);
            let Some(&end) = self.end.get(customer as usize) else {
                let expected = "expected the row of a customer in `end`";
                return Err(row_error("customer", row, f64::from(customer), expected));
            };
            if !(0.0..=end).contains(&age) {
                let expected = "expected 0 to the age until which the customer was seen";
                return Err(row_error("age", row, age, expected));
            }
            if !amount.is_finite() {
                let expected = "expected a finite number";
                return Err(row_error("amount", row, amount, expected));
            }
        }
        Ok(())
    }

    /// Rows of a column in rising order, those of equal value as they stand.
    fn order(&self, column: &[f64]) -> Vec<u32> {
        let mut rows: Vec<u32> = (0..column.len() as u32).collect();
        rows.sort_by(|&one, &other| column[one as usize].total_cmp(&column[other as usize]));
        rows
    }
}

/// How far each customer pulls the mean, as one walks up in age.
///
/// The pull of a customer is what the customer brought, each amount over the number at risk, less
/// what all brought in the mean (`common`). As `common` is the same for all who are still seen, two
/// sums over them give the sum of their squared pulls, and an age costs as much as there are purchases
/// at it.
struct Pulls {
    at_risk: usize,
    /// Amounts over numbers at risk, by customer.
    own: Vec<f64>,
    common: f64,
    /// Sum of `own` over those at risk.
    sum: f64,
    /// Sum of its square.
    squares: f64,
    /// Squared pulls of those who were lost from sight: they stay as they were.
    lost: f64,
}

impl Pulls {
    fn new(customers: usize) -> Self {
        Self {
            at_risk: customers,
            own: vec![0.0; customers],
            common: 0.0,
            sum: 0.0,
            squares: 0.0,
            lost: 0.0,
        }
    }

    fn add(&mut self, customer: usize, more: f64) {
        let own = &mut self.own[customer];
        self.sum += more;
        self.squares += more * (2.0 * *own + more);
        *own += more;
    }

    fn step(&mut self, common: f64) {
        self.common += common;
    }

    fn lose(&mut self, customer: usize) {
        let own = self.own[customer];
        self.at_risk -= 1;
        self.sum -= own;
        self.squares -= own * own;
        self.lost += (own - self.common) * (own - self.common);
    }

    /// Rounding may take a sum of squares of nothing below 0.
    fn variance(&self) -> f64 {
        let at_risk = self.at_risk as f64;
        let seen =
            self.squares - 2.0 * self.common * self.sum + at_risk * self.common * self.common;
        let negligible = self.squares * 1e-12;
        self.lost + if seen > negligible { seen } else { 0.0 }
    }
}

impl CumulativeCurve {
    /// What a customer has brought by an age. Later than enough customers were seen it is the last
    /// known mean, and has no interval.
    #[must_use]
    pub fn at(&self, age: f64) -> Estimate {
        let after = self.points.partition_point(|point| point.age <= age);
        let known = after.checked_sub(1).map(|index| self.points[index].mean);
        let known = known.unwrap_or_else(|| Estimate::without(0.0, NoInterval::TooFew));
        if self.followed_until.is_none_or(|last| age > last) {
            return Estimate::without(known.value, NoInterval::NotIdentified);
        }
        known
    }

    /// The age by which customers have brought `amount` on average, with the ages at which that
    /// amount is within the interval of the curve.
    #[must_use]
    pub fn reaches(&self, amount: f64) -> Passage {
        let first = |of: &dyn Fn(&Estimate) -> f64| {
            (self.points.iter().find(|point| of(&point.mean) >= amount)).map(|point| point.age)
        };
        Passage {
            age: first(&|mean| mean.value),
            low: first(&|mean| mean.ends().map_or(mean.value, |ends| ends.1)),
            high: first(&|mean| mean.ends().map_or(mean.value, |ends| ends.0)),
            level: self.level,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(end: &[f64], events: &[(u32, f64, f64)], least_at_risk: usize) -> CumulativeCurve {
        let (mut customer, mut age, mut amount) = (Vec::new(), Vec::new(), Vec::new());
        for event in events {
            customer.push(event.0);
            age.push(event.1);
            amount.push(event.2);
        }
        let brought = Brought {
            end,
            customer: &customer,
            age: &age,
            amount: &amount,
        };
        let settings = MeanCumulative {
            least_at_risk,
            ..MeanCumulative::default()
        };
        settings.fit(&brought).expect("a sensible input")
    }

    /// Three customers seen for 10, 10 and 4 days. At 0 they bring 2, 4 and 3, at 5 the first 6.
    #[test]
    fn three_customers_by_hand() {
        let curve = fit(
            &[10.0, 10.0, 4.0],
            &[(0, 0.0, 2.0), (1, 0.0, 4.0), (2, 0.0, 3.0), (0, 5.0, 6.0)],
            1,
        );
        // (2 + 4 + 3) / 3; pulls (2 - 3)/3, (4 - 3)/3 and 0
        assert_eq!(curve.at(3.0).value, 3.0);
        assert!((curve.points[0].variance - 2.0 / 9.0).abs() < 1e-12);
        // at 5 two are left: 3 + 6/2; pulls -1/3 + (6 - 3)/2 and 1/3 - 3/2, and 0 of the third
        let last = curve.points[1];
        assert_eq!((last.at_risk, last.mean.value), (2, 6.0));
        let (one, other) = (-1.0 / 3.0 + 1.5, 1.0 / 3.0 - 1.5);
        assert!((last.variance - (one * one + other * other)).abs() < 1e-12);
        assert_eq!(curve.followed_until, Some(10.0));
        assert_eq!(
            curve.at(11.0),
            Estimate::without(6.0, NoInterval::NotIdentified)
        );
    }

    /// The same by hand: the mean is 3 from 0 on and 6 from 5 on, with errors √2/3 and √2 · 7/6.
    #[test]
    fn an_amount_is_reached_when_the_mean_is() {
        let curve = fit(
            &[10.0, 10.0, 4.0],
            &[(0, 0.0, 2.0), (1, 0.0, 4.0), (2, 0.0, 3.0), (0, 5.0, 6.0)],
            1,
        );
        let at = |amount| {
            let passage = curve.reaches(amount);
            (passage.age, passage.low, passage.high)
        };
        // 1.645 · 0.471 = 0.775 and 1.645 · 1.650 = 2.714: 2.22 to 3.78, then 3.29 to 8.71
        assert_eq!(at(2.0), (Some(0.0), Some(0.0), Some(0.0)));
        assert_eq!(at(3.0), (Some(0.0), Some(0.0), Some(5.0)));
        assert_eq!(at(4.0), (Some(5.0), Some(5.0), None));
        assert_eq!(at(8.0), (None, Some(5.0), None));
        assert_eq!(at(9.0), (None, None, None));
    }

    #[test]
    fn the_curve_ends_where_too_few_are_seen() {
        let events = [(0, 0.0, 1.0), (1, 0.0, 1.0), (2, 0.0, 1.0), (0, 5.0, 6.0)];
        let curve = fit(&[10.0, 7.0, 4.0], &events, 2);
        assert_eq!(curve.followed_until, Some(7.0));
        assert_eq!(curve.points.len(), 2);
        let curve = fit(&[10.0, 7.0, 4.0], &events, 3);
        assert_eq!(
            (curve.followed_until, curve.points.len()),
            (Some(4.0), 1),
            "at 5 only two were seen"
        );
        let curve = fit(&[10.0, 7.0, 4.0], &events, 4);
        assert_eq!((curve.followed_until, curve.points.len()), (None, 0));
        assert_eq!(curve.at(0.0).ends(), None);
    }

    #[test]
    fn customers_who_are_all_alike_have_no_interval() {
        let events: Vec<(u32, f64, f64)> = (0..50).map(|row| (row, 3.0, 0.1)).collect();
        let curve = fit(&[9.0; 50], &events, 1);
        assert!((curve.at(3.0).value - 0.1).abs() < 1e-12);
        assert_eq!(curve.at(3.0).ends(), None);
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        let settings = MeanCumulative::default();
        let check = |end: &[f64], customer: &[u32], age: &[f64], amount: &[f64]| {
            let brought = Brought {
                end,
                customer,
                age,
                amount,
            };
            match settings.fit(&brought) {
                Err(Error::Row { field, .. } | Error::Length { field, .. }) => field,
                Err(Error::Empty { what }) => what,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(check(&[], &[], &[], &[]), "customers");
        assert_eq!(check(&[-1.0], &[], &[], &[]), "end");
        assert_eq!(check(&[1.0], &[1], &[0.0], &[0.0]), "customer");
        assert_eq!(check(&[1.0], &[0], &[2.0], &[0.0]), "age");
        assert_eq!(check(&[1.0], &[0], &[0.0], &[f64::NAN]), "amount");
        assert_eq!(check(&[1.0], &[0], &[0.0], &[]), "amount");
    }
}
