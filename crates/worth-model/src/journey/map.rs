//! The map: kinds of steps, transitions between them, and the ways customers go.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::log::Log;
use super::passing::Passing;
use super::tally::Tally;
use super::waiting::Waiting;
use crate::columns::{LARGEST, check_each, check_length};
use crate::error::Error;
use crate::estimate::check_level;

/// What happened in all journeys together.
///
/// Exactly: Σ `edges.times` + Σ `nodes.starts` = `events`; Σ `nodes.starts` = Σ `nodes.ends` =
/// Σ `variants.journeys` = `journeys` where variants are wanted; Σ `nodes.last.origins` = `all.origins`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Map {
    /// Steps.
    pub events: u64,
    /// Journeys with a step.
    pub journeys: u64,
    /// Those with a step, before they were split, and their values.
    pub all: Passing,
    /// Kinds of steps that happen, by number.
    pub nodes: Vec<Node>,
    /// Transitions that happen, by number of the kind they come from, then of the kind they go to.
    pub edges: Vec<Edge>,
    /// Different ways to go, the most common first, then by `journey`; empty unless they are wanted.
    pub variants: Vec<Variant>,
}

/// What a map has besides steps and transitions. Each takes about as long as they do.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct MapParts {
    /// Waiting times, with intervals at this level.
    pub waiting: Option<f64>,
    /// The ways journeys go.
    pub variants: bool,
}

impl MapParts {
    /// Everything, with intervals at this level.
    #[must_use]
    pub fn all(level: f64) -> Self {
        Self {
            waiting: Some(level),
            variants: true,
        }
    }
}

/// One kind of steps.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Node {
    /// Its number.
    pub kind: u32,
    /// Steps of this kind.
    pub events: u64,
    /// Journeys with such a step.
    pub journeys: u64,
    /// Journeys with more than one: rework.
    pub repeating: u64,
    /// Steps that come back to this kind after another one. Together with those that follow one of their own
    /// kind they are all [`Self::repeats`].
    pub returns: u64,
    /// Journeys that begin with it.
    pub starts: u64,
    /// Journeys that end with it.
    pub ends: u64,
    /// Journeys before they were split that have such a step, and their values.
    pub through: Passing,
    /// Those whose last step of all it is: who was not seen again.
    pub last: Passing,
}

/// One transition: a step and the one right after it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Edge {
    /// Kind of the first step.
    pub from: u32,
    /// Kind of the second step.
    pub to: u32,
    /// How often it happens.
    pub times: u64,
    /// Journeys in which it happens.
    pub journeys: u64,
    /// Times that both steps had the same instant.
    pub tied: u64,
    /// Times that it may have been another transition: one of the steps has others of its instant beside it, and
    /// nothing but the number of the kind orders them.
    pub in_doubt: u64,
    /// From one step to the other; nothing unless it is wanted.
    pub waiting: Option<Waiting>,
    /// Journeys before they were split in which it happens, and their values.
    pub through: Passing,
    /// Those whose last journey ends with it: who was not seen again after it.
    pub last: Passing,
}

/// One way to go: kinds of steps in order, from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Variant {
    /// The first journey that goes this way: [`Log::steps`] has its kinds.
    pub journey: usize,
    /// How many go this way.
    pub journeys: u64,
}

impl Node {
    /// Steps beyond the first of their journey.
    #[must_use]
    pub fn repeats(&self) -> u64 {
        self.events - self.journeys
    }
}

impl Map {
    /// A kind of steps, if it happens.
    #[must_use]
    pub fn node(&self, kind: u32) -> Option<&Node> {
        let place = self.nodes.binary_search_by_key(&kind, |node| node.kind);
        Some(&self.nodes[place.ok()?])
    }

    /// A transition, if it happens.
    #[must_use]
    pub fn edge(&self, from: u32, to: u32) -> Option<&Edge> {
        let place = (self.edges).binary_search_by_key(&(from, to), |edge| (edge.from, edge.to));
        Some(&self.edges[place.ok()?])
    }

    /// Transitions from a kind of steps.
    #[must_use]
    pub fn from(&self, kind: u32) -> &[Edge] {
        let start = self.edges.partition_point(|edge| edge.from < kind);
        let end = self.edges.partition_point(|edge| edge.from <= kind);
        &self.edges[start..end]
    }
}

/// Counts everything of the map in one pass.
///
/// `values`: what each journey is worth, before they were split, in any unit.
///
/// # Errors
///
/// [`Error::Length`] unless there is a value for each, [`Error::Row`] for one that is no number or too large,
/// [`Error::Setting`] when that of waiting times is no level.
pub fn map(log: &Log, values: Option<&[f64]>, parts: MapParts) -> Result<Map, Error> {
    if let Some(level) = parts.waiting {
        check_level(level)?;
    }
    if let Some(values) = values {
        check_length("values", values.len(), log.origins())?;
        check_each(
            "values",
            values,
            "expected a number within 1e100 of 0",
            |value| value.abs() <= LARGEST,
        )?;
    }
    Ok(Tally::of(log, values, parts).map(parts.waiting))
}
