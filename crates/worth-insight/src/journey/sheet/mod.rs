//! What to show of [`JourneyAnswer`]: where customers get lost, the ways they take, what is done again.

mod drawings;
mod notes;
mod tables;

use super::answer::{JourneyAnswer, Place, Transition, WorthTold};
use crate::question::{Present, Provenance};
use crate::sheet::{Block, Figure, Headline, Sheet, Tone};
use crate::steps::{self, Grain, StepName};
use crate::teller;
use crate::why::Why;
use crate::words::{Unit, Value, Words};
use worth_model::Estimate;

/// Steps of a way that are written out in a sentence.
const MOST_NAMED: usize = 8;

impl Present for JourneyAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("journey-title"));
        // orders alone make no journey worth a chapter
        sheet.nothing_to_tell = !self.has_events();
        sheet.headlines = vec![teller.lost(), teller.ways()];
        sheet.headlines.extend(teller.again());
        if self.names_wanted {
            sheet.push(Block::Table(teller.names()));
        }
        sheet.push(Block::Figures(teller.counts()));
        sheet.push(Block::Flow(teller.bands()));
        sheet.push(Block::Table(teller.steps()));
        let first = self.steps.iter().find_map(|place| place.why.as_ref());
        steps::notes::why(first.map(Why::command), words, &mut sheet);
        sheet.blocks.extend(teller.value().map(Block::Table));
        sheet.push(Block::Flow(teller.arrows()));
        sheet.push(Block::Table(teller.transitions()));
        let first = self.transitions.iter().find_map(|edge| edge.why.as_ref());
        steps::notes::why(first.map(Why::command), words, &mut sheet);
        sheet.push(Block::Table(teller.variants()));
        let further = teller.rework().into_iter().chain(teller.satisfied());
        sheet.blocks.extend(further.map(Block::Table));
        if !self.windows.compared.is_empty() {
            sheet.push(Block::Table(teller.windows()));
        }
        teller.notes(&mut sheet);
        sheet
    }
}

pub(super) type Teller<'a> = teller::Teller<'a, JourneyAnswer>;

