//! Scales: how far the answers to a question go, and what their words count.

use std::collections::BTreeMap;

use super::super::super::mapping::Item;
use super::super::super::profile::ColumnProfile;
use super::super::super::recognise::{AnswerScale, fold, survey_words};
use super::super::looked::Looked;
use super::question::parts;

/// Share of a column's answers that must be numbers for it to be a scale of numbers.
const NUMERIC_SHARE: f64 = 0.9;
/// Different answers that a scale of words has at most.
const WORDS_MAX: u64 = 12;
/// Different answers that a scale of numbers has at most.
const NUMBERS_MAX: u64 = 21;

/// The scale of a question's answers.
pub(super) struct Scale {
    /// Least and most.
    pub(super) limits: [f64; 2],
    /// Words of answers and what they count.
    pub(super) words: BTreeMap<String, f64>,
    /// Those of them that were said.
    pub(super) said: BTreeMap<String, f64>,
    /// Whether the words are codes of this question alone.
    pub(super) is_coded: bool,
}

/// The scale of a column: that of its words or codes, the one its question names, or the smallest
/// usual one that holds its numbers.
pub(super) fn scale(looked: &Looked, column: &str, text: &str) -> Option<Scale> {
    let profile = looked.column(column)?;
    if let Some(scale) = defined_words(looked, column).or_else(|| known_words(profile)) {
        return Some(scale);
    }
    let numbers = |limits| Scale {
        limits,
        words: BTreeMap::new(),
        said: BTreeMap::new(),
        is_coded: false,
    };
    let (least, most) = match seen(profile) {
        Some(seen) => seen,
        None => return codes(profile),
    };
    let defined = looked.described.get(column).and_then(|known| known.scale);
    let named = defined
        .or_else(|| parts(text).iter().find_map(|part| scale_in(part)))
        .or_else(|| scale_in(text));
    if let Some([low, high]) = named
        && low <= least
        && most <= high
    {
        return Some(numbers([low, high]));
    }
    let recommends = survey_words()
        .construct(text)
        .is_some_and(|known| known.measure == "recommend");
    Some(numbers(match most {
        _ if least < 0.0 || most > 10.0 => return None,
        _ if least < 1.0 || (recommends && most > 7.0) => [0.0, 10.0],
        _ => usual(most),
    }))
}

/// The smallest usual scale from 1 that goes as far.
fn usual(most: f64) -> [f64; 2] {
    match most {
        _ if most <= 5.0 => [1.0, 5.0],
        _ if most <= 7.0 => [1.0, 7.0],
        _ => [1.0, 10.0],
    }
}

/// The scale whose words all answers are.
fn known_words(profile: &ColumnProfile) -> Option<Scale> {
    profile.distinct.filter(|distinct| *distinct <= WORDS_MAX)?;
    let (known, said) = survey_words().scale_of(answers(profile))?;
    let words = known
        .all_words()
        .filter(|(word, _)| said.keys().any(|said| fold(said) == *word))
        .map(|(word, score)| (word.to_owned(), score))
        .collect();
    Some(Scale {
        limits: limits(known),
        words,
        said,
        is_coded: false,
    })
}

/// The scale of words that the answers stand for, where the survey's definition says it.
fn defined_words(looked: &Looked, column: &str) -> Option<Scale> {
    let defined = &looked.described.get(column)?.answers;
    let texts = defined.iter().map(|(_, text)| text.as_str());
    let (known, scores) = survey_words().scale_of(texts)?;
    let words: BTreeMap<String, f64> = defined
        .iter()
        .map(|(code, text)| (code.clone(), scores[text]))
        .collect();
    Some(Scale {
        limits: limits(known),
        said: words.clone(),
        words,
        is_coded: true,
    })
}

