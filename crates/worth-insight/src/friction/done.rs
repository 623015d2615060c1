//! What customers did, entry by entry, with what went wrong: the statements that `done.sql` opens.

use datafusion::execution::SendableRecordBatchStream;
use datafusion::scalar::ScalarValue;

use crate::context::{Context, Observation};
use crate::error::Error;
use crate::lifetime::business_currency;
use crate::steps::Case;

/// A statement of this room, with all that opens it.
macro_rules! statement {
    ($file:literal) => {
        concat!(
            include_str!("../money.sql"),
            include_str!("../costs/entries.sql"),
            include_str!("done.sql"),
            include_str!($file)
        )
    };
}
pub(super) use statement;

/// What was done in a scope.
pub(super) struct Done<'a> {
    observation: &'a Observation,
    parameters: Vec<(&'static str, ScalarValue)>,
}

impl<'a> Done<'a> {
    pub(super) fn of(context: &Context, observation: &'a Observation, case: Case) -> Self {
        let cases = ScalarValue::from(case == Case::Journey);
        Self {
            observation,
            parameters: vec![
                business_currency(context),
                ("products", ScalarValue::from(false)),
                ("cases", cases),
            ],
        }
    }

    /// What a statement answers, as it comes. `further`: parameters of its own.
    pub(super) async fn rows(
        &self,
        statement: &str,
        further: &[(&'static str, ScalarValue)],
        doing: &'static str,
    ) -> Result<SendableRecordBatchStream, Error> {
        let parameters = [&self.parameters, further].concat();
        let frame = self.observation.query(statement, &parameters).await?;
        frame.execute_stream().await.map_err(Error::engine(doing))
    }
}
