//! Who is at risk when: rows put in order once, then walked back in time.
//!
//! Going back from the last time to the first, customers come into the risk set at their end and
//! go out of it at their start, so that without late entry nothing is ever subtracted. Rows are
//! ordered by all that they contain: the order in which they were given leaves no trace, not even
//! in the last digit.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::durations::CheckedDurations;

/// One row of [`super::Durations`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Spell {
    /// What the rows are divided by before anything else: a group or a stratum.
    pub(super) part: u32,
    pub(super) group: u32,
    pub(super) start: f64,
    pub(super) end: f64,
    pub(super) event: u32,
    pub(super) weight: f64,
}

impl Spell {
    fn compare(&self, other: &Self) -> Ordering {
        (self.part.cmp(&other.part))
            .then(self.end.total_cmp(&other.end))
            .then(self.event.cmp(&other.event))
            .then(self.group.cmp(&other.group))
            .then(self.start.total_cmp(&other.start))
            .then(self.weight.total_cmp(&other.weight))
    }
}

/// All rows that stand for anyone, by part and end.
pub(super) fn spells(
    durations: &CheckedDurations<'_>,
    part_of: impl Fn(usize) -> u32,
) -> Vec<Spell> {
    let mut spells: Vec<Spell> = (0..durations.len())
        .filter(|&row| durations.weight_of(row) > 0.0)
        .map(|row| Spell {
            part: part_of(row),
            group: durations.group_of(row),
            start: durations.start_of(row),
            end: durations.end_of(row),
            event: durations.event_of(row),
            weight: durations.weight_of(row),
        })
        .collect();
    spells.par_sort_unstable_by(Spell::compare);
    spells
}

/// The rows of each part by themselves.
pub(super) fn parts(spells: &[Spell]) -> impl Iterator<Item = &[Spell]> {
    spells.chunk_by(|left, right| left.part == right.part)
}

/// What happened at one time.
#[derive(Debug)]
pub(super) struct Moment<'a> {
    pub(super) time: f64,
    /// How many were at risk, by class.
    pub(super) at_risk: &'a [f64],
    /// How many left, by kind of event.
    pub(super) events: &'a [f64],
    /// How many were lost from sight.
    pub(super) censored: f64,
}

/// Calls `visit` for every different end of these rows (of one part), the last first.
///
/// At risk is counted in `classes.0` classes and events in `classes.1` kinds.
pub(super) fn walk_back(
    spells: &[Spell],
    classes: (usize, usize),
    class_of: impl Fn(&Spell) -> usize,
    kind_of: impl Fn(&Spell) -> Option<usize>,
    mut visit: impl FnMut(&Moment<'_>),
) {
    let mut entries: Vec<(f64, usize, f64)> = spells
        .iter()
        .filter(|spell| spell.start > f64::NEG_INFINITY)
        .map(|spell| (spell.start, class_of(spell), spell.weight))
        .collect();
    entries.par_sort_unstable_by(|left, right| {
        (right.0.total_cmp(&left.0))
            .then(left.1.cmp(&right.1))
            .then(left.2.total_cmp(&right.2))
    });
    let mut entries = entries.into_iter().peekable();
    let mut at_risk = vec![0.0; classes.0];
    // Rows, not weights: an empty risk set is then known to be empty, whatever rounding left.
    let mut rows = vec![0_usize; classes.0];
    let mut events = vec![0.0; classes.1];
    for same in spells.chunk_by(|left, right| left.end == right.end).rev() {
        let time = same[0].end;
        let mut censored = 0.0;
        events.fill(0.0);
        for spell in same {
            at_risk[class_of(spell)] += spell.weight;
            rows[class_of(spell)] += 1;
            match kind_of(spell) {
                Some(kind) => events[kind] += spell.weight,
                None => censored += spell.weight,
            }
        }
        while let Some((_, class, weight)) = entries.next_if(|entry| entry.0 >= time) {
            at_risk[class] -= weight;
            rows[class] -= 1;
            if rows[class] == 0 {
                at_risk[class] = 0.0;
            }
        }
        visit(&Moment {
            time,
            at_risk: &at_risk,
            events: &events,
            censored,
        });
    }
}

/// Who is left of those at risk. With weights that are no whole numbers the sums of all and of
/// those who leave may differ in the last digits where they are the same customers.
pub(super) fn remaining(at_risk: f64, events: f64) -> f64 {
    let rest = at_risk - events;
    if rest <= at_risk * 1e-12 { 0.0 } else { rest }
}
