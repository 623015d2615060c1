//! What must not be global: the clock, the seed, progress, cancellation, and the
//! answers that were given already.

use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use tokio::sync::{Mutex, OnceCell};
use worth_lake::progress::Progress;

use crate::error::Error;
use crate::question::{Answered, Question, Scope};

/// What a question is asked with, besides its parameters and its scope.
pub struct Context {
    options: ContextOptions,
    answers: Mutex<HashMap<String, Remembered>>,
}

/// An answer that is there, or is being worked out: whoever comes second waits for the first.
type Remembered = Arc<OnceCell<Arc<dyn Any + Send + Sync>>>;

/// What comes from outside: nothing else reads the clock, the environment or chance.
#[derive(Clone)]
pub struct ContextOptions {
    /// Seed of everything random. The same seed gives the same bytes.
    pub seed: u64,
    /// The present moment.
    pub now: Timestamp,
    /// Where long work tells how far it is.
    pub progress: Arc<dyn Progress>,
    /// How long work is told to stop.
    pub cancellation: Cancellation,
}

impl ContextOptions {
    /// The default seed, silence, and nothing to stop the work.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self {
            seed: DEFAULT_SEED,
            now,
            progress: Arc::new(worth_lake::progress::Silent),
            cancellation: Cancellation::default(),
        }
    }
}

/// The seed when no other is given. Any number would do; this one is easy to type.
pub const DEFAULT_SEED: u64 = 1;

/// A flag that whoever started the work can raise, from any thread.
#[derive(Debug, Clone, Default)]
pub struct Cancellation(Arc<AtomicBool>);

impl Cancellation {
    /// Asks the work to stop at its next step.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the work was asked to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Context {
    /// A context that remembers nothing yet.
    #[must_use]
    pub fn new(options: ContextOptions) -> Self {
        Self {
            options,
            answers: Mutex::default(),
        }
    }

    /// Seed of everything random.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.options.seed
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.options.now
    }

    /// Where long work tells how far it is.
    #[must_use]
    pub fn progress(&self) -> &dyn Progress {
        self.options.progress.as_ref()
    }

    /// To be called between the steps of long work.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`] when the work was asked to stop.
    pub fn check(&self) -> Result<(), Error> {
        if self.options.cancellation.is_cancelled() {
            return Err(Error::Cancelled);
        }
        Ok(())
    }

    /// Asks a question, or remembers what it answered in this scope.
    ///
    /// # Errors
    ///
    /// Whatever keeps the question from an answer. Errors are not remembered.
    pub async fn ask<Q: Question>(
        &self,
        scope: &Scope,
        question: &Q,
    ) -> Result<Arc<Answered<Q::Answer>>, Error> {
        self.check()?;
        let key = serde_json::to_string(&(Q::NAME, scope, question))
            .expect("scopes and parameters are written to memory and have text keys");
        let cell = Arc::clone(self.answers.lock().await.entry(key).or_default());
        let answer = cell
            .get_or_try_init(|| async {
                let answered = question.ask(scope, self).await?;
                Ok::<_, Error>(Arc::new(answered) as Arc<dyn Any + Send + Sync>)
            })
            .await?;
        let answered = Arc::clone(answer)
            .downcast::<Answered<Q::Answer>>()
            .expect("a name in the key belongs to one type of question");
        Ok(answered)
    }
}
