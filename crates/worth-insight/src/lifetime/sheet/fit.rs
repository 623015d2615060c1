//! What is said of a fit, whichever question says it.

use worth_model::lifetime::{Boundary, Diagnosis, Outcome};

use crate::lifetime::TimeUnit;
use crate::teller::Teller;
use crate::words::Value;

impl<A> Teller<'_, A> {
    /// A unit of time, as it stands in a sentence.
    pub(crate) fn unit(&self, unit: TimeUnit) -> String {
        self.say(match unit {
            TimeUnit::Day => "lifetime-unit-day",
            TimeUnit::Week => "lifetime-unit-week",
            TimeUnit::Month => "lifetime-unit-month",
        })
    }

    /// What is the matter with a fit; `None` when its parameters are settled.
    pub(crate) fn trouble(&self, diagnosis: &Diagnosis) -> Option<String> {
        let (id, variables): (&str, Vec<(&str, Value<'_>)>) = match &diagnosis.outcome {
            Outcome::Converged => return None,
            Outcome::TooFew {
                repeat_customers,
                repeat_customers_needed,
                ..
            } => (
                "lifetime-outcome-too-few",
                vec![
                    ("repeat", repeat_customers.round().into()),
                    ("needed", repeat_customers_needed.round().into()),
                ],
            ),
            Outcome::AtBoundary { meaning, .. } => (boundary(*meaning), Vec::new()),
            Outcome::Flat {
                customers_needed, ..
            } => (
                "lifetime-outcome-flat",
                vec![("needed", customers_needed.round().into())],
            ),
            Outcome::FewEnded {
                ended,
                ended_needed,
                ..
            } => (
                "lifetime-outcome-few-ended",
                vec![
                    ("ended", ended.round().into()),
                    ("needed", ended_needed.round().into()),
                ],
            ),
            Outcome::TooShort {
                occasions,
                occasions_needed,
            } => (
                "lifetime-outcome-too-short",
                vec![
                    ("occasions", occasions.round().into()),
                    ("needed", occasions_needed.round().into()),
                ],
            ),
            Outcome::NotConverged { .. } => ("lifetime-outcome-not-converged", Vec::new()),
        };
        Some(self.tell(id, &variables))
    }
}

/// A parameter as it is written in formulas.
pub(crate) fn letter(name: &str) -> &str {
    match name {
        "alpha" => "α",
        "beta" => "β",
        "gamma" => "γ",
        other => other,
    }
}

fn boundary(meaning: Boundary) -> &'static str {
    match meaning {
        Boundary::NoChurnVisible => "lifetime-outcome-no-churn-visible",
        Boundary::EveryoneGone => "lifetime-outcome-everyone-gone",
        Boundary::EqualChurn => "lifetime-outcome-equal-churn",
        Boundary::SteadyRisk => "lifetime-outcome-steady-risk",
        Boundary::EqualRates => "lifetime-outcome-equal-rates",
        Boundary::FewBuyAll => "lifetime-outcome-few-buy-all",
        Boundary::EqualSpend => "lifetime-outcome-equal-spend",
        Boundary::ConstantSpend => "lifetime-outcome-constant-spend",
        Boundary::HeavyTail => "lifetime-outcome-heavy-tail",
        Boundary::AllEndTogether => "lifetime-outcome-all-end-together",
        Boundary::LeaveAtOnceOrNever => "lifetime-outcome-leave-at-once-or-never",
    }
}
