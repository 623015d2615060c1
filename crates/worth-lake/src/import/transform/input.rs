//! The rows of a source, as text: of one file as it is read, or of several joined by DataFusion.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, UInt32Array, UInt64Array};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef, UInt32Type, UInt64Type};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::catalog::streaming::StreamingTable;
use datafusion::error::DataFusionError;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::streaming::PartitionStream;
use datafusion::prelude::SessionContext;
use futures::StreamExt;
use futures::stream::BoxStream;

use crate::error::Error;
use crate::import::mapping::{Partners, TableMapping};
use crate::import::source::{Damaged, SourceBatch, SourceFile};

/// Hidden column: which file of its kind a row stood in.
const FILE: &str = "\u{1}file";
/// Hidden column: the row's place in that file.
const ROW: &str = "\u{1}row";

/// Where a row stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Which of the driving files, from 0.
    pub(crate) file: u32,
    /// Its place in the file, from 1.
    pub(crate) row: u64,
}

/// Some rows of a source; every column is text.
#[derive(Debug, Clone)]
pub(crate) struct TextBatch {
    /// The rows. A column of a joined file is called `file.column`.
    pub(crate) rows: RecordBatch,
    /// Where each row's driving row stood.
    pub(crate) places: Vec<Place>,
    /// Rows whose driving row found no partner: the name of the file it was looked for in.
    pub(crate) lonely: BTreeMap<u32, String>,
}

/// Rows that could not be taken apart, gathered while a file is read.
pub(crate) type DamagedRows = Arc<Mutex<Vec<(u32, Damaged)>>>;

/// What feeds one table.
pub(crate) struct Input<'a> {
    /// How the table is filled.
    pub(crate) table: &'a TableMapping,
    /// Kind of file and file, all of a set.
    pub(crate) files: &'a [(String, SourceFile)],
    /// Damaged rows of driving files end here.
    pub(crate) damaged: DamagedRows,
}

/// The names of the columns that an input gives, in order.
pub(crate) fn input_columns(
    table: &TableMapping,
    columns_of: impl Fn(&str) -> Vec<String>,
) -> Vec<String> {
    let mut names = columns_of(&table.from);
    for join in &table.joins {
        names.extend(
            columns_of(&join.file)
                .iter()
                .map(|name| format!("{}.{name}", join.file)),
        );
    }
    names
}

impl Input<'_> {
    /// The driving files.
    pub(crate) fn driving(&self) -> Vec<&SourceFile> {
        of_kind(self.files, &self.table.from)
    }

    /// The rows, in the order of the driving files.
    pub(crate) async fn rows(
        &self,
        context: &SessionContext,
    ) -> Result<BoxStream<'static, Result<TextBatch, Error>>, Error> {
        if self.table.joins.is_empty() {
            let files: Vec<SourceFile> = self.driving().into_iter().cloned().collect();
            let damaged = Arc::clone(&self.damaged);
            return Ok(futures::stream::iter(Direct::new(files, damaged)).boxed());
        }
        self.joined(context).await
    }

    /// Rows of joined files, each of which should give a row, that belong to no driving row: file
    /// and how many. To be asked after [`Input::rows`], which makes the files known to `context`.
    pub(crate) async fn orphans(
        &self,
        context: &SessionContext,
    ) -> Result<Vec<(String, u64)>, Error> {
        let mut found = Vec::new();
        for (place, join) in self.table.joins.iter().enumerate() {
            // a key that another joined file gave says nothing of the driving rows alone
            let by_driving = join
                .on
                .keys()
                .all(|ours| known_column(self.table, place, ours).starts_with("d."));
            if join.rows != Partners::Each || !by_driving {
                continue;
            }
            let conditions: Vec<String> = join
                .on
                .iter()
                .map(|(ours, theirs)| {
                    format!(
                        "{} = j.{}",
                        known_column(self.table, place, ours),
                        quoted(theirs)
                    )
                })
                .collect();
            let sql = format!(
                "select j.{} from {} as j left anti join {} as d on {}",
                quoted(ROW),
                quoted(&join.file),
                quoted(&self.table.from),
                conditions.join(" and ")
            );
            let count = context.sql(&sql).await?.count().await?;
            found.push((join.file.clone(), count as u64));
        }
        found.retain(|(_, count)| *count > 0);
        Ok(found)
    }

    /// Lets DataFusion join the files, the driving one keeping its order.
    async fn joined(
        &self,
        context: &SessionContext,
    ) -> Result<BoxStream<'static, Result<TextBatch, Error>>, Error> {
        let mut known = Vec::new();
        for name in self.table.file_names() {
            if known.contains(&name) {
                continue;
            }
            known.push(name);
            let files: Vec<SourceFile> = of_kind(self.files, name).into_iter().cloned().collect();
            let damaged = (name == self.table.from).then(|| Arc::clone(&self.damaged));
            let relation = Relation::new(files, damaged);
            let table =
                StreamingTable::try_new(Arc::clone(&relation.schema), vec![Arc::new(relation)])?;
            context.deregister_table(table_name(name))?;
            context.register_table(table_name(name), Arc::new(table))?;
        }
        let columns_of = |name: &str| column_names(self.files, name);
        let sql = join_sql(self.table, &columns_of);
        let names = input_columns(self.table, columns_of);
        let each: Option<String> = self
            .table
            .joins
            .iter()
            .find(|join| join.rows == Partners::Each)
            .map(|join| join.file.clone());
        let stream = context.sql(&sql).await?.execute_stream().await?;
        Ok(stream
            .map(move |batch| joined_batch(&batch?, &names, each.as_deref()))
            .boxed())
    }
}

