//! The windows that are compared: the last days of observation, and stretches of as many before.

use std::ops::RangeInclusive;

/// Windows that are looked at, the last one included: with four weeks each, one year.
const MOST_WINDOWS: usize = 13;
/// Windows that must have passed before the first that is looked at: no model knows customers from
/// less.
const KNOWN_WINDOWS: usize = 3;

/// Some days in a row, both ends included, since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) from: i32,
    pub(super) until: i32,
}

impl Window {
    pub(super) fn days(&self) -> RangeInclusive<i32> {
        self.from..=self.until
    }

    /// The last day that is known before it.
    pub(super) fn origin(&self) -> i32 {
        self.from - 1
    }
}

/// The windows that end where the next begins, the last with observation; the earliest first. None
/// when there are too few to know from `least` of them what is usual.
pub(super) fn windows(
    first: Option<i32>,
    until: i32,
    window_days: u32,
    least: usize,
) -> Vec<Window> {
    let days = window_days as i32;
    let passed = first.map_or(0, |first| (until - first + 1) / days) as usize;
    let count = passed.saturating_sub(KNOWN_WINDOWS).min(MOST_WINDOWS);
    if count <= least {
        return Vec::new();
    }
    let window = |back: usize| {
        let until = until - back as i32 * days;
        Window {
            from: until - days + 1,
            until,
        }
    };
    (0..count).rev().map(window).collect()
}

/// Days that must be observed for a last window with `least` before it.
pub(super) fn needed_days(window_days: u32, least: usize) -> u32 {
    (KNOWN_WINDOWS + least + 1) as u32 * window_days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_end_with_observation_and_leave_days_to_learn_from() {
        let ends = |until: i32| -> Vec<(i32, i32)> {
            let found = windows(Some(0), until, 10, 3);
            found
                .iter()
                .map(|window| (window.from, window.until))
                .collect()
        };
        // seventy days: three to learn from, three to know what is usual, and the last
        assert_eq!(needed_days(10, 3), 70);
        assert_eq!(ends(69), [(30, 39), (40, 49), (50, 59), (60, 69)]);
        assert_eq!(ends(68), []);
        assert_eq!(ends(999).len(), MOST_WINDOWS);
        assert_eq!(windows(Some(0), 69, 10, 3)[0].origin(), 29);
        assert!(windows(None, 69, 10, 3).is_empty());
    }
}
