//! What journeys would be like if something failed less often, step by step as they go today.
//!
//! Steps are a Markov chain: what comes next depends on the step and on how it ended, on nothing before it (Kemeny,
//! Snell 1960, *Finite Markov Chains*, chapter III). Of the steps that failed at one place, a share *f* becomes
//! the same steps gone well, and goes on as those do; everything else stays. With *s* the shares of journeys that
//! begin with each kind of step and *P* the probabilities of what comes next, expected steps of each kind are
//!
//! ```text
//! v = s + v·P        v = s·(I − P)⁻¹        then: P′(·, failed) = (1 − f)·P(·, failed)    P′(·, well) = P(·, well) + f·P(·, failed)
//! ```
//!
//! and so for *s*. The share of journeys that come to a goal is *v* of the goal where nothing goes on after it.
//! Steps and failures of today are exactly those counted; the share that comes to the goal is so only as far as
//! nothing before the last step matters, so it is told beside the one counted. Intervals draw people again.

use hashbrown::HashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::difference::ByPerson;
use super::log::Log;
use crate::bootstrap::{self, Groups, Resampling};
use crate::columns::check_length;
use crate::error::{Error, require};
use crate::estimate::Changed;

/// What fails less often.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Repair<'a> {
    /// Kinds of steps that failed, each with the kind that the same step is when it goes well.
    pub pairs: &'a [(u32, u32)],
    /// The share of failures that no longer fail, 0 to 1.
    pub share: f64,
    /// Kinds of steps that journeys are to come to.
    pub goal: &'a [u32],
}

/// Journeys today and then.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Repaired {
    /// Journeys with a step.
    pub journeys: u64,
    /// Whose they are.
    pub people: u64,
    /// Failures at the place.
    pub failures: u64,
    /// Share of the journeys that come to the goal, as the chain has it.
    pub reaching: Changed,
    /// The same today, counted: what the chain has for today should be near it.
    pub counted_reaching: f64,
    /// Steps of a journey.
    pub steps_per_journey: Changed,
    /// Failures of a journey at the place.
    pub failures_per_journey: Changed,
}

/// Where less than this part of journeys ends, none does.
const NOTHING_ENDS: f64 = 1e-9;

/// Works out what would change. `person`: by journey before they were split, numbered from 0. Nothing when no step
/// fails there, or none goes well, or all that do would go round for ever.
///
/// # Errors
///
/// [`Error::Length`] unless there is a person for each journey, [`Error::Setting`] for a share, a kind or settings
/// that make no sense.
pub fn repaired(
    log: &Log,
    person: &[u32],
    repair: &Repair<'_>,
    resampling: &Resampling,
) -> Result<Option<Repaired>, Error> {
    check_length("person", person.len(), log.origins())?;
    resampling.check()?;
    require(
        (0.0..=1.0).contains(&repair.share),
        "share",
        repair.share,
        "expected 0 to 1",
    )?;
    let kinds = repair
        .pairs
        .iter()
        .flat_map(|&(failed, well)| [failed, well]);
    for kind in kinds.chain(repair.goal.iter().copied()) {
        require(
            (kind as usize) < log.kinds(),
            "kind",
            f64::from(kind),
            "expected less than the number of kinds",
        )?;
    }
    let states = States::of(log, repair);
    let pairs = repair.pairs.iter();
    let pairs =
        pairs.filter_map(|&(failed, well)| states.of_kind(failed).zip(states.of_kind(well)));
    let moved = Moved {
        pairs: pairs.collect(),
        share: repair.share,
    };
    if moved.pairs.is_empty() {
        return Ok(None);
    }
    let people = ByPerson::of(log, person);
    let with_journeys: Vec<usize> = (0..people.people())
        .filter(|&person| !people.journeys(person).is_empty())
        .collect();
    let groups = Groups::of(with_journeys.len(), resampling.seed);
    let counted = groups.each(|rows| {
        let rows = rows.iter().map(|&row| with_journeys[row as usize]);
        let journeys = rows.flat_map(|person| people.journeys(person));
        Counts::of(log, journeys.map(|&journey| journey as usize), &states)
    });
    let chain = |times: &dyn Fn(usize) -> f64| {
        let mut chain = Chain::new(&states);
        for (group, counts) in counted.iter().enumerate() {
            chain.add(counts, times(group));
        }
        chain
    };
    let whole = chain(&|_| 1.0);
    let told = whole.told(&states, &moved);
    if told.iter().any(|told| !told.steps.is_finite()) {
        return Ok(None);
    }
    let resampled = groups.draw(resampling, |times| {
        chain(&|group| times[group]).told(&states, &moved)
    });
    let changed = |get: fn(&Told) -> f64| {
        let estimate = |value: f64, of: &dyn Fn(&[Told; 2]) -> f64| {
            let resampled = resampled.iter().map(of);
            bootstrap::estimate(value, resampled, groups.len(), resampling.level)
        };
        let [before, after] = told.each_ref().map(get);
        Changed {
            before: estimate(before, &|told| get(&told[0])),
            after: estimate(after, &|told| get(&told[1])),
            change: estimate(after - before, &|told| get(&told[1]) - get(&told[0])),
        }
    };
    let all = |count: fn(&Counts) -> u64| counted.iter().map(count).sum::<u64>();
    Ok(Some(Repaired {
        journeys: all(|counts| counts.journeys),
        people: with_journeys.len() as u64,
        failures: moved.failures(&whole.steps) as u64,
        reaching: changed(|told| told.reaching),
        counted_reaching: all(|counts| counts.reaching) as f64
            / all(|counts| counts.journeys) as f64,
        steps_per_journey: changed(|told| told.steps),
        failures_per_journey: changed(|told| told.failures),
    }))
}

