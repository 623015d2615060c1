//! From a sheet to what a person sees. What to show is settled in [`crate::sheet`]; here is how.

pub mod html;
pub mod markdown;
pub mod terminal;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

use crate::question::{Provenance, Source};
use crate::sheet::{
    Advice, Cell, Chart, ChartKind, Coordinate, Flow, FlowForm, FlowPlace, FlowWay, HeatMap, Map,
    NoteKind, On, Place, Point, Series, Table, TableColumn, Wanted,
};
use crate::words::{Unit, Words};

/// What a remark begins with: "How to read it", "Left out", …
fn note_title(kind: NoteKind, words: &Words) -> String {
    match kind {
        NoteKind::Reading => words.say("render-note-reading"),
        NoteKind::LeftOut => words.say("render-note-left-out"),
        NoteKind::Uncertain => words.say("render-note-uncertain"),
        NoteKind::Missing => words.say("render-note-missing"),
    }
}

/// The parts of an advice under its act, each with its heading. Empty ones are left away.
fn advice_parts<'a>(advice: &'a Advice, words: &Words) -> Vec<(String, &'a str)> {
    let parts = [
        (words.say("render-advice-whom"), advice.whom.as_str()),
        (
            words.say("render-advice-evidence"),
            advice.evidence.as_str(),
        ),
        (words.say("render-advice-money"), advice.money.as_str()),
        (words.say("render-advice-rule"), advice.rule.as_str()),
    ];
    parts
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

/// The parts of a wanted datum under its name.
fn wanted_parts<'a>(wanted: &'a Wanted, words: &Words) -> Vec<(String, &'a str)> {
    vec![
        (words.say("render-wanted-why"), wanted.why.as_str()),
        (words.say("render-wanted-how"), wanted.how.as_str()),
    ]
}

/// Where an answer came from, as sentences.
fn provenance_lines(provenance: &Provenance, words: &Words) -> Vec<String> {
    let mut lines = vec![words.tell(
        "render-from-rows",
        &[
            ("used", provenance.rows_used.into()),
            ("left", provenance.rows_left_out.into()),
        ],
    )];
    lines.extend(
        provenance
            .left_out
            .iter()
            .filter(|left_out| left_out.rows > 0)
            .map(|left_out| words.left_out(left_out)),
    );
    let period = match (provenance.from, provenance.until) {
        (Some(from), Some(until)) => Some(words.tell(
            "render-from-until",
            &[
                ("from", words.date(from).into()),
                ("until", words.date(until).into()),
            ],
        )),
        (None, Some(until)) => {
            Some(words.tell("render-until", &[("until", words.date(until).into())]))
        }
        (Some(from), None) => Some(words.tell("render-from", &[("from", words.date(from).into())])),
        (None, None) => None,
    };
    lines.extend(period);
    let variables = [
        ("currency", provenance.currency.as_str().into()),
        // Names of things, not amounts: they are not grouped.
        ("seed", provenance.seed.to_string().into()),
        ("version", provenance.version.as_str().into()),
    ];
    lines.extend(match &provenance.source {
        Source::Lake {
            snapshot,
            time_zone,
        } => {
            let mut of_lake = variables.to_vec();
            of_lake.push(("zone", time_zone.as_str().into()));
            of_lake.push(("snapshot", snapshot.to_string().into()));
            vec![words.tell("render-made-with", &of_lake)]
        }
        Source::File { file, .. } => vec![
            words.tell("render-from-file", &[("file", file.as_str().into())]),
            words.tell("render-made-without-lake", &variables),
        ],
        Source::Rows {} => vec![words.tell("render-made-without-lake", &variables)],
    });
    lines
}

/// A place on the horizontal axis, in words.
fn coordinate(place: &Coordinate, unit: &Unit, words: &Words) -> String {
    match place {
        Coordinate::Number(value) => words.in_unit(*value, unit),
        Coordinate::Label(label) => label.clone(),
        Coordinate::Day(day) if day.day() == 1 => words.month(*day),
        Coordinate::Day(day) => words.date(*day),
    }
}

/// The lines of a chart to compare with, in one sentence; nothing when it has none.
fn marks_in_words(chart: &Chart, words: &Words) -> Option<String> {
    if chart.marks.is_empty() {
        return None;
    }
    let marks: Vec<String> = chart
        .marks
        .iter()
        .map(|mark| {
            let unit = match mark.on {
                On::X => &chart.x.unit,
                On::Y => &chart.y.unit,
            };
            format!("{} {}", mark.label, words.in_unit(mark.at, unit))
        })
        .collect();
    Some(words.tell("render-marks", &[("marks", marks.join("; ").into())]))
}

