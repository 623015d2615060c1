//! The mathematics of customer value: slices of numbers in, plain structs out.
//!
//! No files, no SQL, no clock, no hidden randomness: whatever a result depends on is an argument,
//! so the same call gives the same bytes on every machine and with any number of threads.

pub mod estimate;
pub mod perceived;

pub use estimate::{Estimate, Method, NoInterval, Spread};
