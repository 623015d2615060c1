//! Speeders: forms filled in far faster than others needed for the same questions.
//!
//! The relative speed index of a form is the time that its questions take the median respondent, over
//! the time they took here (Leiner 2019, doi:10.18148/srm/2019.v13i3.7403). It compares people who were
//! led through different questions.

use super::doubts::{Answer, Rules, questions};
use crate::concentration::quantile;

pub(super) fn too_fast(forms: &[&[Answer]], rules: &Rules) -> Vec<bool> {
    let usual = median_seconds(forms, rules);
    let is_fast = |form: &&[Answer]| {
        let compared = form.iter().filter_map(|answer| {
            let usual = usual[answer.question]?;
            is_time(answer).then_some((usual, answer.seconds))
        });
        let (answers, usual, taken) = compared.fold(
            (0, 0.0, 0.0),
            |(answers, all_usual, all_taken), (usual, taken)| {
                (answers + 1, all_usual + usual, all_taken + taken)
            },
        );
        answers >= rules.fewest_answers && usual > rules.times_as_fast * taken
    };
    forms.iter().map(is_fast).collect()
}

/// Of each question; none when too few were timed.
fn median_seconds(forms: &[&[Answer]], rules: &Rules) -> Vec<Option<f64>> {
    let mut seconds = vec![Vec::new(); questions(forms)];
    for answer in forms.iter().flat_map(|form| form.iter()) {
        if is_time(answer) {
            seconds[answer.question].push(answer.seconds);
        }
    }
    let median = |mut seconds: Vec<f64>| {
        seconds.sort_unstable_by(f64::total_cmp);
        let enough = seconds.len() >= rules.fewest_forms.max(1);
        enough.then(|| quantile(&seconds, 0.5)).flatten()
    };
    seconds.into_iter().map(median).collect()
}

fn is_time(answer: &Answer) -> bool {
    answer.seconds.is_finite() && answer.seconds >= 0.0
}
