//! If failures at one step happened less often: what journeys would be like, and what `friction` knows of those whom
//! failures there keep away.

use worth_model::Resampling;
use worth_model::journey::{Log, Repair, repaired};
use worth_model::link::Tells;

use super::JourneyDiff;
use super::answer::{FewerFailures, Journeys, Kept, NotSimulated};
use crate::context::Context;
use crate::error::Error;
use crate::friction::{Effect, Friction, PainPoint, Trouble};
use crate::funnel::Written;
use crate::question::Scope;
use crate::steps::{JourneySettings, Labelled, Outcome, Steps, ToldApart, WAYS_TO_END, way_to_end};

/// How often people are drawn again.
const RESAMPLES: usize = 400;

/// What steps are called.
pub(super) struct Places<'a> {
    pub(super) steps: &'a Steps,
    pub(super) settings: &'a JourneySettings,
    pub(super) told_apart: &'a ToldApart,
    pub(super) labelled: &'a Labelled,
    /// By journey before they were split whose it is.
    pub(super) people: &'a [u32],
}

/// What fewer failures at a place would do to the journeys of a log.
pub(super) async fn tell(
    question: &JourneyDiff,
    place: &str,
    places: &Places<'_>,
    log: &Log,
    (scope, context): (&Scope, &Context),
) -> Result<FewerFailures, Error> {
    let label = places.label(place)?;
    let goal = places.goal(&question.goal)?;
    let name = places.labelled.labels[label as usize].clone();
    let name = name.unwrap_or_default();
    let journeys = places.simulated(question, (label, &goal), log, context.seed());
    context.check()?;
    Ok(FewerFailures {
        kept: kept(question, &name, scope, context).await?,
        place: name,
        share: question.by_share,
        goal: question.goal.clone(),
        journeys,
    })
}

impl Places<'_> {
    /// The label that is meant.
    fn label(&self, place: &str) -> Result<u32, Error> {
        let wanted = place.trim().to_lowercase();
        let mut labels = (0..).zip(&self.labelled.labels);
        let is_meant = |label: &Option<String>| {
            let label = label.as_ref().map(|label| label.to_lowercase());
            label == Some(wanted.clone())
        };
        if let Some((label, _)) = labels.find(|(_, label)| is_meant(label)) {
            return Ok(label);
        }
        let failing = self
            .kinds()
            .filter(|&kind| self.outcome(kind) == Some(Outcome::Failed));
        let mut failing: Vec<&str> = failing
            .filter_map(|kind| {
                let label = self.labelled.of_kind[kind] as usize;
                self.labelled.labels[label].as_deref()
            })
            .collect();
        failing.sort_unstable();
        failing.dedup();
        Err(Error::NotAChoice {
            parameter: "fewer_failures",
            given: place.into(),
            choices: failing.join(", "),
        })
    }

    /// Kinds of steps that journeys are to come to.
    fn goal(&self, goal: &str) -> Result<Vec<u32>, Error> {
        let written = [goal.to_owned()];
        let found = Written::of(&written)?.find(self.steps, self.settings);
        let found = found.map_err(|error| match error {
            Error::NotAChoice { given, choices, .. } => Error::NotAChoice {
                parameter: "goal",
                given,
                choices,
            },
            other => other,
        })?;
        Ok(found
            .steps
            .into_iter()
            .flat_map(|step| step.kinds)
            .collect())
    }

    fn kinds(&self) -> std::ops::Range<usize> {
        0..self.steps.kinds.len()
    }

    fn outcome(&self, kind: usize) -> Option<Outcome> {
        self.steps.kinds[kind].outcome
    }

    /// Journeys of today and then. States are the steps that are told apart, with how they ended; the place and the
    /// goal are told apart in any case.
    fn simulated(
        &self,
        question: &JourneyDiff,
        (label, goal): (u32, &[u32]),
        log: &Log,
        seed: u64,
    ) -> Journeys {
        let place = self.told_apart.count();
        let of_goal = place + 1;
        let state = |kind: usize| {
            let way = way_to_end(self.outcome(kind));
            match self.labelled.of_kind[kind] == label {
                _ if goal.contains(&(kind as u32)) => of_goal * WAYS_TO_END + way,
                true => place * WAYS_TO_END + way,
                false => self.told_apart.number_with_way(kind),
            }
        };
        // what is the goal itself only where nothing else is meant
        let at_place = |wanted: Outcome| {
            let is_meant = |kind: &usize| {
                self.labelled.of_kind[*kind] == label && self.outcome(*kind) == Some(wanted)
            };
            let is_goal = |kind: &usize| goal.contains(&(*kind as u32));
            let meant = self.kinds().filter(is_meant);
            meant.min_by_key(is_goal).map(state)
        };
        let Some(failed) = at_place(Outcome::Failed) else {
            return Journeys::Unknown(NotSimulated::NothingFailed);
        };
        let Some(well) = at_place(Outcome::Ok) else {
            return Journeys::Unknown(NotSimulated::NothingWentWell);
        };
        let log = (self.told_apart).relabelled(log, state, (of_goal + 1) * WAYS_TO_END);
        let takes = |wanted: u32| {
            let mut journeys = (0..log.journeys()).map(|journey| log.steps(journey).1);
            journeys.any(|kinds| kinds.contains(&wanted))
        };
        let goal: Vec<u32> = (0..WAYS_TO_END)
            .map(|way| of_goal * WAYS_TO_END + way)
            .collect();
        let repair = Repair {
            failed,
            well,
            share: question.by_share,
            goal: &goal,
        };
        let resampling = Resampling {
            level: question.level,
            resamples: RESAMPLES,
            seed,
        };
        let told = repaired(&log, self.people, &repair, &resampling);
        let Some(told) = told.expect("the kinds are numbered so, and settings were checked") else {
            return Journeys::Unknown(match (takes(failed), takes(well)) {
                (false, _) => NotSimulated::NothingFailed,
                (true, false) => NotSimulated::NothingWentWell,
                (true, true) => NotSimulated::NeverEnds,
            });
        };
        Journeys::Known(Box::new(told))
    }
}

/// What a share of the failures at a place keeps away, by the effect that `friction` finds.
async fn kept(
    question: &JourneyDiff,
    place: &str,
    scope: &Scope,
    context: &Context,
) -> Result<Kept, Error> {
    let friction = Friction {
        by: question.by,
        level: question.level,
        ..Friction::default()
    };
    let answered = match context.ask(scope, &friction).await {
        Ok(answered) => answered,
        Err(Error::NothingThere { .. } | Error::TooFew { .. }) => return Ok(Kept::CannotTell),
        Err(other) => return Err(other),
    };
    let is_meant = |point: &&PainPoint| point.trouble == Trouble::Failure && point.place == place;
    let Some(point) = answered.answer.pain_points.iter().find(is_meant) else {
        return Ok(Kept::CannotTell);
    };
    let Effect::Known(effect) = &point.effect else {
        return Ok(Kept::CannotTell);
    };
    if effect.tells != Tells::Lowers {
        return Ok(Kept::CannotTell);
    }
    let share = question.by_share;
    let customers = share * point.customers_last_year as f64;
    let lifetime = answered.answer.lifetime;
    Ok(Kept::Known {
        customers: effect.factor.complement().scaled(customers),
        value: (point.value_at_risk).map(|value| value.at_risk.scaled(share)),
        horizon_days: lifetime.map(|lifetime| lifetime.horizon_days),
        is_revenue: lifetime.is_some_and(|lifetime| lifetime.is_revenue),
    })
}
