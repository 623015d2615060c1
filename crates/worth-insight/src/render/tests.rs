//! What the sample looks like in every form and language, and that no text gets out of its place.

use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::sample;
use super::terminal::Look;
use super::{html, markdown, terminal};
use crate::sheet::{Block, Cell, Figure, Note, NoteKind, Sheet, Table, TableColumn, Tone};
use crate::words::{Language, Words};

fn in_both_languages(render: impl Fn(&Words) -> String, name: &str) {
    for language in Language::ALL {
        let words = Words::new(language);
        insta::assert_snapshot!(format!("{name}-{language}"), render(&words));
    }
}

#[test]
fn sample_in_the_terminal() {
    in_both_languages(
        |words| {
            terminal::render(
                &sample::sheet(words),
                Some(&sample::provenance()),
                words,
                Look::default(),
            )
        },
        "terminal",
    );
}

#[test]
fn sample_in_markdown() {
    in_both_languages(
        |words| markdown::render(&sample::sheet(words), Some(&sample::provenance()), words),
        "markdown",
    );
}

#[test]
fn sample_in_html() {
    in_both_languages(
        |words| {
            let markup = html::sheet(
                &sample::sheet(words),
                Some(&sample::provenance()),
                "sample",
                words,
            );
            // One tag a line, so that a difference can be read.
            markup.into_string().replace("><", ">\n<")
        },
        "html",
    );
}

#[test]
fn a_narrow_terminal_is_not_overrun() {
    let words = Words::new(Language::Vietnamese);
    let look = Look {
        width: 60,
        colour: false,
    };
    let text = terminal::render(
        &sample::sheet(&words),
        Some(&sample::provenance()),
        &words,
        look,
    );
    for line in text.lines() {
        assert!(line.width() <= 60, "{}: {line}", line.width());
    }
}

#[test]
fn colours_come_only_when_asked() {
    let words = Words::new(Language::English);
    let sheet = sample::sheet(&words);
    let plain = terminal::render(
        &sheet,
        None,
        &words,
        Look {
            width: 80,
            colour: false,
        },
    );
    let coloured = terminal::render(
        &sheet,
        None,
        &words,
        Look {
            width: 80,
            colour: true,
        },
    );
    assert!(!plain.contains('\u{1b}'));
    assert!(coloured.contains("\u{1b}[1;32m"));
}

/// A sheet in which every place for text holds `text`.
fn sheet_of(text: &str) -> Sheet {
    let mut sheet = Sheet::new(text);
    sheet.section(text, text);
    sheet.push(Block::Figures(vec![Figure {
        label: text.into(),
        value: text.into(),
        interval: text.into(),
        reading: text.into(),
        tone: Tone::Plain,
        further: Some(text.into()),
    }]));
    sheet.push(Block::Table(Table {
        title: text.into(),
        reading: text.into(),
        columns: vec![TableColumn::text(text), TableColumn::number(text)],
        rows: vec![vec![
            Cell::text(text),
            Cell::Number {
                value: 1.0,
                shown: text.into(),
            },
        ]],
    }));
    let words = Words::new(Language::English);
    for block in sample::sheet(&words).blocks {
        if let Block::HeatMap(mut map) = block {
            for place in [&mut map.title, &mut map.reading, &mut map.x, &mut map.y] {
                *place = text.into();
            }
            for name in map.rows.iter_mut().chain(&mut map.columns) {
                *name = text.into();
            }
            sheet.push(Block::HeatMap(map));
        } else if let Block::Map(mut map) = block {
            for place in [&mut map.title, &mut map.reading, &mut map.x.title] {
                *place = text.into();
            }
            for place in &mut map.places {
                place.name = text.into();
            }
            sheet.push(Block::Map(map));
        } else if let Block::Chart(mut chart) = block {
            chart.title = text.into();
            chart.x.title = text.into();
            for series in &mut chart.series {
                series.name = text.into();
                for point in &mut series.points {
                    point.label = Some(text.into());
                }
            }
            for mark in &mut chart.marks {
                mark.label = text.into();
            }
            sheet.push(Block::Chart(chart));
        }
    }
    sheet.push(Block::Note(Note {
        kind: NoteKind::Missing,
        text: text.into(),
    }));
    sheet
}

fn texts() -> impl Strategy<Value = String> {
    let nasty = prop_oneof![
        Just("<script>alert(1)</script>".to_owned()),
        Just("</script><img src=x onerror=alert(1)>".to_owned()),
        Just("\" onmouseover=\"alert(1)".to_owned()),
        Just("<!-- --> ]]> &lt;b&gt;".to_owned()),
        Just("a|b\n# c [x](javascript:alert(1)) `d`".to_owned()),
        Just("\u{1b}]0;title\u{7}".to_owned()),
    ];
    prop_oneof![nasty, any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_text_becomes_markup(text in texts()) {
        let words = Words::new(Language::English);
        // Empty texts leave out their elements; this is about the others.
        let text = format!("x{text}");
        let same = html::sheet(&sheet_of("x"), None, "name", &words).into_string();
        let page = html::sheet(&sheet_of(&text), None, "name", &words).into_string();
        // As many tags as with a harmless text: the text made none and ended none.
        prop_assert_eq!(page.matches('<').count(), same.matches('<').count());
        prop_assert!(!page.contains("<img") && !page.contains("onmouseover=\"alert"));
        for figure in page.split("<script type=\"application/json\"").skip(1) {
            let json = figure.split_once('>').expect("the tag ends").1;
            let json = json.split_once("</script>").expect("the element ends").0;
            prop_assert!(serde_json::from_str::<serde_json::Value>(json).is_ok());
        }
    }

    #[test]
    fn no_text_drives_the_terminal_or_leaves_its_width(text in texts(), width in 40_usize..120) {
        let words = Words::new(Language::Vietnamese);
        let shown = terminal::render(&sheet_of(&text), None, &words, Look { width, colour: false });
        prop_assert!(!shown.contains(|sign: char| sign.is_control() && sign != '\n'));
    }

    #[test]
    fn tables_in_markdown_keep_their_columns(text in texts()) {
        let words = Words::new(Language::English);
        let shown = markdown::render(&sheet_of(&text), None, &words);
        for line in shown.lines().filter(|line| line.starts_with("| ")) {
            let bars = line.replace("\\\\", "").replace("\\|", "").matches('|').count();
            prop_assert!((3..=5).contains(&bars), "{}", line);
        }
    }
}
