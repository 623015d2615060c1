//! The outcome of each respondent: what was said of the whole, or whether there was a purchase after the
//! answer.

use std::collections::BTreeMap;

use super::{Drivers, Outcome};
use crate::answers::{Answer, Answers, Brands};
use crate::behaviour::Behaviour;
use crate::context::Context;
use crate::error::Error;
use crate::question::Scope;

impl Outcome {
    /// The measures of `survey_answers` that can be an outcome.
    pub(super) const MEASURES: [&'static str; 4] =
        ["worth", "recommend", "repurchase", "satisfaction"];

    /// As in JSON.
    pub(super) fn name(self) -> &'static str {
        self.asked().unwrap_or("observed-repurchase")
    }

    /// The measure that asks for it, when it is asked for.
    pub(super) fn asked(self) -> Option<&'static str> {
        match self {
            Self::Worth => Some("worth"),
            Self::Recommend => Some("recommend"),
            Self::Repurchase => Some("repurchase"),
            Self::Satisfaction => Some("satisfaction"),
            Self::ObservedRepurchase => None,
        }
    }
}

/// Outcomes, by number of the respondent.
#[derive(Debug, Default)]
pub(super) struct Outcomes {
    values: BTreeMap<usize, f64>,
    /// Respondents who are not known to be customers: whether they bought again is not known.
    pub(super) not_customers: u64,
    /// Customers whose days after the answer are not over.
    pub(super) days_not_over: u64,
}

impl Outcomes {
    pub(super) async fn of(
        question: &Drivers,
        brand: usize,
        answers: &Answers,
        brands: &Brands,
        scope: &Scope,
        context: &Context,
    ) -> Result<Self, Error> {
        match question.of.asked() {
            Some(measure) => Ok(Self::said(answers, |answer| {
                answer.asked.measure == measure && brands.place(answer.brand) == Some(brand)
            })),
            // what customers buy elsewhere is not known
            None if brand != 0 => Ok(Self::default()),
            None => Self::observed(question.days, answers, brands, scope, context).await,
        }
    }

    /// The mean of what each respondent said, on 1..10.
    fn said(answers: &Answers, is_outcome: impl Fn(&Answer) -> bool) -> Self {
        let mut outcomes = Self::default();
        for given in answers.by_respondent() {
            let (mut sum, mut count) = (0.0, 0.0);
            for answer in given.iter().filter(|answer| is_outcome(answer)) {
                sum += answer.on_ten();
                count += 1.0;
            }
            if count > 0.0 {
                outcomes.values.insert(given[0].respondent, sum / count);
            }
        }
        outcomes
    }

    /// 1 for customers who bought within so many days after the day of their newest score, 0 for those
    /// who did not.
    async fn observed(
        days: u32,
        answers: &Answers,
        brands: &Brands,
        scope: &Scope,
        context: &Context,
    ) -> Result<Self, Error> {
        let (behaviour, _) = Behaviour::read(context, scope, answers, brands, days).await?;
        let bought = (0..answers.respondents.len()).filter_map(|respondent| {
            let after = behaviour.of_respondent(respondent)?.after?;
            Some((respondent, f64::from(u8::from(after.bought))))
        });
        Ok(Self {
            values: bought.collect(),
            not_customers: behaviour.not_customers,
            days_not_over: behaviour.days_not_over,
        })
    }

    /// `NAN` when it is not known.
    pub(super) fn of_respondent(&self, number: usize) -> f64 {
        self.values.get(&number).copied().unwrap_or(f64::NAN)
    }

    /// Whether nobody has an outcome.
    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}