/// The columns of a kind of file: those of its files, which all have the same.
fn column_names(files: &[(String, SourceFile)], kind: &str) -> Vec<String> {
    of_kind(files, kind)
        .first()
        .map(|file| {
            file.columns()
                .iter()
                .map(|column| column.name.clone())
                .collect()
        })
        .unwrap_or_default()
}

fn of_kind<'a>(files: &'a [(String, SourceFile)], kind: &str) -> Vec<&'a SourceFile> {
    files
        .iter()
        .filter(|(name, _)| name == kind)
        .map(|(_, file)| file)
        .collect()
}

fn table_name(kind: &str) -> datafusion::common::TableReference {
    datafusion::common::TableReference::bare(kind.to_owned())
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// `driving left join …`, every column under the name that rules use, in the driving order.
fn join_sql(table: &TableMapping, columns_of: &dyn Fn(&str) -> Vec<String>) -> String {
    let mut select: Vec<String> = columns_of(&table.from)
        .iter()
        .map(|name| format!("d.{0} as {0}", quoted(name)))
        .collect();
    let mut from = format!("from {} as d", quoted(&table.from));
    let mut order = format!("d.{}, d.{}", quoted(FILE), quoted(ROW));
    let mut each_row = String::from("d.");
    each_row.push_str(&quoted(ROW));
    for (place, join) in table.joins.iter().enumerate() {
        let alias = format!("j{place}");
        for name in columns_of(&join.file) {
            let named = quoted(&format!("{}.{name}", join.file));
            select.push(format!("{alias}.{} as {named}", quoted(&name)));
        }
        let relation = match join.rows {
            Partners::Each => {
                each_row = format!("{alias}.{}", quoted(ROW));
                order.push_str(&format!(", {each_row}"));
                quoted(&join.file)
            }
            Partners::First => first_partner(join),
        };
        let conditions: Vec<String> = join
            .on
            .iter()
            .map(|(ours, theirs)| {
                format!(
                    "{} = {alias}.{}",
                    known_column(table, place, ours),
                    quoted(theirs)
                )
            })
            .collect();
        from.push_str(&format!(
            " left join {relation} as {alias} on {}",
            conditions.join(" and ")
        ));
    }
    select.push(format!("d.{0} as {0}", quoted(FILE)));
    select.push(format!("d.{0} as {0}", quoted(ROW)));
    select.push(format!("{each_row} as {}", quoted("\u{1}partner")));
    format!("select {} {from} order by {order}", select.join(", "))
}

/// A column of the driving file, or of a file joined before (`file.column`).
fn known_column(table: &TableMapping, place: usize, name: &str) -> String {
    if let Some((file, column)) = name.split_once('.')
        && let Some(earlier) = table.joins[..place]
            .iter()
            .position(|join| join.file == file)
    {
        return format!("j{earlier}.{}", quoted(column));
    }
    format!("d.{}", quoted(name))
}

/// The first row of each key of a joined file.
fn first_partner(join: &crate::import::mapping::Join) -> String {
    let keys: Vec<String> = join.on.values().map(|name| quoted(name)).collect();
    let keys = keys.join(", ");
    format!(
        "(select * from (select *, row_number() over (partition by {keys} order by {}, {}) as \"\u{1}n\" from {}) where \"\u{1}n\" = 1)",
        quoted(FILE),
        quoted(ROW),
        quoted(&join.file)
    )
}

fn joined_batch(
    batch: &RecordBatch,
    names: &[String],
    each: Option<&str>,
) -> Result<TextBatch, Error> {
    let width = names.len();
    let files = batch.column(width).as_primitive::<UInt32Type>();
    let rows = batch.column(width + 1).as_primitive::<UInt64Type>();
    let partners = batch.column(width + 2);
    let places = files
        .values()
        .iter()
        .zip(rows.values())
        .map(|(file, row)| Place {
            file: *file,
            row: *row,
        })
        .collect();
    let mut lonely = BTreeMap::new();
    if let Some(each) = each {
        for row in 0..batch.num_rows() {
            if partners.is_null(row) {
                lonely.insert(
                    u32::try_from(row).expect("a batch is small"),
                    each.to_owned(),
                );
            }
        }
    }
    let columns: Vec<ArrayRef> = batch.columns()[..width].to_vec();
    let rows = RecordBatch::try_new(text_schema(names), columns)?;
    Ok(TextBatch {
        rows,
        places,
        lonely,
    })
}

fn text_schema(names: &[String]) -> SchemaRef {
    let fields: Vec<Field> = names
        .iter()
        .map(|name| Field::new(name, DataType::Utf8, true))
        .collect();
    Arc::new(Schema::new(fields))
}

/// Files of one kind, read one after the other.
struct Direct {
    files: std::vec::IntoIter<SourceFile>,
    number: u32,
    reading: Option<crate::import::source::Batches>,
    damaged: DamagedRows,
}

impl Direct {
    fn new(files: Vec<SourceFile>, damaged: DamagedRows) -> Self {
        Self {
            files: files.into_iter(),
            number: 0,
            reading: None,
            damaged,
        }
    }

    /// The next batch and the number of its file.
    fn next_batch(&mut self) -> Option<Result<(u32, SourceBatch), Error>> {
        loop {
            if let Some(reading) = &mut self.reading {
                match reading.next() {
                    Some(Ok(mut batch)) => {
                        let damaged = std::mem::take(&mut batch.damaged);
                        if !damaged.is_empty() {
                            let mut all = self.damaged.lock().expect("no holder panics");
                            all.extend(damaged.into_iter().map(|row| (self.number, row)));
                        }
                        return Some(Ok((self.number, batch)));
                    }
                    Some(Err(error)) => return Some(Err(error.into())),
                    None => {
                        self.reading = None;
                        self.number += 1;
                    }
                }
            }
            self.reading = Some(self.files.next()?.read());
        }
    }
}

impl Iterator for Direct {
    type Item = Result<TextBatch, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.next_batch()?;
        Some(batch.map(|(file, batch)| {
            TextBatch {
                places: batch
                    .file_rows
                    .iter()
                    .map(|row| Place { file, row: *row })
                    .collect(),
                rows: batch.rows,
                lonely: BTreeMap::new(),
            }
        }))
    }
}