impl Teller<'_> {
    /// What a step is called.
    fn name(&self, name: &StepName) -> String {
        name.told(self.answer.by, self.words)
    }

    fn count(&self, count: u64) -> String {
        self.words.count(count)
    }

    fn share(&self, share: &Estimate) -> String {
        self.words.estimate(share, &Unit::Share { decimals: 1 })
    }

    /// "Where do customers get lost?"
    fn lost(&self) -> Headline {
        let answer = self.answer;
        let (says, tone) = match answer.most_broken_off() {
            Some(place) => (self.broken_off(place), Tone::Bad),
            None => (self.ended(), Tone::Plain),
        };
        let stake = self.most_at_stake();
        Headline {
            asks: self.say("journey-asks"),
            says: [Some(says), stake]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" "),
            tone,
            figures: Vec::new(),
        }
    }

    fn broken_off(&self, place: &Place) -> String {
        let share = place.outcomes.broken_off_share.as_ref();
        let variables = [
            ("step", Value::from(self.name(&place.name))),
            ("broken", self.count(place.outcomes.broken_off).into()),
            ("journeys", self.count(place.journeys).into()),
            (
                "share",
                share
                    .map(|share| self.share(share))
                    .unwrap_or_default()
                    .into(),
            ),
        ];
        self.tell("journey-says-broken-off", &variables)
    }

    fn ended(&self) -> String {
        let Some(place) = self.answer.most_ended() else {
            return String::new();
        };
        let variables = [
            ("step", Value::from(self.name(&place.name))),
            ("ends", self.count(place.ends).into()),
            ("journeys", self.count(self.answer.counts.journeys).into()),
        ];
        self.tell("journey-says-ended", &variables)
    }

    /// The step with most value at stake.
    fn most_at_stake(&self) -> Option<String> {
        let places = self.answer.steps.iter();
        let stakes = places.filter_map(|place| Some((place, place.at_stake?)));
        let (place, stake) = stakes
            .filter(|(_, stake)| stake.value > 0.0)
            .max_by(|one, other| one.1.value.total_cmp(&other.1.value))?;
        let variables = [
            ("step", Value::from(self.name(&place.name))),
            ("people", self.count(place.last_of_people).into()),
            ("stake", self.words.estimate(&stake, &self.money()).into()),
        ];
        Some(self.tell("journey-says-at-stake", &variables))
    }

    /// "Which ways do they take?"
    fn ways(&self) -> Headline {
        let answer = self.answer;
        let mut says = Vec::new();
        if let Some(variant) = answer.variants.shown.first() {
            let variables = [
                ("journeys", Value::from(self.count(answer.counts.journeys))),
                ("variants", answer.variants.all.into()),
                ("way", self.way(&variant.steps, variant.length).into()),
                ("share", self.share(&variant.share).into()),
            ];
            says.push(self.tell("journey-says-ways", &variables));
        }
        if let Some(transition) = answer.transitions.first() {
            let variables = [
                ("from", Value::from(self.name(&transition.from))),
                ("to", self.name(&transition.to).into()),
                ("times", transition.times.into()),
                ("median", self.waiting(transition).into()),
            ];
            says.push(self.tell("journey-says-transition", &variables));
        }
        Headline {
            asks: self.say("journey-asks-ways"),
            says: says.join(" "),
            tone: Tone::Plain,
            figures: Vec::new(),
        }
    }

    /// "a → b".
    fn between(&self, from: &StepName, to: &StepName) -> String {
        format!("{} → {}", self.name(from), self.name(to))
    }

    /// "What has to be done again?", if anything that fails follows itself: buying again at once is no
    /// rework.
    fn again(&self) -> Option<Headline> {
        // whoever stays at a touchpoint or in a stage need not do anything again
        if self.answer.by != Grain::Name {
            return None;
        }
        let at_once = |place: &&Place| place.repeats - place.returns;
        let places = self.answer.steps.iter();
        let place = places
            .filter(|place| at_once(place) > 0 && place.outcomes.failed > 0)
            .filter(|place| place.name != StepName::Other)
            .max_by_key(at_once)?;
        let variables = [
            ("step", Value::from(self.name(&place.name))),
            ("times", at_once(&place).into()),
            ("share", self.share(&place.repeating_share).into()),
        ];
        Some(Headline {
            asks: self.say("journey-asks-again"),
            says: self.tell("journey-says-again", &variables),
            tone: Tone::Plain,
            figures: Vec::new(),
        })
    }

    /// "a → b → c".
    fn way(&self, steps: &[StepName], length: u64) -> String {
        let mut named: Vec<String> = steps
            .iter()
            .take(MOST_NAMED)
            .map(|name| self.name(name))
            .collect();
        let more = length - named.len() as u64;
        if more > 0 {
            named.push(self.tell("journey-further-steps", &[("count", more.into())]));
        }
        named.join(" → ")
    }

    /// The median of the time between two steps.
    fn waiting(&self, transition: &Transition) -> String {
        self.words
            .in_unit(transition.waiting.median_seconds.value, &Unit::Duration)
    }

    fn counts(&self) -> Vec<Figure> {
        let counts = &self.answer.counts;
        let figure = |id: &str, count: u64| {
            let label = self.say(&format!("journey-{id}"));
            let reading = self.say(&format!("journey-{id}-reading"));
            Figure::new(
                label,
                &Estimate::counted(count as f64),
                &Unit::Count,
                reading,
                self.words,
            )
        };
        let mut figures = vec![
            figure("journeys", counts.journeys),
            figure("steps", counts.steps),
            figure("customers", counts.customers),
        ];
        if counts.visitors > 0 {
            figures.push(figure("visitors", counts.visitors));
        }
        if let WorthTold::Known {
            expected, at_stake, ..
        } = &self.answer.worth
        {
            for (id, estimate) in [("value", expected), ("at-stake", at_stake)] {
                let label = self.say(&format!("journey-{id}"));
                let reading = self.say(&format!("journey-{id}-reading"));
                let figure = Figure::new(label, estimate, &self.money(), reading, self.words);
                figures.push(figure.with_further("lifetime"));
            }
        }
        figures
    }
}
