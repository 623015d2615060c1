//! Tables: steps, transitions, whole ways, what is done again, satisfaction, names, windows.

use worth_model::Estimate;

use super::Teller;
use crate::journey::answer::{Place, Transition};
use crate::sheet::{Cell, Table, TableColumn};
use crate::steps::{StepName, StepTable};
use crate::words::Unit;

/// Names before rules that are listed; the JSON has all.
const MOST_NAMES: usize = 200;
/// Ways that are listed; the JSON has more.
const MOST_WAYS: usize = 10;

impl Teller<'_> {
    fn table(&self, id: &str, columns: Vec<TableColumn>, rows: Vec<Vec<Cell>>) -> Table {
        Table {
            title: self.say(&format!("journey-table-{id}")),
            reading: self.say(&format!("journey-table-{id}-reading")),
            columns,
            rows,
        }
    }

    fn text(&self, id: &str) -> TableColumn {
        TableColumn::text(self.say(&format!("journey-{id}")))
    }

    fn number(&self, id: &str) -> TableColumn {
        TableColumn::number(self.say(&format!("journey-{id}")))
    }

    fn counted(&self, count: u64) -> Cell {
        Cell::number(count as f64, &Unit::Count, self.words)
    }

    fn shared(&self, share: &Estimate) -> Cell {
        Cell::estimate(share, &Unit::Share { decimals: 1 }, self.words)
    }

    /// Steps, those of most people first.
    pub(super) fn steps(&self) -> Table {
        let places = &self.answer.steps;
        let has_outcomes = self.answer.has_outcomes();
        let mut columns = vec![
            self.text("step"),
            self.number("times"),
            self.number("people"),
            self.number("ends-share"),
        ];
        if has_outcomes {
            columns.extend(
                ["failed-share", "abandoned-share", "broken-off"].map(|id| self.number(id)),
            );
        }
        let row = |place: &Place| {
            let mut row = vec![
                Cell::text(self.name(&place.name)),
                self.counted(place.steps),
                self.counted(place.people),
                self.shared(&place.ends_share),
            ];
            if has_outcomes {
                let outcomes = &place.outcomes;
                let share = |share: Option<Estimate>| {
                    share.map_or(Cell::Empty, |share| self.shared(&share))
                };
                row.push(share(outcomes.failed_share));
                row.push(share(outcomes.abandoned_share));
                row.push(self.counted(outcomes.broken_off));
            }
            row
        };
        self.table("steps", columns, places.iter().map(row).collect())
    }

    /// Whose value goes where, if value is known.
    pub(super) fn value(&self) -> Option<Table> {
        let money = self.money();
        let row = |place: &Place| {
            let [through, last, stake] = [place.value_through?, place.value_last?, place.at_stake?];
            Some(vec![
                Cell::text(self.name(&place.name)),
                self.counted(place.people),
                Cell::estimate(&through, &money, self.words),
                self.counted(place.last_of_people),
                Cell::estimate(&last, &money, self.words),
                Cell::estimate(&stake, &money, self.words),
            ])
        };
        let numbers = [
            "people",
            "value-through",
            "last-of-people",
            "value-last",
            "at-stake-here",
        ];
        let numbers = numbers.map(|id| self.number(id));
        let columns = std::iter::once(self.text("step")).chain(numbers).collect();
        let rows: Vec<Vec<Cell>> = self.answer.steps.iter().filter_map(row).collect();
        (!rows.is_empty()).then(|| self.table("value", columns, rows))
    }

    /// Transitions, the most frequent first, and what the others come to.
    pub(super) fn transitions(&self) -> Table {
        let transitions = &self.answer.transitions;
        let has_value = transitions.iter().any(|edge| edge.value_through.is_some());
        let mut columns = vec![
            self.text("transition"),
            self.number("times"),
            self.number("share"),
            self.number("waiting"),
            self.number("middle-half"),
        ];
        if has_value {
            columns.extend(["value-through", "at-stake-here"].map(|id| self.number(id)));
        }
        let width = columns.len();
        let row = |edge: &Transition| {
            let mut row = vec![
                Cell::text(self.between(&edge.from, &edge.to)),
                self.counted(edge.times),
                self.shared(&edge.share),
                Cell::median(&edge.waiting, self.words),
                Cell::middle_half(&edge.waiting, self.words),
            ];
            let value = [edge.value_through, edge.at_stake].into_iter().flatten();
            row.extend(value.map(|value| Cell::estimate(&value, &self.money(), self.words)));
            row
        };
        let mut rows: Vec<Vec<Cell>> = transitions.iter().map(row).collect();
        let others = &self.answer.other_transitions;
        if others.transitions > 0 {
            let told = [("count", others.transitions.into())];
            let mut row = vec![
                Cell::text(self.tell("journey-other-transitions", &told)),
                self.counted(others.times),
            ];
            row.resize(width, Cell::Empty);
            rows.push(row);
        }
        self.table("transitions", columns, rows)
    }

    /// Whole ways, the most common first.
    pub(super) fn variants(&self) -> Table {
        let variants = &self.answer.variants;
        let columns = vec![
            self.text("way"),
            self.number("journeys"),
            self.number("share-of-journeys"),
            self.number("coverage"),
        ];
        let shown = variants.shown.iter().take(MOST_WAYS);
        let mut rows: Vec<Vec<Cell>> = shown
            .clone()
            .map(|variant| {
                vec![
                    Cell::text(self.way(&variant.steps, variant.length)),
                    self.counted(variant.journeys),
                    self.shared(&variant.share),
                    Cell::number(variant.coverage, &Unit::Share { decimals: 1 }, self.words),
                ]
            })
            .collect();
        let told: u64 = shown.map(|variant| variant.journeys).sum();
        let others = self.answer.counts.journeys - told;
        if others > 0 {
            let count = variants.all - rows.len() as u64;
            rows.push(vec![
                Cell::text(self.tell("journey-other-ways", &[("count", count.into())])),
                self.counted(others),
                Cell::Empty,
                Cell::number(1.0, &Unit::Share { decimals: 1 }, self.words),
            ]);
        }
        self.table("variants", columns, rows)
    }

    /// Steps that are taken more than once, if there are any.
    pub(super) fn rework(&self) -> Option<Table> {
        let mut places: Vec<&Place> = self.answer.steps.iter().collect();
        places.retain(|place| place.repeats > 0 && place.name != StepName::Other);
        places.sort_by_key(|place| std::cmp::Reverse(place.repeats));
        let row = |place: &&Place| {
            vec![
                Cell::text(self.name(&place.name)),
                self.shared(&place.repeating_share),
                self.counted(place.repeats),
                self.counted(place.repeats - place.returns),
                self.counted(place.returns),
            ]
        };
        let columns = vec![
            self.text("step"),
            self.number("repeating"),
            self.number("repeats"),
            self.number("at-once"),
            self.number("returns"),
        ];
        let rows: Vec<Vec<Cell>> = places.iter().map(row).collect();
        (!rows.is_empty()).then(|| self.table("rework", columns, rows))
    }

    /// How satisfied people were, where anybody was asked.
    pub(super) fn satisfied(&self) -> Option<Table> {
        let columns = vec![
            self.text("step"),
            self.text("asked"),
            self.number("answers"),
            self.number("mean"),
        ];
        let rows: Vec<Vec<Cell>> = self
            .answer
            .steps
            .iter()
            .flat_map(|place| place.satisfaction.iter().map(move |said| (place, said)))
            .map(|(place, said)| {
                vec![
                    Cell::text(self.name(&place.name)),
                    Cell::text(self.say(&format!("journey-measure-{}", said.measure))),
                    self.counted(said.answers),
                    Cell::estimate(&said.mean, &Unit::Number { decimals: 2 }, self.words),
                ]
            })
            .collect();
        (!rows.is_empty()).then(|| self.table("satisfaction", columns, rows))
    }

    /// What steps are called, and were called before.
    pub(super) fn names(&self) -> Table {
        let columns = vec![
            self.text("name-after"),
            self.text("name-before"),
            self.text("table"),
            self.number("times"),
        ];
        let mut names: Vec<_> = self.answer.names.iter().take(MOST_NAMES).collect();
        names.sort_by(|one, other| one.name.cmp(&other.name));
        let rows = names
            .into_iter()
            .map(|read| {
                let is_new = read.before != read.name;
                vec![
                    Cell::text(read.name.as_str()),
                    if is_new {
                        Cell::text(read.before.as_str())
                    } else {
                        Cell::Empty
                    },
                    Cell::text(self.table_name(read.table)),
                    self.counted(read.steps),
                ]
            })
            .collect();
        self.table("names", columns, rows)
    }

    pub(super) fn table_name(&self, table: StepTable) -> String {
        self.say(&format!("steps-table-{}", table.name()))
    }

    /// The same under other windows.
    pub(super) fn windows(&self) -> Table {
        let columns = vec![
            self.text("window"),
            self.number("journeys"),
            self.number("steps-per-journey"),
            self.text("most-end-with"),
            self.text("most-frequent"),
        ];
        let rows = self
            .answer
            .windows
            .compared
            .iter()
            .map(|windowed| {
                let window = windowed.window.map_or_else(
                    || self.say("journey-no-window"),
                    |window| window.told(self.words),
                );
                let share = self.words.percent(windowed.most_end_share, 1);
                let ended = format!("{} ({share})", self.name(&windowed.most_end_with));
                let frequent = windowed.most_frequent.as_ref();
                let frequent = frequent.map(|[from, to]| self.between(from, to));
                vec![
                    Cell::text(window),
                    self.counted(windowed.journeys),
                    Cell::number(
                        windowed.steps_per_journey,
                        &Unit::Number { decimals: 1 },
                        self.words,
                    ),
                    Cell::text(ended),
                    frequent.map_or(Cell::Empty, Cell::text),
                ]
            })
            .collect();
        self.table("windows", columns, rows)
    }
}
