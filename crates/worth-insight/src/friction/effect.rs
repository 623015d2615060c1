//! How far each kind of trouble goes with coming back: one link over all days of customers, every pain point held
//! against the others, habits, the time, and being there without trouble.
//!
//! The chance to come back is modelled by a logarithm, so that a factor is told (Zou 2004,
//! doi:10.1093/aje/kwh090), with errors that draw customers, because what one customer does on two days is alike
//! (Liang, Zeger 1986, doi:10.1093/biomet/73.1.13; Yelland, Salter, Ryan 2011, doi:10.1093/aje/kwr061).

use std::collections::BTreeSet;

use worth_model::Estimate;
use worth_model::discovery::adjusted;
use worth_model::estimate::{POWER, reaches};
use worth_model::link::{self, FittedLink, Tells};

use super::answer::{Effect, Known, Model, Stability, Unknown};
use super::design::{Chosen, Columns, FEWEST_CUSTOMERS, Window};
use super::met::{DayMet, Met};
use crate::lifetime::Purchases;

/// Days that the link is found from; of more, those of a fixed part of the customers are taken.
const MOST_DAYS: usize = 400_000;
/// Of what is said to lower or raise coming back, at most so many in a hundred do neither.
const FALSE_DISCOVERIES: f64 = 0.05;

/// What is known of the effects.
pub(super) struct Effects {
    pub(super) model: Model,
    /// By point.
    pub(super) of_point: Vec<Effect>,
}

impl Effects {
    /// `last`: the end of what is known of purchases.
    pub(super) fn of(
        met: &Met,
        purchases: &Purchases,
        (days, last, level): (u32, i32, f64),
    ) -> Self {
        let is_over = |day: &DayMet| day.day + days as i32 <= last;
        let customers: Vec<u64> = (met.customers_by_point(is_over).iter())
            .map(|customers| customers.len() as u64)
            .collect();
        let chosen = Chosen::of(met, &customers);
        let counting = met.days.iter().filter(|day| is_over(day)).count();
        let part = (MOST_DAYS as f64 / counting.max(1) as f64).min(1.0);
        let window = Window {
            purchases,
            days,
            last,
        };
        let columns = Columns::of(met, &chosen, &window, part);
        let whole = columns.link(|_| true, level);
        let halves = columns.halves().map(|half| columns.link(half, level).ok());
        let model = Model {
            customer_days: columns.day.len() as u64,
            customers: columns.person.iter().collect::<BTreeSet<_>>().len() as u64,
            part_of_customers: part,
            came_back: whole.as_ref().ok().map(|link| link.outcome),
            no_link: (whole.as_ref().err().copied()).filter(|_| !chosen.points.is_empty()),
        };
        let mut of_point: Vec<Effect> = (customers.iter())
            .map(|&customers| {
                let unknown = match customers < FEWEST_CUSTOMERS {
                    true => Unknown::TooFew { customers },
                    false => Unknown::NotAmongTheMost,
                };
                Effect::Unknown { unknown }
            })
            .collect();
        for (exposure, &point) in chosen.points.iter().enumerate() {
            of_point[point] = match &whole {
                Err(why) => Effect::Unknown {
                    unknown: Unknown::NoLink { link: *why },
                },
                Ok(link) => {
                    let place = met.points[point].place;
                    let there = columns.has_others_there(exposure, chosen.place(place));
                    effect(link, exposure, there, &halves, level)
                }
            };
        }
        control_discoveries(&mut of_point);
        Self { model, of_point }
    }
}

/// What a link says of one pain point. False discoveries are not controlled yet.
fn effect(
    link: &FittedLink,
    exposure: usize,
    has_others_there: bool,
    halves: &[Option<FittedLink>; 2],
    level: f64,
) -> Effect {
    let Some((found, factor)) = told(link, exposure) else {
        return Effect::Unknown {
            unknown: Unknown::NotToldApart,
        };
    };
    let error = found.coefficient.standard_error();
    let in_halves = halves
        .each_ref()
        .map(|half| half.as_ref().and_then(|half| Some(told(half, exposure)?.1)));
    Effect::Known(Box::new(Known {
        factor,
        p_value: found.p_value,
        adjusted_p_value: found.p_value,
        tells: Tells::CannotTell,
        smallest_loss: error.map(|error| 1.0 - (-reaches(level, POWER) * error).exp()),
        halves: in_halves,
        stability: Stability::of(&in_halves),
        against_others_there: has_others_there,
    }))
}

/// The factor on coming back for each time that an exposure is met; nothing when the data do not tell it.
fn told(link: &FittedLink, exposure: usize) -> Option<(&link::Effect, Estimate)> {
    if link.not_told_apart.contains(&exposure) {
        return None;
    }
    let found = &link.effects[exposure];
    found.coefficient.ends()?;
    Some((found, found.coefficient.exp()))
}

/// Says which effects are no accident, over all that were looked at.
fn control_discoveries(effects: &mut [Effect]) {
    let mut known: Vec<&mut Known> = (effects.iter_mut())
        .filter_map(|effect| match effect {
            Effect::Known(known) => Some(known.as_mut()),
            Effect::Unknown { .. } => None,
        })
        .collect();
    let p_values: Vec<f64> = known.iter().map(|known| known.p_value).collect();
    for (known, adjusted) in known.iter_mut().zip(adjusted(&p_values)) {
        known.adjusted_p_value = adjusted;
        known.tells = match known.factor.value < 1.0 {
            _ if adjusted > FALSE_DISCOVERIES => Tells::CannotTell,
            true => Tells::Lowers,
            false => Tells::Raises,
        };
    }
}
