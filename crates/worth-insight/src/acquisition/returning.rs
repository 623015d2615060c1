//! Who came back, and whether groups differ in that.
//!
//! The share is of customers who were observed for the whole window, so that groups of different ages
//! can be compared. Each group is compared with all others whose group is known, by Pearson's
//! chi-square where Cochran (1954, doi:10.2307/3001616) trusts it; as many groups are compared, false
//! discoveries are controlled.

use worth_model::concentration;
use worth_model::experiment::{Arm, difference_of_shares, p_of_equal_shares};
use worth_model::survival::Quantile;

use super::answer::{GroupName, Returned};
use super::groups::Grouped;
use crate::retention::Waits;
use crate::segments::AgainstRest;

/// The least number expected by chance in any of the four counts of two shares for the chi-square to be
/// trusted (Cochran 1954).
const LEAST_EXPECTED: f64 = 5.0;

/// How customers are followed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    /// Days after the first purchase within which a second one counts.
    pub days: u32,
    pub level: f64,
}

/// Customers who were observed for the window, and those of them who came back.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    observed: u64,
    returned: u64,
}

impl Counts {
    fn add(&mut self, more: Self) {
        self.observed += more.observed;
        self.returned += more.returned;
    }

    fn arm(self) -> Arm {
        Arm::of_yes(self.returned, self.observed)
    }

    fn without(self, less: Self) -> Self {
        Self {
            observed: self.observed - less.observed,
            returned: self.returned - less.returned,
        }
    }

    /// Whether there are enough of both, and of both kinds, to compare a part with the rest.
    fn can_be_split(self, part: Self) -> bool {
        let smaller = part.observed.min(self.observed - part.observed) as f64;
        let rarer = self.returned.min(self.observed - self.returned) as f64;
        self.observed > 0 && smaller * rarer / self.observed as f64 >= LEAST_EXPECTED
    }
}

/// Who came back: of everyone, and group by group.
pub(super) struct Followed {
    pub all: Returned,
    pub groups: Vec<Returned>,
    /// Groups that were compared with the rest.
    pub compared: u64,
}

impl Window {
    pub(super) fn follow(&self, grouped: Grouped<'_>) -> Followed {
        let Grouped {
            newcomers,
            purchases,
            groups,
        } = grouped;
        let mut counts = vec![Counts::default(); groups.names.len()];
        let (mut of_groups, mut of_all) = (Waits::default(), Waits::default());
        let (window, until) = (self.days as i32, newcomers.until());
        for (newcomer, &place) in newcomers.all.iter().zip(&groups.place) {
            let observed = until - newcomer.first >= window;
            let gap = newcomer.second.map(|second| second - newcomer.first);
            counts[place as usize].add(Counts {
                observed: u64::from(observed),
                returned: u64::from(observed && gap.is_some_and(|gap| gap <= window)),
            });
            let days = purchases.days_of(newcomer.customer);
            of_groups.add_first(days, until, place);
            of_all.add_first(days, until, 0);
        }
        let mut medians = vec![None; groups.names.len()];
        for curve in of_groups.curves(self.level) {
            let place = curve.group.expect("curves of groups name them");
            medians[place as usize] = Some(curve.median());
        }
        let against = self.against_rest(&groups.names, &counts);
        let compared = against.iter().flatten().count() as u64;
        let mut all = Counts::default();
        counts.iter().for_each(|&more| all.add(more));
        let median = (of_all.curves(self.level).first()).map(|curve| curve.median());
        Followed {
            all: self.returned(all, median, None),
            groups: (counts.into_iter().zip(medians).zip(against))
                .map(|((counts, median), against)| self.returned(counts, median, against))
                .collect(),
            compared,
        }
    }

    fn returned(
        &self,
        counts: Counts,
        median_days: Option<Quantile>,
        against_rest: Option<AgainstRest>,
    ) -> Returned {
        let (of, returned) = (counts.observed as f64, counts.returned as f64);
        Returned {
            observed: counts.observed,
            customers: counts.returned,
            share: concentration::share(returned, of, self.level).ok(),
            median_days,
            against_rest,
        }
    }

    /// Each group with a name of its own against all others that are known.
    fn against_rest(&self, names: &[GroupName], counts: &[Counts]) -> Vec<Option<AgainstRest>> {
        let mut known = Counts::default();
        for (name, &more) in names.iter().zip(counts) {
            if *name != GroupName::Unknown {
                known.add(more);
            }
        }
        let is_compared = |place: &usize| {
            matches!(names[*place], GroupName::Value(_) | GroupName::Cohort(_))
                && known.can_be_split(counts[*place])
        };
        let places: Vec<usize> = (0..names.len()).filter(is_compared).collect();
        let compare = |&place: &usize| {
            let (one, other) = (counts[place].arm(), known.without(counts[place]).arm());
            let difference = difference_of_shares(&one, &other, self.level);
            let difference = difference.expect("a level that was checked");
            (difference, p_of_equal_shares(&one, &other))
        };
        let compared = places.iter().map(compare).collect();
        let mut against = vec![None; names.len()];
        for (place, told) in places.into_iter().zip(AgainstRest::all(compared)) {
            against[place] = Some(told);
        }
        against
    }
}
