//! Whole ways from the first step to the last, the most common first.

use worth_model::concentration::share;
use worth_model::journey::{Log, Map};

use super::answer::{Variant, Variants};
use crate::steps::{Labelled, StepName};

/// Ways that are told.
const MOST_VARIANTS: usize = 20;
/// Steps of a way that are named: a journey of years may have thousands.
const MOST_STEPS: usize = 50;

/// The most common ways of `log`, whose map is `all`.
pub(super) fn told(log: &Log, labelled: &Labelled, all: &Map, level: f64) -> Variants {
    let journeys = all.journeys as f64;
    let mut covered = 0;
    let shown: Vec<Variant> = all
        .variants
        .iter()
        .take(MOST_VARIANTS)
        .map(|variant| {
            covered += variant.journeys;
            let (_, kinds) = log.steps(variant.journey);
            let named = kinds.iter().take(MOST_STEPS);
            let named = named.map(|&kind| StepName::of(&labelled.labels[kind as usize]));
            Variant {
                steps: named.collect(),
                length: kinds.len() as u64,
                journeys: variant.journeys,
                share: share(variant.journeys as f64, journeys, level)
                    .expect("part of a whole, and the level is in range"),
                coverage: covered as f64 / journeys,
            }
        })
        .collect();
    Variants {
        all: all.variants.len() as u64,
        shown,
        other_journeys: all.journeys - covered,
    }
}
