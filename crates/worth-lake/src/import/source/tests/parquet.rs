//! Parquet columns of every type that is read.

use std::fs::File;
use std::sync::Arc;

use ::parquet::arrow::ArrowWriter;
use datafusion::arrow::array::*;
use datafusion::arrow::datatypes::{DataType, Field, Fields, Int32Type, Schema};

use super::*;

fn written(columns: Vec<(&str, ArrayRef)>) -> Made {
    let made = made("table.parquet", "");
    let batch = RecordBatch::try_from_iter(columns).expect("columns of one length");
    let file = File::create(&made.path).expect("a file");
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).expect("a writer");
    writer.write(&batch).expect("written");
    writer.close().expect("closed");
    made
}

#[test]
fn every_type_has_its_canonical_text() {
    let items =
        ListArray::from_iter_primitive::<Int32Type, _, _>([Some(vec![Some(1), None]), None]);
    let inner = StructArray::from(vec![(
        Arc::new(Field::new("city", DataType::Utf8, true)),
        Arc::new(StringArray::from(vec![Some("Huế"), Some("Vinh")])) as ArrayRef,
    )]);
    let inner = StructArray::new(
        inner.fields().clone(),
        inner.columns().to_vec(),
        Some(vec![true, false].into()),
    );
    let kinds: DictionaryArray<Int32Type> = vec![Some("new"), Some("old")].into_iter().collect();
    let made = written(vec![
        (
            "text",
            Arc::new(StringArray::from(vec![Some("e\u{301}"), Some("")])),
        ),
        ("id", Arc::new(Int64Array::from(vec![Some(17850), None]))),
        (
            "float",
            Arc::new(Float64Array::from(vec![Some(0.1 + 0.2), Some(f64::NAN)])),
        ),
        ("small", Arc::new(Float32Array::from(vec![12.34, 17850.0]))),
        ("flag", Arc::new(BooleanArray::from(vec![true, false]))),
        (
            "money",
            Arc::new(
                Decimal128Array::from(vec![Some(-125_050), None])
                    .with_precision_and_scale(18, 4)
                    .expect("fits"),
            ),
        ),
        ("day", Arc::new(Date32Array::from(vec![Some(20_386), None]))),
        (
            "at",
            Arc::new(TimestampMicrosecondArray::from(vec![
                1_761_377_400_000_000,
                0,
            ])),
        ),
        (
            "instant",
            Arc::new(
                TimestampMillisecondArray::from(vec![1_761_377_400_500, 0])
                    .with_timezone("Asia/Ho_Chi_Minh"),
            ),
        ),
        ("kind", Arc::new(kinds)),
        ("bytes", Arc::new(BinaryArray::from_vec(vec![b"abc", b""]))),
        ("items", Arc::new(items)),
        ("shop", Arc::new(inner)),
    ]);
    let file = open(&made);
    assert_eq!(names(&file)[11..], ["items", "shop.city"]);
    let read = numbered_rows(&file);
    assert_eq!(read[0].0, 1);
    assert_eq!(
        read[0].1,
        [
            "é",
            "17850",
            "0.3",
            "12.34",
            "true",
            "-12.5050",
            "2025-10-25",
            "2025-10-25T07:30:00",
            "2025-10-25T07:30:00.500Z",
            "new",
            "abc",
            "[1,null]",
            "Huế"
        ]
    );
    assert_eq!(
        read[1].1,
        [
            "",
            "",
            "",
            "17850",
            "false",
            "",
            "",
            "1970-01-01T00:00:00",
            "1970-01-01T00:00:00Z",
            "old",
            "",
            "",
            ""
        ]
    );
    assert_eq!(
        natives(&file)[..6],
        [
            Native::Text,
            Native::Number,
            Native::Number,
            Native::Number,
            Native::Flag,
            Native::Number
        ]
    );
    assert_eq!(natives(&file)[6..9], [Native::Time; 3]);
}

#[test]
fn a_type_without_text_is_refused_by_its_column() {
    let seconds = DurationSecondArray::from(vec![5]);
    let made = written(vec![("waiting", Arc::new(seconds))]);
    let said = refused(&made);
    assert!(
        said.starts_with("table.parquet, column waiting: "),
        "{said}"
    );
    assert!(
        said.ends_with("cannot be read; cast the column to text, number or time"),
        "{said}"
    );
    let picture = written(vec![(
        "photo",
        Arc::new(BinaryArray::from_vec(vec![b"\xFF\xD8"])),
    )]);
    let said = refused(&picture);
    assert!(
        said.contains("column photo: binary data that is no text"),
        "{said}"
    );
}

#[test]
fn an_empty_table_keeps_its_columns() {
    let fields = Fields::from(vec![Field::new("id", DataType::Int32, true)]);
    let batch = RecordBatch::new_empty(Arc::new(Schema::new(fields)));
    let made = written(vec![("id", Arc::clone(batch.column(0)))]);
    let file = open(&made);
    assert_eq!((names(&file), count_rows(&file)), (vec!["id"], 0));
}
