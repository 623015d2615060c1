//! How soon customers pay back what they cost; without costs, who comes back.

use super::{RATIO, SHARE, Teller, returns};
use crate::acquisition::answer::{Group, GroupName, ReturnOnCost};
use crate::sheet::{Axis, Block, Chart, ChartKind, Coordinate, Mark, On, Point, Series, Sheet};
use crate::words::Unit;

/// Lines in one picture: those that most was spent on.
const MOST_LINES: usize = 6;
/// Points of a line.
const MOST_POINTS: usize = 13;

impl Teller<'_> {
    pub(super) fn chart(&self, sheet: &mut Sheet) {
        let chart = if self.answer.no_cost.is_some() {
            self.shares()
        } else {
            self.paying_back()
        };
        if let Some(chart) = chart {
            sheet.push(Block::Chart(chart));
        }
    }

    /// What customers have brought by an age, in costs of winning one.
    fn paying_back(&self) -> Option<Chart> {
        let mut lines: Vec<(&Group, &ReturnOnCost)> = (self.answer.groups.iter())
            .filter_map(|group| Some((group, returns(group)?)))
            .filter(|(_, found)| found.curve.len() > 1)
            .collect();
        let spent = |group: &Group| group.cost.as_ref().map_or(0.0, |cost| cost.spent);
        lines.sort_by(|one, other| spent(other.0).total_cmp(&spent(one.0)));
        lines.truncate(MOST_LINES);
        let series: Vec<Series> = lines
            .into_iter()
            .map(|(group, found)| self.line(group, found))
            .collect();
        (!series.is_empty()).then(|| Chart {
            title: self.say("acquisition-chart"),
            reading: self.say("acquisition-chart-reading"),
            kind: ChartKind::Lines,
            x: Axis::new(self.say("acquisition-chart-x"), Unit::Count),
            y: Axis::new(self.say("acquisition-chart-y"), RATIO),
            series,
            marks: vec![Mark {
                on: On::Y,
                at: 1.0,
                label: self.say("acquisition-chart-mark"),
            }],
        })
    }

    fn line(&self, group: &Group, found: &ReturnOnCost) -> Series {
        let times = found.per_customer.value.recip();
        let step = found.curve.len().div_ceil(MOST_POINTS);
        let points = found.curve.iter().step_by(step).map(|point| {
            let in_costs = point.margin.scaled(times);
            Point {
                x: Coordinate::Number(f64::from(point.days)),
                y: in_costs.value,
                x_interval: None,
                y_interval: in_costs.ends(),
                label: None,
            }
        });
        Series {
            name: self.name(group),
            points: points.collect(),
        }
    }

    /// Shares who came back.
    fn shares(&self) -> Option<Chart> {
        let point = |group: &Group| {
            let share = group.returned.share?;
            Some(match group.group {
                GroupName::Cohort(start) => Point::on(start, &share),
                _ => Point::bar(self.name(group), &share),
            })
        };
        let points: Vec<Point> = self.answer.groups.iter().filter_map(point).collect();
        let title = self.tell("acquisition-returned", &[self.window()]);
        (points.len() > 1).then(|| Chart {
            title: title.clone(),
            reading: self.say("acquisition-chart-shares-reading"),
            kind: if self.answer.cohort.is_some() {
                ChartKind::Lines
            } else {
                ChartKind::Bars
            },
            x: Axis::new(self.group_column(), Unit::Count),
            y: Axis::new(title, SHARE),
            series: vec![Series {
                name: self.say("acquisition-all"),
                points,
            }],
            marks: Vec::new(),
        })
    }
}
