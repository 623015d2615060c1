//! Numbers of typed formats as plain decimal text, without the noise of binary fractions.

use std::fmt::Write as _;

/// Appends a number as a plain decimal with a point: `1250000`, `0.3`. More than 15 significant
/// digits are noise of binary fractions (0.1 + 0.2) and rounded away. NaN is no number: nothing.
pub(super) fn push_number(text: &mut String, number: f64) {
    const WHOLE_BELOW: f64 = 1e15;
    let whole = "writing to a string cannot fail";
    if number.is_nan() {
        return;
    }
    if number.fract() == 0.0 && number.abs() < WHOLE_BELOW {
        write!(text, "{}", number as i64).expect(whole);
        return;
    }
    let start = text.len();
    write!(text, "{number}").expect(whole);
    let digits = text[start..].bytes().filter(u8::is_ascii_digit).count();
    if digits > 15 {
        let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
        text.truncate(start);
        write!(text, "{rounded}").expect(whole);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_plain_and_without_noise() {
        for (number, expected) in [
            (1_250_000.0, "1250000"),
            (0.1 + 0.2, "0.3"),
            (-12.5, "-12.5"),
            (-0.0, "0"),
            (1e21, "1000000000000000000000"),
            (1e-7, "0.0000001"),
            (29.99 * 3.0, "89.97"),
            (45_943.541, "45943.541"),
            (f64::NAN, ""),
            (17850.0, "17850"),
        ] {
            let mut text = String::new();
            push_number(&mut text, number);
            assert_eq!(text, expected);
        }
    }
}
