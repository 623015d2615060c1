//! The pictures: one unit over its windows, and all units beside each other.

use worth_model::Estimate;

use super::{Counting, MOST_SHOWN, Teller};
use crate::alerts::answer::{PastWindow, Unit};
use crate::sheet::{Axis, Chart, ChartKind, Mark, On, Point, Series};
use crate::words::Value;

/// A band that reaches lower than this share of what is expected tells too little to be drawn.
const LOWEST_DRAWN: f64 = 0.25;

impl Teller<'_> {
    /// Expected and actual purchases of a unit, window by window.
    pub(super) fn control_chart(&self, unit: &Unit) -> Chart {
        let line = |name: &str, purchases: fn(&PastWindow) -> Estimate| Series {
            name: self.say(name),
            points: unit
                .windows
                .iter()
                .map(|window| Point::bar(self.words.date(window.until), &purchases(window)))
                .collect(),
        };
        let level = self.words.percent(self.answer.level, 0);
        let variables = [
            ("unit", Value::from(self.name(unit))),
            ("days", self.answer.window_days.into()),
            ("level", level.into()),
        ];
        Chart {
            title: self.tell("alerts-control", &variables),
            reading: self.tell("alerts-control-reading", &variables),
            kind: ChartKind::Lines,
            x: Axis::new(self.say("alerts-control-x"), Counting::Count),
            y: Axis::new(self.say("alerts-purchases"), Counting::Count),
            series: vec![
                line("alerts-expected", |window| window.expected),
                line("alerts-happened", |window| {
                    Estimate::counted(window.actual as f64)
                }),
            ],
            marks: Vec::new(),
        }
    }

    /// What happened over what was to be expected, of those out of order and the largest others.
    pub(super) fn ratios(&self) -> Chart {
        let bar = |unit: &Unit| {
            let (expected, ratio) = unit.expected.zip(unit.ratio)?;
            let (low, high) = expected.ends()?;
            let actual = unit.actual as f64;
            (low >= LOWEST_DRAWN * expected.value).then(|| Point {
                y_interval: Some((actual / high, actual / low)),
                ..Point::bar(self.name(unit), &Estimate::counted(ratio))
            })
        };
        let units = self.answer.out_of_order().chain(self.others());
        Chart {
            title: self.say("alerts-ratios"),
            reading: self.say("alerts-ratios-reading"),
            kind: ChartKind::Bars,
            x: Axis::new(self.say("alerts-column-unit"), Counting::Count),
            y: Axis::new(self.say("alerts-ratio"), Counting::Number { decimals: 2 }),
            series: vec![Series {
                name: self.say("alerts-ratio"),
                points: units.filter_map(bar).take(MOST_SHOWN).collect(),
            }],
            marks: vec![Mark {
                on: On::Y,
                at: 1.0,
                label: self.say("alerts-as-expected"),
            }],
        }
    }
}
