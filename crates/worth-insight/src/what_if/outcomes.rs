//! What customers did and said they would do, linked to what they had scored: by how much a change moves it.

use worth_model::Estimate;
use worth_model::estimate::{POWER, reaches};
use worth_model::link::{Family, FittedLink, Link, LinkRows, Move, NoLink, NoiseOrigin};
use worth_model::perceived::{SCALE, ScoreMove, Survey};

use super::answer::{Brought, LinkTold};
use crate::answers::{Answers, Brands, Layout, noises};
use crate::behaviour::Behaviour;

/// A dimension that fewer of those were asked about of whom the outcome is known is left out of a link: it would leave
/// out everyone who was not asked.
const LEAST_ASKED: f64 = 0.5;

/// Scores of the own brand and what may go with them, one row per respondent; `NAN` where something is
/// not known.
pub(super) struct People<'a> {
    layout: &'a Layout,
    level: f64,
    weight: Vec<f64>,
    /// By dimension of the layout.
    scores: Vec<Vec<f64>>,
    /// Variance of the error in scores, by dimension.
    noise: Vec<f64>,
    pub(super) noise_from: Option<NoiseOrigin>,
    habits: [Vec<f64>; 4],
    bought: Vec<f64>,
    revenue: Vec<f64>,
    intention: Vec<f64>,
}

impl<'a> People<'a> {
    /// `survey`: that of the layout, of these respondents. `behaviour`: absent when the own brand does not change.
    pub(super) fn of(
        answers: &Answers,
        brands: &Brands,
        layout: &'a Layout,
        (respondents, survey): (&[usize], &Survey),
        behaviour: Option<&Behaviour>,
        level: f64,
    ) -> Self {
        let dimensions = layout.dimensions.len();
        let width = brands.names.len() * dimensions;
        let noises = noises(answers, brands, 0, layout);
        let records: Vec<_> = (respondents.iter())
            .map(|&respondent| behaviour.and_then(|known| known.of_respondent(respondent)))
            .collect();
        let habits = records
            .iter()
            .map(|record| record.map(|record| record.before.controls()));
        let habits: Vec<_> = habits.collect();
        let after = |of: &dyn Fn(crate::behaviour::After) -> f64| -> Vec<f64> {
            let after = records
                .iter()
                .map(|record| record.and_then(|record| record.after));
            after.map(|after| after.map_or(f64::NAN, of)).collect()
        };
        Self {
            layout,
            level,
            weight: survey.weights.clone(),
            scores: (0..dimensions)
                .map(|dimension| {
                    survey
                        .scores
                        .iter()
                        .skip(dimension)
                        .step_by(width)
                        .copied()
                        .collect()
                })
                .collect(),
            noise: noises.iter().map(|noise| noise.variance).collect(),
            noise_from: noises
                .iter()
                .map(|noise| noise.origin)
                .min_by_key(|origin| *origin == NoiseOrigin::AnsweredTwice),
            habits: std::array::from_fn(|place| {
                let habit =
                    |habits: &Option<[f64; 4]>| habits.map_or(f64::NAN, |habits| habits[place]);
                habits.iter().map(habit).collect()
            }),
            bought: after(&|after| f64::from(u8::from(after.bought))),
            revenue: after(&|after| after.revenue),
            intention: intentions(answers, brands, respondents),
        }
    }

