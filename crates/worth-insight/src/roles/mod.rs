//! Do those who use, buy, pay and decide see the same value, and who has the say?
//!
//! ```text
//!  answers ──────┐
//!                ├─► people.rs: who answers in which role, in which account ─┐
//!  members.sql ──┘                                                           ▼
//!     └─► members.rs: roles on a day, say, who decides      worth_model::perceived::Spec::fit_roles
//!                                                                            │
//!                                                     gaps.rs: which of the gaps are real ◄┘
//! ```
//!
//! The formulas are in [`worth_model::perceived`] and in `docs/methods/roles.md`.

pub mod answer;
mod gaps;
mod members;
mod people;
mod rows;
mod sheet;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::estimate::{POWER, reaches};
use worth_model::perceived::{BrandValue, FittedRoles, Weights};
use worth_model::{DEFAULT_LEVEL, Resampling};

use crate::answers::{
    Answers, Brands, CompletingQuestion, DimensionName, Layout, Ready, ValueSettings,
    filters_without_effect, observe,
};
use crate::context::Context;
use crate::error::Error;
use crate::perceived::SMALL;
use crate::question::{Answered, Question, Scope};
use answer::{CannotTell, Decision, RoleScore, RoleView, RolesAnswer};
use members::Members;
use people::PeopleByRole;

/// Do those who use, buy, pay and decide see the same value, and who has the say?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Roles {
    /// How often accounts are resampled for the intervals: 200 to 20,000.
    pub resamples: u32,
    /// Probability that intervals are meant to hold: 0.5 to 0.99.
    pub level: f64,
}

impl Default for Roles {
    fn default() -> Self {
        Self {
            resamples: 1000,
            level: DEFAULT_LEVEL,
        }
    }
}

impl Question for Roles {
    const NAME: &'static str = "roles";
    type Answer = RolesAnswer;

    async fn ask(&self, scope: &Scope, context: &Context) -> Result<Answered<RolesAnswer>, Error> {
        Error::in_range("resamples", f64::from(self.resamples), 200.0, 20_000.0)?;
        Error::in_range("level", self.level, 0.5, 0.99)?;
        let settings: ValueSettings = context.section("value")?;
        let observation = observe(scope, context).await?;
        let measures = ["benefit", "cost", "importance"];
        let answers = Answers::read(context, &observation, &measures).await?;
        let members = Members::read(context, &observation).await?;
        let brands = Brands::of(&answers, context, &observation)?;
        let layout = Layout::of(&answers, &brands, &settings);
        let resampling = Resampling {
            resamples: self.resamples as usize,
            level: self.level,
            seed: observation.seed,
        };
        let (_, survey) = layout.survey(&answers, &brands, |_| true);
        let whole = (layout.spec(0, &resampling, Weights::Asked))
            .fit(&survey)
            .expect("spec and matrices are made from the same layout");
        let people = PeopleByRole::of(&answers, &brands, &layout, &members);
        let mut spec = layout.spec(
            0,
            &resampling,
            Weights::Given(whole.weights.iter().map(|w| w.weight.value).collect()),
        );
        spec.brands = people.roles.len();
        spec.competitors = Vec::new();
        // without roles there is nothing to fit, but a spec has an own brand
        let fitted = (!people.roles.is_empty()).then(|| {
            spec.fit_roles(&people.people)
                .expect("spec and matrices are made from the same layout")
        });
        let own = &whole.brands[0];
        let cannot_tell = cannot_tell(own, people.roles.len());
        let provenance = answers.provenance(observation.provenance(Self::NAME), |_, answer| {
            let is_used = answer.asked.is_importance() || brands.place(answer.brand) == Some(0);
            (!is_used).then_some("other-brand")
        });
        let answer = RolesAnswer {
            level: self.level,
            respondents: own.respondents as u64,
            effective: own.effective,
            without_role: own.respondents.saturating_sub(people.respondents.len()) as u64,
            accounts: people.accounts.len() as u64,
            everyone: own.measured,
            dimensions: layout.dimensions.clone(),
            roles: role_views(&people.roles, &layout.dimensions, fitted.as_ref()),
            gaps: gaps::gaps(&people.roles, &layout.dimensions, fitted.as_ref()),
            decision_value: fitted.as_ref().and_then(decision_value),
            smallest_gap: smallest_gap(own, self.level),
            completing: completing(&brands.own.name, cannot_tell),
            resamples: fitted.as_ref().map_or(0, |fitted| fitted.resamples as u64),
            filters_without_effect: filters_without_effect(&observation),
            own_brand: brands.own.clone(),
            survey: answers.quality.clone(),
            other_roles: people.other_roles.clone(),
            who_decides: members.who_decides.clone(),
            cannot_tell,
        };
        let rows = rows::rows(&people, &whole)?;
        Ok(Answered {
            answer,
            provenance,
            rows: Some(Arc::new(rows)),
        })
    }
}

/// Roles that Worth knows come in this order, others after them by name.
fn role_rank(role: &str) -> (usize, String) {
    let known = [
        "user",
        "buyer",
        "payer",
        "decider",
        "influencer",
        "receiver",
    ];
    let place = known.iter().position(|known| *known == role);
    (place.unwrap_or(known.len()), role.into())
}

fn cannot_tell(own: &BrandValue, roles: usize) -> Option<CannotTell> {
    match (own.respondents, roles) {
        (0, _) => Some(CannotTell::NoSurvey),
        (_, 0) => Some(CannotTell::NoRoles),
        (_, 1) => Some(CannotTell::OneRole),
        _ => None,
    }
}

fn role_views(
    roles: &[String],
    dimensions: &[DimensionName],
    fitted: Option<&FittedRoles>,
) -> Vec<RoleView> {
    let fitted = fitted.map_or(&[][..], |fitted| &fitted.roles);
    let view = |(role, seen): (&String, &worth_model::perceived::RoleValue)| RoleView {
        role: role.clone(),
        respondents: seen.value.respondents as u64,
        effective: seen.value.effective,
        accounts: seen.accounts as u64,
        small: (seen.value.respondents as u64) < SMALL,
        measured: seen.value.measured,
        dimensions: (dimensions.iter().zip(&seen.value.dimensions))
            .filter_map(|(name, score)| {
                let score = (*score)?;
                Some(RoleScore {
                    name: name.clone(),
                    mean: score.mean,
                    respondents: score.respondents as u64,
                    effective: score.effective,
                })
            })
            .collect(),
    };
    roles.iter().zip(fitted).map(view).collect()
}

fn decision_value(fitted: &FittedRoles) -> Option<Decision> {
    let found = fitted.decision.as_ref()?;
    Some(Decision {
        accounts: found.gap.accounts as u64,
        by_say: found.by_say,
        plain: found.plain,
        gap: found.gap.measured,
    })
}

/// Two halves have errors √2 times that of the whole each, and their difference √2 times that.
fn smallest_gap(own: &BrandValue, level: f64) -> Option<f64> {
    let error = own.measured.difference?.standard_error()?;
    Some(reaches(level, POWER) * 2.0 * error)
}

/// The questions without which roles cannot be compared.
fn completing(own_brand: &str, why: Option<CannotTell>) -> Vec<CompletingQuestion> {
    let mut ready = Ready::about(own_brand);
    if why == Some(CannotTell::NoSurvey) {
        for name in ValueSettings::default().wanted_dimensions() {
            ready.ask_dimension(&name);
        }
    }
    if why.is_some() {
        ready.ask("role", "role");
    }
    ready.questions
}
