//! Whether anyone reads or writes the lake: a lock on a file, which the operating system takes
//! back when its holder dies.
//!
//! Snapshots and transactions hold it shared for as long as they live. Files that no snapshot
//! needs, and files that were written but never published, are only removed by who holds it
//! alone.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::error::Error;

/// A held lock; dropping it lets go.
#[derive(Debug)]
pub(crate) struct InUse {
    _file: File,
}

impl InUse {
    /// Says that the lake is in use. Waits while someone cleans up.
    pub(crate) fn shared(path: &Path) -> Result<InUse, Error> {
        let file = open(path)?;
        file.lock_shared().map_err(Error::file(path))?;
        Ok(InUse { _file: file })
    }

    /// The lake to oneself, or `None` when it is in use.
    pub(crate) fn alone(path: &Path) -> Result<Option<InUse>, Error> {
        let file = open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(InUse { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(Error::File {
                path: path.to_owned(),
                source,
            }),
        }
    }
}

fn open(path: &Path) -> Result<File, Error> {
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .map_err(Error::file(path))
}
