//! The shape of a written number: its sign, currency, groups of digits and the signs between
//! them, and in how many ways that can be read.

/// Signs and codes of currency that may stand beside a number, compared without ASCII case.
const CURRENCIES: &[&str] = &[
    "₫", "đ", "Đ", "$", "VND", "VNĐ", "VNđ", "đồng", "USD", "US$", "€", "EUR", "£", "GBP", "¥",
    "JPY", "CNY", "RMB", "₩", "KRW", "฿", "THB", "S$", "SGD", "A$", "AUD", "C$", "CAD", "CHF",
    "HK$", "HKD", "NT$", "TWD", "RM", "MYR", "Rp", "IDR", "₹", "INR", "₱", "PHP", "R$", "BRL",
    "zł", "PLN", "LAK", "KHR",
];

/// Groups of digits at most; a longer text is no number.
const GROUPS_MAX: usize = 14;

/// A text taken apart as a number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape<'a> {
    /// Whether it is below zero: `-`, `−`, a minus behind, or parentheses.
    pub(crate) negative: bool,
    /// Whether it began with `+`.
    pub(crate) plus: bool,
    /// Whether a percent sign stood behind.
    pub(crate) percent: bool,
    /// The currency that stood beside it.
    pub(crate) currency: Option<&'static str>,
    /// Power of ten behind an `E`.
    pub(crate) exponent: i32,
    /// Digits and the signs between them.
    pub(crate) body: &'a str,
    /// How the signs in `body` can be read.
    pub(crate) signs: Signs,
}

/// How the signs between a number's digits can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signs {
    /// There are none.
    None,
    /// One way only.
    Certain {
        /// The decimal sign, if there is one.
        decimal: Option<char>,
        /// The sign between thousands, if there is one.
        grouping: Option<char>,
    },
    /// One sign with three digits behind it: a fraction, or thousands.
    Ambiguous(char),
}

/// Takes a text apart; `None` when it is no number in any format.
pub(crate) fn shape_of(text: &str) -> Option<Shape<'_>> {
    let mut rest = text.trim();
    let mut shape = Shape {
        negative: false,
        plus: false,
        percent: false,
        currency: None,
        exponent: 0,
        body: "",
        signs: Signs::None,
    };
    let mut signed = false;
    if let Some(inside) = rest
        .strip_prefix('(')
        .and_then(|inside| inside.strip_suffix(')'))
    {
        rest = inside.trim();
        shape.negative = true;
        signed = true;
    }
    // Sign and currency in front come in either order, each once: `-$5`, `$-5`, `- 5`.
    while !rest.starts_with(|sign: char| sign.is_ascii_digit() || sign == '.' || sign == ',') {
        let first = rest.chars().next()?;
        if matches!(first, '-' | '\u{2212}' | '+') && !signed {
            signed = true;
            shape.negative = first != '+';
            shape.plus = first == '+';
            rest = rest[first.len_utf8()..].trim_start();
        } else if shape.currency.is_none() {
            let ends_currency = |sign: char| {
                sign.is_ascii_digit()
                    || matches!(sign, '-' | '+' | '.' | ',')
                    || sign.is_whitespace()
            };
            let end = rest.find(ends_currency)?;
            shape.currency = Some(currency_of(&rest[..end])?);
            rest = rest[end..].trim_start();
        } else {
            return None;
        }
    }
    while !rest.ends_with(|sign: char| sign.is_ascii_digit()) {
        if let Some(before) = rest.strip_suffix('%').filter(|_| !shape.percent) {
            shape.percent = true;
            rest = before.trim_end();
        } else if let Some(before) = rest.strip_suffix(['-', '\u{2212}']).filter(|_| !signed) {
            signed = true;
            shape.negative = true;
            rest = before.trim_end();
        } else if shape.currency.is_none() {
            let last_digit = rest.rfind(|sign: char| sign.is_ascii_digit())?;
            shape.currency = Some(currency_of(rest[last_digit + 1..].trim_start())?);
            rest = &rest[..=last_digit];
        } else {
            return None;
        }
    }
    if let Some(at) = rest.find(['e', 'E']) {
        shape.exponent = rest[at + 1..]
            .parse::<i32>()
            .ok()
            .filter(|power| power.abs() <= 30)?;
        rest = &rest[..at];
    }
    shape.body = rest;
    shape.signs = signs_of(rest)?;
    if shape.exponent != 0 && !matches!(shape.signs, Signs::None) {
        // `1.250E+06` is written by programs: its sign is the decimal one.
        let decimal = match shape.signs {
            Signs::Ambiguous(sign) => Some(sign),
            Signs::Certain {
                decimal,
                grouping: None,
            } => decimal,
            _ => None,
        };
        decimal?;
        shape.signs = Signs::Certain {
            decimal,
            grouping: None,
        };
    }
    Some(shape)
}

/// Whether a sign only ever stands between thousands.
fn only_groups(sign: char) -> bool {
    !matches!(sign, '.' | ',')
}

