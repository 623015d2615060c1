//! Counts who bought in which period after the first, cohort by cohort.
//!
//! A customer belongs to the cohort of the period of the first purchase; the age of a period is how
//! many periods later it is. Only whole counts and sums over customers in the order of their ids are
//! kept, so that cohorts can be added up in any way afterwards.

use worth_model::{Estimate, Method, NoInterval, concentration};

use super::answer::{AgePoint, Cohort, CohortAge, Fall};
use super::periods::Calendar;
use crate::lifetime::{Day, MONEY_SCALE};

/// What the customers of one cohort did at one age.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    /// Customers who bought in that period.
    bought: u64,
    /// Customers whose last purchase so far is in that period.
    last: u64,
    /// Customers who bought in the period before, and not in this one.
    lost: u64,
    /// Customers who bought in this period, and not in the one before.
    back: u64,
    /// Money that stayed, in ten-thousandths.
    revenue: i128,
    /// Sum over customers of the square of their money in this period.
    squares: f64,
    /// Sum over customers of their money in this period times that of their first period.
    with_first: f64,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.bought += other.bought;
        self.last += other.last;
        self.lost += other.lost;
        self.back += other.back;
        self.revenue += other.revenue;
        self.squares += other.squares;
        self.with_first += other.with_first;
    }
}

/// Counts by cohort and age.
#[derive(Debug, Clone)]
pub(crate) struct CohortTable {
    /// By cohort, then by age: as many ages as there are periods left.
    cohorts: Vec<Vec<Counts>>,
    sizes: Vec<u64>,
}

/// Several cohorts taken together at one age.
struct Pool {
    cohorts: u64,
    customers: u64,
    at_first: Counts,
    at_age: Counts,
}

impl CohortTable {
    /// Nobody counted yet.
    pub(crate) fn new(calendar: &Calendar) -> Self {
        let periods = calendar.len();
        Self {
            cohorts: (0..periods)
                .map(|cohort| vec![Counts::default(); periods - cohort])
                .collect(),
            sizes: vec![0; periods],
        }
    }

    /// Adds the days of one customer, in order of time.
    pub(crate) fn add(&mut self, days: &[Day], calendar: &Calendar) {
        let mut counting = days.iter().filter(|day| day.counts()).peekable();
        let Some(first) = counting.peek() else {
            return;
        };
        let cohort = calendar.of(first.day);
        let counts = &mut self.cohorts[cohort];
        self.sizes[cohort] += 1;
        let mut first_money = 0.0;
        let mut before: Option<usize> = None;
        while let Some(day) = counting.next() {
            let age = calendar.of(day.day) - cohort;
            let mut revenue = i128::from(day.net());
            while let Some(next) = counting.next_if(|next| calendar.of(next.day) - cohort == age) {
                revenue += i128::from(next.net());
            }
            let money = revenue as f64 / MONEY_SCALE;
            if age == 0 {
                first_money = money;
            }
            if let Some(before) = before
                && before + 1 < age
            {
                counts[before + 1].lost += 1;
                counts[age].back += 1;
            }
            counts[age].bought += 1;
            counts[age].revenue += revenue;
            counts[age].squares += money * money;
            counts[age].with_first += money * first_money;
            before = Some(age);
        }
        let last = before.unwrap_or(0);
        counts[last].last += 1;
        if let Some(after) = counts.get_mut(last + 1) {
            after.lost += 1;
        }
    }

    /// Customers of all cohorts.
    pub(crate) fn customers(&self) -> u64 {
        self.sizes.iter().sum()
    }

    /// Customers of a cohort, and how many of them bought at an age.
    pub(crate) fn bought(&self, cohort: usize, age: usize) -> (u64, u64) {
        (self.sizes[cohort], self.cohorts[cohort][age].bought)
    }

    /// All cohorts from the first that has customers.
    pub(crate) fn answer(&self, calendar: &Calendar, level: f64) -> Vec<Cohort> {
        let first = self.sizes.iter().position(|&size| size > 0);
        (first.unwrap_or(self.sizes.len())..self.sizes.len())
            .map(|cohort| self.cohort(cohort, calendar, level))
            .collect()
    }

