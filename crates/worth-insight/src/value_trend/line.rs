//! The line of everyone, or of one group: its level period by period, when it changed, and where it may
//! go.

use worth_model::Estimate;
use worth_model::estimate::{POWER, reaches};
use worth_model::experiment::Arm;
use worth_model::trend::{self, Outlook, Period, PeriodAnswers, Told};

use super::Seen;
use super::answer::{
    Ahead, Change, Changes, DateProbability, DimensionPeriods, Line, PeriodValue, Segment,
};
use super::moved::{Composition, moved};
use super::ratings::Rating;
use crate::answers::By;
use crate::segments::FALSE_DISCOVERY_RATE;

/// Everyone or one group, what they said, and what it tells.
pub(super) struct LineOf<'a> {
    pub(super) seen: &'a Seen<'a>,
    name: Option<(By, String)>,
    pub(super) ratings: Vec<Rating>,
    pub(super) periods: Vec<Period>,
    pub(super) changes: Told<trend::Changes>,
}

impl<'a> LineOf<'a> {
    pub(super) fn new(
        seen: &'a Seen<'a>,
        name: Option<(By, String)>,
        ratings: Vec<Rating>,
    ) -> Self {
        let periods = levels(seen, &ratings, |rating| rating.value);
        let changes = trend::changes(&periods, seen.question.level).expect("a level was checked");
        Self {
            seen,
            name,
            ratings,
            periods,
            changes,
        }
    }

    pub(super) fn answers(&self) -> u64 {
        self.periods.iter().map(|period| period.answers).sum()
    }

    /// How probable changes like these are when there are none.
    pub(super) fn p_value(&self) -> f64 {
        self.changes.told().map_or(1.0, |changes| changes.p_value)
    }

    /// As in the answer. `adjusted`: the p-value, adjusted for how many lines are looked at.
    pub(super) fn told(&self, adjusted: f64, compositions: &[Composition]) -> Line {
        let level = self.seen.question.level;
        let values = self.ratings.iter();
        let values = values.map(|rating| (rating.value, rating.weight));
        let all = Arm::of(values.filter(|(value, _)| !value.is_nan()));
        let has_changes = |changes: &trend::Changes| !changes.changes.is_empty();
        let changed =
            adjusted <= FALSE_DISCOVERY_RATE && self.changes.told().is_some_and(has_changes);
        // a group that did not change has nothing that moved it
        let is_explained = changed || self.name.is_none();
        let (by, group) = self.name.clone().unzip();
        Line {
            by,
            group,
            answers: all.people,
            effective: all.effective,
            mean: all.average(level).expect("a level was checked"),
            // another survey of the same size has the same error, and errors add as squares
            smallest_change: reaches(level, POWER) * 2f64.sqrt() * all.standard_error(),
            periods: self.period_values(),
            changes: self.changes.clone().map(|changes| self.dated(changes)),
            adjusted_p_value: adjusted,
            changed,
            outlook: self.outlook(),
            moved: is_explained
                .then(|| moved(self, changed, compositions))
                .flatten(),
        }
    }

    /// Scores and importance of each dimension.
    pub(super) fn dimensions(&self) -> Vec<DimensionPeriods> {
        let means = |part: &dyn Fn(&Rating) -> f64| {
            let periods = self.levels(part).into_iter();
            periods.map(|period| period.mean).collect()
        };
        let named = self.seen.layout.dimensions.iter().enumerate();
        named
            .map(|(column, name)| DimensionPeriods {
                name: name.clone(),
                scores: means(&|rating| rating.scores[column]),
                importance: means(&|rating| rating.importance[column]),
            })
            .collect()
    }

    fn period_values(&self) -> Vec<PeriodValue> {
        let benefits = self.levels(|rating| rating.measures.benefits);
        let costs = self.levels(|rating| rating.measures.costs);
        let ratios = self.ratios();
        let numbered = self.periods.iter().enumerate();
        numbered
            .map(|(number, period)| PeriodValue {
                from: self.seen.timeline.first_day(number),
                answers: period.answers,
                effective: period.effective,
                value: period.mean,
                benefits: benefits[number].mean,
                costs: costs[number].mean,
                ratio: ratios[number],
            })
            .collect()
    }

    /// Mean benefits over mean costs, of those who scored both. A ratio of means is off by the mean of
    /// (benefit − ratio · cost) / mean cost (Cochran 1977, Sampling Techniques, section 6.4).
    fn ratios(&self) -> Vec<Option<Estimate>> {
        let both = |rating: &Rating, part: f64| match rating.measures.difference.is_nan() {
            true => f64::NAN,
            false => part,
        };
        let means = |periods: Vec<Period>| -> Vec<f64> {
            let mean = |period: Period| period.mean.map_or(f64::NAN, |mean| mean.value);
            periods.into_iter().map(mean).collect()
        };
        let benefits = means(self.levels(|rating| both(rating, rating.measures.benefits)));
        let costs = means(self.levels(|rating| both(rating, rating.measures.costs)));
        let ratio = |period: usize| benefits[period] / costs[period];
        let off = self.levels(|rating| {
            let (period, measures) = (rating.period as usize, &rating.measures);
            (measures.benefits - ratio(period) * measures.costs) / costs[period]
        });
        let shifted = |(period, off): (usize, Period)| Some(off.mean?.shifted(ratio(period)));
        off.into_iter().enumerate().map(shifted).collect()
    }

    fn levels(&self, part: impl Fn(&Rating) -> f64) -> Vec<Period> {
        levels(self.seen, &self.ratings, part)
    }

    fn dated(&self, changes: trend::Changes) -> Changes {
        let day = |number: usize| self.seen.timeline.first_day(number);
        let segments = changes.segments.into_iter().map(|segment| Segment {
            from: day(segment.first),
            until: day(segment.last),
            level: segment.level,
        });
        let found = changes.changes.into_iter().map(|change| Change {
            from: day(change.period),
            dates: (change.dates.into_iter())
                .map(|date| DateProbability {
                    from: day(date.period),
                    probability: date.probability,
                })
                .collect(),
            size: change.size,
        });
        Changes {
            segments: segments.collect(),
            changes: found.collect(),
            p_value: changes.p_value,
            smallest_step: changes.smallest_step,
            unrest: changes.unrest,
        }
    }

    fn outlook(&self) -> Told<Vec<Ahead>> {
        let (question, timeline) = (self.seen.question, &self.seen.timeline);
        let outlook = trend::outlook(&self.periods, question.ahead as usize, question.level)
            .expect("level and periods were checked");
        outlook.map(|Outlook { now, ahead }| {
            let from_now = std::iter::once(now).chain(ahead).enumerate();
            from_now
                .map(|(further, value)| Ahead {
                    from: timeline.first_day(timeline.count - 1 + further),
                    value,
                })
                .collect()
        })
    }
}

/// Levels of one part of ratings, period by period.
fn levels(seen: &Seen<'_>, ratings: &[Rating], part: impl Fn(&Rating) -> f64) -> Vec<Period> {
    let (scores, weight): (Vec<f64>, Vec<f64>) = ratings
        .iter()
        .map(|rating| (part(rating), rating.weight))
        .unzip();
    let period: Vec<u32> = ratings.iter().map(|rating| rating.period).collect();
    let answers = PeriodAnswers {
        scores: &scores,
        period: &period,
        weight: Some(&weight),
    };
    trend::periods(&answers, seen.timeline.count, seen.question.level)
        .expect("scores are on 1..10, and periods are those of the timeline")
}
