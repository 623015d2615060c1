//! From people to accounts: two columns of scores, one row per account.

use super::People;
use crate::perceived::resampled::Together;
use crate::perceived::{Spec, Survey};

/// People by account.
pub(super) struct Accounts<'a> {
    pub(super) spec: &'a Spec,
    pub(super) people: &'a People,
    pub(super) together: &'a Together,
}

impl Accounts<'_> {
    /// Accounts in which somebody answered in a role.
    pub(super) fn answering(&self, role: usize) -> usize {
        let accounts = self.together.groups();
        accounts
            .filter(|account| account.iter().any(|&person| self.answers(person, role)))
            .count()
    }

    /// Whether anybody answers in one of two roles and not in the other.
    pub(super) fn are_of_others(&self, one: usize, other: usize) -> bool {
        let mut people = 0..self.people.accounts.len();
        people.any(|person| self.answers(person, one) != self.answers(person, other))
    }

    /// Those in one role beside those in another; who is in both is left out.
    pub(super) fn with_both(&self, one: usize, other: usize) -> Survey {
        self.columns(1, |person, role| {
            let is_in_both = self.answers(person, one) && self.answers(person, other);
            let counts = |column: usize| f64::from(u8::from(role == column && !is_in_both));
            [counts(one), counts(other)]
        })
    }

    /// Everyone by say, beside the same people counting once each; accounts in which two people or
    /// more with a say answered.
    pub(super) fn by_say_and_plain(&self) -> Survey {
        let roles = self.spec.brands;
        let say = |person: usize, role: usize| self.people.say[person * roles + role];
        self.columns(2, |person, role| {
            let answered = (0..roles).filter(|&role| self.answers(person, role));
            let (in_roles, of_person) = answered.fold((0.0, 0.0), |(count, sum), role| {
                (count + 1.0, sum + say(person, role))
            });
            if of_person > 0.0 {
                [say(person, role), 1.0 / in_roles]
            } else {
                [0.0; 2]
            }
        })
    }

    /// Means of two columns by account: `counts` says how much a person's scores in a role count in
    /// each. Dimensions that one column lacks are missing in both; accounts in which fewer people than
    /// `least` count in a column, or that have nothing in both, are left out.
    fn columns(&self, least: usize, counts: impl Fn(usize, usize) -> [f64; 2]) -> Survey {
        let mut columns = Survey::default();
        let dimensions = self.spec.dimensions();
        let mut sums = vec![[(0.0, 0.0); 2]; dimensions];
        for account in self.together.groups() {
            sums.fill([(0.0, 0.0); 2]);
            let (mut people, mut weights, mut in_column) = (0.0, 0.0, [0; 2]);
            for &person in account {
                let weight = self.people.survey.weights[person];
                let mut in_any = [false; 2];
                for role in (0..self.spec.brands).filter(|&role| self.answers(person, role)) {
                    let counts = counts(person, role);
                    for (score, sums) in self.scores(person, role).iter().zip(&mut sums) {
                        for (sum, count) in sums.iter_mut().zip(counts) {
                            if score.is_finite() {
                                sum.0 += weight * count * score;
                                sum.1 += weight * count;
                            }
                        }
                    }
                    for (any, count) in in_any.iter_mut().zip(counts) {
                        *any |= count > 0.0;
                    }
                }
                if in_any.contains(&true) {
                    people += 1.0;
                    weights += weight;
                }
                for (count, any) in in_column.iter_mut().zip(in_any) {
                    *count += usize::from(any);
                }
            }
            let in_both = |[one, other]: &[(f64, f64); 2]| one.1 > 0.0 && other.1 > 0.0;
            if in_column.iter().any(|&count| count < least) || !sums.iter().any(in_both) {
                continue;
            }
            for column in 0..2 {
                columns.scores.extend(sums.iter().map(|both| match both {
                    both if in_both(both) => both[column].0 / both[column].1,
                    _ => f64::NAN,
                }));
            }
            columns.importance.extend(vec![f64::NAN; dimensions]);
            columns.weights.push(weights / people);
        }
        columns
    }

    fn answers(&self, person: usize, role: usize) -> bool {
        let mut scores = self.scores(person, role).iter();
        scores.any(|score| score.is_finite())
    }

    fn scores(&self, person: usize, role: usize) -> &[f64] {
        let dimensions = self.spec.dimensions();
        let begin = (person * self.spec.brands + role) * dimensions;
        &self.people.survey.scores[begin..begin + dimensions]
    }
}
