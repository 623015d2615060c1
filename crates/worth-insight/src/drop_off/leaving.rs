//! Who leaves after a step: whoever is not at the next one within so long after the first time at this one.
//!
//! The first time counts for everyone, whether they went on or not: what came before it can then be
//! compared. Whoever came there so late that the time is not over at the end of observation is neither,
//! not even if gone on already: else of those who came late only the quick ones would count.

use worth_model::journey::{FunnelSpec, FunnelStep, Log, attempts};

use super::answer::WithinChosen;
use crate::steps::Span;

/// When nobody says how long is too long: so many of those who go on have gone on by then.
const SHARE_GONE_ON: f64 = 0.95;

/// Who came to a step, and who left after it.
pub(crate) struct Leaving {
    /// How soon the next step must follow; nothing when nobody ever came to it.
    pub(crate) within: Option<Span>,
    pub(crate) within_chosen: WithinChosen,
    /// Journeys that came to the step.
    pub(crate) reached: u64,
    /// Those whose time is over.
    pub(crate) journeys: Vec<AtStep>,
}

/// A journey at the step, for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AtStep {
    pub(crate) journey: usize,
    /// Where the step is in the journey.
    pub(crate) place: usize,
    /// Whether it ended there.
    pub(crate) left: bool,
}

impl Leaving {
    /// `at`: the step's place among `steps`, which is not the last.
    pub(crate) fn of(log: &Log, steps: &[FunnelStep], at: usize, within: Option<Span>) -> Self {
        let next = &steps[at + 1];
        let spec = FunnelSpec {
            steps: steps[..=at].to_vec(),
            within: None,
        };
        let tried = attempts(log, &spec).expect("steps with kinds of the log");
        let there = tried.iter().filter(|(_, places)| places.len() > at);
        let waited = Waited::new(log, next);
        let reached: Vec<(AtStep, Option<i64>)> = there
            .map(|(journey, places)| {
                let place = places[at] as usize;
                let waited = waited.of(log, journey, place);
                let at_step = AtStep {
                    journey,
                    place,
                    left: waited.is_none(),
                };
                (at_step, waited)
            })
            .collect();
        let of_step = next.within.map(Span::no_shorter_than);
        let (within, within_chosen) = match (within, of_step) {
            (Some(asked), _) => (Some(asked), WithinChosen::Asked),
            (None, Some(of_step)) => (Some(of_step), WithinChosen::OfStep),
            (None, None) => (most_waited(&reached), WithinChosen::MostGoOn),
        };
        Self {
            within,
            within_chosen,
            reached: reached.len() as u64,
            journeys: in_time(log, reached, within),
        }
    }
}

/// Those whose time is over, with whether they left.
fn in_time(log: &Log, reached: Vec<(AtStep, Option<i64>)>, within: Option<Span>) -> Vec<AtStep> {
    let Some(within) = within.map(Span::microseconds) else {
        return reached.into_iter().map(|(journey, _)| journey).collect();
    };
    let last = |journey| log.steps(journey).0.last().copied();
    let end = (0..log.journeys())
        .filter_map(last)
        .max()
        .unwrap_or_default();
    reached
        .into_iter()
        .filter(|(there, _)| end.saturating_sub(log.steps(there.journey).0[there.place]) >= within)
        .map(|(there, waited)| AtStep {
            left: waited.is_none_or(|waited| waited > within),
            ..there
        })
        .collect()
}

/// The time in which most of those who go on have gone on; nothing when nobody does.
fn most_waited(reached: &[(AtStep, Option<i64>)]) -> Option<Span> {
    let mut waited: Vec<i64> = reached.iter().filter_map(|(_, waited)| *waited).collect();
    waited.sort_unstable();
    let place = (waited.len() as f64 * SHARE_GONE_ON).ceil() as usize;
    let waited = waited.get(place.checked_sub(1)?)?;
    Some(Span::no_shorter_than(*waited))
}