fn signs_of(body: &str) -> Option<Signs> {
    let mut groups = [('\0', 0_u32); GROUPS_MAX];
    let mut count = 0;
    let mut lead_digits = 0_u32;
    let mut digits = 0_u32;
    for sign in body.chars() {
        if sign.is_ascii_digit() {
            digits += 1;
            continue;
        }
        let sign = match sign {
            '.' | ',' => sign,
            '\'' | '\u{2019}' => '\'',
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
            _ => return None,
        };
        if count == 0 {
            lead_digits = digits;
        } else {
            groups[count - 1].1 = digits;
        }
        if count == GROUPS_MAX {
            return None;
        }
        groups[count].0 = sign;
        count += 1;
        digits = 0;
    }
    if count == 0 {
        return (digits > 0).then_some(Signs::None);
    }
    groups[count - 1].1 = digits;
    let groups = &groups[..count];
    let zero_leads = body.starts_with('0');
    let (last_sign, last_digits) = groups[count - 1];
    let before = &groups[..count - 1];

    let thousands = !zero_leads && are_thousands(lead_digits, groups);
    let fraction = !only_groups(last_sign)
        && last_digits > 0
        && if before.is_empty() {
            true
        } else {
            !before.iter().any(|group| group.0 == last_sign) && are_thousands(lead_digits, before)
        };
    match (thousands, fraction) {
        (true, true) => Some(Signs::Ambiguous(last_sign)),
        (true, false) => Some(Signs::Certain {
            decimal: None,
            grouping: Some(last_sign),
        }),
        (false, true) => Some(Signs::Certain {
            decimal: Some(last_sign),
            grouping: before.first().map(|group| group.0),
        }),
        (false, false) => None,
    }
}

/// Whether digits stand in groups of three, all divided by one sign (`1,250,000`), or in the
/// Indian way (`12,50,000`).
fn are_thousands(lead_digits: u32, groups: &[(char, u32)]) -> bool {
    let Some((last, inner)) = groups.split_last() else {
        return true;
    };
    let one_sign = inner.iter().all(|group| group.0 == last.0);
    let by_three = inner.iter().all(|group| group.1 == 3);
    let indian = last.0 == ',' && !inner.is_empty() && inner.iter().all(|group| group.1 == 2);
    one_sign && (1..=3).contains(&lead_digits) && last.1 == 3 && (by_three || indian)
}

fn currency_of(text: &str) -> Option<&'static str> {
    let known = CURRENCIES
        .iter()
        .find(|known| known.eq_ignore_ascii_case(text))?;
    Some(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(text: &str) -> Option<Signs> {
        shape_of(text).map(|shape| shape.signs)
    }

    fn certain(decimal: Option<char>, grouping: Option<char>) -> Option<Signs> {
        Some(Signs::Certain { decimal, grouping })
    }

    #[test]
    fn signs_are_certain_where_only_one_reading_exists() {
        assert_eq!(signs("1250000"), Some(Signs::None));
        assert_eq!(signs("12.50"), certain(Some('.'), None));
        assert_eq!(signs("0.125"), certain(Some('.'), None));
        assert_eq!(signs("1250,500"), certain(Some(','), None));
        assert_eq!(signs(".5"), certain(Some('.'), None));
        assert_eq!(signs("1.250.000"), certain(None, Some('.')));
        assert_eq!(signs("1.250.000,50"), certain(Some(','), Some('.')));
        assert_eq!(signs("1,250.5"), certain(Some('.'), Some(',')));
        assert_eq!(signs("12,50,000"), certain(None, Some(',')));
        assert_eq!(signs("1\u{a0}250\u{202f}000"), certain(None, Some(' ')));
        assert_eq!(signs("1’250'000.5"), certain(Some('.'), Some('\'')));
        assert_eq!(signs("1,25E+06"), certain(Some(','), None));
    }

    #[test]
    fn three_digits_behind_one_sign_are_ambiguous() {
        assert_eq!(signs("1.250"), Some(Signs::Ambiguous('.')));
        assert_eq!(signs("125,000 ₫"), Some(Signs::Ambiguous(',')));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            " ",
            "-",
            ".",
            "1.",
            "12.5.2020",
            "1.2.3.4",
            "12a",
            "$",
            "1,25,00",
            "0901 234 567",
            "--5",
            "5--",
            "1 25",
            "1.250.00",
            "e5",
            "đ",
            "()",
            "%",
            "1e99",
            "nan",
            "inf",
            "0x10",
        ] {
            assert_eq!(signs(text), None, "{text}");
        }
    }

    #[test]
    fn currency_percent_and_minus_are_found_on_either_side() {
        let shape = shape_of("- $12.50").expect("a number");
        assert!(shape.negative);
        assert_eq!((shape.currency, shape.body), (Some("$"), "12.50"));
        let shape = shape_of("1,250,000đ").expect("a number");
        assert_eq!((shape.currency, shape.body), (Some("đ"), "1,250,000"));
        let shape = shape_of("(12.00)").expect("a number");
        assert!(shape.negative && shape.currency.is_none());
        let shape = shape_of("12,00 vnd-").expect("a number");
        assert_eq!((shape.negative, shape.currency), (true, Some("VND")));
        assert!(shape_of("12.5 %").expect("a number").percent);
        assert!(shape_of("\u{2212}5").expect("a number").negative);
    }
}
