//! Which columns of a survey ask something, and which speak of the respondent or of the tool.

use std::collections::BTreeMap;

use super::super::super::mapping::{ANY_ROW, ColumnRule, People};
use super::super::super::recognise::{
    Export, Header, SurveyLayout, fits_pattern, plain_text, survey_tools, survey_words,
};
use super::super::super::source::Format;
use super::super::looked::Looked;
use super::panels::Panels;
use super::scale;

/// The columns of a survey by what they are for.
pub(super) struct SurveyColumns {
    /// The tool that exported it, where it is known.
    pub(super) tool: Option<&'static Export>,
    /// How many columns speak for that tool.
    pub(super) known_columns: usize,
    /// Column of ours → where it comes from, for what is known of the respondent.
    pub(super) respondent: BTreeMap<String, ColumnRule>,
    pub(super) people: People,
    /// The columns that ask something about value, perhaps.
    pub(super) questions: Vec<QuestionColumn>,
    /// Names of all columns that respondents filled in, those about themselves too, in order.
    pub(super) asking: Vec<String>,
}

/// A column that asks something.
pub(super) struct QuestionColumn {
    pub(super) name: String,
    /// What it asks, in words as far as they are known.
    pub(super) text: String,
}

/// Finds out what each column is for: the tool's own columns first, then what words say.
pub(super) fn survey_columns(looked: &Looked, panels: &Panels<'_>) -> SurveyColumns {
    let fitting = survey_tools().iter().filter_map(|tool| {
        let kinds = &tool.files;
        let columns = kinds.iter().find_map(|kind| kind.fits(&looked.headers))?;
        Some((tool, columns))
    });
    let known = fitting.max_by_key(|(_, columns)| *columns);
    let tool = known.map(|(tool, _)| tool);
    let none = SurveyLayout::default();
    let layout = tool.map_or(&none, |tool| &tool.survey);
    let mut found = SurveyColumns {
        tool,
        known_columns: known.map_or(0, |(_, columns)| columns),
        respondent: tool
            .map(|tool| own_columns(tool, looked))
            .unwrap_or_default(),
        people: People::default(),
        questions: Vec::new(),
        asking: Vec::new(),
    };
    let person = layout.person(&looked.headers);
    let of_tool: Vec<String> = found
        .respondent
        .values()
        .filter_map(|rule| rule.0.column.as_deref())
        .chain(person)
        .map(str::to_owned)
        .collect();
    for header in &looked.headers {
        let is_aside = is_aside(layout, &header.name) || panels.names_rows(&header.name);
        if of_tool.contains(&header.name) || is_aside {
            continue;
        }
        let is_question = header.name.starts_with(&layout.asks);
        if is_question {
            found.asking.push(header.name.clone());
        }
        if header.name.contains(ANY_ROW) {
            found.ask(
                &header.name,
                text_of(looked, layout, &header.name),
                is_question,
            );
        } else {
            found.place(looked, header, layout, is_question);
        }
    }
    let nameless =
        !found.respondent.contains_key("customer_id") && found.people == People::default();
    if let Some(person) = person.filter(|_| nameless) {
        let rule = ColumnRule::column(person);
        found.respondent.insert("customer_id".to_owned(), rule);
    }
    found
}

impl SurveyColumns {
    /// Puts one column where its words say it belongs.
    fn place(&mut self, looked: &Looked, header: &Header, layout: &SurveyLayout, asks: bool) {
        let name = &header.name;
        let text = text_of(looked, layout, name);
        let worded = Header::new(&text);
        let known = [&header.folded, &header.bare, &worded.folded, &worded.bare]
            .into_iter()
            .find_map(|words| survey_words().respondent_column(words));
        let mut put = |column: &str| {
            self.respondent
                .entry(column.to_owned())
                .or_insert_with(|| ColumnRule::column(name));
        };
        match known {
            Some("answered_at") if looked.may_be_time(name) => put("answered_at"),
            Some("phone") => _ = self.people.phone.get_or_insert_with(|| name.clone()),
            Some("email") => _ = self.people.email.get_or_insert_with(|| name.clone()),
            Some("brand") if scale::scale(looked, name, &text).is_some() => {
                self.ask(name, text, asks);
            }
            Some("name" | "answered_at" | "measure" | "score" | "text" | "amount") => {}
            Some(column) if !is_of_answer(column) => put(column),
            _ => self.ask(name, text, asks),
        }
    }

    fn ask(&mut self, name: &str, text: String, asks: bool) {
        if asks {
            let name = name.to_owned();
            self.questions.push(QuestionColumn { name, text });
        }
    }
}

/// Own columns of the table that are the answer, not the respondent.
fn is_of_answer(column: &str) -> bool {
    matches!(
        column,
        "question" | "dimension" | "scale_min" | "scale_max" | "currency" | "category" | "seconds"
    )
}

/// What the tool's entry says of the respondent.
fn own_columns(tool: &Export, looked: &Looked) -> BTreeMap<String, ColumnRule> {
    let headers = BTreeMap::from([(tool.files[0].name.clone(), looked.headers.clone())]);
    let tables = tool.fit(&headers).tables;
    tables.into_iter().flat_map(|table| table.columns).collect()
}

/// Whether a tool's column asks nothing.
fn is_aside(layout: &SurveyLayout, name: &str) -> bool {
    let asks_nothing = layout.aside.iter().any(|known| fits_pattern(known, name));
    let mut times = layout.times.iter();
    asks_nothing || times.any(|time| time.code_in(name).is_some())
}

/// What a column asks: as the file or the survey's definition says it, else its name; without the
/// code or number before it ("G1Q1. …", "3. …"), and with the row of a grid in brackets. In JSON
/// that row stands behind a dot.
fn text_of(looked: &Looked, layout: &SurveyLayout, name: &str) -> String {
    let described = looked.described.get(name);
    let is_json = matches!(looked.file.format(), Format::Json(_));
    let name = name.strip_prefix(layout.asks.as_str()).unwrap_or(name);
    let text = match described {
        Some(described) => described.text.clone(),
        None => plain_text(name),
    };
    let text = match text.split_once(". ") {
        Some((code, rest)) if is_number(code) && !rest.is_empty() => rest.to_owned(),
        _ => text,
    };
    let between = match described {
        None if is_json => Some("."),
        _ => layout.grid.as_deref(),
    };
    match between.and_then(|sign| text.rsplit_once(sign)) {
        Some((question, row)) => format!("{question} [{row}]"),
        None => text,
    }
}

fn is_number(code: &str) -> bool {
    !code.contains(' ') && code.contains(|sign: char| sign.is_ascii_digit())
}