/// The numbers of a chart as a table: for those who cannot see the picture, and for the formats
/// that have none.
fn chart_table(chart: &Chart, words: &Words) -> Table {
    let has_names = chart.series.len() > 1;
    let has_labels = chart.kind == ChartKind::Scatter;
    let mut columns = Vec::new();
    if has_names {
        columns.push(TableColumn::text(words.say("render-series")));
    }
    if has_labels {
        columns.push(TableColumn::text(words.say("render-label")));
    }
    columns.push(match chart.kind {
        ChartKind::Scatter => TableColumn::number(chart.x.title.clone()),
        ChartKind::Bars | ChartKind::Lines => TableColumn::text(chart.x.title.clone()),
    });
    columns.push(TableColumn::number(chart.y.title.clone()));
    let rows = chart
        .series
        .iter()
        .flat_map(|series| series.points.iter().map(move |point| (series, point)))
        .map(|(series, point)| chart_row(chart, series, point, has_names, words))
        .collect();
    Table {
        title: String::new(),
        reading: String::new(),
        columns,
        rows,
    }
}

/// A heat map as the table that it is.
fn heat_map_table(map: &HeatMap, words: &Words) -> Table {
    let cell = |value: &Option<f64>| match value {
        Some(value) => Cell::number(*value, &map.unit, words),
        None => Cell::Empty,
    };
    let corner = words.tell(
        "render-corner",
        &[
            ("rows", map.y.as_str().into()),
            ("columns", map.x.as_str().into()),
        ],
    );
    let columns = map.columns.iter().map(TableColumn::number);
    let row = |(name, values): (&String, &Vec<Option<f64>>)| {
        let name = Cell::text(name.as_str());
        std::iter::once(name)
            .chain(values.iter().map(cell))
            .collect()
    };
    Table {
        title: String::new(),
        reading: String::new(),
        columns: std::iter::once(TableColumn::text(corner))
            .chain(columns)
            .collect(),
        rows: map.rows.iter().zip(&map.values).map(row).collect(),
    }
}

/// A map as the table that it is.
fn map_table(map: &Map, words: &Words) -> Table {
    let row = |place: &Place| {
        vec![
            Cell::text(place.name.as_str()),
            Cell::estimate(&place.x, &map.x.unit, words),
            Cell::estimate(&place.y, &map.y.unit, words),
        ]
    };
    Table {
        title: String::new(),
        reading: String::new(),
        columns: vec![
            TableColumn::text(""),
            TableColumn::number(map.x.title.as_str()),
            TableColumn::number(map.y.title.as_str()),
        ],
        rows: map.places.iter().map(row).collect(),
    }
}

/// A flow as the table that it is: place by place what goes on from there, the most first.
fn flow_table(flow: &Flow, words: &Words) -> Table {
    let row = |way: &FlowWay| {
        let name = |place: usize| Cell::text(place_told(flow, &flow.places[place]));
        let mut row = vec![
            name(way.from),
            name(way.to),
            Cell::number(way.amount, &flow.unit, words),
        ];
        if has_more(flow) {
            row.push(Cell::text(way.about.as_str()));
        }
        row
    };
    let mut columns = vec![
        TableColumn::text(words.say("render-from-place")),
        TableColumn::text(words.say("render-to-place")),
        TableColumn::number(flow.amount.as_str()),
    ];
    if has_more(flow) {
        columns.push(TableColumn::text(""));
    }
    let from_each = ways_of_places(flow).flat_map(|(_, ways)| ways);
    Table {
        title: String::new(),
        reading: String::new(),
        columns,
        rows: from_each.map(row).collect(),
    }
}

/// What a place is called: with the number of its column, where there are columns.
fn place_told(flow: &Flow, place: &FlowPlace) -> String {
    match flow.form {
        FlowForm::Bands => format!("{}. {}", place.column, place.name),
        FlowForm::Arrows => place.name.clone(),
    }
}

fn has_more(flow: &Flow) -> bool {
    flow.ways.iter().any(|way| !way.about.is_empty())
}

/// Places that something goes on from, each with its ways, the most first.
fn ways_of_places(flow: &Flow) -> impl Iterator<Item = (&FlowPlace, Vec<&FlowWay>)> {
    flow.places
        .iter()
        .enumerate()
        .filter_map(|(number, place)| {
            let ways = flow.ways.iter().filter(|way| way.from == number);
            let mut ways: Vec<&FlowWay> = ways.collect();
            ways.sort_by(|one, other| other.amount.total_cmp(&one.amount));
            (!ways.is_empty()).then_some((place, ways))
        })
}

fn chart_row(
    chart: &Chart,
    series: &Series,
    point: &Point,
    has_names: bool,
    words: &Words,
) -> Vec<Cell> {
    let mut row = Vec::new();
    if has_names {
        row.push(Cell::text(series.name.as_str()));
    }
    if chart.kind == ChartKind::Scatter {
        row.push(point.label.as_deref().map_or(Cell::Empty, Cell::text));
    }
    row.push(match &point.x {
        Coordinate::Number(value) => Cell::Number {
            value: *value,
            shown: words.with_ends(*value, point.x_interval, &chart.x.unit),
        },
        place => Cell::text(coordinate(place, &chart.x.unit, words)),
    });
    row.push(Cell::Number {
        value: point.y,
        shown: words.with_ends(point.y, point.y_interval, &chart.y.unit),
    });
    row
}
