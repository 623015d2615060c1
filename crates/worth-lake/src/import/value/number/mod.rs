//! Numbers as people and programs write them.

pub(crate) mod shape;

use serde::{Deserialize, Serialize};

use super::ValueError;
use shape::{Shape, Signs, shape_of};

/// Money is kept as whole ten-thousandths; so many are too much for `decimal(18, 4)`.
pub const MONEY_LIMIT: i128 = 1_000_000_000_000_000_000;

/// Digits behind the decimal sign that money keeps.
const MONEY_SCALE: i32 = 4;

/// Digits that are read; more are no measurement. Keeps `i128` from overflowing.
const DIGITS_MAX: u32 = 34;

/// What the signs in a column's numbers mean.
///
/// A sign that the format does not know is understood where only one reading exists (`12.5`);
/// `1.250` in a column that never told stays an error.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NumberFormat {
    /// The decimal sign, `.` or `,`; none when no value of the column told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimal: Option<char>,
    /// The sign between thousands: `.`, `,`, `'` or a space; none when there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
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

    /// A number written in this format, for messages.
    pub fn example(self) -> String {
        let grouping = self.grouping.map_or_else(String::new, String::from);
        match self.decimal {
            Some(decimal) => format!("1{grouping}250{decimal}50"),
            None => format!("1{grouping}250"),
        }
    }

    /// Where in `shape` the fraction begins, if it has one.
    fn decimal_of(self, shape: &Shape<'_>, text: &str) -> Result<Option<char>, ValueError> {
        match shape.signs {
            Signs::None => Ok(None),
            Signs::Certain { decimal, grouping } => {
                let contradicts =
                    |sign: Option<char>, other: Option<char>| sign.is_some() && sign == other;
                let two_decimals = matches!(
                    (decimal, self.decimal),
                    (Some(written), Some(known)) if written != known
                );
                if two_decimals
                    || contradicts(decimal, self.grouping)
                    || contradicts(grouping, self.decimal)
                {
                    return Err(self.not_a_number(text));
                }
                Ok(decimal)
            }
            Signs::Ambiguous(sign) if self.decimal == Some(sign) => Ok(Some(sign)),
            Signs::Ambiguous(sign) if self.decimal.is_some() || self.grouping == Some(sign) => {
                Ok(None)
            }
            Signs::Ambiguous(sign) => Err(ValueError::AmbiguousNumber {
                text: text.to_owned(),
                fraction: shape.body.replace(sign, "."),
                whole: shape.body.replace(sign, ""),
            }),
        }
    }

    fn not_a_number(self, text: &str) -> ValueError {
        ValueError::NotANumber {
            text: shortened(text),
            right: self.example(),
        }
    }
}

/// Money in ten-thousandths, rounded half away from zero: `12.50` is 125,000. Signs of currency
/// (`₫`, `$`, `VND`), `(12.00)` and `12.00-` for negative amounts are understood.
///
/// ```
/// use worth_lake::import::value::{NumberFormat, parse_money};
///
/// assert_eq!(parse_money("1.250.000 ₫", NumberFormat::COMMA), Ok(12_500_000_000));
/// assert_eq!(parse_money("(12.50)", NumberFormat::POINT), Ok(-125_000));
/// ```
///
/// # Errors
/// Not a number in this format, a percentage, or [`MONEY_LIMIT`] or more.
pub fn parse_money(text: &str, format: NumberFormat) -> Result<i128, ValueError> {
    if let Some(money) = plain_money(text.as_bytes(), format) {
        return Ok(money);
    }
    let number = Decimal::read(text, format)?;
    if number.percent {
        return Err(ValueError::Percentage {
            text: shortened(text),
        });
    }
    let too_large = || ValueError::TooLarge {
        text: shortened(text),
        limit: "99999999999999.9999",
    };
    let money = number.scaled(MONEY_SCALE).ok_or_else(too_large)?;
    if money.abs() < MONEY_LIMIT {
        Ok(money)
    } else {
        Err(too_large())
    }
}

