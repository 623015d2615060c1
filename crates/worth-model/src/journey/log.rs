//! The log: all steps of all journeys, sorted once, in compact columns.
//!
//! Steps are put to their journeys by counting (a counting sort), then every journey is sorted by itself, in
//! parallel. Ten million steps take 400 MB while they are sorted and 140 MB after that.

use std::ops::Range;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::columns::check_length;
use crate::error::Error;
use crate::parallel::each;

/// Steps per block of journeys that are worked on together: fixed, so that sums do not depend on the
/// number of threads.
const BLOCK: usize = 1 << 16;

/// One step of one journey as it was read, in any order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// When, in microseconds since any time that is the same for all.
    pub at: i64,
    /// Number of the journey, counted from 0: the person, or the order, or whatever goes through steps.
    pub journey: u32,
    /// Number of what happened, counted from 0. Where nothing else says which of two steps came first, the
    /// lower number does: number kinds in an order that does not depend on that of the rows.
    pub kind: u32,
    /// Orders steps of the same instant; 0 when nothing does.
    pub sequence: u32,
}

/// All steps, journey after journey, each in the order of time, then `sequence`, then kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// Where the steps of each journey begin, and where those of the last one end.
    offsets: Vec<usize>,
    at: Vec<i64>,
    kind: Vec<u32>,
    behind: Vec<Behind>,
    /// For each journey the one it is a part of.
    origin: Vec<u32>,
    origins: usize,
    kinds: usize,
}

/// What puts a step behind the one before it, the strongest last. The first step of a journey is there by
/// its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Behind {
    Kind,
    Sequence,
    Time,
}

/// Steps at the same instant as the one before them in their journey, by what ordered the two.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ties {
    /// Ordered by `sequence`.
    pub by_sequence: u64,
    /// Of another kind, ordered by nothing but that: the truth may be the other way round.
    pub by_kind: u64,
    /// Of the same kind, ordered by nothing: it makes no difference.
    pub alike: u64,
    /// Journeys with steps that nothing but the kind ordered.
    pub journeys_by_kind: u64,
}

impl Log {
    /// Sorts steps into journeys. `journeys` and `kinds`: how many numbers there are of each; a journey may
    /// have no step, a kind may never happen.
    ///
    /// # Errors
    ///
    /// [`Error::Row`] for an event whose journey or kind is not below the number of them.
    pub fn of(events: Vec<Event>, journeys: usize, kinds: usize) -> Result<Self, Error> {
        let offsets = offsets(&events, journeys, kinds)?;
        let mut steps = by_journey(&events, &offsets);
        drop(events);
        sort_each(&mut steps, &offsets);
        let mut log = Self {
            at: steps.iter().map(|step| step.at).collect(),
            kind: steps.iter().map(|step| step.kind).collect(),
            behind: vec![Behind::Time; steps.len()],
            origin: (0..journeys as u32).collect(),
            origins: journeys,
            kinds,
            offsets,
        };
        for journey in 0..journeys {
            for step in log.range(journey).skip(1) {
                log.behind[step] = steps[step].behind(&steps[step - 1]);
            }
        }
        Ok(log)
    }

    /// Journeys, those without a step as well.
    #[must_use]
    pub fn journeys(&self) -> usize {
        self.origin.len()
    }

    /// Kinds of steps, those that never happen as well.
    #[must_use]
    pub fn kinds(&self) -> usize {
        self.kinds
    }

    /// Steps of all journeys together.
    #[must_use]
    pub fn events(&self) -> usize {
        self.kind.len()
    }

    /// Journeys there were before [`Self::split`], those without a step as well.
    #[must_use]
    pub fn origins(&self) -> usize {
        self.origins
    }

    /// The journey that this one is a part of, as it was numbered before [`Self::split`].
    #[must_use]
    pub fn origin(&self, journey: usize) -> usize {
        self.origin[journey] as usize
    }

    /// When the steps of a journey happened, in microseconds, and of what kind they are.
    #[must_use]
    pub fn steps(&self, journey: usize) -> (&[i64], &[u32]) {
        let range = self.range(journey);
        (&self.at[range.clone()], &self.kind[range])
    }

