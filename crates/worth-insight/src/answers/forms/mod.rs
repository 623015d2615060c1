//! Filled-in forms: which of them are doubtful, which are left out, and how much each counts. Worked out
//! once per snapshot, so that every question on a survey takes the same form alike.
//!
//! ```text
//!  survey_answers ── forms.sql ──► read.rs: every form, whole
//!                                     ├─► doubts, survey by survey ── worth_model::survey
//!                                     └─► weights.rs: given or raked, survey by survey
//!  answers/read.rs looks each form up ──► quality.rs: what a question says of its forms
//! ```
//!
//! The rules are in [`worth_model::survey`] and in `docs/methods/survey-quality.md`.

mod quality;
mod read;
mod settings;
#[cfg(test)]
mod tests;
mod weights;

use std::collections::BTreeMap;
use std::sync::Arc;

use worth_model::survey::{Doubt, doubts};

use crate::context::{Context, Observation};
use crate::error::Error;
pub(super) use quality::Seen;
pub(crate) use quality::respondents_cell;
pub use quality::{DoubtfulForms, SurveyQuality};
use read::{Filled, Pairs};
pub use settings::{RakedBy, SurveySettings, WeightsFrom};
use weights::Targets;
pub use weights::{RakedMargin, RakedSurvey};

/// Forms of one customer about the same thing within so many microseconds are one form sent twice.
const ONE_DAY: i64 = 24 * 60 * 60 * 1_000_000;

/// Every form there is.
pub(crate) struct Forms {
    places: Pairs,
    taken: Vec<Taken>,
    /// How each survey was raked; nothing when none was.
    raked: Vec<RakedSurvey>,
    settings: SurveySettings,
}

/// How a form is taken.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Taken {
    /// Number of its survey.
    survey: usize,
    /// Why it is doubtful.
    pub(super) doubts: Vec<Doubt>,
    /// The first of them that it is left out for.
    pub(super) left_out: Option<Doubt>,
    /// Above 0 unless the survey says otherwise.
    pub(super) weight: f64,
}

impl Forms {
    /// Those of the snapshot that is observed.
    pub(super) async fn of(
        context: &Context,
        observation: &Observation,
    ) -> Result<Arc<Self>, Error> {
        let key = format!("survey forms of snapshot {}", observation.snapshot.id());
        let work = Box::pin(Self::work_out(context, observation));
        context.remember(key, work).await
    }

    async fn work_out(context: &Context, observation: &Observation) -> Result<Self, Error> {
        let settings = SurveySettings::of(context)?;
        let filled = Filled::read(context, observation).await?;
        let surveys = filled.by_survey();
        let mut taken = vec![Taken::default(); filled.forms.len()];
        for (number, forms) in surveys.iter().enumerate() {
            context.check()?;
            for &form in forms {
                taken[form].survey = number;
                taken[form].weight = match settings.weights {
                    WeightsFrom::Given | WeightsFrom::Raked => filled.forms[form].weight,
                    WeightsFrom::None => 1.0,
                };
            }
            judge(&filled, forms, &settings, &mut taken);
        }
        let mut raked = Vec::new();
        if settings.weights == WeightsFrom::Raked {
            let targets = Targets::of(observation, &settings).await?;
            for forms in &surveys {
                raked.push(targets.rake(&filled, forms, &mut taken));
            }
        }
        Ok(Self {
            places: filled.places,
            taken,
            raked,
            settings,
        })
    }

    /// The place of a form of the snapshot.
    pub(super) fn place(&self, source: &str, response_id: &str) -> usize {
        let place = self.places.get(source, response_id);
        place.expect("all forms of the snapshot were read")
    }

    /// How the form at a place is taken.
    pub(super) fn taken(&self, place: usize) -> &Taken {
        &self.taken[place]
    }
}

/// Says of each of the forms of one survey, in the order of time, why it is doubtful.
fn judge(filled: &Filled, forms: &[usize], settings: &SurveySettings, taken: &mut [Taken]) {
    let answers: Vec<_> = forms.iter().map(|&form| filled.answers(form)).collect();
    let found = doubts(&answers, &settings.rules).expect("rules that were checked");
    let sent_again = sent_again(filled, forms);
    for ((&form, mut doubts), again) in forms.iter().zip(found).zip(sent_again) {
        if again && !doubts.contains(&Doubt::Duplicate) {
            doubts.push(Doubt::Duplicate);
        }
        let leave_out = |doubt: &&Doubt| settings.leave_out.contains(doubt);
        taken[form].left_out = doubts.iter().find(leave_out).copied();
        taken[form].doubts = doubts;
    }
}

/// Whether the same customer filled in the form again within a day, about the same thing.
fn sent_again(filled: &Filled, forms: &[usize]) -> Vec<bool> {
    let mut last: BTreeMap<(&str, &str), (usize, i64)> = BTreeMap::new();
    let mut again = vec![false; forms.len()];
    for (place, &form) in forms.iter().enumerate() {
        let form = &filled.forms[form];
        let Some(customer_id) = &form.customer_id else {
            continue;
        };
        let now = (place, form.answered_at);
        if let Some((earlier, at)) = last.insert((customer_id, &form.about), now) {
            again[earlier] = form.answered_at - at <= ONE_DAY;
        }
    }
    again
}
