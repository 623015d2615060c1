//! A score by group, each group against everyone else.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::answer::{ByGroups, Group};
use super::measured::{Measured, difference, measure};
use super::ratings::{Fates, Rating, Ratings};
use crate::answers::{Answer, By};
use crate::segments::AgainstRest;

/// Fewer on one side are not compared: the intervals of so few hold anything.
const LEAST_COMPARED: u64 = 10;

/// The own brand by group; nothing when no answer says where it belongs. `all`: the newest rating of
/// every respondent.
pub(super) fn by_groups(
    ratings: &Ratings<'_>,
    by: &By,
    all: &[Rating],
    level: f64,
    fates: &mut Fates,
) -> Option<ByGroups> {
    let group_of = |answer: &Answer| by.group_of(answer, ratings.answers);
    let members = ratings.of_brand(0, group_of, fates);
    let known: BTreeSet<usize> = (members.values().flatten())
        .map(|rating| rating.respondent)
        .collect();
    let compared = |of_group: &[Rating]| {
        let inside: BTreeSet<usize> = of_group.iter().map(|rating| rating.respondent).collect();
        let rest = all.iter().filter(|rating| {
            known.contains(&rating.respondent) && !inside.contains(&rating.respondent)
        });
        let rest: Vec<Rating> = rest.cloned().collect();
        let (name, scale) = (ratings.name, &ratings.scale);
        let measured = measure(name, scale, of_group, level)?;
        let against = measure(name, scale, &rest, level)
            .filter(|rest| rest.respondents.min(measured.respondents) >= LEAST_COMPARED)
            .map(|rest_measured| {
                let (one, other) = ((of_group, &measured), (rest.as_slice(), &rest_measured));
                difference(name, scale, one, other, level)
            });
        Some((measured, against))
    };
    let found: Vec<(String, Measured, Option<(_, f64)>)> = members
        .into_iter()
        .filter_map(|(name, of_group)| {
            let (measured, against) = compared(&of_group)?;
            Some((name, measured, against))
        })
        .collect();
    let told = found.iter().filter_map(|(_, _, against)| *against);
    let mut told = AgainstRest::all(told.collect()).into_iter();
    let mut groups: Vec<Group> = found
        .into_iter()
        .map(|(group, measured, against)| Group {
            group,
            measured,
            against_rest: against.and_then(|_| told.next()),
        })
        .collect();
    if *by != By::Month {
        groups.sort_by_key(|group| Reverse(group.measured.respondents));
    }
    (!groups.is_empty()).then(|| ByGroups {
        name: ratings.name,
        groups,
        unknown: (all.len() - known.len()) as u64,
    })
}
