//! What must not be global: the workspace, the clock, the seed, progress, cancellation, and the
//! answers that were given already.
//!
//! A [`Context`] reads the lake as it was when it was first asked: "the newest snapshot" is
//! looked up once, so that all questions of one report see the same data.

mod observation;

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use tokio::sync::{Mutex, OnceCell};
use worth_lake::lake::{At, Lake, Snapshot};
use worth_lake::progress::Progress;
use worth_lake::workspace::Workspace;

use crate::error::Error;
use crate::question::{Answered, Question, Scope};
use crate::words::Language;
pub use observation::Observation;

/// What a question is asked with, besides its parameters and its scope.
pub struct Context {
    workspace: Arc<Workspace>,
    lake: Lake,
    options: ContextOptions,
    newest: OnceCell<Arc<Snapshot>>,
    snapshots: Mutex<HashMap<i64, Arc<Snapshot>>>,
    last_days: Mutex<HashMap<i64, Date>>,
    answers: Mutex<HashMap<String, Remembered>>,
    findings: std::sync::Mutex<HashMap<(TypeId, u64), Arc<dyn Any + Send + Sync>>>,
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
    /// Language of texts in rows; that of the business when none is named.
    pub language: Option<Language>,
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
            language: None,
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

    /// To be called between the steps of long work.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`] when the work was asked to stop.
    pub fn check(&self) -> Result<(), Error> {
        if self.is_cancelled() {
            return Err(Error::Cancelled);
        }
        Ok(())
    }

    /// Whether the work was asked to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Context {
    /// Opens the lake of a workspace.
    ///
    /// # Errors
    ///
    /// [`Error::Lake`] when it cannot be opened.
    pub async fn new(workspace: Workspace, options: ContextOptions) -> Result<Self, Error> {
        let lake = workspace.lake().await?;
        Ok(Self {
            workspace: Arc::new(workspace),
            lake,
            options,
            newest: OnceCell::new(),
            snapshots: Mutex::default(),
            last_days: Mutex::default(),
            answers: Mutex::default(),
            findings: std::sync::Mutex::default(),
        })
    }

    /// The workspace that is asked about.
    #[must_use]
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
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

    /// The day it is, in the business's time zone.
    #[must_use]
    pub fn today(&self) -> Date {
        let zone = self.workspace.business().zone();
        self.options.now.to_zoned(zone).date()
    }

    /// Language of texts in rows.
    #[must_use]
    pub fn language(&self) -> Language {
        let business = || self.workspace.business().language.parse();
        self.options
            .language
            .unwrap_or_else(|| business().unwrap_or_default())
    }

    /// Where long work tells how far it is.
    #[must_use]
    pub fn progress(&self) -> &dyn Progress {
        self.options.progress.as_ref()
    }

    /// How long work is told to stop.
    #[must_use]
    pub fn cancellation(&self) -> &Cancellation {
        &self.options.cancellation
    }

    /// As [`Cancellation::check`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn check(&self) -> Result<(), Error> {
        self.options.cancellation.check()
    }

    /// What several questions find on their way: works it out, or remembers what it came to for the
    /// same `key`, a digest of all it depends on.
    ///
    /// # Errors
    ///
    /// Those of the work. They are not remembered.
    pub(crate) fn find<T: Any + Send + Sync>(
        &self,
        key: u64,
        work: impl FnOnce() -> Result<T, Error>,
    ) -> Result<Arc<T>, Error> {
        let key = (TypeId::of::<T>(), key);
        let findings = || self.findings.lock().unwrap_or_else(PoisonError::into_inner);
        let remembered = findings().get(&key).cloned();
        let found = match remembered {
            Some(found) => found,
            None => {
                let found: Arc<dyn Any + Send + Sync> = Arc::new(work()?);
                findings().insert(key, Arc::clone(&found));
                found
            }
        };
        Ok(found.downcast().expect("the type is in the key"))
    }

    /// A question's own section of `worth.toml` (`[value]`, `[lifetime]`); its defaults when the
    /// section is not there.
    ///
    /// # Errors
    ///
    /// [`Error::Lake`] when the section does not fit, with its place in the file.
    pub fn section<T: DeserializeOwned + Default>(&self, name: &str) -> Result<T, Error> {
        Ok(self.workspace.section(name)?)
    }

    /// The snapshot that a scope reads; the newest one stays the same for the life of the
    /// context.
    ///
    /// # Errors
    ///
    /// [`Error::Lake`] when there is no such snapshot.
    pub async fn snapshot(&self, scope: &Scope) -> Result<Arc<Snapshot>, Error> {
        let Some(id) = scope.snapshot else {
            let newest = self
                .newest
                .get_or_try_init(|| self.lake.snapshot(At::Latest))
                .await?;
            return Ok(Arc::clone(newest));
        };
        let mut snapshots = self.snapshots.lock().await;
        if let Some(snapshot) = snapshots.get(&id) {
            return Ok(Arc::clone(snapshot));
        }
        let snapshot = self.lake.snapshot(At::Id(id)).await?;
        snapshots.insert(id, Arc::clone(&snapshot));
        Ok(snapshot)
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
        let mut scope = scope.clone();
        scope.snapshot = Some(self.snapshot(&scope).await?.id());
        let key = serde_json::to_string(&(Q::NAME, &scope, question))
            .expect("scopes and parameters are written to memory and have text keys");
        self.remember(key, question.ask(&scope, self)).await
    }

    /// What `work` comes to, or came to before under the same key; a key belongs to one type.
    ///
    /// # Errors
    ///
    /// Those of the work. They are not remembered.
    pub(crate) async fn remember<T: Any + Send + Sync>(
        &self,
        key: String,
        work: impl Future<Output = Result<T, Error>> + Send,
    ) -> Result<Arc<T>, Error> {
        let cell = Arc::clone(self.answers.lock().await.entry(key).or_default());
        let answer = cell
            .get_or_try_init(|| async {
                Ok::<_, Error>(Arc::new(work.await?) as Arc<dyn Any + Send + Sync>)
            })
            .await?;
        let answer = Arc::clone(answer).downcast();
        Ok(answer.expect("a key belongs to one type"))
    }
}

#[cfg(test)]
mod tests;
