//! Surveys with one column per question (Google Forms and its relatives, and the exports of survey
//! tools): which column asks what, on which scale, about which brand, and how long it took.

mod columns;
mod panels;
mod question;
mod scale;
mod times;

use std::collections::{BTreeMap, BTreeSet};

use super::super::mapping::{ColumnRule, Item, People, Rule, TableMapping};
use super::super::profile::Looks;
use super::super::reason::Reason;
use super::super::recognise::{fold, survey_words};
use super::about::note_left_out;
use super::looked::Looked;
use crate::tables::Table;
use columns::SurveyColumns;
use panels::Panels;
use question::Asked;

/// A file understood as a survey.
#[derive(Debug, Clone)]
pub(super) struct Survey {
    pub(super) mapping: TableMapping,
    pub(super) notes: Vec<Reason>,
    /// The tool that exported it, where it is known.
    pub(super) tool: Option<&'static str>,
    /// How many columns speak for that tool.
    pub(super) known_columns: usize,
    /// Questions with a scale.
    pub(super) scored: usize,
    /// Whether a column says when it was answered.
    pub(super) has_time: bool,
}

/// Understands a file as a survey. `brands` are those that `worth.toml` names.
pub(super) fn survey(looked: &Looked, brands: &[String]) -> Survey {
    let panels = Panels::of(looked, brands);
    let looked = panels.looked.as_ref();
    let SurveyColumns {
        tool,
        known_columns,
        mut respondent,
        people,
        questions,
        asking,
    } = columns::survey_columns(looked, &panels);
    let texts: Vec<&str> = questions
        .iter()
        .map(|question| question.text.as_str())
        .collect();
    let found_brands = question::find_brands(&texts, brands);
    let mut notes = Vec::new();
    let mut items = Vec::new();
    let mut scores = BTreeMap::new();
    let mut codes = Vec::new();
    for column in &questions {
        let asked = question::understand(column, &found_brands).or_else(|| {
            let coded = tool.is_some().then(|| question::coded(column)).flatten()?;
            codes.push(column.name.as_str());
            Some(coded)
        });
        let found = asked.and_then(|asked| item(looked, asked, &mut scores, &mut notes));
        items.extend(found);
    }
    codes.retain(|code| items.iter().any(|item| item.column == *code));
    if !codes.is_empty() {
        notes.push(Reason::new("question-codes").with("columns", codes.join("\", \"")));
    }
    scale::share_scales(looked, &mut items);
    reverse_praise(&mut items, &mut notes);
    tell_apart(&mut items);
    panels.tell_rows_apart(&mut items, &mut notes);
    let layout = tool.map(|tool| &tool.survey);
    if let Some(layout) = layout {
        times::find_times(layout, looked, &asking, &mut items);
    }
    let only =
        layout.and_then(|layout| note_left_out(layout.left_out.as_ref()?, looked, &mut notes));
    let has_time = respondent.contains_key("answered_at");
    let scored = items.iter().filter(|item| item.scale.is_some()).count();
    if !respondent.contains_key("response_id") {
        let id = response_id(&respondent, &people, &items);
        respondent.insert("response_id".to_owned(), id);
    }
    let mapping = TableMapping {
        table: Table::SurveyAnswers.name().to_owned(),
        people,
        only,
        columns: respondent,
        items,
        scores,
        ..TableMapping::default()
    };
    Survey {
        mapping,
        notes,
        tool: tool.map(|tool| tool.name.as_str()),
        known_columns,
        scored,
        has_time,
    }
}

/// The item of a column, when its answers are what its question asks for.
fn item(
    looked: &Looked,
    asked: Asked<'_>,
    scores: &mut BTreeMap<String, f64>,
    notes: &mut Vec<Reason>,
) -> Option<Item> {
    let profile = looked.column(asked.column)?;
    if profile.filled == 0 {
        return None;
    }
    let mut item = Item {
        column: asked.column.to_owned(),
        question: asked.question,
        measure: asked.construct.measure,
        dimension: asked.construct.dimension,
        brand: asked.brand,
        ..Item::default()
    };
    if item.measure.starts_with("price_") {
        item.number = looked.number(asked.column).clear().copied();
        return Some(item);
    }
    if question::TEXTS.contains(&item.measure.as_str()) {
        return Some(item);
    }
    if let Some(scale) = scale::scale(looked, asked.column, asked.text) {
        item.scale = Some(scale.limits);
        for (word, score) in &scale.said {
            notes.push(
                Reason::new("answer-score")
                    .with("value", word)
                    .with("score", score)
                    .with("most", scale.limits[1]),
            );
        }
        let conflicting = scale
            .words
            .iter()
            .any(|(word, score)| scores.get(word).is_some_and(|known| known != score));
        if conflicting || scale.is_coded {
            item.scores = scale.words;
        } else {
            scores.extend(scale.words);
        }
        return Some(item);
    }
    if item.measure == question::OTHER {
        return None;
    }
    // a question about value that is answered in words of its own
    item.measure = "comment".to_owned();
    item.dimension = None;
    (profile.looks == Looks::Text).then_some(item)
}

/// Costs that are worded as a good thing count from the other end.
fn reverse_praise(items: &mut [Item], notes: &mut Vec<Reason>) {
    for item in items {
        let reversed = survey_words()
            .construct(&item.question)
            .is_some_and(|known| known.reversed);
        if let (true, Some([least, most])) = (reversed && item.measure == "cost", item.scale) {
            item.scale = Some([most, least]);
            notes.push(
                Reason::new("reversed")
                    .with("column", &item.column)
                    .with("dimension", item.dimension.as_deref().unwrap_or_default()),
            );
        }
    }
}

/// Questions of the same words about the same brand are told apart by their columns.
fn tell_apart(items: &mut [Item]) {
    let mut taken: BTreeSet<(String, Option<String>)> = BTreeSet::new();
    for item in items {
        if !taken.insert((fold(&item.question), item.brand.clone())) {
            item.question = format!("{} ({})", item.question, item.column);
        }
    }
}

/// An id made of when, who and all answers: the same response in a later export is the same. Rows of
/// a panel are left out: another respondent may add one more.
fn response_id(
    columns: &BTreeMap<String, ColumnRule>,
    people: &People,
    items: &[Item],
) -> ColumnRule {
    let mut hash: Vec<String> = Vec::new();
    hash.extend(
        columns
            .get("answered_at")
            .and_then(|rule| rule.0.column.clone()),
    );
    hash.extend(
        columns
            .get("customer_id")
            .and_then(|rule| rule.0.column.clone()),
    );
    hash.extend(people.phone.clone());
    hash.extend(people.email.clone());
    let asked_once = items.iter().filter(|item| !item.is_in_panel());
    hash.extend(asked_once.map(|item| item.column.clone()));
    ColumnRule(Rule {
        hash,
        ..Rule::default()
    })
}
