//! What `worth` does besides asking questions: one file per verb.

pub(crate) mod compact;
pub(crate) mod demo;
pub(crate) mod import;
pub(crate) mod init;
pub(crate) mod rejects;
pub(crate) mod report;
pub(crate) mod snapshots;
pub(crate) mod sql;
pub(crate) mod survey;
pub(crate) mod tables;

mod text_table;
