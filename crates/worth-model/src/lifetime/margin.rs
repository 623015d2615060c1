//! What stays of an amount that a customer spends, and how sure that is.

use crate::error::{Error, require};

/// Draws of a logarithm are kept within this of the middle: a hundredfold.
pub(super) const FARTHEST: f64 = 4.6;

/// Part of an amount that stays with the business.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margin {
    /// More than 0, at most 1: all of it.
    pub share: f64,
    /// Standard error of the share; 0 when someone chose it.
    pub standard_error: f64,
}

impl Margin {
    /// A margin that someone chose.
    #[must_use]
    pub const fn given(share: f64) -> Self {
        Self {
            share,
            standard_error: 0.0,
        }
    }

    pub(super) fn check(self) -> Result<(), Error> {
        let Self {
            share,
            standard_error,
        } = self;
        require(
            share > 0.0 && share <= 1.0,
            "margin",
            share,
            "expected more than 0, at most 1 (0.3 = 30 %)",
        )?;
        require(
            standard_error.is_finite() && standard_error >= 0.0,
            "standard_error",
            standard_error,
            "expected a number of at least 0",
        )
    }

    /// Standard error of the logarithm of the share.
    pub(super) fn log_error(self) -> f64 {
        self.standard_error / self.share
    }

    /// The share as it may also be: so many standard errors away, on the logarithmic scale.
    pub(super) fn away(self, standard_errors: f64) -> f64 {
        let away = standard_errors * self.log_error();
        self.share * away.clamp(-FARTHEST, FARTHEST).exp()
    }
}
