//! Each group of a trait against the first: shares that leave, and which differences are no accident.

use worth_model::discovery;
use worth_model::estimate::POWER;
use worth_model::experiment::{
    Arm, difference_of_shares, p_of_equal_shares, p_of_no_trend, ratio_of_shares,
    smallest_difference_of_shares,
};

use super::answer::{Compared, Group, Tested, Trait, TraitValue};
use super::traits::Grouped;
use crate::segments::FALSE_DISCOVERY_RATE;

/// Fewer in a group are not compared: the intervals of so few hold anything.
pub(super) const LEAST_COMPARED: u64 = 10;

/// All traits with their groups compared. `left`: for each journey whether it left. `level` is one.
pub(super) fn compare(traits: &[Grouped], left: &[bool], level: f64) -> Vec<Trait> {
    let mut told: Vec<Trait> = traits.iter().map(|of| groups(of, left, level)).collect();
    let mut tests: Vec<&mut Tested> = told
        .iter_mut()
        .flat_map(|of| &mut of.groups)
        .filter_map(|group| group.compared.as_mut()?.test.as_mut())
        .collect();
    let p_values: Vec<f64> = tests.iter().map(|test| test.p_value).collect();
    for (test, adjusted) in tests.iter_mut().zip(discovery::adjusted(&p_values)) {
        test.adjusted_p_value = adjusted;
        test.differs = adjusted <= FALSE_DISCOVERY_RATE;
    }
    told
}

fn groups(grouped: &Grouped, left: &[bool], level: f64) -> Trait {
    let mut counts = vec![[0_u64; 2]; grouped.groups.len()];
    for (&place, &left) in grouped.place.iter().zip(left) {
        counts[place as usize][usize::from(left)] += 1;
    }
    let of_all = |side: usize| counts.iter().map(|count| count[side]).sum::<u64>().max(1) as f64;
    let [goers, leavers] = [of_all(0), of_all(1)];
    let arms: Vec<Arm> = counts
        .iter()
        .map(|[on, out]| Arm::of_yes(*out, on + out))
        .collect();
    let told_apart = (grouped.groups.iter())
        .filter(|group| group.is_told_apart())
        .count();
    let is_enough = leavers.min(goers) >= LEAST_COMPARED as f64;
    let is_compared = |&place: &usize| {
        let fewer = arms[place].people.min(arms[0].people);
        is_enough && (1..told_apart).contains(&place) && fewer >= LEAST_COMPARED
    };
    let highest = (0..told_apart).rfind(is_compared);
    let compared = |place: usize| {
        let p_value = match grouped.is_ordered {
            false => Some(p_of_equal_shares(&arms[place], &arms[0])),
            true => (highest == Some(place)).then(|| p_of_no_trend(&arms[..told_apart])),
        };
        let against = || against(&arms[place], &arms[0], p_value, level);
        is_compared(&place).then(against)
    };
    let group = |(place, value): (usize, &TraitValue)| {
        let [on, out] = counts[place];
        Group {
            value: value.clone(),
            leavers: out,
            goers: on,
            of_leavers: out as f64 / leavers,
            of_goers: on as f64 / goers,
            leaving: arms[place].share(level).expect("a level that was checked"),
            compared: compared(place),
        }
    };
    Trait {
        name: grouped.name.clone(),
        is_ordered: grouped.is_ordered,
        is_held_still: false,
        groups: grouped.groups.iter().enumerate().map(group).collect(),
    }
}

fn against(one: &Arm, base: &Arm, p_value: Option<f64>, level: f64) -> Compared {
    const CHECKED: &str = "a level that was checked";
    let (ones, bases) = (one.people as f64, base.people as f64);
    let share = (one.mean * ones + base.mean * bases) / (ones + bases);
    Compared {
        difference: difference_of_shares(one, base, level).expect(CHECKED),
        held_still: None,
        ratio: ratio_of_shares(one, base, level).expect(CHECKED),
        smallest_difference: smallest_difference_of_shares(share, (ones, bases), level, POWER)
            .expect(CHECKED),
        test: p_value.map(|p_value| Tested {
            p_value,
            adjusted_p_value: 1.0,
            differs: false,
        }),
    }
}
