//! The mapping that reads the answers of a form back, as Google Forms writes them: a column for
//! each question, and for each row of a grid (`Question [Row]`).

use std::collections::BTreeMap;

use worth_insight::words::Language;
use worth_lake::import::mapping::{ColumnRule, FileSpec, Item, Mapping, Rule, TableMapping};
use worth_lake::import::value::TimeLayout;
use worth_lake::tables::Table;

use super::{Brands, Form, Kind, Question, Scale, Target};

/// What the mapping calls its source and its kind of file.
const NAME: &str = "survey";

/// The mapping of a form's answers.
pub(crate) fn mapping(form: &Form, brands: &Brands) -> Mapping {
    let (answered_at, dates) = match form.language {
        Language::English => ("Timestamp", TimeLayout::Mdy),
        Language::Vietnamese => ("Dấu thời gian", TimeLayout::Dmy),
    };
    let mut columns = BTreeMap::from([
        (
            "answered_at".to_owned(),
            ColumnRule(Rule {
                column: Some(answered_at.to_owned()),
                dates: Some(dates),
                ..Rule::default()
            }),
        ),
        ("survey".to_owned(), ColumnRule::value(NAME)),
    ]);
    let own = brands.is_named.then_some(&brands.own);
    let mut items = Vec::new();
    for question in &form.questions {
        match &question.target {
            Target::Column { column, words } => {
                let rule = Rule {
                    column: Some(question.title.clone()),
                    words: words.iter().cloned().collect(),
                    ..Rule::default()
                };
                columns.insert(column.clone(), ColumnRule(rule));
            }
            Target::Measure(measure) => items.extend(items_of(question, measure, brands, own)),
        }
    }
    let asked: Vec<String> = items.iter().map(|item| item.column.clone()).collect();
    let mut hash = vec![answered_at.to_owned()];
    let customer = columns.get("customer_id");
    hash.extend(customer.and_then(|rule| rule.0.column.clone()));
    hash.extend(asked.iter().cloned());
    columns.insert(
        "response_id".to_owned(),
        ColumnRule(Rule {
            hash,
            ..Rule::default()
        }),
    );
    Mapping {
        name: NAME.to_owned(),
        recognised: "worth survey".to_owned(),
        files: vec![FileSpec {
            name: NAME.to_owned(),
            columns: std::iter::once(answered_at.to_owned())
                .chain(asked)
                .collect(),
            ..FileSpec::default()
        }],
        tables: vec![TableMapping {
            table: Table::SurveyAnswers.name().to_owned(),
            from: NAME.to_owned(),
            columns,
            items,
            ..TableMapping::default()
        }],
    }
}

/// The items of a question: one, or one for each row of its grid.
fn items_of(
    question: &Question,
    measure: &str,
    brands: &Brands,
    own: Option<&String>,
) -> Vec<Item> {
    // a question that names no brand is about the own one
    let named = own.filter(|_| question.names_own);
    let about = question.competitor.as_ref().or(named).cloned();
    let item = |column: String, asks: &str, measure: &str, scale: Option<&Scale>| Item {
        column,
        question: asks.to_owned(),
        measure: measure.to_owned(),
        brand: about.clone(),
        scale: scale.map(|scale| [f64::from(scale.least), f64::from(scale.most)]),
        ..Item::default()
    };
    let (title, asks) = (question.title.as_str(), question.asks.as_str());
    match &question.kind {
        Kind::Scale(scale) => vec![item(title.to_owned(), asks, measure, Some(scale))],
        Kind::Grid(scale, rows) => rows
            .iter()
            .map(|row| {
                let column = format!("{title} [{}]", row.text);
                match &row.dimension {
                    Some((_, name)) if !measure.is_empty() => Item {
                        dimension: Some(name.clone()),
                        brand: None,
                        ..item(
                            column,
                            &format!("{asks} – {}", row.text),
                            measure,
                            Some(scale),
                        )
                    },
                    Some((of_row, name)) => Item {
                        dimension: Some(name.clone()),
                        ..item(column, &row.text, of_row, Some(scale))
                    },
                    None => {
                        let is_own = row.text == brands.own;
                        let brand = if is_own {
                            own.cloned()
                        } else {
                            Some(row.text.clone())
                        };
                        Item {
                            brand,
                            ..item(column, asks, measure, Some(scale))
                        }
                    }
                }
            })
            .collect(),
        Kind::Line | Kind::Paragraph | Kind::Choice(_) => {
            vec![item(title.to_owned(), asks, measure, None)]
        }
    }
}
