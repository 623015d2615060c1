//! Accounts made by hand, asked through the lake. The arithmetic stands beside the numbers.

use futures::TryStreamExt;
use serde_json::{Value, json};
use worth_lake::tables::Table;
use worth_model::Estimate;

use super::answer::{Basis, Gap, GapFound};
use super::*;
use crate::question::Present;
use crate::testing::{as_markdown, assert_refused, shop, with};
use crate::words::{Language, Words};

/// Product and price of the own brand in the eyes of a customer.
fn rated(customer: &str, [product, price]: [f64; 2]) -> Vec<Value> {
    [("benefit", "product", product), ("cost", "price", price)]
        .into_iter()
        .map(|(measure, dimension, score)| {
            json!({
                "response_id": customer,
                "customer_id": customer,
                "question": dimension,
                "answered_at": "2025-03-01T03:00:00Z",
                "measure": measure,
                "dimension": dimension,
                "score": score,
                "scale_min": 1,
                "scale_max": 10,
            })
        })
        .collect()
}

fn part(account: &str, customer: &str, role: &str, weight: Option<f64>) -> Value {
    json!({
        "account_id": account,
        "customer_id": customer,
        "role": role,
        "since": "2024-01-01T00:00:00Z",
        "weight": weight,
    })
}

async fn ask_of(answers: Vec<Value>, parts: Vec<Value>) -> Answered<RolesAnswer> {
    let mut tables = vec![(Table::SurveyAnswers, answers)];
    if !parts.is_empty() {
        tables.push((Table::Roles, parts));
    }
    let shop = shop(&tables).await;
    let question = Roles {
        resamples: 400,
        ..Roles::default()
    };
    let answered = question.ask(&Scope::default(), &shop.context).await;
    answered.expect("an answer, whatever the survey")
}

async fn ask(answers: Vec<Value>, parts: Vec<Value>) -> RolesAnswer {
    ask_of(answers, parts).await.answer
}

fn close(found: Option<Estimate>, expected: f64) {
    let found = found.expect("it exists").value;
    assert!(
        (found - expected).abs() < 1e-9,
        "{found}, by hand {expected}"
    );
}

fn gap<'a>(answer: &'a RolesAnswer, role: &str, other: &str) -> &'a Gap {
    let mut gaps = answer.gaps.iter();
    let found = gaps.find(|gap| (gap.role.as_str(), gap.other.as_str()) == (role, other));
    found.unwrap_or_else(|| panic!("no gap of {role} against {other}: {:?}", answer.gaps))
}

/// The worked example of `docs/methods/roles.md`: two households with users and a payer, one person who
/// is both, one user alone.
fn households() -> (Vec<Value>, Vec<Value>) {
    let answers = [
        rated("an", [8.0, 4.0]),
        rated("bình", [7.0, 6.0]),
        rated("chi", [6.0, 4.0]),
        rated("dũng", [8.0, 6.0]),
        rated("em", [7.0, 8.0]),
        rated("giang", [9.0, 3.0]),
        rated("hà", [5.0, 5.0]),
    ];
    let parts = vec![
        part("h1", "an", "user", Some(0.2)),
        part("h1", "bình", "Payer ", Some(0.8)),
        part("h2", "chi", "user", Some(0.1)),
        part("h2", "dũng", "user", Some(0.1)),
        part("h2", "em", "payer", Some(0.6)),
        part("h3", "giang", "user", Some(0.5)),
        part("h3", "giang", "payer", Some(0.5)),
        part("h4", "hà", "user", None),
    ];
    (answers.concat(), parts)
}

