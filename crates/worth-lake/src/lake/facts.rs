//! Unique facts: a row whose key the lake has already is skipped when it says the same and
//! replaces the old one when it does not.
//!
//! Rows go straight into the Parquet files that would be published; only their keys and a hash
//! of what they say stay in memory (see [`keys`](super::keys)). When all have come, keys that
//! came twice are settled first. Then the keys of the lake, file by file, are streamed past the
//! new ones, and what the few that match say is read and compared. Rows that turn out to be
//! known or contradictory are taken out by writing their files again without them; nearly
//! always there are none, and every row has been written once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Arc, Mutex, MutexGuard};

use datafusion::arrow::array::{Array, AsArray, BooleanArray, RecordBatch};
use datafusion::arrow::compute::filter_record_batch;
use datafusion::arrow::datatypes::UInt64Type;
use rayon::prelude::*;

use super::Lake;
use super::catalog::{DataFile, StoredTable};
use super::content::content_hashes;
use super::keys::{Entry, Keys, MEMORY_ENTRIES};
use super::parquet_file::{FileWriter, StagedFile, in_order};
use super::stored_rows::{all_rows, contents_at, deleted_positions, for_each_key, key_words};
use super::transaction::Staged;
use crate::error::Error;

/// Name of the column that says where in its file a row stood.
pub const FILE_ROW: &str = "file_row";

/// Takes rows of one table whose keys must be unique. Made by
/// [`Transaction::facts`](super::Transaction::facts).
pub struct FactWriter {
    lake: Lake,
    base: i64,
    table: StoredTable,
    writer: FileWriter,
    keys: Keys,
    sources: BTreeSet<String>,
    staged: Arc<Mutex<Staged>>,
}

/// What became of the rows given to a [`FactWriter`]: every one of them is in exactly one of
/// the four.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Rows of facts that are new.
    pub accepted: u64,
    /// Rows of facts that were there and said something else; the old rows are replaced.
    pub replaced: u64,
    /// Rows of facts that were there and said the same, or that came twice.
    pub skipped: u64,
    /// Of the rows accepted and replaced, those whose `customer_id` is empty.
    pub anonymous: u64,
    /// `file_row` of rows that contradict another row of the same key among those given, in
    /// order. None of them was taken.
    pub conflicts: Vec<u64>,
}

impl FactWriter {
    pub(super) fn new(
        lake: Lake,
        base: i64,
        table: StoredTable,
        staged: Arc<Mutex<Staged>>,
    ) -> FactWriter {
        FactWriter {
            writer: FileWriter::new(&table),
            keys: Keys::new(MEMORY_ENTRIES, &lake.inner.places.data),
            sources: BTreeSet::new(),
            lake,
            base,
            table,
            staged,
        }
    }

    /// Takes rows with the columns of the table's schema and, if they came from a file,
    /// [`FILE_ROW`] (`UInt64`): where they stood there. Without it, rows count from 1 as they
    /// come.
    ///
    /// Errors: [`Error::Column`] when a column is missing, unknown, of another type, or empty
    /// though required; [`Error::File`] when the disk is full.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let file_rows = batch
            .schema()
            .index_of(FILE_ROW)
            .ok()
            .map(|place| batch.column(place));
        let file_rows = file_rows.map(|column| {
            column
                .as_primitive_opt::<UInt64Type>()
                .cloned()
                .ok_or_else(|| Error::Column {
                    table: self.table.table.name().to_owned(),
                    column: FILE_ROW.to_owned(),
                    problem: format!("it is {}, not UInt64", column.data_type()),
                })
        });
        let file_rows = file_rows.transpose()?;
        let batch = match batch.schema().index_of(FILE_ROW) {
            Ok(place) => {
                let mut rows = batch.clone();
                rows.remove_column(place);
                rows
            }
            Err(_) => batch.clone(),
        };
        let batch = in_order(&self.table, &batch)?;
        self.note_sources(&batch);
        let contents = content_hashes(self.table.table, &batch)?;
        let keys = batch["row_key"].as_fixed_size_binary();
        let first_place = self.writer.rows();
        for (row, content) in contents.into_iter().enumerate() {
            let place = first_place + row as u64;
            let file_row = file_rows.as_ref().map_or(place + 1, |rows| rows.value(row));
            let key = key_words(keys.value(row));
            self.keys.push(Entry {
                key,
                content,
                place,
                file_row,
            })?;
        }
        self.writer.write(&batch)
    }

    /// Rows taken so far.
    pub fn rows(&self) -> u64 {
        self.writer.rows()
    }

    /// Settles which rows are new and leaves them to the transaction to commit.
    ///
    /// Errors: [`Error::File`], [`Error::Catalog`], [`Error::Engine`]; the transaction is then
    /// as if these rows had not been given.
    pub async fn finish(self) -> Result<Facts, Error> {
        let files = self
            .lake
            .inner
            .catalog
            .files(&self.table, self.base)
            .await?;
        let done = tokio::task::spawn_blocking(move || self.settle(files)).await;
        done.unwrap_or_else(|died| std::panic::resume_unwind(died.into_panic()))
    }

    fn note_sources(&mut self, batch: &RecordBatch) {
        let sources = batch["source"].as_string::<i32>();
        let mut last = None;
        for source in sources.iter().flatten() {
            if last != Some(source) && !self.sources.contains(source) {
                self.sources.insert(source.to_owned());
            }
            last = Some(source);
        }
    }

    fn settle(self, files: Vec<DataFile>) -> Result<Facts, Error> {
        let rows = self.writer.rows();
        let written = self.writer.finish()?;
        let deleted = lock(&self.staged).table(&self.table).deletes.clone();

        // Files that have no row of these sources cannot have their keys.
        let known: Vec<KnownFile> = files
            .into_iter()
            .filter(|file| may_have(file, &self.sources))
            .map(|file| {
                let mut positions = deleted_positions(file.deletes.as_ref())?;
                positions.extend(deleted.get(&file.id).into_iter().flatten());
                positions.sort_unstable();
                Ok(KnownFile {
                    file,
                    deleted: positions,
                })
            })
            .collect::<Result<_, Error>>()?;

        let mut settled = Settled::new(rows);
        let mut groups = self.keys.into_groups()?;
        while let Some(group) = groups.next_group()? {
            let unique = settled.settle_repeats(group);
            if !known.is_empty() {
                settled.compare(&self.table, &unique, &known)?;
            }
        }

        let files = without(&self.table, written, &settled.dropped)?;
        let mut facts = settled.facts;
        facts.conflicts.sort_unstable();
        facts.accepted = rows - facts.skipped - facts.replaced - facts.conflicts.len() as u64;
        facts.anonymous = empty(&self.table, "customer_id", &files);
        let mut staged = lock(&self.staged);
        let stage = staged.table(&self.table);
        stage.files.extend(files);
        for (file, positions) in settled.outdated {
            stage.deletes.entry(file).or_default().extend(positions);
        }
        Ok(facts)
    }
}

