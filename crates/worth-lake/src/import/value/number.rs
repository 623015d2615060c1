//! Numbers as people and programs write them.

use serde::{Deserialize, Serialize};

use super::ValueError;

/// Money is kept as whole ten-thousandths; this many are too much for `decimal(18, 4)`.
pub const MONEY_LIMIT: i128 = 1_000_000_000_000_000_000;

/// What the signs in a column's numbers mean.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NumberFormat {
    /// The decimal sign, `.` or `,`; none when no value of the column told.
    pub decimal: Option<char>,
    /// The sign between thousands: `.`, `,`, `'` or a space; none when there was none.
    pub grouping: Option<char>,
}

impl NumberFormat {
    /// Plain decimals with a point, as typed formats give them.
    pub const PLAIN: Self = Self {
        decimal: Some('.'),
        grouping: None,
    };
    /// `1,250.50`.
    pub const POINT: Self = Self {
        decimal: Some('.'),
        grouping: Some(','),
    };
    /// `1.250,50`.
    pub const COMMA: Self = Self {
        decimal: Some(','),
        grouping: Some('.'),
    };
}

/// Money in ten-thousandths, rounded half away from zero: `12.50` is 125,000. Signs of currency
/// (`₫`, `$`, `VND`), `(12.00)` and `12.00-` for negative amounts are understood.
///
/// # Errors
/// Not a number in this format, a percentage, or [`MONEY_LIMIT`] or more.
pub fn parse_money(text: &str, format: NumberFormat) -> Result<i128, ValueError> {
    let _ = (text, format);
    todo!("lands next")
}

/// A real number; a percentage is its hundredth (`12 %` is 0.12).
///
/// # Errors
/// Not a number in this format.
pub fn parse_real(text: &str, format: NumberFormat) -> Result<f64, ValueError> {
    let _ = (text, format);
    todo!("lands next")
}

/// A whole number; `12.0` is 12.
///
/// # Errors
/// Not a number in this format, a fraction, or more than an `i64`.
pub fn parse_count(text: &str, format: NumberFormat) -> Result<i64, ValueError> {
    let _ = (text, format);
    todo!("lands next")
}

/// Yes or no, in English and Vietnamese.
///
/// # Errors
/// Neither.
pub fn parse_flag(text: &str) -> Result<bool, ValueError> {
    let _ = text;
    todo!("lands next")
}
