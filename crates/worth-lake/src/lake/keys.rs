//! The keys of the rows that a file brings, in bounded memory.
//!
//! Forty bytes are kept of every row. Beyond [`MEMORY_ENTRIES`] of them they go to a temporary
//! file, in parts by the first bits of their key, so that the rows of one key meet again in one
//! part and every part (or several at once) fits into memory.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Rows whose keys are kept in memory: 72 MB of them, and a table to look them up of the same
/// size (2²¹ slots of 32 bytes hold 7/8 of 2²¹ entries).
pub(super) const MEMORY_ENTRIES: usize = (1 << 21) / 8 * 7;

/// Parts that keys are divided into when they do not fit.
const PARTS: usize = 64;
const PART_BITS: u32 = PARTS.trailing_zeros();
const ENTRY_BYTES: usize = 40;

/// What is kept of a row that a file brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// The upper and lower half of its `row_key`.
    pub(super) key: [u64; 2],
    /// Hash of its mapped columns.
    pub(super) content: u64,
    /// Its number among the rows brought, from 0.
    pub(super) place: u64,
    /// Its row in the file.
    pub(super) file_row: u64,
}

/// Keys as they come, in memory or on disk.
#[derive(Debug)]
pub(super) struct Keys {
    limit: usize,
    /// Where they go when there are too many.
    folder: PathBuf,
    parts: Vec<Vec<Entry>>,
    in_memory: usize,
    spilled: Option<Spill>,
}

#[derive(Debug)]
struct Spill {
    file: File,
    folder: PathBuf,
    bytes: u64,
    /// For each part, where runs of its entries are: offset in bytes, number of entries.
    runs: Vec<Vec<(u64, usize)>>,
    entries: Vec<usize>,
}

impl Keys {
    /// At most `limit` entries stay in memory, the others go to a file in `folder`.
    pub(super) fn new(limit: usize, folder: &Path) -> Keys {
        let parts = vec![Vec::new(); PARTS];
        Keys {
            limit,
            folder: folder.to_owned(),
            parts,
            in_memory: 0,
            spilled: None,
        }
    }

    pub(super) fn push(&mut self, entry: Entry) -> Result<(), Error> {
        if self.in_memory >= self.limit {
            self.spill()?;
        }
        self.parts[part_of(&entry)].push(entry);
        self.in_memory += 1;
        Ok(())
    }

    fn spill(&mut self) -> Result<(), Error> {
        let spill = match &mut self.spilled {
            Some(spill) => spill,
            None => {
                let folder = self.folder.clone();
                let file = tempfile::tempfile_in(&folder).map_err(Error::file(&folder))?;
                let runs = vec![Vec::new(); PARTS];
                self.spilled.insert(Spill {
                    file,
                    folder,
                    bytes: 0,
                    runs,
                    entries: vec![0; PARTS],
                })
            }
        };
        let mut bytes = Vec::new();
        for (part, entries) in self.parts.iter_mut().enumerate() {
            if entries.is_empty() {
                continue;
            }
            bytes.clear();
            entries
                .iter()
                .for_each(|entry| write_entry(&mut bytes, entry));
            spill
                .file
                .write_all(&bytes)
                .map_err(Error::file(&spill.folder))?;
            spill.runs[part].push((spill.bytes, entries.len()));
            spill.entries[part] += entries.len();
            spill.bytes += bytes.len() as u64;
            entries.clear();
        }
        self.in_memory = 0;
        Ok(())
    }

    /// The keys in groups that fit into memory; all rows of one key are in one group. Within a
    /// group, entries are ordered by key, then by place.
    pub(super) fn into_groups(self) -> Result<Groups, Error> {
        let mut keys = self;
        if keys.spilled.is_some() {
            keys.spill()?;
        }
        Ok(Groups { keys, next: 0 })
    }
}

/// Groups of keys, one at a time.
#[derive(Debug)]
pub(super) struct Groups {
    keys: Keys,
    next: usize,
}

