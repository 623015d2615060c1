//! Whether the parameters of a contract model are found, and if not, what is the matter.

use super::tenures::{CheckedTenures, Decisions};
use crate::lifetime::diagnosis::{Boundary, Outcome};
use crate::lifetime::fitting::{Found, UNSETTLED};

/// Contracts, and ended ones among them, below which a fit is not to be relied on.
const ENOUGH_CONTRACTS: f64 = 30.0;
const ENOUGH_ENDED: f64 = 10.0;

/// What data without any search can say of themselves.
pub(super) fn before_fitting(
    tenures: &CheckedTenures<'_>,
    decisions: &Decisions,
    renewals_needed: usize,
    parameters: &[&str],
) -> Option<Outcome> {
    let (contracts, ended) = (tenures.contracts(), tenures.ended());
    let at_boundary = |meaning: Boundary| {
        let parameters = parameters.iter().map(|&name| name.to_owned()).collect();
        Some(Outcome::AtBoundary {
            meaning,
            parameters,
        })
    };
    let enough = contracts >= ENOUGH_CONTRACTS;
    if enough && ended == 0.0 && decisions.len() > 0 {
        return at_boundary(Boundary::NoChurnVisible);
    }
    if !enough || ended < ENOUGH_ENDED {
        let share = (ended + 0.5) / (contracts + 1.0);
        return Some(Outcome::FewEnded {
            contracts,
            ended,
            contracts_needed: (ENOUGH_ENDED / share).ceil().max(ENOUGH_CONTRACTS),
            ended_needed: ENOUGH_ENDED,
        });
    }
    if decisions.kept[0] == 0.0 {
        return at_boundary(Boundary::AllEndTogether);
    }
    (decisions.len() < renewals_needed).then(|| Outcome::TooShort {
        occasions: decisions.len() as f64,
        occasions_needed: renewals_needed as f64,
    })
}

/// Whether the data say anything of how sure the parameters are.
pub(super) fn is_known(outcome: &Outcome) -> bool {
    !matches!(
        outcome,
        Outcome::AtBoundary {
            meaning: Boundary::NoChurnVisible | Boundary::AllEndTogether,
            ..
        }
    )
}

/// Whether contracts that are all alike, each lost with the same probability at every renewal,
/// explain the data as well.
pub(super) fn alike_as_well<const D: usize>(found: &Found<D>, decisions: &Decisions) -> bool {
    if found.worst_error() <= UNSETTLED {
        return false;
    }
    let (kept, lost) = decisions
        .pairs()
        .fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
    let part = |count: f64| {
        if count > 0.0 {
            count * (count / (kept + lost)).ln()
        } else {
            0.0
        }
    };
    found.is_as_good(part(kept) + part(lost))
}
