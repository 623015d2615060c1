//! What moved a line: who answered, which dimensions, and how important they are, before and after.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use worth_model::discovery;
use worth_model::experiment::{Arm, difference_of_means, p_of_equal_means};
use worth_model::trend::{Grouped, Told, decompose};

use super::Seen;
use super::answer::{BeforeAndAfter, DimensionMoved, Followed, Mix, MixGroup, Moved, Stretch};
use super::line::LineOf;
use super::ratings::Rating;
use crate::answers::{By, Kind};
use crate::segments::FALSE_DISCOVERY_RATE;

/// What respondents, or their answers, may be a mix of.
pub(super) static PARTS: [By; 8] = [
    By::Region,
    By::Culture,
    By::Channel,
    By::Role,
    By::Stage,
    By::Touchpoint,
    By::Category,
    By::Product,
];
/// Parts of more groups than this are no mix that anyone could look at.
const MOST_GROUPS: usize = 50;

/// Which group each respondent belonged to in each period.
pub(super) struct Composition {
    by: By,
    names: Vec<String>,
    /// By respondent and period: a place in `names`, or one beyond when it is not known, or several.
    groups: BTreeMap<(usize, u32), usize>,
}

impl Composition {
    /// Those of all parts that tell respondents apart.
    pub(super) fn all(seen: &Seen<'_>) -> Vec<Self> {
        let parts = seen.question.parts().map(|by| Self::of(seen, by));
        parts
            .filter(|composition| (2..=MOST_GROUPS).contains(&composition.names.len()))
            .collect()
    }

    fn of(seen: &Seen<'_>, by: &By) -> Self {
        let mut named: BTreeMap<(usize, u32), Option<String>> = BTreeMap::new();
        for answer in seen.answers.own_scores(seen.brands) {
            let Some(period) = seen.timeline.number(answer.day) else {
                continue;
            };
            let group = by.group_of(answer, seen.answers);
            let known = (named.entry((answer.respondent, period))).or_insert_with(|| group.clone());
            if *known != group {
                *known = None;
            }
        }
        let mut names: Vec<String> = named.values().flatten().cloned().collect();
        names.sort_unstable();
        names.dedup();
        let place = |name: Option<String>| {
            let place = name.and_then(|name| names.binary_search(&name).ok());
            place.unwrap_or(names.len())
        };
        let groups = named.into_iter().map(|(row, name)| (row, place(name)));
        Self {
            by: by.clone(),
            groups: groups.collect(),
            names,
        }
    }

    fn group(&self, rating: &Rating) -> usize {
        let row = (rating.respondent, rating.period);
        self.groups.get(&row).copied().unwrap_or(self.names.len())
    }
}

/// Before and after the largest change, or the first and the second half of the answers when nothing
/// changed for sure; nothing with fewer than two periods.
pub(super) fn moved(
    line: &LineOf<'_>,
    changed: bool,
    compositions: &[Composition],
) -> Option<Moved> {
    let (before, after) = match changed {
        true => around_largest_change(line),
        false => halves(line),
    }?;
    let within = |periods: &RangeInclusive<usize>| -> Vec<&Rating> {
        let is_within = |rating: &&Rating| periods.contains(&(rating.period as usize));
        line.ratings.iter().filter(is_within).collect()
    };
    let sides = Sides {
        seen: line.seen,
        before: within(&before),
        after: within(&after),
    };
    let stretch = |periods: &RangeInclusive<usize>| Stretch {
        from: line.seen.timeline.first_day(*periods.start()),
        until: line.seen.timeline.first_day(*periods.end()),
    };
    Some(Moved {
        before: stretch(&before),
        after: stretch(&after),
        at_change: changed,
        value: sides.compare(|rating| rating.value)?.0,
        benefits: sides
            .compare(|rating| rating.measures.benefits)
            .map(|(found, _)| found),
        costs: sides
            .compare(|rating| rating.measures.costs)
            .map(|(found, _)| found),
        dimensions: sides.dimensions(),
        mix: compositions
            .iter()
            .filter_map(|composition| sides.mix(composition))
            .collect(),
    })
}

type BothSides = (RangeInclusive<usize>, RangeInclusive<usize>);

/// The stretches of one level that the largest change lies between.
fn around_largest_change(line: &LineOf<'_>) -> Option<BothSides> {
    let Told::Told(changes) = &line.changes else {
        return None;
    };
    let size = |place: &usize| changes.changes[*place].size.value.abs();
    let largest = (0..changes.changes.len()).max_by(|one, other| size(one).total_cmp(&size(other)));
    let largest = largest?;
    let stretch = |place: usize| {
        let segment = &changes.segments[place];
        segment.first..=segment.last
    };
    Some((stretch(largest), stretch(largest + 1)))
}

