//! Questions about customers, each answered from one snapshot of the lake.
//!
//! ```text
//!  Scope ─┐
//!         ├─► Question::ask ─► Answered { answer, provenance, rows } ─► JSON (as it is)
//!  Context┘                            │
//!                                      └─ Present::sheet(words) ─► Sheet ─► terminal, HTML, Markdown
//! ```
//!
//! [`catalogue`] lists the questions; the command line and the report are made from it. [`words`]
//! writes sentences and numbers in the reader's language. A [`sheet`] knows what to show, the
//! renderers in [`render`] know how.

pub mod acquisition;
pub mod alerts;
mod answers;
pub mod backtest;
mod behaviour;
pub mod catalogue;
mod columns;
pub mod context;
pub mod costs;
pub mod drivers;
pub mod drop_off;
pub mod error;
pub mod friction;
pub mod funnel;
mod ids;
pub mod journey;
pub mod journey_diff;
pub mod kano;
pub mod lifetime;
pub mod market;
pub mod overview;
pub mod perceived;
pub mod posterior;
pub mod priorities;
pub mod question;
pub mod render;
pub mod report;
pub mod retention;
pub mod roles;
pub mod rows;
pub mod scores;
mod segments;
pub mod sheet;
mod steps;
mod teller;
#[cfg(test)]
mod testing;
pub mod uplift;
pub mod value_link;
pub mod value_trend;
pub mod what_if;
pub mod why;
pub mod words;