/// How long it takes to the next step.
struct Waited {
    is_next: Vec<bool>,
    is_barred: Vec<bool>,
}

impl Waited {
    fn new(log: &Log, next: &FunnelStep) -> Self {
        let of_kinds = |kinds: &[u32]| {
            let mut is_one = vec![false; log.kinds()];
            for &kind in kinds {
                is_one[kind as usize] = true;
            }
            is_one
        };
        Self {
            is_next: of_kinds(&next.kinds),
            is_barred: of_kinds(&next.without),
        }
    }

    /// From a place in a journey, in microseconds; nothing when the next step never comes, or something
    /// comes first that must not.
    fn of(&self, log: &Log, journey: usize, place: usize) -> Option<i64> {
        let (at, kinds) = log.steps(journey);
        for (later, &kind) in kinds.iter().enumerate().skip(place + 1) {
            if self.is_next[kind as usize] {
                return Some(at[later].saturating_sub(at[place]));
            }
            if self.is_barred[kind as usize] {
                return None;
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use worth_model::journey::Event;

    const HOUR: i64 = 3_600_000_000;
    const LOOK: u32 = 0;
    const PAY: u32 = 1;
    const CANCEL: u32 = 2;

    fn log(journeys: &[&[(u32, i64)]]) -> Log {
        let events = (0..).zip(journeys).flat_map(|(journey, steps)| {
            steps.iter().map(move |&(kind, hours)| Event {
                at: hours * HOUR,
                journey,
                kind,
                sequence: 0,
            })
        });
        Log::of(events.collect(), journeys.len(), 3).expect("numbers from 0")
    }

    fn steps(without: &[u32]) -> [FunnelStep; 2] {
        let step = |kind, without: &[u32]| FunnelStep {
            kinds: vec![kind],
            within: None,
            without: without.to_vec(),
        };
        [step(LOOK, &[]), step(PAY, without)]
    }

    /// Whether each journey left, those that are neither left out.
    fn fates(leaving: &Leaving) -> Vec<(usize, bool)> {
        let journeys = leaving.journeys.iter();
        journeys.map(|one| (one.journey, one.left)).collect()
    }

    /// Observation ends after 100 hours, and a day is given: who looks after 76 hours has had it, who looks
    /// after 80 has not, even if it was enough.
    #[test]
    fn who_leaves_is_a_matter_of_time() {
        let log = log(&[
            &[(LOOK, 0), (PAY, 5)],
            &[(LOOK, 0), (PAY, 30)],
            &[(LOOK, 0)],
            &[(LOOK, 80), (PAY, 81)],
            &[(LOOK, 76)],
            &[(LOOK, 0), (LOOK, 40), (PAY, 41)],
            &[(LOOK, 0), (CANCEL, 1), (PAY, 2)],
            &[(PAY, 1), (CANCEL, 100)],
            &[(LOOK, 10), (PAY, 34)],
        ]);
        let day = "24h".parse().ok();
        let leaving = Leaving::of(&log, &steps(&[]), 0, day);
        let expected = [
            (0, false),
            (1, true),
            (2, true),
            (4, true),
            (5, true),
            (6, false),
            (8, false),
        ];
        assert_eq!(fates(&leaving), expected);
        assert_eq!(leaving.reached, 8);
        let barred = Leaving::of(&log, &steps(&[CANCEL]), 0, day);
        assert!(fates(&barred).contains(&(6, true)));
        // 1, 2, 5, 24, 30 and 41 hours: 95 in 100 of six are six
        let chosen = Leaving::of(&log, &steps(&[]), 0, None);
        assert_eq!(chosen.within, "41h".parse().ok());
    }

    #[test]
    fn where_nobody_goes_on_there_is_no_time() {
        let leaving = Leaving::of(&log(&[&[(LOOK, 0)], &[(CANCEL, 1)]]), &steps(&[]), 0, None);
        assert_eq!(leaving.within, None);
        assert_eq!(fates(&leaving), [(0, true)]);
    }
}
