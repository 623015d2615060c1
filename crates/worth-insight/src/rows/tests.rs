//! Each format holds what the rows hold, and a file is whole or as it was.

use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, Date32Array, Decimal128Array, Float64Array, Int64Array, ListArray, StringArray,
    TimestampMicrosecondArray,
};
use datafusion::arrow::datatypes::{DataType, Field, Int32Type, Schema};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;

use super::*;

/// Batches that are streamed as they are, each so many times.
struct Given {
    batch: RecordBatch,
    times: usize,
}

impl Rows for Given {
    fn schema(&self) -> SchemaRef {
        self.batch.schema()
    }

    fn stream(&self) -> SendableRecordBatchStream {
        let batches: Vec<_> = (0..self.times).map(|_| Ok(self.batch.clone())).collect();
        let stream = futures::stream::iter(batches);
        Box::pin(RecordBatchStreamAdapter::new(self.schema(), stream))
    }
}

fn rows() -> Given {
    let money = Decimal128Array::from(vec![Some(12_500_000_000), None])
        .with_precision_and_scale(18, 4)
        .expect("18 digits, 4 of them decimals");
    let at = TimestampMicrosecondArray::from(vec![1_735_689_600_000_000, 0]).with_timezone("UTC");
    let lists =
        ListArray::from_iter_primitive::<Int32Type, _, _>(vec![Some(vec![Some(1), Some(2)]), None]);
    let columns: Vec<(&str, ArrayRef)> = vec![
        (
            "customer_id",
            Arc::new(StringArray::from(vec!["=1+1", "Nguyễn \"Tý\", 2"])),
        ),
        ("value", Arc::new(Float64Array::from(vec![-1.5, f64::NAN]))),
        ("spend", Arc::new(money)),
        ("purchases", Arc::new(Int64Array::from(vec![3, i64::MAX]))),
        ("last_at", Arc::new(at)),
        ("until", Arc::new(Date32Array::from(vec![20_089, 0]))),
        ("reasons", Arc::new(lists)),
    ];
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns
            .into_iter()
            .map(|(name, column)| (name, column, true)),
    )
    .expect("columns of equal length");
    Given { batch, times: 2 }
}

async fn written(name: &str, options: WriteOptions) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder for tests");
    let path = folder.path().join(name);
    let count = write_checked(&rows(), &path, options, || Ok(()))
        .await
        .expect("writes");
    assert_eq!(count, 4);
    (folder, path)
}

#[tokio::test]
async fn csv_quotes_guards_formulas_and_keeps_numbers() {
    let (_folder, path) = written("out.csv", WriteOptions::default()).await;
    let text = std::fs::read_to_string(path).expect("readable");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        "customer_id,value,spend,purchases,last_at,until,reasons"
    );
    assert_eq!(
        lines[1],
        "'=1+1,-1.5,1250000.0000,3,2025-01-01T00:00:00Z,2025-01-01,\"[\"\"1\"\",\"\"2\"\"]\""
    );
    assert!(lines[2].starts_with("\"Nguyễn \"\"Tý\"\", 2\",NaN,,9223372036854775807,"));
    assert_eq!(lines.len(), 5);
}

#[tokio::test]
async fn csv_begins_with_the_mark_only_when_asked() {
    let (_folder, path) = written(
        "out.csv",
        WriteOptions {
            byte_order_mark: true,
        },
    )
    .await;
    let bytes = std::fs::read(path).expect("readable");
    assert_eq!(&bytes[..3], b"\xef\xbb\xbf");
}

#[tokio::test]
async fn parquet_keeps_the_types() {
    let (_folder, path) = written("out.PARQUET", WriteOptions::default()).await;
    let file = std::fs::File::open(path).expect("readable");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("parquet");
    assert_eq!(reader.schema().fields(), rows().schema().fields());
    let read: usize = reader
        .build()
        .expect("a reader")
        .map(|batch| batch.expect("a batch").num_rows())
        .sum();
    assert_eq!(read, 4);
}

#[tokio::test]
async fn a_spreadsheet_is_written_with_its_header_and_texts_stay_texts() {
    let (folder, path) = written("out.xlsx", WriteOptions::default()).await;
    let bytes = std::fs::read(&path).expect("readable");
    assert_eq!(&bytes[..2], b"PK");
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .collect();
    assert_eq!(left.len(), 1, "no unfinished file is left");
}

#[tokio::test]
async fn too_many_rows_for_a_spreadsheet_leave_the_old_file() {
    let folder = tempfile::tempdir().expect("a folder for tests");
    let path = folder.path().join("out.xlsx");
    std::fs::write(&path, "old").expect("writable");
    let schema = Arc::new(Schema::new(vec![Field::new("n", DataType::Null, true)]));
    let nulls: ArrayRef = Arc::new(datafusion::arrow::array::NullArray::new(524_288));
    let batch = RecordBatch::try_new(schema, vec![nulls]).expect("a batch");
    let error = write_checked(
        &Given { batch, times: 2 },
        &path,
        WriteOptions::default(),
        || Ok(()),
    )
    .await
    .expect_err("one row too many");
    assert!(matches!(
        error,
        Error::TooManyRows {
            limit: 1_048_575,
            ..
        }
    ));
    assert_eq!(std::fs::read_to_string(&path).expect("readable"), "old");
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("a folder").count(),
        1
    );
}

#[tokio::test]
async fn an_unknown_ending_or_folder_is_named() {
    let error = write_checked(
        &rows(),
        Path::new("out.doc"),
        WriteOptions::default(),
        || Ok(()),
    )
    .await
    .expect_err("no such format");
    assert!(error.to_string().contains("out.doc"));
    let nowhere = Path::new("/nowhere-at-all/out.csv");
    let error = write_checked(&rows(), nowhere, WriteOptions::default(), || Ok(()))
        .await
        .expect_err("no such folder");
    assert!(error.to_string().contains("/nowhere-at-all/out.csv"));
}
