//! Who rates another brand above the one that they usually buy.

use std::cmp::Reverse;

use worth_model::experiment::Arm;
use worth_model::perceived::{Fitted, Survey};

use super::Seen;
use super::answer::{Leaning, Switching};
use crate::answers::same;

/// Nothing when nobody said which of the brands is usual. `respondents`: one number per row of the
/// survey.
pub(super) fn switching(
    seen: &Seen<'_>,
    respondents: &[usize],
    survey: &Survey,
    fitted: &Fitted,
) -> Option<Switching> {
    let buyers = Buyers {
        seen,
        respondents,
        survey,
        fitted,
    };
    let competitors = 1..seen.brands.names.len();
    let mut could_come: Vec<Leaning> = competitors
        .clone()
        .filter_map(|usual| buyers.leaning(usual, 0))
        .collect();
    let mut could_go: Vec<Leaning> = competitors
        .filter_map(|other| buyers.leaning(0, other))
        .collect();
    could_come.sort_by_key(|leaning| Reverse(leaning.respondents));
    could_go.sort_by(|one, other| (other.prefer_other.value).total_cmp(&one.prefer_other.value));
    (!could_come.is_empty() || !could_go.is_empty()).then_some(Switching {
        could_come,
        could_go,
    })
}

/// Respondents with what they usually buy.
struct Buyers<'a> {
    seen: &'a Seen<'a>,
    respondents: &'a [usize],
    survey: &'a Survey,
    fitted: &'a Fitted,
}

impl Buyers<'_> {
    /// Usual buyers of one brand who scored both; nothing when there are none.
    fn leaning(&self, usual: usize, other: usize) -> Option<Leaning> {
        let names = &self.seen.brands.names;
        let prefer: Vec<(f64, f64)> = (0..self.respondents.len())
            .filter(|&row| self.usually_buys(row, &names[usual]))
            .filter_map(|row| {
                let (of_usual, of_other) =
                    (self.difference(row, usual), self.difference(row, other));
                let both = of_usual.is_finite() && of_other.is_finite();
                let prefers = f64::from(u8::from(of_other > of_usual));
                both.then_some((prefers, self.survey.weights[row]))
            })
            .collect();
        if prefer.is_empty() {
            return None;
        }
        let level = self.seen.resampling.level;
        let all = Arm::of(prefer.into_iter());
        Some(Leaning {
            usual_brand: names[usual].clone(),
            other_brand: names[other].clone(),
            respondents: all.people,
            effective: all.effective,
            prefer_other: all.share(level).expect("the level was checked"),
        })
    }

    fn usually_buys(&self, row: usize, brand: &str) -> bool {
        let respondent = &self.seen.answers.respondents[self.respondents[row]];
        let usual = respondent.usual_brand.as_ref();
        usual.is_some_and(|usual| same(usual, brand))
    }

    /// Benefits less costs of a brand in the eyes of one respondent; `NAN` when one was not scored.
    fn difference(&self, row: usize, brand: usize) -> f64 {
        let dimensions = self.seen.layout.dimensions.len();
        let begin = (row * self.seen.brands.names.len() + brand) * dimensions;
        let scores = &self.survey.scores[begin..begin + dimensions];
        self.fitted.respondent(scores).difference
    }
}
