//! A survey with one column per question: every answer becomes a row.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, Float64Builder, StringArray, StringBuilder, UInt32Array,
};
use datafusion::arrow::compute::take;
use datafusion::arrow::record_batch::RecordBatch;

use super::values::{Problems, money_array};
use crate::error::Error;
use crate::import::mapping::{Item, ItemRow};
use crate::import::reason::Reason;
use crate::import::recognise::{captured, fold, survey_words};
use crate::import::value::{NumberFormat, parse_money};
use crate::tables::Table;

/// The place of the brand in [`ItemRow::NAMED`].
const BRAND: usize = 0;

/// An item, ready to read answers.
#[derive(Debug, Clone)]
pub(crate) struct CompiledItem {
    item: Item,
    place: usize,
    /// Folded words of answers → score.
    scores: HashMap<String, f64>,
    /// Where the time it took stands.
    time_place: Option<usize>,
    /// The row of its panel.
    row: Option<PanelRow>,
}

/// A row of a panel, ready to say what it is about.
#[derive(Debug, Clone)]
struct PanelRow {
    number: String,
    /// Where what it is about stands.
    place: Option<usize>,
    /// Which of [`ItemRow::NAMED`] that is.
    names: Option<usize>,
    /// Folded codes and what they stand for.
    words: HashMap<String, String>,
}

/// What an answer says.
enum Answer<'a> {
    Score(f64),
    Amount(i128),
    Text(&'a str),
}

/// What an answer is about.
struct About<'a> {
    question: Cow<'a, str>,
    /// In the order of [`ItemRow::NAMED`].
    named: [Option<&'a str>; ItemRow::NAMED.len()],
}

/// An item as a file has it: itself, or one for each row of its panel, with the number of the row.
pub(crate) fn in_rows<'a>(item: &Item, columns: &'a [String]) -> Vec<(Item, Option<&'a str>)> {
    if !item.is_in_panel() {
        return vec![(item.clone(), None)];
    }
    let numbers = columns
        .iter()
        .filter_map(|column| captured(&item.column, column))
        .filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    let of_row = |number: &'a str| {
        let mut item = item.clone();
        item.column = item.column.replacen('*', number, 1);
        if let Some(row) = &mut item.row {
            row.column = row.column.replacen('*', number, 1);
        }
        (item, Some(number))
    };
    numbers.map(of_row).collect()
}

impl CompiledItem {
    /// Of an item whose answers stand at `place`, and its times at `time_place`; `scores` are those
    /// of the whole survey.
    pub(crate) fn new(
        item: Item,
        scores: &BTreeMap<String, f64>,
        place: usize,
        time_place: Option<usize>,
    ) -> Self {
        let scores = if item.scores.is_empty() {
            scores
        } else {
            &item.scores
        };
        let scores = scores
            .iter()
            .map(|(word, score)| (fold(word), *score))
            .collect();
        Self {
            item,
            place,
            scores,
            time_place,
            row: None,
        }
    }

    /// In the row of a panel; what that is about stands at `place`.
    pub(crate) fn in_row(mut self, number: &str, place: Option<usize>) -> Self {
        let row = self.item.row.clone().unwrap_or_default();
        let names = row.names.as_deref();
        self.row = Some(PanelRow {
            number: number.to_owned(),
            place,
            names: names.and_then(|name| ItemRow::NAMED.iter().position(|known| *known == name)),
            words: row
                .words
                .iter()
                .map(|(code, word)| (fold(code), word.clone()))
                .collect(),
        });
        self
    }

    /// What its answer in a row is about. A brand that is not named is not the own one.
    fn about<'a>(&'a self, batch: &'a RecordBatch, row: usize) -> Result<About<'a>, Reason> {
        let question = self.item.question.as_str();
        let mut named = [None; ItemRow::NAMED.len()];
        named[BRAND] = self.item.brand.as_deref();
        let Some(panel) = &self.row else {
            let question = Cow::Borrowed(question);
            return Ok(About { question, named });
        };
        let cell = panel.place.map_or("", |place| cell_at(batch, place, row));
        let name = panel.words.get(&fold(cell)).map_or(cell, String::as_str);
        let question = match (panel.names, name) {
            (Some(BRAND), "") => {
                let column = self.item.row.as_ref().map_or("", |row| row.column.as_str());
                return Err(Reason::new("required").with("column", column));
            }
            (Some(BRAND), _) => Cow::Borrowed(question),
            (_, "") => Cow::Owned(format!("{question} ({})", panel.number)),
            (_, name) => Cow::Owned(format!("{question} [{name}]")),
        };
        if let Some(place) = panel.names.filter(|_| !name.is_empty()) {
            named[place] = Some(name);
        }
        Ok(About { question, named })
    }