    /// Whether the place of each step of a journey within it is in doubt: at the same instant there are steps of
    /// other kinds, and `sequence` does not say which came first.
    pub(super) fn in_doubt(&self, journey: usize) -> impl Iterator<Item = bool> + '_ {
        self.runs(self.range(journey)).flat_map(|run| {
            let is_in_doubt = self.kind[run.start] != self.kind[run.end - 1];
            run.map(move |_| is_in_doubt)
        })
    }

    /// Counts steps at the same instant.
    #[must_use]
    pub fn ties(&self) -> Ties {
        let of_block = self.each_block(|journeys| {
            let mut ties = Ties::default();
            for journey in journeys {
                let by_kind_before = ties.by_kind;
                for step in self.range(journey).skip(1) {
                    ties.count(self, step);
                }
                ties.journeys_by_kind += u64::from(ties.by_kind > by_kind_before);
            }
            ties
        });
        of_block.into_iter().fold(Ties::default(), Ties::plus)
    }

    /// The same steps in shorter journeys: where nothing happens for longer than `gap` microseconds (0 or more),
    /// a new journey begins. Journeys without a step are left out.
    #[must_use]
    pub fn split(&self, gap: i64) -> Self {
        let (mut offsets, mut origin) = (vec![0], Vec::new());
        for journey in 0..self.journeys() {
            let range = self.range(journey);
            for next in range.clone().map(|step| step + 1) {
                let ends = next == range.end
                    || self.at[next].saturating_sub(self.at[next - 1]) > gap.max(0);
                if ends {
                    offsets.push(next);
                    origin.push(self.origin[journey]);
                }
            }
        }
        Self {
            offsets,
            origin,
            ..self.clone()
        }
    }

    /// The same journeys with other kinds of steps, fewer as a rule: `labels` has the new kind for each one
    /// there is, or none when its steps are to be left out. Journeys keep their numbers, though they may
    /// have no step left.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] unless there is a label for each kind, [`Error::Row`] for one that is not below
    /// `kinds`.
    pub fn relabelled(&self, labels: &[Option<u32>], kinds: usize) -> Result<Self, Error> {
        check_length("labels", labels.len(), self.kinds)?;
        let is_wrong = |label: &Option<u32>| label.is_some_and(|label| label as usize >= kinds);
        if let Some(row) = labels.iter().position(is_wrong) {
            return Err(out_of_range("labels", row, labels[row].unwrap_or_default()));
        }
        let mut log = self.rebuilt(kinds, |step, _| labels[self.kind[step] as usize]);
        log.order_by_kind();
        Ok(log)
    }

    /// The same journeys with those steps only that `keeps` says, by the journey before [`Self::split`] and when they
    /// happened. Journeys keep their numbers, though they may have no step left.
    #[must_use]
    pub fn only(&self, keeps: impl Fn(usize, i64) -> bool) -> Self {
        self.rebuilt(self.kinds, |step, journey| {
            keeps(self.origin(journey), self.at[step]).then_some(self.kind[step])
        })
    }

    /// The same journeys of other steps: `label` has the new kind of each, by its place and its journey, or none when
    /// it is to be left out.
    fn rebuilt(&self, kinds: usize, label: impl Fn(usize, usize) -> Option<u32>) -> Self {
        let mut log = Self {
            offsets: vec![0],
            at: Vec::with_capacity(self.events()),
            kind: Vec::with_capacity(self.events()),
            behind: Vec::with_capacity(self.events()),
            origin: self.origin.clone(),
            origins: self.origins,
            kinds,
        };
        for journey in 0..self.journeys() {
            let mut behind = Behind::Time;
            for step in self.range(journey) {
                behind = behind.max(self.behind[step]);
                if let Some(label) = label(step, journey) {
                    log.at.push(self.at[step]);
                    log.kind.push(label);
                    log.behind.push(behind);
                    behind = Behind::Kind;
                }
            }
            log.offsets.push(log.kind.len());
        }
        log
    }

    /// Orders what nothing but the kind orders, after kinds have changed.
    fn order_by_kind(&mut self) {
        let mut start = 0;
        for end in 1..=self.events() {
            if end == self.events() || self.behind[end] != Behind::Kind {
                self.kind[start..end].sort_unstable();
                start = end;
            }
        }
    }

    fn range(&self, journey: usize) -> Range<usize> {
        self.offsets[journey]..self.offsets[journey + 1]
    }

    /// Parts of a range of steps of one journey in each of which nothing but the kind orders steps: one step,
    /// mostly.
    fn runs(&self, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut start = range.start;
        std::iter::from_fn(move || {
            if start == range.end {
                return None;
            }
            let is_next = |&step: &usize| self.behind[step] != Behind::Kind;
            let end = (start + 1..range.end).find(is_next).unwrap_or(range.end);
            let run = start..end;
            start = end;
            Some(run)
        })
    }

    /// Calls `work` on blocks of journeys in parallel and returns the results in order. All parts of one
    /// journey before [`Self::split`] are in one block.
    pub(super) fn each_block<T: Send>(
        &self,
        work: impl Fn(Range<usize>) -> T + Sync + Send,
    ) -> Vec<T> {
        let mut blocks = Vec::new();
        let mut start = 0;
        for end in 1..=self.journeys() {
            let is_last = end == self.journeys();
            let is_full = self.offsets[end] - self.offsets[start] >= BLOCK;
            if is_last || is_full && self.origin[end] != self.origin[end - 1] {
                blocks.push(start..end);
                start = end;
            }
        }
        each(&blocks, self.events(), |journeys| work(journeys.clone()))
    }
}

