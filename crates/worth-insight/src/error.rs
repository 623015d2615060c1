//! Why a question could not be answered, or its answer not be written.
//!
//! Every error has a `code` and `fields`: the English message below and the translated one
//! ([`crate::words::Words::error`]) are made from the same two, so they cannot tell different
//! stories. Messages say what was wrong, where, and what would be right.

use std::path::PathBuf;

use datafusion::error::DataFusionError;
use jiff::civil::Date;
use rust_xlsxwriter::XlsxError;
use thiserror::Error;

/// Why a question could not be answered, or its answer not be written.
#[derive(Debug, Error)]
pub enum Error {
    /// The table that the question rests on has nothing in this scope. The report goes on
    /// without the question and says what would answer it.
    #[error(
        "`{question}` rests on the table {table}, and nothing in it is in this scope: import {table}, or widen the scope"
    )]
    NothingThere {
        /// The question's name.
        question: &'static str,
        /// The table it needs, by its name in SQL.
        table: &'static str,
    },

    /// There is something, but too little to say anything.
    #[error("`{question}` needs at least {needed} {what}, and this scope has {found}")]
    TooFew {
        /// The question's name.
        question: &'static str,
        /// What is counted.
        what: Counted,
        /// How many it takes.
        needed: u64,
        /// How many there are.
        found: u64,
    },

    /// There is no question of that name.
    #[error("there is no question `{name}`; there are: {known}")]
    UnknownQuestion {
        /// What was asked for.
        name: String,
        /// All names, with commas.
        known: String,
    },

    /// The parameters are not those of the question.
    #[error("the parameters of `{question}` do not fit: {source}")]
    Parameters {
        /// The question's name.
        question: &'static str,
        /// What does not fit, and where.
        source: serde_json::Error,
    },

    /// A parameter is a number outside its range.
    #[error("`{parameter}` is {given}; it must be from {low} to {high}")]
    OutOfRange {
        /// The parameter's name, as in JSON.
        parameter: &'static str,
        /// What was given.
        given: f64,
        /// Smallest value that makes sense.
        low: f64,
        /// Largest value that makes sense.
        high: f64,
    },

    /// A parameter is a word that is not among its choices.
    #[error("`{parameter}` is `{given}`; it must be one of: {choices}")]
    NotAChoice {
        /// The parameter's name, as in JSON.
        parameter: &'static str,
        /// What was given.
        given: String,
        /// What it may be, with commas.
        choices: String,
    },

    /// A customer of whom nothing is known.
    #[error(
        "nothing is known of a customer `{customer}` in this period; ids are those of `customer_id`"
    )]
    NoCustomer {
        /// The id that was given.
        customer: String,
    },

    /// A period that ends before it begins.
    #[error(
        "the period begins on {from} and ends on {until}: the beginning must not be after the end"
    )]
    PeriodTurned {
        /// First day.
        from: Date,
        /// Last day.
        until: Date,
    },

    /// A parameter is a day outside the period observed.
    #[error("`{parameter}` is {given}; it must be from {from} to {until}, the days observed")]
    DayOutside {
        /// The parameter's name, as in JSON.
        parameter: &'static str,
        /// What was given.
        given: Date,
        /// First day observed.
        from: Date,
        /// Last day observed.
        until: Date,
    },

    /// A parameter asks for what a customer summary cannot tell.
    #[error(
        "`{parameter}` needs orders with their days, and a customer summary has none; leave it away, or import the orders"
    )]
    NeedsOrders {
        /// The parameter's name, as in JSON.
        parameter: &'static str,
    },

    /// Two parameters that exclude each other.
    #[error("`{parameter}` and `{other}` cannot be asked for together: leave one of them away")]
    NotTogether {
        /// The parameter's name, as in JSON.
        parameter: &'static str,
        /// The other's.
        other: &'static str,
    },

    /// A parameter that says nothing without another one.
    #[error("`{parameter}` says nothing without `{other}`: give both")]
    NotAlone {
        /// The parameter's name, as in JSON.
        parameter: &'static str,
        /// The one it needs.
        other: &'static str,
    },

    /// A file is no customer summary: a column is missing.
    #[error("{path}: there is no column {column}; the columns are: {found}", path = .path.display())]
    NoColumn {
        /// The file.
        path: PathBuf,
        /// What is missing.
        column: &'static str,
        /// The columns there are, with commas.
        found: String,
    },

    /// Numbers of a file can be read in two ways.
    #[error("{path}, column {column}: {example} can be read in two ways; say which with --decimal point or comma", path = .path.display())]
    AmbiguousNumbers {
        /// The file.
        path: PathBuf,
        /// The column.
        column: String,
        /// A number that shows it.
        example: String,
    },

    /// The lake could not be read.
    #[error(transparent)]
    Lake(#[from] worth_lake::Error),

    /// The query engine failed.
    #[error("the query engine failed {doing}: {source}")]
    Engine {
        /// What it was doing ("counting purchases").
        doing: &'static str,
        /// What it says.
        #[source]
        source: Box<DataFusionError>,
    },

    /// The work was cancelled.
    #[error("cancelled; nothing was written")]
    Cancelled,

    /// The question has no rows to write.
    #[error(
        "`{question}` has no rows to write: leave `--out` away, or write its JSON with `--json`"
    )]
    NoRows {
        /// The question's name.
        question: String,
    },

    /// A file name does not say which format is meant.
    #[error("{path}: the ending does not name a format: use .csv, .xlsx or .parquet", path = .path.display())]
    UnknownEnding {
        /// The file.
        path: PathBuf,
    },

    /// A spreadsheet cannot hold so many rows.
    #[error("{path}: a spreadsheet holds at most {limit} rows, and there are more: write .csv or .parquet instead", path = .path.display())]
    TooManyRows {
        /// The file.
        path: PathBuf,
        /// Rows that fit under the header.
        limit: u64,
    },

    /// A file could not be written.
    #[error("{path}: cannot be written: {source}", path = .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },

    /// A spreadsheet could not be written.
    #[error("{path}: cannot be written: {source}", path = .path.display())]
    Spreadsheet {
        /// The file.
        path: PathBuf,
        /// What the writer says.
        #[source]
        source: XlsxError,
    },
}

