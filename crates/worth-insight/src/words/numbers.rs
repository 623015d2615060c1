//! Numbers as people write them in each language. No words in here, only digits and signs.

use super::Language;

/// Between a number and its unit: they must not be torn apart at the end of a line.
pub(super) const NO_BREAK_SPACE: char = '\u{a0}';

/// ISO 4217 code of amounts of which nobody said the currency.
pub const NO_CURRENCY: &str = "XXX";

/// The true minus, as wide as the plus.
const MINUS: char = '\u{2212}';

/// `value` with exactly so many decimals, grouped in threes. What is not a number is a dash.
pub(super) fn number(language: Language, value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    let (group, decimal) = match language {
        Language::English => (',', '.'),
        Language::Vietnamese => ('.', ','),
    };
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut written = String::with_capacity(plain.len() + plain.len() / 3 + 1);
    let is_zero = plain.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if value < 0.0 && !is_zero {
        written.push(MINUS);
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            written.push(group);
        }
        written.push(digit);
    }
    if !fraction.is_empty() {
        written.push(decimal);
        written.push_str(fraction);
    }
    written
}

/// The number with a sign in front, also when it is positive.
pub(super) fn signed(language: Language, value: f64, decimals: usize) -> String {
    let written = number(language, value, decimals);
    let is_positive = value > 0.0 && written.contains(|sign: char| matches!(sign, '1'..='9'));
    if is_positive {
        format!("+{written}")
    } else {
        written
    }
}

/// How many decimals leave `digits` significant digits (and never fewer than none).
pub(super) fn decimals_for(value: f64, digits: usize) -> usize {
    if value == 0.0 || !value.is_finite() {
        return 0;
    }
    // 9.996 becomes 10.0 when rounded to three digits: look at the rounded number.
    let rounded: f64 = format!("{:.*e}", digits.saturating_sub(1), value.abs())
        .parse()
        .expect("Rust reads the numbers that it writes");
    let whole_digits = rounded.log10().floor() as i64 + 1;
    usize::try_from(digits as i64 - whole_digits).unwrap_or(0)
}

/// How many decimals, at most three, write a round number without loss: none for 2, one for 1.5.
pub(super) fn decimals_of_round(value: f64) -> usize {
    (0..3)
        .find(|decimals| {
            let shifted = value.abs() * 10_f64.powi(*decimals);
            (shifted - shifted.round()).abs() < 1e-6 * shifted.max(1.0)
        })
        .map_or(3, |decimals| decimals as usize)
}

/// Digits after the decimal sign that a currency's smallest coin needs (ISO 4217).
pub(super) fn minor_digits(currency: &str) -> usize {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX"
        | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

/// The sign English puts before an amount; none for currencies known by their code only.
fn symbol(currency: &str) -> Option<&'static str> {
    Some(match currency {
        "VND" => "₫",
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "JPY" => "¥",
        "CNY" => "CN¥",
        "KRW" => "₩",
        "INR" => "₹",
        "THB" => "฿",
        "AUD" => "A$",
        "CAD" => "CA$",
        "NZD" => "NZ$",
        "SGD" => "S$",
        "HKD" => "HK$",
        "TWD" => "NT$",
        "BRL" => "R$",
        _ => return None,
    })
}

/// Puts the currency to a written amount, which may end in a word of scale ("1.25 bn").
pub(super) fn with_currency(language: Language, written: &str, currency: &str) -> String {
    match language {
        _ if currency == NO_CURRENCY => written.to_owned(),
        Language::Vietnamese if currency == "VND" => format!("{written}{NO_BREAK_SPACE}₫"),
        Language::Vietnamese => format!("{written}{NO_BREAK_SPACE}{currency}"),
        Language::English => {
            let (sign, amount) = match written.strip_prefix([MINUS, '+']) {
                Some(amount) => (&written[..written.len() - amount.len()], amount),
                None => ("", written),
            };
            match symbol(currency) {
                Some(symbol) => format!("{sign}{symbol}{amount}"),
                None => format!("{sign}{currency}{NO_BREAK_SPACE}{amount}"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language::{English, Vietnamese};
    use super::*;

    #[test]
    fn digits_are_grouped_and_signed_as_people_write_them() {
        assert_eq!(number(English, 1_250_000.0, 0), "1,250,000");
        assert_eq!(number(Vietnamese, 1_250_000.5, 2), "1.250.000,50");
        assert_eq!(number(Vietnamese, 999.0, 0), "999");
        assert_eq!(number(English, -1234.5, 1), "−1,234.5");
        assert_eq!(number(English, -0.004, 2), "0.00");
        assert_eq!(number(English, f64::NAN, 2), "–");
        assert_eq!(signed(Vietnamese, 0.42, 2), "+0,42");
        assert_eq!(signed(Vietnamese, 0.001, 2), "0,00");
        assert_eq!(signed(Vietnamese, -0.42, 2), "−0,42");
    }

    #[test]
    fn three_digits_stay_three_digits_when_rounding_carries() {
        assert_eq!(decimals_for(1.25, 3), 2);
        assert_eq!(decimals_for(12.5, 3), 1);
        assert_eq!(decimals_for(9.996, 3), 1);
        assert_eq!(decimals_for(1250.0, 3), 0);
        assert_eq!(decimals_for(0.0, 3), 0);
        assert_eq!(decimals_for(0.0123, 2), 3);
    }

    #[test]
    fn a_currency_stands_where_the_language_puts_it() {
        assert_eq!(with_currency(English, "1,250.50", NO_CURRENCY), "1,250.50");
        assert_eq!(with_currency(English, "1,250.50", "USD"), "$1,250.50");
        assert_eq!(with_currency(English, "−5.00", "USD"), "−$5.00");
        assert_eq!(with_currency(English, "5.00", "CHF"), "CHF\u{a0}5.00");
        assert_eq!(
            with_currency(Vietnamese, "1.250.000", "VND"),
            "1.250.000\u{a0}₫"
        );
        assert_eq!(with_currency(Vietnamese, "5,00", "USD"), "5,00\u{a0}USD");
    }
}
