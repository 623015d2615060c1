//! When a customer buys and how much: the planted truth at work.
//!
//! Customers of the unaffected region follow BG/NBD and Gamma-Gamma exactly: gaps between
//! purchases are exponential, a customer may leave after every repeat purchase and after nothing
//! else. Elsewhere three in ten only pass by (more of those who came through one acquisition
//! channel), two fifths of the others are creatures of habit, failing payments and what the customer
//! feels decide who leaves, one region buys less from some month on, and messages bring some people
//! back.

use rand::{Rng, RngExt};
use rand_chacha::ChaCha8Rng;
use worth_model::simulate;

use super::Plan;
use super::calendar::{Moment, PEAK_SEASON};
use super::messages::{self, Message};
use super::people::Person;
use super::random::{Purpose, beta, exponential, gamma, normal, stream};

/// No customer buys more often than this; far above what any does.
const MOST_VISITS: usize = 3_000;

/// One purchase.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Visit {
    /// When.
    pub(crate) at: Moment,
    /// What was paid, in đồng.
    pub(crate) spend: i64,
    /// In the app, else in a store.
    pub(crate) app: bool,
    /// How often the payment failed before it went through.
    pub(crate) failures: u32,
}

/// Everything a customer did.
pub(crate) struct History {
    /// In order of time, one a day at most.
    pub(crate) visits: Vec<Visit>,
    /// Messages the customer got, or was held out of.
    pub(crate) messages: Vec<Message>,
}

impl History {
    /// The history of `person`.
    pub(crate) fn draw(plan: &Plan, person: &Person) -> Self {
        let mut draws = stream(plan.options.seed, Purpose::History, person.index);
        let spender = Spender::draw(plan, &mut draws);
        let mut visits = if person.unaffected {
            unaffected(plan, person, &mut draws)
        } else {
            affected(plan, person, &spender, &mut draws)
        };
        let messages = messages::draw(plan, person, &visits, &mut draws);
        for message in &messages {
            if let Some(day) = message.brings_back {
                visits.push(visit(
                    person,
                    Moment {
                        day,
                        second: opening_second(&mut draws),
                    },
                    &spender,
                    &mut draws,
                ));
            }
        }
        visits.sort_by_key(|visit| visit.at);
        visits.dedup_by_key(|visit| visit.at.day);
        Self { visits, messages }
    }
}

/// How much a customer spends on a day: Gamma-Gamma.
struct Spender {
    shape: f64,
    scale: f64,
}

impl Spender {
    fn draw(plan: &Plan, draws: &mut ChaCha8Rng) -> Self {
        let planted = plan.truth.unaffected.gamma_gamma;
        let scale = planted.gamma / gamma(draws, planted.q, 1.0);
        Self {
            shape: planted.p,
            scale,
        }
    }

    /// One day's spend in đồng.
    fn spend(&self, draws: &mut ChaCha8Rng) -> i64 {
        whole_thousands(gamma(draws, self.shape, self.scale))
    }
}

/// An amount of đồng as tills know it, at most half a billion.
fn whole_thousands(amount: f64) -> i64 {
    ((amount.min(500_000_000.0) / 1000.0).round() as i64).max(1) * 1000
}

/// Exactly BG/NBD and Gamma-Gamma, time in weeks, seen day by day.
fn unaffected(plan: &Plan, person: &Person, draws: &mut ChaCha8Rng) -> Vec<Visit> {
    let planted = &plan.truth.unaffected;
    let start = f64::from(person.acquired) + draws.random::<f64>();
    let age_weeks = (f64::from(plan.calendar.days) - start) / 7.0;
    let seed = draws.random();
    let customer = simulate::customers(
        &planted.beta_geo.parameters,
        Some(&planted.gamma_gamma),
        &[age_weeks],
        seed,
    )
    .expect("planted parameters are positive, and everyone comes before the end")
    .swap_remove(0);
    let mut visits: Vec<Visit> = Vec::with_capacity(customer.times.len());
    for (weeks, amount) in customer.times.iter().zip(&customer.amounts) {
        // days hold one purchase: a second one waits for the next day, so that none is lost
        let day = (start + 7.0 * weeks) as u32;
        let day = visits
            .last()
            .map_or(day, |before| day.max(before.at.day + 1));
        if day >= plan.calendar.days {
            break;
        }
        let at = Moment {
            day,
            second: opening_second(draws),
        };
        visits.push(Visit {
            at,
            spend: whole_thousands(*amount),
            app: false,
            failures: 0,
        });
    }
    visits
}

