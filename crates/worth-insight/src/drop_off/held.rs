//! The same differences with all other traits held still: one logistic link from all traits together to
//! leaving, with intervals that draw people.
//!
//! A group that everybody (or nobody) leaves is foretold without error. What such a trait does cannot be
//! bounded, and its journeys say nothing of the others (Albert, Anderson 1984, doi:10.1093/biomet/71.1.1):
//! they are left out of the link.

use std::collections::HashSet;

use worth_model::Estimate;
use worth_model::link::{Family, FittedLink, Link, LinkRows, Move, NoLink};

use super::answer::Trait;
use super::traits::Grouped;

/// Leavers (or goers, if there are fewer) and people for each column of the link (Peduzzi and others 1996,
/// doi:10.1016/S0895-4356(96)00236-3). Traits that would need more are not held still.
const PER_COLUMN: usize = 10;
/// More columns take long, and leave nothing that a reader could follow.
const MOST_COLUMNS: usize = 100;

/// Odds of leaving that are so many times those of another group, all else held still, are as good as
/// certainty: traits together foretell who leaves, and what each of them does cannot be bounded either.
const AS_GOOD_AS_CERTAIN: f64 = 100.0;

/// What was found with traits held still.
#[derive(Default)]
pub(super) struct Held {
    /// By trait and group the difference to the first group.
    differences: Vec<Vec<Option<Estimate>>>,
    /// Whether a trait was in the link.
    is_held: Vec<bool>,
    /// Journeys in the link.
    pub(super) journeys: u64,
    /// Why there is no link.
    pub(super) cannot: Option<NoLink>,
}

/// A group of a trait in the link.
#[derive(Clone, Copy)]
struct Dummy {
    of: usize,
    group: u32,
    /// What it is compared with: the first group that is there.
    base: u32,
}

/// Finds the link. `left`: for each journey whether it left; `people`: whose it is. `level` is one.
pub(super) fn hold(traits: &[Grouped], left: &[bool], people: &[u32], level: f64) -> Held {
    let (held, rows) = together(traits, left, people);
    let dummies = dummies(traits, &held, &rows);
    if dummies.is_empty() {
        return Held::default();
    }
    let columns = columns(traits, &dummies, &rows);
    let exposures: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let outcome = rows.iter().map(|&row| one_or_nothing(left[row]));
    let outcome: Vec<f64> = outcome.collect();
    let person: Vec<u32> = rows.iter().map(|&row| people[row]).collect();
    let checked = LinkRows {
        exposures: &exposures,
        controls: &[],
        outcome: &outcome,
        weight: None,
        person: Some(&person),
        error_variance: None,
    }
    .check()
    .expect("columns of the same journeys, 0 or 1");
    let link = Link {
        family: Family::Logistic,
        level,
    };
    let found = link.fit(&checked);
    match found.expect("a level that was checked, outcomes of 0 and 1") {
        Ok(fitted) if is_as_good_as_certain(&fitted) => Held {
            cannot: Some(NoLink::Separated),
            ..Held::default()
        },
        Ok(fitted) => Held {
            differences: differences(traits, &dummies, &fitted),
            is_held: (0..traits.len()).map(|of| held.contains(&of)).collect(),
            journeys: fitted.people.used as u64,
            cannot: None,
        },
        Err(why) => Held {
            cannot: Some(why),
            ..Held::default()
        },
    }
}

fn is_as_good_as_certain(fitted: &FittedLink) -> bool {
    let mut effects = fitted.effects.iter();
    effects.any(|effect| effect.coefficient.value.abs() > AS_GOOD_AS_CERTAIN.ln())
}

impl Held {
    /// Puts what was found beside the plain differences.
    pub(super) fn tell(&self, traits: &mut [Trait]) {
        let found = self.differences.iter().zip(&self.is_held);
        for (of, (differences, &is_held)) in traits.iter_mut().zip(found) {
            of.is_held_still = is_held;
            for (group, difference) in of.groups.iter_mut().zip(differences) {
                if let Some(compared) = &mut group.compared {
                    compared.held_still = *difference;
                }
            }
        }
    }
}

/// Traits, by place, that can be held still, and the journeys in which: one trait after the other joins when
/// it tells something there that is not certain, and leavers, goers and people are enough for all.
fn together(traits: &[Grouped], left: &[bool], people: &[u32]) -> (Vec<usize>, Vec<usize>) {
    let mut held = Vec::new();
    let mut rows: Vec<usize> = (0..left.len()).collect();
    let mut columns = 0;
    for of in 0..traits.len() {
        held.push(of);
        let remaining = without_certain(traits, &held, left, rows.clone());
        let needed = dummies(traits, &held, &remaining).len();
        // one more for the intercept
        if needed > columns && needed < room(&remaining, left, people) {
            (rows, columns) = (remaining, needed);
        } else {
            held.pop();
        }
    }
    (held, rows)
}

