//! How a column writes its numbers: evidence from every value, and what it decides.

use super::{Decision, is_nearly_all};
use crate::import::value::NumberFormat;
use crate::import::value::shape::{Shape, Signs, shape_of};

/// What the values of a column say about its numbers.
#[derive(Debug, Default)]
pub(super) struct NumberEvidence {
    pub(super) numbers: u64,
    pub(super) percents: u64,
    pub(super) leading_zeros: u64,
    pub(super) currencies: Vec<(&'static str, u64)>,
    point: SignEvidence,
    comma: SignEvidence,
    other_grouping: Option<char>,
}

/// What the values say about `.` or `,`.
#[derive(Debug, Default)]
struct SignEvidence {
    /// It can only be the decimal sign.
    decimals: u64,
    /// It can only divide thousands.
    groups: u64,
    /// It can be either: `1.250`.
    open: u64,
    example: Option<String>,
}

impl NumberEvidence {
    /// Looks at a filled value, trimmed, that stands in `count` rows.
    pub(super) fn add(&mut self, text: &str, count: u64) {
        let bytes = text.as_bytes();
        if is_plain(bytes) {
            self.numbers += count;
            self.leading_zeros += count * u64::from(bytes.len() > 1 && bytes[0] == b'0');
            return;
        }
        if !may_be_number(bytes) {
            return;
        }
        let Some(shape) = shape_of(text) else { return };
        self.numbers += count;
        self.percents += count * u64::from(shape.percent);
        let zero_leads = shape.body.len() > 1
            && shape.body.starts_with('0')
            && shape.body[1..].starts_with(|next: char| next.is_ascii_digit());
        // `+84 901 234 567` is a telephone number.
        let telephone = shape.plus && shape.body.len() > 7;
        self.leading_zeros += count * u64::from(zero_leads || telephone);
        if let Some(currency) = shape.currency {
            match self
                .currencies
                .iter_mut()
                .find(|(known, _)| *known == currency)
            {
                Some((_, known)) => *known += count,
                None => self.currencies.push((currency, count)),
            }
        }
        self.add_signs(&shape, text, count);
    }

    fn add_signs(&mut self, shape: &Shape<'_>, text: &str, count: u64) {
        match shape.signs {
            Signs::None => {}
            Signs::Certain { decimal, grouping } => {
                if let Some(sign) = decimal.and_then(|sign| self.sign(sign)) {
                    sign.decimals += count;
                }
                match grouping.map(|sign| (sign, self.sign(sign))) {
                    Some((_, Some(sign))) => sign.groups += count,
                    Some((sign, None)) => self.other_grouping = Some(sign),
                    None => {}
                }
            }
            Signs::Ambiguous(sign) => {
                // The dong has had no hundredths for decades: 125.000 ₫ are thousands.
                let in_dong = shape.currency.is_some_and(is_dong);
                if let Some(sign) = self.sign(sign) {
                    sign.groups += count * u64::from(in_dong);
                    sign.open += count * u64::from(!in_dong);
                    if sign.example.is_none() && !in_dong {
                        sign.example = Some(text.to_owned());
                    }
                }
            }
        }
    }

    fn sign(&mut self, sign: char) -> Option<&mut SignEvidence> {
        match sign {
            '.' => Some(&mut self.point),
            ',' => Some(&mut self.comma),
            _ => None,
        }
    }