/// Everyone else.
fn affected(plan: &Plan, person: &Person, spender: &Spender, draws: &mut ChaCha8Rng) -> Vec<Visit> {
    let planted = plan.truth.elsewhere.others.parameters;
    let driver = &plan.truth.repurchase_driver;
    let pain = &plan.truth.hurting_touchpoint;
    let per_week = gamma(draws, planted.r, 1.0 / planted.alpha);
    let log_odds = {
        let share = beta(draws, planted.a, planted.b).clamp(1e-6, 1.0 - 1e-6);
        (share / (1.0 - share)).ln()
            + driver.leave_log_odds * person.convenience
            + driver.second_leave_log_odds * person.trust
    };
    let leave = 1.0 / (1.0 + (-log_odds).exp());
    let regular = draws.random_bool(plan.truth.elsewhere.regular_share);
    let passes_by = draws.random_bool(passers_by_share(plan, person));
    let mut visits = Vec::new();
    visits.push(visit(person, first(person, draws), spender, draws));
    let mut day = f64::from(person.acquired) + draws.random::<f64>();
    let highest = if plan.options.tet { PEAK_SEASON } else { 1.0 };
    while !passes_by && visits.len() < MOST_VISITS {
        day += 7.0 * gap(regular, draws) / (per_week * highest);
        if day >= f64::from(plan.calendar.days) {
            break;
        }
        // thinning: of the gaps for the highest rate, keep as many as the day's rate asks for
        if draws.random::<f64>() * highest >= rate_factor(plan, person, day as u32) {
            continue;
        }
        let mut next = visit(person, moment(day, draws), spender, draws);
        let mut gone = draws.random::<f64>() < leave;
        if next.app {
            let failed_share = if next.at.day >= plan.trouble_day {
                pain.failed_share
            } else {
                pain.failed_share_elsewhere
            };
            while next.failures < 3 && draws.random::<f64>() < failed_share {
                next.failures += 1;
                gone |= draws.random::<f64>() < pain.leave_probability_per_failure;
            }
        }
        visits.push(next);
        if gone {
            break;
        }
    }
    visits
}

/// How probably a customer only came by.
fn passers_by_share(plan: &Plan, person: &Person) -> f64 {
    let weak = &plan.truth.weak_channel;
    if person.acquisition_channel == weak.acquisition_channel {
        weak.passers_by_share
    } else {
        plan.truth.elsewhere.passers_by_share
    }
}

/// How much a customer buys on the day, against an ordinary one.
fn rate_factor(plan: &Plan, person: &Person, day: u32) -> f64 {
    let fallen = plan.has_fallen(person.region, day);
    let factor = plan.truth.falling_region.rate_factor;
    plan.calendar.season(day) * if fallen { factor } else { 1.0 }
}

/// A gap with mean 1: regular (Erlang of five) or not (exponential).
fn gap(regular: bool, draws: &mut ChaCha8Rng) -> f64 {
    if regular {
        gamma(draws, 5.0, 0.2)
    } else {
        exponential(draws)
    }
}

fn first(person: &Person, draws: &mut ChaCha8Rng) -> Moment {
    Moment {
        day: person.acquired,
        second: opening_second(draws),
    }
}

fn moment(day: f64, draws: &mut ChaCha8Rng) -> Moment {
    Moment {
        day: day as u32,
        second: opening_second(draws),
    }
}

fn visit(person: &Person, at: Moment, spender: &Spender, draws: &mut ChaCha8Rng) -> Visit {
    let app = person.region.app && draws.random_bool(if person.prefers_app { 0.88 } else { 0.10 });
    Visit {
        at,
        spend: spender.spend(draws),
        app,
        failures: 0,
    }
}