/// Kinds of steps that happen, numbered anew.
struct States {
    of_kind: Vec<Option<u32>>,
    is_goal: Vec<bool>,
}

impl States {
    fn of(log: &Log, repair: &Repair<'_>) -> Self {
        let mut of_kind = vec![None; log.kinds()];
        for journey in 0..log.journeys() {
            for &kind in log.steps(journey).1 {
                of_kind[kind as usize] = Some(0);
            }
        }
        let mut is_goal = Vec::new();
        for (kind, state) in of_kind.iter_mut().enumerate() {
            if let Some(state) = state {
                *state = is_goal.len() as u32;
                is_goal.push(repair.goal.contains(&(kind as u32)));
            }
        }
        Self { of_kind, is_goal }
    }

    fn of_kind(&self, kind: u32) -> Option<usize> {
        self.of_kind[kind as usize].map(|state| state as usize)
    }

    fn len(&self) -> usize {
        self.is_goal.len()
    }
}

/// What some people's journeys do: how often each state follows each, or begins a journey.
struct Counts {
    journeys: u64,
    /// Journeys that come to the goal.
    reaching: u64,
    starts: Vec<(u32, f64)>,
    moves: Vec<((u32, u32), f64)>,
    /// Steps in each state.
    steps: Vec<(u32, f64)>,
}

impl Counts {
    fn of(log: &Log, journeys: impl Iterator<Item = usize>, states: &States) -> Self {
        let (mut starts, mut moves, mut steps) = (HashMap::new(), HashMap::new(), HashMap::new());
        let (mut all, mut reaching) = (0, 0);
        for journey in journeys {
            all += 1;
            let mut before = None;
            let mut reaches = false;
            for &kind in log.steps(journey).1 {
                let state = states.of_kind(kind).expect("it happens") as u32;
                reaches |= states.is_goal[state as usize];
                *steps.entry(state).or_default() += 1.0;
                match before.replace(state) {
                    Some(from) => *moves.entry((from, state)).or_default() += 1.0,
                    None => *starts.entry(state).or_default() += 1.0,
                }
            }
            reaching += u64::from(reaches);
        }
        Self {
            journeys: all,
            reaching,
            starts: starts.into_iter().collect(),
            moves: moves.into_iter().collect(),
            steps: steps.into_iter().collect(),
        }
    }
}

/// Counts of journeys as a chain: exact, because they are whole numbers.
struct Chain {
    journeys: f64,
    starts: Vec<f64>,
    /// Row by row how often each state follows a state.
    moves: Vec<f64>,
    steps: Vec<f64>,
}

/// Failures that go well instead.
struct Moved {
    /// States of steps that failed, and of the same that went well.
    pairs: Vec<(usize, usize)>,
    share: f64,
}

impl Moved {
    fn failures(&self, steps: &[f64]) -> f64 {
        self.pairs.iter().map(|&(failed, _)| steps[failed]).sum()
    }
}

/// What a chain comes to, per journey.
#[derive(Clone, Copy)]
struct Told {
    reaching: f64,
    steps: f64,
    failures: f64,
}

impl Chain {
    fn new(states: &States) -> Self {
        let size = states.len();
        Self {
            journeys: 0.0,
            starts: vec![0.0; size],
            moves: vec![0.0; size * size],
            steps: vec![0.0; size],
        }
    }

    fn add(&mut self, counts: &Counts, times: f64) {
        if times == 0.0 {
            return;
        }
        let size = self.starts.len();
        self.journeys += times * counts.journeys as f64;
        for &(state, count) in &counts.starts {
            self.starts[state as usize] += times * count;
        }
        for &((from, to), count) in &counts.moves {
            self.moves[from as usize * size + to as usize] += times * count;
        }
        for &(state, count) in &counts.steps {
            self.steps[state as usize] += times * count;
        }
    }