fn lock(staged: &Mutex<Staged>) -> MutexGuard<'_, Staged> {
    staged
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// A file of the lake, and the sorted positions of its rows that no longer count.
struct KnownFile {
    file: DataFile,
    deleted: Vec<u64>,
}

fn may_have(file: &DataFile, sources: &BTreeSet<String>) -> bool {
    match &file.sources {
        None => true,
        Some((least, greatest)) => sources
            .range(least.clone()..=greatest.clone())
            .next()
            .is_some(),
    }
}

/// What is known so far of the rows given.
struct Settled {
    facts: Facts,
    dropped: Places,
    /// Positions of rows that are replaced, by id of their file.
    outdated: BTreeMap<i64, Vec<u64>>,
}

impl Settled {
    fn new(rows: u64) -> Settled {
        Settled {
            facts: Facts::default(),
            dropped: Places::new(rows),
            outdated: BTreeMap::new(),
        }
    }

    /// Leaves one row of each key; of contradictory ones none.
    fn settle_repeats(&mut self, group: Vec<Entry>) -> Vec<Entry> {
        let mut unique = group;
        let mut kept = 0;
        let mut start = 0;
        while start < unique.len() {
            let first = unique[start];
            let same_key = unique[start..]
                .iter()
                .take_while(|entry| entry.key == first.key);
            let end = start + same_key.count();
            let run = &unique[start..end];
            if run.iter().all(|entry| entry.content == first.content) {
                for entry in &run[1..] {
                    self.dropped.add(entry.place);
                }
                self.facts.skipped += run.len() as u64 - 1;
                unique[kept] = first;
                kept += 1;
            } else {
                for entry in run {
                    self.dropped.add(entry.place);
                    self.facts.conflicts.push(entry.file_row);
                }
            }
            start = end;
        }
        unique.truncate(kept);
        unique
    }

    /// Compares rows, each of another key, with what the lake has of their keys.
    fn compare(
        &mut self,
        table: &StoredTable,
        unique: &[Entry],
        known: &[KnownFile],
    ) -> Result<(), Error> {
        let index = Index::new(unique);
        let matches = known
            .par_iter()
            .map(|known| Matches::find(table, &index, known))
            .collect::<Result<Vec<_>, Error>>()?;
        let mut same = Places::new(unique.len() as u64);
        let mut different = Places::new(unique.len() as u64);
        for matches in &matches {
            for (found, &entry) in matches.contents.iter().zip(&matches.entries) {
                let given = &unique[entry as usize];
                if *found == given.content {
                    same.add(entry.into());
                } else {
                    different.add(entry.into());
                }
            }
        }
        for (known, matches) in known.iter().zip(matches) {
            for (position, entry) in matches.positions.into_iter().zip(matches.entries) {
                // A key is in the lake once. Should another tool have added it again, a row that
                // says the same is enough to skip, and only replacing tidies up.
                if !same.has(entry.into()) {
                    self.outdated
                        .entry(known.file.id)
                        .or_default()
                        .push(position);
                }
            }
        }
        for (entry, given) in unique.iter().enumerate() {
            if same.has(entry as u64) {
                self.dropped.add(given.place);
                self.facts.skipped += 1;
            } else if different.has(entry as u64) {
                self.facts.replaced += 1;
            }
        }
        Ok(())
    }
}

