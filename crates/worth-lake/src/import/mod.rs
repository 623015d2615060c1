//! From files to facts: reading what a business has, understanding it, and putting it into the
//! tables.

pub mod mapping;
pub mod people;
pub mod profile;
pub mod propose;
pub mod reason;
mod recognise;
pub mod report;
pub mod run;
pub mod source;
mod transform;
pub mod value;