/// Codes that count up (`A1` to `A5`): LimeSurvey names the answers of a list so.
fn codes(profile: &ColumnProfile) -> Option<Scale> {
    profile.distinct.filter(|distinct| *distinct <= WORDS_MAX)?;
    let apart = |code: &str| {
        let digits_at = code.find(|sign: char| sign.is_ascii_digit())?;
        let (prefix, digits) = code.split_at(digits_at);
        let is_prefix =
            (1..=3).contains(&digits_at) && prefix.bytes().all(|b| b.is_ascii_uppercase());
        let number: u32 = digits.parse().ok()?;
        is_prefix.then(|| (prefix.to_owned(), digits.len(), number))
    };
    let read: Vec<(String, usize, u32)> = answers(profile).map(apart).collect::<Option<_>>()?;
    let (prefix, ..) = read.first()?;
    let width = read.iter().map(|(_, digits, _)| *digits).min()?;
    let alike = read
        .iter()
        .all(|(other, _, number)| other == prefix && (1..=10).contains(number));
    let most = read
        .iter()
        .map(|(_, _, number)| *number)
        .max()
        .filter(|_| alike)?;
    let limits = usual(f64::from(most));
    let words: BTreeMap<String, f64> = (1..=10_u32)
        .filter(|number| f64::from(*number) <= limits[1])
        .map(|number| (format!("{prefix}{number:0width$}"), f64::from(number)))
        .collect();
    Some(Scale {
        limits,
        said: words.clone(),
        words,
        is_coded: true,
    })
}

fn limits(words: &AnswerScale) -> [f64; 2] {
    [1.0, words.points() as f64]
}

/// The answers that were given, without those that say that there is none.
fn answers(profile: &ColumnProfile) -> impl Iterator<Item = &str> + Clone {
    let values = profile.frequent.iter().map(|(value, _)| value.as_str());
    values.filter(|value| !survey_words().is_no_answer(value))
}

/// The smallest and largest answer, when the answers are small numbers (or start with one:
/// "4 - Đồng ý").
fn seen(profile: &ColumnProfile) -> Option<(f64, f64)> {
    profile
        .distinct
        .filter(|distinct| *distinct <= NUMBERS_MAX)?;
    let (mut numbers, mut filled) = (0, 0);
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    for (value, count) in &profile.frequent {
        if survey_words().is_no_answer(value) {
            continue;
        }
        filled += count;
        let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
        let rest = value[digits.len()..].chars().next();
        if rest.is_some_and(|sign| !matches!(sign, ' ' | '-' | '.' | ',' | ':' | '(' | '/')) {
            continue;
        }
        let Ok(number) = digits.parse::<f64>() else {
            continue;
        };
        numbers += count;
        least = least.min(number);
        most = most.max(number);
    }
    (numbers as f64 >= NUMERIC_SHARE * filled as f64 && numbers > 0).then_some((least, most))
}

/// `1-5`, `1 đến 10`, `thang điểm 1–7`, `0 to 10`.
pub(super) fn scale_in(text: &str) -> Option<[f64; 2]> {
    let folded = text.replace(['–', '—', '→', '~', '.', '…'], "-");
    let numbers: Vec<&str> = folded
        .split(|character: char| !character.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let [low, high] = numbers.as_slice() else {
        return None;
    };
    let (low, high): (f64, f64) = (low.parse().ok()?, high.parse().ok()?);
    let known = low <= 1.0 && matches!(high as u64, 3..=11 | 100) && high <= 10.0;
    known.then_some([low, high])
}

/// Items of one kind share their scale: where one of them was answered with 8, the others may be
/// answered with 8 too.
pub(super) fn share_scales(looked: &Looked, items: &mut [Item]) {
    let numeric = |item: &Item| {
        item.scale.is_some()
            && item.measure != "recommend"
            && item.scores.is_empty()
            && scale_in(&item.column).is_none()
            && looked
                .described
                .get(&item.column)
                .is_none_or(|known| known.scale.is_none() && scale_in(&known.text).is_none())
            && looked
                .column(&item.column)
                .is_some_and(|profile| known_words(profile).is_none())
    };
    let widest = items
        .iter()
        .filter(|item| numeric(item))
        .filter_map(|item| item.scale)
        .reduce(|one, other| {
            if other[1] > one[1] {
                [one[0].min(other[0]), other[1]]
            } else {
                [one[0].min(other[0]), one[1]]
            }
        });
    let Some(widest) = widest else { return };
    for item in items.iter_mut() {
        if numeric(item) {
            item.scale = Some(widest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_named_in_headers() {
        assert_eq!(scale_in("1-5"), Some([1.0, 5.0]));
        assert_eq!(scale_in("thang điểm từ 0 đến 10"), Some([0.0, 10.0]));
        assert_eq!(scale_in("2024-2025"), None);
    }
}
