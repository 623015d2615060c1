//! How the columns of a mapping are written: decimal signs, order of day and month, words, ids
//! that stand for nobody. Decided by all values; what stays open is asked.

use std::collections::BTreeMap;

use super::super::mapping::{Rule, TableMapping, number_example};
use super::super::profile::Decision;
use super::super::reason::Reason;
use super::super::recognise::{is_guest, word_section, words_of};
use super::super::value::{NumberFormat, TimeFormat, TimeLayout};
use super::looked::Looked;
use super::proposal::{Answers, Choice, OpenQuestion};
use crate::tables::{Kind, Table};

/// Share of all rows above which one id probably stands for nobody.
const NOBODY_SHARE: f64 = 0.02;
/// Rows below which no share says anything.
const NOBODY_ROWS: u64 = 1_000;
/// How many times the average customer's rows nobody has at least: with few customers, each of
/// them has more than 2 % of the orders.
const NOBODY_TIMES_AVERAGE: f64 = 20.0;

/// The files of a source by kind.
pub(super) type Files<'a> = BTreeMap<String, Vec<&'a Looked>>;

/// Settles the formats of one table.
pub(super) struct Settling<'a> {
    pub(super) source: &'a str,
    pub(super) files: &'a Files<'a>,
    pub(super) answers: &'a Answers,
    pub(super) questions: &'a mut Vec<OpenQuestion>,
    pub(super) notes: &'a mut Vec<Reason>,
}

