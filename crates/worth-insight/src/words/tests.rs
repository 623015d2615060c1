//! The two languages say the same things, and the code says only what is in them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::*;
use worth_lake::import::reason::Reason;
use worth_model::Method;

/// Ids of a Fluent file with the variables each of them uses.
fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines() {
        let starts_message = line.starts_with(|sign: char| sign.is_ascii_lowercase());
        if starts_message && let Some((id, _)) = line.split_once(" =") {
            current = id.into();
            let is_new = messages.insert(current.clone(), BTreeSet::new()).is_none();
            assert!(is_new, "`{current}` is there twice");
        }
        for after in line.split('$').skip(1) {
            let name: String = after
                .chars()
                .take_while(|sign| sign.is_ascii_alphanumeric() || *sign == '_' || *sign == '-')
                .collect();
            if let Some(variables) = messages.get_mut(&current) {
                variables.insert(name);
            }
        }
    }
    messages
}

#[test]
fn both_languages_say_the_same_things_with_the_same_variables() {
    for room in ROOMS {
        let english = messages(room.english);
        let vietnamese = messages(room.vietnamese);
        let only = |one: &BTreeMap<String, _>, other: &BTreeMap<String, _>| -> Vec<String> {
            one.keys()
                .filter(|id| !other.contains_key(*id))
                .cloned()
                .collect()
        };
        assert_eq!(
            only(&english, &vietnamese),
            [""; 0],
            "only in English: {}",
            room.name
        );
        assert_eq!(
            only(&vietnamese, &english),
            [""; 0],
            "only in Vietnamese: {}",
            room.name
        );
        for (id, variables) in &english {
            // A variable that only chooses between forms of a word may be missing in a language
            // that has one form, and `what` is a word itself in English.
            assert_eq!(variables, &vietnamese[id], "variables of `{id}`");
        }
    }
}

/// The ids that stand in the code as `say("…")`, `tell("…")`, also broken over two lines.
fn ids_in(code: &str) -> Vec<String> {
    [".say(", ".tell("]
        .iter()
        .flat_map(|call| code.split(call).skip(1))
        .filter_map(|after| after.trim_start().strip_prefix('"'))
        .filter_map(|after| after.split_once('"'))
        .map(|(id, _)| id.to_owned())
        .collect()
}

fn rust_files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the sources are there in tests") {
        let path = entry.expect("a folder can be listed").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_id_that_the_code_names_is_there() {
    let words = Words::new(Language::English);
    let mut files = Vec::new();
    rust_files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    let mut named = 0;
    for file in files
        .iter()
        .filter(|file| !file.ends_with("words/tests.rs"))
    {
        let code = std::fs::read_to_string(file).expect("sources are text");
        for id in ids_in(&code) {
            named += 1;
            let is_in_doc_of_words = id == "lifetime-silent";
            assert!(
                is_in_doc_of_words || words.has(&id),
                "{}: `{id}` is nowhere",
                file.display()
            );
        }
    }
    assert!(
        named > 10,
        "the search found only {named} ids: it does not work"
    );
}

#[test]
fn every_error_has_its_sentence_in_both_languages() {
    let errors = [
        Error::NothingThere {
            question: "lifetime",
            table: "order_lines",
        },
        Error::TooFew {
            question: "perceived",
            what: crate::error::Counted::Respondents,
            needed: 5,
            found: 2,
        },
        Error::OutOfRange {
            parameter: "horizon_days",
            given: -1.0,
            low: 1.0,
            high: 3650.0,
        },
        Error::DayOutside {
            parameter: "train_until",
            given: jiff::civil::date(2026, 1, 1),
            from: jiff::civil::date(2024, 1, 1),
            until: jiff::civil::date(2025, 6, 30),
        },
        Error::NeedsOrders {
            parameter: "train_until",
        },
        Error::NotTogether {
            parameter: "pool",
            other: "covariates",
        },
        Error::NotAlone {
            parameter: "of",
            other: "segment",
        },
        Error::NoColumn {
            path: "customers.csv".into(),
            column: "recency",
            found: "frequency, T".into(),
        },
        Error::AmbiguousNumbers {
            path: "customers.csv".into(),
            column: "T".into(),
            example: "1.250".into(),
        },
        Error::Cancelled,
        Error::NoRows {
            question: "perceived".into(),
        },
        Error::UnknownEnding {
            path: "out.txt".into(),
        },
    ];
    for language in Language::ALL {
        let words = Words::new(language);
        for error in &errors {
            let id = format!("error-{}", error.code());
            assert!(words.has(&id), "{id}");
            let said = words.error(error);
            assert!(!said.contains('$') && !said.contains('{'), "{said}");
        }
    }
    // English says the same whether translated or not, but for its quotation marks.
    let english = Words::new(Language::English);
    for error in &errors {
        let plain = error.to_string().replace('`', "");
        let said = english.error(error).replace(['“', '”'], "");
        assert_eq!(said, plain);
    }
}

