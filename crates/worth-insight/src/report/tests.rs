//! The report of the hand-made sample, and the rules of its first page.

use jiff::civil::date;

use super::page_one::chosen_advice;
use super::*;
use crate::render::sample;
use crate::sheet::{Advice, Block};
use crate::words::Language;

fn report(words: &Words) -> Report {
    Report {
        business: "Phố Xanh <b>".into(),
        made_on: date(2025, 11, 1),
        until: date(2025, 10, 25),
        chapters: vec![
            Chapter {
                name: "perceived".into(),
                on_page_one: true,
                content: Content::Answer {
                    sheet: sample::sheet(words),
                    provenance: Box::new(sample::provenance()),
                },
            },
            Chapter {
                name: "lifetime".into(),
                on_page_one: true,
                content: Content::Missing {
                    asks: "What are our customers worth?".into(),
                    why: "no orders".into(),
                },
            },
        ],
    }
}

fn worth_at_least(act: &str, at_least: Option<f64>) -> Advice {
    Advice {
        act: act.into(),
        whom: String::new(),
        evidence: String::new(),
        money: String::new(),
        at_least,
        rule: String::new(),
    }
}

#[test]
fn page_one_has_at_most_three_acts_and_none_that_may_bring_nothing() {
    let words = Words::new(Language::English);
    let mut report = report(&words);
    let mut sheet = Sheet::new("acts");
    sheet.push(Block::Advice(vec![
        worth_at_least("unknown", None),
        worth_at_least("small", Some(10.0)),
        worth_at_least("maybe nothing", Some(0.0)),
        worth_at_least("a loss", Some(-5.0)),
        worth_at_least("large", Some(1_000.0)),
        worth_at_least("middle", Some(100.0)),
        worth_at_least("large", Some(1_000.0)),
    ]));
    report.chapters = vec![Chapter {
        name: "acts".into(),
        on_page_one: true,
        content: Content::Answer {
            sheet,
            provenance: Box::new(sample::provenance()),
        },
    }];
    let acts: Vec<String> = chosen_advice(&report)
        .into_iter()
        .map(|advice| advice.act)
        .collect();
    assert_eq!(acts, ["large", "middle", "small"]);
}

#[test]
fn what_cannot_wait_stands_on_page_one_wherever_its_chapter_is() {
    let words = Words::new(Language::English);
    let mut report = report(&words);
    let page = report.html(&words);
    assert!(!page.contains("class=\"urgent\""));
    let mut sheet = Sheet::new("purchases");
    sheet.urgent = Some("Purchases are missing in <b>Đà Nẵng</b>.".into());
    report.chapters.push(Chapter {
        name: "alerts".into(),
        on_page_one: false,
        content: Content::Answer {
            sheet,
            provenance: Box::new(sample::provenance()),
        },
    });
    let page = report.html(&words);
    let (page_one, _) = page.split_once("id=\"perceived\"").expect("a chapter");
    assert!(page_one.contains("Purchases are missing in &lt;b&gt;Đà Nẵng"));
    assert!(page_one.contains("class=\"urgent\"") && page_one.contains("href=\"#alerts\""));
}

#[test]
fn a_question_beyond_page_one_begins_its_own_chapter_with_its_short_answer() {
    let words = Words::new(Language::English);
    let says = "Yes: customers get more from you";
    let before_chapters = |report: &Report| {
        let text = report.html(&words);
        let chapters = text.find("<section class=\"sheet\"").expect("a chapter");
        let found: Vec<bool> = text
            .match_indices(says)
            .map(|(place, _)| place < chapters)
            .collect();
        found
    };
    let mut report = report(&words);
    assert_eq!(before_chapters(&report), [true]);
    report.chapters[0].on_page_one = false;
    assert_eq!(before_chapters(&report), [false]);
    // what is missing is not on page one either
    let missing = "no orders";
    let times = |report: &Report| report.html(&words).matches(missing).count();
    assert_eq!(times(&report), 2);
    report.chapters[1].on_page_one = false;
    assert_eq!(times(&report), 1);
}

#[test]
fn the_file_stands_alone() {
    for language in Language::ALL {
        let words = Words::new(language);
        let text = report(&words).html(&words);
        let own = text.replace(plotly_of(&text), "");
        assert!(
            !own.contains("http://") && !own.contains("https://"),
            "a foreign address"
        );
        assert!(!own.contains("src=") && !own.contains("@import") && !own.contains("url("));
        assert!(own.contains("default-src 'none'"));
        assert!(own.contains("Phố Xanh &lt;b&gt;"));
        assert!(own.len() < 200_000, "{} bytes besides plotly", own.len());
        assert!(own.contains(&format!("<html lang=\"{language}\"")));
    }
}

#[test]
fn the_same_report_is_the_same_bytes() {
    let words = Words::new(Language::Vietnamese);
    assert_eq!(report(&words).html(&words), report(&words).html(&words));
}

/// The largest script of the page.
fn plotly_of(text: &str) -> &str {
    text.split("<script>")
        .skip(1)
        .filter_map(|after| after.split_once("</script>"))
        .map(|(script, _)| script)
        .max_by_key(|script| script.len())
        .expect("the page has scripts")
}

/// Writes the sample report where WORTH_SAMPLE_REPORT says, to be looked at in a browser:
/// `WORTH_SAMPLE_REPORT=/tmp/sample cargo test --workspace --lib sample_report`.
#[test]
fn sample_report_can_be_looked_at() {
    let Some(folder) = std::env::var_os("WORTH_SAMPLE_REPORT") else {
        return;
    };
    for language in Language::ALL {
        let words = Words::new(language);
        let path = std::path::Path::new(&folder).join(format!("report-{language}.html"));
        std::fs::write(path, report(&words).html(&words)).expect("the folder can be written");
    }
}
