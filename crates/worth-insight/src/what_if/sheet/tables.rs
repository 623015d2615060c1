//! The tables: what each change would bring, in money and in the market, and what else would do as much.

use worth_model::perceived::Ranks;
use worth_model::{Changed, Estimate};

use super::{POINTS, RATIO, SHARE, Teller};
use crate::answers::{Kind, dimension_label};
use crate::sheet::{Block, Cell, Sheet, Table, TableColumn};
use crate::what_if::answer::{Effect, PriceCut, SameValue, Scenario};
use crate::words::Unit;

/// A number of a scenario.
type Get<'a> = &'a dyn Fn(&Scenario) -> Option<Estimate>;

impl Teller<'_> {
    /// What each change would bring.
    pub(super) fn brought(&self) -> Table {
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
    pub(super) fn in_money(&self, sheet: &mut Sheet) {
        let cut = |scenario: &Scenario, of: fn(PriceCut) -> Option<Estimate>| {
            scenario.as_price_cut.and_then(of)
        };
        let money = self.money();
        let percent = Unit::Share { decimals: 1 };
        let in_hundred = |cut: PriceCut| cut.percent.map(|percent| percent.scaled(0.01));
        let columns: [(&str, Unit, Get<'_>); 5] = [
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
    pub(super) fn same_value(&self, sheet: &mut Sheet) {
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
    pub(super) fn market(&self, sheet: &mut Sheet) {
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

    fn cell(&self, estimate: Option<Estimate>, unit: &Unit) -> Cell {
        estimate.map_or(Cell::Empty, |estimate| {
            Cell::estimate(&estimate, unit, self.words)
        })
    }
}
