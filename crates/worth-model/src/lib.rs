//! The mathematics of customer value: slices of numbers in, plain structs out.
//!
//! No files, no SQL, no clock, no hidden randomness: whatever a result depends on is an argument,
//! so the same call gives the same bytes on every machine and with any number of threads.
//!
//! | module | answers |
//! |---|---|
//! | [`lifetime`] | who is still a customer, what will they buy, what are they worth |
//! | [`perceived`] | what benefits and costs respondents see in brands |
//! | [`accuracy`] | how far forecasts were from what happened |
//! | [`concentration`] | how much of a whole a few hold; shares and quantiles |
//! | [`discovery`] | which of many differences are no accident |
//! | [`experiment`] | how far two arms of an experiment differ, and how many it takes to tell |
//! | [`simulate`] | customers drawn from known parameters |
//! | [`survival`] | how long customers stay, why they leave, and what that is worth |

pub mod accuracy;
mod chi_square;
pub mod concentration;
pub mod discovery;
pub mod error;
pub mod estimate;
pub mod experiment;
pub mod lifetime;
mod newton;
mod parallel;
pub mod perceived;
pub mod simulate;
pub mod survival;
mod symmetric;

pub use error::Error;
pub use estimate::{DEFAULT_LEVEL, Estimate, Method, NoInterval, Spread};

/// The example on the page about lifetime value is a test.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/methods/lifetime.md")]
pub struct LifetimePage;

/// The examples on the page about contracts are tests.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/methods/contracts.md")]
pub struct ContractsPage;