    /// The answer in a row; empty when there is none.
    fn cell<'a>(&self, batch: &'a RecordBatch, row: usize) -> &'a str {
        let cell = cell_at(batch, self.place, row);
        let is_none = self.item.scale.is_some() && survey_words().is_no_answer(cell);
        if is_none { "" } else { cell }
    }

    fn read<'a>(&self, cell: &'a str) -> Result<Answer<'a>, Reason> {
        let reason = |code: &str| {
            Reason::new(code)
                .with("column", &self.item.column)
                .with("value", cell)
        };
        if self.item.measure.starts_with("price_") {
            let format = self.item.number.unwrap_or(NumberFormat::PLAIN);
            let amount = parse_money(cell, format);
            return amount.map(Answer::Amount).map_err(|error| {
                Reason::new(error.code())
                    .with("column", &self.item.column)
                    .with("detail", error.to_string())
            });
        }
        let Some([first, last]) = self.item.scale else {
            return Ok(Answer::Text(cell));
        };
        let (least, most) = (first.min(last), first.max(last));
        let known = self.scores.get(&fold(cell)).copied();
        let score = known
            .or_else(|| leading_number(cell))
            .ok_or_else(|| reason("unknown-answer"))?;
        if !(least..=most).contains(&score) {
            return Err(reason("outside-scale")
                .with("least", least)
                .with("most", most));
        }
        Ok(Answer::Score(score))
    }

    /// Its share of the time that it and the items beside it took, in parts of a second as the
    /// table keeps them. A time that cannot be read says nothing; it stays in `attributes`.
    fn seconds(
        &self,
        batch: &RecordBatch,
        row: usize,
        sharing: impl FnOnce() -> usize,
    ) -> Option<i128> {
        let units = self.item.time.as_ref()?.units_per_second();
        let cell = cell_at(batch, self.time_place?, row);
        let time = parse_money(cell, NumberFormat::PLAIN).ok()?;
        let parts = units * i128::try_from(sharing()).ok()?.max(1);
        (time >= 0).then(|| (time + parts / 2) / parts)
    }
}

/// A cell without the spaces around it.
fn cell_at(batch: &RecordBatch, place: usize, row: usize) -> &str {
    let array = batch.column(place).as_string::<i32>();
    if array.is_null(row) {
        ""
    } else {
        array.value(row).trim()
    }
}

/// `4`, `4 - Đồng ý`, `4,5`, `10/10`: the number an answer starts with.
fn leading_number(cell: &str) -> Option<f64> {
    let end = cell
        .find(|character: char| {
            !character.is_ascii_digit() && !matches!(character, '.' | ',' | '-')
        })
        .unwrap_or(cell.len());
    let number = cell[..end]
        .trim_end_matches(['-', '.', ','])
        .replace(',', ".");
    number.parse().ok()
}

/// Rows of answers, made of respondents.
pub(crate) struct Answers {
    /// The table's own columns.
    pub(crate) columns: Vec<ArrayRef>,
    /// For each answer its respondent's row in the batch.
    pub(crate) respondents: Vec<u32>,
    /// Answers that have no place on their scale.
    pub(crate) problems: Problems,
}

