//! Which one datum would help most: the first of a ranked list that is missing.
//!
//! What makes a whole side visible comes before what makes it sharper; what connects the two sides
//! before what refines one; proof that anything works comes last because it needs all the others.

use super::Sides;
use super::answer::{TableHeld, WantedDatum};
use super::people::LEAST_FOR_CORNERS;
use crate::perceived::Coverage;

/// Above this share of sales without a customer, most questions about customers speak for few.
const MOST_ANONYMOUS: f64 = 0.5;

/// The datum, if any is wanting.
pub(super) fn wanted(
    sides: &Sides,
    customers_with_both: u64,
    data: &[TableHeld],
) -> Option<WantedDatum> {
    let Some(lifetime) = &sides.lifetime else {
        return Some(WantedDatum::Orders);
    };
    let provenance = &lifetime.provenance;
    let in_scope = (provenance.rows_used + provenance.rows_left_out).max(1) as f64;
    let anonymous: u64 = provenance
        .left_out
        .iter()
        .filter(|left_out| left_out.reason == "anonymous")
        .map(|left_out| left_out.rows)
        .sum();
    let anonymous_share = anonymous as f64 / in_scope;
    if anonymous_share > MOST_ANONYMOUS {
        return Some(WantedDatum::CustomersOfOrders { anonymous_share });
    }
    let Some(perceived) = &sides.perceived else {
        return Some(WantedDatum::Survey);
    };
    match perceived.answer.coverage {
        Coverage::NoSurvey => return Some(WantedDatum::Survey),
        Coverage::OwnOnly => return Some(WantedDatum::Competitors),
        Coverage::CompetitorsOnly => return Some(WantedDatum::OwnBrand),
        Coverage::Compared => {}
    }
    if customers_with_both < LEAST_FOR_CORNERS as u64 {
        return Some(WantedDatum::RespondentIds {
            customers_with_both,
        });
    }
    if lifetime.answer.assumptions.value_is_revenue() {
        return Some(WantedDatum::Margin);
    }
    let dimension = perceived
        .answer
        .completing
        .iter()
        .find(|question| question.dimension.is_some());
    if let Some(question) = dimension {
        return Some(WantedDatum::Dimension {
            english: question.english.clone(),
            vietnamese: question.vietnamese.clone(),
        });
    }
    let has_messages = data
        .iter()
        .any(|held| held.table == "messages" && held.rows > 0);
    (!has_messages).then_some(WantedDatum::Holdout)
}
