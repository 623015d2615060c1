//! What respondents answered: the survey answers of one snapshot in scope, for every question that
//! rests on a survey.
//!
//! ```text
//!  survey_answers ── forms/: which forms are doubtful or left out, how much each counts
//!        └────────── answers.sql ──► read.rs: Answers, by respondent, and what is left out
//!                                       ├─► brands.rs: which brand is the own one
//!                                       ├─► layout.rs: scores of dimensions as matrices
//!                                       ├─► noise.rs: how noisy those scores are
//!                                       └─► ready.rs: questions that would complete the survey
//! ```
//!
//! All forms of one customer are one respondent. A respondent's scores of the same thing are averaged
//! or the newest counts: that is for the question to say.

mod brands;
mod by;
mod dimensions;
mod forms;
mod layout;
mod noise;
mod read;
mod ready;
mod settings;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::columns::date_of;
use crate::question::{LeftOut, Provenance};
pub(crate) use brands::{Brands, same};
pub use brands::{Chosen, OwnBrand};
pub(crate) use by::By;
pub use dimensions::{DimensionName, Kind};
pub(crate) use dimensions::{PRICE, dimension_label, part_label};
pub(crate) use forms::respondents_cell;
pub use forms::{
    DoubtfulForms, RakedBy, RakedMargin, RakedSurvey, SurveyQuality, SurveySettings, WeightsFrom,
};
pub(crate) use layout::{Layout, survey_of_wholes};
pub(crate) use noise::{noise_of_sum, noises};
pub(crate) use read::{filters_without_effect, observe};
pub use ready::CompletingQuestion;
pub(crate) use ready::{Ready, completing_table};
pub use settings::{DimensionSettings, STANDARD, ValueSettings};

/// What respondents answered, by respondent.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    /// Brands as they are named; none = answers that name no brand. Spellings that differ only
    /// in case are one brand.
    pub(crate) brands: Vec<Option<String>>,
    /// In the order of their ids: customers first, then forms of others.
    pub(crate) respondents: Vec<Respondent>,
    /// In the order of respondents.
    pub(crate) given: Vec<Answer>,
    /// Answers that could not be used, by reason.
    pub(crate) left_out: BTreeMap<String, u64>,
    /// Quality and weights of the forms they come from.
    pub(crate) quality: SurveyQuality,
    /// By name of a segment, the value of each respondent who has one.
    segments: HashMap<String, Vec<Option<String>>>,
}

/// One person who answered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Respondent {
    /// The customer, else the filled-in form.
    pub(crate) name: String,
    /// The customer, when the respondent is known to be one.
    pub(crate) customer_id: Option<String>,
    /// Weight, above 0: of several forms the highest.
    pub(crate) weight: f64,
    /// Account (company, household, team) that the form names, else that of the customer.
    pub(crate) account: Option<String>,
    /// Region of the customer, else of the form.
    pub(crate) region: Option<String>,
    /// Culture of the customer, else of the form.
    pub(crate) culture: Option<String>,
    /// Channel that won the customer.
    pub(crate) channel: Option<String>,
    /// Brand that the respondent usually buys.
    pub(crate) usual_brand: Option<String>,
}

/// One answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// Number of the respondent.
    pub(crate) respondent: usize,
    /// Number of the brand.
    pub(crate) brand: usize,
    /// What was asked.
    pub(crate) asked: Arc<Asked>,
    /// What part of the whole it is about.
    pub(crate) about: Arc<About>,
    /// As it was given; `NAN` of an answer in words.
    pub(crate) score: f64,
    /// First and last answer of the scale, as it was written: turned round when less is more.
    pub(crate) scale: (f64, f64),
    /// The answer in words.
    pub(crate) text: Option<Box<str>>,
    /// Business day, counted from 1970-01-01.
    pub(crate) day: i32,
}

/// What was asked. Names are in small letters, apart from that of the question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Asked {
    /// Measure: `benefit`, `cost`, `importance`, `worth`, …
    pub(crate) measure: String,
    /// Dimension of value (or feature); there for those that need one.
    pub(crate) dimension: Option<String>,
    /// The question as the survey names it.
    pub(crate) question: String,
}

