//! What every command is given: the workspace, the words, and where progress goes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use jiff::Timestamp;
use worth_insight::context::{Cancellation, Context, ContextOptions};
use worth_insight::question::Rows;
use worth_insight::rows::{self, WriteOptions};
use worth_insight::words::{Language, Room, Value, Words};
use worth_lake::workspace::Workspace;

use crate::cli::Shared;
use crate::output;
use crate::progress::Bars;

/// The binary's own sentences, and the lake's errors in languages that it does not know.
const ROOMS: [Room; 2] = [
    Room {
        name: "cli",
        english: include_str!("../words/en.ftl"),
        vietnamese: include_str!("../words/vi.ftl"),
    },
    Room {
        name: "lake",
        english: "",
        vietnamese: include_str!("../words/lake.vi.ftl"),
    },
];

/// All words of a language, the binary's own among them.
pub(crate) fn words(language: Language) -> Words {
    Words::with_rooms(language, &ROOMS)
}

/// What every command is given.
pub(crate) struct Door {
    /// Sentences, numbers and dates in the reader's language.
    pub(crate) words: Arc<Words>,
    /// Where long work tells how far it is.
    pub(crate) progress: Arc<Bars>,
    shared: Shared,
}

impl Door {
    /// The door for these flags. The language is the one asked for, else that of the workspace,
    /// else that of the system.
    pub(crate) fn open(shared: Shared) -> Self {
        let language = shared
            .language
            .or_else(|| workspace_language(&shared))
            .unwrap_or_else(system_language);
        let words = Arc::new(words(language));
        Self {
            progress: Arc::new(Bars::new(shared.quiet, Arc::clone(&words))),
            words,
            shared,
        }
    }

    /// The folder that was named as workspace, if one was.
    pub(crate) fn named_workspace(&self) -> Option<PathBuf> {
        self.shared.workspace.clone()
    }

    /// Opens the workspace.
    pub(crate) fn workspace(&self) -> Result<Workspace> {
        Ok(Workspace::find(self.shared.workspace.clone())?)
    }

    /// What questions about the workspace are asked with.
    pub(crate) async fn context(&self, seed: Option<u64>) -> Result<Context> {
        self.context_of(self.workspace()?, seed).await
    }

    /// What questions about `workspace` are asked with.
    pub(crate) async fn context_of(
        &self,
        workspace: Workspace,
        seed: Option<u64>,
    ) -> Result<Context> {
        Ok(Context::new(workspace, self.options(seed)).await?)
    }

    /// What any question is asked with.
    pub(crate) fn options(&self, seed: Option<u64>) -> ContextOptions {
        let mut options = ContextOptions::at(Timestamp::now());
        options.progress = Arc::clone(&self.progress) as _;
        options.seed = seed.unwrap_or(options.seed);
        options.language = Some(self.words.language());
        options
    }

    /// The language for a workspace that is yet to be made.
    pub(crate) fn language(&self) -> Language {
        self.words.language()
    }

    /// Writes rows to a file and says how many there were.
    pub(crate) async fn write_rows(
        &self,
        rows: &dyn Rows,
        path: &Path,
        cancellation: &Cancellation,
    ) -> Result<()> {
        let written = rows::write(rows, path, WriteOptions::default(), cancellation).await?;
        let shown = path.display().to_string();
        self.tell(
            "cli-rows-written",
            &[("rows", written.into()), ("path", shown.into())],
        );
        Ok(())
    }

    /// Tells the user something, on standard error.
    pub(crate) fn tell(&self, id: &str, variables: &[(&str, Value<'_>)]) {
        self.say(&self.words.tell(id, variables));
    }

    /// Writes text that is already in words to standard error, unless all is to be quiet.
    pub(crate) fn say(&self, text: &str) {
        if !self.shared.quiet {
            self.progress.aside(|| output::tell(text));
        }
    }
}

/// The language of the workspace, when there is one that can be read. What is wrong with it the
/// command itself will say.
fn workspace_language(shared: &Shared) -> Option<Language> {
    let workspace = Workspace::find(shared.workspace.clone()).ok()?;
    workspace.business().language.parse().ok()
}

/// The language that the system speaks, if Worth does too.
pub(crate) fn system_language() -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .and_then(|value| value.split(['.', '@']).next()?.parse().ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Goal: the sentences of all rooms go together in both languages.
    #[test]
    fn words_of_both_languages_are_whole() {
        for language in Language::ALL {
            assert!(words(language).has("cli-init-done"));
        }
    }

    /// Goal: what can be said in one language can be said in the other, with the same variables.
    #[test]
    fn both_languages_say_the_same() {
        let told = |text: &'static str| -> Vec<(&str, Vec<&str>)> {
            let sentences = text.split("\ncli-").skip(1);
            sentences
                .map(|sentence| {
                    let name = sentence.split(' ').next().unwrap_or_default();
                    let places = sentence.split("{ $").skip(1);
                    let mut variables: Vec<&str> =
                        places.filter_map(|place| place.split(' ').next()).collect();
                    variables.sort_unstable();
                    (name, variables)
                })
                .collect()
        };
        assert_eq!(told(ROOMS[0].english), told(ROOMS[0].vietnamese));
    }
}