/// A real number; a percentage is its hundredth (`12 %` is 0.12).
///
/// # Errors
/// Not a number in this format.
pub fn parse_real(text: &str, format: NumberFormat) -> Result<f64, ValueError> {
    let shape = shape_of(text).ok_or_else(|| format.not_a_number(text))?;
    let decimal = format.decimal_of(&shape, text)?;
    let mut plain = String::with_capacity(shape.body.len() + 8);
    for sign in shape.body.chars() {
        if sign.is_ascii_digit() {
            plain.push(sign);
        } else if Some(sign) == decimal {
            plain.push('.');
        }
    }
    if shape.exponent != 0 {
        plain.push_str(&format!("e{}", shape.exponent));
    }
    let size: f64 = plain.parse().map_err(|_| format.not_a_number(text))?;
    let size = if shape.percent { size / 100.0 } else { size };
    Ok(if shape.negative { -size } else { size })
}

/// A whole number; `12.0` is 12.
///
/// # Errors
/// Not a number in this format, a fraction, a percentage, or more than an `i64`.
pub fn parse_count(text: &str, format: NumberFormat) -> Result<i64, ValueError> {
    let number = Decimal::read(text, format)?;
    if number.percent {
        return Err(ValueError::Percentage {
            text: shortened(text),
        });
    }
    let too_large = || ValueError::TooLarge {
        text: shortened(text),
        limit: "9223372036854775807",
    };
    if number.scale > 0 {
        let unit = 10_i128
            .checked_pow(number.scale.unsigned_abs())
            .ok_or_else(too_large)?;
        if number.digits % unit != 0 {
            return Err(ValueError::NotWhole {
                text: shortened(text),
            });
        }
    }
    let whole = number.scaled(0).ok_or_else(too_large)?;
    i64::try_from(whole).map_err(|_| too_large())
}

/// Yes or no, in English and Vietnamese.
///
/// # Errors
/// Neither.
pub fn parse_flag(text: &str) -> Result<bool, ValueError> {
    match text.trim().to_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "1" | "x" | "có" | "co" | "đúng" | "on" => Ok(true),
        "false" | "f" | "no" | "n" | "0" | "không" | "khong" | "sai" | "off" => Ok(false),
        _ => Err(ValueError::NotAFlag {
            text: shortened(text),
        }),
    }
}