/// What part of the whole an answer is about; nothing where it does not say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct About {
    /// Role the respondent answers in.
    pub(crate) role: Option<String>,
    /// Stage of the journey.
    pub(crate) stage: Option<String>,
    /// Touchpoint.
    pub(crate) touchpoint: Option<String>,
    /// Product.
    pub(crate) product: Option<String>,
    /// Product category.
    pub(crate) category: Option<String>,
}

impl Answers {
    /// The answers of one respondent after the other.
    pub(crate) fn by_respondent(&self) -> impl Iterator<Item = &[Answer]> {
        self.given
            .chunk_by(|one, other| one.respondent == other.respondent)
    }

    /// Scores of benefits and costs of the own brand.
    pub(crate) fn own_scores(&self, brands: &Brands) -> impl Iterator<Item = &Answer> {
        self.given
            .iter()
            .filter(|answer| answer.asked.kind().is_some() && brands.place(answer.brand) == Some(0))
    }

    /// Values of one part that answers are about, in the order of their names.
    pub(crate) fn parts(&self, part: impl Fn(&About) -> Option<&String>) -> BTreeSet<&String> {
        let about = self.given.iter();
        about.filter_map(|answer| part(&answer.about)).collect()
    }

    /// Provenance of a question: of each answer, by its place, why the question does not use it, if
    /// it does not.
    pub(crate) fn provenance(
        &self,
        whole: Provenance,
        left_out: impl Fn(usize, &Answer) -> Option<&'static str>,
    ) -> Provenance {
        let (mut rows_used, mut first) = (0_u64, None::<i32>);
        let mut reasons = self.left_out.clone();
        for (place, answer) in self.given.iter().enumerate() {
            if let Some(reason) = left_out(place, answer) {
                *reasons.entry(reason.into()).or_default() += 1;
                continue;
            }
            rows_used += 1;
            first = Some(first.map_or(answer.day, |day| day.min(answer.day)));
        }
        let left_out: Vec<LeftOut> = reasons
            .into_iter()
            .map(|(reason, rows)| LeftOut { reason, rows })
            .collect();
        Provenance {
            rows_used,
            rows_left_out: left_out.iter().map(|left_out| left_out.rows).sum(),
            left_out,
            from: first.map(date_of),
            ..whole
        }
    }
}

impl Answer {
    /// The score on 1..10: the least answer of its scale is 1, the most is 10. `NAN` without one.
    pub(crate) fn on_ten(&self) -> f64 {
        let (least, most) = self.scale;
        1.0 + 9.0 * (self.score - least) / (most - least)
    }

    /// How far apart two neighbouring answers of the scale are on 1..10; scales have whole steps.
    pub(crate) fn step(&self) -> f64 {
        let (least, most) = self.scale;
        9.0 / (most - least).abs().max(1.0)
    }

    /// Importance as a share of the most important answer, because weights need a true zero:
    /// scales that begin at 0 (points shared out, 0..10) as they are, others on 1..10.
    pub(crate) fn share_of_most(&self) -> f64 {
        match self.scale {
            (0.0, most) => self.score / most,
            _ => self.on_ten() / 10.0,
        }
    }

    /// The business day.
    pub(crate) fn date(&self) -> Date {
        date_of(self.day)
    }
}

/// How far up a scale the lowest of its two best answers stands, 0..1; of a scale with three answers or
/// fewer, the best; of one finer than eleven, the lowest of its best tenth.
pub(crate) fn share_of_two_best((first, last): (f64, f64)) -> f64 {
    let steps = (last - first).abs();
    if steps < 3.0 {
        1.0
    } else {
        1.0 - 1.0 / steps.min(10.0)
    }
}

impl Asked {
    /// Benefit or cost, when it was asked how much there is of one.
    pub(crate) fn kind(&self) -> Option<Kind> {
        match self.measure.as_str() {
            "benefit" => Some(Kind::Benefit),
            "cost" => Some(Kind::Cost),
            _ => None,
        }
    }

    /// Whether it was asked how important a dimension is.
    pub(crate) fn is_importance(&self) -> bool {
        self.measure == "importance"
    }

    /// The dimension; empty when it is about the whole.
    pub(crate) fn dimension(&self) -> &str {
        self.dimension.as_deref().unwrap_or_default()
    }
}
