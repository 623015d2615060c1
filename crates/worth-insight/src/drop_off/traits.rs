//! Traits as groups that can be compared: the most frequent values of texts, quarters of numbers.

use super::answer::{TraitName, TraitValue};
use super::compared::LEAST_COMPARED;
use crate::segments::{Assigned, SegmentName, ToldApart};

/// Values of a text that are told apart; all others are one group.
pub(super) const MOST_VALUES: usize = 8;
/// Groups that numbers are cut into, about as many journeys in each.
const QUARTERS: usize = 4;

/// A trait, with a value for each journey.
pub(super) struct Column<'a> {
    pub(super) name: TraitName,
    pub(super) values: Values<'a>,
}

pub(super) enum Values<'a> {
    /// Nothing where it is not known.
    Texts(Vec<Option<&'a str>>),
    /// `NAN` where it is not known.
    Numbers(Vec<f64>),
}

/// A trait whose journeys are in groups.
pub(super) struct Grouped {
    pub(super) name: TraitName,
    /// Whether groups rise from the first to the last that is told apart.
    pub(super) is_ordered: bool,
    /// The first one is what others are compared with: the most frequent value, or the lowest numbers. Those
    /// that are not told apart and the unknown come last.
    pub(super) groups: Vec<TraitValue>,
    /// Place of each journey's group.
    pub(super) place: Vec<u32>,
}

impl Grouped {
    pub(super) fn of(column: Column<'_>) -> Self {
        match column.values {
            Values::Texts(texts) => Self::of_texts(column.name, &texts),
            Values::Numbers(numbers) => Self::of_numbers(column.name, &numbers),
        }
    }

    /// Whether there are two groups to compare.
    pub(super) fn tells_apart(&self) -> bool {
        self.groups
            .iter()
            .filter(|group| group.is_told_apart())
            .count()
            > 1
    }

    fn of_texts(name: TraitName, texts: &[Option<&str>]) -> Self {
        let told_apart = ToldApart {
            most: MOST_VALUES,
            least: LEAST_COMPARED,
            ..ToldApart::default()
        };
        let assigned = Assigned::of(texts, &told_apart);
        let value = |name| match name {
            SegmentName::Value(value) => TraitValue::Value(value),
            SegmentName::Other => TraitValue::Other,
            SegmentName::Unknown => TraitValue::Unknown,
        };
        Self {
            name,
            is_ordered: false,
            groups: assigned.names.into_iter().map(value).collect(),
            place: assigned.place,
        }
    }

    fn of_numbers(name: TraitName, numbers: &[f64]) -> Self {
        let cuts = cuts(numbers);
        let quarter = |number: f64| cuts.partition_point(|&cut| cut < number);
        let mut ends: Vec<Option<(f64, f64)>> = vec![None; cuts.len() + 1];
        for &number in numbers.iter().filter(|number| !number.is_nan()) {
            let (least, most) = ends[quarter(number)].get_or_insert((number, number));
            *least = least.min(number);
            *most = most.max(number);
        }
        let known = ends.iter().flatten();
        let mut groups: Vec<TraitValue> = known
            .map(|&(least, most)| TraitValue::Between { least, most })
            .collect();
        let unknown = groups.len() as u32;
        if numbers.iter().any(|number| number.is_nan()) {
            groups.push(TraitValue::Unknown);
        }
        let place = |&number: &f64| match number.is_nan() {
            true => unknown,
            false => quarter(number) as u32,
        };
        Self {
            name,
            is_ordered: true,
            groups,
            place: numbers.iter().map(place).collect(),
        }
    }
}

/// The highest number of each quarter but the last, each once; none leaves a quarter empty.
fn cuts(numbers: &[f64]) -> Vec<f64> {
    let mut known: Vec<f64> = numbers.iter().copied().filter(|n| !n.is_nan()).collect();
    known.sort_unstable_by(f64::total_cmp);
    let highest = |quarter: usize| {
        let place = (known.len() * quarter).div_ceil(QUARTERS);
        known.get(place.checked_sub(1)?).copied()
    };
    let mut cuts: Vec<f64> = (1..QUARTERS).filter_map(highest).collect();
    cuts.dedup();
    cuts.retain(|&cut| known.last().is_some_and(|&last| cut < last));
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(least: f64, most: f64) -> TraitValue {
        TraitValue::Between { least, most }
    }

    #[test]
    fn numbers_are_cut_into_quarters_that_say_their_ends() {
        let numbers = [5.0, 1.0, f64::NAN, 2.0, 3.0, 4.0, 6.0, 7.0, 8.0];
        let grouped = Grouped::of_numbers(TraitName::StepsBefore, &numbers);
        let quarters = [(1.0, 2.0), (3.0, 4.0), (5.0, 6.0), (7.0, 8.0)];
        let mut expected = quarters.map(|(least, most)| between(least, most)).to_vec();
        expected.push(TraitValue::Unknown);
        assert_eq!(grouped.groups, expected);
        assert_eq!(grouped.place, [2, 0, 4, 0, 1, 1, 2, 3, 3]);
    }

    #[test]
    fn numbers_that_are_mostly_nothing_are_nothing_or_more() {
        let numbers = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 3.0];
        let grouped = Grouped::of_numbers(TraitName::Failures, &numbers);
        assert_eq!(grouped.groups, [between(0.0, 0.0), between(1.0, 3.0)]);
        assert_eq!(grouped.place[6..], [0, 1, 1]);
        for alike in [&[2.0, 2.0][..], &[f64::NAN], &[]] {
            assert!(!Grouped::of_numbers(TraitName::Failures, alike).tells_apart());
        }
    }
}
