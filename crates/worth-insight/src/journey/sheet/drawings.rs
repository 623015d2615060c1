//! Two pictures: the first steps of all journeys as bands, and all transitions as arrows.

use std::collections::BTreeMap;

use super::Teller;
use crate::journey::answer::{FirstMove, Place};
use crate::sheet::{Flow, FlowForm, FlowPlace, FlowWay};
use crate::steps::StepName;
use crate::words::{Unit, Value};

/// Arrows that are drawn: more would hide each other.
const MOST_ARROWS: usize = 24;

impl Teller<'_> {
    /// Bands from each of the first steps to the next.
    pub(super) fn bands(&self) -> Flow {
        let moves = &self.answer.first_steps;
        let mut places: Vec<FlowPlace> = Vec::new();
        let mut numbers: BTreeMap<(u32, Option<&StepName>), usize> = BTreeMap::new();
        let mut amounts: Vec<_> = amounts(moves).into_iter().collect();
        amounts.sort_by(|((one, _), less), ((other, _), more)| {
            one.cmp(other).then(more.total_cmp(less))
        });
        for ((column, name), amount) in amounts {
            numbers.insert((column, name), places.len());
            let told = name.map_or_else(|| self.say("steps-end"), |name| self.name(name));
            places.push(FlowPlace {
                name: told,
                column: column as usize,
                amount,
                is_end: name.is_none(),
                about: String::new(),
            });
        }
        let way = |step: &FirstMove| FlowWay {
            from: numbers[&(step.position, Some(&step.from))],
            to: numbers[&(step.position + 1, step.to.as_ref())],
            amount: step.journeys as f64,
            about: String::new(),
        };
        Flow {
            form: FlowForm::Bands,
            title: self.say("journey-bands"),
            reading: self.say("journey-bands-reading"),
            amount: self.say("journey-journeys"),
            ways: moves.iter().map(way).collect(),
            places,
            unit: Unit::Count,
        }
    }

    /// Arrows from each step to the next, steps in the order in which they are usually met first.
    pub(super) fn arrows(&self) -> Flow {
        let mut steps: Vec<&Place> = self.answer.steps.iter().collect();
        steps.sort_by(|one, other| one.usually_after.total_cmp(&other.usually_after));
        let number = |name: &StepName| steps.iter().position(|place| place.name == *name);
        let shown = self.answer.transitions.iter().take(MOST_ARROWS);
        let ways = shown.filter_map(|edge| {
            Some(FlowWay {
                from: number(&edge.from)?,
                to: number(&edge.to)?,
                amount: edge.times as f64,
                about: self.tell("journey-arrow", &[("median", self.waiting(edge).into())]),
            })
        });
        Flow {
            form: FlowForm::Arrows,
            title: self.say("journey-arrows"),
            reading: self.say("journey-arrows-reading"),
            amount: self.say("journey-times"),
            ways: ways.collect(),
            places: steps.iter().map(|place| self.place(place)).collect(),
            unit: Unit::Count,
        }
    }

    fn place(&self, place: &Place) -> FlowPlace {
        let variables = [
            ("starts", Value::from(place.starts)),
            ("ends", place.ends.into()),
        ];
        FlowPlace {
            name: self.name(&place.name),
            column: 0,
            amount: place.steps as f64,
            is_end: false,
            about: self.tell("journey-arrow-step", &variables),
        }
    }
}

/// Journeys at each place of the bands, column by column.
fn amounts(moves: &[FirstMove]) -> BTreeMap<(u32, Option<&StepName>), f64> {
    let mut amounts: BTreeMap<(u32, Option<&StepName>), f64> = BTreeMap::new();
    for step in moves {
        *amounts
            .entry((step.position + 1, step.to.as_ref()))
            .or_default() += step.journeys as f64;
        if step.position == 1 {
            *amounts.entry((1, Some(&step.from))).or_default() += step.journeys as f64;
        }
    }
    amounts
}
