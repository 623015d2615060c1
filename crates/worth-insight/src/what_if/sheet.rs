//! What to show of changes: what would bring most, what each would bring, and at what cost.

use std::cmp::Ordering;

use worth_model::link::NoiseOrigin;
use worth_model::perceived::Ranks;
use worth_model::{Changed, Estimate};

use super::answer::{
    Change, Effect, ExchangeFrom, FromPrices, LinkTold, PriceCut, SameValue, Scenario, WhatIfAnswer,
};
use crate::answers::{Kind, completing_table, dimension_label};
use crate::question::{Present, Provenance};
use crate::sheet::{
    Block, Cell, Figure, Headline, NoteKind, Sheet, Table, TableColumn, Tone, positive, side,
};
use crate::teller;
use crate::value_link::no_link;
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
        let (id, tone) = match side(&change, 0.0) {
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

    /// What each change would bring.
    fn brought(&self) -> Table {
        let is_asked = self.answer.intention.people.is_some();
        let mut columns = vec![
            TableColumn::text(self.say("what-if-change")),
            TableColumn::number(self.say("what-if-value")),
            TableColumn::number(self.say("what-if-ratio")),
            TableColumn::number(self.say("what-if-share")),
        ];
        if self.is_observed() {
            columns.push(TableColumn::number(self.say("what-if-buys-again")));
            columns.push(TableColumn::number(self.say("what-if-habits-alike")));
        }
        if is_asked {
            columns.push(TableColumn::number(self.say("what-if-intention")));
        }
        let row = |scenario: &Scenario| {
            let mut cells = vec![
                Cell::text(self.changes(scenario)),
                self.cell(scenario.effect(Effect::Value), &POINTS),
                self.cell(scenario.ratio.map(|ratio| ratio.change), &RATIO),
                self.cell(scenario.effect(Effect::Share), &SHARE),
            ];
            if self.is_observed() {
                cells.push(self.cell(scenario.effect(Effect::BuysAgain), &SHARE));
                cells.push(self.cell(scenario.buys_again_habits_alike, &SHARE));
            }
            if is_asked {
                cells.push(self.cell(scenario.effect(Effect::Intention), &POINTS));
            }
            cells
        };
        let told = [
            ("brand", self.answer.brand.as_str().into()),
            ("days", u64::from(self.answer.days).into()),
        ];
        Table {
            title: self.tell("what-if-brought", &told),
            reading: self.tell("what-if-brought-reading", &told),
            columns,
            rows: self.answer.scenarios.iter().map(row).collect(),
        }
    }

    /// What it would bring in money, and the price cut that does as much for value.
    fn in_money(&self, sheet: &mut Sheet) {
        let cut = |scenario: &Scenario, of: fn(PriceCut) -> Option<Estimate>| {
            scenario.as_price_cut.and_then(of)
        };
        let money = self.money();
        let percent = Unit::Share { decimals: 1 };
        let in_hundred = |cut: PriceCut| cut.percent.map(|percent| percent.scaled(0.01));
        let columns: [(&str, Unit, &dyn Fn(&Scenario) -> Option<Estimate>); 5] = [
            ("what-if-revenue", money.clone(), &|of| {
                Some(of.revenue?.change)
            }),
            ("what-if-equity", money.clone(), &|of| of.customer_equity),
            ("what-if-cut-points", POINTS, &|of| {
                cut(of, |cut| Some(cut.points))
            }),
            ("what-if-cut-percent", percent, &|of| cut(of, in_hundred)),
            ("what-if-cut-cost", money, &|of| {
                cut(of, |cut| cut.yearly_cost)
            }),
        ];
        let scenarios = &self.answer.scenarios;
        let told: Vec<_> = (columns.into_iter())
            .filter(|(_, _, get)| scenarios.iter().any(|scenario| get(scenario).is_some()))
            .collect();
        if told.is_empty() {
            return;
        }
        let row = |scenario: &Scenario| {
            let cells = told
                .iter()
                .map(|(_, unit, get)| self.cell(get(scenario), unit));
            std::iter::once(Cell::text(self.changes(scenario)))
                .chain(cells)
                .collect()
        };
        let titles = told
            .iter()
            .map(|(id, ..)| TableColumn::number(self.say(id)));
        let days = [("days", u64::from(self.answer.days).into())];
        sheet.push(Block::Table(Table {
            title: self.say("what-if-money"),
            reading: self.tell("what-if-money-reading", &days),
            columns: std::iter::once(TableColumn::text(self.say("what-if-change")))
                .chain(titles)
                .collect(),
            rows: scenarios.iter().map(row).collect(),
        }));
    }

    /// What else would do as much for value.
    fn same_value(&self, sheet: &mut Sheet) {
        let Some(first) = self.answer.scenarios.first() else {
            return;
        };
        if first.same_value.is_empty() {
            return;
        }
        let row = |same: &SameValue| {
            let again = if self.is_observed() {
                self.cell(same.buys_again, &SHARE)
            } else {
                self.cell(same.intention, &POINTS)
            };
            let points = same.points.scaled(match same.name.kind {
                Kind::Benefit => 1.0,
                Kind::Cost => -1.0,
            });
            let reach = if same.within_scale {
                "what-if-reach"
            } else {
                "what-if-no-reach"
            };
            vec![
                Cell::text(dimension_label(&same.name, self.words)),
                self.cell(Some(points), &Unit::PointsMore),
                again,
                Cell::text(self.say(reach)),
            ]
        };
        let told = [("changes", self.changes(first).into())];
        sheet.push(Block::Table(Table {
            title: self.tell("what-if-same", &told),
            reading: self.say("what-if-same-reading"),
            columns: vec![
                TableColumn::text(self.say("what-if-dimension")),
                TableColumn::number(self.say("what-if-points")),
                TableColumn::number(self.say(self.again(first).0)),
                TableColumn::text(self.say("what-if-scale")),
            ],
            rows: first.same_value.iter().map(row).collect(),
        }));
    }

    /// Where brands would stand, and who would be chosen.
    fn market(&self, sheet: &mut Sheet) {
        let on_map = |scenario: &&Scenario| scenario.quality.is_some();
        let Some(now) = self.answer.scenarios.iter().find(on_map) else {
            return;
        };
        sheet.section(self.say("what-if-market"), self.say("what-if-market-about"));
        let place = |of: fn(&Changed) -> Estimate, name: String, scenario: &Scenario| {
            let price = scenario.relative_price.as_ref().map(of);
            vec![
                Cell::text(name),
                self.cell(scenario.quality.as_ref().map(of), &RATIO),
                self.cell(price, &RATIO),
            ]
        };
        let ranks = |ranks: Option<Ranks>, is_now: bool| {
            ranks.map_or(Cell::Empty, |ranks| {
                let rank = if is_now { ranks.before } else { ranks.after };
                Cell::number(rank as f64, &Unit::Count, self.words)
            })
        };
        let with_ranks = |mut cells: Vec<Cell>, scenario: &Scenario, is_now| {
            cells.push(ranks(scenario.rank_by_ratio, is_now));
            cells.push(ranks(scenario.rank_by_difference, is_now));
            cells
        };
        let as_is = place(|changed| changed.before, self.say("what-if-now"), now);
        let after = |scenario: &Scenario| {
            let cells = place(|changed| changed.after, self.changes(scenario), scenario);
            with_ranks(cells, scenario, false)
        };
        let rows = std::iter::once(with_ranks(as_is, now, true));
        sheet.push(Block::Table(Table {
            title: self.tell(
                "what-if-map",
                &[("brand", self.answer.brand.as_str().into())],
            ),
            reading: self.say("what-if-map-reading"),
            columns: vec![
                TableColumn::text(self.say("what-if-change")),
                TableColumn::number(self.say("market-quality")),
                TableColumn::number(self.say("market-price")),
                TableColumn::number(self.say("what-if-rank-ratio")),
                TableColumn::number(self.say("what-if-rank-difference")),
            ],
            rows: rows
                .chain(self.answer.scenarios.iter().map(after))
                .collect(),
        }));
        if !now.shares.is_empty() {
            sheet.push(Block::Table(self.shares(now)));
        }
    }

    fn shares(&self, now: &Scenario) -> Table {
        let row = |name: String, scenario: &Scenario, of: fn(&Changed) -> Estimate| {
            let cells = scenario
                .shares
                .iter()
                .map(|share| self.cell(Some(of(&share.share)), &SHARE));
            std::iter::once(Cell::text(name))
                .chain(cells)
                .collect::<Vec<_>>()
        };
        let rows = std::iter::once(row(self.say("what-if-now"), now, |share| share.before));
        let scenarios = self
            .answer
            .scenarios
            .iter()
            .filter(|of| !of.shares.is_empty());
        let after =
            scenarios.map(|scenario| row(self.changes(scenario), scenario, |share| share.after));
        let titles = now
            .shares
            .iter()
            .map(|share| TableColumn::number(&share.brand));
        let by = self.answer.choice.by.as_deref().unwrap_or_default();
        Table {
            title: self.say("what-if-shares"),
            reading: self.say(&format!("what-if-shares-reading-{by}")),
            columns: std::iter::once(TableColumn::text(self.say("what-if-change")))
                .chain(titles)
                .collect(),
            rows: rows.chain(after).collect(),
        }
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
        for (count, id) in [
            (answer.not_customers, "value-link-note-not-customers"),
            (answer.days_not_over, "value-link-note-not-over"),
        ] {
            if count > 0 {
                let told = [("count", self.words.count(count).into()), days[0].clone()];
                sheet.note(NoteKind::LeftOut, self.tell(id, &told));
            }
        }
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

    fn cell(&self, estimate: Option<Estimate>, unit: &Unit) -> Cell {
        estimate.map_or(Cell::Empty, |estimate| {
            Cell::estimate(&estimate, unit, self.words)
        })
    }
}
