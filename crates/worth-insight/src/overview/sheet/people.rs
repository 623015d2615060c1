//! The four corners, and whether those who answered speak for all.

use super::Teller;
use crate::overview::answer::{Compared, Corner, Measure, Verdict};
use crate::overview::people::LEAST_FOR_CORNERS;
use crate::sheet::{Block, Cell, NoteKind, Sheet, Table, TableColumn};
use crate::words::Unit;

/// Regions shown; the JSON has all of them.
const MOST_REGIONS: usize = 12;

impl Teller<'_> {
    /// The four corners, or how many customers are wanting for them.
    pub(super) fn corners(&self, sheet: &mut Sheet) {
        if self.answer.perceived.is_none() || self.answer.lifetime.is_none() {
            return;
        }
        let title = self.say("overview-section-corners");
        let Some(corners) = &self.answer.corners else {
            let variables = [
                ("customers", self.answer.customers_with_both.into()),
                ("needed", LEAST_FOR_CORNERS.into()),
            ];
            sheet.section(title, "");
            sheet.note(
                NoteKind::Missing,
                self.tell("overview-corners-too-few", &variables),
            );
            return;
        };
        let about = [
            ("customers", corners.customers.into()),
            (
                "perceived",
                self.words.number(corners.perceived_cut, 2).into(),
            ),
            (
                "lifetime",
                self.words
                    .in_unit(corners.lifetime_cut, &self.money())
                    .into(),
            ),
        ];
        sheet.section(title, self.tell("overview-section-corners-about", &about));
        let row = |corner: &Corner| {
            vec![
                Cell::text(self.say(&format!("overview-corner-{}", corner.name.name()))),
                Cell::number(corner.customers as f64, &Unit::Count, self.words),
                Cell::estimate(&corner.share, &Unit::Share { decimals: 0 }, self.words),
                Cell::estimate(&corner.expected_value, &self.money(), self.words),
            ]
        };
        sheet.push(Block::Table(Table {
            title: self.say("overview-corners-table"),
            reading: self.say("overview-corners-reading"),
            columns: vec![
                TableColumn::text(self.say("overview-corner")),
                TableColumn::number(self.say("overview-customers")),
                TableColumn::number(self.say("overview-corner-share")),
                TableColumn::number(self.say("overview-corner-value")),
            ],
            rows: corners.corners.iter().map(row).collect(),
        }));
    }

    /// Responders against all customers, with a plain verdict first.
    pub(super) fn responders(&self, sheet: &mut Sheet) {
        if self.answer.perceived.is_none() || self.answer.lifetime.is_none() {
            return;
        }
        let title = self.say("overview-section-responders");
        let Some(responders) = &self.answer.responders else {
            sheet.section(title, self.say("overview-responders-nobody"));
            return;
        };
        let mut variables = vec![
            ("responders", responders.responders.into()),
            ("customers", responders.customers.into()),
        ];
        let verdict = match responders.verdict {
            Verdict::AlikeEnough => "overview-responders-alike",
            Verdict::TooFew => "overview-responders-too-few",
            Verdict::Different => {
                variables.push(("what", self.words.list(&self.differences()).into()));
                "overview-responders-different"
            }
        };
        sheet.section(title, self.tell(verdict, &variables));
        sheet.push(Block::Table(Table {
            title: self.say("overview-responders-table"),
            reading: self.say("overview-responders-reading"),
            columns: vec![
                TableColumn::text(self.say("overview-measure")),
                TableColumn::number(self.say("overview-measure-responders")),
                TableColumn::number(self.say("overview-measure-customers")),
                TableColumn::number(self.say("overview-measure-distance")),
            ],
            rows: responders
                .measures
                .iter()
                .map(|measure| self.compared(measure))
                .collect(),
        }));
        if let Some(distance) = responders.region_distance {
            sheet.push(Block::Table(self.regions(distance)));
        }
    }

    /// In what responders differ, in words.
    fn differences(&self) -> Vec<String> {
        let Some(responders) = &self.answer.responders else {
            return Vec::new();
        };
        let differing = responders.measures.iter().filter(|measure| measure.differs);
        let mut what: Vec<String> = differing
            .map(|measure| self.say(&format!("overview-what-{}", measure.measure.name())))
            .collect();
        if responders.regions_differ {
            what.push(self.say("overview-what-region"));
        }
        what
    }

    fn compared(&self, compared: &Compared) -> Vec<Cell> {
        let unit = match compared.measure {
            Measure::Recency => Unit::Number { decimals: 0 },
            Measure::Frequency => Unit::Number { decimals: 1 },
            Measure::Spend => self.money(),
        };
        vec![
            Cell::text(self.say(&format!("overview-measure-{}", compared.measure.name()))),
            Cell::estimate(&compared.responders, &unit, self.words),
            Cell::number(compared.customers, &unit, self.words),
            Cell::number(compared.distance, &Unit::Number { decimals: 2 }, self.words),
        ]
    }

    fn regions(&self, distance: f64) -> Table {
        let share = Unit::Share { decimals: 0 };
        let regions = self
            .answer
            .responders
            .iter()
            .flat_map(|responders| &responders.regions);
        let row = |region: &crate::overview::answer::RegionShare| {
            vec![
                Cell::text(region.region.clone()),
                Cell::number(region.responders, &share, self.words),
                Cell::number(region.customers, &share, self.words),
            ]
        };
        Table {
            title: self.say("overview-regions-table"),
            reading: self.tell(
                "overview-regions-reading",
                &[("distance", self.words.percent(distance, 0).into())],
            ),
            columns: vec![
                TableColumn::text(self.say("overview-region")),
                TableColumn::number(self.say("overview-measure-responders")),
                TableColumn::number(self.say("overview-measure-customers")),
            ],
            rows: regions.take(MOST_REGIONS).map(row).collect(),
        }
    }
}
