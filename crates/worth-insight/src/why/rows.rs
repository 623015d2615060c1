//! One row per person who took steps that count.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `customer_id` | text | who; empty of visitors |
//! | `anonymous_id` | text | the visitor; empty of customers |
//! | `steps` | count | steps that count |
//! | `first_at`, `last_at` | time, UTC | the first and the last of them |

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Int64Array, StringArray, TimestampMicrosecondArray};

use super::counted::{Counted, OfPerson, whose};
use crate::error::Error;
use crate::rows::FewRows;
use crate::steps::Steps;

pub(super) fn rows(counted: &Counted, steps: &Steps) -> Result<FewRows, Error> {
    let people = || counted.people.iter();
    let customers = people().map(|person| whose(steps, person.journey).customer());
    let visitors = people().map(|person| whose(steps, person.journey).visitor());
    let counts = people().map(|person| person.steps as i64);
    let times = |of: fn(&OfPerson) -> i64| -> ArrayRef {
        let times = TimestampMicrosecondArray::from_iter_values(people().map(of));
        Arc::new(times.with_timezone("UTC"))
    };
    FewRows::of(
        vec![
            (
                "customer_id",
                true,
                Arc::new(customers.collect::<StringArray>()),
            ),
            (
                "anonymous_id",
                true,
                Arc::new(visitors.collect::<StringArray>()),
            ),
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
