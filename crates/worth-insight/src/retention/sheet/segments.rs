//! Segment by segment, and whether they differ.

use super::cohorts::drawn;
use super::{HEADLINE_DAYS, SHARE, Teller, YEAR_DAYS};
use crate::retention::answer::{
    Comparison, ContractSegment, ContractSegments, Difference, PurchaseSegment, PurchaseSegments,
    SegmentName,
};
use crate::sheet::{
    Axis, Block, Cell, Chart, ChartKind, NoteKind, Series, Sheet, Table, TableColumn,
};
use crate::words::{Unit, Value};

impl Teller<'_> {
    pub(super) fn purchase_segments(&self, segments: &PurchaseSegments, sheet: &mut Sheet) {
        let says = self.comparison(
            [
                "retention-segments-purchases-differ",
                "retention-segments-purchases-not-shown",
            ],
            &segments.comparison,
        );
        sheet.section(self.segments_title("retention-section-segments"), says);
        let row = |segment: &PurchaseSegment| {
            let within = |days| {
                let share = segment.again.iter().find(|within| within.days == days);
                self.share_cell(share.and_then(|within| within.share.as_ref()), &SHARE)
            };
            vec![
                Cell::text(self.segment_name(&segment.segment, segment.small)),
                Cell::number(segment.customers as f64, &Unit::Count, self.words),
                within(HEADLINE_DAYS),
                within(YEAR_DAYS),
                Cell::text(self.quantile(&segment.median_days_to_second, &Unit::Days)),
            ]
        };
        let within = |days: u32| self.tell("retention-within", &[("days", days.into())]);
        sheet.push(Block::Table(Table {
            title: self.say("retention-segments-table"),
            reading: self.say("retention-segments-reading"),
            columns: vec![
                TableColumn::text(self.say("retention-segment")),
                TableColumn::number(self.say("retention-customers")),
                TableColumn::number(within(HEADLINE_DAYS)),
                TableColumn::number(within(YEAR_DAYS)),
                TableColumn::text(self.say("retention-half")),
            ],
            rows: segments.segments.iter().map(row).collect(),
        }));
        let line = |segment: &PurchaseSegment| {
            self.line(
                self.segment_name(&segment.segment, segment.small),
                &drawn(&segment.curve),
            )
        };
        let series: Vec<Series> = segments
            .segments
            .iter()
            .map(line)
            .filter(|series| !series.points.is_empty())
            .collect();
        let period = [("period", self.period())];
        if !series.is_empty() {
            sheet.push(Block::Chart(Chart {
                title: self.tell("retention-chart-segments", &period),
                reading: self.tell("retention-chart-curve-reading", &period),
                kind: ChartKind::Lines,
                x: Axis::new(self.tell("retention-age", &period), Unit::Count),
                y: Axis::new(self.say("retention-bought"), SHARE),
                series,
                marks: Vec::new(),
            }));
        }
        sheet.note(NoteKind::Uncertain, self.say("retention-note-segments"));
    }

    pub(super) fn contract_segments(&self, segments: &ContractSegments, sheet: &mut Sheet) {
        let says = self.comparison(
            [
                "retention-segments-contracts-differ",
                "retention-segments-contracts-not-shown",
            ],
            &segments.comparison,
        );
        sheet.section(
            self.segments_title("retention-section-contract-segments"),
            says,
        );
        let row = |segment: &ContractSegment| {
            let after = |months| {
                let share = segment.after.iter().find(|after| after.months == months);
                self.share_cell(share.and_then(|after| after.share.as_ref()), &SHARE)
            };
            vec![
                Cell::text(self.segment_name(&segment.segment, segment.small)),
                Cell::number(segment.contracts as f64, &Unit::Count, self.words),
                after(1),
                after(12),
            ]
        };
        let stayed = |months: u32| self.tell("retention-stayed", &[("months", months.into())]);
        sheet.push(Block::Table(Table {
            title: self.say("retention-contract-segments-table"),
            reading: self.say("retention-segments-reading"),
            columns: vec![
                TableColumn::text(self.say("retention-segment")),
                TableColumn::number(self.say("retention-contracts")),
                TableColumn::number(stayed(1)),
                TableColumn::number(stayed(12)),
            ],
            rows: segments.segments.iter().map(row).collect(),
        }));
    }

    fn segments_title(&self, id: &str) -> String {
        let by = self.answer.by.clone().unwrap_or_default();
        self.tell(id, &[("by", by.into())])
    }

    /// Whether segments differ, in the sentence for "they do" or for "it is not shown".
    fn comparison(&self, [differ, not_shown]: [&str; 2], comparison: &Comparison) -> String {
        let p = comparison.test.map(|test| self.words.p_value(test.p_value));
        let variables = [
            ("segments", Value::from(comparison.segments)),
            ("p", p.unwrap_or_default().into()),
        ];
        match comparison.verdict {
            Difference::Differ => self.tell(differ, &variables),
            Difference::NotShown => self.tell(not_shown, &variables),
            Difference::TooFew => self.say("retention-segments-too-few"),
        }
    }

    fn segment_name(&self, segment: &SegmentName, small: bool) -> String {
        let name = segment.told(self.words);
        if small {
            self.tell("retention-small", &[("name", name.into())])
        } else {
            name
        }
    }
}