    /// How the column's numbers are written.
    pub(super) fn decide(&self, filled: u64) -> Decision<NumberFormat> {
        if filled == 0 || !is_nearly_all(self.numbers, filled) {
            return Decision::No;
        }
        let for_point = self.point.decimals + self.comma.groups;
        let for_comma = self.comma.decimals + self.point.groups;
        let grouping = |sign: char, evidence: &SignEvidence| {
            if evidence.groups + evidence.open > 0 {
                Some(sign)
            } else {
                self.other_grouping
            }
        };
        let point = NumberFormat {
            decimal: Some('.'),
            grouping: grouping(',', &self.comma),
        };
        let comma = NumberFormat {
            decimal: Some(','),
            grouping: grouping('.', &self.point),
        };
        if for_point > 0 && is_stray(for_comma, for_point) {
            return Decision::Clear(point);
        }
        if for_comma > 0 && is_stray(for_point, for_comma) {
            return Decision::Clear(comma);
        }
        let open = self.point.example.as_ref().or(self.comma.example.as_ref());
        match open {
            None if for_point == 0 && for_comma == 0 => Decision::Clear(NumberFormat {
                decimal: None,
                grouping: self.other_grouping,
            }),
            _ => {
                let example = open
                    .cloned()
                    .unwrap_or_else(|| "1.250 and 1,250".to_owned());
                let whole_thousands = example.contains(".000") || example.contains(".500");
                let comma_first = for_comma > for_point || whole_thousands;
                let choices = if comma_first {
                    vec![NumberFormat::COMMA, NumberFormat::POINT]
                } else {
                    vec![NumberFormat::POINT, NumberFormat::COMMA]
                };
                Decision::Ambiguous { choices, example }
            }
        }
    }
}

/// Whether so few say otherwise that they are mistakes of writing: less than one in a hundred.
pub(super) fn is_stray(few: u64, many: u64) -> bool {
    few * 100 < many
}

fn is_dong(currency: &str) -> bool {
    matches!(
        currency,
        "₫" | "đ" | "Đ" | "đồng" | "VND" | "VNĐ" | "VNđ" | "vnđ"
    )
}

/// Digits, perhaps with a minus in front: most ids, counts and many amounts.
fn is_plain(text: &[u8]) -> bool {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
}

/// Leaves out most text at little cost: a number has a digit, few letters and few bytes.
fn may_be_number(text: &[u8]) -> bool {
    const LONGEST_BYTES: usize = 48;
    const LETTERS_MAX: usize = 4;
    if text.len() > LONGEST_BYTES || !text.iter().any(u8::is_ascii_digit) {
        return false;
    }
    text.iter()
        .filter(|byte| byte.is_ascii_alphabetic())
        .count()
        <= LETTERS_MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(values: &[&str]) -> Decision<NumberFormat> {
        let mut evidence = NumberEvidence::default();
        values.iter().for_each(|value| evidence.add(value, 1));
        evidence.decide(values.len() as u64)
    }

    fn format(decimal: Option<char>, grouping: Option<char>) -> Decision<NumberFormat> {
        Decision::Clear(NumberFormat { decimal, grouping })
    }

    #[test]
    fn one_certain_value_decides_for_the_column() {
        assert_eq!(decide(&["1250", "3"]), format(None, None));
        assert_eq!(decide(&["1.250", "12.5"]), format(Some('.'), None));
        assert_eq!(
            decide(&["1.250", "1.250.000"]),
            format(Some(','), Some('.'))
        );
        assert_eq!(decide(&["1,250", "12.5"]), format(Some('.'), Some(',')));
        assert_eq!(decide(&["1.250", "0,5"]), format(Some(','), Some('.')));
        assert_eq!(decide(&["1 250", "12,5"]), format(Some(','), Some(' ')));
        assert_eq!(
            decide(&["125.000 ₫", "99.000 ₫"]),
            format(Some(','), Some('.'))
        );
    }

    #[test]
    fn without_a_certain_value_it_stays_open() {
        let open = decide(&["1.250", "2.500", "7"]);
        let choices = vec![NumberFormat::COMMA, NumberFormat::POINT];
        assert_eq!(
            open,
            Decision::Ambiguous {
                choices,
                example: "1.250".to_owned()
            }
            .reversed()
        );
        assert!(
            matches!(decide(&["1.000", "2.000"]), Decision::Ambiguous { choices, .. }
            if choices[0] == NumberFormat::COMMA)
        );
        assert!(matches!(
            decide(&["12.5", "12,5"]),
            Decision::Ambiguous { .. }
        ));
        assert!(matches!(
            decide(&["1.250", "1,250"]),
            Decision::Ambiguous { .. }
        ));
    }

    #[test]
    fn text_is_no_number_and_a_stray_mistake_decides_nothing() {
        assert_eq!(decide(&["HD001", "HD002"]), Decision::No);
        assert_eq!(decide(&["5", "x", "y"]), Decision::No);
        assert_eq!(decide(&[]), Decision::No);
        let mut values = vec!["12.50"; 300];
        values.push("12,50");
        assert_eq!(decide(&values), format(Some('.'), None));
    }

    #[test]
    fn percent_currency_and_leading_zeros_are_counted() {
        let mut evidence = NumberEvidence::default();
        for value in [
            "12%",
            "$5",
            "5 $",
            "1.250đ",
            "0901234567",
            "+84 901 234 567",
            "0.5",
            "0",
        ] {
            evidence.add(value, 1);
        }
        assert_eq!(
            (evidence.numbers, evidence.percents, evidence.leading_zeros),
            (8, 1, 2)
        );
        assert_eq!(evidence.currencies, [("$", 2), ("đ", 1)]);
    }

    impl Decision<NumberFormat> {
        fn reversed(self) -> Self {
            match self {
                Self::Ambiguous {
                    mut choices,
                    example,
                } => {
                    choices.reverse();
                    Self::Ambiguous { choices, example }
                }
                other => other,
            }
        }
    }
}
