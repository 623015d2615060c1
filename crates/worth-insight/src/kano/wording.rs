//! How people say that they like a feature, expect it, do not mind, can live with it, or dislike it.
//!
//! Questionnaires word the five answers differently. A text means the answer whose longest phrase
//! stands in it, word by word: "I dislike it, but I can live with it" is what its end says.

use worth_model::kano::Reaction;

use crate::answers::Answer;

/// Phrases of each answer, in small letters.
const PHRASES: [(Reaction, &[&str]); 5] = [
    (
        Reaction::Like,
        &[
            "like",
            "like it",
            "i like it",
            "enjoy it",
            "i enjoy it",
            "love it",
            "very helpful",
            "helpful to me",
            "delighted",
            "thích",
            "tôi thích",
            "rất thích",
            "thích điều đó",
            "thích như vậy",
            "rất hữu ích",
        ],
    ),
    (
        Reaction::MustBe,
        &[
            "must be",
            "must be that way",
            "must have",
            "expect it",
            "i expect it",
            "expected",
            "basic necessity",
            "basic requirement",
            "required",
            "phải có",
            "phải như vậy",
            "phải như thế",
            "bắt buộc",
            "hiển nhiên",
            "đương nhiên",
            "mặc định phải có",
            "yêu cầu cơ bản",
            "cần phải có",
        ],
    ),
    (
        Reaction::Neutral,
        &[
            "neutral",
            "i am neutral",
            "i'm neutral",
            "indifferent",
            "do not care",
            "don't care",
            "not affect me",
            "would not affect me",
            "trung lập",
            "bình thường",
            "không quan tâm",
            "không ảnh hưởng",
            "thế nào cũng được",
            "sao cũng được",
        ],
    ),
    (
        Reaction::LiveWith,
        &[
            "live with",
            "can live with it",
            "i can live with it",
            "can live with it that way",
            "tolerate",
            "can tolerate it",
            "minor inconvenience",
            "can accept it",
            "chấp nhận được",
            "có thể chấp nhận",
            "có thể chấp nhận được",
            "chịu được",
            "tạm được",
        ],
    ),
    (
        Reaction::Dislike,
        &[
            "dislike",
            "dislike it",
            "i dislike it",
            "do not like it",
            "don't like it",
            "hate it",
            "can't accept it",
            "cannot accept it",
            "can not accept it",
            "i can't accept it",
            "major problem",
            "không thích",
            "tôi không thích",
            "ghét",
            "khó chịu",
            "không chấp nhận",
            "không chấp nhận được",
            "không thể chấp nhận",
            "không thể chấp nhận được",
        ],
    ),
];

/// How the respondent feels: by the words, else by a score of five steps, the most being "like".
pub(super) fn reaction(answer: &Answer) -> Option<Reaction> {
    answer
        .text
        .as_deref()
        .and_then(of_words)
        .or_else(|| of_score(answer))
}

fn of_score(answer: &Answer) -> Option<Reaction> {
    let (first, last) = answer.scale;
    let is_step = answer.score.fract() == 0.0 && (last - first).abs() == 4.0;
    let step = (answer.on_ten() - 1.0) / 9.0 * 4.0;
    let steps = [
        Reaction::Dislike,
        Reaction::LiveWith,
        Reaction::Neutral,
        Reaction::MustBe,
        Reaction::Like,
    ];
    is_step.then(|| steps[step.round().clamp(0.0, 4.0) as usize])
}

fn of_words(text: &str) -> Option<Reaction> {
    let text = plain(text);
    let found = PHRASES.iter().flat_map(|(reaction, phrases)| {
        let there = phrases
            .iter()
            .filter(|phrase| text.contains(&format!(" {phrase} ")));
        there.map(|phrase| (phrase.len(), *reaction))
    });
    found
        .max_by_key(|(length, _)| *length)
        .map(|(_, reaction)| reaction)
}

/// Words in small letters with one blank around each, apostrophes straight.
fn plain(text: &str) -> String {
    let letters = text.to_lowercase().replace('’', "'");
    let words = letters
        .split(|sign: char| !(sign.is_alphanumeric() || sign == '\''))
        .filter(|word| !word.is_empty());
    let mut plain = String::from(" ");
    for word in words {
        plain.push_str(word);
        plain.push(' ');
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The wordings of four cohorts of a published survey, and Vietnamese ones.
    #[test]
    fn wordings_mean_one_of_five_answers() {
        for (reaction, wordings) in [
            (
                Reaction::Like,
                [
                    "I like it that way",
                    "I enjoy it that way",
                    "This would be very helpful to me",
                    "Tôi thích như vậy",
                ],
            ),
            (
                Reaction::MustBe,
                [
                    "I must be that way",
                    "It is a basic necessity or I expect it that way",
                    "This is a basic requirement for me",
                    "Phải như vậy",
                ],
            ),
            (
                Reaction::Neutral,
                [
                    "I’m neutral",
                    "I am neutral",
                    "This would not affect me",
                    "Sao cũng được",
                ],
            ),
            (
                Reaction::LiveWith,
                [
                    "I dislike it, but I can live with it that way",
                    "I can tolerate it",
                    "This would be a minor inconvenience",
                    "Không thích nhưng chấp nhận được",
                ],
            ),
            (
                Reaction::Dislike,
                [
                    "I dislike it, and I can’t accept it",
                    "I dislike it that way",
                    "This would be a major problem for me",
                    "Không thể chấp nhận được",
                ],
            ),
        ] {
            for wording in wordings {
                assert_eq!(of_words(wording), Some(reaction), "{wording}");
            }
        }
        assert_eq!(of_words("perhaps"), None);
        assert_eq!(of_words("unlikely"), None);
    }
}