/// Rows of one file of the lake whose keys are among the given ones.
struct Matches {
    /// Sorted.
    positions: Vec<u64>,
    /// Which of the given entries each is.
    entries: Vec<u32>,
    /// What each says.
    contents: Vec<u64>,
}

impl Matches {
    fn find(table: &StoredTable, index: &Index, known: &KnownFile) -> Result<Matches, Error> {
        let mut positions = Vec::new();
        let mut entries = Vec::new();
        for_each_key(&known.file, &known.deleted, |position, key| {
            if let Some(entry) = index.find(key) {
                positions.push(position);
                entries.push(entry);
            }
        })?;
        let contents = match positions.is_empty() {
            true => Vec::new(),
            false => contents_at(table.table, &known.file, &positions)?,
        };
        Ok(Matches {
            positions,
            entries,
            contents,
        })
    }
}

/// Finds entries by key.
struct Index {
    /// One bit for each value of the key's lowest bits: most keys of a large lake are not among
    /// the given ones, and are known not to be without a look into the table.
    bits: Places,
    mask: u64,
    places: HashMap<u128, u32, BuildHasherDefault<KeyIsHash>>,
}

impl Index {
    /// Sixteen bits per entry: one in sixteen absent keys is looked up in vain.
    fn new(entries: &[Entry]) -> Index {
        let mask = (entries.len() as u64 * 16).next_power_of_two() - 1;
        let mut bits = Places::new(mask + 1);
        let mut places =
            HashMap::with_capacity_and_hasher(entries.len(), BuildHasherDefault::default());
        for (place, entry) in entries.iter().enumerate() {
            let place = u32::try_from(place).expect("a group has fewer than 2^32 entries");
            bits.add(entry.key[1] & mask);
            places.insert(whole(entry.key), place);
        }
        Index { bits, mask, places }
    }

    fn find(&self, key: [u64; 2]) -> Option<u32> {
        if !self.bits.has(key[1] & self.mask) {
            return None;
        }
        self.places.get(&whole(key)).copied()
    }
}

fn whole(key: [u64; 2]) -> u128 {
    u128::from(key[0]) << 64 | u128::from(key[1])
}

/// Keys are hashes already.
#[derive(Default)]
struct KeyIsHash(u64);

impl Hasher for KeyIsHash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _bytes: &[u8]) {
        unreachable!("only keys are hashed");
    }

    fn write_u128(&mut self, key: u128) {
        self.0 = (key >> 64) as u64 ^ key as u64;
    }
}

/// A set of numbers below a bound, one bit each.
#[derive(Debug)]
pub(super) struct Places {
    words: Vec<u64>,
}

impl Places {
    fn new(bound: u64) -> Places {
        let words = usize::try_from(bound.div_ceil(64)).expect("a bit for each row fits");
        Places {
            words: vec![0; words],
        }
    }

    fn add(&mut self, place: u64) {
        self.words[(place / 64) as usize] |= 1 << (place % 64);
    }

    fn has(&self, place: u64) -> bool {
        self.words[(place / 64) as usize] & 1 << (place % 64) != 0
    }
}

/// How many rows of the files have nothing in a column; 0 in a table without that column.
fn empty(table: &StoredTable, column: &str, files: &[StagedFile]) -> u64 {
    let Some(column) = table.columns.iter().find(|known| known.name == column) else {
        return 0;
    };
    files
        .iter()
        .flat_map(|file| &file.statistics)
        .filter(|statistic| statistic.column_id == column.id)
        .filter_map(|statistic| statistic.null_count)
        .map(i64::unsigned_abs)
        .sum()
}

/// The files without the rows that are dropped: as they are where none is, else written anew.
fn without(
    table: &StoredTable,
    files: Vec<StagedFile>,
    dropped: &Places,
) -> Result<Vec<StagedFile>, Error> {
    let mut kept = Vec::new();
    let mut rewritten = FileWriter::new(table);
    for file in files {
        let places = file.first_place..file.first_place + file.rows;
        let drops = places.clone().filter(|&place| dropped.has(place)).count() as u64;
        if drops == 0 {
            kept.push(file);
        } else if drops < file.rows {
            let mut place = file.first_place;
            for batch in all_rows(table.table, &file.path)? {
                let batch = batch?;
                let end = place + batch.num_rows() as u64;
                let keep: BooleanArray = (place..end)
                    .map(|place| Some(!dropped.has(place)))
                    .collect();
                place = end;
                let batch = filter_record_batch(&batch, &keep)?;
                rewritten.write(&in_order(table, &batch)?)?;
            }
        }
    }
    kept.extend(rewritten.finish()?);
    Ok(kept)
}
