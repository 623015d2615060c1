//! Straight-liners: the same score down the line, though some questions are worded the other way.
//!
//! Someone content with everything ticks the same box down a grid, and means it. The same box for what
//! is good and for what is bad cannot be meant (Curran 2016, doi:10.1016/j.jesp.2015.07.006: long strings
//! say something where items are turned round). So only scales are looked at on which both were asked;
//! on the one with most answers the share of the commonest score counts.

use super::doubts::{Answer, Rules, Sense};

pub(super) fn straight(forms: &[&[Answer]], rules: &Rules) -> Vec<bool> {
    let is_straight = |form: &&[Answer]| {
        let mut judgements: Vec<&Answer> =
            form.iter().filter(|answer| answer.is_judgement()).collect();
        judgements.sort_by(|one, other| {
            let (one, other) = (ends(one), ends(other));
            one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1))
        });
        let longest = judgements
            .chunk_by(|one, other| ends(one) == ends(other))
            .filter(|scale| scale.len() >= rules.fewest_answers && asks_both_ways(scale))
            .max_by_key(|scale| scale.len());
        longest.is_some_and(|scale| {
            commonest_share(scale.iter().map(|answer| answer.score)) >= rules.same_share
        })
    };
    forms.iter().map(is_straight).collect()
}

/// Share of the score that is given most often; 0 of none.
pub(super) fn commonest_share(scores: impl Iterator<Item = f64>) -> f64 {
    let mut scores: Vec<f64> = scores.collect();
    scores.sort_unstable_by(f64::total_cmp);
    let most = scores.chunk_by(|one, other| one == other).map(<[f64]>::len);
    most.max().unwrap_or(0) as f64 / scores.len().max(1) as f64
}

/// Lowest and highest score, whichever comes first.
fn ends(answer: &Answer) -> (f64, f64) {
    let (first, last) = answer.scale;
    (first.min(last), first.max(last))
}

/// Whether a high score is good for some of them and bad for others.
fn asks_both_ways(answers: &[&Answer]) -> bool {
    let is_high_good = |answer: &&Answer| {
        let (first, last) = answer.scale;
        (answer.sense == Sense::Better) == (first < last)
    };
    answers.iter().any(is_high_good) && !answers.iter().all(is_high_good)
}
