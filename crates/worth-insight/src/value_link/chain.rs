//! Which link rests on which columns, and what is held still.

use worth_model::link::{Family, FittedLink, Link, LinkRows, Move, ScoreNoise};

use super::answer::{LinkTold, Step};
use super::people::People;
use crate::behaviour::Before;

/// Troubles that fewer people met say nothing of what they do.
const FEWEST_WITH_TROUBLE: usize = 10;
/// No scale ends a move that only tells how large an effect is.
const ANYWHERE: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

/// Something that may move an outcome.
#[derive(Clone, Copy)]
struct Exposure<'a> {
    step: Step,
    column: &'a [f64],
    /// Variance of its error.
    noise: f64,
}

/// A link, or several to the same outcome, before they are found.
struct Wanted<'a> {
    family: Family,
    to: Step,
    outcome: &'a [f64],
    /// What is told.
    exposures: Vec<Exposure<'a>>,
    /// What is held still, beside habits.
    beside: Vec<Exposure<'a>>,
    /// Whether habits before the answer are held still.
    holds_habits: bool,
}

/// All links, from experience to revenue.
pub(super) fn links(people: &People, level: f64) -> Vec<LinkTold> {
    let exposure = |step, column, noise: &Option<ScoreNoise>| Exposure {
        step,
        column,
        noise: noise.map_or(0.0, |noise| noise.variance),
    };
    let value = exposure(Step::Value, &people.value, &people.noise);
    let rest = exposure(
        Step::Value,
        &people.value_without_trust,
        &people.noise_without_trust,
    );
    let trust = exposure(Step::Trust, &people.trust, &people.noise_of_trust);
    let share = exposure(Step::Share, &people.share, &None);
    let wanted = [
        Wanted {
            family: Family::Linear,
            to: Step::Value,
            outcome: &people.value,
            exposures: troubles(people),
            beside: Vec::new(),
            holds_habits: true,
        },
        Wanted {
            family: Family::Linear,
            to: Step::Trust,
            outcome: &people.trust,
            exposures: vec![rest],
            beside: Vec::new(),
            holds_habits: false,
        },
        Wanted {
            family: Family::Logistic,
            to: Step::Share,
            outcome: &people.share,
            exposures: vec![trust],
            beside: vec![rest],
            holds_habits: false,
        },
        Wanted {
            family: Family::Logistic,
            to: Step::Retention,
            outcome: &people.bought,
            exposures: vec![share],
            beside: vec![value],
            holds_habits: true,
        },
        Wanted {
            family: Family::Logistic,
            to: Step::Retention,
            outcome: &people.bought,
            exposures: vec![value],
            beside: Vec::new(),
            holds_habits: true,
        },
        Wanted {
            family: Family::Relative,
            to: Step::Revenue,
            outcome: &people.revenue,
            exposures: vec![value],
            beside: Vec::new(),
            holds_habits: true,
        },
    ];
    let told = wanted.iter().flat_map(|wanted| wanted.told(people, level));
    told.collect()
}

/// Troubles that enough people met.
fn troubles(people: &People) -> Vec<Exposure<'_>> {
    let steps = [Step::Failure, Step::Late, Step::Complaint];
    let columns = steps.into_iter().zip(&people.troubles);
    let met = columns.filter(|(_, column)| {
        column.iter().filter(|&&times| times > 0.0).count() >= FEWEST_WITH_TROUBLE
    });
    let exposures = met.map(|(step, column)| Exposure {
        step,
        column,
        noise: 0.0,
    });
    exposures.collect()
}

impl Wanted<'_> {
    /// One link per exposure that is told.
    fn told(&self, people: &People, level: f64) -> Vec<LinkTold> {
        let found = self.find(people, level);
        let told = self.exposures.iter().enumerate().map(|(place, exposure)| {
            let fitted = found.as_ref().and_then(|found| found.as_ref().ok());
            let effect = fitted.map(|fitted| fitted.effects[place]);
            LinkTold {
                from: exposure.step,
                to: self.to,
                tells: effect.map(|effect| effect.tells()),
                cannot: found
                    .as_ref()
                    .and_then(|found| found.as_ref().err().copied()),
                people: fitted.map(|fitted| fitted.people),
                outcome: fitted.map(|fitted| fitted.outcome),
                effect,
                factor: fitted.and_then(|fitted| {
                    fitted.moved_factor(&[Move {
                        exposure: place,
                        by: 1.0,
                        within: ANYWHERE,
                    }])
                }),
                held_still: self.held_still(),
            }
        });
        told.collect()
    }

    /// The link, or why it cannot be told; nothing when one of its ends is known of nobody.
    fn find(
        &self,
        people: &People,
        level: f64,
    ) -> Option<Result<FittedLink, worth_model::link::NoLink>> {
        let moving: Vec<Exposure<'_>> = [&self.exposures[..], &self.beside].concat();
        let is_known = |column: &[f64]| column.iter().any(|value| !value.is_nan());
        if self.exposures.is_empty()
            || !is_known(self.outcome)
            || !moving.iter().all(|exposure| is_known(exposure.column))
        {
            return None;
        }
        let exposures: Vec<&[f64]> = moving.iter().map(|exposure| exposure.column).collect();
        let noise: Vec<f64> = moving.iter().map(|exposure| exposure.noise).collect();
        let habits: Vec<&[f64]> = people.habits.iter().map(Vec::as_slice).collect();
        let rows = LinkRows {
            exposures: &exposures,
            controls: if self.holds_habits { &habits } else { &[] },
            outcome: self.outcome,
            weight: Some(&people.weight),
            person: None,
            error_variance: Some(&noise),
        };
        let link = Link {
            family: self.family,
            level,
        };
        let rows = rows
            .check()
            .expect("columns of the same people, numbers or nothing");
        Some(
            link.fit(&rows)
                .expect("a level and outcomes that were checked"),
        )
    }

    fn held_still(&self) -> Vec<String> {
        let mut names: Vec<String> = (self.beside.iter())
            .map(|exposure| exposure.step.name().to_owned())
            .collect();
        if self.holds_habits {
            names.extend(Before::CONTROLS.map(str::to_owned));
        }
        names
    }
}