    /// Whether they bought in the days after. What is felt for long makes habits, so these may follow.
    pub(super) fn buys_again(&self) -> Found<'_> {
        self.find(Family::Logistic, &self.bought, false)
    }

    /// The same, habits held still: what comes on top of them.
    pub(super) fn buys_again_habits_alike(&self) -> Found<'_> {
        self.find(Family::Logistic, &self.bought, true)
    }

    /// What they paid in the days after.
    pub(super) fn revenue(&self) -> Found<'_> {
        self.find(Family::Relative, &self.revenue, false)
    }

    /// How likely they say they would buy again.
    pub(super) fn intention(&self) -> Found<'_> {
        self.find(Family::Linear, &self.intention, false)
    }

    fn find(&self, family: Family, outcome: &[f64], holds_habits: bool) -> Found<'_> {
        let known: Vec<usize> = (0..outcome.len())
            .filter(|&row| !outcome[row].is_nan())
            .collect();
        let is_asked = |&dimension: &usize| {
            let asked = known
                .iter()
                .filter(|&&row| !self.scores[dimension][row].is_nan());
            asked.count() as f64 > LEAST_ASKED * known.len() as f64
        };
        let dimensions: Vec<usize> = (0..self.scores.len()).filter(is_asked).collect();
        let mut found = Found {
            layout: self.layout,
            level: self.level,
            dimensions,
            link: None,
        };
        if found.dimensions.is_empty() {
            return found;
        }
        let exposures: Vec<&[f64]> = found
            .dimensions
            .iter()
            .map(|&place| self.scores[place].as_slice())
            .collect();
        let noise: Vec<f64> = found
            .dimensions
            .iter()
            .map(|&place| self.noise[place])
            .collect();
        let habits: Vec<&[f64]> = self.habits.iter().map(Vec::as_slice).collect();
        let rows = LinkRows {
            exposures: &exposures,
            controls: if holds_habits { &habits } else { &[] },
            outcome,
            weight: Some(&self.weight),
            person: None,
            error_variance: Some(&noise),
        };
        let rows = rows
            .check()
            .expect("columns of the same people, numbers or nothing");
        let link = Link {
            family,
            level: self.level,
        };
        found.link = Some(
            link.fit(&rows)
                .expect("a level and outcomes that were checked"),
        );
        found
    }
}

/// The mean of what each respondent said of buying the own brand again, on 1..10.
fn intentions(answers: &Answers, brands: &Brands, respondents: &[usize]) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); answers.respondents.len()];
    for answer in &answers.given {
        if answer.asked.measure == "repurchase" && brands.place(answer.brand) == Some(0) {
            let (sum, count) = &mut sums[answer.respondent];
            *sum += answer.on_ten();
            *count += 1.0;
        }
    }
    let mean = |&respondent: &usize| sums[respondent].0 / sums[respondent].1;
    respondents.iter().map(mean).collect()
}

/// A link to the dimensions that were asked about, or why it cannot be told; nothing when the outcome is known of
/// nobody.
pub(super) struct Found<'a> {
    layout: &'a Layout,
    level: f64,
    dimensions: Vec<usize>,
    link: Option<Result<FittedLink, NoLink>>,
}

impl Found<'_> {
    fn fitted(&self) -> Option<&FittedLink> {
        self.link.as_ref()?.as_ref().ok()
    }

    pub(super) fn told(&self) -> LinkTold {
        let fitted = self.fitted();
        LinkTold {
            people: fitted.map(|fitted| fitted.people),
            outcome: fitted.map(|fitted| fitted.outcome),
            dimensions: (self.dimensions.iter())
                .map(|&place| self.layout.dimensions[place].clone())
                .collect(),
            cannot: self
                .link
                .as_ref()
                .and_then(|link| link.as_ref().err().copied()),
        }
    }

    /// Change of the mean outcome.
    pub(super) fn moved(&self, moves: &[ScoreMove]) -> Option<Brought> {
        let fitted = self.fitted()?;
        let change = fitted.moved(&self.moves(moves)?);
        Some(Brought {
            change,
            smallest: change
                .standard_error()
                .map(|error| reaches(self.level, POWER) * error),
        })
    }

    /// The mean outcome as a multiple.
    pub(super) fn moved_factor(&self, moves: &[ScoreMove]) -> Option<Estimate> {
        self.fitted()?.moved_factor(&self.moves(moves)?)
    }

    /// The same moves by number of the exposure; nothing when one was not asked about, or is not told apart.
    fn moves(&self, moves: &[ScoreMove]) -> Option<Vec<Move>> {
        let not_told_apart = &self.fitted()?.not_told_apart;
        let of = |one: &ScoreMove| {
            let exposure = self
                .dimensions
                .iter()
                .position(|&place| place == one.dimension)?;
            (!not_told_apart.contains(&exposure)).then_some(Move {
                exposure,
                by: one.by,
                within: SCALE,
            })
        };
        moves.iter().map(of).collect()
    }
}
