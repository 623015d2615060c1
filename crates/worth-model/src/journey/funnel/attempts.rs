//! How far each journey gets through the steps of a funnel, in whatever way it gets furthest.
//!
//! An unlucky first attempt must not hide a later success, so all ways through are followed at once, in one pass
//! over the steps of a journey: for each step of the funnel the ways that end there and can still go on. Of two
//! such ways the one that is there later *and* began later can do whatever the other can, so the other is
//! dropped. What is left is a queue in which the first one began last (the maximum of a sliding window), and each
//! step of the journey enters and leaves it at most once: time grows with steps of the journey times steps of
//! the funnel that they can take.

use std::collections::VecDeque;
use std::ops::Range;

use super::FunnelSpec;
use crate::error::{Error, require};
use crate::journey::log::Log;

/// For every journey that takes the first step, which of its steps it went through: as far as it gets in any
/// way, and of those ways the one that is there first, then the one that began last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempts {
    journeys: Vec<u32>,
    /// Where the places of each journey begin, and where those of the last one end.
    offsets: Vec<usize>,
    places: Vec<u32>,
}

/// How far each journey gets.
///
/// # Errors
///
/// [`Error::Empty`] without steps, or when a step has no kinds; [`Error::Setting`] for a kind that is not in the
/// log, or a time below 0.
pub fn attempts(log: &Log, spec: &FunnelSpec) -> Result<Attempts, Error> {
    let plan = Plan::of(spec, log.kinds())?;
    let blocks = log.each_block(|journeys| of_block(log, &plan, journeys));
    Ok(blocks.into_iter().fold(Attempts::none(), Attempts::plus))
}

impl Attempts {
    fn none() -> Self {
        Self {
            journeys: Vec::new(),
            offsets: vec![0],
            places: Vec::new(),
        }
    }

    /// How many journeys took the first step.
    #[must_use]
    pub fn len(&self) -> usize {
        self.journeys.len()
    }

    /// Whether no journey did.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.journeys.is_empty()
    }

    /// The journeys by number, each with the places of the steps it took: the `k`-th is where step `k` of the
    /// funnel is among [`Log::steps`] of the journey.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (usize, &[u32])> + '_ {
        let places = self
            .offsets
            .windows(2)
            .map(|range| &self.places[range[0]..range[1]]);
        let journeys = self.journeys.iter().map(|&journey| journey as usize);
        journeys.zip(places)
    }

    fn plus(mut self, more: Self) -> Self {
        let before = self.places.len();
        self.journeys.extend(more.journeys);
        self.places.extend(more.places);
        (self.offsets).extend(more.offsets[1..].iter().map(|offset| before + offset));
        self
    }
}

/// A funnel as the kinds of steps see it.
struct Plan {
    within: i64,
    /// Longest time since the step before, for each step.
    gaps: Vec<i64>,
    /// What each kind does.
    roles: Vec<Role>,
}

#[derive(Clone, Default)]
struct Role {
    /// Steps that the kind takes.
    takes: Vec<usize>,
    /// Steps that cannot be taken any more, after this kind, from where one was.
    bars: Vec<usize>,
}

impl Plan {
    fn of(spec: &FunnelSpec, kinds: usize) -> Result<Self, Error> {
        if spec.steps.is_empty() {
            return Err(Error::Empty { what: "steps" });
        }
        let mut roles = vec![Role::default(); kinds];
        for (step, of_step) in spec.steps.iter().enumerate() {
            if of_step.kinds.is_empty() {
                return Err(Error::Empty {
                    what: "kinds of a step",
                });
            }
            for &kind in &of_step.kinds {
                role(&mut roles, kind)?.takes.push(step);
            }
            for &kind in &of_step.without {
                role(&mut roles, kind)?.bars.push(step);
            }
        }
        for role in &mut roles {
            role.takes.dedup();
            role.bars.dedup();
        }
        let gaps = spec.steps.iter().map(|step| longest(step.within));
        Ok(Self {
            within: longest(spec.within)?,
            gaps: gaps.collect::<Result<_, _>>()?,
            roles,
        })
    }
}

fn role(roles: &mut [Role], kind: u32) -> Result<&mut Role, Error> {
    roles.get_mut(kind as usize).ok_or(Error::Setting {
        field: "kinds",
        value: f64::from(kind),
        expected: "expected less than the number of kinds",
    })
}

