//! Progress of long work on standard error: a bar with rows and rate on a terminal; elsewhere a
//! line for each stage that took longer than a few seconds.

use std::io::IsTerminal as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use worth_insight::words::Words;
use worth_lake::progress::{Progress, Stage, Unit};

use crate::output;

/// Work that takes no longer is not worth a line in a log.
const LONG: Duration = Duration::from_secs(5);
/// A bar that would vanish at once only flickers.
const REFRESHES_PER_SECOND: u8 = 8;

/// Shows progress.
pub(crate) struct Bars {
    quiet: bool,
    words: Arc<Words>,
    running: Mutex<Vec<Running>>,
}

/// A stage that goes on.
struct Running {
    what: String,
    unit: Unit,
    began: Instant,
    bar: ProgressBar,
}

impl Bars {
    /// Shows progress in these words, unless `quiet`.
    pub(crate) fn new(quiet: bool, words: Arc<Words>) -> Self {
        Self {
            quiet,
            words,
            running: Mutex::default(),
        }
    }

    /// Runs `work` (a question to the user, a message) without a bar in its way.
    pub(crate) fn aside<T>(&self, work: impl FnOnce() -> T) -> T {
        match self.running().last() {
            Some(stage) => stage.bar.suspend(work),
            None => work(),
        }
    }

    fn running(&self) -> MutexGuard<'_, Vec<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress for Bars {
    fn begin(&self, stage: Stage<'_>, total: Option<u64>, unit: Unit) {
        let id = format!("cli-stage-{}", stage.code);
        let what = self.words.tell(&id, &[("file", stage.file.into())]);
        let bar = match total {
            Some(total) => ProgressBar::new(total),
            None => ProgressBar::no_length(),
        };
        bar.set_draw_target(if self.quiet {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr_with_hz(REFRESHES_PER_SECOND)
        });
        bar.set_style(style(
            total.is_some(),
            unit,
            &self.words.say("cli-stage-rows"),
        ));
        bar.set_message(what.clone());
        let stage = Running {
            what,
            unit,
            began: Instant::now(),
            bar,
        };
        self.running().push(stage);
    }

    fn advance(&self, by: u64) {
        if let Some(stage) = self.running().last() {
            stage.bar.inc(by);
        }
    }

    fn end(&self) {
        let Some(stage) = self.running().pop() else {
            return;
        };
        stage.bar.finish_and_clear();
        let taken = stage.began.elapsed();
        if !self.quiet && taken > LONG && !std::io::stderr().is_terminal() {
            output::tell(&stage.summary(taken, &self.words.say("cli-stage-rows")));
        }
    }
}

impl Running {
    /// `rows`: what rows are called.
    fn summary(&self, taken: Duration, rows: &str) -> String {
        let done = self.bar.position();
        let rate = (done as f64 / taken.as_secs_f64()) as u64;
        let seconds = taken.as_secs();
        let what = &self.what;
        match self.unit {
            Unit::Rows => {
                format!(
                    "{what}: {} {rows}, {} s, {} {rows}/s",
                    HumanCount(done),
                    seconds,
                    HumanCount(rate)
                )
            }
            Unit::Bytes => {
                format!(
                    "{what}: {}, {} s, {}/s",
                    HumanBytes(done),
                    seconds,
                    HumanBytes(rate)
                )
            }
            Unit::Steps => format!("{what}: {seconds} s"),
        }
    }
}

/// `rows`: what rows are called.
fn style(known_total: bool, unit: Unit, rows: &str) -> ProgressStyle {
    let template = match (known_total, unit) {
        (true, Unit::Rows) => "{msg} {wide_bar} {human_pos}/{human_len} ROWS, {per_sec}, {eta}",
        (false, Unit::Rows) => "{spinner} {msg} {human_pos} ROWS, {per_sec}",
        (true, Unit::Bytes) => "{msg} {wide_bar} {bytes}/{total_bytes}, {bytes_per_sec}, {eta}",
        (false, Unit::Bytes) => "{spinner} {msg} {bytes}, {bytes_per_sec}",
        (true, Unit::Steps) => "{msg} {wide_bar} {human_pos}/{human_len}",
        (false, Unit::Steps) => "{spinner} {msg} {elapsed}",
    };
    ProgressStyle::with_template(&template.replace("ROWS", rows))
        .expect("the templates above are well formed")
}