#[test]
fn money_is_written_in_full_and_in_short() {
    let english = Words::new(Language::English);
    let vietnamese = Words::new(Language::Vietnamese);
    assert_eq!(english.money(1_250_000.0, "VND"), "₫1,250,000");
    assert_eq!(english.money(1_250.5, "USD"), "$1,250.50");
    assert_eq!(vietnamese.money(1_250_000.0, "VND"), "1.250.000\u{a0}₫");
    assert_eq!(english.money_short(1_253_000_000.0, "VND"), "₫1.25\u{a0}bn");
    assert_eq!(english.money_short(-1_253_000.0, "USD"), "−$1.25\u{a0}m");
    assert_eq!(
        vietnamese.money_short(1_253_000_000.0, "VND"),
        "1,25\u{a0}tỷ\u{a0}₫"
    );
    assert_eq!(
        vietnamese.money_short(12_530_000.0, "VND"),
        "12,5\u{a0}triệu\u{a0}₫"
    );
    assert_eq!(
        vietnamese.money_short(999_999_999.0, "VND"),
        "1,00\u{a0}tỷ\u{a0}₫"
    );
    assert_eq!(
        vietnamese.money_short(2.5e12, "VND"),
        "2,50\u{a0}nghìn\u{a0}tỷ\u{a0}₫"
    );
    assert_eq!(english.money_short(950.0, "USD"), "$950.00");
    assert_eq!(english.money_short(72_653.88, "USD"), "$72,654");
}

#[test]
fn dates_lists_and_counts_follow_the_language() {
    let english = Words::new(Language::English);
    let vietnamese = Words::new(Language::Vietnamese);
    let day = jiff::civil::date(2025, 10, 5);
    assert_eq!(english.date(day), "5 Oct 2025");
    assert_eq!(vietnamese.date(day), "05/10/2025");
    assert_eq!(english.month(day), "Oct 2025");
    assert_eq!(vietnamese.month(day), "tháng 10/2025");
    assert_eq!(vietnamese.month_short(day), "10/25");
    assert_eq!(english.list(&["a", "b", "c"]), "a, b and c");
    assert_eq!(vietnamese.list(&["a", "b"]), "a và b");
    assert_eq!(english.in_unit(1.0, &Unit::Days), "1\u{a0}day");
    assert_eq!(english.in_unit(1084.0, &Unit::Days), "1,084\u{a0}days");
    assert_eq!(vietnamese.in_unit(1084.0, &Unit::Days), "1.084\u{a0}ngày");
    assert_eq!(english.percent(0.125, 1), "12.5%");
}

#[test]
fn an_estimate_comes_with_its_interval_or_the_reason_for_none() {
    let words = Words::new(Language::Vietnamese);
    let known = Estimate::between(1.12, 1.05, 1.2, 0.9, Method::Bootstrap);
    let ratio = Unit::Number { decimals: 2 };
    assert_eq!(words.estimate(&known, &ratio), "1,12 (1,05 đến 1,20)");
    assert_eq!(
        words.interval(&known, &ratio),
        "từ 1,05 đến 1,20 (khoảng tin cậy 90%)"
    );
    let counted = Estimate::counted(2357.0);
    assert_eq!(words.estimate(&counted, &Unit::Count), "2.357");
    assert_eq!(
        words.interval(&counted, &Unit::Count),
        "đếm từ toàn bộ dữ liệu: chính xác"
    );
}

#[test]
fn a_language_is_read_with_or_without_its_region() {
    assert_eq!("vi-VN".parse::<Language>().ok(), Some(Language::Vietnamese));
    assert_eq!("EN".parse::<Language>().ok(), Some(Language::English));
    assert!("fr".parse::<Language>().is_err());
}

#[test]
fn a_reason_is_told_in_the_readers_language() {
    let reason = Reason::new("outside-scale")
        .with("column", "Q1")
        .with("value", 11)
        .with("least", 1)
        .with("most", 5);
    let vietnamese = Words::new(Language::Vietnamese);
    assert_eq!(
        vietnamese.reason(&reason),
        "câu trả lời 11 cho “Q1” nằm ngoài thang đo 1 đến 5"
    );
    let english = Words::new(Language::English);
    assert_eq!(
        english.reason(&reason),
        reason.to_string().replace("`Q1`", "“Q1”")
    );
    let unheard_of = Reason::new("unheard-of").with("column", "Q1");
    assert_eq!(vietnamese.reason(&unheard_of), unheard_of.to_string());
}
