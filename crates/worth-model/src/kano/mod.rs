//! Kano's model: which features must be there, which bring as much as there is of them, which delight,
//! and which nobody minds.
//!
//! Respondents say how they feel with a feature and how without it. The pair of answers puts the
//! feature, for them, in a category (Kano, Seraku, Takahashi, Tsuji 1984, Attractive Quality and
//! Must-Be Quality, Journal of the Japanese Society for Quality Control 14; the table below as in
//! Berger et al. 1993, Kano's Methods for Understanding Customer-Defined Quality, Center for Quality
//! of Management Journal 2):
//!
//! | with \ without | like | must-be | neutral | live with | dislike |
//! |---|---|---|---|---|---|
//! | like | questionable | attractive | attractive | attractive | one-dimensional |
//! | must-be, neutral, live with | reverse | indifferent | indifferent | indifferent | must-be |
//! | dislike | reverse | reverse | reverse | reverse | questionable |
//!
//! * **shares** of the categories with intervals that hold all at once;
//! * the **category** most are in, and whether that is surely more than the next ones;
//! * **better** *(A + O) / (A + O + M + I)*: by which part satisfaction rises with the feature; **worse**
//!   *−(O + M) / (A + O + M + I)*: by which part it falls without it (Berger et al. 1993).
//!
//! Know before use: it sorts features, it does not say what one is worth; people know less of features
//! they have not used; and what delights today must be there tomorrow.

mod reaction;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::columns::{check_length, check_weights};
use crate::error::Error;
use crate::estimate::{Estimate, check_level};
use crate::shares::{difference, goodman, wilson};
pub use reaction::{Category, Reaction};

/// How respondents feel about one feature; `None` where there is no answer.
#[derive(Debug, Clone, Copy)]
pub struct KanoAnswers<'a> {
    /// With the feature.
    pub with: &'a [Option<Reaction>],
    /// Without it.
    pub without: &'a [Option<Reaction>],
    /// Sampling weight of each respondent, above 0; all alike when absent.
    pub weight: Option<&'a [f64]>,
}

/// What a feature is to people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Kano {
    /// Respondents who gave both answers.
    pub respondents: usize,
    /// Respondents who gave one or none, and are left out.
    pub incomplete: usize,
    /// Respondents of equal weight who would say as much.
    pub effective: f64,
    /// Share of each category, in the order of [`Category::ALL`]; intervals hold all at once.
    pub shares: Vec<CategoryShare>,
    /// The category most are in: of equal ones the first in the order must-be, one-dimensional,
    /// attractive, indifferent, reverse, questionable.
    pub category: Category,
    /// By how much more are in it than in the next one (Lee, Newcomb 1997, "category strength").
    pub strength: Estimate,
    /// Categories that may be the largest as well. When there are some it is too close to call: treat
    /// the feature as the first of them all in the order must-be, one-dimensional, attractive,
    /// indifferent.
    pub too_close: Vec<Category>,
    /// Share for whom the feature matters in any way: attractive, one-dimensional or must-be.
    pub matters: Estimate,
    /// By which part satisfaction rises with the feature, 0..1. Absent when nobody is in one of the
    /// four categories it is made of.
    pub better: Option<Estimate>,
    /// By which part satisfaction falls without it, −1..0.
    pub worse: Option<Estimate>,
}

/// How many are in a category.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CategoryShare {
    /// Which.
    pub category: Category,
    /// Respondents.
    pub respondents: usize,
    /// Their weighted share, 0..1.
    pub share: Estimate,
}

/// Sorts a feature; nothing when nobody gave both answers.
///
/// # Errors
///
/// [`Error::Length`] for columns of different lengths, [`Error::Row`] for a weight that is not above
/// 0, [`Error::Setting`] when `level` is no level.
pub fn kano(answers: &KanoAnswers<'_>, level: f64) -> Result<Option<Kano>, Error> {
    check_level(level)?;
    let rows = answers.with.len();
    check_length("without", answers.without.len(), rows)?;
    check_weights(answers.weight, rows)?;
    let counted = Counted::of(answers);
    Ok((counted.respondents() > 0).then(|| counted.sorted(rows, level)))
}

/// Respondents by category, in the order of [`Category::ALL`].
struct Counted {
    counts: [usize; 6],
    weights: [f64; 6],
    squared_weights: [f64; 6],
}

impl Counted {
    fn of(answers: &KanoAnswers<'_>) -> Self {
        let mut counted = Self {
            counts: [0; 6],
            weights: [0.0; 6],
            squared_weights: [0.0; 6],
        };
        for (row, pair) in answers.with.iter().zip(answers.without).enumerate() {
            if let (Some(with), Some(without)) = pair {
                let place = Category::of(*with, *without) as usize;
                let weight = answers.weight.map_or(1.0, |weight| weight[row]);
                counted.counts[place] += 1;
                counted.weights[place] += weight;
                counted.squared_weights[place] += weight * weight;
            }
        }
        counted
    }

    fn respondents(&self) -> usize {
        self.counts.iter().sum()
    }

    fn sorted(&self, rows: usize, level: f64) -> Kano {
        let weight: f64 = self.weights.iter().sum();
        let effective = weight * weight / self.squared_weights.iter().sum::<f64>();
        let parts = self.weights.map(|part| part / weight);
        let part = |category: Category| parts[category as usize];
        // the last of equal maxima is taken: from the end, the first in the order of categories
        let largest = |of: &mut dyn Iterator<Item = Category>| {
            of.max_by(|&one, &other| part(one).total_cmp(&part(other)))
                .expect("six categories")
        };
        let backwards = || Category::ALL.into_iter().rev();
        let category = largest(&mut backwards());
        let second = largest(&mut backwards().filter(|other| *other != category));
        let lead = |other: Category| difference(part(category), part(other), effective, level);
        let may_be_largest =
            |other: &Category| lead(*other).ends().is_some_and(|(low, _)| low <= 0.0);
        let matters = [
            Category::Attractive,
            Category::OneDimensional,
            Category::MustBe,
        ];
        Kano {
            respondents: self.respondents(),
            incomplete: rows - self.respondents(),
            effective,
            shares: Category::ALL
                .into_iter()
                .zip(goodman(&parts, effective, level))
                .map(|(category, share)| CategoryShare {
                    category,
                    respondents: self.counts[category as usize],
                    share,
                })
                .collect(),
            category,
            strength: lead(second),
            too_close: Category::ALL
                .into_iter()
                .filter(|other| *other != category && may_be_largest(other))
                .collect(),
            matters: wilson(
                matters.into_iter().map(part).sum::<f64>().min(1.0),
                effective,
                level,
            ),
            better: self.coefficient([Category::Attractive, Category::OneDimensional], level),
            worse: self
                .coefficient([Category::OneDimensional, Category::MustBe], level)
                .map(|estimate| estimate.scaled(-1.0)),
        }
    }

    /// Share of two categories among the four that tell how satisfaction moves.
    fn coefficient(&self, of: [Category; 2], level: f64) -> Option<Estimate> {
        let sum = |numbers: &[f64; 6], of: &[Category]| -> f64 {
            of.iter().map(|category| numbers[*category as usize]).sum()
        };
        let telling = &Category::ALL[..4];
        let weight = sum(&self.weights, telling);
        let effective = weight * weight / sum(&self.squared_weights, telling);
        let share = sum(&self.weights, &of) / weight;
        (weight > 0.0).then(|| wilson(share.min(1.0), effective, level))
    }
}
