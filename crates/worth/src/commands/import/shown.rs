//! How an import is shown: how files are understood, and what became of their rows.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use worth_insight::words::{Value, Words};
use worth_lake::import::propose::{SourceProposal, TablePreview};
use worth_lake::import::report::ImportReport;
use worth_lake::tables::{Kind, Table};

use super::super::text_table;

/// Longer values are cut: what they are can be seen from their beginning.
const MOST_CHARACTERS: usize = 24;

/// How the files of a source are understood, with the first rows of each table as understood.
pub(super) fn preview(source: &SourceProposal, zone: &TimeZone, words: &Words) -> String {
    let mapping = &source.mapping;
    let sets = source.sets.iter().flat_map(|set| &set.files);
    let files: Vec<&str> = sets.map(|(_, file)| file.name()).collect();
    let id = match (source.known, mapping.recognised.is_empty()) {
        (true, _) => "cli-preview-known",
        (false, true) => "cli-preview",
        (false, false) => "cli-preview-recognised",
    };
    let variables = [
        ("source", mapping.name.as_str().into()),
        ("files", words.list(&files).into()),
        ("recognised", mapping.recognised.as_str().into()),
    ];
    let mut text = format!("{}\n", words.tell(id, &variables));
    for note in &source.notes {
        text.push_str(&format!("  · {}\n", words.reason(note)));
    }
    for table in &source.tables {
        text.push_str(&preview_table(table, zone, words));
    }
    text
}

/// A column of ours per line, so that wide tables fit a terminal.
fn preview_table(preview: &TablePreview, zone: &TimeZone, words: &Words) -> String {
    let table = Table::from_name(&preview.table);
    let own = table.map_or(&[][..], Table::columns);
    let kind = |name: &str| {
        own.iter()
            .find(|column| column.name == name)
            .map(|column| column.kind)
    };
    let mut places: Vec<usize> = (0..preview.columns.len()).collect();
    places.sort_by_key(|place| {
        own.iter()
            .position(|column| column.name == preview.columns[*place].0)
    });
    let lines: Vec<Vec<String>> = places
        .into_iter()
        .map(|place| {
            let (column, from) = &preview.columns[place];
            let values = preview.rows.iter().map(|row| {
                let value = row.get(place).map_or("", String::as_str);
                shorten(&readable(value, kind(column), zone, words))
            });
            [column.clone(), from.clone()]
                .into_iter()
                .chain(values)
                .collect()
        })
        .collect();
    let mut titles = vec![preview.table.clone(), words.say("cli-preview-from")];
    titles.extend((1..=preview.rows.len()).map(|row| row.to_string()));
    let mut text = text_table::render(&titles, &lines, &[]);
    for (row, reasons) in &preview.rejected {
        let reasons: Vec<String> = reasons.iter().map(|reason| words.reason(reason)).collect();
        let variables = [
            ("row", Value::from(row.to_string())),
            ("reasons", reasons.join("; ").into()),
        ];
        text.push_str(&format!(
            "  {}\n",
            words.tell("cli-preview-rejected", &variables)
        ));
    }
    text
}

/// A value as people write it: times in the business's time zone, numbers without idle zeros.
fn readable(value: &str, kind: Option<Kind>, zone: &TimeZone, words: &Words) -> String {
    match kind {
        Some(Kind::Time) => match value.parse::<Timestamp>() {
            Ok(time) => {
                let time = time.to_zoned(zone.clone());
                let day = words.date(time.date());
                let midnight = time.time() == jiff::civil::Time::midnight();
                if midnight {
                    day
                } else {
                    format!("{day} {}", time.strftime("%H:%M:%S"))
                }
            }
            Err(_) => value.to_owned(),
        },
        Some(Kind::Money | Kind::Real) => match value.parse::<f64>() {
            Ok(number) => {
                let decimals = value
                    .trim_end_matches('0')
                    .split_once('.')
                    .map_or(0, |(_, rest)| rest.len());
                words.number(number, decimals)
            }
            Err(_) => value.to_owned(),
        },
        _ => value.to_owned(),
    }
}

fn shorten(value: &str) -> String {
    if value.chars().count() <= MOST_CHARACTERS {
        return value.to_owned();
    }
    let head: String = value.chars().take(MOST_CHARACTERS - 1).collect();
    format!("{head}…")
}

/// What became of the rows.
pub(super) fn summary(report: &ImportReport, words: &Words) -> String {
    let mut rows = Vec::new();
    for source in &report.sources {
        for table in &source.tables {
            let counts = [
                table.read,
                table.accepted,
                table.replaced,
                table.skipped,
                table.rejected,
                table.anonymous,
            ];
            let names = [source.source.clone(), table.table.clone()];
            rows.push(
                names
                    .into_iter()
                    .chain(counts.map(|count| words.count(count)))
                    .collect(),
            );
        }
    }
    let titles = [
        "cli-source",
        "cli-table",
        "cli-read",
        "cli-accepted",
        "cli-replaced",
        "cli-skipped",
        "cli-rejected",
        "cli-anonymous",
    ]
    .map(|id| words.say(id));
    let mut text = text_table::render(&titles, &rows, &[2, 3, 4, 5, 6, 7]);
    for source in &report.sources {
        if let Some(people) = source.people {
            let variables = [
                ("source", source.source.as_str().into()),
                ("matched", people.matched().into()),
                ("ambiguous", people.ambiguous.into()),
                ("unmatched", people.unmatched.into()),
                ("unnamed", people.unnamed.into()),
            ];
            text.push_str(&format!("{}\n", words.tell("cli-people", &variables)));
        }
        for note in &source.notes {
            text.push_str(&format!("{}: {}\n", source.source, words.reason(note)));
        }
    }
    for later in &report.found_later {
        let variables = [
            ("source", later.source.as_str().into()),
            ("people", later.people.into()),
        ];
        text.push_str(&format!("{}\n", words.tell("cli-people-later", &variables)));
    }
    text.push_str(&ending(report, words));
    text
}

fn ending(report: &ImportReport, words: &Words) -> String {
    if report.dry_run {
        return format!("{}\n", words.say("cli-import-dry"));
    }
    let snapshot = report.snapshot.to_string();
    let mut text = format!(
        "{}\n",
        words.tell("cli-import-done", &[("snapshot", snapshot.into())])
    );
    let tables = report.sources.iter().flat_map(|source| &source.tables);
    let rejected: u64 = tables.map(|table| table.rejected).sum();
    if rejected > 0 {
        let variables = [("rows", rejected.into())];
        text.push_str(&format!(
            "{}\n",
            words.tell("cli-import-rejects", &variables)
        ));
    }
    text
}
