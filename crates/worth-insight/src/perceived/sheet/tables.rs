//! The tables of the sheet.

use worth_model::Estimate;
use worth_model::perceived::Measured;

use super::{RATIO, brand_name};
use crate::answers::{Kind, dimension_label as label, respondents_cell};
use crate::perceived::answer::{Coverage, Part, Parts, PerceivedValue};
use crate::sheet::{Cell, Table, TableColumn};
use crate::words::{Unit, Words};

/// Brands, with the average competitor when there is one.
pub(super) fn brands(answer: &PerceivedValue, words: &Words) -> Table {
    let mut rows: Vec<Vec<Cell>> = answer
        .brands
        .iter()
        .map(|brand| {
            let mut row = vec![
                Cell::text(brand_name(brand, words)),
                respondents_cell(brand.respondents, brand.effective, words),
            ];
            row.extend(measured(&brand.measured, words));
            row
        })
        .collect();
    // of one competitor the average is that one
    if let Some(average) = answer.competitors.filter(|_| answer.brands.len() > 2) {
        let mut row = vec![Cell::text(words.say("perceived-average")), Cell::Empty];
        row.extend(measured(&average, words));
        rows.push(row);
    }
    let mut columns = vec![
        TableColumn::text(words.say("perceived-brand")),
        TableColumn::number(words.say("perceived-respondents")),
    ];
    columns.extend(measured_columns(words));
    Table {
        title: words.say("perceived-brands-table"),
        reading: words.say("perceived-brands-table-reading"),
        columns,
        rows,
    }
}

/// Dimensions of value with their importance, and the gap to the competitors.
pub(super) fn dimensions(answer: &PerceivedValue, words: &Words) -> Table {
    let is_compared = answer.coverage == Coverage::Compared;
    let mut columns = vec![
        TableColumn::text(words.say("perceived-dimension")),
        TableColumn::text(words.say("perceived-kind")),
        TableColumn::number(words.say("perceived-weight")),
        TableColumn::number(words.say("perceived-respondents")),
        TableColumn::number(words.say("perceived-column-own")),
    ];
    if is_compared {
        columns.extend([
            TableColumn::number(words.say("perceived-column-competitors")),
            TableColumn::number(words.say("perceived-column-gap")),
            TableColumn::number(words.say("perceived-column-contribution")),
        ]);
    }
    let share = Unit::Share { decimals: 0 };
    let rows = answer
        .dimensions
        .iter()
        .map(|dimension| {
            let own = dimension
                .brands
                .iter()
                .find(|score| score.brand == answer.own_brand.name);
            let mut row = vec![
                Cell::text(label(&dimension.name, words)),
                Cell::text(words.say(match dimension.name.kind {
                    Kind::Benefit => "perceived-kind-benefit",
                    Kind::Cost => "perceived-kind-cost",
                })),
                Cell::number(dimension.weight.value, &share, words),
                own.map_or(Cell::Empty, |score| {
                    respondents_cell(score.respondents, score.effective, words)
                }),
                estimate(own.map(|score| score.mean), &RATIO, words),
            ];
            if is_compared {
                row.push(estimate(dimension.competitors, &RATIO, words));
                row.push(signed(dimension.gap, words));
                row.push(signed(dimension.contribution, words));
            }
            row
        })
        .collect();
    Table {
        title: words.say("perceived-dimensions-table"),
        reading: words.say(if is_compared {
            "perceived-dimensions-table-reading"
        } else {
            "perceived-dimensions-table-own-reading"
        }),
        columns,
        rows,
    }
}