fn longest(within: Option<i64>) -> Result<i64, Error> {
    let longest = within.unwrap_or(i64::MAX);
    let value = longest as f64;
    require(longest >= 0, "within", value, "expected 0 or more")?;
    Ok(longest)
}

fn of_block(log: &Log, plan: &Plan, journeys: Range<usize>) -> Attempts {
    let mut found = Attempts::none();
    let mut search = Search::new(plan);
    for journey in journeys {
        let (at, kinds) = log.steps(journey);
        let Some(furthest) = search.furthest(at, kinds) else {
            continue;
        };
        found.journeys.push(journey as u32);
        let start = found.places.len();
        found.places.extend(search.places_back_from(furthest));
        found.places[start..].reverse();
        found.offsets.push(found.places.len());
    }
    found
}

/// A way through the first steps of the funnel.
#[derive(Clone, Copy)]
struct Way {
    /// Where in the journey its last step is.
    place: usize,
    /// Where its first step is.
    began: usize,
    /// The way up to the step before, by number; none of the first step.
    before: Option<usize>,
}

/// Ways through the funnel that one journey goes.
struct Search<'a> {
    plan: &'a Plan,
    ways: Vec<Way>,
    /// For each step the ways that end there and can go on: from one to the next there later, begun earlier.
    open: Vec<VecDeque<usize>>,
    /// Steps taken with the present step of the journey.
    taken: Vec<(usize, Way)>,
}

impl<'a> Search<'a> {
    fn new(plan: &'a Plan) -> Self {
        Self {
            plan,
            ways: Vec::new(),
            open: vec![VecDeque::new(); plan.gaps.len()],
            taken: Vec::new(),
        }
    }

    /// The first way that gets furthest, by number.
    fn furthest(&mut self, at: &[i64], kinds: &[u32]) -> Option<usize> {
        self.ways.clear();
        self.open.iter_mut().for_each(VecDeque::clear);
        let mut furthest: Option<(usize, usize)> = None;
        for (place, &kind) in kinds.iter().enumerate() {
            let role = &self.plan.roles[kind as usize];
            // One step of the journey takes one of the funnel and is never between two that it takes itself:
            // first all it can take from where ways stood before it, then what it bars, then what it opens.
            for &step in &role.takes {
                let way = self.way(step, place, at);
                self.taken.extend(way.map(|way| (step, way)));
            }
            for &step in &role.bars {
                if let Some(before) = step.checked_sub(1) {
                    self.open[before].clear();
                }
            }
            while let Some((step, way)) = self.taken.pop() {
                let number = self.open(step, way);
                if furthest.is_none_or(|(before, _)| step > before) {
                    furthest = Some((step, number));
                }
            }
        }
        furthest.map(|(_, way)| way)
    }

    /// The way to a step at a place in the journey that began last, if there is any.
    fn way(&mut self, step: usize, place: usize, at: &[i64]) -> Option<Way> {
        let Some(before) = step.checked_sub(1) else {
            return Some(Way {
                place,
                began: place,
                before: None,
            });
        };
        let elapsed = |since: usize| at[place].saturating_sub(at[since]);
        let open = &mut self.open[before];
        while open
            .front()
            .is_some_and(|&way| elapsed(self.ways[way].place) > self.plan.gaps[step])
        {
            open.pop_front();
        }
        let &before = open.front()?;
        let began = self.ways[before].began;
        (elapsed(began) <= self.plan.within).then_some(Way {
            place,
            began,
            before: Some(before),
        })
    }

    /// Adds a way to those that can go on, and returns its number.
    fn open(&mut self, step: usize, way: Way) -> usize {
        let open = &mut self.open[step];
        while open
            .back()
            .is_some_and(|&other| self.ways[other].began <= way.began)
        {
            open.pop_back();
        }
        open.push_back(self.ways.len());
        self.ways.push(way);
        self.ways.len() - 1
    }

    fn places_back_from(&self, way: usize) -> impl Iterator<Item = u32> + '_ {
        let before = |way: &Way| way.before.map(|before| self.ways[before]);
        std::iter::successors(Some(self.ways[way]), before).map(|way| way.place as u32)
    }
}
