//! The cohort table, and the curve of all cohorts together.

use super::{SHARE, Teller};
use crate::retention::answer::{AgePoint, Cohort, CohortAge, PurchaseRetention};
use crate::sheet::{
    Axis, Block, Cell, Chart, ChartKind, Coordinate, Point, Series, Sheet, Table, TableColumn,
};
use crate::words::Unit;

/// Cohorts in the table: the newest ones. The JSON and `--out` have all.
const MOST_COHORTS: usize = 12;
/// Ages in the table.
const MOST_AGES: usize = 12;
/// Ages of the curve.
const MOST_AGES_DRAWN: u32 = 36;
/// Points that rest on fewer customers are not drawn.
const LEAST_DRAWN: u64 = 10;

impl Teller<'_> {
    pub(super) fn cohorts(&self, purchases: &PurchaseRetention, sheet: &mut Sheet) {
        sheet.section(
            self.tell("retention-section-cohorts", &[("period", self.period())]),
            "",
        );
        // The newest cohort has nothing to show before its next period has begun.
        let followed: Vec<&Cohort> = purchases
            .cohorts
            .iter()
            .filter(|cohort| cohort.customers > 0 && cohort.ages.len() > 1)
            .collect();
        let shown = &followed[followed.len().saturating_sub(MOST_COHORTS)..];
        let ages = shown.iter().map(|cohort| cohort.ages.len() - 1).max();
        let ages = ages.unwrap_or(0).min(MOST_AGES);
        let mut columns = vec![
            TableColumn::text(self.say("retention-cohort")),
            TableColumn::number(self.say("retention-cohort-size")),
        ];
        columns.extend((1..=ages).map(|age| TableColumn::number(format!("+{age}"))));
        let row = |cohort: &&Cohort| {
            let mut name = self.answer.cohort.written(cohort.start, self.words);
            if !cohort.complete {
                name.push('*');
            }
            let mut cells = vec![
                Cell::text(name),
                Cell::number(cohort.customers as f64, &Unit::Count, self.words),
            ];
            cells.extend((1..=ages).map(|age| self.cohort_cell(cohort.ages.get(age))));
            cells
        };
        let rows: Vec<Vec<Cell>> = shown.iter().map(row).collect();
        let mut reading = self.tell("retention-cohorts-reading", &[("period", self.period())]);
        if shown.iter().any(|cohort| !cohort.complete) {
            reading.push(' ');
            reading.push_str(&self.say("retention-cohorts-cut"));
        }
        let left_out = followed.len() - shown.len();
        if left_out > 0 {
            reading.push(' ');
            reading.push_str(&self.tell("retention-cohorts-more", &[("n", left_out.into())]));
        }
        sheet.push(Block::Table(Table {
            title: self.say("retention-cohorts-table"),
            reading,
            columns,
            rows,
        }));
    }

    /// A percentage without its sign, so that twelve of them fit beside each other.
    fn cohort_cell(&self, age: Option<&CohortAge>) -> Cell {
        match age {
            None => Cell::Empty,
            Some(age) => match &age.share {
                Some(share) => Cell::Number {
                    value: share.value,
                    shown: self.words.number(share.value * 100.0, 0),
                },
                None => Cell::text("…"),
            },
        }
    }

    /// All cohorts together by age.
    pub(super) fn curve(&self, purchases: &PurchaseRetention, sheet: &mut Sheet) {
        let points = drawn(&purchases.curve);
        if points.is_empty() {
            return;
        }
        let period = [("period", self.period())];
        sheet.section(self.tell("retention-section-curve", &period), "");
        sheet.push(Block::Chart(Chart {
            title: self.tell("retention-chart-curve", &period),
            reading: self.tell("retention-chart-curve-reading", &period),
            kind: ChartKind::Lines,
            x: Axis::new(self.tell("retention-age", &period), Unit::Count),
            y: Axis::new(self.say("retention-bought"), SHARE),
            series: vec![self.line(self.say("retention-all"), &points)],
            marks: Vec::new(),
        }));
        let row = |point: &&AgePoint| {
            vec![
                Cell::number(f64::from(point.age), &Unit::Count, self.words),
                Cell::estimate(&point.share, &Unit::Share { decimals: 1 }, self.words),
                self.share_cell(point.revenue_share.as_ref(), &SHARE),
                Cell::number(point.customers as f64, &Unit::Count, self.words),
            ]
        };
        sheet.push(Block::Table(Table {
            title: self.tell("retention-ages-table", &period),
            reading: self.tell("retention-ages-reading", &period),
            columns: vec![
                TableColumn::number(self.tell("retention-age", &period)),
                TableColumn::number(self.say("retention-bought")),
                TableColumn::number(self.say("retention-money")),
                TableColumn::number(self.say("retention-customers")),
            ],
            rows: points.iter().take(MOST_AGES).map(row).collect(),
        }));
    }

    /// A curve over ages.
    pub(super) fn line(&self, name: String, points: &[&AgePoint]) -> Series {
        Series {
            name,
            points: points
                .iter()
                .map(|point| Point {
                    x: Coordinate::Number(f64::from(point.age)),
                    y: point.share.value,
                    x_interval: None,
                    y_interval: point.share.ends(),
                    label: None,
                })
                .collect(),
        }
    }
}

/// The points that are drawn: after the first period, as long as enough customers are behind them.
pub(super) fn drawn(curve: &[AgePoint]) -> Vec<&AgePoint> {
    curve
        .iter()
        .filter(|point| (1..=MOST_AGES_DRAWN).contains(&point.age))
        .filter(|point| point.customers >= LEAST_DRAWN)
        .collect()
}