impl Groups {
    /// The next group, or `None` after the last.
    pub(super) fn next_group(&mut self) -> Result<Option<Vec<Entry>>, Error> {
        if self.next >= PARTS {
            return Ok(None);
        }
        let mut group = Vec::new();
        match &mut self.keys.spilled {
            None => {
                group.reserve_exact(self.keys.in_memory);
                for part in &mut self.keys.parts {
                    sort(part);
                    group.append(part);
                    *part = Vec::new();
                }
                self.next = PARTS;
            }
            Some(spill) => {
                let first = self.next;
                let mut entries = 0;
                // One part at least, more while they fit.
                while self.next < PARTS
                    && (self.next == first || entries + spill.entries[self.next] <= self.keys.limit)
                {
                    entries += spill.entries[self.next];
                    self.next += 1;
                }
                group.reserve_exact(entries);
                for part in first..self.next {
                    let start = group.len();
                    for (offset, entries) in std::mem::take(&mut spill.runs[part]) {
                        spill.read(offset, entries, &mut group)?;
                    }
                    sort(&mut group[start..]);
                }
            }
        }
        Ok(Some(group))
    }
}

impl Spill {
    fn read(&mut self, offset: u64, entries: usize, into: &mut Vec<Entry>) -> Result<(), Error> {
        let mut bytes = vec![0; entries * ENTRY_BYTES];
        self.file
            .seek(SeekFrom::Start(offset))
            .and_then(|_| self.file.read_exact(&mut bytes))
            .map_err(Error::file(&self.folder))?;
        into.extend(bytes.chunks_exact(ENTRY_BYTES).map(read_entry));
        Ok(())
    }
}

/// Parts are in the order of their keys, so sorted parts one after another are sorted.
fn sort(entries: &mut [Entry]) {
    entries.sort_unstable_by_key(|entry| (entry.key, entry.place));
}

fn part_of(entry: &Entry) -> usize {
    usize::try_from(entry.key[0] >> (u64::BITS - PART_BITS)).expect("a few bits fit")
}

fn write_entry(bytes: &mut Vec<u8>, entry: &Entry) {
    for word in [
        entry.key[0],
        entry.key[1],
        entry.content,
        entry.place,
        entry.file_row,
    ] {
        bytes.extend_from_slice(&word.to_le_bytes());
    }
}

fn read_entry(bytes: &[u8]) -> Entry {
    let word = |place: usize| {
        let word = bytes[place * 8..][..8]
            .try_into()
            .expect("eight bytes are a word");
        u64::from_le_bytes(word)
    };
    Entry {
        key: [word(0), word(1)],
        content: word(2),
        place: word(3),
        file_row: word(4),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// However little memory there is, all entries come back, sorted, and no key is in two
        /// groups.
        #[test]
        fn nothing_is_lost_on_disk(
            keys in proptest::collection::vec((0..20_u64, any::<bool>()), 0..300),
            limit in 1..100_usize,
        ) {
            let folder = tempfile::tempdir().expect("a folder");
            let mut all = Keys::new(limit, folder.path());
            let entries: Vec<Entry> = keys
                .iter()
                .enumerate()
                .map(|(place, &(key, high))| Entry {
                    key: [key << 59 | u64::from(high), key],
                    content: key,
                    place: place as u64,
                    file_row: place as u64 + 1,
                })
                .collect();
            for entry in &entries {
                all.push(*entry).expect("the disk is not full");
            }
            let mut groups = all.into_groups().expect("the disk is not full");
            let mut back = Vec::new();
            while let Some(group) = groups.next_group().expect("what was written is read") {
                if let (Some(first), Some(last)) = (group.first(), back.last()) {
                    let last: &Entry = last;
                    prop_assert!(first.key > last.key, "a key is in two groups");
                }
                back.extend(group);
            }
            let mut expected = entries;
            sort(&mut expected);
            prop_assert_eq!(back, expected);
        }
    }
}
