//! The steps of a funnel as they were asked for, or the usual ones: for every question about funnels.

use worth_model::journey::FunnelStep;

use super::answer::Chosen;
use super::condition::Condition;
use super::usual::usual;
use crate::error::Error;
use crate::steps::{JourneySettings, Steps};

/// Steps as people wrote them; none when the usual ones are meant.
pub(crate) struct Written<'a> {
    steps: Vec<(&'a str, Condition)>,
}

/// The steps of a funnel, in order.
pub(crate) struct Wanted {
    /// Who chose them.
    pub(crate) chosen: Chosen,
    /// As they were asked for, or the stages.
    pub(crate) names: Vec<String>,
    /// What each of them must be.
    pub(crate) conditions: Vec<Condition>,
    /// What steps they are.
    pub(crate) steps: Vec<FunnelStep>,
}

impl<'a> Written<'a> {
    /// What people wrote.
    pub(crate) fn of(steps: &'a [String]) -> Result<Self, Error> {
        let conditions = steps
            .iter()
            .map(|step| Ok((step.trim(), Condition::of(step)?)));
        Ok(Self {
            steps: conditions.collect::<Result<_, Error>>()?,
        })
    }

    /// The steps that are meant.
    ///
    /// # Errors
    ///
    /// [`Error::NotAChoice`] when no step is like one of them.
    pub(crate) fn find(&self, steps: &Steps, settings: &JourneySettings) -> Result<Wanted, Error> {
        let (chosen, found) = match self.steps.as_slice() {
            [] => usual(steps, settings),
            written => {
                let written = written.iter();
                let named =
                    written.map(|(name, condition)| ((*name).to_owned(), condition.clone()));
                (Chosen::Asked, named.collect())
            }
        };
        let meant = found
            .iter()
            .map(|(name, condition)| condition.step(name, steps));
        let meant = meant.collect::<Result<_, Error>>()?;
        let (names, conditions) = found.into_iter().unzip();
        Ok(Wanted {
            chosen,
            names,
            conditions,
            steps: meant,
        })
    }
}