/// What [`Error::TooFew`] counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Customers with a purchase.
    Customers,
    /// People who answered a survey.
    Respondents,
    /// Purchases.
    Purchases,
}

impl std::fmt::Display for Counted {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Customers => "customers",
            Self::Respondents => "respondents",
            Self::Purchases => "purchases",
        })
    }
}

impl Error {
    /// Whether a parameter is within its range, both ends included.
    pub(crate) fn in_range(
        parameter: &'static str,
        given: f64,
        low: f64,
        high: f64,
    ) -> Result<(), Self> {
        if (low..=high).contains(&given) {
            return Ok(());
        }
        Err(Self::OutOfRange {
            parameter,
            given,
            low,
            high,
        })
    }

    /// The same of another parameter that has the same choices.
    pub(crate) fn of_parameter(self, parameter: &'static str) -> Self {
        match self {
            Self::NotAChoice { given, choices, .. } => Self::NotAChoice {
                parameter,
                given,
                choices,
            },
            other => other,
        }
    }

    /// Wraps what the query engine said while `doing` something.
    pub fn engine(doing: &'static str) -> impl FnOnce(DataFusionError) -> Self {
        move |source| Self::Engine {
            doing,
            source: Box::new(source),
        }
    }

    /// Whether only this question is without an answer, so that a report goes on without it.
    #[must_use]
    pub fn is_for_want_of_data(&self) -> bool {
        matches!(self, Self::NothingThere { .. } | Self::TooFew { .. })
    }

