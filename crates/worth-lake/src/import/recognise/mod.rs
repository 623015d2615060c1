//! What Worth knows of the files of the world: exports by their header, names of columns, words
//! of statuses and surveys. All of it is data, in the TOML files beside this one; to teach Worth
//! another export, add an entry there.

mod codebook;
mod exports;
mod fold;
mod names;
mod pattern;
mod plain;
mod survey;

pub(crate) use codebook::{Codebook, Described};
pub(crate) use exports::{
    About, Export, LeftOut, SurveyLayout, TimeColumn, TimeUnit, TimedBy, exports, survey_tools,
};
pub(crate) use fold::{fold, has_words};
pub(crate) use names::{
    Header, amount_names, column_names, file_hint, is_guest, word_section, words_of,
};
pub(crate) use pattern::{captured, fits_pattern};
pub(crate) use plain::plain_text;
pub(crate) use survey::{AnswerScale, Construct, survey_words};