impl Ties {
    fn count(&mut self, log: &Log, step: usize) {
        let is_alike = log.kind[step] == log.kind[step - 1];
        match log.behind[step] {
            Behind::Kind if is_alike => self.alike += 1,
            Behind::Kind => self.by_kind += 1,
            Behind::Sequence => self.by_sequence += 1,
            Behind::Time => (),
        }
    }

    fn plus(self, more: Self) -> Self {
        Self {
            by_sequence: self.by_sequence + more.by_sequence,
            by_kind: self.by_kind + more.by_kind,
            alike: self.alike + more.alike,
            journeys_by_kind: self.journeys_by_kind + more.journeys_by_kind,
        }
    }
}

/// A step within its journey: what it is sorted by, in this order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Step {
    at: i64,
    sequence: u32,
    kind: u32,
}

impl Step {
    fn behind(&self, before: &Self) -> Behind {
        if self.at != before.at {
            Behind::Time
        } else if self.sequence != before.sequence {
            Behind::Sequence
        } else {
            Behind::Kind
        }
    }
}

/// Where the steps of each journey begin once they stand together.
fn offsets(events: &[Event], journeys: usize, kinds: usize) -> Result<Vec<usize>, Error> {
    let mut offsets = vec![0; journeys + 1];
    for (row, event) in events.iter().enumerate() {
        if event.kind as usize >= kinds {
            return Err(out_of_range("kind", row, event.kind));
        }
        match offsets.get_mut(event.journey as usize + 1) {
            Some(steps) => *steps += 1,
            None => return Err(out_of_range("journey", row, event.journey)),
        }
    }
    let mut sum = 0;
    for offset in &mut offsets {
        sum += *offset;
        *offset = sum;
    }
    Ok(offsets)
}

fn by_journey(events: &[Event], offsets: &[usize]) -> Vec<Step> {
    let mut next = offsets.to_vec();
    let mut steps = vec![Step::default(); events.len()];
    for event in events {
        let place = &mut next[event.journey as usize];
        steps[*place] = Step {
            at: event.at,
            sequence: event.sequence,
            kind: event.kind,
        };
        *place += 1;
    }
    steps
}

fn sort_each(steps: &mut [Step], offsets: &[usize]) {
    let mut journeys = Vec::new();
    let mut rest = steps;
    for range in offsets.windows(2) {
        let (steps, others) = rest.split_at_mut(range[1] - range[0]);
        rest = others;
        if !steps.is_sorted() {
            journeys.push(steps);
        }
    }
    journeys
        .into_par_iter()
        .for_each(|steps| steps.sort_unstable());
}

fn out_of_range(field: &'static str, row: usize, value: u32) -> Error {
    Error::Row {
        field,
        row,
        value: f64::from(value),
        expected: "expected less than the number of them",
    }
}