    /// Today, and then.
    fn told(&self, states: &States, moved: &Moved) -> [Told; 2] {
        let unknown = Told {
            reaching: f64::NAN,
            steps: f64::NAN,
            failures: f64::NAN,
        };
        // nobody shows how it goes on after a step that went well
        let is_unknown =
            |&(failed, well): &(usize, usize)| self.steps[failed] > 0.0 && self.steps[well] == 0.0;
        if moved.pairs.iter().any(is_unknown) {
            return [unknown; 2];
        }
        let size = states.len();
        let today = (
            self.starts
                .iter()
                .map(|count| count / self.journeys)
                .collect(),
            (0..size * size)
                .map(|place| match self.steps[place / size] {
                    0.0 => 0.0,
                    steps => self.moves[place] / steps,
                })
                .collect(),
        );
        let mut then: (Vec<f64>, Vec<f64>) = today.clone();
        for row in std::iter::once(then.0.as_mut_slice()).chain(then.1.chunks_mut(size)) {
            for &(failed, well) in &moved.pairs {
                let repaired = moved.share * row[failed];
                row[failed] -= repaired;
                row[well] += repaired;
            }
        }
        [today, then].map(|(starts, moves)| {
            let visits = visits(&starts, &moves, |_| false);
            let first = visits_of_goal(&starts, &moves, states);
            Told {
                reaching: first,
                steps: visits.iter().sum(),
                failures: moved.failures(&visits),
            }
        })
    }
}

/// Share of journeys that come to the goal.
fn visits_of_goal(starts: &[f64], moves: &[f64], states: &States) -> f64 {
    let visits = visits(starts, moves, |state| states.is_goal[state]);
    let of_goal = visits.iter().zip(&states.is_goal);
    of_goal
        .filter(|(_, is_goal)| **is_goal)
        .map(|(visits, _)| visits)
        .sum()
}

