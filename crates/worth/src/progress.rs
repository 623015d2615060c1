//! Progress of long work on standard error: a bar with rows and rate on a terminal; elsewhere a
//! line for each stage that took longer than a few seconds.

use std::io::IsTerminal as _;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use worth_lake::progress::{Progress, Unit};

use crate::output;

/// Work that takes no longer is not worth a line in a log.
const LONG: Duration = Duration::from_secs(5);
/// A bar that would vanish at once only flickers.
const REFRESHES_PER_SECOND: u8 = 8;

/// Shows progress.
pub(crate) struct Bars {
    quiet: bool,
    stages: Mutex<Vec<Stage>>,
}

/// A stage that goes on.
struct Stage {
    what: String,
    unit: Unit,
    began: Instant,
    bar: ProgressBar,
}

impl Bars {
    /// Shows progress, unless `quiet`.
    pub(crate) fn new(quiet: bool) -> Self {
        Self {
            quiet,
            stages: Mutex::default(),
        }
    }

    /// Runs `work` (a question to the user, a message) without a bar in its way.
    pub(crate) fn aside<T>(&self, work: impl FnOnce() -> T) -> T {
        match self.stages().last() {
            Some(stage) => stage.bar.suspend(work),
            None => work(),
        }
    }

    fn stages(&self) -> MutexGuard<'_, Vec<Stage>> {
        self.stages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress for Bars {
    fn begin(&self, what: &str, total: Option<u64>, unit: Unit) {
        let bar = match total {
            Some(total) => ProgressBar::new(total),
            None => ProgressBar::no_length(),
        };
        bar.set_draw_target(if self.quiet {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr_with_hz(REFRESHES_PER_SECOND)
        });
        bar.set_style(style(total.is_some(), unit));
        bar.set_message(what.to_owned());
        let stage = Stage {
            what: what.to_owned(),
            unit,
            began: Instant::now(),
            bar,
        };
        self.stages().push(stage);
    }

    fn advance(&self, by: u64) {
        if let Some(stage) = self.stages().last() {
            stage.bar.inc(by);
        }
    }

    fn end(&self) {
        let Some(stage) = self.stages().pop() else {
            return;
        };
        stage.bar.finish_and_clear();
        let taken = stage.began.elapsed();
        if !self.quiet && taken > LONG && !std::io::stderr().is_terminal() {
            output::tell(&stage.summary(taken));
        }
    }
}

impl Stage {
    fn summary(&self, taken: Duration) -> String {
        let done = self.bar.position();
        let rate = (done as f64 / taken.as_secs_f64()) as u64;
        let seconds = taken.as_secs();
        let what = &self.what;
        match self.unit {
            Unit::Rows => {
                format!(
                    "{what}: {} rows, {} s, {} rows/s",
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

fn style(known_total: bool, unit: Unit) -> ProgressStyle {
    let template = match (known_total, unit) {
        (true, Unit::Rows) => "{msg} {wide_bar} {human_pos}/{human_len} rows, {per_sec}, {eta}",
        (false, Unit::Rows) => "{spinner} {msg} {human_pos} rows, {per_sec}",
        (true, Unit::Bytes) => "{msg} {wide_bar} {bytes}/{total_bytes}, {bytes_per_sec}, {eta}",
        (false, Unit::Bytes) => "{spinner} {msg} {bytes}, {bytes_per_sec}",
        (true, Unit::Steps) => "{msg} {wide_bar} {human_pos}/{human_len}",
        (false, Unit::Steps) => "{spinner} {msg} {elapsed}",
    };
    ProgressStyle::with_template(template).expect("the templates above are well formed")
}
