//! What to show of [`OverviewAnswer`].

mod advice;
mod people;

use worth_model::Estimate;

use super::answer::{LifetimeSide, OverviewAnswer, OverviewMonth, PerceivedSide};
use crate::question::{Present, Provenance};
use crate::sheet::{
    Axis, Block, Cell, Chart, ChartKind, Figure, NoteKind, Point, Series, Sheet, Table,
    TableColumn, Tone,
};
use crate::teller;
use crate::words::{Unit, Value, Words};

impl Present for OverviewAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("overview-title"));
        teller.actions(&mut sheet);
        teller.sides(&mut sheet);
        teller.trend(&mut sheet);
        teller.corners(&mut sheet);
        teller.responders(&mut sheet);
        teller.data(&mut sheet);
        sheet.wanted = teller.wanted();
        sheet
    }
}

/// The answer with what it takes to tell it.
type Teller<'a> = teller::Teller<'a, OverviewAnswer>;

impl Teller<'_> {
    fn sides(&self, sheet: &mut Sheet) {
        sheet.section(
            self.say("overview-section-sides"),
            self.say("overview-section-sides-about"),
        );
        let mut figures = Vec::new();
        if let Some(side) = &self.answer.perceived {
            figures.extend(self.perceived_figures(side));
        }
        if let Some(side) = &self.answer.lifetime {
            figures.extend(self.lifetime_figures(side));
        }
        sheet.push(Block::Figures(figures));
        if self.answer.perceived.is_none() {
            sheet.note(NoteKind::Missing, self.say("overview-no-perceived"));
        }
        if self.answer.lifetime.is_none() {
            sheet.note(NoteKind::Missing, self.say("overview-no-lifetime"));
        }
    }

    fn figure(&self, label: String, estimate: &Estimate, unit: &Unit, reading: String) -> Figure {
        Figure::new(label, estimate, unit, reading, self.words)
    }

    fn perceived_figures(&self, side: &PerceivedSide) -> Vec<Figure> {
        let variables = [
            ("brand", Value::from(side.brand.as_str())),
            ("respondents", side.respondents.into()),
            ("competitors", self.words.list(&side.competitors).into()),
        ];
        let figure = |id: &str, estimate: &Estimate, unit: &Unit| {
            let reading = self.tell(&format!("{id}-reading"), &variables);
            self.figure(self.say(id), estimate, unit, reading)
                .with_further("perceived")
        };
        let ratio = Unit::Number { decimals: 2 };
        let mut figures = vec![
            figure("overview-ratio", &side.ratio, &ratio),
            figure("overview-difference", &side.difference, &Unit::PointsMore),
        ];
        if let Some(against) = &side.ratio_against_competitors {
            figures.push(figure("overview-against", against, &ratio).with_tone(above_one(against)));
        }
        figures
    }

    fn lifetime_figures(&self, side: &LifetimeSide) -> Vec<Figure> {
        let active_once = side.active_once.map_or(0.0, |active| active.value);
        let variables = [
            ("customers", Value::from(side.customers)),
            ("once", side.once.into()),
            ("active", self.words.number(active_once, 0).into()),
        ];
        let mut figures = Vec::new();
        if let Some(equity) = &side.equity {
            let label = self.tell("overview-equity", &[("days", side.horizon_days.into())]);
            let id = if side.is_revenue {
                "overview-equity-revenue"
            } else {
                "overview-equity-margin"
            };
            let reading = self.tell(id, &variables);
            figures.push(self.figure(label, equity, &self.money(), reading));
        }
        if let Some(active) = &side.active {
            let id = if active_once < side.once as f64 {
                "overview-active-reading-seen"
            } else {
                "overview-active-reading"
            };
            let reading = self.tell(id, &variables);
            figures.push(self.figure(self.say("overview-active"), active, &Unit::Count, reading));
        }
        if let Some(slipping) = side.slipping {
            let slipping = Estimate::counted(slipping as f64);
            let reading = self.say("overview-slipping-reading");
            let tone = if slipping.value > 0.0 {
                Tone::Bad
            } else {
                Tone::Good
            };
            let figure = self.figure(
                self.say("overview-slipping"),
                &slipping,
                &Unit::Count,
                reading,
            );
            figures.push(figure.with_tone(tone));
        }
        figures
            .into_iter()
            .map(|figure| figure.with_further("lifetime"))
            .collect()
    }

    fn trend(&self, sheet: &mut Sheet) {
        let complete: Vec<&OverviewMonth> = self
            .answer
            .months
            .iter()
            .filter(|month| month.complete)
            .collect();
        if complete.len() < 2 {
            return;
        }
        let line = |name: &str, value: fn(&OverviewMonth) -> Option<Estimate>| Series {
            name: self.say(name),
            points: complete
                .iter()
                .filter_map(|month| Some(Point::on(month.month, &value(month)?)))
                .collect(),
        };
        let chart = |id: &str, y: Axis, series: Vec<Series>| {
            Block::Chart(Chart {
                title: self.say(id),
                reading: self.say(&format!("{id}-reading")),
                kind: ChartKind::Lines,
                x: Axis::new(self.say("overview-month"), Unit::Count),
                y,
                series,
                marks: Vec::new(),
            })
        };
        sheet.section(self.say("overview-section-trend"), "");
        let revenue = line("overview-revenue", |month| {
            Some(Estimate::counted(month.revenue))
        });
        let money = Axis::new(self.say("overview-revenue"), self.money());
        sheet.push(chart("overview-chart-revenue", money, vec![revenue]));
        let counts = vec![
            line("overview-orders", |month| {
                Some(Estimate::counted(month.orders as f64))
            }),
            line("overview-customers", |month| {
                Some(Estimate::counted(month.customers as f64))
            }),
        ];
        let number = Axis::new(self.say("overview-count"), Unit::Count);
        sheet.push(chart("overview-chart-orders", number, counts));
        let perceived = line("overview-ratio-axis", |month| month.perceived_ratio);
        if perceived.points.len() >= 2 {
            let ratio = Axis::new(
                self.say("overview-ratio-axis"),
                Unit::Number { decimals: 2 },
            );
            sheet.push(chart("overview-chart-perceived", ratio, vec![perceived]));
        }
    }

    fn data(&self, sheet: &mut Sheet) {
        sheet.section(self.say("overview-section-data"), "");
        let date = |date: Option<jiff::civil::Date>| match date {
            Some(date) => Cell::text(self.words.date(date)),
            None => Cell::Empty,
        };
        let rows = self.answer.data.iter().map(|held| {
            vec![
                Cell::text(held.table.clone()),
                Cell::number(held.rows as f64, &Unit::Count, self.words),
                date(held.from),
                date(held.until),
            ]
        });
        sheet.push(Block::Table(Table {
            title: self.say("overview-data-table"),
            reading: self.say("overview-data-reading"),
            columns: vec![
                TableColumn::text(self.say("overview-data-name")),
                TableColumn::number(self.say("overview-data-rows")),
                TableColumn::text(self.say("overview-data-from")),
                TableColumn::text(self.say("overview-data-until")),
            ],
            rows: rows.collect(),
        }));
    }
}

/// Good or bad news when the whole interval is on one side of 1.
fn above_one(estimate: &Estimate) -> Tone {
    match estimate.ends() {
        Some((low, _)) if low > 1.0 => Tone::Good,
        Some((_, high)) if high < 1.0 => Tone::Bad,
        _ => Tone::Plain,
    }
}
