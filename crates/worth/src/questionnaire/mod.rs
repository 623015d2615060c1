//! The ready questionnaire: what is asked, in both languages, and as which columns the answers
//! come back. The questions are data (`questions.toml`); here they are put into a form in one
//! language about one business.

mod mapping;
mod page;
mod script;

#[cfg(test)]
mod tests;

use serde::Deserialize;
use worth_insight::words::Language;

pub(crate) use mapping::mapping;
pub(crate) use page::page;
pub(crate) use script::script;

/// All that can be asked.
#[derive(Deserialize)]
struct Questionnaire {
    #[serde(rename = "dimension")]
    dimensions: Vec<Dimension>,
    #[serde(rename = "alternative")]
    alternatives: Vec<Alternative>,
    #[serde(rename = "question")]
    questions: Vec<Written>,
}

/// A text in both languages.
#[derive(Deserialize)]
struct Text {
    en: String,
    vi: String,
}

/// A benefit or cost, as a row of a grid.
#[derive(Deserialize)]
struct Dimension {
    measure: String,
    name: String,
    text: Text,
}

/// What people can do besides buying from a brand.
#[derive(Deserialize)]
struct Alternative {
    text: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    short: bool,
    kind: WrittenKind,
    text: Text,
    column: Option<String>,
    measure: Option<String>,
    scale: Option<[u8; 2]>,
    low: Option<Text>,
    high: Option<Text>,
    rows: Option<String>,
    #[serde(default)]
    choices: Vec<Choice>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum WrittenKind {
    Text,
    Paragraph,
    Choice,
    Brands,
    Scale,
    Amount,
    Grid,
}

#[derive(Deserialize)]
struct Choice {
    /// Our word for it.
    word: Option<String>,
    text: Text,
}

/// How long the form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    /// Fifteen questions.
    Short,
    /// All questions.
    Full,
}

impl Length {
    /// As it stands in names of files.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Full => "full",
        }
    }
}

/// Whom a form asks about.
#[derive(Debug, Clone)]
pub(crate) struct Brands {
    /// The own brand.
    pub(crate) own: String,
    /// Whether `worth.toml` names it, so that answers about it carry its name.
    pub(crate) is_named: bool,
    pub(crate) competitors: Vec<String>,
}

/// The questionnaire in one language about one business.
pub(crate) struct Form {
    pub(crate) language: Language,
    pub(crate) title: String,
    pub(crate) questions: Vec<Question>,
}

/// A question of a form.
pub(crate) struct Question {
    /// What is asked.
    asks: String,
    /// The same with the scale behind it, where there is one.
    pub(crate) title: String,
    pub(crate) kind: Kind,
    /// What the answers become.
    target: Target,
    /// The competitor it is about.
    competitor: Option<String>,
    /// Whether it speaks of the own brand.
    names_own: bool,
}

/// How a question is answered.
pub(crate) enum Kind {
    Line,
    Paragraph,
    Choice(Vec<String>),
    Scale(Scale),
    Grid(Scale, Vec<Row>),
}

/// A scale with words for its ends.
#[derive(Clone)]
pub(crate) struct Scale {
    pub(crate) least: u8,
    pub(crate) most: u8,
    pub(crate) low: String,
    pub(crate) high: String,
}

/// A row of a grid.
pub(crate) struct Row {
    pub(crate) text: String,
    /// What it is about, for rows that are dimensions: measure and name.
    dimension: Option<(String, String)>,
}

/// What the answers become.
enum Target {
    /// A column of `survey_answers`, with our words for the answers.
    Column {
        column: String,
        words: Vec<(String, String)>,
    },
    /// Answers of this measure; those of a grid's own rows when empty.
    Measure(String),
}

impl Text {
    fn of(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Vietnamese => &self.vi,
        }
    }
}

