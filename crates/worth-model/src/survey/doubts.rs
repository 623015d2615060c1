//! Careless answers: four rules, each a file of its own, and what they look at.
//!
//! Rules and their limits follow reviews of careless responding: Meade, Craig (2012),
//! doi:10.1037/a0028085; Curran (2016), doi:10.1016/j.jesp.2015.07.006.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{consistency, copies, sameness, speed};
use crate::error::{Error, require};

/// One answer on a form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    /// Number of the question, counted from 0; about another brand it is another question.
    pub question: usize,
    /// Number of what it is about: the brand.
    pub about: usize,
    /// As it was given; `NAN` of an answer in words.
    pub score: f64,
    /// First and last answer of the scale as it was written: turned round when less is more.
    pub scale: (f64, f64),
    /// Whether more is better.
    pub sense: Sense,
    /// Seconds it took; `NAN` when nobody looked at the clock.
    pub seconds: f64,
}

/// What it means that there is more of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// It is better: a benefit, satisfaction.
    Better,
    /// It is worse: a cost.
    Worse,
    /// Neither: how important something is.
    Neither,
}

/// Why a form is doubtful.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// Filled in far faster than others needed for the same questions.
    Speeder,
    /// The same score down the line, though some questions are worded the other way.
    StraightLiner,
    /// Against all that others say, far more than people differ anyway.
    Inconsistent,
    /// The same answers as on a later form, or the same person again.
    Duplicate,
}

/// When a form is doubtful.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Faster than this many times the usual pace is a speeder.
    pub times_as_fast: f64,
    /// At least this share of answers with the same score is a straight line, above 0.5 to 1.
    pub same_share: f64,
    /// Further from what others say than this many (robust) standard deviations is inconsistent.
    pub inconsistency: f64,
    /// Fewer copies than this to be expected by chance among all forms make a copy a duplicate.
    pub copies_by_chance: f64,
    /// With fewer answers than this a form is not judged.
    pub fewest_answers: usize,
    /// With fewer forms than this to compare with, pace and consistency are not judged.
    pub fewest_forms: usize,
}

impl Doubt {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 4] = [
        Self::Speeder,
        Self::StraightLiner,
        Self::Inconsistent,
        Self::Duplicate,
    ];

    /// As in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Speeder => "speeder",
            Self::StraightLiner => "straight-liner",
            Self::Inconsistent => "inconsistent",
            Self::Duplicate => "duplicate",
        }
    }
}

impl Default for Rules {
    /// Few false alarms: honest people read twice as fast as others, hardly three times. Standard
    /// deviations: Iglewicz, Hoaglin (1993), How to Detect and Handle Outliers.
    fn default() -> Self {
        Self {
            times_as_fast: 3.0,
            same_share: 0.9,
            inconsistency: 3.5,
            copies_by_chance: 1e-6,
            fewest_answers: 8,
            fewest_forms: 30,
        }
    }
}

impl Rules {
    fn check(&self) -> Result<(), Error> {
        let above = |least: f64, value: f64| value.is_finite() && value > least;
        require(
            above(1.0, self.times_as_fast),
            "times_as_fast",
            self.times_as_fast,
            "expected more than 1",
        )?;
        require(
            above(0.5, self.same_share) && self.same_share <= 1.0,
            "same_share",
            self.same_share,
            "expected more than 0.5, and 1 at most",
        )?;
        require(
            above(0.0, self.inconsistency),
            "inconsistency",
            self.inconsistency,
            "expected more than 0",
        )?;
        require(
            above(0.0, self.copies_by_chance),
            "copies_by_chance",
            self.copies_by_chance,
            "expected more than 0",
        )
    }
}

/// Of each form of one survey why it is doubtful, in the order of [`Doubt`]; of copies all but the last
/// are. Forms come in the order of time.
///
/// # Errors
///
/// [`Error::Setting`] when a rule makes no sense.
pub fn doubts(forms: &[&[Answer]], rules: &Rules) -> Result<Vec<Vec<Doubt>>, Error> {
    rules.check()?;
    let mut doubts = vec![Vec::new(); forms.len()];
    let mut doubt = |found: Vec<bool>, what: Doubt| {
        for (doubts, found) in doubts.iter_mut().zip(found) {
            if found {
                doubts.push(what);
            }
        }
    };
    doubt(speed::too_fast(forms, rules), Doubt::Speeder);
    doubt(sameness::straight(forms, rules), Doubt::StraightLiner);
    doubt(consistency::inconsistent(forms, rules), Doubt::Inconsistent);
    doubt(copies::copied(forms, rules), Doubt::Duplicate);
    Ok(doubts)
}

impl Answer {
    /// Whether it is a score on a scale.
    pub(super) fn is_score(&self) -> bool {
        let (first, last) = self.scale;
        let is_scale = first.is_finite() && last.is_finite() && first != last;
        is_scale && (first.min(last)..=first.max(last)).contains(&self.score)
    }

    /// Whether it is a score of something good or bad.
    pub(super) fn is_judgement(&self) -> bool {
        self.is_score() && self.sense != Sense::Neither
    }
}

/// One more than the highest number of a question.
pub(super) fn questions(forms: &[&[Answer]]) -> usize {
    let answers = forms.iter().flat_map(|form| form.iter());
    answers.map(|answer| answer.question + 1).max().unwrap_or(0)
}
