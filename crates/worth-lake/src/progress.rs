//! How long work tells how far it is. The lake reports, whoever called decides how to show it.

/// Receives the progress of one piece of work at a time.
pub trait Progress: Send + Sync {
    /// A stage begins, and how many `unit`s there will be, when known.
    fn begin(&self, stage: Stage<'_>, total: Option<u64>, unit: Unit);
    /// So many more units are done.
    fn advance(&self, by: u64);
    /// The stage is over.
    fn end(&self);
}

/// A stage of long work. Whoever shows it has the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage<'a> {
    /// What is done: `look`, `profile`, `import`, `compact`, `sample`.
    pub code: &'static str,
    /// The file it is done to; empty when it is not one file.
    pub file: &'a str,
}

impl<'a> Stage<'a> {
    /// Something that is done to a file.
    pub fn of(code: &'static str, file: &'a str) -> Self {
        Self { code, file }
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Rows of a table or file.
    Rows,
    /// Bytes of a file.
    Bytes,
    /// Steps of a calculation.
    Steps,
}

/// Shows nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _stage: Stage<'_>, _total: Option<u64>, _unit: Unit) {}
    fn advance(&self, _by: u64) {}
    fn end(&self) {}
}
