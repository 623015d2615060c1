//! Questions that would complete a survey, ready to be asked, always in both languages: surveys are
//! asked in the language of the customers, whatever the reader's is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DimensionName, dimension_label};
use crate::sheet::{Cell, Table, TableColumn};
use crate::words::{Language, Value, Words};

/// A question that would complete the survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CompletingQuestion {
    /// What the answers are: a measure of `survey_answers` (`benefit`, `cost`, `importance`, `worth`,
    /// …), or `brand`, `role` or `stage`.
    pub measure: String,
    /// The dimension it asks about, when it asks about one.
    pub dimension: Option<String>,
    /// In English.
    pub english: String,
    /// In Vietnamese.
    pub vietnamese: String,
}

/// Questions about the own brand, as they are added.
pub(crate) struct Ready {
    own: String,
    both: [Words; 2],
    /// In the order in which they were added.
    pub(crate) questions: Vec<CompletingQuestion>,
}

impl Ready {
    /// Nothing yet.
    pub(crate) fn about(own_brand: &str) -> Self {
        Self {
            own: own_brand.into(),
            both: [Language::English, Language::Vietnamese].map(Words::new),
            questions: Vec::new(),
        }
    }

    /// Adds the question `answers-ask-{id}`.
    pub(crate) fn ask(&mut self, measure: &str, id: &str) {
        self.add(measure, None, &format!("answers-ask-{id}"));
    }

    /// Adds the question how much there is of a dimension.
    pub(crate) fn ask_dimension(&mut self, name: &DimensionName) {
        let kind = name.kind.name();
        let own_words = format!("answers-ask-{kind}-{}", name.dimension.replace('_', "-"));
        let id = if self.both[0].has(&own_words) {
            own_words
        } else {
            format!("answers-ask-{kind}")
        };
        self.add(kind, Some(name), &id);
    }

    /// Adds the question `answers-ask-{measure}` about a feature.
    pub(crate) fn ask_feature(&mut self, measure: &str, name: &DimensionName) {
        let id = format!("answers-ask-{}", measure.replace('_', "-"));
        self.add(measure, Some(name), &id);
    }

    fn add(&mut self, measure: &str, dimension: Option<&DimensionName>, id: &str) {
        let [english, vietnamese] = self.both.each_ref().map(|words| {
            let label = dimension.map_or_else(String::new, |name| dimension_label(name, words));
            let brand = Value::from(self.own.as_str());
            words.tell(id, &[("brand", brand), ("label", label.into())])
        });
        self.questions.push(CompletingQuestion {
            measure: measure.into(),
            dimension: dimension.map(|name| name.dimension.clone()),
            english,
            vietnamese,
        });
    }
}

/// The questions as a table.
pub(crate) fn completing_table(questions: &[CompletingQuestion], words: &Words) -> Table {
    Table {
        title: words.say("answers-completing"),
        reading: words.say("answers-completing-reading"),
        columns: vec![
            TableColumn::text(words.say("answers-completing-measure")),
            TableColumn::text(words.say("answers-completing-english")),
            TableColumn::text(words.say("answers-completing-vietnamese")),
        ],
        rows: questions
            .iter()
            .map(|question| {
                let measure = question.measure.replace('_', "-");
                vec![
                    Cell::text(words.say(&format!("answers-gives-{measure}"))),
                    Cell::text(&question.english),
                    Cell::text(&question.vietnamese),
                ]
            })
            .collect(),
    }
}
