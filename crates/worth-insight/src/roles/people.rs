//! Who answers in which role, in which account.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use worth_model::perceived::{People, Survey};

use super::members::Members;
use super::role_rank;
use crate::answers::{Answer, Answers, Brands, Layout};

/// Roles that are told apart at most: of more, pairs could not be read any more.
const MOST_ROLES: usize = 6;

/// People with at least one role, by role.
pub(super) struct PeopleByRole {
    /// In the order of the matrices.
    pub(super) roles: Vec<String>,
    /// Roles of fewer people, which are left out.
    pub(super) other_roles: Vec<String>,
    /// What they say.
    pub(super) people: People,
    /// Number of the respondent of each row of it.
    pub(super) respondents: Vec<usize>,
    /// Names of accounts, by the numbers they have in it.
    pub(super) accounts: Vec<String>,
}

impl PeopleByRole {
    /// From the answers on the own brand.
    pub(super) fn of(
        answers: &Answers,
        brands: &Brands,
        layout: &Layout,
        members: &Members,
    ) -> Self {
        let respondent = |answer: &Answer| &answers.respondents[answer.respondent];
        let mut answered: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        let mut last_day: HashMap<usize, i32> = HashMap::new();
        for answer in answers.own_scores(brands) {
            for role in members.roles(answer, respondent(answer)) {
                let known = answered.entry(role.to_owned()).or_default();
                known.insert(answer.respondent);
            }
            let day = last_day.entry(answer.respondent).or_insert(answer.day);
            *day = answer.day.max(*day);
        }
        let (roles, other_roles) = most_frequent(&answered);
        let respondents: BTreeSet<usize> = roles
            .iter()
            .flat_map(|role| &answered[role])
            .copied()
            .collect();
        let respondents: Vec<usize> = respondents.into_iter().collect();
        let row: HashMap<usize, usize> = respondents.iter().copied().zip(0..).collect();
        let (columns, dimensions) = (roles.len(), layout.dimensions.len());
        let mut scores = vec![f64::NAN; respondents.len() * columns * dimensions];
        let mut say = vec![0.0; respondents.len() * columns];
        for (column, role) in roles.iter().enumerate() {
            let (of_role, survey) = layout.survey(answers, brands, |answer| {
                let mut roles = members.roles(answer, respondent(answer));
                answer.asked.kind().is_some()
                    && brands.place(answer.brand) == Some(0)
                    && roles.any(|other| other == role)
            });
            // the own brand is the first of each respondent
            let of_brands = dimensions * brands.names.len();
            for (number, scored) in of_role.iter().zip(survey.scores.chunks_exact(of_brands)) {
                let place = row[number] * columns + column;
                scores[place * dimensions..][..dimensions].copy_from_slice(&scored[..dimensions]);
                let person = &answers.respondents[*number];
                say[place] = members.say(person, role, last_day[number]);
            }
        }
        let of_row = || {
            respondents
                .iter()
                .map(|&number| &answers.respondents[number])
        };
        let mut names: Vec<String> = of_row()
            .filter_map(|person| members.account(person).map(str::to_owned))
            .collect();
        names.sort();
        names.dedup();
        let account = |(row, name): (usize, Option<&str>)| {
            let known = name.and_then(|name| names.binary_search_by(|n| n.as_str().cmp(name)).ok());
            known.unwrap_or(names.len() + row)
        };
        let people = People {
            accounts: (of_row().map(|person| members.account(person)).enumerate())
                .map(account)
                .collect(),
            survey: Survey {
                weights: of_row().map(|person| person.weight).collect(),
                importance: vec![f64::NAN; respondents.len() * dimensions],
                scores,
            },
            say: if members.has_say { say } else { Vec::new() },
        };
        Self {
            roles,
            other_roles,
            people,
            respondents,
            accounts: names,
        }
    }
}

/// The roles of most respondents in the order in which they are told, and the others.
fn most_frequent(answered: &BTreeMap<String, BTreeSet<usize>>) -> (Vec<String>, Vec<String>) {
    let mut roles: Vec<String> = answered.keys().cloned().collect();
    roles.sort_by_key(|role| std::cmp::Reverse(answered[role].len()));
    let mut others = roles.split_off(roles.len().min(MOST_ROLES));
    roles.sort_by_key(|role| role_rank(role));
    others.sort();
    (roles, others)
}
