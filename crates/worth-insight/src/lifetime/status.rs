//! What a customer seems to be doing: active, slipping away, gone, new, or bought once.
//!
//! A rule that people can check with a calendar (silent for longer than so many own gaps), and the
//! model's P(alive), must both point the same way before someone is called slipping: a customer with
//! an irregular rhythm is not called away by the calendar alone, nor a frequent one by the model alone.

use super::answer::{Status, StatusRule};

/// Silent for longer than twice the own gap: one missed purchase, and the next one due.
pub(crate) const OVERDUE_GAPS: f64 = 2.0;
/// Below one in five, money spent on winning back is mostly spent on people who have left.
pub(crate) const P_ALIVE_LOW: f64 = 0.2;
/// Above four in five, silence is still within the customer's habit.
pub(crate) const P_ALIVE_HIGH: f64 = 0.8;

/// Fewer customers slipping away than this are not worth a campaign: no advice is given.
pub(crate) const LEAST_FOR_ADVICE: u64 = 10;

/// Days on which a customer bought, as far as status needs them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rhythm {
    /// Repeat purchases.
    pub repeats: u32,
    /// Mean days between purchases; `None` after a single one.
    pub gap_days: Option<f64>,
    /// Days since the last purchase.
    pub silent_days: f64,
}

impl Rhythm {
    /// From the days between the first purchase and the last, and between the first and the end of
    /// observation.
    pub(crate) fn of(repeats: u32, recency_days: f64, age_days: f64) -> Self {
        Self {
            repeats,
            gap_days: (repeats > 0).then(|| recency_days / f64::from(repeats)),
            silent_days: age_days - recency_days,
        }
    }
}

impl StatusRule {
    /// The rule for customers whose median gap is `typical_gap_days`.
    pub(crate) fn new(typical_gap_days: f64) -> Self {
        Self {
            overdue_gaps: OVERDUE_GAPS,
            p_alive_low: P_ALIVE_LOW,
            p_alive_high: P_ALIVE_HIGH,
            new_days: (OVERDUE_GAPS * typical_gap_days).round(),
        }
    }

    /// The status of one customer.
    pub(crate) fn status(&self, rhythm: &Rhythm, p_alive: f64) -> Status {
        let silent_days = rhythm.silent_days;
        match rhythm.gap_days {
            None if silent_days <= self.new_days => Status::New,
            None => Status::Once,
            Some(_) if p_alive < self.p_alive_low => Status::Gone,
            Some(gap) if p_alive <= self.p_alive_high && silent_days > self.overdue_gaps * gap => {
                Status::Slipping
            }
            Some(_) => Status::Active,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendar_and_model_must_agree_on_slipping() {
        let rule = StatusRule::new(30.0);
        // bought on days 0, 31, 62: a gap of 31 days; observed until day 146: silent for 84 days
        let late = Rhythm::of(2, 62.0, 146.0);
        assert_eq!(late.gap_days, Some(31.0));
        assert_eq!(late.silent_days, 84.0);
        // 84 > 2 · 31 = 62
        assert_eq!(rule.status(&late, 0.5), Status::Slipping);
        assert_eq!(rule.status(&late, 0.81), Status::Active);
        assert_eq!(rule.status(&late, 0.19), Status::Gone);
        // silent for 62 days is exactly two gaps, not longer
        assert_eq!(
            rule.status(&Rhythm::of(2, 62.0, 124.0), 0.5),
            Status::Active
        );
    }

    #[test]
    fn someone_who_bought_once_is_new_for_two_typical_gaps() {
        let rule = StatusRule::new(30.0);
        assert_eq!(rule.status(&Rhythm::of(0, 0.0, 60.0), 1.0), Status::New);
        assert_eq!(rule.status(&Rhythm::of(0, 0.0, 61.0), 1.0), Status::Once);
    }
}
