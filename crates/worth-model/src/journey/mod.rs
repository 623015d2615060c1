//! Journeys: what customers did, step after step, as numbers of journeys, kinds of steps and times.
//!
//! A [`Log`] is sorted once. [`map`] counts everything of the map in one pass over it: kinds of steps, the
//! transitions between them with waiting times, variants, what is done again, and whose value goes where.
//! [`eventually_follows`] counts what comes at any time after what, [`funnel`] who gets through given steps.
//! [`compare`] sets the journeys of two periods or groups against each other, [`repaired`] says what they would be
//! like if something failed less often.
//!
//! **Know before use.** Time says in which order steps happened, not why. Steps of the same instant are
//! ordered by `sequence`; where that says nothing either, [`Log::ties`] and [`Edge::in_doubt`] say how many
//! transitions may be the other way round.

mod difference;
mod follows;
mod funnel;
mod log;
mod map;
mod passing;
mod repaired;
mod shop;
mod tally;
#[cfg(test)]
mod tests;
mod waiting;
mod windows;

pub use difference::{Number, Sides, compare};
pub use follows::{Follows, eventually_follows};
pub use funnel::{Attempts, Beside, Funnel, FunnelSpec, FunnelStep, Reached, attempts, funnel};
pub use log::{Event, Log, Ties};
pub use map::{Edge, Map, MapParts, Node, Variant, map};
pub use passing::Passing;
pub use repaired::{Repair, Repaired, repaired};
pub use shop::{SHOP_STEPS, shop};
pub use waiting::Waiting;
pub use windows::{Next, NextDiffers, next_differs};
