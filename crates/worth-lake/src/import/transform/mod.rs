//! From rows of text to rows of a table.
//!
//! ```text
//!  files ─► input ─► prepare ─► convert ─► key ─► run
//!           (join)   (in order) (parallel) (in order)
//! ```
//!
//! [`input`] gives batches of text, joined where the mapping says so. [`prepare`] does what needs
//! the rows in their order (blank cells filled from above, ids made of contents). [`convert`]
//! turns whole columns into typed ones, batch by batch and in parallel, and says per row why it
//! cannot be accepted. [`key`] counts equal facts of one file.

mod attributes;
mod cells;
mod compile;
mod convert;
mod input;
mod key;
mod prepare;
mod survey;
mod values;

pub(crate) use compile::{Compiled, Setting};
pub(crate) use convert::Converted;
pub(crate) use input::{DamagedRows, Input, Place, input_columns};
pub(crate) use key::Occurrences;
pub(crate) use prepare::Prepare;
pub(crate) use values::TimeNotes;
