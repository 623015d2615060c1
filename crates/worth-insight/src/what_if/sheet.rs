//! What to show of changes: what would bring most, what each would bring, and at what cost.

mod tables;

use std::cmp::Ordering;

use worth_model::Estimate;
use worth_model::link::NoiseOrigin;

use super::answer::{Change, Effect, ExchangeFrom, FromPrices, LinkTold, Scenario, WhatIfAnswer};
use crate::answers::{completing_table, dimension_label};
use crate::question::{Present, Provenance};
use crate::sheet::{Block, Figure, Headline, NoteKind, Sheet, Tone, positive, side};
use crate::teller;
use crate::value_link::{no_link, note_unknown};
use crate::words::{Unit, Words};

/// Shares of people are told in percentages, to the tenth.
const SHARE: Unit = Unit::Share { decimals: 1 };
const RATIO: Unit = Unit::Number { decimals: 2 };
const POINTS: Unit = Unit::Number { decimals: 2 };

impl Present for WhatIfAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("what-if-title"));
        sheet.nothing_to_tell = self.scenarios.is_empty();
        sheet.headlines = vec![teller.headline()];
        if !self.scenarios.is_empty() {
            sheet.push(Block::Table(teller.brought()));
            teller.in_money(&mut sheet);
            teller.same_value(&mut sheet);
            teller.market(&mut sheet);
            teller.notes(&mut sheet);
        }
        if !self.completing.is_empty() {
            sheet.push(Block::Table(completing_table(&self.completing, words)));
        }
        sheet
    }
}

type Teller<'a> = teller::Teller<'a, WhatIfAnswer>;