/// The own brand in parts, told apart by one thing: what was found, and pooled where that can be done.
pub(super) fn parts(parts: &Parts, words: &Words) -> Table {
    let is_compared = parts
        .parts
        .iter()
        .any(|part| part.against_competitors.is_some());
    let what = parts.by.told_apart(words);
    let mut columns = vec![
        TableColumn::text(what.as_str()),
        TableColumn::number(words.say("perceived-respondents")),
    ];
    columns.extend(measured_columns(words));
    if parts.between.is_some() {
        columns.push(TableColumn::number(words.say("perceived-column-pooled")));
    }
    if is_compared {
        columns.push(TableColumn::number(words.say("perceived-column-against")));
    }
    let row = |part: &Part| {
        let name = parts.by.told(&part.name, words);
        let name = if part.small {
            words.tell("perceived-part-small", &[("name", name.into())])
        } else {
            name
        };
        let plain = |estimate: Option<Estimate>| {
            estimate.map_or(Cell::Empty, |estimate| {
                Cell::number(estimate.value, &RATIO, words)
            })
        };
        let mut row = vec![
            Cell::text(name),
            respondents_cell(part.respondents, part.effective, words),
            plain(part.measured.benefits),
            plain(part.measured.costs),
            plain(part.measured.ratio),
            signed(part.measured.difference, words),
        ];
        if parts.between.is_some() {
            let pooled = part.pooled.and_then(|pooled| pooled.difference);
            row.push(signed(pooled.map(|pooled| pooled.mean), words));
        }
        if is_compared {
            let against = part.against_competitors;
            row.push(signed(
                against.and_then(|against| against.difference),
                words,
            ));
        }
        row
    };
    Table {
        title: words.tell("perceived-parts-table", &[("what", what.as_str().into())]),
        reading: parts_reading(parts, words),
        columns,
        rows: parts.parts.iter().map(row).collect(),
    }
}

/// How far parts differ beyond chance, and who is not in the table.
fn parts_reading(parts: &Parts, words: &Words) -> String {
    let mut reading = vec![match parts.between {
        Some(between) if between > 0.0 => {
            let points = words.in_unit(between, &Unit::Points);
            words.tell("perceived-parts-between", &[("points", points.into())])
        }
        Some(_) => words.say("perceived-parts-alike"),
        None => words.say("perceived-parts-not-pooled"),
    }];
    for (count, id) in [
        (parts.not_shown, "perceived-parts-not-shown"),
        (parts.unknown, "perceived-parts-unknown"),
    ] {
        if count > 0 {
            reading.push(words.tell(id, &[("count", count.into())]));
        }
    }
    reading.join(" ")
}

/// Questions about the whole.
pub(super) fn also_asked(answer: &PerceivedValue, words: &Words) -> Table {
    Table {
        title: words.say("perceived-also"),
        reading: words.say("perceived-also-reading"),
        columns: vec![
            TableColumn::text(words.say("perceived-also-measure")),
            TableColumn::text(words.say("perceived-brand")),
            TableColumn::number(words.say("perceived-respondents")),
            TableColumn::number(words.say("perceived-score")),
            TableColumn::number(words.say("perceived-also-two-best")),
            TableColumn::number(words.say("perceived-also-against")),
        ],
        rows: answer
            .also_asked
            .iter()
            .map(|asked| {
                vec![
                    Cell::text(words.say(&format!("perceived-measure-{}", asked.measure))),
                    Cell::text(&asked.brand),
                    respondents_cell(asked.respondents, asked.effective, words),
                    Cell::estimate(&asked.mean, &RATIO, words),
                    Cell::estimate(&asked.two_best, &Unit::Share { decimals: 0 }, words),
                    estimate(asked.against_others, &RATIO, words),
                ]
            })
            .collect(),
    }
}

fn measured_columns(words: &Words) -> [TableColumn; 4] {
    [
        TableColumn::number(words.say("perceived-column-benefits")),
        TableColumn::number(words.say("perceived-column-costs")),
        TableColumn::number(words.say("perceived-column-ratio")),
        TableColumn::number(words.say("perceived-column-difference")),
    ]
}

fn measured(measured: &Measured, words: &Words) -> [Cell; 4] {
    [
        estimate(measured.benefits, &RATIO, words),
        estimate(measured.costs, &RATIO, words),
        estimate(measured.ratio, &RATIO, words),
        signed(measured.difference, words),
    ]
}

fn estimate(estimate: Option<Estimate>, unit: &Unit, words: &Words) -> Cell {
    estimate.map_or(Cell::Empty, |estimate| {
        Cell::estimate(&estimate, unit, words)
    })
}

/// A difference with its sign; the column says that it is in points.
fn signed(estimate: Option<Estimate>, words: &Words) -> Cell {
    let Some(estimate) = estimate else {
        return Cell::Empty;
    };
    let write = |value| words.signed(value, 2);
    let shown = match estimate.ends() {
        Some((low, high)) => words.tell(
            "words-estimate",
            &[
                ("value", write(estimate.value).into()),
                ("low", write(low).into()),
                ("high", write(high).into()),
            ],
        ),
        None => write(estimate.value),
    };
    Cell::Number {
        value: estimate.value,
        shown,
    }
}
