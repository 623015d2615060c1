//! Rows on their way into Parquet files of a table, before anyone else can see them.
//!
//! Files are written where they will stay, with DuckLake's field ids, so that publishing them
//! only adds rows to the catalog. Until then they are temporary: dropping them removes them.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, Int64Array, ListArray, RecordBatch, StringArray,
};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion_ducklake::ColumnStat;
use datafusion_ducklake::stats_collect::{accumulate_nan_flags, collect_column_stats};
use datafusion_ducklake::table::delete_file_schema;
use parquet::arrow::{ArrowWriter, PARQUET_FIELD_ID_META_KEY};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use tempfile::{NamedTempFile, TempPath};

use super::catalog::StoredTable;
use crate::error::Error;
use crate::tables::Kind;

/// Rows of a file, at most (up to a batch more): enough that a file is worth opening, few
/// enough that cores can share a table and that rewriting one is quick.
const FILE_ROWS: u64 = 1 << 20;

/// Rows of a row group: DuckLake's own default (60 vectors of 2,048).
pub(super) const ROW_GROUP_ROWS: usize = 122_880;

/// Columns whose values hardly repeat: a dictionary and bounds of them cost more than they save.
const UNREPEATED: &[&str] = &["row_key", "attributes", "raw", "text"];

/// Writes rows of one table into as many files as they need.
pub(super) struct FileWriter {
    table: StoredTable,
    schema: SchemaRef,
    rows: u64,
    open: Option<OpenFile>,
    finished: Vec<StagedFile>,
}

struct OpenFile {
    temporary: NamedTempFile,
    writer: ArrowWriter<File>,
    first_place: u64,
    rows: u64,
    nan_flags: Vec<Option<bool>>,
}

/// A finished file that is not published. Dropping it removes it.
#[derive(Debug)]
pub(super) struct StagedFile {
    pub(super) path: TempPath,
    /// Number of its first row among all rows written.
    pub(super) first_place: u64,
    pub(super) rows: u64,
    pub(super) bytes: u64,
    pub(super) footer_bytes: u64,
    pub(super) statistics: Vec<ColumnStat>,
}

impl FileWriter {
    pub(super) fn new(table: &StoredTable) -> FileWriter {
        FileWriter {
            schema: schema_with_ids(table),
            table: table.clone(),
            rows: 0,
            open: None,
            finished: Vec::new(),
        }
    }

    /// Rows written so far.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// Writes rows that have exactly the columns of the table's schema.
    pub(super) fn write(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        if batch.num_rows() == 0 {
            return Ok(());
        }
        let batch = with_schema(&self.schema, batch)?;
        let open = match &mut self.open {
            Some(open) => open,
            None => self
                .open
                .insert(OpenFile::create(&self.table, &self.schema, self.rows)?),
        };
        accumulate_nan_flags(&mut open.nan_flags, &batch, self.table.columns.len());
        open.writer
            .write(&batch)
            .map_err(|source| write_error(open.temporary.path(), source))?;
        open.rows += batch.num_rows() as u64;
        self.rows += batch.num_rows() as u64;
        if open.rows >= FILE_ROWS {
            self.close_file()?;
        }
        Ok(())
    }

    /// Every file written, in order.
    pub(super) fn finish(mut self) -> Result<Vec<StagedFile>, Error> {
        self.close_file()?;
        Ok(self.finished)
    }

    fn close_file(&mut self) -> Result<(), Error> {
        let Some(open) = self.open.take() else {
            return Ok(());
        };
        let (path, bytes, footer_bytes) = close(open.writer, open.temporary)?;
        let ids: Vec<i64> = self.table.columns.iter().map(|column| column.id).collect();
        let rows = i64::try_from(open.rows).expect("files have fewer than 2^63 rows");
        let statistics = collect_column_stats(&path, &ids, rows, &open.nan_flags);
        self.finished.push(StagedFile {
            path,
            first_place: open.first_place,
            rows: open.rows,
            bytes,
            footer_bytes,
            statistics,
        });
        Ok(())
    }
}