/// Files of one kind as a table that DataFusion can read, more than once.
struct Relation {
    files: Vec<SourceFile>,
    schema: SchemaRef,
    damaged: Option<DamagedRows>,
}

impl Relation {
    fn new(files: Vec<SourceFile>, damaged: Option<DamagedRows>) -> Self {
        let mut fields: Vec<Field> = files
            .first()
            .map(|file| file.columns())
            .unwrap_or_default()
            .iter()
            .map(|column| Field::new(&column.name, DataType::Utf8, true))
            .collect();
        fields.push(Field::new(FILE, DataType::UInt32, false));
        fields.push(Field::new(ROW, DataType::UInt64, false));
        Self {
            files,
            schema: Arc::new(Schema::new(fields)),
            damaged,
        }
    }
}

impl fmt::Debug for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Relation")
            .field("schema", &self.schema)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl PartitionStream for Relation {
    fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn execute(&self, _context: Arc<TaskContext>) -> SendableRecordBatchStream {
        let mut direct = Direct::new(self.files.clone(), self.damaged.clone().unwrap_or_default());
        let schema = Arc::clone(&self.schema);
        let batches = std::iter::from_fn(move || direct.next_batch()).map(move |batch| {
            let (file, batch) =
                batch.map_err(|error| DataFusionError::External(Box::new(error)))?;
            let rows = batch.rows.num_rows();
            let mut columns = batch.rows.columns().to_vec();
            columns.push(Arc::new(UInt32Array::from(vec![file; rows])));
            columns.push(Arc::new(UInt64Array::from(batch.file_rows)));
            Ok(RecordBatch::try_new(Arc::clone(&schema), columns)?)
        });
        Box::pin(RecordBatchStreamAdapter::new(
            Arc::clone(&self.schema),
            futures::stream::iter(batches),
        ))
    }
}
