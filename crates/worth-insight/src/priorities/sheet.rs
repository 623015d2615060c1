//! What to show of priorities: what comes first in a sentence, then everyone, groups and touchpoints.

use std::cmp::Ordering;

use worth_model::Estimate;
use worth_model::shrinkage::FEWEST_GROUPS;

use super::answer::{Effect, PrioritiesAnswer, Priority, What};
use crate::answers::{Kind, completing_table, dimension_label, respondents_cell};
use crate::question::{Present, Provenance};
use crate::sheet::{
    Advice, Block, Cell, Figure, Headline, NoteKind, Sheet, Table, TableColumn, Tone, side,
};
use crate::teller;
use crate::value_link::no_link;
use crate::words::{Unit, Words};

const SHARE: Unit = Unit::Share { decimals: 1 };
const POINTS: Unit = Unit::Number { decimals: 2 };
/// Groups' priorities that are shown; all of them are in the rows.
const MOST_SHOWN: usize = 12;
/// More than that nobody begins at once.
const MOST_ADVICE: usize = 3;

impl Present for PrioritiesAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("priorities-title"));
        sheet.nothing_to_tell = self.dimensions.is_empty();
        sheet.headlines = vec![teller.headline()];
        if !self.dimensions.is_empty() {
            let advice = teller.advice();
            if !advice.is_empty() {
                sheet.push(Block::Advice(advice));
            }
            let everyone = &self.dimensions;
            sheet.push(Block::Table(teller.table("priorities-everyone", everyone)));
            if !self.touchpoints.is_empty() {
                let touchpoints = &self.touchpoints;
                sheet.push(Block::Table(
                    teller.table("priorities-touchpoints", touchpoints),
                ));
            }
            if !self.groups.is_empty() {
                let shown = &self.groups[..self.groups.len().min(MOST_SHOWN)];
                sheet.push(Block::Table(teller.table("priorities-groups", shown)));
            }
            teller.notes(&mut sheet);
        }
        if !self.completing.is_empty() {
            sheet.push(Block::Table(completing_table(&self.completing, words)));
        }
        sheet
    }
}

type Teller<'a> = teller::Teller<'a, PrioritiesAnswer>;

