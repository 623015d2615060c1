//! What would become of coming back if buying felt more convenient to everyone: the same customers
//! with the same luck, drawn as they are and as they would be.

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::Plan;
use super::history::History;
use super::people::Person;
use super::surveys::{DAYS_AFTER_VISIT, EARLY_VISITS, SCATTER};

/// So many customers tell the change to half a percentage point, however many the demo has.
const PEOPLE: u64 = 20_000;

/// Change of the share who buy within the planted days after answering the shop's form.
pub(crate) fn repurchase_change(plan: &Plan) -> f64 {
    let raised = plan.truth.what_if.points / SCATTER;
    bought_again(plan, raised) - bought_again(plan, 0.0)
}

/// Share who buy within the days after an answer, of all answers whose days are over, when buying
/// feels more convenient to everyone by so many standard deviations.
fn bought_again(plan: &Plan, more_convenient: f64) -> f64 {
    let (bought, asked) = (0..PEOPLE)
        .into_par_iter()
        .map(|index| {
            let mut person = Person::draw(plan, index);
            person.convenience += more_convenient;
            of_one(plan, &History::draw(plan, &person))
        })
        .collect::<Vec<_>>()
        .into_iter()
        .fold((0.0, 0.0), |sums, one| (sums.0 + one.0, sums.1 + one.1));
    bought / asked
}

/// How probably the customer answers in time, and buys again: any early visit and any day after it may be
/// the one that is asked about.
fn of_one(plan: &Plan, history: &History) -> (f64, f64) {
    let within = plan.truth.what_if.within_days;
    let days: Vec<u32> = history.visits.iter().map(|visit| visit.at.day).collect();
    let early = &days[..days.len().min(EARLY_VISITS)];
    let each = 1.0 / (early.len() * DAYS_AFTER_VISIT.len()) as f64;
    let (mut bought, mut asked) = (0.0, 0.0);
    for answer in early
        .iter()
        .flat_map(|visit| DAYS_AFTER_VISIT.map(move |after| visit + after))
        .filter(|answer| answer + within < plan.calendar.days)
    {
        asked += each;
        let next = days.partition_point(|day| *day <= answer);
        if days.get(next).is_some_and(|day| *day <= answer + within) {
            bought += each;
        }
    }
    (bought, asked)
}
