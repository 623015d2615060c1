//! Round numbers for an axis, written as people write them.

use crate::words::{Unit, Words};

/// Round numbers (1, 2 or 5 times a power of ten apart) from at or below `low` to at or above
/// `high`: about `wanted` of them, never closer than `least_step`.
pub(super) fn ticks(low: f64, high: f64, wanted: usize, least_step: f64) -> Vec<f64> {
    let span = high - low;
    if !span.is_finite() || span <= 0.0 {
        return vec![low];
    }
    let rough = (span / wanted.max(1) as f64).max(least_step);
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= rough * 0.999)
        .unwrap_or(10.0 * power);
    let first = (low / step).floor() as i64;
    let last = (high / step).ceil() as i64;
    (first..=last).map(|place| place as f64 * step).collect()
}

/// A number beside an axis: as short as its neighbours allow, the unit only where it is part of
/// the number (money, percent).
pub(super) fn tick_text(value: f64, step: f64, unit: &Unit, words: &Words) -> String {
    let decimals = |step: f64| {
        if step >= 1.0 || step <= 0.0 {
            0
        } else {
            (-step.log10() - 1e-9).ceil().max(0.0) as usize
        }
    };
    match unit {
        Unit::Share { .. } => words.percent(value, decimals(step * 100.0)),
        Unit::Money { currency } | Unit::MoneyShort { currency } => {
            words.money_round(value, currency)
        }
        Unit::PointsMore => words.signed(value, decimals(step)),
        Unit::SharePoints => words.signed(100.0 * value, decimals(step * 100.0)),
        Unit::Duration => words.in_unit(value, unit),
        Unit::Count | Unit::Number { .. } | Unit::Digits { .. } | Unit::Points | Unit::Days => {
            words.number(value, decimals(step))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn ticks_are_round_and_cover_the_numbers() {
        assert_eq!(ticks(0.0, 9.3, 5, 0.0), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(ticks(-1.2, 1.2, 4, 0.0), [-2.0, -1.0, 0.0, 1.0, 2.0]);
        assert_eq!(ticks(0.0, 1.25e9, 5, 0.0), [0.0, 5e8, 1e9, 1.5e9]);
        assert_eq!(ticks(3.0, 3.0, 5, 0.0), [3.0]);
        assert_eq!(ticks(0.0, 2.0, 5, 1.0), [0.0, 1.0, 2.0]);
    }

    #[test]
    fn tick_texts_are_short() {
        let words = Words::new(Language::Vietnamese);
        let number = Unit::Number { decimals: 4 };
        assert_eq!(tick_text(0.5, 0.25, &number, &words), "0,5");
        assert_eq!(tick_text(0.5, 0.1, &number, &words), "0,5");
        assert_eq!(
            tick_text(0.5, 0.5, &Unit::Share { decimals: 1 }, &words),
            "50%"
        );
        let money = Unit::money_short("VND");
        assert_eq!(tick_text(1.5e9, 5e8, &money, &words), "1,5\u{a0}tỷ\u{a0}₫");
        assert_eq!(tick_text(2e9, 5e8, &money, &words), "2\u{a0}tỷ\u{a0}₫");
        assert_eq!(tick_text(0.0, 5e8, &money, &words), "0\u{a0}₫");
    }
}
