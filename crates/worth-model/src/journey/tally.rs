//! The pass of the map: blocks of journeys counted each by itself, then put together in their order.

use std::ops::Range;

use hashbrown::HashMap;
use rayon::prelude::*;

use super::log::Log;
use super::map::{Edge, Map, MapParts, Node, Variant};
use super::passing::Passing;
use super::waiting::{Waits, seconds};

/// Everything of the map, while it is counted.
#[derive(Default)]
pub(super) struct Tally<'a> {
    journeys: u64,
    all: Passing,
    nodes: HashMap<u32, NodeTally>,
    edges: HashMap<(u32, u32), EdgeTally>,
    /// By the kinds of their steps: whatever their hashes, only equal ways are counted together.
    variants: HashMap<&'a [u32], Variant>,
}

#[derive(Default)]
struct NodeTally {
    visits: Visits,
    events: u64,
    starts: u64,
    ends: u64,
    repeating: Once,
    repeating_journeys: u64,
}

#[derive(Default)]
struct EdgeTally {
    visits: Visits,
    tied: u64,
    in_doubt: u64,
    times: u64,
    waits: Waits,
}

/// Who comes by a node or an edge, counted once however often they do.
#[derive(Default)]
struct Visits {
    journeys: u64,
    through: Passing,
    last: Passing,
    journey: Once,
    origin: Once,
}

/// Tells a number from the one before it: what is counted in one journey after the other is counted once.
#[derive(Default)]
struct Once(Option<usize>);

/// Whose steps are counted.
#[derive(Clone, Copy)]
struct Visitor {
    journey: usize,
    origin: usize,
    value: f64,
}

impl<'a> Tally<'a> {
    /// Counts all journeys.
    pub(super) fn of(log: &'a Log, values: Option<&[f64]>, parts: MapParts) -> Self {
        let blocks = log.each_block(|journeys| Self::of_block(log, journeys, values, parts));
        blocks.into_iter().fold(Self::default(), Self::plus)
    }

    fn of_block(
        log: &'a Log,
        journeys: Range<usize>,
        values: Option<&[f64]>,
        parts: MapParts,
    ) -> Self {
        let mut tally = Self::default();
        // Only when the next one comes is it known which journey was the last of a customer.
        let mut latest: Option<(Visitor, &[u32])> = None;
        for journey in journeys {
            let (_, kinds) = log.steps(journey);
            if kinds.is_empty() {
                continue;
            }
            let origin = log.origin(journey);
            let visitor = Visitor {
                journey,
                origin,
                value: values.map_or(0.0, |values| values[origin]),
            };
            tally.travel(log, &visitor, parts);
            match latest.replace((visitor, kinds)) {
                Some((before, kinds)) if before.origin != origin => tally.leave(&before, kinds),
                _ => (),
            }
        }
        if let Some((visitor, kinds)) = latest {
            tally.leave(&visitor, kinds);
        }
        tally
    }

    /// One journey from its first to its last step.
    fn travel(&mut self, log: &'a Log, visitor: &Visitor, parts: MapParts) {
        let (at, kinds) = log.steps(visitor.journey);
        let mut was_in_doubt = false;
        for (step, is_in_doubt) in log.in_doubt(visitor.journey).enumerate() {
            let kind = kinds[step];
            let node = self.nodes.entry(kind).or_default();
            node.count(visitor);
            node.starts += u64::from(step == 0);
            node.ends += u64::from(step + 1 == kinds.len());
            if step > 0 {
                let edge = self.edges.entry((kinds[step - 1], kind)).or_default();
                edge.visits.count(visitor);
                edge.times += 1;
                if parts.waiting.is_some() {
                    let waited = seconds(at[step - 1], at[step]);
                    edge.waits.push(visitor.origin, waited);
                }
                edge.tied += u64::from(at[step - 1] == at[step]);
                edge.in_doubt += u64::from(was_in_doubt || is_in_doubt);
            }
            was_in_doubt = is_in_doubt;
        }
        self.journeys += 1;
        if !parts.variants {
            return;
        }
        let way = self.variants.entry(kinds).or_insert(Variant {
            journey: visitor.journey,
            journeys: 0,
        });
        way.journeys += 1;
    }

