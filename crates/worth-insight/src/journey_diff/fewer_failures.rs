//! If failures at one step happened less often: what journeys would be like, and what `friction` knows of those whom
//! failures there keep away.

use worth_model::Resampling;
use worth_model::journey::{FunnelStep, Log, Repair, repaired};
use worth_model::link::Tells;

use super::JourneyDiff;
use super::answer::{FewerFailures, Journeys, Kept, NotSimulated};
use crate::context::Context;
use crate::error::Error;
use crate::friction::{Effect, Friction, PainPoint, Trouble};
use crate::funnel::Written;
use crate::question::Scope;
use crate::steps::{
    JourneySettings, Labelled, Outcome, StepTable, Steps, ToldApart, WAYS_TO_END, way_to_end,
};

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
        kept: match journeys {
            Journeys::Known(_) => Some(kept(question, &name, scope, context).await?),
            Journeys::Unknown(_) => None,
        },
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
        let refused = |given: String, choices: String| Error::NotAChoice {
            parameter: "goal",
            given,
            choices,
        };
        let found = found.map_err(|error| match error {
            Error::NotAChoice { given, choices, .. } => refused(given, choices),
            other => other,
        })?;
        let is_alone = |step: &FunnelStep| step.within.is_none() && step.without.is_empty();
        if !found.steps.iter().all(is_alone) {
            return Err(refused(goal.into(), "order, pay & outcome=ok".into()));
        }
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

    /// Names of steps at a place that failed: a payment that failed becomes one that went well, not any other step
    /// there.
    fn failing(&self, label: u32) -> Vec<(StepTable, &str)> {
        let at_place = self.kinds().filter(|&kind| {
            self.labelled.of_kind[kind] == label && self.outcome(kind) == Some(Outcome::Failed)
        });
        let mut names: Vec<(StepTable, &str)> = at_place.map(|kind| self.name(kind)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn name(&self, kind: usize) -> (StepTable, &str) {
        let kind = &self.steps.kinds[kind];
        (kind.table, &kind.name)
    }

    /// Journeys of today and then. States are the steps that are told apart, with how they ended; the goal, and what
    /// fails at the place, are told apart in any case.
    fn simulated(
        &self,
        question: &JourneyDiff,
        (label, goal): (u32, &[u32]),
        log: &Log,
        seed: u64,
    ) -> Journeys {
        let failing = self.failing(label);
        let (first, of_goal) = {
            let first = self.told_apart.count() + 1;
            (first, first + failing.len() as u32)
        };
        let failing_name = |kind: usize| match self.labelled.of_kind[kind] == label {
            true => failing.binary_search(&self.name(kind)).ok(),
            false => None,
        };
        let is_goal = |kind: usize| goal.contains(&(kind as u32));
        let state = |kind: usize| {
            let way = way_to_end(self.outcome(kind));
            match (failing_name(kind), self.labelled.of_kind[kind] == label) {
                _ if is_goal(kind) => of_goal * WAYS_TO_END + way,
                (Some(name), _) => (first + name as u32) * WAYS_TO_END + way,
                (None, true) => (first - 1) * WAYS_TO_END + way,
                (None, false) => self.told_apart.number_with_way(kind),
            }
        };
        // what is the goal itself only where nothing else is meant
        let ended = |name: usize, outcome: Outcome| {
            let kinds = self.kinds().filter(|&kind| {
                failing_name(kind) == Some(name) && self.outcome(kind) == Some(outcome)
            });
            kinds.min_by_key(|&kind| is_goal(kind)).map(state)
        };
        let pairs = (0..failing.len())
            .filter_map(|name| ended(name, Outcome::Failed).zip(ended(name, Outcome::Ok)));
        let pairs: Vec<(u32, u32)> = pairs.collect();
        if pairs.is_empty() {
            return Journeys::Unknown(match failing.is_empty() {
                true => NotSimulated::NothingFailed,
                false => NotSimulated::NothingWentWell,
            });
        }
        let log = (self.told_apart).relabelled(log, state, (of_goal + 1) * WAYS_TO_END);
        let takes = |wanted: &dyn Fn(u32) -> bool| {
            let mut journeys = (0..log.journeys()).map(|journey| log.steps(journey).1);
            journeys.any(|kinds| kinds.iter().any(|&kind| wanted(kind)))
        };
        let goal: Vec<u32> = (0..WAYS_TO_END)
            .map(|way| of_goal * WAYS_TO_END + way)
            .collect();
        let repair = Repair {
            pairs: &pairs,
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
            let fails = |kind| pairs.iter().any(|&(failed, _)| failed == kind);
            let goes_well = |kind| pairs.iter().any(|&(_, well)| well == kind);
            return Journeys::Unknown(match (takes(&fails), takes(&goes_well)) {
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
    let Some(came_back) = answered.answer.model.came_back else {
        return Ok(Kept::CannotTell);
    };
    let share = question.by_share;
    let would_be_back = share * point.customers_last_year as f64 * came_back.value;
    let lifetime = answered.answer.lifetime;
    Ok(Kept::Known {
        customers: effect.factor.complement().scaled(would_be_back),
        value: (point.value_at_risk).map(|value| value.at_risk.scaled(share)),
        horizon_days: lifetime.map(|lifetime| lifetime.horizon_days),
        is_revenue: lifetime.is_some_and(|lifetime| lifetime.is_revenue),
    })
}