impl OpenFile {
    fn create(
        table: &StoredTable,
        schema: &SchemaRef,
        first_place: u64,
    ) -> Result<OpenFile, Error> {
        let temporary = temporary_file(&table.folder)?;
        let file = temporary.reopen().map_err(Error::file(temporary.path()))?;
        let writer = ArrowWriter::try_new(file, Arc::clone(schema), Some(properties(table)))
            .map_err(|source| write_error(temporary.path(), source))?;
        Ok(OpenFile {
            temporary,
            writer,
            first_place,
            rows: 0,
            nan_flags: Vec::new(),
        })
    }
}

/// Writes the file that lists `positions` (sorted) of a data file as deleted.
pub(super) fn write_deletes(
    table: &StoredTable,
    data_file: &Path,
    positions: &[u64],
) -> Result<(TempPath, u64, u64), Error> {
    let temporary = temporary_file(&table.folder)?;
    let file = temporary.reopen().map_err(Error::file(temporary.path()))?;
    let schema = delete_file_schema();
    let properties = WriterProperties::builder()
        .set_compression(compression())
        .build();
    let failed = |source| write_error(temporary.path(), source);
    let mut writer =
        ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties)).map_err(failed)?;
    // The name is for people and other tools: which file it belongs to says the catalog.
    let name = data_file.file_name().unwrap_or_default().to_string_lossy();
    for positions in positions.chunks(1 << 16) {
        let names = StringArray::from(vec![name.as_ref(); positions.len()]);
        let positions =
            Int64Array::from_iter_values(positions.iter().map(|&position| {
                i64::try_from(position).expect("files have fewer than 2^63 rows")
            }));
        let columns: Vec<ArrayRef> = vec![Arc::new(names), Arc::new(positions)];
        writer
            .write(&RecordBatch::try_new(Arc::clone(&schema), columns)?)
            .map_err(failed)?;
    }
    close(writer, temporary)
}

/// Ends a file, makes sure that it is on the disk, and measures it: path, bytes, bytes of the
/// footer.
fn close(
    writer: ArrowWriter<File>,
    temporary: NamedTempFile,
) -> Result<(TempPath, u64, u64), Error> {
    let mut file = writer
        .into_inner()
        .map_err(|source| write_error(temporary.path(), source))?;
    let failed = Error::file(temporary.path());
    let measure = || {
        file.sync_all()?;
        let bytes = file.seek(SeekFrom::End(0))?;
        // A Parquet file ends with the length of its footer (4 bytes) and "PAR1".
        file.seek(SeekFrom::End(-8))?;
        let mut length = [0; 4];
        file.read_exact(&mut length)?;
        Ok((bytes, u64::from(u32::from_le_bytes(length))))
    };
    let (bytes, footer_bytes) = { measure }().map_err(failed)?;
    Ok((temporary.into_temp_path(), bytes, footer_bytes))
}

/// A new file in a table's folder, readable like any other file.
fn temporary_file(folder: &Path) -> Result<NamedTempFile, Error> {
    std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
    tempfile::Builder::new()
        .prefix("worth-")
        .suffix(".parquet")
        .rand_bytes(20)
        .permissions(std::fs::Permissions::from_mode(0o644))
        .tempfile_in(folder)
        .map_err(Error::file(folder))
}

/// The name of a published file, from the folder of its table.
pub(super) fn name(path: &Path) -> String {
    let name = path.file_name().expect("it was made with a name");
    name.to_str()
        .expect("it was made with a name in ASCII")
        .to_owned()
}

/// Keeps a file for good.
pub(super) fn keep(path: TempPath) -> Result<PathBuf, Error> {
    path.keep().map_err(|refused| Error::File {
        path: refused.path.to_path_buf(),
        source: refused.error,
    })
}

/// ZSTD at its default level. Not yet measured beside Snappy: `benches/lake.rs` is where to.
pub(super) fn compression() -> Compression {
    Compression::ZSTD(ZstdLevel::default())
}

fn properties(table: &StoredTable) -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_compression(compression())
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS));
    for column in &table.columns {
        if UNREPEATED.contains(&column.name.as_str()) {
            let path = ColumnPath::from(column.name.as_str());
            properties = properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_statistics_enabled(path, EnabledStatistics::None);
        }
    }
    properties.build()
}

