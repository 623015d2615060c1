//! How journeys on two sides differ, before and after a day or of two groups of people: sums over people for every
//! number that tells of journeys, in one pass.
//!
//! Every number is what happens each time there is an occasion: a share of journeys, steps per journey, a mean. What
//! one person does is alike, so it is summed up per person first; [`Paired::compared`] says how far a number is apart
//! on the two sides, and how sure that is.

use std::ops::Range;

use super::log::Log;
use super::waiting::seconds;
use crate::clustered::Paired;
use crate::columns::check_length;
use crate::error::Error;
use crate::parallel::blocks;

/// Journeys on two sides, called by the same kinds of steps.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'a> {
    /// The steps on each.
    pub logs: [&'a Log; 2],
    /// Whose each journey is, before they were split: numbers of people from 0, the same on both sides.
    pub person: &'a [u32],
    /// How many ways a step may end: kind *k* is step *k / outcomes* that ended in the way *k mod outcomes*, the
    /// way 0 being one that nobody knows. 1 when nothing is known of how steps end.
    pub outcomes: u32,
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Number {
    /// Journeys of each person who has any.
    JourneysPerPerson,
    /// Steps of each journey.
    StepsPerJourney,
    /// From the first step of a journey to its last, in seconds.
    SecondsPerJourney,
    /// Share of the journeys that come by a step.
    Reached(u32),
    /// Share of the journeys with a step that end there.
    Ends(u32),
    /// How often a journey takes a step, of those that do.
    Times(u32),
    /// Share of the times that a step ended in a way, of those of which the way is known: the step, the way.
    Ended(u32, u32),
    /// Share of the times after a step that another comes next.
    Next(u32, u32),
    /// Logarithm of one second more than it took from one step to the next: its mean is not made by the few that
    /// took longest.
    LogWaiting(u32, u32),
}

/// Sums over people of each number, on both sides.
///
/// # Errors
///
/// [`Error::Length`] unless both logs have a person for each journey before they were split and the same kinds,
/// which are steps times `outcomes`; [`Error::Row`] for a number of a step, or a way to end, that there is not.
pub fn compare(sides: &Sides<'_>, numbers: &[Number]) -> Result<Vec<Paired>, Error> {
    let wanted = Wanted::of(sides, numbers)?;
    let people = sides.logs.map(|log| ByPerson::of(log, sides.person));
    let rows = (0..people[0].people()).map(|person| {
        let steps = |side: usize| people[side].steps(sides.logs[side], person);
        steps(0) + steps(1)
    });
    let of_block = blocks(rows, |block: Range<usize>| {
        let mut sums = vec![Paired::default(); numbers.len()];
        let mut tallies = [Tally::of(&wanted), Tally::of(&wanted)];
        for person in block {
            for (side, tally) in tallies.iter_mut().enumerate() {
                tally.clear();
                for &journey in people[side].journeys(person) {
                    tally.add(sides.logs[side].steps(journey as usize), &wanted);
                }
            }
            for (sum, &number) in sums.iter_mut().zip(&wanted.numbers) {
                sum.add(tallies.each_ref().map(|tally| tally.number(number)));
            }
        }
        sums
    });
    let mut sums = vec![Paired::default(); numbers.len()];
    for of_block in &of_block {
        for (sum, more) in sums.iter_mut().zip(of_block) {
            sum.absorb(more);
        }
    }
    Ok(sums)
}

/// A number with the transition it is of, if any, by its place among those that are looked at.
type Placed = (Number, usize);

/// What is looked at.
struct Wanted {
    outcomes: usize,
    steps: usize,
    numbers: Vec<Placed>,
    /// By step before and step after, the place of the transition.
    transitions: Vec<Option<u32>>,
    /// How many transitions are looked at.
    places: usize,
}

impl Wanted {
    fn of(sides: &Sides<'_>, numbers: &[Number]) -> Result<Self, Error> {
        let kinds = sides.logs[0].kinds();
        let outcomes = sides.outcomes.max(1) as usize;
        check_length("kinds", sides.logs[1].kinds(), kinds)?;
        check_length("kinds", kinds / outcomes * outcomes, kinds)?;
        for log in sides.logs {
            check_length("person", sides.person.len(), log.origins())?;
        }
        let steps = kinds / outcomes;
        let mut wanted = Self {
            outcomes,
            steps,
            numbers: Vec::with_capacity(numbers.len()),
            transitions: vec![None; steps * steps],
            places: 0,
        };
        for (row, &number) in numbers.iter().enumerate() {
            if let Some(value) = number.outside(steps, outcomes) {
                return Err(Error::Row {
                    field: "numbers",
                    row,
                    value: f64::from(value),
                    expected: "expected a step, and a way to end, that there is",
                });
            }
            let place = match number {
                Number::Next(from, to) | Number::LogWaiting(from, to) => wanted.place(from, to),
                _ => 0,
            };
            wanted.numbers.push((number, place));
        }
        Ok(wanted)
    }

    fn place(&mut self, from: u32, to: u32) -> usize {
        let place = &mut self.transitions[from as usize * self.steps + to as usize];
        let new = self.places;
        let place = *place.get_or_insert(new as u32) as usize;
        self.places = new.max(place + 1);
        place
    }
}

impl Number {
    /// A step or a way to end of this number that there is not.
    fn outside(self, steps: usize, outcomes: usize) -> Option<u32> {
        let is_outside = |value: u32, count: usize| (value as usize >= count).then_some(value);
        match self {
            Self::JourneysPerPerson | Self::StepsPerJourney | Self::SecondsPerJourney => None,
            Self::Reached(step) | Self::Ends(step) | Self::Times(step) => is_outside(step, steps),
            Self::Ended(step, way) => is_outside(step, steps).or(is_outside(way, outcomes)),
            Self::Next(from, to) | Self::LogWaiting(from, to) => {
                is_outside(from, steps).or(is_outside(to, steps))
            }
        }
    }
}

/// Journeys with a step, person after person.
pub(super) struct ByPerson {
    offsets: Vec<usize>,
    journeys: Vec<u32>,
}

impl ByPerson {
    /// `person`: by journey before they were split.
    pub(super) fn of(log: &Log, person: &[u32]) -> Self {
        let people = person.iter().max().map_or(0, |&last| last as usize + 1);
        let with_steps = || (0..log.journeys()).filter(|&journey| !log.steps(journey).1.is_empty());
        let of = |journey: usize| person[log.origin(journey)] as usize;
        let mut offsets = vec![0; people + 1];
        for journey in with_steps() {
            offsets[of(journey) + 1] += 1;
        }
        for person in 0..people {
            offsets[person + 1] += offsets[person];
        }
        let mut next = offsets.clone();
        let mut journeys = vec![0; offsets[people]];
        for journey in with_steps() {
            let place = &mut next[of(journey)];
            journeys[*place] = journey as u32;
            *place += 1;
        }
        Self { offsets, journeys }
    }

    /// People, those without a step as well.
    pub(super) fn people(&self) -> usize {
        self.offsets.len() - 1
    }

    pub(super) fn journeys(&self, person: usize) -> &[u32] {
        &self.journeys[self.offsets[person]..self.offsets[person + 1]]
    }

    fn steps(&self, log: &Log, person: usize) -> usize {
        let journeys = self.journeys(person).iter();
        journeys
            .map(|&journey| log.steps(journey as usize).1.len())
            .sum()
    }
}

/// What one person did on one side.
struct Tally {
    outcomes: usize,
    journeys: f64,
    steps: f64,
    seconds: f64,
    of_step: Vec<OfStep>,
    /// By kind: a step and the way in which it ended.
    ended: Vec<f64>,
    /// By transition that is looked at: how often, and the sum of logarithms of waiting times.
    transitions: Vec<(f64, f64)>,
}

#[derive(Clone, Copy, Default)]
struct OfStep {
    times: f64,
    journeys: f64,
    ends: f64,
    /// The last journey of this person that came by, counted from 1.
    latest: f64,
}

impl Tally {
    fn of(wanted: &Wanted) -> Self {
        Self {
            outcomes: wanted.outcomes,
            journeys: 0.0,
            steps: 0.0,
            seconds: 0.0,
            of_step: vec![OfStep::default(); wanted.steps],
            ended: vec![0.0; wanted.steps * wanted.outcomes],
            transitions: vec![(0.0, 0.0); wanted.places],
        }
    }

    fn clear(&mut self) {
        (self.journeys, self.steps, self.seconds) = (0.0, 0.0, 0.0);
        self.of_step.fill(OfStep::default());
        self.ended.fill(0.0);
        self.transitions.fill((0.0, 0.0));
    }

    /// One journey, which has a step.
    fn add(&mut self, (at, kinds): (&[i64], &[u32]), wanted: &Wanted) {
        self.journeys += 1.0;
        self.steps += kinds.len() as f64;
        let mut before: Option<(usize, i64)> = None;
        for (&at, &kind) in at.iter().zip(kinds) {
            let step = kind as usize / self.outcomes;
            let here = &mut self.of_step[step];
            here.times += 1.0;
            if here.latest < self.journeys {
                here.latest = self.journeys;
                here.journeys += 1.0;
            }
            self.ended[kind as usize] += 1.0;
            if let Some((from, since)) = before.replace((step, at))
                && let Some(place) = wanted.transitions[from * wanted.steps + step]
            {
                let (times, logarithms) = &mut self.transitions[place as usize];
                *times += 1.0;
                *logarithms += seconds(since, at).ln_1p();
            }
        }
        if let (&[first, ..], &[.., last]) = (at, at) {
            self.seconds += seconds(first, last);
        }
        if let Some((last, _)) = before {
            self.of_step[last].ends += 1.0;
        }
    }

    /// What is given in all, and in how many times.
    fn number(&self, (number, place): Placed) -> (f64, f64) {
        let of_step = |step: u32| self.of_step[step as usize];
        match number {
            Number::JourneysPerPerson => (self.journeys, self.journeys.min(1.0)),
            Number::StepsPerJourney => (self.steps, self.journeys),
            Number::SecondsPerJourney => (self.seconds, self.journeys),
            Number::Reached(step) => (of_step(step).journeys, self.journeys),
            Number::Ends(step) => (of_step(step).ends, of_step(step).journeys),
            Number::Times(step) => (of_step(step).times, of_step(step).journeys),
            Number::Ended(step, way) => {
                let first = step as usize * self.outcomes;
                let known = of_step(step).times - self.ended[first];
                (self.ended[first + way as usize], known)
            }
            Number::Next(from, _) => (self.transitions[place].0, of_step(from).times),
            Number::LogWaiting(..) => {
                let (times, logarithms) = self.transitions[place];
                (logarithms, times)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::{Rng, RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::*;
    use crate::discovery;
    use crate::journey::{Event, MapParts, map};

    const MINUTE: i64 = 60_000_000;

    /// Journeys of steps a minute apart.
    fn log(journeys: &[Vec<u32>], kinds: usize) -> Log {
        let steps = |(journey, kinds): (usize, &Vec<u32>)| {
            let event = move |(minute, &kind): (usize, &u32)| Event {
                at: minute as i64 * MINUTE,
                journey: journey as u32,
                kind,
                sequence: 0,
            };
            kinds.iter().enumerate().map(event).collect::<Vec<_>>()
        };
        let events = journeys.iter().enumerate().flat_map(steps).collect();
        Log::of(events, journeys.len(), kinds).unwrap()
    }

    fn means(sides: &Sides<'_>, number: Number) -> [Option<f64>; 2] {
        let sums = compare(sides, &[number]).unwrap();
        let means = sums[0].compared(0.9).means;
        means.map(|mean| mean.map(|mean| mean.value))
    }

    /// Before, Ann takes 0, 1 and Bob 0, 0; after, Ann takes 0, 1, 1, Bob nothing and Cem 1.
    #[test]
    fn numbers_are_those_worked_out_by_hand() {
        let before = log(&[vec![0, 1], vec![0, 0], vec![]], 2);
        let after = log(&[vec![0, 1, 1], vec![], vec![1]], 2);
        let sides = Sides {
            logs: [&before, &after],
            person: &[0, 1, 2],
            outcomes: 1,
        };
        let expected = [
            (Number::JourneysPerPerson, [1.0, 1.0]),
            (Number::StepsPerJourney, [2.0, 2.0]),
            (Number::SecondsPerJourney, [60.0, 60.0]),
            (Number::Reached(1), [0.5, 1.0]),
            (Number::Ends(0), [0.5, 0.0]),
            (Number::Times(0), [1.5, 1.0]),
            (Number::Next(0, 1), [1.0 / 3.0, 1.0]),
            (Number::LogWaiting(0, 1), [61.0_f64.ln(); 2]),
        ];
        for (number, expected) in expected {
            assert_eq!(means(&sides, number), expected.map(Some), "{number:?}");
        }
        assert_eq!(
            means(&sides, Number::LogWaiting(1, 1)),
            [None, Some(61.0_f64.ln())]
        );
    }

    /// Step 0 ended in a way nobody knows, well (1) or badly (2); one person has both journeys.
    #[test]
    fn only_known_ways_to_end_count_and_people_may_have_several_journeys() {
        let one = log(&[vec![0, 1, 2], vec![2, 2]], 3);
        let sides = Sides {
            logs: [&one, &one],
            person: &[0, 0],
            outcomes: 3,
        };
        assert_eq!(means(&sides, Number::Ended(0, 2)), [Some(0.75); 2]);
        assert_eq!(means(&sides, Number::JourneysPerPerson), [Some(2.0); 2]);
        assert_eq!(means(&sides, Number::Times(0)), [Some(2.5); 2]);
    }

    #[test]
    fn steps_that_are_not_there_are_refused() {
        let one = log(&[vec![0]], 2);
        let sides = Sides {
            logs: [&one, &one],
            person: &[0],
            outcomes: 2,
        };
        assert!(compare(&sides, &[Number::Ended(0, 1)]).is_ok());
        assert!(compare(&sides, &[Number::Reached(1)]).is_err());
        assert!(compare(&sides, &[Number::Ended(0, 2)]).is_err());
        assert!(
            compare(
                &Sides {
                    person: &[],
                    ..sides
                },
                &[]
            )
            .is_err()
        );
        assert!(
            compare(
                &Sides {
                    outcomes: 4,
                    ..sides
                },
                &[]
            )
            .is_err()
        );
    }

    /// A shopper with habits of their own: how often they come, whether they look before they buy.
    fn shopper(random: &mut impl Rng) -> [Vec<u32>; 2] {
        let looks = random.random_range(0.1..0.9);
        let comes = random.random_range(1..6_u32);
        [(); 2].map(|()| {
            let mut kinds = Vec::new();
            for _ in 0..comes {
                kinds.push(0);
                if random.random_bool(looks) {
                    kinds.extend([1, 2]);
                }
                if random.random_bool(0.02) {
                    kinds.push(3);
                }
            }
            kinds
        })
    }

    /// Nothing differs, and whether the same people come twice or others, many or few: in at most five answers of a
    /// hundred anything is said to.
    #[test]
    fn what_does_not_differ_is_not_said_to() {
        let numbers: Vec<Number> = (0..4)
            .flat_map(|step| {
                [
                    Number::Reached(step),
                    Number::Ends(step),
                    Number::Times(step),
                ]
            })
            .chain((0..4).map(|to| Number::Next(0, to)))
            .chain([Number::StepsPerJourney, Number::SecondsPerJourney])
            .collect();
        let mut random = ChaCha8Rng::seed_from_u64(6);
        let mut alarms = |both: usize, [one, other]: [usize; 2]| {
            let wrong = (0..200).filter(|_| {
                let mut sides = [Vec::new(), Vec::new()];
                for person in 0..both + one + other {
                    let [before, after] = shopper(&mut random);
                    let is_before = person < both + one;
                    let is_after = person < both || !is_before;
                    sides[0].push(if is_before { before } else { Vec::new() });
                    sides[1].push(if is_after { after } else { Vec::new() });
                }
                let logs = sides.map(|journeys| log(&journeys, 4));
                let sides = Sides {
                    logs: [&logs[0], &logs[1]],
                    person: &(0..(both + one + other) as u32).collect::<Vec<_>>(),
                    outcomes: 1,
                };
                let sums = compare(&sides, &numbers).unwrap();
                let differences = sums.iter().map(|sum| sum.compared(0.9));
                let p_values: Vec<f64> = differences
                    .filter(|compared| compared.people.iter().min() >= Some(&20))
                    .filter_map(|compared| Some(compared.difference?.p_value))
                    .collect();
                discovery::adjusted(&p_values).iter().any(|&p| p <= 0.05)
            });
            wrong.count()
        };
        for (both, apart) in [(100, [0, 0]), (0, [60, 60]), (0, [25, 400]), (40, [30, 10])] {
            let wrong = alarms(both, apart);
            assert!(wrong <= 17, "{wrong} of 200 ({both}, {apart:?})");
        }
    }

    proptest! {
        /// The map counts the same things without asking whose they are.
        #[test]
        fn means_are_those_of_the_map(
            journeys in prop::collection::vec(prop::collection::vec(0..3_u32, 0..7), 1..12),
            people in 1..4_u32,
        ) {
            let whole = log(&journeys, 3);
            let cut = whole.split(0);
            let person: Vec<u32> = (0..journeys.len() as u32).map(|journey| journey % people).collect();
            for log in [&whole, &cut] {
                let map = map(log, None, MapParts::default()).unwrap();
                let sides = Sides { logs: [log, log], person: &person, outcomes: 1 };
                for node in &map.nodes {
                    for (number, hits, of) in [
                        (Number::Reached(node.kind), node.journeys, map.journeys),
                        (Number::Ends(node.kind), node.ends, node.journeys),
                        (Number::Times(node.kind), node.events, node.journeys),
                    ] {
                        let expected = Some(hits as f64 / of as f64);
                        prop_assert_eq!(means(&sides, number), [expected, expected]);
                    }
                }
                for edge in &map.edges {
                    let before = map.node(edge.from).unwrap();
                    let share = Some(edge.times as f64 / before.events as f64);
                    prop_assert_eq!(means(&sides, Number::Next(edge.from, edge.to)), [share, share]);
                }
            }
        }
    }
}