    /// The error's name for programs and translations; it never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NothingThere { .. } => "nothing-there",
            Self::TooFew { .. } => "too-few",
            Self::UnknownQuestion { .. } => "unknown-question",
            Self::Parameters { .. } => "parameters",
            Self::OutOfRange { .. } => "out-of-range",
            Self::NotAChoice { .. } => "not-a-choice",
            Self::NoCustomer { .. } => "no-customer",
            Self::PeriodTurned { .. } => "period-turned",
            Self::DayOutside { .. } => "day-outside",
            Self::NeedsOrders { .. } => "needs-orders",
            Self::NotTogether { .. } => "not-together",
            Self::NotAlone { .. } => "not-alone",
            Self::NoColumn { .. } => "no-column",
            Self::AmbiguousNumbers { .. } => "ambiguous-numbers",
            Self::Lake(_) => "lake",
            Self::Engine { .. } => "engine",
            Self::Cancelled => "cancelled",
            Self::NoRows { .. } => "no-rows",
            Self::UnknownEnding { .. } => "unknown-ending",
            Self::TooManyRows { .. } => "too-many-rows",
            Self::Write { .. } => "write",
            Self::Spreadsheet { .. } => "spreadsheet",
        }
    }

    /// What the message is made of, by name.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NothingThere { question, table } => {
                vec![("question", (*question).into()), ("table", (*table).into())]
            }
            Self::TooFew {
                question,
                what,
                needed,
                found,
            } => vec![
                ("question", (*question).into()),
                ("what", what.to_string()),
                ("needed", needed.to_string()),
                ("found", found.to_string()),
            ],
            Self::UnknownQuestion { name, known } => {
                vec![("name", name.clone()), ("known", known.clone())]
            }
            Self::Parameters { question, source } => vec![
                ("question", (*question).into()),
                ("problem", source.to_string()),
            ],
            Self::OutOfRange {
                parameter,
                given,
                low,
                high,
            } => vec![
                ("parameter", (*parameter).into()),
                ("given", given.to_string()),
                ("low", low.to_string()),
                ("high", high.to_string()),
            ],
            Self::NotAChoice {
                parameter,
                given,
                choices,
            } => vec![
                ("parameter", (*parameter).into()),
                ("given", given.clone()),
                ("choices", choices.clone()),
            ],
            Self::NoCustomer { customer } => vec![("customer", customer.clone())],
            Self::PeriodTurned { from, until } => {
                vec![("from", from.to_string()), ("until", until.to_string())]
            }
            Self::DayOutside {
                parameter,
                given,
                from,
                until,
            } => vec![
                ("parameter", (*parameter).into()),
                ("given", given.to_string()),
                ("from", from.to_string()),
                ("until", until.to_string()),
            ],
            Self::NeedsOrders { parameter } => vec![("parameter", (*parameter).into())],
            Self::NotTogether { parameter, other } | Self::NotAlone { parameter, other } => vec![
                ("parameter", (*parameter).into()),
                ("other", (*other).into()),
            ],
            Self::NoColumn {
                path,
                column,
                found,
            } => vec![
                ("path", path.display().to_string()),
                ("column", (*column).into()),
                ("found", found.clone()),
            ],
            Self::AmbiguousNumbers {
                path,
                column,
                example,
            } => vec![
                ("path", path.display().to_string()),
                ("column", column.clone()),
                ("example", example.clone()),
            ],
            Self::Lake(source) => vec![("problem", source.to_string())],
            Self::Engine { doing, source } => {
                vec![("doing", (*doing).into()), ("problem", source.to_string())]
            }
            Self::Cancelled => Vec::new(),
            Self::NoRows { question } => vec![("question", question.clone())],
            Self::UnknownEnding { path } => vec![("path", path.display().to_string())],
            Self::TooManyRows { path, limit } => vec![
                ("path", path.display().to_string()),
                ("limit", limit.to_string()),
            ],
            Self::Write { path, source } => vec![
                ("path", path.display().to_string()),
                ("problem", source.to_string()),
            ],
            Self::Spreadsheet { path, source } => vec![
                ("path", path.display().to_string()),
                ("problem", source.to_string()),
            ],
        }
    }
}
