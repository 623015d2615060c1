//! What to show of links: whether value pays, link by link, and what the data cannot tell.

use worth_model::Estimate;
use worth_model::link::{NoLink, NoiseOrigin, Tells};

use super::answer::{KnownCosts, LinkTold, Step, ValueLinkAnswer};
use super::rows::tells_name;
use crate::answers::completing_table;
use crate::question::{Present, Provenance};
use crate::sheet::{
    Block, Cell, Figure, Headline, NoteKind, Sheet, Table, TableColumn, Tone, side,
};
use crate::teller;
use crate::words::{Unit, Words};

/// Shares of people are told in percentages, to the tenth.
const SHARE: Unit = Unit::Share { decimals: 1 };
const RATIO: Unit = Unit::Number { decimals: 2 };

impl Present for ValueLinkAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("value-link-title"));
        sheet.nothing_to_tell = self.customers == 0;
        sheet.headlines = vec![teller.headline()];
        if self.respondents > 0 {
            sheet.push(Block::Table(teller.chain()));
            teller.notes(&mut sheet);
        }
        if !self.completing.is_empty() {
            sheet.push(Block::Table(completing_table(&self.completing, words)));
        }
        sheet
    }
}

type Teller<'a> = teller::Teller<'a, ValueLinkAnswer>;

