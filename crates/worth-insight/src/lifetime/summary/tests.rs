//! Published numbers from a published summary, files as notebooks write them, and rows that make no
//! sense.

use std::fs;
use std::path::{Path, PathBuf};

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::{Date32Type, Float64Type, Int64Type};
use futures::TryStreamExt;
use proptest::prelude::*;
use serde_json::json;
use tempfile::TempDir;
use worth_lake::import::source::{ReadOptions, SourceFile};
use worth_lake::import::value::NumberFormat;
use worth_lake::progress::Silent;
use worth_lake::tables::Table;

use super::*;
use crate::lifetime::answer::CannotTell;
use crate::question::{Present, Scope};
use crate::testing::{as_markdown, cdnow, regulars, shop};
use crate::words::{Language, Words};

fn options() -> ContextOptions {
    ContextOptions::at("2026-01-01T00:00:00Z".parse().expect("a time"))
}

fn read(path: &Path, decimal: Option<NumberFormat>) -> Result<CustomerSummary, Error> {
    let file = SourceFile::open(path, &ReadOptions::default(), &Silent).expect("a file");
    CustomerSummary::read(&file, decimal, &Silent)
}

/// A summary written down in a file of its own.
fn written(text: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("customers.csv");
    fs::write(&path, text).expect("room on the disk");
    (folder, path)
}

fn row(id: &str, frequency: f64, recency: f64, age: f64, monetary: f64) -> SummaryRow {
    SummaryRow {
        customer_id: id.into(),
        frequency,
        recency,
        age,
        monetary: Some(monetary),
    }
}

#[test]
fn the_published_summary_of_cdnow_gives_the_published_estimates() {
    let Some(folder) = cdnow::folder() else {
        return;
    };
    let summary = read(&folder.join("cdnow_customers_summary.csv"), None).expect("a summary");
    let answered = Lifetime::default().of_summary(summary, &options());
    let answered = answered.expect("an answer");
    let answer = &answered.answer;
    let model = answer.model.as_ref().expect("a model");
    assert_eq!(model.choice, ModelChoice::Undated);
    let published = [0.2426, 4.4137, 0.7930, 2.4262];
    for ((name, found), published) in model.fitted.estimates().iter().zip(published) {
        let off = found.value / published - 1.0;
        assert!(off.abs() < 1e-3, "{name}: {} {published}", found.value);
    }
    assert!((model.fitted.log_likelihood() - -9582.43).abs() < 0.01);
    assert_eq!((answer.customers.all, answer.customers.repeat), (2357, 946));
    assert_eq!(answer.observed_days, 273);
    // of money it says nothing, and nothing is made up
    assert!(answer.spend.is_none() && answer.customers.revenue.is_none());
    assert!(answer.months.is_empty() && answer.repeats.is_empty());
    assert!(answer.refunds.is_none() && answer.concentration.is_none());
    let forecast = answer.forecast.expect("a model");
    assert!(forecast.equity.is_none() && forecast.purchases.value > 0.0);
    assert_eq!(answered.provenance.rows_used, 2357);
}

/// What an answer from a lake says of the same customers.
#[tokio::test]
async fn a_summary_says_the_same_as_the_orders_it_is_of() {
    let shop = shop(&[(Table::OrderLines, regulars())]).await;
    let question = Lifetime {
        model: Some(Model::ModifiedBetaGeo),
        margin: Some(0.4),
        unit: TimeUnit::Day,
        ..Lifetime::default()
    };
    let of_lake = shop.context.ask(&Scope::default(), &question).await;
    let of_lake = of_lake.expect("an answer");
    let mut rows = Vec::new();
    let stream = of_lake.rows.as_ref().expect("rows").stream();
    let batches: Vec<_> = stream.try_collect().await.expect("rows are there");
    for batch in &batches {
        let count = |name: &str, row| batch[name].as_primitive::<Int64Type>().value(row) as f64;
        let ids = batch["customer_id"].as_string::<i32>();
        let spend = batch["monetary"].as_primitive::<Float64Type>();
        // last first: the order of rows leaves no trace
        for at in (0..batch.num_rows()).rev() {
            rows.push(SummaryRow {
                customer_id: ids.value(at).into(),
                frequency: count("frequency", at),
                recency: count("recency_days", at),
                age: count("age_days", at),
                monetary: spend.is_valid(at).then(|| spend.value(at)),
            });
        }
    }
    let options = ContextOptions {
        language: Some(Language::Vietnamese),
        ..options()
    };
    let of_summary = question.of_summary(CustomerSummary::new(rows), &options);
    let of_summary = of_summary.expect("an answer");
    let (lake, summary) = (&of_lake.answer, &of_summary.answer);
    assert_eq!(summary.model, lake.model);
    assert_eq!(summary.spend, lake.spend);
    assert_eq!(summary.forecast, lake.forecast);
    assert_eq!(summary.statuses, lake.statuses);
    assert_eq!(summary.p_alive, lake.p_alive);
    assert_eq!(summary.observed_days, lake.observed_days);
    assert_eq!(
        summary.slipping.map(|slipping| slipping.at_stake),
        lake.slipping.map(|slipping| slipping.at_stake)
    );

    let stream = of_summary.rows.as_ref().expect("rows").stream();
    let found: Vec<_> = stream.try_collect().await.expect("rows are there");
    for (found, known) in found.iter().zip(&batches) {
        for name in [
            "status",
            "reason",
            "frequency",
            "recency_days",
            "silent_days",
            "monetary",
            "p_alive_low",
            "expected_value_high",
            "at_stake",
        ] {
            assert_eq!(&found[name], &known[name], "{name}");
        }
        let dates = found["first_purchase"].as_primitive::<Date32Type>();
        assert_eq!(dates.null_count(), found.num_rows());
        assert_eq!(found["revenue"].null_count(), found.num_rows());
    }
}

