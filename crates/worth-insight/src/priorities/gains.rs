//! What a point better of each dimension brings, drawn to what it brings of all of them: the largest of
//! many found gains is largest by chance too.

use worth_model::Estimate;
use worth_model::shrinkage::{GroupMean, shrunk};

use super::answer::Priority;
use crate::what_if::answer::{Effect, Scenario, WhatIfAnswer};

/// People that the surest of several gains is taken to rest on: so many that those of the others are in
/// proportion.
const MOST_PEOPLE: f64 = 1e9;

/// By scenario of `what-if`.
pub(super) struct Gains {
    /// A year's revenue as a multiple, less 1.
    revenue: Vec<Option<Estimate>>,
    /// What priorities are ordered by when money is not known.
    effect: Vec<Option<Estimate>>,
}

impl Gains {
    pub(super) fn of(whole: &WhatIfAnswer, level: f64) -> Self {
        let found = |of: &dyn Fn(&Scenario) -> Option<Estimate>| -> Vec<Option<Estimate>> {
            whole.scenarios.iter().map(of).collect()
        };
        let revenue = found(&|scenario| Some(scenario.revenue_factor?.shifted(-1.0)));
        let effect = found(&|scenario| scenario.effect(whole.compared_by));
        Self {
            revenue: drawn_together(&revenue, level),
            effect: match whole.compared_by {
                // what people see is measured on the same people: nothing is the largest by chance
                Effect::Value => effect,
                _ => drawn_together(&effect, level),
            },
        }
    }

    /// What one of them would bring where so much is bought in a year.
    pub(super) fn priority(&self, scenario: usize, yearly_revenue: Option<f64>) -> Priority {
        let money = self.revenue[scenario].zip(yearly_revenue);
        let money = money.map(|(gain, revenue)| gain.scaled(revenue));
        Priority::of(self.effect[scenario], money)
    }
}

/// Gains drawn to their middle, each as far as it is uncertain (Morris 1983); as they were found when there
/// are fewer than four with an interval.
fn drawn_together(found: &[Option<Estimate>], level: f64) -> Vec<Option<Estimate>> {
    let error = |gain: &Option<Estimate>| {
        let error = gain.and_then(|gain| gain.standard_error());
        error.filter(|error| *error > 0.0)
    };
    let least = found.iter().filter_map(error).fold(f64::INFINITY, f64::min);
    let uncertain = |gain: &Option<Estimate>| {
        let error = error(gain)?;
        // the variance of a group is that of one person over its people: this leaves each its own
        let people = (MOST_PEOPLE * (least / error).powi(2)).round().max(1.0);
        Some(GroupMean {
            value: gain.as_ref()?.value,
            standard_error: Some(error),
            people: people as u64,
        })
    };
    let groups: Vec<GroupMean> = found.iter().filter_map(uncertain).collect();
    let Ok(Some(shrunk)) = shrunk(&groups, level) else {
        return found.to_vec();
    };
    let mut drawn = shrunk.groups.iter().map(|group| group.mean);
    let told = found.iter().map(|gain| match error(gain) {
        Some(_) => drawn.next(),
        None => *gain,
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gain(value: f64, error: f64) -> Option<Estimate> {
        Some(Estimate::normal(value, error, 0.9))
    }

    /// Five equally uncertain gains: the largest is drawn back most; their order and their middle stay.
    #[test]
    fn the_largest_of_several_lucky_draws_is_drawn_back() {
        let found = [
            gain(0.0, 1.0),
            gain(1.0, 1.0),
            gain(3.0, 1.0),
            gain(0.5, 1.0),
            gain(0.5, 1.0),
        ];
        let drawn = drawn_together(&found, 0.9);
        let value = |gains: &[Option<Estimate>], place: usize| gains[place].expect("there").value;
        let back = value(&found, 2) - value(&drawn, 2);
        assert!(back > 0.5, "{back}");
        assert!(value(&drawn, 2) > value(&drawn, 1) && value(&drawn, 1) > value(&drawn, 0));
        let sum = |gains: &[Option<Estimate>]| (0..5).map(|place| value(gains, place)).sum::<f64>();
        assert!((sum(&found) - sum(&drawn)).abs() < 1e-6);
    }

    #[test]
    fn sure_gains_stay_and_few_are_left_alone() {
        let mut found = vec![
            gain(0.0, 1.0),
            gain(9.0, 1e-3),
            None,
            gain(1.0, 1.0),
            gain(0.5, 1.0),
        ];
        found.push(Some(Estimate::counted(4.0)));
        let drawn = drawn_together(&found, 0.9);
        assert!((drawn[1].expect("there").value - 9.0).abs() < 1e-3);
        assert_eq!((drawn[2], drawn[5]), (None, found[5]));
        assert_eq!(drawn_together(&found[..3], 0.9), found[..3]);
    }
}
