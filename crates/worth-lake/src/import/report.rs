//! What an import did: per source and table, where every row went.

use serde::{Deserialize, Serialize};

use super::reason::Reason;
use crate::tables::Table;

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ImportReport {
    /// Per source, in the order they were imported.
    pub sources: Vec<SourceReport>,
    /// People of earlier surveys and feedback who were found among the customers that came now.
    #[serde(default)]
    pub found_later: Vec<FoundLater>,
    /// The snapshot after the import; the one it was checked against for a dry run.
    pub snapshot: i64,
    /// Whether nothing was written because that was asked for.
    pub dry_run: bool,
}

impl ImportReport {
    /// Whether customers came, or changed.
    pub(super) fn brings_customers(&self) -> bool {
        let mut tables = self.sources.iter().flat_map(|source| &source.tables);
        tables.any(|count| {
            count.table == Table::Customers.name() && count.accepted + count.replaced > 0
        })
    }
}

/// People of one source who were imported before their customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundLater {
    /// Name of the source.
    pub source: String,
    /// Customers who were found to be people of its rows.
    pub people: u64,
}

/// What became of the files of one source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SourceReport {
    /// Name of the source.
    pub source: String,
    /// Names of its files.
    pub files: Vec<String>,
    /// Per table, in target rows.
    pub tables: Vec<TableCount>,
    /// How respondents and authors were matched to customers, when the source has any.
    pub people: Option<PeopleCount>,
    /// What a person should know.
    pub notes: Vec<Reason>,
}

/// Where the rows for one table went: `read = accepted + replaced + skipped + rejected`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableCount {
    /// Name of the table.
    pub table: String,
    /// Target rows that the files gave.
    pub read: u64,
    /// New facts.
    pub accepted: u64,
    /// Facts that were known and now say something else.
    pub replaced: u64,
    /// Facts that were known as they are, and rows that are no rows of this table.
    pub skipped: u64,
    /// Rows that could not be accepted; they are in `rejects`.
    pub rejected: u64,
    /// Of the rows accepted and replaced, those without a customer.
    pub anonymous: u64,
    /// Rejects of earlier imports that are closed by rows of this one.
    pub closed_rejects: u64,
}

impl TableCount {
    /// Adds the counts of another file.
    pub fn add(&mut self, other: &TableCount) {
        self.read += other.read;
        self.accepted += other.accepted;
        self.replaced += other.replaced;
        self.skipped += other.skipped;
        self.rejected += other.rejected;
        self.anonymous += other.anonymous;
        self.closed_rejects += other.closed_rejects;
    }

    /// Whether every row read is somewhere.
    pub fn balances(&self) -> bool {
        self.read == self.accepted + self.replaced + self.skipped + self.rejected
    }
}

/// How respondents and authors were matched to customers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleCount {
    /// Known by their customer id.
    pub by_id: u64,
    /// Found by telephone number.
    pub by_phone: u64,
    /// Found by e-mail address.
    pub by_email: u64,
    /// More than one customer has that number or address: left unmatched.
    pub ambiguous: u64,
    /// They gave something, but no customer has it.
    pub unmatched: u64,
    /// They gave neither id nor number nor address.
    pub unnamed: u64,
}

impl PeopleCount {
    /// How many were matched.
    pub fn matched(&self) -> u64 {
        self.by_id + self.by_phone + self.by_email
    }

    /// Adds the counts of another file.
    pub fn add(&mut self, other: &PeopleCount) {
        self.by_id += other.by_id;
        self.by_phone += other.by_phone;
        self.by_email += other.by_email;
        self.ambiguous += other.ambiguous;
        self.unmatched += other.unmatched;
        self.unnamed += other.unnamed;
    }
}