/// Columns for which these journeys are enough.
fn room(rows: &[usize], left: &[bool], people: &[u32]) -> usize {
    let leavers = rows.iter().filter(|&&row| left[row]).count();
    let persons: HashSet<u32> = rows.iter().map(|&row| people[row]).collect();
    let rarer = leavers.min(rows.len() - leavers).min(persons.len());
    (rarer / PER_COLUMN).min(MOST_COLUMNS)
}

/// Journeys left when those of groups that everybody, or nobody, leaves are taken away, as often as that
/// leaves such groups.
fn without_certain(
    traits: &[Grouped],
    held: &[usize],
    left: &[bool],
    mut rows: Vec<usize>,
) -> Vec<usize> {
    loop {
        let before = rows.len();
        for &of in held {
            let Grouped { groups, place, .. } = &traits[of];
            let mut seen = vec![[false; 2]; groups.len()];
            for &row in &rows {
                seen[place[row] as usize][usize::from(left[row])] = true;
            }
            rows.retain(|&row| seen[place[row] as usize] == [true; 2]);
        }
        if rows.len() == before {
            return rows;
        }
    }
}

/// A column for each group that is there but the first of its trait.
fn dummies(traits: &[Grouped], held: &[usize], rows: &[usize]) -> Vec<Dummy> {
    let of_trait = |&of: &usize| {
        let place = &traits[of].place;
        let mut groups: Vec<u32> = rows.iter().map(|&row| place[row]).collect();
        groups.sort_unstable();
        groups.dedup();
        let base = groups.first().copied().unwrap_or_default();
        let others = groups.into_iter().skip(1);
        others.map(move |group| Dummy { of, group, base })
    };
    held.iter().flat_map(of_trait).collect()
}

/// For each dummy whether a journey is in its group: 1 or 0.
fn columns(traits: &[Grouped], dummies: &[Dummy], rows: &[usize]) -> Vec<Vec<f64>> {
    let column = |dummy: &Dummy| {
        let place = &traits[dummy.of].place;
        let is_in = |&row: &usize| one_or_nothing(place[row] == dummy.group);
        rows.iter().map(is_in).collect()
    };
    dummies.iter().map(column).collect()
}

fn one_or_nothing(is_one: bool) -> f64 {
    f64::from(u8::from(is_one))
}

/// By trait and group: how much more would leave if everybody were in it rather than in the first group.
fn differences(
    traits: &[Grouped],
    dummies: &[Dummy],
    fitted: &FittedLink,
) -> Vec<Vec<Option<Estimate>>> {
    let put = |exposure, by| Move {
        exposure,
        by,
        within: (0.0, 1.0),
    };
    let difference = |of: usize, group: u32| {
        let columns = || {
            dummies
                .iter()
                .enumerate()
                .filter(|(_, dummy)| dummy.of == of)
        };
        let (own, dummy) = columns().find(|(_, dummy)| dummy.group == group)?;
        // where the first group of all is not in the link there is nothing to compare with
        let is_told = dummy.base == 0 && !fitted.not_told_apart.contains(&own);
        let to_first: Vec<Move> = columns().map(|(column, _)| put(column, -1.0)).collect();
        let to_group: Vec<Move> = columns()
            .map(|(column, _)| put(column, if column == own { 1.0 } else { -1.0 }))
            .collect();
        is_told.then(|| fitted.contrast(&to_first, &to_group))
    };
    let of_trait = |(of, grouped): (usize, &Grouped)| {
        let groups = 0..grouped.groups.len() as u32;
        groups.map(|group| difference(of, group)).collect()
    };
    traits.iter().enumerate().map(of_trait).collect()
}

#[cfg(test)]
mod tests {
    use super::super::answer::{TraitName, TraitValue};
    use super::*;

    /// Two traits of two values each, a hundred journeys in each of the four groups, of whom so many leave.
    fn held(leaving: [usize; 4]) -> Held {
        let place =
            |of_row: &dyn Fn(usize) -> usize| (0..400).map(|row| of_row(row) as u32).collect();
        let two = |segment: &str, place: Vec<u32>| Grouped {
            name: TraitName::Segment(segment.into()),
            is_ordered: false,
            groups: ["a", "b"]
                .map(|value| TraitValue::Value(value.into()))
                .into(),
            place,
        };
        let traits = [
            two("one", place(&|row| row / 200)),
            two("other", place(&|row| row / 100 % 2)),
        ];
        let left: Vec<bool> = (0..400).map(|row| row % 100 < leaving[row / 100]).collect();
        let people: Vec<u32> = (0..400).collect();
        hold(&traits, &left, &people, 0.9)
    }

    /// Neither value foretells leaving alone; both together nearly do.
    #[test]
    fn nothing_is_held_still_where_traits_together_foretell_leaving() {
        assert_eq!(held([1, 2, 2, 99]).cannot, Some(NoLink::Separated));
        let told = held([20, 40, 40, 60]);
        assert_eq!(told.cannot, None);
        let difference = told.differences[0][1].expect("it can be told").value;
        assert!((difference - 0.2).abs() < 0.005, "{difference}");
    }
}