/// The periods that split the answers most evenly.
fn halves(line: &LineOf<'_>) -> Option<BothSides> {
    let mut with_answers = line.periods.iter().enumerate();
    let first = with_answers.find(|(_, period)| period.answers > 0)?.0;
    let all: u64 = line.periods.iter().map(|period| period.answers).sum();
    let mut before = line.periods[first].answers;
    let mut best = None;
    for (number, period) in with_answers.filter(|(_, period)| period.answers > 0) {
        let apart = (2 * before).abs_diff(all);
        if best.is_none_or(|(least, _)| apart < least) {
            best = Some((apart, number));
        }
        before += period.answers;
    }
    let (_, middle) = best?;
    Some((first..=middle - 1, middle..=line.periods.len() - 1))
}

/// The ratings before and after.
struct Sides<'a> {
    seen: &'a Seen<'a>,
    before: Vec<&'a Rating>,
    after: Vec<&'a Rating>,
}

impl Sides<'_> {
    /// A number of each rating before and after, and how probable so large a difference is by chance.
    fn compare(&self, part: impl Fn(&Rating) -> f64) -> Option<(BeforeAndAfter, f64)> {
        let level = self.seen.question.level;
        let arm = |ratings: &[&Rating]| {
            let numbers = ratings.iter().map(|rating| (part(rating), rating.weight));
            Arm::of(numbers.filter(|(number, _)| !number.is_nan()))
        };
        let (before, after) = (arm(&self.before), arm(&self.after));
        if before.people == 0 || after.people == 0 {
            return None;
        }
        let checked = "a level was checked";
        let found = BeforeAndAfter {
            before: before.average(level).expect(checked),
            after: after.average(level).expect(checked),
            change: difference_of_means(&after, &before, level).expect(checked),
        };
        Some((found, p_of_equal_means(&after, &before)))
    }

    fn dimensions(&self) -> Vec<DimensionMoved> {
        let layout = self.seen.layout;
        let columns = 0..layout.dimensions.len();
        let scored = columns
            .clone()
            .map(|column| self.compare(|rating| rating.scores[column]));
        let important = columns.map(|column| self.compare(|rating| rating.importance[column]));
        let (scored, score_told) = told(scored.collect());
        let (important, importance_told) = told(important.collect());
        let named = layout.dimensions.iter().enumerate();
        named
            .filter_map(|(column, name)| {
                let weight = self.seen.whole.weights[column].weight.value;
                let sign = match (name.kind, self.seen.followed) {
                    (Kind::Cost, Followed::Difference) => -1.0,
                    _ => 1.0,
                };
                let score = scored[column]?;
                Some(DimensionMoved {
                    name: name.clone(),
                    score,
                    contribution: score.change.scaled(sign * weight),
                    changed: score_told[column],
                    importance: important[column],
                    importance_changed: importance_told[column],
                })
            })
            .collect()
    }

    /// Nothing when all of them are of one group.
    fn mix(&self, composition: &Composition) -> Option<Mix> {
        let (before, after) = (
            Columns::of(&self.before, composition),
            Columns::of(&self.after, composition),
        );
        let mut present = before.group.iter().chain(&after.group);
        let first = present.next()?;
        present.find(|group| *group != first)?;
        let names = &composition.names;
        let resampling = &self.seen.resampling;
        let found = decompose(
            &before.grouped(),
            &after.grouped(),
            names.len() + 1,
            resampling,
        )
        .expect("columns of one length, and settings that were checked")?;
        let groups = found.groups.into_iter().enumerate();
        Some(Mix {
            by: composition.by.clone(),
            mix: found.mix,
            level: found.level,
            groups: groups
                .filter(|(_, group)| group.share_before > 0.0 || group.share_after > 0.0)
                .map(|(place, change)| MixGroup {
                    group: names.get(place).cloned(),
                    change,
                })
                .collect(),
        })
    }
}

/// What respondents said at one time, and the groups they are of.
#[derive(Default)]
struct Columns {
    scores: Vec<f64>,
    group: Vec<u32>,
    weight: Vec<f64>,
}

impl Columns {
    fn of(ratings: &[&Rating], composition: &Composition) -> Self {
        let mut columns = Self::default();
        for rating in ratings.iter().filter(|rating| !rating.value.is_nan()) {
            columns.scores.push(rating.value);
            columns.group.push(composition.group(rating) as u32);
            columns.weight.push(rating.weight);
        }
        columns
    }

    fn grouped(&self) -> Grouped<'_> {
        Grouped {
            scores: &self.scores,
            group: &self.group,
            weight: Some(&self.weight),
        }
    }
}

/// What was found, and which of it is no accident.
fn told(found: Vec<Option<(BeforeAndAfter, f64)>>) -> (Vec<Option<BeforeAndAfter>>, Vec<bool>) {
    let p_values = found
        .iter()
        .map(|found| found.map_or(1.0, |(_, p_value)| p_value));
    let adjusted = discovery::adjusted(&p_values.collect::<Vec<f64>>());
    let is_told = adjusted
        .into_iter()
        .map(|p_value| p_value <= FALSE_DISCOVERY_RATE);
    let found = found.into_iter().map(|found| Some(found?.0));
    (found.collect(), is_told.collect())
}
