//! Where customer data lives: the tables, the import that fills them, the lake that keeps them
//! and the engine that reads them. It knows nothing about customer value.

pub mod engine;
pub mod error;
pub mod import;
pub mod lake;
pub mod progress;
pub mod tables;
pub mod workspace;

pub use error::Error;
