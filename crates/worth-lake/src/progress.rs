//! How long work tells how far it is. The lake reports, whoever called decides how to show it.

/// Receives the progress of one piece of work at a time.
pub trait Progress: Send + Sync {
    /// A stage begins: `what` it does, and how many `unit`s there will be, when known.
    fn begin(&self, what: &str, total: Option<u64>, unit: Unit);
    /// So many more units are done.
    fn advance(&self, by: u64);
    /// The stage is over.
    fn end(&self);
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
    fn begin(&self, _what: &str, _total: Option<u64>, _unit: Unit) {}
    fn advance(&self, _by: u64) {}
    fn end(&self) {}
}