#[test]
fn columns_are_found_by_the_names_of_the_notebooks() {
    let lifetimes = "CustomerID,frequency,recency,T,monetary_value\n7,2.0,60.0,80.0,12.5\n";
    let clvtools = "Id;x;t.x;T.cal;Spending\n7;2;60;80;12,5\n";
    let by_hand = "recency\tage\tfrequency\tid\tmonetary\n60\t80\t2\t7\t12.5\n";
    for text in [lifetimes, clvtools, by_hand] {
        let (_folder, path) = written(text);
        let summary = read(&path, None).expect("a summary");
        assert_eq!(summary.rows, [row("7", 2.0, 60.0, 80.0, 12.5)], "{text}");
    }
    let (_folder, path) = written("frequency,recency,T\n2,60,80\n0,0,9\n");
    let summary = read(&path, None).expect("a summary");
    let without_money = |id: &str, frequency, recency, age| SummaryRow {
        monetary: None,
        ..row(id, frequency, recency, age, 0.0)
    };
    // without ids customers are called by their place in the file
    let expected = [
        without_money("2", 2.0, 60.0, 80.0),
        without_money("3", 0.0, 0.0, 9.0),
    ];
    assert_eq!(summary.rows, expected);

    let (_folder, path) = written("customer,orders,recency,T\na,3,60,80\n");
    let error = read(&path, None).expect_err("no frequency");
    assert!(error.to_string().contains("no column frequency"), "{error}");
}

#[test]
fn numbers_that_could_be_either_are_written_as_the_rest_or_asked() {
    let told = "id,frequency,recency,T\n1,2,1.714,30.43\n2,1,2.857,38.86\n";
    let (_folder, path) = written(told);
    assert_eq!(read(&path, None).expect("a summary").rows[0].recency, 1.714);
    let open = "id,frequency,recency,T\n1,2,1.714,2.143\n";
    let (_folder, path) = written(open);
    let error = read(&path, None).expect_err("a point that may be either");
    assert_eq!(error.code(), "ambiguous-numbers");
    for (decimal, recency) in [(NumberFormat::POINT, 1.714), (NumberFormat::COMMA, 1714.0)] {
        let summary = read(&path, Some(decimal)).expect("a summary");
        assert_eq!(summary.rows[0].recency, recency);
    }
}

#[test]
fn rows_that_make_no_sense_are_left_out_and_counted() {
    let text = "id,frequency,recency,T,monetary_value\n\
        fine,2,60,80,12.5\n\
        once,0,0,80,\n\
        late,2,90,80,12.5\n\
        minus,2,-5,80,12.5\n\
        refunded,2,60,80,-12.5\n\
        half,2.5,60,80,12.5\n\
        ages,2,60,1e9,12.5\n\
        still,2,0,80,12.5\n\
        never,0,60,80,\n\
        empty,2,,80,12.5\n\
        word,2,soon,80,12.5\n\
        twice,1,10,80,12.5\n\
        twice,2,20,80,12.5\n\
        costly,2,60,80,much\n";
    let (_folder, path) = written(text);
    let summary = read(&path, None).expect("a summary");
    let kept: Vec<&str> = summary
        .rows
        .iter()
        .map(|row| row.customer_id.as_str())
        .collect();
    assert_eq!(kept, ["fine", "once"]);
    let left_out: Vec<(&str, u64)> = summary
        .left_out
        .iter()
        .map(|(why, rows)| (*why, *rows))
        .collect();
    let expected = [
        ("summary-after-the-end", 1),
        ("summary-negative", 2),
        ("summary-not-a-number", 3),
        ("summary-not-whole", 1),
        ("summary-recency-without-repeats", 2),
        ("summary-several-rows", 2),
        ("summary-too-large", 1),
    ];
    assert_eq!(left_out, expected);
    let answered = Lifetime::default().of_summary(summary, &options());
    let answered = answered.expect("an answer");
    assert_eq!(answered.provenance.rows_left_out, 12);
    for language in Language::ALL {
        let words = Words::new(language);
        for left_out in &answered.provenance.left_out {
            let said = words.left_out(left_out);
            assert!(!said.contains("summary-"), "{said}");
        }
    }
}

