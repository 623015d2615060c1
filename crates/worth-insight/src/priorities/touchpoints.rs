//! What one failure fewer would bring, by touchpoint: failures of the half year before the answer, linked
//! to the value that customers saw then and to what they paid in the days after.

use worth_model::link::{Family, FittedLink, Link, LinkRows, Move};
use worth_model::perceived::Survey;
use worth_model::survey::Design;

use super::Seen;
use super::answer::{Priority, What};
use crate::behaviour::{Behaviour, Experience};

/// Touchpoints where fewer people met a failure say nothing of what failures do.
const FEWEST_WITH_FAILURE: u64 = 10;
/// Touchpoints that are looked at: those where most people met failures.
const MOST_TOUCHPOINTS: usize = 8;

/// Customers who answered: failures met by touchpoint, and what may go with them.
#[derive(Default)]
struct Customers {
    weight: Vec<f64>,
    value: Vec<f64>,
    revenue: Vec<f64>,
    bought: Vec<f64>,
    habits: [Vec<f64>; 4],
    /// By touchpoint of the experience.
    failures: Vec<Vec<f64>>,
}

pub(super) fn priorities(
    seen: &Seen<'_>,
    survey: (&[usize], &Survey),
    behaviour: &Behaviour,
    experience: &Experience,
) -> Vec<Priority> {
    let customers = Customers::of(seen, survey, behaviour, experience);
    let met = |column: &Vec<f64>| column.iter().filter(|&&times| times > 0.0).count() as u64;
    let mut touchpoints: Vec<(usize, u64)> = (customers.failures.iter().map(met).enumerate())
        .filter(|(_, people)| *people >= FEWEST_WITH_FAILURE)
        .collect();
    touchpoints.sort_by_key(|&(place, people)| (std::cmp::Reverse(people), place));
    touchpoints.truncate(MOST_TOUCHPOINTS);
    let places: Vec<usize> = touchpoints.iter().map(|(place, _)| *place).collect();
    let value = customers.link(
        &places,
        Family::Linear,
        &customers.value,
        seen.question.level,
    );
    let revenue = customers.link(
        &places,
        Family::Relative,
        &customers.revenue,
        seen.question.level,
    );
    let again = customers.link(
        &places,
        Family::Logistic,
        &customers.bought,
        seen.question.level,
    );
    let told = touchpoints
        .iter()
        .enumerate()
        .map(|(exposure, &(place, people))| {
            let one_fewer = [Move {
                exposure,
                by: -1.0,
                within: (0.0, f64::INFINITY),
            }];
            let factor = revenue
                .as_ref()
                .and_then(|link| link.moved_factor(&one_fewer));
            let yearly = seen.whole.price.yearly_revenue;
            let money = factor.zip(yearly);
            let money = money.map(|(factor, yearly)| factor.shifted(-1.0).scaled(yearly));
            let again = again.as_ref().map(|link| link.moved(&one_fewer));
            Priority {
                what: What::Touchpoint(experience.touchpoints[place].clone()),
                people,
                effective: customers.effective(place),
                value: value.as_ref().map(|link| link.moved(&one_fewer)),
                ..Priority::of(again, money)
            }
        });
    told.collect()
}

impl Customers {
    fn of(
        seen: &Seen<'_>,
        (respondents, survey): (&[usize], &Survey),
        behaviour: &Behaviour,
        experience: &Experience,
    ) -> Self {
        let dimensions = seen.layout.dimensions.len();
        let width = seen.brands.names.len() * dimensions;
        let mut customers = Self {
            failures: vec![Vec::new(); experience.touchpoints.len()],
            ..Self::default()
        };
        for (row, &respondent) in respondents.iter().enumerate() {
            let record = behaviour.of_respondent(respondent);
            let id = seen.answers.respondents[respondent].customer_id.as_deref();
            let Some((id, record)) = id.zip(record) else {
                continue;
            };
            let scores = &survey.scores[row * width..row * width + dimensions];
            customers.weight.push(survey.weights[row]);
            customers
                .value
                .push(seen.valued.respondent(scores).difference);
            let after = record.after;
            customers
                .bought
                .push(after.map_or(f64::NAN, |after| f64::from(u8::from(after.bought))));
            customers
                .revenue
                .push(after.map_or(f64::NAN, |after| after.revenue));
            for (column, habit) in customers.habits.iter_mut().zip(record.before.controls()) {
                column.push(habit);
            }
            let failures = experience.failures_before(id, record.day);
            for (column, times) in customers.failures.iter_mut().zip(failures) {
                column.push(f64::from(times));
            }
        }
        customers
    }

    /// Customers of equal weight who would say as much as those who met a failure at a touchpoint.
    fn effective(&self, touchpoint: usize) -> f64 {
        let weighted = self.failures[touchpoint].iter().zip(&self.weight);
        let met = weighted.filter(|(times, _)| **times > 0.0);
        let design = Design::of(met.map(|(_, weight)| *weight));
        design.map_or(0.0, |design| design.effective)
    }

    /// An outcome from failures at some touchpoints, habits held still; nothing when it cannot be told.
    fn link(
        &self,
        touchpoints: &[usize],
        family: Family,
        outcome: &[f64],
        level: f64,
    ) -> Option<FittedLink> {
        let failures = touchpoints
            .iter()
            .map(|&place| self.failures[place].as_slice());
        let exposures: Vec<&[f64]> = failures.collect();
        let habits: Vec<&[f64]> = self.habits.iter().map(Vec::as_slice).collect();
        let rows = LinkRows {
            exposures: &exposures,
            controls: &habits,
            outcome,
            weight: Some(&self.weight),
            person: None,
            error_variance: None,
        };
        if exposures.is_empty() {
            return None;
        }
        let rows = rows
            .check()
            .expect("columns of the same people, numbers or nothing");
        let link = Link { family, level };
        link.fit(&rows)
            .expect("a level and outcomes that were checked")
            .ok()
    }
}