impl Settling<'_> {
    /// Fills in the formats, words and anonymous ids of a table's rules.
    pub(super) fn settle(&mut self, mapping: &mut TableMapping) {
        let Some(table) = mapping.target() else {
            return;
        };
        let from = mapping.from.clone();
        if let Some(latest) = &mut mapping.latest {
            self.dates(&from, "latest", &mut latest.0);
        }
        for (target, rule) in &mut mapping.columns {
            let Some(column) = table.column(target) else {
                continue;
            };
            match column.kind {
                Kind::Money | Kind::Count | Kind::Real => self.number(&from, target, &mut rule.0),
                Kind::Time => self.dates(&from, target, &mut rule.0),
                _ => {}
            }
            if let Some(section) = word_section(table, target) {
                self.words(&from, target, section, &mut rule.0);
            }
        }
        if matches!(table, Table::OrderLines | Table::Customers) {
            self.nobody(&from, mapping);
        }
    }

    /// The files and the column that a rule's name means.
    fn files_of<'n>(&self, from: &str, name: &'n str) -> (&[&Looked], &'n str) {
        if let Some((file, column)) = name.split_once('.')
            && let Some(files) = self.files.get(file)
        {
            return (files, column);
        }
        (self.files.get(from).map_or(&[], Vec::as_slice), name)
    }

    fn number(&mut self, from: &str, target: &str, rule: &mut Rule) {
        let Some(name) = rule.column.clone() else {
            return;
        };
        if rule.number.is_some() {
            return;
        }
        if let Some(format) = self.answered_number(target) {
            rule.number = Some(format);
            return;
        }
        let (files, column) = self.files_of(from, &name);
        let decided = combine(files.iter().map(|file| file.number(column)), merge_numbers);
        match decided {
            Decision::Clear(format) if format == NumberFormat::PLAIN => {}
            Decision::Clear(format) => rule.number = Some(format),
            Decision::No => {}
            Decision::Ambiguous { choices, example } => {
                if let Some((format, sibling)) = sibling_number(files, column) {
                    self.follow_sibling(column, &sibling, &number_example(format));
                    rule.number = Some(format);
                    return;
                }
                let choices = choices
                    .iter()
                    .map(|format| Choice {
                        answer: if format.decimal == Some(',') {
                            "comma"
                        } else {
                            "point"
                        }
                        .to_owned(),
                        meaning: reading_of(&example, *format),
                    })
                    .collect();
                self.ask("decimal", target, column, &example, choices);
            }
        }
    }

    /// Tells that an ambiguous column is read as another of the same file.
    fn follow_sibling(&mut self, column: &str, sibling: &str, format: &str) {
        self.notes.push(
            Reason::new("format-of-sibling")
                .with("column", column)
                .with("sibling", sibling)
                .with("format", format),
        );
    }

    fn answered_number(&self, target: &str) -> Option<NumberFormat> {
        match self.answers.property(self.source, target, "decimal")? {
            "comma" | "," => Some(NumberFormat::COMMA),
            _ => Some(NumberFormat::POINT),
        }
    }

    fn dates(&mut self, from: &str, target: &str, rule: &mut Rule) {
        let Some(name) = rule.column.clone() else {
            return;
        };
        if rule.dates.is_some() {
            return;
        }
        let (files, column) = self.files_of(from, &name);
        let decided = combine(files.iter().map(|file| file.time(column)), merge_times);
        match decided {
            Decision::Clear(format) if format.layout == TimeLayout::Ymd => {}
            Decision::Clear(format) => rule.dates = Some(format.layout),
            Decision::No => {}
            Decision::Ambiguous { choices, example } => {
                let answered = self.answers.property(self.source, target, "dates");
                if let Some(layout) = answered.and_then(layout_of) {
                    rule.dates = Some(layout);
                    return;
                }
                if let Some((layout, sibling)) = sibling_layout(files, column, &choices) {
                    self.follow_sibling(column, &sibling, layout_name(layout));
                    rule.dates = Some(layout);
                    return;
                }
                let choices = choices
                    .iter()
                    .map(|format| Choice {
                        answer: layout_name(format.layout).to_owned(),
                        meaning: format!("{example}: {}", layout_meaning(format.layout)),
                    })
                    .collect();
                self.ask("dates", target, column, &example, choices);
            }
        }
    }

    fn ask(&mut self, what: &str, target: &str, column: &str, example: &str, choices: Vec<Choice>) {
        let path = format!("{}.{target}.{what}", self.source);
        if self.questions.iter().any(|question| question.path == path) {
            return;
        }
        let question = Reason::new(what)
            .with("column", column)
            .with("example", example);
        self.questions.push(OpenQuestion {
            source: self.source.to_owned(),
            column: column.to_owned(),
            question,
            choices,
            path,
        });
    }

    fn words(&mut self, from: &str, target: &str, section: &str, rule: &mut Rule) {
        let Some(name) = rule.column.clone() else {
            return;
        };
        let (files, column) = self.files_of(from, &name);
        let mut values: Vec<String> = files
            .iter()
            .filter_map(|file| file.column(column))
            .flat_map(|column| column.frequent.iter().map(|(value, _)| value.clone()))
            .collect();
        values.sort();
        values.dedup();
        for value in values {
            let word = match words_of(section, &value) {
                Some("true") if target == "chosen" => Some("1"),
                Some("false") if target == "chosen" => Some("0"),
                Some("true" | "false") => None,
                other => other,
            };
            match word {
                Some(word) if word == value => {}
                Some(word) => {
                    self.notes.push(
                        Reason::new("words")
                            .with("column", column)
                            .with("value", &value)
                            .with("word", word),
                    );
                    rule.words.insert(value, word.to_owned());
                }
                None if section == "status" => self.notes.push(
                    Reason::new("unknown-status")
                        .with("column", column)
                        .with("value", &value),
                ),
                None => {}
            }
        }
    }

    /// Ids that stand for nobody: words for a guest, and one id with far more orders than anyone.
    fn nobody(&mut self, from: &str, mapping: &mut TableMapping) {
        let Some(name) = mapping
            .columns
            .get("customer_id")
            .and_then(|rule| rule.0.column.clone())
        else {
            return;
        };
        let (files, column) = self.files_of(from, &name);
        let rows: u64 = files.iter().map(|file| file.profile.rows).sum();
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        let (mut filled, mut distinct) = (0, 0);
        for profile in files.iter().filter_map(|file| file.column(column)) {
            filled += profile.filled;
            distinct += profile.distinct.unwrap_or(profile.frequent.len() as u64);
            for (value, count) in &profile.frequent {
                *counts.entry(value).or_default() += count;
            }
        }
        let average = filled as f64 / distinct.max(1) as f64;
        let mut found = Vec::new();
        for (value, count) in counts {
            let guest = is_guest(value);
            let often = rows >= NOBODY_ROWS
                && count as f64 > NOBODY_SHARE * rows as f64
                && count as f64 > NOBODY_TIMES_AVERAGE * average;
            if guest || often {
                let why = if guest {
                    "it says so"
                } else {
                    "it has over 2 % of all rows"
                };
                found.push((value.to_owned(), why, count));
            }
        }
        for (value, why, count) in found {
            if mapping.table == Table::OrderLines.name() {
                self.notes.push(
                    Reason::new("anonymous-id")
                        .with("value", &value)
                        .with("why", why)
                        .with("count", count),
                );
            }
            if !mapping.anonymous.contains(&value) {
                mapping.anonymous.push(value);
            }
        }
    }
}

/// What the files of one kind decide together.
pub(super) fn combine<T: Clone + PartialEq>(
    decisions: impl Iterator<Item = Decision<T>>,
    merge: impl Fn(&T, &T) -> Option<T>,
) -> Decision<T> {
    let mut decided = Decision::No;
    for decision in decisions {
        decided = match (decided, decision) {
            (Decision::No, other) | (other, Decision::No) => other,
            (Decision::Clear(one), Decision::Clear(other)) => match merge(&one, &other) {
                Some(both) => Decision::Clear(both),
                None => Decision::Ambiguous {
                    choices: vec![one, other],
                    example: String::new(),
                },
            },
            (Decision::Clear(format), _) | (_, Decision::Clear(format)) => Decision::Clear(format),
            (ambiguous, Decision::Ambiguous { .. }) => ambiguous,
        };
    }
    decided
}