    /// The last journey of a customer.
    fn leave(&mut self, visitor: &Visitor, kinds: &[u32]) {
        self.all.add(visitor.value);
        if let [.., last] = kinds {
            let node = self.nodes.entry(*last).or_default();
            node.visits.last.add(visitor.value);
        }
        if let [.., from, to] = kinds {
            let edge = self.edges.entry((*from, *to)).or_default();
            edge.visits.last.add(visitor.value);
        }
    }

    fn plus(mut self, more: Self) -> Self {
        self.journeys += more.journeys;
        self.all.absorb(&more.all);
        for (kind, node) in more.nodes {
            self.nodes.entry(kind).or_default().absorb(&node);
        }
        for (ends, edge) in more.edges {
            self.edges.entry(ends).or_default().absorb(edge);
        }
        for (kinds, variant) in more.variants {
            let way = self.variants.entry(kinds).or_insert(Variant {
                journeys: 0,
                ..variant
            });
            way.journeys += variant.journeys;
        }
        self
    }

    /// What was counted, in order. `level`: of waiting times.
    pub(super) fn map(self, level: Option<f64>) -> Map {
        let mut edges: Vec<_> = self.edges.into_iter().collect();
        edges.sort_unstable_by_key(|&(ends, _)| ends);
        let edges: Vec<Edge> = (edges.into_par_iter())
            .map(|(ends, edge)| edge.edge(ends, level))
            .collect();
        let mut nodes: Vec<Node> = (self.nodes.iter())
            .map(|(&kind, node)| node.node(kind))
            .collect();
        nodes.sort_unstable_by_key(|node| node.kind);
        let mut variants: Vec<Variant> = self.variants.into_values().collect();
        variants.par_sort_unstable_by_key(|way| (std::cmp::Reverse(way.journeys), way.journey));
        let mut map = Map {
            events: nodes.iter().map(|node| node.events).sum(),
            journeys: self.journeys,
            all: self.all,
            nodes: Vec::new(),
            edges,
            variants,
        };
        for node in &mut nodes {
            // A step beyond the first of its journey either follows one of its own kind or comes back.
            let straight = map.edge(node.kind, node.kind).map_or(0, |edge| edge.times);
            node.returns = node.repeats() - straight;
        }
        map.nodes = nodes;
        map
    }
}

impl NodeTally {
    fn count(&mut self, visitor: &Visitor) {
        self.events += 1;
        let is_repeat = !self.visits.count(visitor);
        if is_repeat && self.repeating.is_new(visitor.journey) {
            self.repeating_journeys += 1;
        }
    }

    fn absorb(&mut self, more: &Self) {
        self.visits.absorb(&more.visits);
        self.events += more.events;
        self.starts += more.starts;
        self.ends += more.ends;
        self.repeating_journeys += more.repeating_journeys;
    }

    /// All but the returns, which transitions tell.
    fn node(&self, kind: u32) -> Node {
        Node {
            kind,
            events: self.events,
            journeys: self.visits.journeys,
            repeating: self.repeating_journeys,
            returns: 0,
            starts: self.starts,
            ends: self.ends,
            through: self.visits.through,
            last: self.visits.last,
        }
    }
}

impl EdgeTally {
    fn absorb(&mut self, more: Self) {
        self.visits.absorb(&more.visits);
        self.times += more.times;
        self.tied += more.tied;
        self.in_doubt += more.in_doubt;
        self.waits.append(more.waits);
    }

    fn edge(&self, (from, to): (u32, u32), level: Option<f64>) -> Edge {
        Edge {
            from,
            to,
            times: self.times,
            journeys: self.visits.journeys,
            tied: self.tied,
            in_doubt: self.in_doubt,
            waiting: level.and_then(|level| self.waits.waiting(level)),
            through: self.visits.through,
            last: self.visits.last,
        }
    }
}

impl Visits {
    /// Whether the journey comes by for the first time.
    fn count(&mut self, visitor: &Visitor) -> bool {
        if self.origin.is_new(visitor.origin) {
            self.through.add(visitor.value);
        }
        let is_new = self.journey.is_new(visitor.journey);
        self.journeys += u64::from(is_new);
        is_new
    }

    fn absorb(&mut self, more: &Self) {
        self.journeys += more.journeys;
        self.through.absorb(&more.through);
        self.last.absorb(&more.last);
    }
}

impl Once {
    fn is_new(&mut self, number: usize) -> bool {
        self.0.replace(number) != Some(number)
    }
}
