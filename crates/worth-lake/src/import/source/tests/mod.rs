//! Whole files of every format, encoding and line ending, and every way they can be broken.

mod broken;
mod event_log;
mod json;
mod parquet;
mod real;
mod round_trip;
mod text;
mod workbook;

use std::path::PathBuf;

use datafusion::arrow::array::{Array, AsArray};
use tempfile::TempDir;

use super::*;
use crate::progress::Silent;

/// A file in a folder of its own, which goes with it.
struct Made {
    path: PathBuf,
    _folder: TempDir,
}

fn made(name: &str, bytes: impl AsRef<[u8]>) -> Made {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a file in it");
    Made {
        path,
        _folder: folder,
    }
}

fn open(made: &Made) -> SourceFile {
    open_with(made, &ReadOptions::default())
}

fn open_with(made: &Made, options: &ReadOptions) -> SourceFile {
    SourceFile::open(&made.path, options, &Silent).expect("a readable file")
}

fn refused(made: &Made) -> String {
    match SourceFile::open(&made.path, &ReadOptions::default(), &Silent) {
        Ok(file) => panic!("{} opened: {:?}", file.name(), file.format()),
        Err(error) => message(&error, made),
    }
}

/// A message without the temporary folder.
fn message(error: &SourceError, made: &Made) -> String {
    let folder = made.path.parent().expect("a folder").display().to_string();
    error.to_string().replace(&format!("{folder}/"), "")
}

fn names(file: &SourceFile) -> Vec<&str> {
    file.columns()
        .iter()
        .map(|column| column.name.as_str())
        .collect()
}

fn natives(file: &SourceFile) -> Vec<Native> {
    file.columns().iter().map(|column| column.native).collect()
}

/// All rows, an empty field as an empty text, with their places in the file.
fn numbered_rows(file: &SourceFile) -> Vec<(u64, Vec<String>)> {
    let mut found = Vec::new();
    for batch in file.read() {
        let batch = batch.expect("readable");
        let columns: Vec<_> = batch
            .rows
            .columns()
            .iter()
            .map(|column| column.as_string::<i32>())
            .collect();
        for (row, &file_row) in batch.file_rows.iter().enumerate() {
            let cell = |column: &&datafusion::arrow::array::StringArray| {
                if column.is_null(row) {
                    String::new()
                } else {
                    column.value(row).to_owned()
                }
            };
            found.push((file_row, columns.iter().map(cell).collect()));
        }
    }
    found
}

fn rows(file: &SourceFile) -> Vec<Vec<String>> {
    numbered_rows(file)
        .into_iter()
        .map(|(_, row)| row)
        .collect()
}

fn damaged(file: &SourceFile) -> Vec<Damaged> {
    file.read()
        .flat_map(|batch| batch.expect("readable").damaged)
        .collect()
}

fn count_rows(file: &SourceFile) -> usize {
    file.read()
        .map(|batch| batch.expect("readable").file_rows.len())
        .sum()
}
