//! One row per person who took steps that count.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `customer_id` | text | who; empty of visitors |
//! | `anonymous_id` | text | the visitor; empty of customers |
//! | `journey_id` | text | the case, where journeys are cases |
//! | `steps` | count | steps that count |
//! | `first_at`, `last_at` | time, UTC | the first and the last of them |

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Int64Array, StringArray, TimestampMicrosecondArray};

use super::counted::{Counted, OfPerson};
use crate::error::Error;
use crate::rows::FewRows;
use crate::steps::JourneyOf;

pub(super) fn rows<'a>(counted: &Counted<'a>) -> Result<FewRows, Error> {
    let people = || counted.people.iter();
    let id = |of: fn(JourneyOf<'a>) -> Option<&'a str>| -> ArrayRef {
        let ids = people().map(|person| of(person.who));
        Arc::new(ids.collect::<StringArray>())
    };
    let counts = people().map(|person| person.steps as i64);
    let times = |of: fn(&OfPerson<'_>) -> i64| -> ArrayRef {
        let times = TimestampMicrosecondArray::from_iter_values(people().map(of));
        Arc::new(times.with_timezone("UTC"))
    };
    FewRows::of(
        vec![
            ("customer_id", true, id(JourneyOf::customer)),
            ("anonymous_id", true, id(JourneyOf::visitor)),
            ("journey_id", true, id(JourneyOf::case)),
            (
                "steps",
                false,
                Arc::new(Int64Array::from_iter_values(counts)),
            ),
            ("first_at", false, times(|person| person.first_at)),
            ("last_at", false, times(|person| person.last_at)),
        ],
        "listing who took steps",
    )
}