/// The first characters of a text, for messages.
pub(super) fn shortened(text: &str) -> String {
    const SHOWN_CHARS: usize = 80;
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Nearly all money: digits, perhaps a minus in front and up to four digits behind the decimal
/// sign. `None` means only that the long way has to be taken.
fn plain_money(text: &[u8], format: NumberFormat) -> Option<i128> {
    const PLAIN_DIGITS: usize = 14;
    let (negative, text) = match text.split_first()? {
        (b'-', rest) => (true, rest),
        _ => (false, text),
    };
    let mut value = 0_i64;
    let mut digits = 0;
    let mut decimals = None;
    for &byte in text {
        if byte.is_ascii_digit() {
            value = value * 10 + i64::from(byte - b'0');
            digits += 1;
        } else if decimals.is_none() && digits > 0 && format.decimal == Some(char::from(byte)) {
            decimals = Some(digits);
        } else {
            return None;
        }
        if digits > PLAIN_DIGITS {
            return None;
        }
    }
    let power = match decimals.map(|at| digits - at) {
        _ if digits == 0 => return None,
        None => 10_000,
        Some(1) => 1_000,
        Some(2) => 100,
        Some(3) => 10,
        Some(4) => 1,
        Some(_) => return None,
    };
    let money = i128::from(value) * power;
    (money < MONEY_LIMIT).then_some(if negative { -money } else { money })
}

/// A number as it was written: `digits` / 10^`scale`.
struct Decimal {
    digits: i128,
    scale: i32,
    percent: bool,
}

impl Decimal {
    fn read(text: &str, format: NumberFormat) -> Result<Self, ValueError> {
        let shape = shape_of(text).ok_or_else(|| format.not_a_number(text))?;
        let decimal = format.decimal_of(&shape, text)?;
        let mut digits = 0_i128;
        let mut count = 0;
        let mut scale = -shape.exponent;
        let mut in_fraction = false;
        for sign in shape.body.chars() {
            let Some(digit) = sign.to_digit(10) else {
                in_fraction |= Some(sign) == decimal;
                continue;
            };
            if count < DIGITS_MAX {
                digits = digits * 10 + i128::from(digit);
                count += u32::from(digits != 0);
                scale += i32::from(in_fraction);
            } else if !in_fraction {
                return Err(ValueError::TooLarge {
                    text: shortened(text),
                    limit: "34 digits",
                });
            }
        }
        let digits = if shape.negative { -digits } else { digits };
        Ok(Self {
            digits,
            scale,
            percent: shape.percent,
        })
    }

    /// The number in units of 10^-`to`, rounded half away from zero; `None` when it does not fit.
    fn scaled(&self, to: i32) -> Option<i128> {
        let power = to - self.scale;
        let unit = 10_i128.checked_pow(power.unsigned_abs());
        if power >= 0 {
            return if self.digits == 0 {
                Some(0)
            } else {
                self.digits.checked_mul(unit?)
            };
        }
        // More decimals than an i128 has digits: whatever was written, it rounds to zero.
        let Some(unit) = unit else { return Some(0) };
        let half = unit / 2;
        Some((self.digits + if self.digits < 0 { -half } else { half }) / unit)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const UNKNOWN: NumberFormat = NumberFormat {
        decimal: None,
        grouping: None,
    };

    #[test]
    fn money_is_read_in_its_columns_format() {
        assert_eq!(parse_money("1250000", UNKNOWN), Ok(12_500_000_000));
        assert_eq!(parse_money("1.250", NumberFormat::PLAIN), Ok(12_500));
        assert_eq!(parse_money("1.250", NumberFormat::COMMA), Ok(12_500_000));
        assert_eq!(
            parse_money(" 1.250.000 ₫ ", NumberFormat::COMMA),
            Ok(12_500_000_000)
        );
        assert_eq!(
            parse_money("1,250,000đ", NumberFormat::POINT),
            Ok(12_500_000_000)
        );
        assert_eq!(parse_money("$12.50", NumberFormat::POINT), Ok(125_000));
        assert_eq!(parse_money("12,5-", NumberFormat::COMMA), Ok(-125_000));
        assert_eq!(parse_money("-0.00", NumberFormat::PLAIN), Ok(0));
        assert_eq!(
            parse_money("1.25E+06", NumberFormat::PLAIN),
            Ok(12_500_000_000)
        );
        assert_eq!(parse_money("1E-30", NumberFormat::PLAIN), Ok(0));
    }

    #[test]
    fn money_rounds_half_away_from_zero() {
        assert_eq!(parse_money("0.00005", NumberFormat::PLAIN), Ok(1));
        assert_eq!(parse_money("-0.00005", NumberFormat::PLAIN), Ok(-1));
        assert_eq!(parse_money("0.00004999", NumberFormat::PLAIN), Ok(0));
        assert_eq!(parse_money("12.34567", NumberFormat::PLAIN), Ok(123_457));
    }

    #[test]
    fn money_that_does_not_fit_is_an_error() {
        assert_eq!(
            parse_money("99999999999999.9999", NumberFormat::PLAIN),
            Ok(MONEY_LIMIT - 1)
        );
        for text in [
            "100000000000000",
            "99999999999999.99995",
            "-100000000000000",
            "9e29",
            &"9".repeat(40),
            &format!("{}.5", "9".repeat(34)),
        ] {
            let error = parse_money(text, NumberFormat::PLAIN).expect_err(text);
            assert_eq!(error.code(), "too-large", "{text}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_an_error_until_the_format_tells() {
        let error = parse_money("1.250", UNKNOWN).expect_err("ambiguous");
        assert_eq!(
            error.to_string(),
            "`1.250` may be 1.250 or 1250; say which with --decimal point or comma"
        );
        assert_eq!(parse_money("12.5", UNKNOWN), Ok(125_000));
        assert_eq!(parse_money("1.250.000", UNKNOWN), Ok(12_500_000_000));
    }

    #[test]
    fn what_contradicts_the_format_is_an_error() {
        for (text, format) in [
            ("12,50", NumberFormat::PLAIN),
            ("1.250.000", NumberFormat::PLAIN),
            ("12.50", NumberFormat::COMMA),
            ("1,250,000", NumberFormat::COMMA),
            ("abc", UNKNOWN),
            ("", UNKNOWN),
        ] {
            let error = parse_money(text, format).expect_err(text);
            assert_eq!(error.code(), "not-a-number", "{text}");
        }
        assert_eq!(
            parse_money("12 xu", NumberFormat::COMMA)
                .expect_err("no number")
                .to_string(),
            "`12 xu` is not a number; right would be 1.250,50"
        );
        assert_eq!(
            parse_money("12%", UNKNOWN).expect_err("percent").code(),
            "percentage"
        );
    }

    #[test]
    fn counts_are_whole() {
        assert_eq!(parse_count("12.0", NumberFormat::PLAIN), Ok(12));
        assert_eq!(parse_count("-1.250", NumberFormat::COMMA), Ok(-1250));
        assert_eq!(
            parse_count("12.5", NumberFormat::PLAIN)
                .expect_err("half")
                .code(),
            "not-whole"
        );
        assert_eq!(
            parse_count("9223372036854775808", UNKNOWN)
                .expect_err("large")
                .code(),
            "too-large"
        );
    }

    #[test]
    fn reals_and_flags() {
        assert_eq!(parse_real("12 %", UNKNOWN), Ok(0.12));
        assert_eq!(parse_real("-1.234,5", NumberFormat::COMMA), Ok(-1234.5));
        assert_eq!(parse_real("1E-3", UNKNOWN), Ok(0.001));
        assert_eq!(parse_flag(" Có "), Ok(true));
        assert_eq!(parse_flag("No"), Ok(false));
        assert_eq!(
            parse_flag("maybe").expect_err("neither").code(),
            "not-a-flag"
        );
    }

    /// Writes ten-thousandths in a format, with or without its thousands signs.
    fn written(money: i128, format: NumberFormat, grouped: bool, decimals: usize) -> String {
        let size = money.unsigned_abs();
        let (whole, fraction) = (size / 10_000, size % 10_000);
        let digits = whole.to_string();
        let mut text = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place) % 3 == 0 && grouped {
                text.extend(format.grouping);
            }
            text.push(digit);
        }
        if decimals > 0 {
            text.extend(format.decimal);
            text.push_str(&format!("{fraction:04}")[..decimals]);
        }
        if money < 0 { format!("-{text}") } else { text }
    }

    proptest! {
        #[test]
        fn money_written_in_any_format_reads_back(
            money in -(MONEY_LIMIT - 1)..MONEY_LIMIT,
            comma: bool,
            grouping in prop::sample::select(vec![None, Some('g'), Some(' '), Some('\'')]),
        ) {
            let (decimal, other) = if comma { (',', '.') } else { ('.', ',') };
            let grouping = grouping.map(|sign| if sign == 'g' { other } else { sign });
            let format = NumberFormat { decimal: Some(decimal), grouping };
            let text = written(money, format, grouping.is_some(), 4);
            prop_assert_eq!(parse_money(&text, format), Ok(money));
            let real = parse_real(&text, format).expect("a number");
            prop_assert!((real - money as f64 / 1e4).abs() <= 1e-9 * real.abs().max(1.0));
        }

        #[test]
        fn no_text_makes_a_parser_panic(text in "\\PC{0,40}", digits in "[-+0-9.,' %$e()]{0,24}") {
            for text in [text, digits] {
                for format in [NumberFormat::PLAIN, NumberFormat::COMMA, UNKNOWN] {
                    let _ = (parse_money(&text, format), parse_count(&text, format));
                    let _ = parse_real(&text, format);
                }
            }
        }
    }
}