impl Teller<'_> {
    /// "Does value pay?"
    fn headline(&self) -> Headline {
        let retention = self.link(Step::Value, Step::Retention);
        let revenue = self.link(Step::Value, Step::Revenue);
        let (says, tone) = self.says(retention, revenue);
        Headline {
            asks: self.say("value-link-asks"),
            says,
            tone,
            figures: self.figures(retention, revenue),
        }
    }

    fn says(&self, retention: Option<&LinkTold>, revenue: Option<&LinkTold>) -> (String, Tone) {
        let brand = self.answer.own_brand.name.as_str();
        let days = u64::from(self.answer.days);
        let customers = self.words.count(self.answer.customers);
        let about = [
            ("brand", brand.into()),
            ("days", days.into()),
            ("customers", customers.as_str().into()),
        ];
        let Some((retention, effect)) = retention.and_then(|link| Some((link, link.effect?)))
        else {
            let id = match self.answer.customers {
                0 if self.answer.respondents == 0 => "value-link-says-nobody",
                0 => "value-link-says-no-customers",
                _ => "value-link-says-too-few",
            };
            return (self.tell(id, &about), Tone::Plain);
        };
        let change = self.in_points(&effect.per_point);
        let from = retention.outcome.map_or_else(String::new, |outcome| {
            self.words.value(&outcome, &Unit::Share { decimals: 0 })
        });
        let smallest = effect.smallest_per_point.unwrap_or(f64::NAN);
        let smallest = self.words.number(100.0 * smallest, 1);
        let told = [
            &about[..],
            &[
                ("change", change.as_str().into()),
                ("from", from.as_str().into()),
                ("smallest", smallest.as_str().into()),
            ],
        ]
        .concat();
        let (id, tone) = match effect.tells() {
            Tells::Raises => ("value-link-says-pays", Tone::Good),
            Tells::Lowers => ("value-link-says-turned", Tone::Bad),
            Tells::CannotTell => ("value-link-says-cannot-tell", Tone::Plain),
        };
        let mut says = vec![self.tell(id, &told)];
        if let Some(factor) = revenue.and_then(|link| link.factor)
            && side(&factor, 1.0) != std::cmp::Ordering::Equal
        {
            let more = self
                .words
                .estimate(&factor.shifted(-1.0), &Unit::Share { decimals: 0 });
            says.push(self.tell("value-link-says-revenue", &[("more", more.into())]));
        }
        (says.join(" "), tone)
    }

    /// A change of a share in points of a hundred.
    fn in_points(&self, change: &Estimate) -> String {
        self.words
            .estimate(&change.scaled(100.0), &Unit::Number { decimals: 1 })
    }

    fn figures(&self, retention: Option<&LinkTold>, revenue: Option<&LinkTold>) -> Vec<Figure> {
        let mut figures = Vec::new();
        let mut add = |id: &str, estimate: Option<Estimate>, unit: &Unit, neutral: f64| {
            if let Some(estimate) = estimate {
                let reading = self.say(&format!("{id}-reading"));
                let figure = Figure::new(self.say(id), &estimate, unit, reading, self.words);
                figures.push(figure.with_tone(Tone::of(&estimate, neutral)));
            }
        };
        let per_point = retention
            .and_then(|link| link.effect)
            .map(|effect| effect.per_point);
        add("value-link-retention", per_point, &SHARE, 0.0);
        let money = revenue
            .and_then(|link| link.effect)
            .map(|effect| effect.per_point);
        add("value-link-revenue", money, &self.money(), 0.0);
        let margin = self.answer.margin.filter(KnownCosts::speak_for_all);
        let profit = money
            .zip(margin)
            .map(|(money, known)| money.scaled(known.margin.value));
        add("value-link-profit", profit, &self.money(), 0.0);
        figures
    }

    fn link(&self, from: Step, to: Step) -> Option<&LinkTold> {
        let mut links = self.answer.links.iter();
        links.find(|link| link.from == from && link.to == to)
    }

    fn step(&self, step: Step) -> String {
        self.say(&format!("value-link-step-{}", step.name()))
    }

    /// The whole way, link by link.
    fn chain(&self) -> Table {
        let row = |link: &LinkTold| {
            let unit = self.counted_in(link.to);
            let estimate = |estimate: Option<Estimate>, unit: &Unit| {
                estimate.map_or(Cell::Empty, |estimate| {
                    Cell::estimate(&estimate, unit, self.words)
                })
            };
            let effect = link.effect;
            vec![
                Cell::text(self.step(link.from)),
                Cell::text(self.step(link.to)),
                Cell::text(self.verdict(link)),
                estimate(effect.map(|effect| effect.per_point), &unit),
                estimate(effect.map(|effect| effect.per_deviation), &unit),
                (effect.and_then(|effect| effect.smallest_per_point))
                    .map_or(Cell::Empty, |least| Cell::number(least, &unit, self.words)),
                link.people.map_or(Cell::Empty, |people| {
                    Cell::number(people.used as f64, &Unit::Count, self.words)
                }),
            ]
        };
        Table {
            title: self.say("value-link-chain"),
            reading: self.say("value-link-chain-reading"),
            columns: vec![
                TableColumn::text(self.say("value-link-from")),
                TableColumn::text(self.say("value-link-to")),
                TableColumn::text(self.say("value-link-verdict")),
                TableColumn::number(self.say("value-link-per-point")),
                TableColumn::number(self.say("value-link-per-deviation")),
                TableColumn::number(self.say("value-link-smallest")),
                TableColumn::number(self.say("value-link-people")),
            ],
            rows: self.answer.links.iter().map(row).collect(),
        }
    }

    /// What a step is counted in.
    fn counted_in(&self, step: Step) -> Unit {
        match step {
            Step::Share | Step::Retention => SHARE,
            Step::Revenue => self.money(),
            Step::Value | Step::Trust => Unit::Points,
            Step::Failure | Step::Late | Step::Complaint => Unit::Count,
        }
    }

    fn verdict(&self, link: &LinkTold) -> String {
        if let Some(tells) = link.tells {
            return self.say(&format!("value-link-{}", tells_name(tells)));
        }
        match &link.cannot {
            Some(why) => no_link(why, self.words),
            None => self.say("value-link-not-known"),
        }
    }

    fn notes(&self, sheet: &mut Sheet) {
        let answer = self.answer;
        let days = [("days", u64::from(answer.days).into())];
        if let Some(sooner) = &answer.sooner {
            let ratio = self.words.estimate(&sooner.rate_ratio, &RATIO);
            let told = [
                ("ratio", ratio.into()),
                ("customers", self.words.count(sooner.customers).into()),
                ("back", self.words.count(sooner.came_back).into()),
            ];
            sheet.note(
                NoteKind::Reading,
                self.tell("value-link-note-sooner", &told),
            );
            if sooner.stays_the_same == Some(false) {
                sheet.note(NoteKind::Uncertain, self.say("value-link-note-fades"));
            }
        }
        if let Some((share, revenue)) = answer.bought_again.zip(answer.revenue_of_buyers) {
            let told = [
                (
                    "share",
                    self.words
                        .estimate(&share, &Unit::Share { decimals: 0 })
                        .into(),
                ),
                (
                    "revenue",
                    self.words.estimate(&revenue, &self.money()).into(),
                ),
                days[0].clone(),
            ];
            sheet.note(
                NoteKind::Reading,
                self.tell("value-link-note-buyers", &told),
            );
        }
        match answer.margin {
            Some(known) if known.speak_for_all() => {
                let margin = self
                    .words
                    .estimate(&known.margin, &Unit::Share { decimals: 0 });
                let told = [("margin", margin.into())];
                sheet.note(
                    NoteKind::Reading,
                    self.tell("value-link-note-margin", &told),
                );
            }
            _ => sheet.note(NoteKind::Missing, self.say("value-link-note-no-margin")),
        }
        sheet.note(
            NoteKind::Reading,
            self.tell("value-link-note-habits", &days),
        );
        sheet.note(NoteKind::Uncertain, self.say("value-link-note-not-cause"));
        sheet.note(NoteKind::Uncertain, self.say("value-link-note-same-form"));
        if let Some(noise) = &answer.noise {
            let id = match noise.origin {
                NoiseOrigin::AnsweredTwice => "value-link-note-answered-twice",
                NoiseOrigin::ScaleStep => "value-link-note-scale-step",
            };
            let deviation = self.words.number(noise.variance.sqrt(), 1);
            let told = [("points", deviation.into())];
            sheet.note(NoteKind::Uncertain, self.tell(id, &told));
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
}

/// Remarks whose behaviour is not known, or not yet.
pub(crate) fn note_unknown(
    not_customers: u64,
    days_not_over: u64,
    days: u32,
    words: &Words,
    sheet: &mut Sheet,
) {
    for (count, id) in [
        (not_customers, "value-link-note-not-customers"),
        (days_not_over, "value-link-note-not-over"),
    ] {
        if count > 0 {
            let told = [
                ("count", words.count(count).into()),
                ("days", u64::from(days).into()),
            ];
            sheet.note(NoteKind::LeftOut, words.tell(id, &told));
        }
    }
}

/// Why there is no link to tell of.
pub(crate) fn no_link(why: &NoLink, words: &Words) -> String {
    let count = |count: &usize| words.count(*count as u64);
    match why {
        NoLink::TooFew { people, needed } => words.tell(
            "value-link-too-few",
            &[
                ("people", count(people).into()),
                ("needed", count(needed).into()),
            ],
        ),
        NoLink::TooFewOutcomes { rarer, needed } => words.tell(
            "value-link-too-few-outcomes",
            &[
                ("rarer", count(rarer).into()),
                ("needed", count(needed).into()),
            ],
        ),
        NoLink::NothingDiffers => words.say("value-link-nothing-differs"),
        NoLink::Separated => words.say("value-link-separated"),
    }
}