/// Makes the answers of respondents. `common` are the columns of the respondents themselves;
/// `accepted[row]` says whether a respondent's own columns are all right.
pub(crate) fn answers(
    items: &[CompiledItem],
    batch: &RecordBatch,
    common: &[ArrayRef],
    accepted: &[bool],
) -> Result<Answers, Error> {
    let mut respondents = Vec::new();
    let mut problems = Problems::new();
    let mut rows = Builders::default();
    let mut cells = Vec::with_capacity(items.len());
    for (row, _) in accepted
        .iter()
        .enumerate()
        .filter(|(_, accepted)| **accepted)
    {
        let number = u32::try_from(row).expect("a batch is small");
        cells.clear();
        cells.extend(items.iter().map(|item| item.cell(batch, row)));
        let answered = || {
            items
                .iter()
                .zip(&cells)
                .filter(|(_, cell)| !cell.is_empty())
        };
        for (item, cell) in answered() {
            let answer = item.read(cell);
            match answer.and_then(|answer| Ok((answer, item.about(batch, row)?))) {
                Ok((answer, about)) => {
                    let sharing =
                        answered().filter(|(other, _)| other.time_place == item.time_place);
                    let seconds = item.seconds(batch, row, || sharing.count());
                    rows.push(&item.item, &about, &answer, seconds);
                    respondents.push(number);
                }
                Err(reason) => problems.push((number, reason)),
            }
        }
        if answered().next().is_none() {
            problems.push((number, Reason::new("no-answer")));
        }
    }
    let columns = rows.finish(common, &respondents)?;
    Ok(Answers {
        columns,
        respondents,
        problems,
    })
}

#[derive(Default)]
struct Builders {
    question: StringBuilder,
    /// In the order of [`ItemRow::NAMED`].
    named: [Vec<Option<String>>; ItemRow::NAMED.len()],
    measure: StringBuilder,
    dimension: StringBuilder,
    score: Float64Builder,
    scale_min: Float64Builder,
    scale_max: Float64Builder,
    amount: Vec<Option<i128>>,
    text: StringBuilder,
    seconds: Vec<Option<i128>>,
}

impl Builders {
    fn push(&mut self, item: &Item, about: &About<'_>, answer: &Answer<'_>, seconds: Option<i128>) {
        self.seconds.push(seconds);
        self.question.append_value(&about.question);
        for (names, name) in self.named.iter_mut().zip(about.named) {
            names.push(name.map(str::to_owned));
        }
        self.measure.append_value(&item.measure);
        self.dimension.append_option(item.dimension.as_deref());
        let score = if let Answer::Score(score) = answer {
            Some(*score)
        } else {
            None
        };
        self.score.append_option(score);
        let scale = item.scale.filter(|_| score.is_some());
        self.scale_min.append_option(scale.map(|scale| scale[0]));
        self.scale_max.append_option(scale.map(|scale| scale[1]));
        self.amount.push(if let Answer::Amount(amount) = answer {
            Some(*amount)
        } else {
            None
        });
        self.text.append_option(if let Answer::Text(text) = answer {
            Some(text)
        } else {
            None
        });
    }

    /// The table's columns: the item's own, and the respondent's for the rest.
    fn finish(mut self, common: &[ArrayRef], respondents: &[u32]) -> Result<Vec<ArrayRef>, Error> {
        let indices = UInt32Array::from(respondents.to_vec());
        let mut columns = Vec::with_capacity(common.len());
        for (column, values) in Table::SurveyAnswers.columns().iter().zip(common) {
            let of_respondent = take(values, &indices, None)?;
            columns.push(match column.name {
                "question" => Arc::new(self.question.finish()) as ArrayRef,
                "measure" => Arc::new(self.measure.finish()),
                "dimension" => Arc::new(self.dimension.finish()),
                "score" => Arc::new(self.score.finish()),
                "scale_min" => Arc::new(self.scale_min.finish()),
                "scale_max" => Arc::new(self.scale_max.finish()),
                "amount" => money_array(&self.amount),
                "text" => Arc::new(self.text.finish()),
                "seconds" if self.seconds.iter().any(Option::is_some) => money_array(&self.seconds),
                name => match ItemRow::NAMED.iter().position(|known| *known == name) {
                    Some(place) => named(&self.named[place], of_respondent.as_string()),
                    None => of_respondent,
                },
            });
        }
        Ok(columns)
    }
}

/// What the answers themselves name, else what their respondents do.
fn named(names: &[Option<String>], of_respondent: &StringArray) -> ArrayRef {
    let names = names.iter().zip(of_respondent);
    let names: StringArray = names
        .map(|(name, of_respondent)| name.as_deref().or(of_respondent))
        .collect();
    Arc::new(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_start_with_their_number() {
        assert_eq!(leading_number("4"), Some(4.0));
        assert_eq!(leading_number("4 - Đồng ý"), Some(4.0));
        assert_eq!(leading_number("10/10"), Some(10.0));
        assert_eq!(leading_number("4,5"), Some(4.5));
        assert_eq!(leading_number("Đồng ý"), None);
    }
}
