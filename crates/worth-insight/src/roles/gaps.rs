//! Which of the gaps between roles are real: false discoveries kept in bounds.

use std::vec::IntoIter;

use worth_model::perceived::{FittedRoles, RoleGap};

use super::answer::{Basis, Gap, GapFound, GapOfDimension};
use crate::answers::DimensionName;
use crate::segments::AgainstRest;

/// From so many accounts with answers of both roles, the gap inside accounts counts.
const ENOUGH_ACCOUNTS: usize = 20;

/// All pairs of roles, the surest gap in value first.
pub(super) fn gaps(
    roles: &[String],
    dimensions: &[DimensionName],
    fitted: Option<&FittedRoles>,
) -> Vec<Gap> {
    let pairs = fitted.map_or(&[][..], |fitted| &fitted.pairs);
    let mut within = Told::of(pairs.iter().filter_map(|pair| pair.within.as_ref()));
    let mut whole = Told::of(pairs.iter().filter_map(|pair| pair.whole.as_ref()));
    let mut gaps: Vec<Gap> = pairs
        .iter()
        .map(|pair| {
            let is_enough = |gap: &RoleGap| gap.accounts >= ENOUGH_ACCOUNTS;
            Gap {
                role: roles[pair.one].clone(),
                other: roles[pair.other].clone(),
                basis: if pair.within.as_ref().is_some_and(is_enough) {
                    Basis::WithinAccounts
                } else {
                    Basis::WholeSurvey
                },
                within_accounts: pair.within.as_ref().map(|gap| within.tell(gap, dimensions)),
                whole_survey: pair.whole.as_ref().map(|gap| whole.tell(gap, dimensions)),
            }
        })
        .map(worse_first)
        .collect();
    gaps.sort_by(|one, other| p_value(one).total_cmp(&p_value(other)));
    gaps
}

/// The smallest adjusted p-value of a gap, be it in value or in a dimension.
fn p_value(gap: &Gap) -> f64 {
    let found = gap.found();
    let dimensions = found.iter().flat_map(|found| &found.dimensions);
    dimensions
        .map(|dimension| dimension.gap.adjusted_p_value)
        .chain(found.and_then(|found| Some(found.value?.adjusted_p_value)))
        .fold(1.0, f64::min)
}

/// Turned so that the first role sees less value.
fn worse_first(gap: Gap) -> Gap {
    let value = gap.found().and_then(|found| found.value);
    if value.is_none_or(|value| value.difference.value <= 0.0) {
        return gap;
    }
    Gap {
        role: gap.other,
        other: gap.role,
        basis: gap.basis,
        within_accounts: gap.within_accounts.map(turned),
        whole_survey: gap.whole_survey.map(turned),
    }
}

fn turned(found: GapFound) -> GapFound {
    let turn = |gap: AgainstRest| AgainstRest {
        difference: gap.difference.scaled(-1.0),
        ..gap
    };
    GapFound {
        benefits: found.benefits.map(|gap| gap.scaled(-1.0)),
        costs: found.costs.map(|gap| gap.scaled(-1.0)),
        ratio: found.ratio.map(|ratio| ratio.inverse()),
        value: found.value.map(turn),
        dimensions: (found.dimensions.into_iter())
            .map(|dimension| GapOfDimension {
                gap: turn(dimension.gap),
                ..dimension
            })
            .collect(),
        ..found
    }
}

/// Verdicts on one kind of comparison, in the order of its pairs and their dimensions.
struct Told {
    values: IntoIter<AgainstRest>,
    dimensions: IntoIter<AgainstRest>,
}

impl Told {
    fn of<'a>(gaps: impl Iterator<Item = &'a RoleGap> + Clone) -> Self {
        let values = gaps
            .clone()
            .filter_map(|gap| Some((gap.measured.difference?, gap.p_value)));
        let dimensions = gaps
            .flat_map(|gap| gap.dimensions.iter().flatten())
            .map(|gap| (gap.points, gap.p_value));
        Self {
            values: AgainstRest::all(values.collect()).into_iter(),
            dimensions: AgainstRest::all(dimensions.collect()).into_iter(),
        }
    }

    /// The next gap in words of the answer.
    fn tell(&mut self, gap: &RoleGap, names: &[DimensionName]) -> GapFound {
        let asked = names
            .iter()
            .zip(&gap.dimensions)
            .filter(|(_, gap)| gap.is_some());
        GapFound {
            accounts: gap.accounts as u64,
            benefits: gap.measured.benefits,
            costs: gap.measured.costs,
            ratio: gap.measured.ratio,
            value: gap.measured.difference.and_then(|_| self.values.next()),
            smallest: gap.smallest,
            dimensions: asked
                .zip(self.dimensions.by_ref())
                .map(|((name, _), gap)| GapOfDimension {
                    name: name.clone(),
                    gap,
                })
                .collect(),
        }
    }
}
