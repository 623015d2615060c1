//! How long contracts last, and why they end.

use worth_model::Estimate;

use super::{SHARE, Teller};
use crate::retention::answer::{ContractRetention, EndReason, MonthPoint, StayedAfter};
use crate::sheet::{
    Axis, Block, Cell, Chart, ChartKind, Coordinate, Figure, NoteKind, Point, Series, Sheet, Table,
    TableColumn, Tone,
};
use crate::words::{Unit, Value};

/// Months at the end of which a curve needs so many running contracts to be drawn.
const LEAST_DRAWN: u64 = 10;

impl Teller<'_> {
    pub(super) fn contracts(&self, contracts: &ContractRetention, sheet: &mut Sheet) {
        let counts = [
            ("contracts", Value::from(contracts.contracts)),
            ("customers", contracts.customers.into()),
            ("ended", contracts.ended.into()),
        ];
        sheet.section(
            self.say("retention-section-contracts"),
            self.tell("retention-section-contracts-about", &counts),
        );
        let mut figures: Vec<Figure> = contracts
            .after
            .iter()
            .filter(|after| [1, 12].contains(&after.months))
            .filter_map(|after| {
                Some(Figure::new(
                    self.tell("retention-stayed", &[("months", after.months.into())]),
                    &after.share?,
                    &Unit::Share { decimals: 1 },
                    self.tell(
                        "retention-stayed-reading",
                        &[("at_risk", after.at_risk.into())],
                    ),
                    self.words,
                ))
            })
            .collect();
        let median = &contracts.median_months;
        let months = |months: f64| {
            self.tell(
                "retention-months",
                &[("n", self.words.number(months, 1).into())],
            )
        };
        figures.push(Figure {
            label: self.say("retention-life"),
            value: median
                .time
                .map_or_else(|| self.say("retention-not-reached"), months),
            interval: self.contract_interval(contracts),
            reading: self.say("retention-life-reading"),
            tone: Tone::Plain,
            further: None,
        });
        if let Some(fall) = &contracts.largest_fall {
            let month = ("month", Value::from(fall.month));
            let of_running = self.words.estimate(&fall.of_running, &SHARE);
            figures.push(Figure::new(
                self.tell("retention-month-fall", std::slice::from_ref(&month)),
                &fall.fall,
                &Unit::Share { decimals: 1 },
                self.tell(
                    "retention-month-fall-reading",
                    &[month, ("share", of_running.into())],
                ),
                self.words,
            ));
        }
        sheet.push(Block::Figures(figures));
        self.contract_curve(&contracts.curve, sheet);
        sheet.push(Block::Table(self.stayed(&contracts.after)));
        if !contracts.reasons.is_empty() {
            sheet.push(Block::Table(self.reasons(&contracts.reasons)));
        }
        self.contract_notes(contracts, sheet);
    }

    fn contract_interval(&self, contracts: &ContractRetention) -> String {
        let median = &contracts.median_months;
        let level = ("level", Value::from(self.words.percent(median.level, 0)));
        let months = |name: &'static str, months: f64| {
            let n = self.words.number(months, 1).into();
            (
                name,
                Value::from(self.tell("retention-months", &[("n", n)])),
            )
        };
        match (median.low, median.high) {
            (Some(low), Some(high)) => self.tell(
                "retention-from-to",
                &[months("low", low), months("high", high), level],
            ),
            (Some(low), None) => self.tell("retention-at-least", &[months("low", low), level]),
            (None, _) => self.say("retention-not-reached-interval"),
        }
    }

    fn contract_curve(&self, curve: &[MonthPoint], sheet: &mut Sheet) {
        let start = Estimate::counted(1.0);
        let point = |months: u32, share: &Estimate| Point {
            x: Coordinate::Number(f64::from(months)),
            y: share.value,
            x_interval: None,
            y_interval: share.ends(),
            label: None,
        };
        let mut points = vec![point(0, &start)];
        let enough = curve
            .iter()
            .take_while(|month| month.at_risk >= LEAST_DRAWN);
        points.extend(enough.map(|month| point(month.months, &month.share)));
        if points.len() < 3 {
            return;
        }
        sheet.push(Block::Chart(Chart {
            title: self.say("retention-chart-contracts"),
            reading: self.say("retention-chart-contracts-reading"),
            kind: ChartKind::Lines,
            x: Axis::new(self.say("retention-months-axis"), Unit::Count),
            y: Axis::new(self.say("retention-running"), SHARE),
            series: vec![Series {
                name: self.say("retention-all-contracts"),
                points,
            }],
            marks: Vec::new(),
        }));
    }

    fn stayed(&self, after: &[StayedAfter]) -> Table {
        let row = |after: &StayedAfter| {
            vec![
                Cell::number(f64::from(after.months), &Unit::Count, self.words),
                self.share_cell(after.share.as_ref(), &Unit::Share { decimals: 1 }),
                Cell::number(after.at_risk as f64, &Unit::Count, self.words),
            ]
        };
        Table {
            title: self.say("retention-stayed-table"),
            reading: self.say("retention-stayed-table-reading"),
            columns: vec![
                TableColumn::number(self.say("retention-months-axis")),
                TableColumn::number(self.say("retention-running")),
                TableColumn::number(self.say("retention-observed")),
            ],
            rows: after.iter().map(row).collect(),
        }
    }

    fn reasons(&self, reasons: &[EndReason]) -> Table {
        let row = |reason: &EndReason| {
            let within = |months| {
                let after = reason.after.iter().find(|after| after.months == months);
                self.share_cell(after.and_then(|after| after.share.as_ref()), &SHARE)
            };
            let name = match &reason.reason {
                Some(reason) => reason.clone(),
                None if reason.is_other => self.say("retention-other"),
                None => self.say("retention-reason-unsaid"),
            };
            vec![
                Cell::text(name),
                Cell::number(reason.contracts as f64, &Unit::Count, self.words),
                within(3),
                within(12),
            ]
        };
        let ended = |months: u32| self.tell("retention-ended-within", &[("months", months.into())]);
        Table {
            title: self.say("retention-reasons-table"),
            reading: self.say("retention-reasons-reading"),
            columns: vec![
                TableColumn::text(self.say("retention-reason")),
                TableColumn::number(self.say("retention-contracts")),
                TableColumn::number(ended(3)),
                TableColumn::number(ended(12)),
            ],
            rows: reasons.iter().map(row).collect(),
        }
    }

    fn contract_notes(&self, contracts: &ContractRetention, sheet: &mut Sheet) {
        sheet.note(NoteKind::Reading, self.say("retention-note-contracts"));
        if contracts.entered_late > 0 {
            let late = [("contracts", contracts.entered_late.into())];
            sheet.note(NoteKind::Reading, self.tell("retention-note-late", &late));
        }
        if let Some(months) = contracts.fell_early_months {
            let months = [("months", self.words.number(months, 1).into())];
            sheet.note(
                NoteKind::Uncertain,
                self.tell("retention-note-fell-early", &months),
            );
        }
        if contracts.turned > 0 {
            let turned = [("contracts", contracts.turned.into())];
            sheet.note(
                NoteKind::LeftOut,
                self.tell("retention-note-turned", &turned),
            );
        }
    }
}