impl Teller<'_> {
    /// "What would help most?"
    fn headline(&self) -> Headline {
        let (says, tone) = self.says();
        Headline {
            asks: self.say("what-if-asks"),
            says,
            tone,
            figures: self.figures(),
        }
    }

    fn says(&self) -> (String, Tone) {
        let by = self.answer.compared_by;
        let of_competitor = self.of_competitor();
        let brand = [
            ("brand", self.answer.brand.as_str().into()),
            ("own", self.answer.own_brand.name.as_str().into()),
            ("days", u64::from(self.answer.days).into()),
        ];
        let Some(first) = self.answer.scenarios.first() else {
            return (self.tell("what-if-says-nobody", &brand), Tone::Plain);
        };
        let changes = self.changes(first);
        let change = first.effect(by);
        let Some(change) = change else {
            let told = [&brand[..], &[("changes", changes.into())]].concat();
            return (self.tell("what-if-says-unknown", &told), Tone::Plain);
        };
        let effect = match by {
            Effect::BuysAgain | Effect::Share => self.in_points(&positive(&change)),
            Effect::Intention | Effect::Value => self.words.estimate(&change, &POINTS),
        };
        let direction = if change.value < 0.0 { "fewer" } else { "more" };
        let told = [
            &brand[..],
            &[
                ("changes", changes.into()),
                ("effect", effect.into()),
                ("direction", direction.into()),
            ],
        ]
        .concat();
        let side = match self.answer.first_is_sure {
            true => change.value.total_cmp(&0.0),
            false => Ordering::Equal,
        };
        let (id, tone) = match side {
            Ordering::Equal => ("what-if-says-cannot-tell", Tone::Plain),
            Ordering::Greater if of_competitor => ("what-if-says-other", Tone::Good),
            Ordering::Less if of_competitor => ("what-if-says-other", Tone::Bad),
            Ordering::Greater => ("what-if-says-best", Tone::Good),
            Ordering::Less => ("what-if-says-best", Tone::Bad),
        };
        let mut says = vec![self.tell(&format!("{id}-{}", by.name()), &told)];
        says.extend(self.as_good_as(first, change));
        (says.join(" "), tone)
    }

    /// Which of the others cannot be told apart from the best.
    fn as_good_as(&self, first: &Scenario, best: Estimate) -> Option<String> {
        let (low, high) = best.ends()?;
        let is_as_good = |scenario: &&Scenario| {
            let other = scenario.effect(self.answer.compared_by);
            other.is_some_and(|other| (low..=high).contains(&other.value))
        };
        let others = self.answer.scenarios.iter().filter(|other| *other != first);
        let others: Vec<String> = (others.filter(is_as_good))
            .map(|scenario| self.changes(scenario))
            .collect();
        let told = [("changes", self.words.list(&others).into())];
        (!others.is_empty()).then(|| self.tell("what-if-says-as-good", &told))
    }

    fn of_competitor(&self) -> bool {
        self.answer.brand != self.answer.own_brand.name
    }

    /// A change of a share in points of a hundred.
    fn in_points(&self, change: &Estimate) -> String {
        self.words
            .estimate(&change.scaled(100.0), &Unit::Number { decimals: 1 })
    }

    fn figures(&self) -> Vec<Figure> {
        let Some(first) = self.answer.scenarios.first() else {
            return Vec::new();
        };
        let wanted = [
            (
                "what-if-value",
                first.effect(Effect::Value),
                Unit::PointsMore,
            ),
            ("what-if-share", first.effect(Effect::Share), SHARE),
            self.again(first),
        ];
        let told = wanted.into_iter().filter_map(|(id, change, unit)| {
            let change = change?;
            let reading = self.say(&format!("{id}-reading"));
            let figure = Figure::new(self.say(id), &change, &unit, reading, self.words);
            Some(figure.with_tone(Tone::of(&change, 0.0)))
        });
        told.collect()
    }

    /// Buying again: what customers did where that can be told, else what they say they would do.
    fn again(&self, scenario: &Scenario) -> (&'static str, Option<Estimate>, Unit) {
        match self.is_observed() {
            true => (
                "what-if-buys-again",
                scenario.effect(Effect::BuysAgain),
                SHARE,
            ),
            false => (
                "what-if-intention",
                scenario.effect(Effect::Intention),
                Unit::PointsMore,
            ),
        }
    }

    fn is_observed(&self) -> bool {
        self.answer.buys_again.people.is_some()
    }

    /// "convenience a point more", "price 5 % lower": what changes, in words.
    fn changes(&self, scenario: &Scenario) -> String {
        let changes = scenario.changes.iter().map(|change| self.change(change));
        self.words.list(&changes.collect::<Vec<_>>())
    }

    fn change(&self, change: &Change) -> String {
        let name = dimension_label(&change.name, self.words);
        let (id, size) = match (change.percent, change.points) {
            (Some(percent), _) => (
                if percent < 0.0 {
                    "what-if-percent-less"
                } else {
                    "what-if-percent-more"
                },
                self.words
                    .percent(percent.abs() / 100.0, usize::from(percent.fract() != 0.0)),
            ),
            (None, points) => {
                let points = points.unwrap_or_default();
                let decimals = 2 * usize::from(points.fract() != 0.0);
                (
                    if points < 0.0 {
                        "what-if-points-less"
                    } else {
                        "what-if-points-more"
                    },
                    self.words.number(points.abs(), decimals),
                )
            }
        };
        self.tell(id, &[("name", name.into()), ("size", size.into())])
    }

    fn notes(&self, sheet: &mut Sheet) {
        let answer = self.answer;
        let days = [("days", u64::from(answer.days).into())];
        let mut missing = |text: String| sheet.note(NoteKind::Missing, text);
        if let Some(why) = &answer.choice.cannot {
            let why = no_link(why, self.words);
            missing(self.tell("what-if-note-no-choice", &[("why", why.into())]));
        } else if answer.choice.by.is_none() {
            missing(self.say("what-if-note-not-rated"));
        }
        if self.of_competitor() {
            missing(self.say("what-if-note-other-brand"));
        } else {
            for (link, id) in [
                (&answer.buys_again, "what-if-note-not-observed"),
                (&answer.intention, "what-if-note-not-asked"),
            ] {
                if link.people.is_none() {
                    missing(self.tell(id, &[("why", self.why(link).into())]));
                }
            }
            if let Some(cannot) = self.cannot_tell() {
                missing(cannot);
            }
        }
        self.price_notes(sheet);
        if self.is_observed() {
            sheet.note(NoteKind::Reading, self.tell("what-if-note-observed", &days));
        }
        if answer.intention.people.is_some() {
            sheet.note(NoteKind::Uncertain, self.say("what-if-note-intention"));
        }
        if answer
            .scenarios
            .iter()
            .any(|scenario| scenario.customer_equity.is_some())
        {
            sheet.note(NoteKind::Uncertain, self.tell("what-if-note-equity", &days));
        }
        if answer.choice.people.is_some() {
            sheet.note(NoteKind::Uncertain, self.say("what-if-note-choice"));
        }
        sheet.note(NoteKind::Uncertain, self.say("what-if-note-not-cause"));
        if answer.noise == Some(NoiseOrigin::ScaleStep) {
            sheet.note(NoteKind::Uncertain, self.say("what-if-note-scale-step"));
        }
        answer.own_brand.note(self.words, sheet);
        answer.survey.note(self.words, sheet);
        if !answer.filters_without_effect.is_empty() {
            sheet.note(NoteKind::Uncertain, self.say("answers-note-filters"));
        }
        note_unknown(
            answer.not_customers,
            answer.days_not_over,
            answer.days,
            self.words,
            sheet,
        );
        for left_out in &self.provenance.left_out {
            sheet.note(NoteKind::LeftOut, self.words.left_out(left_out));
        }
    }

    /// What would have been seen, of changes whose effect on buying again is not.
    fn cannot_tell(&self) -> Option<String> {
        let unseen = self.answer.scenarios.iter().filter_map(|scenario| {
            let brought = scenario.buys_again?;
            let is_unseen = side(&brought.change, 0.0) == Ordering::Equal;
            let smallest = self.words.number(100.0 * brought.smallest?, 1);
            is_unseen.then(|| {
                let told = [
                    ("changes", self.changes(scenario).into()),
                    ("smallest", smallest.into()),
                ];
                self.tell("what-if-unseen", &told)
            })
        });
        let unseen: Vec<String> = unseen.collect();
        let told = [("unseen", self.words.list(&unseen).into())];
        (!unseen.is_empty()).then(|| self.tell("what-if-note-unseen", &told))
    }

    /// What a percentage of price is worth.
    fn price_notes(&self, sheet: &mut Sheet) {
        let price = &self.answer.price;
        match price.exchange {
            Some(exchange) => {
                let id = match exchange.from {
                    ExchangeFrom::Asked => "what-if-note-exchange-asked",
                    ExchangeFrom::Settings => "what-if-note-exchange-settings",
                    ExchangeFrom::Prices => "what-if-note-exchange-prices",
                };
                let unit = Unit::Number { decimals: 3 };
                let points = self.words.estimate(&exchange.points_per_percent, &unit);
                sheet.note(
                    NoteKind::Reading,
                    self.tell(id, &[("points", points.into())]),
                );
            }
            None => {
                let why = price
                    .from_prices
                    .map_or_else(String::new, |from| self.no_exchange(&from));
                let told = [("why", why.into())];
                sheet.note(
                    NoteKind::Missing,
                    self.tell("what-if-note-no-exchange", &told),
                );
            }
        }
        if let Some(revenue) = price.yearly_revenue {
            let one = self
                .words
                .money_short(revenue / 100.0, &self.provenance.currency);
            sheet.note(
                NoteKind::Reading,
                self.tell("what-if-note-percent", &[("money", one.into())]),
            );
        }
    }

    /// Why prices do not tell what a percentage is worth.
    fn no_exchange(&self, from: &FromPrices) -> String {
        if let Some(why) = &from.cannot {
            let why = no_link(why, self.words);
            return self.tell("what-if-exchange-cannot", &[("why", why.into())]);
        }
        match &from.points_per_percent {
            Some(points) => {
                let points = self.words.estimate(points, &Unit::Number { decimals: 3 });
                self.tell("what-if-exchange-unsure", &[("points", points.into())])
            }
            None => self.say("what-if-exchange-nothing"),
        }
    }

    fn why(&self, link: &LinkTold) -> String {
        match &link.cannot {
            Some(why) => no_link(why, self.words),
            None => self.say("value-link-not-known"),
        }
    }
}