/// One format that both are cases of.
pub(super) fn merge_numbers(one: &NumberFormat, other: &NumberFormat) -> Option<NumberFormat> {
    let agree = |a: Option<char>, b: Option<char>| a.is_none() || b.is_none() || a == b;
    let both = NumberFormat {
        decimal: one.decimal.or(other.decimal),
        grouping: one.grouping.or(other.grouping),
    };
    let sensible = both.decimal.is_none() || both.decimal != both.grouping;
    (agree(one.decimal, other.decimal) && agree(one.grouping, other.grouping) && sensible)
        .then_some(both)
}

pub(super) fn merge_times(one: &TimeFormat, other: &TimeFormat) -> Option<TimeFormat> {
    match (one.layout, other.layout) {
        (a, b) if a == b => Some(*one),
        // ISO is read in every layout
        (TimeLayout::Ymd, _) => Some(*other),
        (_, TimeLayout::Ymd) => Some(*one),
        _ => None,
    }
}

/// The signs of another column of the same file, when all that are clear agree: one program
/// wrote them all.
fn sibling_number(files: &[&Looked], column: &str) -> Option<(NumberFormat, String)> {
    let mut found: Option<(NumberFormat, String)> = None;
    for file in files {
        for sibling in file
            .profile
            .columns
            .iter()
            .filter(|sibling| sibling.name != column)
        {
            let Decision::Clear(format) = file.number(&sibling.name) else {
                continue;
            };
            if format.decimal.is_none()
                || (format.grouping.is_none() && format.decimal == Some('.'))
            {
                continue;
            }
            found = match found {
                None => Some((format, sibling.name.clone())),
                Some((known, name)) => Some((merge_numbers(&known, &format)?, name)),
            };
        }
    }
    found.map(|(format, name)| {
        let grouping = if format.decimal == Some(',') {
            '.'
        } else {
            ','
        };
        (
            NumberFormat {
                grouping: format.grouping.or(Some(grouping)),
                ..format
            },
            name,
        )
    })
}

/// The order of day and month of another column of the same file.
fn sibling_layout(
    files: &[&Looked],
    column: &str,
    choices: &[TimeFormat],
) -> Option<(TimeLayout, String)> {
    let mut found: Option<(TimeLayout, String)> = None;
    for file in files {
        for sibling in file
            .profile
            .columns
            .iter()
            .filter(|sibling| sibling.name != column)
        {
            let Decision::Clear(format) = file.time(&sibling.name) else {
                continue;
            };
            if !choices.iter().any(|choice| choice.layout == format.layout) {
                continue;
            }
            match &found {
                Some((layout, _)) if *layout != format.layout => return None,
                Some(_) => {}
                None => found = Some((format.layout, sibling.name.clone())),
            }
        }
    }
    found
}

fn reading_of(example: &str, format: NumberFormat) -> String {
    match super::super::value::parse_real(example, format) {
        Ok(value) => format!("{example} is {value}"),
        Err(_) => number_example(format),
    }
}

fn layout_of(answer: &str) -> Option<TimeLayout> {
    Some(match answer {
        "dmy" => TimeLayout::Dmy,
        "mdy" => TimeLayout::Mdy,
        "ymd" => TimeLayout::Ymd,
        "compact" => TimeLayout::Compact,
        "excel-serial" => TimeLayout::ExcelSerial,
        "epoch-seconds" => TimeLayout::EpochSeconds,
        "epoch-millis" => TimeLayout::EpochMillis,
        "epoch-micros" => TimeLayout::EpochMicros,
        _ => return None,
    })
}

pub(super) fn layout_name(layout: TimeLayout) -> &'static str {
    match layout {
        TimeLayout::Dmy => "dmy",
        TimeLayout::Mdy => "mdy",
        TimeLayout::Ymd => "ymd",
        TimeLayout::Compact => "compact",
        TimeLayout::ExcelSerial => "excel-serial",
        TimeLayout::EpochSeconds => "epoch-seconds",
        TimeLayout::EpochMillis => "epoch-millis",
        TimeLayout::EpochMicros => "epoch-micros",
    }
}

fn layout_meaning(layout: TimeLayout) -> &'static str {
    match layout {
        TimeLayout::Dmy => "the day comes first",
        TimeLayout::Mdy => "the month comes first",
        TimeLayout::Ymd => "the year comes first",
        TimeLayout::Compact => "digits, the year first",
        TimeLayout::ExcelSerial => "days as a spreadsheet counts them",
        TimeLayout::EpochSeconds => "seconds since 1970",
        TimeLayout::EpochMillis => "milliseconds since 1970",
        TimeLayout::EpochMicros => "microseconds since 1970",
    }
}
