//! The pictures of the last test.

use worth_model::Estimate;
use worth_model::lifetime::Cell;

use super::{SHARE, Teller};
use crate::backtest::answer::{AliveMap, LastTest, Verdict};
use crate::lifetime::answer::RepeatPoint;
use crate::sheet::{
    Axis, Block, Chart, ChartKind, Coordinate, HeatMap, Mark, On, Point, Series, Sheet,
};
use crate::words::{Unit, Value};

impl Teller<'_> {
    /// The section on the last test.
    pub(super) fn last_test(&self, verdict: &Verdict, test: &LastTest, sheet: &mut Sheet) {
        let variables = [
            ("model", Value::from(verdict.model.title())),
            ("day", self.words.date(test.day).into()),
            ("days", self.answer.horizon_days.into()),
            ("level", self.words.percent(self.answer.level, 0).into()),
            (
                "within",
                self.words.estimate(&test.within_intervals, &SHARE).into(),
            ),
        ];
        sheet.section(
            self.tell("backtest-section-last", &variables),
            self.tell("backtest-section-last-about", &variables),
        );
        if test.tracking.len() > 1 {
            sheet.push(Block::Chart(self.cumulative(test)));
            sheet.push(Block::Chart(self.incremental(test)));
        }
        for (id, cells) in [
            ("backtest-before", &test.frequencies_before),
            ("backtest-after", &test.frequencies_after),
        ] {
            let title = self.tell(id, &variables);
            let reading = self.tell(&format!("{id}-reading"), &variables);
            let axis = self.say(&format!("{id}-x"));
            sheet.push(Block::Chart(self.frequencies(title, reading, axis, cells)));
        }
        sheet.push(Block::HeatMap(self.alive_map(&test.p_alive)));
    }

    /// Repeat purchases so far, week by week.
    fn cumulative(&self, test: &LastTest) -> Chart {
        let actual = test.tracking.iter().map(|point| point.actual as f64);
        let expected = test.tracking.iter().map(|point| point.expected);
        let points = || test.tracking.iter();
        self.tracking(
            test,
            "backtest-cumulative",
            [
                points().zip(actual).collect(),
                points().zip(expected).collect(),
            ],
        )
    }

    /// What each step adds.
    fn incremental(&self, test: &LastTest) -> Chart {
        let steps = || test.tracking.windows(2);
        let actual = steps().map(|step| (&step[1], (step[1].actual - step[0].actual) as f64));
        let expected = steps().map(|step| (&step[1], step[1].expected - step[0].expected));
        self.tracking(
            test,
            "backtest-incremental",
            [actual.collect(), expected.collect()],
        )
    }

    fn tracking(
        &self,
        test: &LastTest,
        id: &str,
        [actual, expected]: [Vec<(&RepeatPoint, f64)>; 2],
    ) -> Chart {
        let weeks = |day: jiff::civil::Date| weeks_between(test.first_day, day);
        let series = |name: &str, points: Vec<(&RepeatPoint, f64)>| Series {
            name: self.say(name),
            points: points
                .into_iter()
                .map(|(point, repeats)| Point {
                    x: Coordinate::Number(weeks(point.day)),
                    y: repeats,
                    x_interval: None,
                    y_interval: None,
                    label: None,
                })
                .collect(),
        };
        Chart {
            title: self.say(id),
            reading: self.say(&format!("{id}-reading")),
            kind: ChartKind::Lines,
            x: Axis::new(self.say("backtest-weeks"), Unit::Count),
            y: Axis::new(self.say("backtest-repeats"), Unit::Count),
            series: vec![
                series("backtest-happened", actual),
                series("backtest-expected", expected),
            ],
            marks: vec![Mark {
                on: On::X,
                at: weeks(test.day),
                label: self.say("backtest-known-until"),
            }],
        }
    }

    /// Customers by number of purchases.
    fn frequencies(&self, title: String, reading: String, axis: String, cells: &[Cell]) -> Chart {
        let series = |id: &str, of: fn(&Cell) -> f64| Series {
            name: self.say(id),
            points: cells
                .iter()
                .map(|cell| Point::bar(cell.label.clone(), &Estimate::counted(of(cell))))
                .collect(),
        };
        Chart {
            title,
            reading,
            kind: ChartKind::Bars,
            x: Axis::new(axis, Unit::Count),
            y: Axis::new(self.say("backtest-customers"), Unit::Count),
            series: vec![
                series("backtest-happened", |cell| cell.actual),
                series("backtest-expected", |cell| cell.expected),
            ],
            marks: Vec::new(),
        }
    }

    fn alive_map(&self, map: &AliveMap) -> HeatMap {
        let whole = |number: f64| self.words.number(number, 0);
        let age = [("weeks", whole(map.age_weeks).into())];
        HeatMap {
            title: self.say("backtest-alive"),
            reading: self.tell("backtest-alive-reading", &age),
            x: self.say("backtest-frequency-x"),
            y: self.say("backtest-alive-y"),
            columns: map
                .frequency
                .iter()
                .map(|&times| whole(times.into()))
                .collect(),
            rows: map
                .recency_weeks
                .iter()
                .map(|&weeks| whole(weeks))
                .collect(),
            values: map.p_alive.clone(),
            unit: Unit::Share { decimals: 0 },
            ends: (0.0, 1.0),
        }
    }
}

/// Weeks from the beginning of one day to the end of another.
fn weeks_between(first: jiff::civil::Date, last: jiff::civil::Date) -> f64 {
    f64::from(crate::columns::day_of(last) - crate::columns::day_of(first) + 1) / 7.0
}