#[tokio::test]
async fn gaps_and_decision_value_by_hand() {
    let (answers, parts) = households();
    let answer = ask(answers, parts).await;
    assert_eq!(answer.cannot_tell, None);
    assert_eq!((answer.respondents, answer.without_role), (7, 0));
    assert_eq!(answer.accounts, 4);
    // users: product 36 / 5 = 7.2, price 22 / 5 = 4.4; payers: 23 / 3 and 17 / 3
    let [users, payers] = &answer.roles[..] else {
        panic!("{:?}", answer.roles);
    };
    assert_eq!(
        (users.role.as_str(), payers.role.as_str()),
        ("user", "payer")
    );
    close(users.measured.difference, 2.8);
    close(payers.measured.difference, 2.0);
    assert_eq!((users.respondents, users.accounts), (5, 4));
    let gap = gap(&answer, "payer", "user");
    assert_eq!(gap.basis, Basis::WholeSurvey);
    let value = |found: &GapFound| found.value.map(|value| value.difference);
    close(value(gap.whole_survey.as_ref().expect("both")), -0.8);
    // h1: product 7 − 8, price 6 − 4; h2: product 7 − 7, price 8 − 5
    let within = gap.within_accounts.as_ref().expect("two accounts");
    assert_eq!(within.accounts, 2);
    close(value(within), -3.0);
    close(within.benefits, -0.5);
    close(within.costs, 2.5);
    close(Some(within.dimensions[1].gap.difference), 2.5);
    // h1 by say: product .2 · 8 + .8 · 7 = 7.2, price 5.6; h2: 5.6 / .8 = 7 and 5.8 / .8 = 7.25
    let decision = answer.decision_value.as_ref().expect("two accounts");
    assert_eq!(decision.accounts, 2);
    close(decision.by_say.difference, (1.6 - 0.25) / 2.0);
    close(decision.plain.difference, 1.75);
    // payers have .8 / 1, .6 / .8, .5 / 1 and 0 of the say
    let decided = answer.who_decides.as_ref().expect("accounts");
    assert_eq!((decided.accounts, decided.people), (4, 7));
    assert_eq!(decided.accounts_without_say, 1);
    assert_eq!(decided.roles[0].role, "payer");
    close(Some(decided.roles[0].share), (0.8 + 0.75 + 0.5) / 4.0);
    let several = &decided.held[2];
    assert_eq!((several.roles.len(), several.people), (2, 1));
}

#[tokio::test]
async fn without_weights_everyone_has_the_same_say() {
    // a buys and decides, b uses: half the say each, a's shared out
    let parts = vec![
        part("h1", "a", "buyer", None),
        part("h1", "a", "decider", None),
        part("h1", "b", "user", None),
    ];
    let answers = [rated("a", [8.0, 4.0]), rated("b", [6.0, 4.0])];
    let answer = ask(answers.concat(), parts).await;
    let decided = answer.who_decides.expect("an account");
    assert_eq!(decided.accounts_without_say, 1);
    for (say, (role, share)) in
        (decided.roles.iter()).zip([("user", 0.5), ("buyer", 0.25), ("decider", 0.25)])
    {
        assert_eq!(say.role, role);
        close(Some(say.share), share);
    }
    // nobody's say is known: weighed by it, value would be what it is without
    assert_eq!(answer.decision_value, None);
}

#[tokio::test]
async fn a_role_is_the_one_of_the_answer_else_the_one_of_the_day() {
    let before = with(
        part("h1", "a", "user", None),
        "until",
        "2025-01-31T00:00:00Z",
    );
    let after = with(
        part("h1", "a", "payer", None),
        "since",
        "2025-02-01T00:00:00Z",
    );
    let elsewhere = part("h2", "a", "decider", None);
    let asked_as = rated("b", [6.0, 6.0])
        .into_iter()
        .map(|answer| with(answer, "role", "Buyer"));
    let of_account = rated("a", [8.0, 4.0])
        .into_iter()
        .map(|answer| with(answer, "account_id", "h1"));
    let answer = ask(
        of_account.chain(asked_as).collect(),
        vec![
            before,
            after,
            elsewhere,
            part("h3", "b", "influencer", None),
        ],
    )
    .await;
    let roles: Vec<&str> = answer.roles.iter().map(|view| view.role.as_str()).collect();
    assert_eq!(roles, ["buyer", "payer"]);
}

#[tokio::test]
async fn without_roles_there_is_the_profile_and_what_is_missing() {
    let answers = (0..40).flat_map(|number| {
        let lean = f64::from(number % 5) * 0.5;
        rated(&format!("{number:02}"), [7.0 + lean, 5.0 - lean])
    });
    let answered = ask_of(answers.collect(), Vec::new()).await;
    let answer = &answered.answer;
    assert_eq!(answer.cannot_tell, Some(CannotTell::NoRoles));
    assert_eq!((answer.respondents, answer.without_role), (40, 40));
    close(answer.everyone.benefits, 8.0);
    // 2.49 standard errors of the gap of two halves: 2 · √2 / √39 of it (variance of differences 2)
    let smallest = answer.smallest_gap.expect("forty respondents");
    assert!(
        (smallest - 2.486 * 2.0 * (2.0f64 / 39.0).sqrt()).abs() < 0.2,
        "{smallest}"
    );
    let ready: Vec<&str> = answer
        .completing
        .iter()
        .map(|ask| ask.measure.as_str())
        .collect();
    assert_eq!(ready, ["role"]);
    for language in Language::ALL {
        let sheet = answer.sheet(&answered.provenance, &Words::new(language));
        assert!(sheet.nothing_to_tell && sheet.wanted.is_some());
    }
}

