//! Filled-in forms of a survey before anything is measured with them: which ones are doubtful, and how
//! much each respondent should count.
//!
//! [`doubts`] says which forms were filled in too fast, with one score down the line, against all that
//! the others say, or twice. [`rake`] gives weights with which respondents are spread over regions,
//! channels and so on as those are whom they stand for; [`Design`] says what weights cost.
//!
//! **Know before use.** A doubtful form is not a wrong one: rules are set so that few honest forms are
//! doubted, and careless ones slip through. Weights mend who answered only as far as it has to do with
//! what is weighted by.

mod consistency;
mod copies;
mod design;
mod doubts;
mod raking;
mod sameness;
mod speed;
#[cfg(test)]
mod tests;

pub use design::Design;
pub use doubts::{Answer, Doubt, Rules, Sense, doubts};
pub use raking::{CAP, Margin, Raked, rake};
