//! Where customer data lives: the tables, the import that fills them, the lake that keeps them
//! and the engine that reads them. It knows nothing about customer value.

pub mod import;
pub mod progress;
