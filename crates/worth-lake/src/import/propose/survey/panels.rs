//! Panels, to which respondents add rows themselves (SurveyJS: `paneldynamic`, `matrixdynamic`): the
//! columns of all rows are looked at as one, and one column says what a row is about.
//!
//! Their answers are lists of objects, so that the price in the second row of `cafes` stands in the
//! column `cafes.2.price`. Here it is `cafes.*.price`, whichever the row.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::super::super::mapping::{ANY_ROW, Item, ItemRow};
use super::super::super::profile::{ColumnProfile, Looks};
use super::super::super::reason::Reason;
use super::super::super::recognise::{
    Described, Header, column_names, fold, survey_words, words_of,
};
use super::super::super::source::Format;
use super::super::formats::{combine, merge_numbers, merge_times};
use super::super::looked::Looked;
use super::question::{TEXTS, parts};
use super::scale;
use crate::tables::Table;

/// A file with its panels.
pub(super) struct Panels<'a> {
    /// The file with one column for all rows of a panel.
    pub(super) looked: Cow<'a, Looked>,
    /// `cafes` → what tells its rows apart.
    rows: BTreeMap<String, ItemRow>,
}

impl<'a> Panels<'a> {
    /// Finds the panels of a file. `brands` are those that `worth.toml` names.
    pub(super) fn of(looked: &'a Looked, brands: &[String]) -> Self {
        let looked = as_one_row(looked);
        let mut columns: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for header in &looked.headers {
            if let Some((panel, _)) = header.name.split_once(ANY_ROW) {
                columns.entry(panel).or_default().push(&header.name);
            }
        }
        let rows = columns
            .iter()
            .filter_map(|(panel, columns)| {
                let row = what_a_row_is_about(&looked, columns, brands)?;
                Some(((*panel).to_owned(), row))
            })
            .collect();
        Self { looked, rows }
    }

    /// Whether a column says what a row is about.
    pub(super) fn names_rows(&self, column: &str) -> bool {
        self.rows.values().any(|row| row.column == column)
    }

    /// Tells the items of panels how the rows of their answers are told apart.
    pub(super) fn tell_rows_apart(&self, items: &mut [Item], notes: &mut Vec<Reason>) {
        for item in items {
            let panel = item.column.split_once(ANY_ROW).map(|(panel, _)| panel);
            item.row = panel.and_then(|panel| self.rows.get(panel)).cloned();
            if let Some(row) = &item.row {
                let names = row.names.as_deref().unwrap_or("question");
                notes.push(
                    Reason::new("panel-rows")
                        .with("column", &row.column)
                        .with("names", names),
                );
            }
        }
    }
}

/// The file as if each of its panels had one row, with the answers of all of them.
fn as_one_row(looked: &Looked) -> Cow<'_, Looked> {
    let mut headers = looked.headers.iter();
    if !headers.any(|header| in_any_row(looked, &header.name).is_some()) {
        return Cow::Borrowed(looked);
    }
    let mut together: BTreeMap<String, Vec<&ColumnProfile>> = BTreeMap::new();
    let mut one = Looked {
        headers: Vec::new(),
        ..looked.clone()
    };
    for header in &looked.headers {
        let Some(name) = in_any_row(looked, &header.name) else {
            one.headers.push(header.clone());
            continue;
        };
        if !together.contains_key(&name) {
            one.headers.push(Header::new(&name));
            let described = match looked.described.get(&header.name) {
                Some(described) => described.clone(),
                None => Described {
                    text: undescribed(&name),
                    ..Described::default()
                },
            };
            one.described.insert(name.clone(), described);
        }
        let profiles = together.entry(name).or_default();
        profiles.extend(looked.column(&header.name));
    }
    let merged = together.into_iter().map(|(name, rows)| merge(name, &rows));
    one.profile.columns.extend(merged);
    Cow::Owned(one)
}

/// The name of a panel's column for all rows; none for other columns. Without a definition of the
/// survey every list of objects is a panel.
fn in_any_row(looked: &Looked, column: &str) -> Option<String> {
    let is_json = matches!(looked.file.format(), Format::Json(_));
    let described = looked.described.get(column);
    if !is_json || described.is_some_and(|known| known.panel.is_none()) {
        return None;
    }
    let mut parts: Vec<&str> = column.split('.').collect();
    let inside = parts.len().checked_sub(2)?;
    let number = (1..=inside).find(|place| parts[*place].parse::<u32>().is_ok())?;
    parts[number] = "*";
    Some(parts.join("."))
}

/// What `cafes.*.price` asks, where only its name says it.
fn undescribed(name: &str) -> String {
    let (panel, question) = name.split_once(ANY_ROW).unwrap_or_default();
    format!("{panel} [{question}]")
}

