//! What a question says of the forms that its answers come from: how many are doubtful, and what weights
//! cost.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::survey::{Design, Doubt};

use super::{Forms, RakedSurvey, WeightsFrom};
use crate::sheet::{Cell, NoteKind, Sheet};
use crate::words::{Unit, Value, Words};

/// Up to this much variance more than with equal weights is not worth a word.
const NO_EFFECT: f64 = 1.005;
/// A category whose share is off by less than this is no news.
const NO_MISS: f64 = 0.005;
/// So large a share of respondents without a known category is said.
const MANY_UNKNOWN: f64 = 0.2;
/// From here on next to nobody's category is known: which ones are empty says nothing.
const ALL_UNKNOWN: f64 = 0.999;

/// Quality and weights of the forms that an answer rests on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SurveyQuality {
    /// Forms with an answer that the question could use.
    pub forms: u64,
    /// Those of them that are doubtful for any reason.
    pub doubtful: u64,
    /// Those of them that were left out.
    pub left_out: u64,
    /// How many by each reason; a form may have several.
    pub doubts: Vec<DoubtfulForms>,
    /// Where weights come from.
    pub weights: WeightsFrom,
    /// Respondents with an answer that could be used.
    pub respondents: u64,
    /// What their weights cost in precision; absent without respondents.
    pub design: Option<Design>,
    /// How the surveys they are of were raked, when they were.
    pub raked: Vec<RakedSurvey>,
}

/// Forms that are doubtful for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DoubtfulForms {
    /// The reason.
    pub doubt: Doubt,
    /// How many.
    pub forms: u64,
    /// Whether forms are left out for it.
    pub left_out: bool,
}

/// Which forms a question came across.
pub(in crate::answers) struct Seen<'a> {
    forms: &'a Forms,
    seen: Vec<bool>,
}

impl<'a> Seen<'a> {
    pub(in crate::answers) fn none_of(forms: &'a Forms) -> Self {
        Self {
            forms,
            seen: vec![false; forms.taken.len()],
        }
    }

    pub(in crate::answers) fn see(&mut self, place: usize) {
        self.seen[place] = true;
    }

    /// What there is to say of them, and of the respondents with these weights.
    pub(in crate::answers) fn quality(
        &self,
        weights: impl Iterator<Item = f64> + Clone,
    ) -> SurveyQuality {
        let seen = || {
            let taken = self.forms.taken.iter().zip(&self.seen);
            taken.filter(|(_, seen)| **seen).map(|(form, _)| form)
        };
        let doubtful = |doubt| DoubtfulForms {
            doubt,
            forms: seen().filter(|form| form.doubts.contains(&doubt)).count() as u64,
            left_out: self.forms.settings.leave_out.contains(&doubt),
        };
        SurveyQuality {
            forms: seen().count() as u64,
            doubtful: seen().filter(|form| !form.doubts.is_empty()).count() as u64,
            left_out: seen().filter(|form| form.left_out.is_some()).count() as u64,
            doubts: Doubt::ALL
                .map(doubtful)
                .into_iter()
                .filter(|doubt| doubt.forms > 0)
                .collect(),
            weights: self.forms.settings.weights,
            respondents: weights.clone().count() as u64,
            design: Design::of(weights),
            raked: (self.forms.raked.iter().enumerate())
                .filter(|(number, _)| seen().any(|form| form.survey == *number))
                .map(|(_, raked)| raked.clone())
                .collect(),
        }
    }
}

impl SurveyQuality {
    /// Remarks how many forms are doubtful and what weights cost, where there is something to say.
    pub(crate) fn note(&self, words: &Words, sheet: &mut Sheet) {
        self.note_doubts(words, sheet);
        self.note_weights(words, sheet);
        for raked in &self.raked {
            note_raking(raked, words, sheet);
        }
    }

    fn note_doubts(&self, words: &Words, sheet: &mut Sheet) {
        if self.doubtful == 0 {
            return;
        }
        let told = |doubt: &DoubtfulForms| {
            let forms = [("forms", doubt.forms.into())];
            words.tell(&format!("answers-doubt-{}", doubt.doubt.name()), &forms)
        };
        let doubts: Vec<String> = self.doubts.iter().map(told).collect();
        let (id, kind) = match self.left_out {
            0 => ("answers-note-doubts-kept", NoteKind::Uncertain),
            all if all == self.doubtful => ("answers-note-doubts-left-out", NoteKind::LeftOut),
            _ => ("answers-note-doubts-some-left-out", NoteKind::LeftOut),
        };
        let variables = [
            ("doubtful", self.doubtful.into()),
            ("forms", self.forms.into()),
            ("left", self.left_out.into()),
            ("doubts", Value::from(words.list(&doubts))),
        ];
        sheet.note(kind, words.tell(id, &variables));
    }

    fn note_weights(&self, words: &Words, sheet: &mut Sheet) {
        let Some(design) = self.design.filter(|design| design.effect > NO_EFFECT) else {
            return;
        };
        let id = match self.weights {
            WeightsFrom::Raked => "answers-note-weights-raked",
            WeightsFrom::Given | WeightsFrom::None => "answers-note-weights-given",
        };
        let variables = [
            ("respondents", self.respondents.into()),
            ("effective", Value::from(words.number(design.effective, 0))),
            ("effect", Value::from(words.number(design.effect, 2))),
        ];
        sheet.note(NoteKind::Reading, words.tell(id, &variables));
    }
}

/// How many respondents a figure rests on, and where their weights differ how many of equal weight would
/// say as much.
pub(crate) fn respondents_cell(respondents: u64, effective: f64, words: &Words) -> Cell {
    let count = respondents as f64;
    if count <= effective * NO_EFFECT {
        return Cell::number(count, &Unit::Count, words);
    }
    let variables = [
        ("respondents", Value::from(words.count(respondents))),
        ("effective", Value::from(words.number(effective, 0))),
    ];
    Cell::Number {
        value: count,
        shown: words.tell("answers-effective", &variables),
    }
}

/// Remarks what raking could not do.
fn note_raking(raked: &RakedSurvey, words: &Words, sheet: &mut Sheet) {
    let survey = Value::from(raked.survey.as_str());
    if raked.largest_miss > NO_MISS {
        let variables = [
            ("survey", survey.clone()),
            ("miss", words.number(100.0 * raked.largest_miss, 1).into()),
            ("capped", raked.capped.into()),
        ];
        let told = words.tell("answers-note-raking-misses", &variables);
        sheet.note(NoteKind::Uncertain, told);
    }
    for margin in &raked.margins {
        let by = Value::from(words.say(&format!("answers-raked-by-{}", margin.by.name())));
        if !margin.nobody.is_empty() && margin.kept < ALL_UNKNOWN {
            let nobody = words.list(&margin.nobody);
            let variables = [
                ("survey", survey.clone()),
                ("by", by.clone()),
                ("nobody", nobody.into()),
            ];
            let told = words.tell("answers-note-raking-nobody", &variables);
            sheet.note(NoteKind::Uncertain, told);
        }
        if margin.kept > MANY_UNKNOWN {
            let variables = [
                ("survey", survey.clone()),
                ("by", by),
                ("kept", words.percent(margin.kept, 0).into()),
            ];
            let told = words.tell("answers-note-raking-unknown", &variables);
            sheet.note(NoteKind::Uncertain, told);
        }
    }
}