#[tokio::test]
async fn nobody_asked_is_an_answer_that_says_so() {
    let (_, parts) = households();
    let answered = ask_of(Vec::new(), parts).await;
    let answer = &answered.answer;
    assert_eq!(answer.cannot_tell, Some(CannotTell::NoSurvey));
    assert!(answer.roles.is_empty() && answer.gaps.is_empty());
    assert!(answer.completing.len() > 10);
    let sheet = answer.sheet(&answered.provenance, &Words::new(Language::English));
    // who decides is known all the same
    assert!(!sheet.nothing_to_tell);
}

/// Forty households of a user and a payer, who buys and pays; households differ, payers feel the price
/// more.
fn survey() -> (Vec<Value>, Vec<Value>) {
    let (mut answers, mut parts) = (Vec::new(), Vec::new());
    for number in 0..40 {
        let mood = f64::from(number % 7) * 0.5 - 1.5;
        let lean = f64::from(number % 3) * 0.3 - 0.3;
        let [user, payer, account] = ["u", "p", "h"].map(|kind| format!("{kind}{number:02}"));
        answers.extend(rated(&user, [7.0 + mood, 5.0 - mood + lean]));
        answers.extend(rated(&payer, [7.0 + mood + lean, 6.0 - mood]));
        parts.push(part(&account, &user, "user", Some(0.3)));
        parts.push(part(&account, &payer, "payer", Some(0.4)));
        parts.push(part(&account, &payer, "buyer", Some(0.3)));
    }
    answers.extend(rated("zz", [6.0, 6.0]));
    (answers, parts)
}

#[tokio::test]
async fn a_gap_inside_accounts_is_found_and_told() {
    let (answers, parts) = survey();
    let answered = ask_of(answers, parts).await;
    let answer = &answered.answer;
    assert_eq!((answer.respondents, answer.without_role), (81, 1));
    let gap = gap(answer, "payer", "user");
    assert_eq!(gap.basis, Basis::WithinAccounts);
    let found = gap.found().expect("both answered");
    let real: Vec<(&str, bool)> = (found.dimensions.iter())
        .map(|one| (one.name.dimension.as_str(), one.gap.differs))
        .collect();
    assert_eq!(real, [("product", false), ("price", true)]);
    // buyer and payer are the same people, so there is nothing to compare
    assert_eq!(answer.gaps.len(), 2);
    // of their gaps, which are one and the same, the one with more say is told
    let sheet = answer.sheet(&answered.provenance, &Words::new(Language::English));
    let act = sheet.advice().next().map(|advice| advice.act.as_str());
    assert_eq!(act, Some("Make price easier to bear for the payer"));
    insta::assert_snapshot!("roles-en", as_markdown(&answered, Language::English));
    insta::assert_snapshot!("roles-vi", as_markdown(&answered, Language::Vietnamese));
    let rows = answered.rows.as_ref().expect("rows");
    let batches: Vec<_> = rows.stream().try_collect().await.expect("rows");
    let count: usize = batches.iter().map(|batch| batch.num_rows()).sum();
    assert_eq!(count, 120, "an account and a role each");
}

#[tokio::test]
async fn other_names_for_roles_get_the_same_answers() {
    let (answers, parts) = survey();
    let renamed = parts.iter().map(|part| {
        let role = match part["role"].as_str() {
            Some("user") => "b-role",
            Some("payer") => "a-role",
            _ => "c-role",
        };
        with(part.clone(), "role", role)
    });
    let one = ask(answers.clone(), parts.clone()).await;
    let other = ask(answers, renamed.collect()).await;
    let [one, other] = [gap(&one, "payer", "user"), gap(&other, "a-role", "b-role")]
        .map(|gap| gap.found().expect("both answered").value.expect("both"));
    assert!((one.difference.value - other.difference.value).abs() < 1e-9);
    assert!((one.p_value - other.p_value).abs() < 1e-9);
}

#[tokio::test]
async fn parameters_outside_their_range_are_refused() {
    let shop = shop(&[]).await;
    let few = Roles {
        resamples: 10,
        ..Roles::default()
    };
    let sure = Roles {
        level: 1.0,
        ..Roles::default()
    };
    assert_refused(&[few, sure], &shop).await;
}