/// The table's schema with DuckLake's field ids, by which files find their columns again.
fn schema_with_ids(table: &StoredTable) -> SchemaRef {
    let schema = table.table.schema();
    let with_id = |field: Field, id: i64| {
        let id = HashMap::from([(PARQUET_FIELD_ID_META_KEY.to_owned(), id.to_string())]);
        field.with_metadata(id)
    };
    let fields = schema
        .fields()
        .iter()
        .zip(&table.columns)
        .map(|(field, column)| {
            let kind = match (field.data_type(), column.element_id) {
                (DataType::List(item), Some(id)) => {
                    let element =
                        Field::new("element", item.data_type().clone(), item.is_nullable());
                    DataType::List(Arc::new(with_id(element, id)))
                }
                (other, _) => other.clone(),
            };
            with_id(
                Field::new(field.name(), kind, field.is_nullable()),
                column.id,
            )
        });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

/// The same rows under the schema of the file: only names and ids of list elements differ.
fn with_schema(schema: &SchemaRef, batch: &RecordBatch) -> Result<RecordBatch, Error> {
    let columns = schema
        .fields()
        .iter()
        .zip(batch.columns())
        .map(
            |(field, column)| match (field.data_type(), column.data_type()) {
                (DataType::List(element), DataType::List(_)) => {
                    let list = column.as_list::<i32>();
                    Ok(Arc::new(ListArray::try_new(
                        Arc::clone(element),
                        list.offsets().clone(),
                        Arc::clone(list.values()),
                        list.nulls().cloned(),
                    )?) as ArrayRef)
                }
                _ => Ok(Arc::clone(column)),
            },
        );
    let columns = columns.collect::<Result<Vec<_>, Error>>()?;
    Ok(RecordBatch::try_new(Arc::clone(schema), columns)?)
}

/// Checks that `batch` has the columns of the table, and nothing else, in any order, and puts
/// them into the table's order.
pub(super) fn in_order(table: &StoredTable, batch: &RecordBatch) -> Result<RecordBatch, Error> {
    let wrong = |column: &str, problem: String| Error::Column {
        table: table.table.name().to_owned(),
        column: column.to_owned(),
        problem,
    };
    let schema = table.table.schema();
    if let Some(unknown) = batch
        .schema()
        .fields()
        .iter()
        .find(|field| table.table.column(field.name()).is_none())
    {
        return Err(wrong(
            unknown.name(),
            "the table has no such column".to_owned(),
        ));
    }
    let columns = schema.fields().iter().map(|field| {
        let column = batch
            .column_by_name(field.name())
            .ok_or_else(|| wrong(field.name(), "it is missing".to_owned()))?;
        let same = match (column.data_type(), field.data_type()) {
            (DataType::List(one), DataType::List(other)) => one.data_type() == other.data_type(),
            (one, other) => one == other,
        };
        if !same {
            let problem = format!("it is {}, not {}", column.data_type(), field.data_type());
            return Err(wrong(field.name(), problem));
        }
        if !field.is_nullable() && column.null_count() > 0 {
            return Err(wrong(
                field.name(),
                "it is required, but empty in some row".to_owned(),
            ));
        }
        Ok(Arc::clone(column))
    });
    let columns = columns.collect::<Result<Vec<_>, Error>>()?;
    let real = table
        .table
        .columns()
        .iter()
        .filter(|column| column.kind == Kind::Real);
    for column in real {
        let values = batch[column.name].as_primitive::<datafusion::arrow::datatypes::Float64Type>();
        if values.iter().flatten().any(|value| !value.is_finite()) {
            return Err(wrong(
                column.name,
                "not a finite number in some row".to_owned(),
            ));
        }
    }
    let relaxed = Schema::new(
        schema
            .fields()
            .iter()
            .zip(&columns)
            .map(|(field, column)| {
                field
                    .as_ref()
                    .clone()
                    .with_data_type(column.data_type().clone())
            })
            .collect::<Vec<_>>(),
    );
    Ok(RecordBatch::try_new(Arc::new(relaxed), columns)?)
}

fn write_error(path: &Path, source: parquet::errors::ParquetError) -> Error {
    match source {
        parquet::errors::ParquetError::External(source) => {
            match source.downcast::<std::io::Error>() {
                Ok(source) => Error::File {
                    path: path.to_owned(),
                    source: *source,
                },
                Err(source) => parquet::errors::ParquetError::External(source).into(),
            }
        }
        other => other.into(),
    }
}