impl Teller<'_> {
    /// "What should we improve first?"
    fn headline(&self) -> Headline {
        let (says, tone, figures) = match self.answer.dimensions.first() {
            Some(first) => {
                let (says, tone) = self.says(first);
                (says, tone, self.figures(first))
            }
            None => {
                let brand = [("brand", self.answer.own_brand.name.as_str().into())];
                (
                    self.tell("priorities-says-nobody", &brand),
                    Tone::Plain,
                    Vec::new(),
                )
            }
        };
        Headline {
            asks: self.say("priorities-asks"),
            says,
            tone,
            figures,
        }
    }

    fn says(&self, first: &Priority) -> (String, Tone) {
        let gain = first.money.or(first.effect);
        let Some(gain) = gain else {
            return (self.say("priorities-says-unknown"), Tone::Plain);
        };
        let told = [
            ("what", self.what(first).into()),
            ("gain", self.gain(first).into()),
            ("sure", self.sure(first).into()),
        ];
        let is_sure = side(&gain, 0.0) == Ordering::Greater;
        let (id, tone) = match is_sure {
            true => ("priorities-says-first", Tone::Good),
            false => ("priorities-says-cannot-tell", Tone::Plain),
        };
        let mut says = vec![self.tell(id, &told)];
        says.extend(self.by_intention().filter(|_| !is_sure));
        let worst = self.answer.touchpoints.first().filter(|touchpoint| {
            let gain = touchpoint.money.or(touchpoint.effect);
            gain.is_some_and(|gain| side(&gain, 0.0) == Ordering::Greater)
        });
        if let Some(worst) = worst {
            let told = [
                ("what", self.name(worst).into()),
                ("gain", self.gain(worst).into()),
            ];
            says.push(self.tell("priorities-says-touchpoint", &told));
        }
        (says.join(" "), tone)
    }

    /// What comes first by what people say: worth knowing while it cannot be seen in what they do.
    fn by_intention(&self) -> Option<String> {
        let first = self.answer.first_by_intention.as_ref()?;
        let told = [
            ("name", dimension_label(&first.name, self.words).into()),
            (
                "points",
                self.words.estimate(&first.intention, &POINTS).into(),
            ),
        ];
        let kind = first.name.kind.name();
        Some(self.tell(&format!("priorities-says-intention-{kind}"), &told))
    }

    fn figures(&self, first: &Priority) -> Vec<Figure> {
        let (effect, unit) = self.effect_column();
        let wanted = [
            ("priorities-value", first.value, Unit::PointsMore),
            (effect, first.effect, unit),
            ("priorities-money", first.money, self.money()),
        ];
        let told = wanted.into_iter().filter_map(|(id, gain, unit)| {
            let reading = self.reading(&format!("{id}-reading"));
            let figure = Figure::new(self.reading(id), &gain?, &unit, reading, self.words);
            Some(figure.with_tone(Tone::of(&gain?, 0.0)))
        });
        told.collect()
    }

    /// Sentences that name the days.
    fn reading(&self, id: &str) -> String {
        self.tell(id, &[("days", u64::from(self.answer.days).into())])
    }

    /// What is gained, in money where it is known.
    fn gain(&self, priority: &Priority) -> String {
        let (_, unit) = self.effect_column();
        match (priority.money, priority.effect) {
            (Some(money), _) => self.tell(
                "priorities-gain-money",
                &[("money", self.words.estimate(&money, &self.money()).into())],
            ),
            (None, Some(effect)) => self.tell(
                &format!("priorities-gain-{}", self.answer.compared_by.name()),
                &[
                    ("effect", self.words.estimate(&effect, &unit).into()),
                    ("days", u64::from(self.answer.days).into()),
                ],
            ),
            (None, None) => String::new(),
        }
    }

    fn sure(&self, priority: &Priority) -> String {
        self.words
            .percent(priority.confidence.unwrap_or_default(), 0)
    }

    /// The column of the effect: its title, and what it is counted in.
    fn effect_column(&self) -> (&'static str, Unit) {
        match self.answer.compared_by {
            Effect::BuysAgain => ("priorities-buys-again", SHARE),
            Effect::Intention => ("priorities-intention", POINTS),
            Effect::Share => ("priorities-share", SHARE),
            Effect::Value => ("priorities-value", POINTS),
        }
    }

    /// What is improved, by how much.
    fn what(&self, priority: &Priority) -> String {
        let id = match &priority.what {
            What::Dimension(name) => match name.kind {
                Kind::Benefit => "priorities-what-benefit",
                Kind::Cost => "priorities-what-cost",
            },
            What::Touchpoint(_) => "priorities-what-touchpoint",
        };
        self.tell(id, &[("name", self.name(priority).into())])
    }

    fn name(&self, priority: &Priority) -> String {
        match &priority.what {
            What::Dimension(name) => dimension_label(name, self.words),
            What::Touchpoint(touchpoint) if touchpoint.is_empty() => {
                self.say("priorities-no-touchpoint")
            }
            What::Touchpoint(touchpoint) => touchpoint.clone(),
        }
    }

    fn table(&self, id: &str, priorities: &[Priority]) -> Table {
        let (effect, effect_unit) = self.effect_column();
        let has = |of: &dyn Fn(&Priority) -> bool| priorities.iter().any(of);
        let has_group = has(&|one| one.group.is_some());
        let has_gap = has(&|one| one.gap.is_some());
        // value as the effect is a column already
        let has_effect =
            self.answer.compared_by != Effect::Value && has(&|one| one.effect.is_some());
        let has_money = has(&|one| one.money.is_some());
        let estimate = |estimate: Option<Estimate>, unit: &Unit| {
            estimate.map_or(Cell::Empty, |estimate| {
                Cell::estimate(&estimate, unit, self.words)
            })
        };
        let mut columns = vec![TableColumn::text(self.say("priorities-what"))];
        if has_group {
            columns.push(TableColumn::text(self.answer.by.told_apart(self.words)));
        }
        if has_gap {
            columns.push(TableColumn::number(self.say("priorities-gap")));
        }
        columns.push(TableColumn::number(self.say("priorities-value")));
        if has_effect {
            columns.push(TableColumn::number(self.reading(effect)));
        }
        if has_money {
            columns.push(TableColumn::number(self.say("priorities-money")));
        }
        columns.push(TableColumn::number(self.say("priorities-sure")));
        columns.push(TableColumn::number(self.say("priorities-people")));
        let row = |priority: &Priority| {
            let mut cells = vec![Cell::text(self.name(priority))];
            if has_group {
                let group = priority.group.as_deref().unwrap_or_default();
                cells.push(Cell::text(self.answer.by.told(group, self.words)));
            }
            if has_gap {
                cells.push(estimate(priority.gap, &POINTS));
            }
            cells.push(estimate(priority.value, &POINTS));
            if has_effect {
                cells.push(estimate(priority.effect, &effect_unit));
            }
            if has_money {
                cells.push(estimate(priority.money, &self.money()));
            }
            cells.push(priority.confidence.map_or(Cell::Empty, |confidence| {
                Cell::number(confidence, &Unit::Share { decimals: 0 }, self.words)
            }));
            cells.push(respondents_cell(
                priority.people,
                priority.effective,
                self.words,
            ));
            cells
        };
        Table {
            title: self.say(id),
            reading: self.say(&format!("{id}-reading")),
            columns,
            rows: priorities.iter().map(row).collect(),
        }
    }

    /// What is surely a gain, most first.
    fn advice(&self) -> Vec<Advice> {
        let is_sure = |priority: &&Priority| {
            let gain = priority.money.or(priority.effect);
            gain.is_some_and(|gain| side(&gain, 0.0) == Ordering::Greater)
        };
        let all = self
            .answer
            .dimensions
            .iter()
            .chain(&self.answer.touchpoints);
        let mut advice: Vec<Advice> = all.filter(is_sure).map(|one| self.act(one)).collect();
        let key = |advice: &Advice| advice.at_least.unwrap_or(f64::NEG_INFINITY);
        advice.sort_by(|one, other| key(other).total_cmp(&key(one)));
        advice.truncate(MOST_ADVICE);
        advice
    }

    fn act(&self, priority: &Priority) -> Advice {
        let value = priority.value.map_or_else(String::new, |value| {
            self.words.estimate(&value, &Unit::PointsMore)
        });
        let told = [
            ("name", self.name(priority).into()),
            ("sure", self.sure(priority).into()),
            ("value", value.into()),
            ("days", u64::from(self.answer.days).into()),
        ];
        let kind = match &priority.what {
            What::Dimension(name) => name.kind.name(),
            What::Touchpoint(_) => "touchpoint",
        };
        Advice {
            act: self.tell(&format!("priorities-act-{kind}"), &told),
            whom: self.say("priorities-whom"),
            evidence: self.tell(&format!("priorities-evidence-{kind}"), &told),
            money: self.gain(priority),
            at_least: priority
                .money
                .and_then(|money| money.ends())
                .map(|(low, _)| low),
            rule: self.say("priorities-rule"),
        }
    }

    fn notes(&self, sheet: &mut Sheet) {
        let answer = self.answer;
        sheet.note(NoteKind::Reading, self.reading("priorities-note-point"));
        if answer.yearly_revenue.is_some()
            && answer.dimensions.iter().any(|one| one.money.is_some())
        {
            sheet.note(NoteKind::Reading, self.reading("priorities-note-money"));
        } else {
            let why = match &answer.revenue.cannot {
                Some(why) => no_link(why, self.words),
                None => self.say("priorities-no-behaviour"),
            };
            let told = [("why", why.into())];
            sheet.note(
                NoteKind::Missing,
                self.tell("priorities-note-no-money", &told),
            );
        }
        if answer.dimensions.len() >= FEWEST_GROUPS && answer.compared_by != Effect::Value {
            sheet.note(NoteKind::Reading, self.say("priorities-note-drawn"));
        }
        if !answer.groups.is_empty() {
            sheet.note(NoteKind::Reading, self.say("priorities-note-groups"));
            let more = answer.groups.len().saturating_sub(MOST_SHOWN) as u64;
            if more > 0 {
                let told = [("count", self.words.count(more).into())];
                sheet.note(NoteKind::LeftOut, self.tell("priorities-note-more", &told));
            }
        }
        if !answer.touchpoints.is_empty() {
            sheet.note(NoteKind::Reading, self.say("priorities-note-touchpoints"));
        }
        sheet.note(NoteKind::Uncertain, self.say("priorities-note-effort"));
        sheet.note(NoteKind::Uncertain, self.say("priorities-note-not-cause"));
        answer.own_brand.note(self.words, sheet);
        answer.survey.note(self.words, sheet);
        if !answer.filters_without_effect.is_empty() {
            sheet.note(NoteKind::Uncertain, self.say("answers-note-filters"));
        }
        for left_out in &self.provenance.left_out {
            sheet.note(NoteKind::LeftOut, self.words.left_out(left_out));
        }
    }
}
