//! The tables: lines, periods, dimensions before and after, and who answered.

use worth_model::Estimate;

use super::Teller;
use crate::answers::{dimension_label, respondents_cell};
use crate::sheet::{Cell, Table, TableColumn};
use crate::value_trend::answer::{
    BeforeAndAfter, DimensionMoved, Line, Mix, MixGroup, Moved, PeriodValue,
};
use crate::words::Unit;

const SCORE: Unit = Unit::Number { decimals: 2 };
/// Groups that are shown.
const MOST_GROUPS: usize = 24;
/// Periods that are shown: two years of months.
const MOST_PERIODS: usize = 24;
/// Groups of a mix that are named.
const MOST_NAMED: usize = 3;

impl Teller<'_> {
    /// Everyone and groups: the level, what changed and when, and where it may go.
    pub(super) fn lines(&self, whole: &Line) -> Table {
        let groups = self.answer.groups.iter().take(MOST_GROUPS);
        let row = |line: &Line| {
            let changes = line.changes.told();
            let told = changes.filter(|_| line.changed);
            let each = told.into_iter().flat_map(|told| &told.changes);
            let sizes: Vec<String> = each
                .clone()
                .map(|change| self.words.estimate(&change.size, &Unit::PointsMore))
                .collect();
            let dates: Vec<String> = each.map(|change| self.dates(change)).collect();
            let verdict = match changes {
                Some(_) if line.changed => "value-trend-changed",
                Some(_) => "value-trend-cannot-tell",
                None => "value-trend-too-few",
            };
            vec![
                Cell::text(match &line.by {
                    Some(by) => by.told_apart(self.words),
                    None => String::new(),
                }),
                Cell::text(self.name(line)),
                respondents_cell(line.answers, line.effective, self.words),
                self.cell(&line.mean),
                Cell::text(self.say(verdict)),
                Cell::text(sizes.join("; ")),
                Cell::text(dates.join("; ")),
                self.cell_of(
                    line.outlook
                        .told()
                        .and_then(|ahead| ahead.last())
                        .map(|last| last.value),
                ),
                self.smallest(line),
            ]
        };
        Table {
            title: self.say("value-trend-lines"),
            reading: self.say("value-trend-lines-reading"),
            columns: vec![
                TableColumn::text(self.say("value-trend-column-by")),
                TableColumn::text(self.say("value-trend-column-group")),
                TableColumn::number(self.say("value-trend-column-answers")),
                TableColumn::number(self.say("value-trend-column-mean")),
                TableColumn::text(self.say("value-trend-column-verdict")),
                TableColumn::text(self.say("value-trend-column-change")),
                TableColumn::text(self.say("value-trend-column-when")),
                TableColumn::number(self.say("value-trend-column-ahead")),
                TableColumn::number(self.say("value-trend-column-smallest")),
            ],
            rows: std::iter::once(whole).chain(groups).map(row).collect(),
        }
    }

    fn cell(&self, value: &Estimate) -> Cell {
        Cell::estimate(value, &SCORE, self.words)
    }

    fn cell_of(&self, value: Option<Estimate>) -> Cell {
        value.map_or(Cell::Empty, |value| self.cell(&value))
    }

    /// The step that would be seen; where there are too few periods, the change of another survey.
    fn smallest(&self, line: &Line) -> Cell {
        let step = line.changes.told().map(|changes| changes.smallest_step);
        let smallest = step.unwrap_or(line.smallest_change);
        match smallest > 0.0 {
            true => Cell::number(smallest, &SCORE, self.words),
            false => Cell::Empty,
        }
    }

    /// The newest periods of everyone.
    pub(super) fn periods(&self, whole: &Line) -> Table {
        let row = |period: &PeriodValue| {
            vec![
                Cell::text(self.period(period.from)),
                respondents_cell(period.answers, period.effective, self.words),
                self.cell_of(period.value),
                self.cell_of(period.ratio),
                self.cell_of(period.benefits),
                self.cell_of(period.costs),
            ]
        };
        let newest = whole.periods.len().saturating_sub(MOST_PERIODS);
        Table {
            title: self.say("value-trend-periods"),
            reading: self.say("value-trend-periods-reading"),
            columns: vec![
                TableColumn::text(self.period_heading()),
                TableColumn::number(self.say("value-trend-column-answers")),
                TableColumn::number(self.followed()),
                TableColumn::number(self.say("value-trend-column-ratio")),
                TableColumn::number(self.say("value-trend-followed-benefits")),
                TableColumn::number(self.say("value-trend-followed-costs")),
            ],
            rows: whole.periods[newest..].iter().map(row).collect(),
        }
    }

    /// Which dimensions moved it.
    pub(super) fn dimensions(&self, line: &Line, moved: &Moved) -> Table {
        let row = |dimension: &DimensionMoved| {
            let importance = |of: fn(&BeforeAndAfter) -> Estimate| {
                let value = dimension.importance.as_ref().map(|found| of(found).value);
                value.map_or(Cell::Empty, |value| {
                    Cell::number(value, &Unit::Number { decimals: 1 }, self.words)
                })
            };
            let verdict = |changed: bool| match changed {
                true => "value-trend-changed",
                false => "value-trend-cannot-tell",
            };
            vec![
                Cell::text(dimension_label(&dimension.name, self.words)),
                Cell::number(dimension.score.before.value, &SCORE, self.words),
                Cell::number(dimension.score.after.value, &SCORE, self.words),
                Cell::estimate(&dimension.score.change, &Unit::PointsMore, self.words),
                Cell::text(self.say(verdict(dimension.changed))),
                Cell::estimate(&dimension.contribution, &Unit::PointsMore, self.words),
                importance(|found| found.before),
                importance(|found| found.after),
            ]
        };
        let id = match moved.at_change {
            true => "value-trend-moved-at-change",
            false => "value-trend-moved-halves",
        };
        let variables = [
            ("who", self.name(line).into()),
            (
                "before",
                self.stretch(moved.before.from, moved.before.until).into(),
            ),
            (
                "after",
                self.stretch(moved.after.from, moved.after.until).into(),
            ),
            (
                "change",
                self.words
                    .estimate(&moved.value.change, &Unit::PointsMore)
                    .into(),
            ),
        ];
        Table {
            title: self.tell("value-trend-moved", &[("who", self.name(line).into())]),
            reading: [
                self.tell(id, &variables),
                self.benefits_and_costs(moved),
                self.what_moved(moved),
            ]
            .join(" "),
            columns: vec![
                TableColumn::text(self.say("value-trend-column-dimension")),
                TableColumn::number(self.say("value-trend-column-before")),
                TableColumn::number(self.say("value-trend-column-after")),
                TableColumn::number(self.say("value-trend-column-score-change")),
                TableColumn::text(self.say("value-trend-column-verdict")),
                TableColumn::number(self.say("value-trend-column-adds")),
                TableColumn::number(self.say("value-trend-column-importance-before")),
                TableColumn::number(self.say("value-trend-column-importance-after")),
            ],
            rows: moved.dimensions.iter().map(row).collect(),
        }
    }

    /// What comes from who answered.
    pub(super) fn mixes(&self, line: &Line, moved: &Moved) -> Table {
        let row = |mix: &Mix| {
            vec![
                Cell::text(mix.by.told_apart(self.words)),
                Cell::estimate(&mix.mix, &Unit::PointsMore, self.words),
                Cell::estimate(&mix.level, &Unit::PointsMore, self.words),
                Cell::text(self.largest_parts(mix)),
            ]
        };
        Table {
            title: self.tell("value-trend-mix", &[("who", self.name(line).into())]),
            reading: self.say("value-trend-mix-reading"),
            columns: vec![
                TableColumn::text(self.say("value-trend-column-by")),
                TableColumn::number(self.say("value-trend-column-mix")),
                TableColumn::number(self.say("value-trend-column-level")),
                TableColumn::text(self.say("value-trend-column-parts")),
            ],
            rows: moved.mix.iter().map(row).collect(),
        }
    }

    /// The groups that have most to do with it, with their shares before and after.
    fn largest_parts(&self, mix: &Mix) -> String {
        let part = |group: &MixGroup| group.change.mix.value + group.change.level.value;
        let mut groups: Vec<&MixGroup> = mix.groups.iter().collect();
        groups.sort_by(|one, other| part(other).abs().total_cmp(&part(one).abs()));
        let told = groups.into_iter().take(MOST_NAMED).map(|group| {
            let name = match &group.group {
                Some(name) => mix.by.told(name, self.words),
                None => self.say("value-trend-not-known"),
            };
            let share = |share: f64| self.words.percent(share, 0);
            let variables = [
                ("group", name.into()),
                ("part", self.words.signed(part(group), 2).into()),
                ("before", share(group.change.share_before).into()),
                ("after", share(group.change.share_after).into()),
            ];
            self.tell("value-trend-part", &variables)
        });
        told.collect::<Vec<String>>().join("; ")
    }
}
