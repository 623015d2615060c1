//! What a number counts: enough to write it as people do.

/// What a number counts, and how exactly it is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Unit {
    /// Whole things: "1,250".
    #[default]
    Count,
    /// A bare number with so many decimals: "1.83".
    Number {
        /// Digits after the decimal sign.
        decimals: usize,
    },
    /// A bare number of whatever size, with so many significant digits: "0.2426", "13.2".
    Digits {
        /// How many at least; whole numbers are written in full.
        digits: usize,
    },
    /// A share of one, written as a percentage: 0.125 is "12.5%".
    Share {
        /// Digits after the decimal sign of the percentage.
        decimals: usize,
    },
    /// Money in full, in the currency's smallest unit: "₫1,250,000".
    Money {
        /// ISO 4217 code.
        currency: String,
    },
    /// Money as exactly as a reader needs it: "₫1.25 bn", "$72,654".
    MoneyShort {
        /// ISO 4217 code.
        currency: String,
    },
    /// Points of the 1..10 scale: "7.42 points".
    Points,
    /// A difference in points, with its sign: "+0.42 points".
    PointsMore,
    /// A difference of shares, with its sign: "+16.7 percentage points".
    SharePoints,
    /// Days: "84 days".
    Days,
    /// Seconds, written in the unit that people would say: "35 s", "12 min", "3.5 h", "4.2 days".
    Duration,
}

impl Unit {
    /// Money in full.
    #[must_use]
    pub fn money(currency: &str) -> Self {
        Self::Money {
            currency: currency.into(),
        }
    }

    /// Money, shortened when it is large.
    #[must_use]
    pub fn money_short(currency: &str) -> Self {
        Self::MoneyShort {
            currency: currency.into(),
        }
    }
}