    fn cohort(&self, cohort: usize, calendar: &Calendar, level: f64) -> Cohort {
        let counts = &self.cohorts[cohort];
        let size = self.sizes[cohort];
        let mut silent = 0;
        let mut ages = Vec::with_capacity(counts.len());
        for (age, at_age) in counts.iter().enumerate() {
            let complete = cohort + age < calendar.over();
            let still = size - silent;
            let known = complete && size > 0;
            ages.push(CohortAge {
                age: age as u32,
                period: calendar.start(cohort + age),
                complete,
                bought: at_age.bought,
                share: known.then(|| share_at(age, at_age.bought, size, level)),
                not_silent: still,
                not_silent_share: known.then(|| Estimate::counted(still as f64 / size as f64)),
                revenue: at_age.revenue as f64 / MONEY_SCALE,
                revenue_share: complete
                    .then(|| money_share(size, &counts[0], at_age, age, level))
                    .flatten(),
            });
            silent += at_age.last;
        }
        Cohort {
            start: calendar.start(cohort),
            complete: cohort < calendar.over() && !calendar.is_cut_at_start(cohort),
            customers: size,
            ages,
        }
    }

    /// All cohorts together, age by age, each age from the cohorts that were observed through it.
    pub(crate) fn curve(&self, calendar: &Calendar, level: f64) -> Vec<AgePoint> {
        (0..calendar.over())
            .map_while(|age| {
                let pool = self.pool(age, calendar)?;
                Some(AgePoint {
                    age: age as u32,
                    cohorts: pool.cohorts,
                    customers: pool.customers,
                    bought: pool.at_age.bought,
                    share: share_at(age, pool.at_age.bought, pool.customers, level),
                    revenue_share: money_share(
                        pool.customers,
                        &pool.at_first,
                        &pool.at_age,
                        age,
                        level,
                    ),
                })
            })
            .collect()
    }

    /// How much smaller a share of the same customers bought at each age than at the age before.
    pub(crate) fn falls(&self, calendar: &Calendar, level: f64) -> Vec<Fall> {
        (1..calendar.over())
            .map_while(|age| {
                let pool = self.pool(age, calendar)?;
                let of = pool.customers as f64;
                let (lost, back) = (pool.at_age.lost as f64 / of, pool.at_age.back as f64 / of);
                let fall = lost - back;
                // Each customer counts 1, 0 or -1: the variance of their mean.
                let variance = (lost + back - fall * fall) / of;
                Some(Fall {
                    age: age as u32,
                    customers: pool.customers,
                    fall: if variance > 0.0 {
                        Estimate::normal(fall, variance.sqrt(), level)
                    } else {
                        Estimate::without(fall, NoInterval::TooFew)
                    },
                })
            })
            .collect()
    }

    /// The cohorts that were observed through the period of this age; nothing without customers.
    fn pool(&self, age: usize, calendar: &Calendar) -> Option<Pool> {
        let old_enough = calendar.over().saturating_sub(age);
        let mut pool = Pool {
            cohorts: 0,
            customers: 0,
            at_first: Counts::default(),
            at_age: Counts::default(),
        };
        for cohort in (0..old_enough).filter(|&cohort| self.sizes[cohort] > 0) {
            pool.cohorts += 1;
            pool.customers += self.sizes[cohort];
            pool.at_first.add(&self.cohorts[cohort][0]);
            pool.at_age.add(&self.cohorts[cohort][age]);
        }
        (pool.customers > 0).then_some(pool)
    }
}

/// The share of customers who bought at an age. At age 0 that is everyone, by definition.
fn share_at(age: usize, bought: u64, of: u64, level: f64) -> Estimate {
    if age == 0 {
        return Estimate::counted(1.0);
    }
    concentration::share(bought as f64, of as f64, level)
        .expect("some of at least one customer, at a level that was checked")
}

/// Money at an age against that of the first period, as a ratio of sums over customers. Its variance
/// is that of the residuals y - r x (W. G. Cochran 1977, Sampling Techniques, section 6.4). Nothing
/// without money in the first period.
fn money_share(
    customers: u64,
    at_first: &Counts,
    at_age: &Counts,
    age: usize,
    level: f64,
) -> Option<Estimate> {
    if at_first.revenue <= 0 {
        return None;
    }
    if age == 0 {
        return Some(Estimate::counted(1.0));
    }
    let first = at_first.revenue as f64 / MONEY_SCALE;
    let ratio = at_age.revenue as f64 / MONEY_SCALE / first;
    let residuals =
        at_age.squares - 2.0 * ratio * at_age.with_first + ratio * ratio * at_first.squares;
    if customers < 2 || residuals <= 0.0 {
        return Some(Estimate::without(ratio, NoInterval::TooFew));
    }
    let n = customers as f64;
    let error = (residuals * n / (n - 1.0)).sqrt() / first;
    let normal = Estimate::normal(ratio, error, level);
    Some(match normal.ends() {
        Some((low, high)) => Estimate::between(ratio, low.max(0.0), high, level, Method::Delta),
        None => normal,
    })
}
