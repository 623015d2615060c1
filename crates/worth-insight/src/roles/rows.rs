//! One row per account and role: what `--out` writes.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `account_id` | text | the account |
//! | `role` | text | the role |
//! | `respondents` | real | its people who answered in the role |
//! | `say` | real | their say, as a share of that of all in the account who answered; empty when unknown |
//! | `benefits`, `costs` | real | means of what they scored, 1..10, by the importance of the whole survey |
//! | `ratio` | real | benefits / costs; empty when one of them was not scored |
//! | `difference` | real | benefits − costs, in points |

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::arrow::array::{Float64Array, StringArray};
use worth_model::perceived::{Fitted, RespondentValue};

use super::people::PeopleByRole;
use crate::error::Error;
use crate::rows::{Column, FewRows};

/// People of one account in one role.
#[derive(Default)]
struct InRole {
    respondents: f64,
    say: f64,
    /// By dimension: weighted scores and weights.
    sums: Vec<(f64, f64)>,
}

/// Accounts by name, their roles in one order. `whole`: what gives the importance weights.
pub(super) fn rows(people: &PeopleByRole, whole: &Fitted) -> Result<FewRows, Error> {
    let in_roles = in_roles(people, whole.weights.len());
    let mut says: BTreeMap<usize, f64> = BTreeMap::new();
    for ((account, _), in_role) in &in_roles {
        *says.entry(*account).or_default() += in_role.say;
    }
    let values: Vec<RespondentValue> = in_roles
        .values()
        .map(|in_role| {
            let means: Vec<f64> = in_role.sums.iter().map(|(sum, of)| sum / of).collect();
            whole.respondent(&means)
        })
        .collect();
    let text = |name, of: &dyn Fn(&(usize, usize)) -> String| -> Column {
        let texts: StringArray = in_roles.keys().map(|key| Some(of(key))).collect();
        (name, false, Arc::new(texts))
    };
    let real = |name, numbers: Vec<f64>| -> Column {
        let known = numbers
            .into_iter()
            .map(|n| Some(n).filter(|n| n.is_finite()));
        (name, true, Arc::new(known.collect::<Float64Array>()))
    };
    let value = |name, of: fn(&RespondentValue) -> f64| real(name, values.iter().map(of).collect());
    let shares = in_roles
        .iter()
        .map(|((account, _), in_role)| in_role.say / says[account]);
    let columns = vec![
        text("account_id", &|(account, _)| {
            people.accounts[*account].clone()
        }),
        text("role", &|(_, role)| people.roles[*role].clone()),
        real(
            "respondents",
            in_roles
                .values()
                .map(|in_role| in_role.respondents)
                .collect(),
        ),
        real("say", shares.collect()),
        value("benefits", |value| value.benefits),
        value("costs", |value| value.costs),
        value("ratio", |value| value.ratio),
        value("difference", |value| value.difference),
    ];
    FewRows::of(columns, "listing roles in accounts")
}

/// By account and role; people of no account are left out.
fn in_roles(people: &PeopleByRole, dimensions: usize) -> BTreeMap<(usize, usize), InRole> {
    let roles = people.roles.len();
    let survey = &people.people.survey;
    let mut in_roles: BTreeMap<(usize, usize), InRole> = BTreeMap::new();
    for (person, &account) in people.people.accounts.iter().enumerate() {
        for role in 0..roles {
            let place = person * roles + role;
            let scores = &survey.scores[place * dimensions..][..dimensions];
            let has_answered = scores.iter().any(|score| score.is_finite());
            if account >= people.accounts.len() || !has_answered {
                continue;
            }
            let known = in_roles.entry((account, role)).or_default();
            known.respondents += 1.0;
            known.say += people.people.say.get(place).copied().unwrap_or(f64::NAN);
            known.sums.resize(dimensions, (0.0, 0.0));
            for (sum, score) in known.sums.iter_mut().zip(scores) {
                if score.is_finite() {
                    sum.0 += survey.weights[person] * score;
                    sum.1 += survey.weights[person];
                }
            }
        }
    }
    in_roles
}