/// The answers of all rows as those to one question.
fn merge(name: String, rows: &[&ColumnProfile]) -> ColumnProfile {
    let sum = |count: fn(&ColumnProfile) -> u64| rows.iter().map(|row| count(row)).sum();
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for (value, count) in rows.iter().flat_map(|row| &row.frequent) {
        *counts.entry(value).or_default() += count;
    }
    let all_counted = rows.iter().all(|row| row.distinct.is_some());
    let mut frequent: Vec<(String, u64)> = counts
        .into_iter()
        .map(|(value, count)| (value.to_owned(), count))
        .collect();
    frequent.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut looks = rows.iter().map(|row| row.looks);
    let looks = looks.try_fold(Looks::Empty, |all, row| match (all, row) {
        (Looks::Empty, other) | (other, Looks::Empty) => Some(other),
        (one, other) => (one == other).then_some(one),
    });
    ColumnProfile {
        name,
        filled: sum(|row| row.filled),
        empty: sum(|row| row.empty),
        number: combine(rows.iter().map(|row| row.number.clone()), merge_numbers),
        numbers: sum(|row| row.numbers),
        time: combine(rows.iter().map(|row| row.time.clone()), merge_times),
        times: sum(|row| row.times),
        looks: looks.unwrap_or(Looks::Text),
        percents: sum(|row| row.percents),
        currencies: rows.iter().flat_map(|row| row.currencies.clone()).collect(),
        leading_zeros: sum(|row| row.leading_zeros),
        distinct: all_counted.then_some(frequent.len() as u64),
        count_error: sum(|row| row.count_error),
        frequent,
    }
}

/// What tells the rows of a panel apart: the column that its definition calls the key, else the
/// first that is answered with the name of something.
fn what_a_row_is_about(looked: &Looked, columns: &[&str], brands: &[String]) -> Option<ItemRow> {
    // what a person is called has no place in a question
    let mut columns = columns.iter().filter(|column| !is_personal(looked, column));
    let key = columns.clone().find(|column| is_key(looked, column));
    let column = key.or_else(|| columns.find(|column| is_name(looked, column)))?;
    let mut row = ItemRow {
        column: (*column).to_owned(),
        names: names(looked, column, brands).map(str::to_owned),
        words: BTreeMap::new(),
    };
    let choices = looked.described.get(*column).map(|known| &known.answers);
    let said = looked.column(column).map(|profile| &profile.frequent);
    let said = said.into_iter().flatten().map(|(said, _)| (said, said));
    let choices = choices
        .into_iter()
        .flatten()
        .map(|(code, text)| (code, text));
    for (code, text) in choices.chain(said) {
        let ours = row.names.as_deref().and_then(|names| words_of(names, text));
        let word = ours.unwrap_or(text);
        if word != code {
            row.words
                .entry(code.clone())
                .or_insert_with(|| word.to_owned());
        }
    }
    Some(row)
}

fn is_key(looked: &Looked, column: &str) -> bool {
    let panel = looked
        .described
        .get(column)
        .and_then(|known| known.panel.as_ref());
    let key = panel.and_then(|panel| panel.key.as_deref());
    key.is_some_and(|key| {
        column
            .split_once(ANY_ROW)
            .is_some_and(|(_, own)| own == key)
    })
}

/// Whether the answers are personal data.
fn is_personal(looked: &Looked, column: &str) -> bool {
    let asked = fold(&own_text(looked, column));
    let known = survey_words().respondent_column(&asked);
    known.is_some_and(|known| ["name", "phone", "email"].contains(&known))
}

/// Whether the answers are names: words of no scale, and no comments.
fn is_name(looked: &Looked, column: &str) -> bool {
    let Some(profile) = looked.column(column) else {
        return false;
    };
    let text = own_text(looked, column);
    let measure = survey_words().construct(&text).map(|known| known.measure);
    if profile.filled == 0 || measure.is_some_and(|known| TEXTS.contains(&known.as_str())) {
        return false;
    }
    is_choice_of_things(looked, column)
        || (profile.looks == Looks::Text && scale::scale(looked, column, &text).is_none())
}

/// Whether the definition lists what may be chosen, and that is no scale.
fn is_choice_of_things(looked: &Looked, column: &str) -> bool {
    let choices = looked.described.get(column).map(|known| &known.answers);
    let mut texts = choices.into_iter().flatten().map(|(_, text)| text.as_str());
    let are_names = texts
        .clone()
        .all(|text| text.starts_with(char::is_alphabetic));
    texts.next().is_some() && are_names && survey_words().scale_of(texts).is_none()
}

/// Which of our columns the names are for: by the words of the question, or because brands are
/// among the answers.
fn names(looked: &Looked, column: &str, brands: &[String]) -> Option<&'static str> {
    let asked = fold(&own_text(looked, column));
    let says = |ours: &&str| {
        let known = column_names(Table::SurveyAnswers, ours);
        survey_words().respondent_column(&asked) == Some(ours) || known.contains(&asked)
    };
    let by_words = ItemRow::NAMED.into_iter().find(says);
    let choices = looked.described.get(column).map(|known| &known.answers);
    let choices = choices.into_iter().flatten().map(|(_, text)| text);
    let said = looked.column(column).map(|profile| &profile.frequent);
    let mut names = choices.chain(said.into_iter().flatten().map(|(said, _)| said));
    let mut has_brands = || names.any(|name| brands.iter().any(|brand| fold(brand) == fold(name)));
    by_words.or_else(|| has_brands().then_some(ItemRow::NAMED[0]))
}

/// What a column asks in each row, without the panel around it.
fn own_text(looked: &Looked, column: &str) -> String {
    let known = looked.described.get(column);
    let text = known.map_or(column, |known| known.text.as_str());
    parts(text).into_iter().next().unwrap_or_default()
}