impl Form {
    /// The form in a language about these brands.
    pub(crate) fn new(language: Language, length: Length, brands: &Brands) -> Self {
        let questionnaire: Questionnaire = toml_edit::de::from_str(include_str!("questions.toml"))
            .expect("questions.toml is checked by tests");
        let mut questions = Vec::new();
        let asked = questionnaire
            .questions
            .iter()
            .filter(|question| question.short || length == Length::Full);
        for written in asked {
            if written.text.en.contains("{competitor}") {
                for competitor in &brands.competitors {
                    questions.push(questionnaire.ask(written, language, brands, Some(competitor)));
                }
            } else {
                questions.push(questionnaire.ask(written, language, brands, None));
            }
        }
        let title = match language {
            Language::English => format!("What {} is worth to you", brands.own),
            Language::Vietnamese => format!("{} đáng giá thế nào với anh/chị", brands.own),
        };
        Self {
            language,
            title: begin_large(&title),
            questions,
        }
    }
}

/// A sentence whose first letter is a capital, whatever the brand it begins with.
fn begin_large(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

impl Questionnaire {
    fn ask(
        &self,
        written: &Written,
        language: Language,
        brands: &Brands,
        competitor: Option<&String>,
    ) -> Question {
        let say = |text: &Text| {
            let said = text.of(language).replace("{shop}", &brands.own);
            said.replace("{competitor}", competitor.map_or("", String::as_str))
        };
        let scale = written.scale.map(|[least, most]| Scale {
            least,
            most,
            low: written.low.as_ref().map(say).unwrap_or_default(),
            high: written.high.as_ref().map(say).unwrap_or_default(),
        });
        let asks = begin_large(&say(&written.text));
        let title = match &scale {
            Some(scale) => format!("{asks} ({}-{})", scale.least, scale.most),
            None => asks.clone(),
        };
        let kind = match (written.kind, scale) {
            (WrittenKind::Grid, Some(scale)) => {
                let rows = self.rows(written.rows.as_deref(), language, brands);
                Kind::Grid(scale, rows)
            }
            (_, Some(scale)) => Kind::Scale(scale),
            (WrittenKind::Paragraph, None) => Kind::Paragraph,
            (WrittenKind::Choice, None) => Kind::Choice(
                written
                    .choices
                    .iter()
                    .map(|choice| say(&choice.text))
                    .collect(),
            ),
            (WrittenKind::Brands, None) => {
                let own = written.column.is_some().then_some(&brands.own);
                let named = own.into_iter().chain(&brands.competitors).cloned();
                Kind::Choice(named.chain(self.alternatives(language)).collect())
            }
            _ => Kind::Line,
        };
        let target = match &written.column {
            Some(column) => Target::Column {
                column: column.clone(),
                words: written
                    .choices
                    .iter()
                    .filter_map(|choice| Some((say(&choice.text), choice.word.clone()?)))
                    .collect(),
            },
            None => Target::Measure(written.measure.clone().unwrap_or_default()),
        };
        Question {
            asks,
            title,
            kind,
            target,
            competitor: competitor.cloned(),
            names_own: written.text.of(language).contains("{shop}"),
        }
    }

    fn rows(&self, which: Option<&str>, language: Language, brands: &Brands) -> Vec<Row> {
        if which == Some("brands") {
            let named = std::iter::once(&brands.own)
                .chain(&brands.competitors)
                .cloned();
            let texts = named.chain(self.alternatives(language));
            let row = |text| Row {
                text,
                dimension: None,
            };
            return texts.map(row).collect();
        }
        self.dimensions
            .iter()
            .filter(|dimension| which == Some("dimensions") || which == Some(&dimension.measure))
            .map(|dimension| Row {
                text: dimension.text.of(language).to_owned(),
                dimension: Some((dimension.measure.clone(), dimension.name.clone())),
            })
            .collect()
    }

    fn alternatives(&self, language: Language) -> impl Iterator<Item = String> {
        self.alternatives
            .iter()
            .map(move |alternative| alternative.text.of(language).to_owned())
    }
}