/// A second between opening (6:30) and closing (22:30): most come around nine, some at three.
pub(crate) fn opening_second(draws: &mut impl Rng) -> u32 {
    let (center, width) = if draws.random_bool(0.6) {
        (9.0, 1.2)
    } else {
        (15.5, 2.2)
    };
    let hour: f64 = center + width * normal(draws);
    (hour.clamp(6.5, 22.4) * 3600.0) as u32
}

#[cfg(test)]
mod tests {
    use super::super::Options;
    use super::*;
    use worth_model::lifetime::{BetaGeo, FittedBetaGeo, GammaGamma, Histories, Spends};

    /// What models take, of some customers.
    #[derive(Default)]
    struct Columns {
        frequency: Vec<f64>,
        recency: Vec<f64>,
        age: Vec<f64>,
        purchases: Vec<f64>,
        mean: Vec<f64>,
    }

    impl Columns {
        fn of(plan: &Plan, choose: impl Fn(&Person) -> bool) -> Self {
            let mut columns = Self::default();
            for index in 0..plan.options.customers {
                let person = Person::draw(plan, index);
                if !choose(&person) {
                    continue;
                }
                let visits = History::draw(plan, &person).visits;
                let (first, last) = (visits[0].at.day, visits[visits.len() - 1].at.day);
                let spent: i64 = visits.iter().map(|visit| visit.spend).sum();
                columns.frequency.push((visits.len() - 1) as f64);
                columns.recency.push(f64::from(last - first) / 7.0);
                columns
                    .age
                    .push(f64::from(plan.calendar.days - 1 - first) / 7.0);
                columns.purchases.push(visits.len() as f64);
                columns.mean.push(spent as f64 / visits.len() as f64);
            }
            columns
        }

        fn fit(&self) -> FittedBetaGeo {
            let histories = Histories {
                frequency: &self.frequency,
                recency: &self.recency,
                age: &self.age,
                ..Histories::default()
            };
            let histories = histories.check().expect("the demo makes sense");
            BetaGeo::default()
                .fit(&histories)
                .expect("there are customers")
        }
    }

    /// Goal: whoever looks at the days of the unaffected region finds the planted parameters, and
    /// whoever looks at everyone sees that one model does not fit.
    #[test]
    fn the_unaffected_follow_the_model_and_the_whole_does_not() {
        let plan = Plan::new(&Options::default());
        let unaffected = Columns::of(&plan, |person| person.unaffected);
        let planted = plan.truth.unaffected.beta_geo.parameters;
        let fitted = unaffected.fit();
        assert!(fitted.diagnosis.is_sound(), "{:?}", fitted.diagnosis);
        let found = fitted.estimates;
        for (name, estimate, planted) in [
            ("r", found.r, planted.r),
            ("alpha", found.alpha, planted.alpha),
            ("a", found.a, planted.a),
            ("b", found.b, planted.b),
        ] {
            let (low, high) = estimate.ends().expect("an interval");
            assert!(
                (low..=high).contains(&planted),
                "{name} {planted}: {low} to {high}"
            );
        }
        let spends = Spends {
            purchases: &unaffected.purchases,
            mean: &unaffected.mean,
            weight: None,
        };
        let spend = GammaGamma::default()
            .fit(&spends.check().expect("amounts are positive"))
            .expect("there are customers");
        let planted = plan.truth.unaffected.gamma_gamma;
        for (name, estimate, planted) in [
            ("p", spend.estimates.p, planted.p),
            ("q", spend.estimates.q, planted.q),
            ("gamma", spend.estimates.gamma, planted.gamma),
        ] {
            let (low, high) = estimate.ends().expect("an interval");
            assert!(
                (low..=high).contains(&planted),
                "{name} {planted}: {low} to {high}"
            );
        }
        assert!(!Columns::of(&plan, |_| true).fit().diagnosis.fits());
    }
}
