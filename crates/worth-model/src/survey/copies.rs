//! Duplicates: forms whose scores are those of another form, every one of them.
//!
//! With few questions that happens by chance, so it is reckoned how many others would give the same
//! answers if people answered each question as everyone does and one question had nothing to do with the
//! next: forms less one, times the product of the shares of the answers. Answers go together, so chance
//! makes more of them than that; the limit is far below 1 for it. Forms that have one score for nearly everything
//! are no copies of each other: so content people are alike. (Identical records: Slomczynski, Powałko,
//! Krauze 2017, doi:10.18148/srm/2017.v11i1.6557.)

use std::collections::HashMap;

use super::doubts::{Answer, Rules, questions};
use super::sameness::commonest_share;

/// Question and score, so that equal scores are equal.
type Given = (usize, u64);

pub(super) fn copied(forms: &[&[Answer]], rules: &Rules) -> Vec<bool> {
    let given: Vec<Vec<Given>> = forms.iter().map(|form| scores(form)).collect();
    let mut last: HashMap<&[Given], usize> = HashMap::new();
    for (place, given) in given.iter().enumerate() {
        last.insert(given, place);
    }
    let chance = Chance::of(&given, questions(forms));
    let is_copied = |(place, given): (usize, &Vec<Given>)| {
        let is_repeated = last[given.as_slice()] != place;
        is_repeated
            && given.len() >= rules.fewest_answers
            && commonest_share(given.iter().map(|&(_, score)| f64::from_bits(score)))
                < rules.same_share
            && chance.others(given) < rules.copies_by_chance
    };
    given.iter().enumerate().map(is_copied).collect()
}

fn scores(form: &[Answer]) -> Vec<Given> {
    let scored = form.iter().filter(|answer| answer.is_score());
    let mut given: Vec<Given> = scored
        // adding 0 makes one of the two zeros
        .map(|answer| (answer.question, (answer.score + 0.0).to_bits()))
        .collect();
    given.sort_unstable();
    given
}

/// How often each answer to each question is given.
struct Chance {
    forms: usize,
    of_question: Vec<f64>,
    of_answer: HashMap<Given, f64>,
}

impl Chance {
    fn of(given: &[Vec<Given>], questions: usize) -> Self {
        let mut chance = Self {
            forms: given.len(),
            of_question: vec![0.0; questions],
            of_answer: HashMap::new(),
        };
        for &answer in given.iter().flatten() {
            chance.of_question[answer.0] += 1.0;
            *chance.of_answer.entry(answer).or_default() += 1.0;
        }
        chance
    }

    /// How many other forms would say the same.
    fn others(&self, given: &[Given]) -> f64 {
        let shares = given
            .iter()
            .map(|answer| self.of_answer[answer] / self.of_question[answer.0]);
        (self.forms as f64 - 1.0) * shares.product::<f64>()
    }
}
