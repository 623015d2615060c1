//! The windows of a unit that tell what is usual, and how far off others were.

use std::collections::VecDeque;

use super::Window;

/// The windows that tell what is usual.
#[derive(Debug, Clone, Default)]
pub(super) struct Baseline {
    inside: VecDeque<Window>,
    /// The latest windows, when they stayed out.
    outside: VecDeque<Window>,
    /// How far off earlier windows were, in standard deviations by the model's own chance.
    errors: VecDeque<f64>,
}

impl Baseline {
    /// How many windows it rests on.
    pub(super) fn windows(&self) -> usize {
        self.inside.len()
    }

    /// How many windows were compared with those before them.
    pub(super) fn comparisons(&self) -> usize {
        self.errors.len()
    }

    /// What it says; nothing when nothing happened in it.
    pub(super) fn usual(&self) -> Option<Usual> {
        Usual::of(&self.inside)
    }

    /// Adds the next window. `most`: how many are kept.
    pub(super) fn take(&mut self, window: Window, stays_out: bool, most: usize) {
        if stays_out {
            self.outside.push_back(window);
            if self.outside.len() == most {
                self.inside = std::mem::take(&mut self.outside);
            }
            return;
        }
        self.outside.clear();
        if let Some(usual) = self.usual() {
            keep(&mut self.errors, usual.away(&window), 2 * most);
        }
        keep(&mut self.inside, window, most);
    }

    /// Mean square of the errors, and how many there are.
    pub(super) fn spread(&self) -> (f64, f64) {
        let count = self.errors.len() as f64;
        let squares: f64 = self.errors.iter().map(|error| error * error).sum();
        (squares / count, count)
    }
}

/// Adds to the latest, of which at most so many are kept.
fn keep<T>(latest: &mut VecDeque<T>, next: T, most: usize) {
    latest.push_back(next);
    if latest.len() > most {
        latest.pop_front();
    }
}

/// What the baseline of a unit says.
pub(super) struct Usual {
    /// What forecasts usually come to.
    pub(super) ratio: f64,
    /// Windows that say so.
    pub(super) windows: usize,
    /// Variance of the ratio over the ratio.
    pub(super) of_ratio: f64,
}

impl Usual {
    /// Nothing when nothing happened in the baseline.
    fn of(baseline: &VecDeque<Window>) -> Option<Self> {
        let sum = |of: fn(&Window) -> f64| baseline.iter().map(of).sum::<f64>();
        let (expected, actual) = (sum(|one| one.expected), sum(|one| one.actual));
        (actual > 0.0).then(|| Self {
            ratio: actual / expected,
            windows: baseline.len(),
            of_ratio: sum(|one| one.variance) / (expected * expected),
        })
    }

    /// Variance of what happens in a window, and of the ratio, for each count expected; by the
    /// model's own chance.
    pub(super) fn variance_per_count(&self, window: &Window) -> f64 {
        window.variance / window.expected + window.expected * self.of_ratio
    }

    /// How far off a window is, in standard deviations by the model's own chance.
    pub(super) fn away(&self, window: &Window) -> f64 {
        let expected = self.ratio * window.expected;
        let deviation = (self.variance_per_count(window) / expected).sqrt();
        1.5 * ((window.actual / expected).powf(2.0 / 3.0) - 1.0) / deviation
    }
}
