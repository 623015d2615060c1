//! What a question is, how it is asked, and what an answer carries besides its numbers.
//!
//! A question is a struct of parameters. It is asked within a [`Scope`], with a [`Context`] for
//! everything that must not be global; the answer is a plain struct inside [`Answered`].

use std::future::Future;
use std::sync::Arc;

use datafusion::arrow::datatypes::SchemaRef;
use datafusion::execution::SendableRecordBatchStream;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::context::Context;
use crate::error::Error;
use crate::sheet::Sheet;
use crate::words::Words;

/// A question that a snapshot of the lake can answer.
pub trait Question:
    Serialize + DeserializeOwned + JsonSchema + Default + Send + Sync + 'static
{
    /// The command line verb, API path, page and Python function: "lifetime".
    const NAME: &'static str;
    /// The answer: plain, complete, the JSON that scripts read.
    type Answer: Serialize + JsonSchema + Present + Send + Sync + 'static;

    /// Answers from the scope's snapshot. Asking twice gives the same bytes.
    fn ask(
        &self,
        scope: &Scope,
        context: &Context,
    ) -> impl Future<Output = Result<Answered<Self::Answer>, Error>> + Send;
}

/// How an answer is shown. Nothing here knows about HTML or terminals.
pub trait Present {
    /// What to show, in the language of `words`. `provenance` is that of the answer.
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet;
}

/// Which data a question looks at: the same for every question.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Scope {
    /// Snapshot of the lake; the newest when absent.
    pub snapshot: Option<i64>,
    /// First business day that counts; the first there is when absent.
    pub from: Option<Date>,
    /// Last business day that counts, inclusive; that of the last order when absent.
    pub until: Option<Date>,
    /// ISO 4217 code that money is given in; the business's own when absent.
    pub currency: Option<String>,
    /// Which customers, sales and answers count; all of them when empty.
    pub filter: Filter,
}

/// Which customers, sales and answers count. An empty list means "any".
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    /// Regions of customers (or of respondents who are not customers).
    pub region: Vec<String>,
    /// Sales channels.
    pub channel: Vec<String>,
    /// Product categories.
    pub category: Vec<String>,
    /// Roles of respondents: user, buyer, payer, decider, influencer, receiver.
    pub role: Vec<String>,
    /// Stages of the journey.
    pub stage: Vec<String>,
    /// Brands that answers are about.
    pub brand: Vec<String>,
}

/// An answer with where it came from.
#[derive(Serialize)]
pub struct Answered<A> {
    /// The answer itself.
    pub answer: A,
    /// Where it came from.
    pub provenance: Provenance,
    /// One row per customer (or brand, or month): streamed, never part of the JSON.
    #[serde(skip)]
    pub rows: Option<Arc<dyn Rows>>,
}

/// Where an answer came from: enough to ask again and get the same bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Provenance {
    /// Name of the question.
    pub question: String,
    /// What was read.
    #[serde(flatten)]
    pub source: Source,
    /// Rows of the main table that the answer rests on.
    pub rows_used: u64,
    /// Rows of the main table in scope that it does not rest on.
    pub rows_left_out: u64,
    /// Why they were left out; the numbers add up to `rows_left_out`.
    pub left_out: Vec<LeftOut>,
    /// First business day in the data used.
    pub from: Option<Date>,
    /// Last business day that counts: the end of observation.
    pub until: Option<Date>,
    /// ISO 4217 code of every amount of money; XXX when nobody said.
    pub currency: String,
    /// Seed of everything random.
    pub seed: u64,
    /// Version of Worth.
    pub version: String,
}

impl Provenance {
    /// Snapshot of the lake that was read; none when the answer rests on something else.
    #[must_use]
    pub fn snapshot(&self) -> Option<i64> {
        match self.source {
            Source::Lake { snapshot, .. } => Some(snapshot),
            Source::File { .. } | Source::Rows {} => None,
        }
    }
}

/// What was read for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Source {
    /// The lake.
    Lake {
        /// Its snapshot.
        snapshot: i64,
        /// Time zone of days, weeks and months (IANA name).
        time_zone: String,
    },
    /// A file.
    File {
        /// Its name.
        file: String,
        /// BLAKE3 of its bytes, in hexadecimal digits.
        digest: String,
    },
    /// Rows that whoever asked brought along.
    Rows {},
}

/// Rows left out for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LeftOut {
    /// Code of the reason ("anonymous", "cancelled", "no-exchange-rate"); Words has the sentence.
    pub reason: String,
    /// How many rows.
    pub rows: u64,
}

/// Rows that can be streamed as often as needed, in the same order each time.
pub trait Rows: Send + Sync {
    /// Names and types of the columns.
    fn schema(&self) -> SchemaRef;
    /// A new stream over all rows.
    fn stream(&self) -> SendableRecordBatchStream;
    /// A new stream over all rows that has at least these columns: for readers who do without the
    /// dear ones.
    fn stream_of(&self, _columns: &[&str]) -> SendableRecordBatchStream {
        self.stream()
    }
}