#[test]
fn no_rows_at_all_are_an_answer() {
    let answered = Lifetime::default().of_summary(CustomerSummary::new(Vec::new()), &options());
    let answer = answered.expect("an answer").answer;
    assert_eq!(answer.cannot_tell, [CannotTell::NoPurchases]);
}

#[test]
fn what_needs_days_is_refused() {
    let day = Some(jiff::civil::date(2025, 1, 1));
    for question in [
        Lifetime {
            train_until: day,
            ..Lifetime::default()
        },
        Lifetime {
            list: List::Slipping,
            ..Lifetime::default()
        },
    ] {
        let refused = question.of_summary(CustomerSummary::new(Vec::new()), &options());
        assert!(refused.is_err_and(|error| error.code() == "needs-orders"));
    }
}

#[test]
fn the_unit_says_what_the_times_are() {
    let customers = |unit: f64| {
        let rows = (0..200).map(|at| {
            let (repeats, age) = (f64::from(at % 5), 140.0 + f64::from(at % 40));
            let recency = if repeats > 0.0 {
                age * repeats / 7.0
            } else {
                0.0
            };
            let spend = 10.0 + f64::from(at % 13);
            row(
                &format!("{at:03}"),
                repeats,
                recency / unit,
                age / unit,
                spend,
            )
        });
        CustomerSummary::new(rows.collect())
    };
    let asked = |unit: TimeUnit| {
        let question = Lifetime {
            unit,
            ..Lifetime::default()
        };
        let answered = question.of_summary(customers(unit.days()), &options());
        let forecast = answered.expect("an answer").answer.forecast;
        forecast
            .and_then(|forecast| forecast.equity)
            .expect("money")
            .value
    };
    let day = asked(TimeUnit::Day);
    for unit in [TimeUnit::Week, TimeUnit::Month] {
        assert!((asked(unit) / day - 1.0).abs() < 1e-6, "{unit:?}");
    }
}

/// Numbers as files have them, good and bad.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => (0..40_u32).prop_map(f64::from),
        3 => 0.0..500.0,
        1 => prop::sample::select(vec![
            -1.0,
            f64::NAN,
            f64::INFINITY,
            1e-300,
            5e-324,
            999_999.0,
            1e6,
            1e14,
            1e300,
        ]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_the_rows_there_is_an_answer_and_every_row_is_accounted_for(
        rows in prop::collection::vec((0..50_u32, number(), number(), number(), number()), 0..60),
    ) {
        let count = rows.len() as u64;
        let rows = rows.into_iter().map(|(id, frequency, recency, age, monetary)| {
            // half of them make sense
            match id % 2 {
                0 => row(&id.to_string(), frequency, recency, age, monetary),
                _ => {
                    let repeats = frequency.clamp(0.0, 20.0).floor();
                    let (low, high) = (recency.min(age).abs(), recency.max(age).abs());
                    let recency = if repeats > 0.0 { low } else { 0.0 };
                    row(&id.to_string(), repeats, recency, high, monetary)
                }
            }
        });
        let summary = CustomerSummary::new(rows.collect());
        let answered = Lifetime::default().of_summary(summary, &options()).expect("an answer");
        let provenance = &answered.provenance;
        prop_assert_eq!(provenance.rows_used + provenance.rows_left_out, count);
        if let Some(forecast) = answered.answer.forecast {
            for estimate in [forecast.active, forecast.active_once, forecast.purchases] {
                let (low, high) = estimate.ends().expect("an interval");
                prop_assert!(0.0 <= low && low <= estimate.value && estimate.value <= high);
            }
        }
        for language in Language::ALL {
            answered.answer.sheet(provenance, &Words::new(language));
        }
    }
}

#[test]
fn sheets_in_both_languages() {
    let rows = (0..60).map(|at| {
        let (repeats, age) = (f64::from(at % 4), 20.0 + f64::from(at % 30));
        let recency = if repeats > 0.0 {
            age * repeats / 6.0
        } else {
            0.0
        };
        row(
            &format!("c{at:02}"),
            repeats,
            recency,
            age,
            10.0 + f64::from(at % 7),
        )
    });
    let mut summary = CustomerSummary::new(rows.collect());
    summary.source = Source::File {
        file: "customers.csv".into(),
        digest: "0".repeat(64),
    };
    let answered = Lifetime::default().of_summary(summary, &options());
    let answered = answered.expect("an answer");
    let json = serde_json::to_value(&answered).expect("text keys");
    assert_eq!(json["provenance"]["file"], "customers.csv");
    assert_eq!(json["answer"]["refunds"], json!(null));
    for language in Language::ALL {
        let text = as_markdown(&answered, language);
        insta::assert_snapshot!(format!("summary-{language}"), text);
    }
}