/// Expected steps in each state, where nothing goes on after those that `stops` says: v·(I − P) = s, by elimination
/// without exchanges, which keeps every sign because what goes on is never more than came (an M-matrix: Berman,
/// Plemmons 1994, *Nonnegative Matrices in the Mathematical Sciences*, chapter 6).
fn visits(starts: &[f64], moves: &[f64], stops: impl Fn(usize) -> bool) -> Vec<f64> {
    let size = starts.len();
    // transposed: row i has what comes into state i
    let mut matrix = vec![0.0; size * size];
    for from in 0..size {
        for to in 0..size {
            let goes = if stops(from) {
                0.0
            } else {
                moves[from * size + to]
            };
            matrix[to * size + from] = f64::from(u8::from(from == to)) - goes;
        }
    }
    let mut visits = starts.to_vec();
    for pivot in 0..size {
        let (above, below) = matrix.split_at_mut((pivot + 1) * size);
        let row = &above[pivot * size..];
        // whoever comes here would go round for ever
        if row[pivot] < NOTHING_ENDS {
            return vec![f64::NAN; size];
        }
        for (offset, other) in below.chunks_mut(size).enumerate() {
            let factor = other[pivot] / row[pivot];
            if factor == 0.0 {
                continue;
            }
            for (value, of_pivot) in other[pivot..].iter_mut().zip(&row[pivot..]) {
                *value -= factor * of_pivot;
            }
            visits[pivot + 1 + offset] -= factor * visits[pivot];
        }
    }
    for state in (0..size).rev() {
        let row = &matrix[state * size..(state + 1) * size];
        let known: f64 = (state + 1..size).map(|next| row[next] * visits[next]).sum();
        visits[state] = (visits[state] - known) / row[state];
    }
    visits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::*;
    use crate::journey::Event;

    const FAILED: u32 = 0;
    const PAID: u32 = 1;
    const ORDERED: u32 = 2;
    const BROWSED: u32 = 3;

    fn log(journeys: &[Vec<u32>]) -> Log {
        let steps = |(journey, kinds): (usize, &Vec<u32>)| {
            let event = move |(at, &kind): (usize, &u32)| Event {
                at: at as i64,
                journey: journey as u32,
                kind,
                sequence: 0,
            };
            kinds.iter().enumerate().map(event).collect::<Vec<_>>()
        };
        let events = journeys.iter().enumerate().flat_map(steps).collect();
        Log::of(events, journeys.len(), 4).unwrap()
    }

    fn told(journeys: &[Vec<u32>], share: f64) -> Option<Repaired> {
        let repair = Repair {
            pairs: &[(FAILED, PAID)],
            share,
            goal: &[ORDERED],
        };
        let resampling = Resampling {
            resamples: 200,
            ..Resampling::default()
        };
        let person: Vec<u32> = (0..journeys.len() as u32).collect();
        repaired(&log(journeys), &person, &repair, &resampling).unwrap()
    }

    /// Of ten journeys four fail first; of these two try again, one of them with success. Five of seven payments that
    /// go well become orders. By hand: halving failures turns 0.2 of the first payments, and of the second, into
    /// successes: failures per journey 0.5 = 0.4 + 0.25·0.4 … v = s + q·v with q = 1/5: 0.4/(1 − 1/5) = 0.5; then
    /// 0.2/(1 − 1/10) = 2/9. Payments that go well: 0.6 + 0.5/5 = 0.7; then 0.8 + (1/5 + 1/10)·2/9 = 13/15.
    #[test]
    fn what_halving_failures_changes_is_as_worked_out_by_hand() {
        let journeys: Vec<Vec<u32>> = [
            vec![FAILED],
            vec![FAILED],
            vec![FAILED, FAILED],
            vec![FAILED, PAID, ORDERED],
        ]
        .into_iter()
        .chain((0..6).map(|number| match number {
            0..2 => vec![PAID],
            _ => vec![PAID, ORDERED],
        }))
        .collect();
        let told = told(&journeys, 0.5).expect("some fail, some do not");
        let near = |found: f64, expected: f64| {
            assert!((found - expected).abs() < 1e-12, "{found}, not {expected}");
        };
        assert_eq!((told.journeys, told.people, told.failures), (10, 10, 5));
        near(told.failures_per_journey.before.value, 0.5);
        near(told.failures_per_journey.after.value, 2.0 / 9.0);
        near(told.reaching.before.value, 0.5);
        near(told.counted_reaching, 0.5);
        near(told.reaching.after.value, 13.0 / 15.0 * 5.0 / 7.0);
        let (low, high) = told.reaching.change.ends().expect("ten people");
        assert!(low >= 0.0 && high > 0.119, "{low} to {high}");
    }

    #[test]
    fn without_failures_or_successes_nothing_is_told() {
        assert_eq!(told(&[vec![PAID, ORDERED]], 0.5), None);
        assert_eq!(told(&[vec![FAILED], vec![BROWSED]], 0.5), None);
        assert_eq!(told(&[], 0.5), None);
        // whoever pays pays again until it fails: without failures for ever
        assert_eq!(told(&[vec![PAID, PAID, FAILED]], 1.0), None);
    }

    /// 3,000 shoppers whose payments fail three times in ten, four in ten of whom try again: what is told of failing
    /// half as often is what shoppers do who fail half as often.
    #[test]
    fn what_is_told_comes_true_where_nothing_but_the_last_step_matters() {
        let mut random = ChaCha8Rng::seed_from_u64(3);
        let mut shoppers = |failing: f64| -> Vec<Vec<u32>> {
            let mut journey = || {
                let mut kinds = vec![BROWSED];
                while kinds.len() < 50 {
                    if random.random_bool(failing) {
                        kinds.push(FAILED);
                        if random.random_bool(0.4) {
                            continue;
                        }
                    } else {
                        kinds.extend([PAID, ORDERED]);
                    }
                    break;
                }
                kinds
            };
            (0..3000).map(|_| journey()).collect()
        };
        let told = told(&shoppers(0.3), 0.5).expect("some fail");
        // 0.7 / (1 − 0.3 · 0.4) and 0.85 / (1 − 0.15 · 0.4)
        for (estimate, truth) in [
            (told.reaching.before, 0.7 / 0.88),
            (told.reaching.after, 0.85 / 0.94),
            (told.failures_per_journey.after, 0.15 / 0.94),
        ] {
            let (low, high) = estimate.ends().expect("3,000 people");
            assert!(low < truth && truth < high, "{truth}: {estimate:?}");
        }
        assert!((told.counted_reaching - told.reaching.before.value).abs() < 0.01);
    }

    proptest! {
        #[test]
        fn steps_of_today_are_those_counted_and_shares_stay_shares(
            journeys in prop::collection::vec(prop::collection::vec(0..4_u32, 0..6), 0..12),
            share in 0.0..1.0_f64,
        ) {
            if let Some(told) = told(&journeys, share) {
                let steps: usize = journeys.iter().map(Vec::len).sum();
                let per_journey = steps as f64 / told.journeys as f64;
                prop_assert!((told.steps_per_journey.before.value - per_journey).abs() < 1e-9);
                for reaching in [told.reaching.before, told.reaching.after] {
                    prop_assert!((-1e-9..=1.0 + 1e-9).contains(&reaching.value));
                }
                let failures = told.failures_per_journey;
                prop_assert!(failures.after.value.is_finite());
                let none = told.failures as f64 / told.journeys as f64;
                prop_assert!((failures.before.value - none).abs() < 1e-9);
            }
        }
    }
}
