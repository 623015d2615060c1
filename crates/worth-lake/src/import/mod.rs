//! From files to facts: reading what a business has, understanding it, and putting it into the
//! tables.

pub mod profile;
pub mod source;
pub mod value;
