//! The questionnaire comes back as it was asked, with its mapping and without.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;
use worth_insight::words::Language;
use worth_lake::import::mapping::{Item, Mapping};
use worth_lake::import::propose::{Answers, propose};
use worth_lake::progress::Silent;
use worth_lake::workspace::{Business, Workspace};

use super::{Brands, Form, Kind, Length, Target, mapping};

#[derive(Serialize)]
struct Value {
    brand: String,
    competitors: Vec<String>,
}

fn brands() -> Brands {
    Brands {
        own: "Cà phê Lá".to_owned(),
        is_named: true,
        competitors: vec!["Highlands".to_owned(), "Phúc Long".to_owned()],
    }
}

/// The answers of a few respondents as Google Forms exports them.
fn answers(form: &Form) -> String {
    let vietnamese = form.language == Language::Vietnamese;
    let mut header = vec![
        if vietnamese {
            "Dấu thời gian"
        } else {
            "Timestamp"
        }
        .to_owned(),
    ];
    let times = if vietnamese {
        [
            "25/10/2025 14:30:00",
            "26/10/2025 08:00:00",
            "27/10/2025 09:15:00",
        ]
    } else {
        [
            "10/25/2025 14:30:00",
            "10/26/2025 8:00:00",
            "10/27/2025 9:15:00",
        ]
    };
    let mut rows: Vec<Vec<String>> = times.iter().map(|time| vec![(*time).to_owned()]).collect();
    let mut put = |name: String, values: [String; 3]| {
        header.push(name);
        rows.iter_mut()
            .zip(values)
            .for_each(|(row, value)| row.push(value));
    };
    for question in &form.questions {
        let title = &question.title;
        match &question.kind {
            Kind::Line if title.contains('?') && matches!(question.target, Target::Measure(_)) => {
                put(
                    title.clone(),
                    ["20000", "45000", "60000"].map(str::to_owned),
                );
            }
            Kind::Line => put(title.clone(), ["C1", "C2", "C3"].map(str::to_owned)),
            Kind::Paragraph => put(
                title.clone(),
                ["Fine, \"really\"", "", "…"].map(str::to_owned),
            ),
            Kind::Choice(choices) => {
                let choice = |number: usize| choices[number % choices.len()].clone();
                put(title.clone(), [0, 1, 2].map(choice));
            }
            Kind::Scale(scale) => put(
                title.clone(),
                [scale.most, scale.least, 4].map(|n| n.to_string()),
            ),
            Kind::Grid(_, grid) => {
                for row in grid {
                    put(
                        format!("{title} [{}]", row.text),
                        [3, 5, 4].map(|n: u8| n.to_string()),
                    );
                }
            }
        }
    }
    let quoted = |row: &Vec<String>| {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
            .collect();
        cells.join(",")
    };
    let lines: Vec<String> = std::iter::once(&header).chain(&rows).map(quoted).collect();
    format!("{}\n", lines.join("\n"))
}

async fn workspace(folder: &Path) -> Workspace {
    let business = Business {
        name: "Lá".to_owned(),
        ..Business::default()
    };
    let mut workspace = Workspace::create(&folder.join("shop"), business)
        .await
        .expect("created");
    let Brands {
        own, competitors, ..
    } = brands();
    let value = Value {
        brand: own,
        competitors,
    };
    workspace.set_section("value", &value).expect("set");
    workspace
}

/// What is known of each column: measure, dimension, brand, scale.
fn understood(mapping: &Mapping) -> BTreeMap<String, String> {
    let said = |item: &Item| {
        format!(
            "{}: {} {:?} {:?} {:?}",
            item.question, item.measure, item.dimension, item.brand, item.scale
        )
    };
    let table = &mapping.tables[0];
    let items = table
        .items
        .iter()
        .map(|item| (item.column.clone(), said(item)));
    let columns = table.columns.iter().filter_map(|(target, rule)| {
        let column = rule.0.column.clone()?;
        Some((column, target.clone()))
    });
    items.chain(columns).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_understood_without_its_mapping_as_with_it() {
    for language in [Language::English, Language::Vietnamese] {
        for length in [Length::Short, Length::Full] {
            let folder = tempfile::tempdir().expect("a folder");
            let mut workspace = workspace(folder.path()).await;
            let form = Form::new(language, length, &brands());
            let file: PathBuf = folder.path().join("survey.csv");
            std::fs::write(&file, answers(&form)).expect("written");
            let written = mapping(&form, &brands());
            let files = [file];
            let proposed = propose(&workspace, &files, &Answers::new(), &Silent)
                .await
                .expect("understood without its mapping");
            assert!(proposed.is_complete(), "{:?}", proposed.open_questions);
            assert_eq!(
                understood(&proposed.sources[0].mapping),
                understood(&written),
                "{language:?} {length:?}"
            );
            workspace.set_mapping(written.clone()).expect("kept");
            let known = propose(&workspace, &files, &Answers::new(), &Silent)
                .await
                .expect("known by its mapping");
            assert!(known.sources[0].known);
            let preview = &known.sources[0].tables[0];
            assert!(
                preview.rejected.is_empty() && preview.rows.len() == 5,
                "{preview:?}"
            );
        }
    }
}

#[test]
fn the_short_form_has_fifteen_questions() {
    for language in [Language::English, Language::Vietnamese] {
        assert_eq!(
            Form::new(language, Length::Short, &brands())
                .questions
                .len(),
            15
        );
    }
}

#[test]
fn every_dimension_and_measure_is_asked_for() {
    let form = Form::new(Language::English, Length::Full, &brands());
    let written = mapping(&form, &brands());
    let asked: Vec<String> = written.tables[0]
        .items
        .iter()
        .map(|item| {
            format!(
                "{} {}",
                item.measure,
                item.dimension.as_deref().unwrap_or_default()
            )
        })
        .collect();
    let wanted = [
        "benefit trust",
        "cost attention",
        "importance price",
        "worth ",
        "recommend ",
        "repurchase ",
        "effort ",
        "need ",
        "fit ",
        "share ",
        "alternative ",
        "roles ",
        "satisfaction ",
    ];
    for wanted in wanted {
        assert!(asked.iter().any(|asked| asked == wanted), "{wanted}");
    }
}
