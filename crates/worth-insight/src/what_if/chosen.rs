//! Which brand is the best to whom, and how that changes with the value seen in one of them.

use worth_model::link::{Choice, ChoiceRows, FittedChoice, NoLink};
use worth_model::perceived::{Fitted, ScoreMove, Survey, moved_score};

use super::answer::{BrandShare, ChoiceTold};
use crate::answers::{Answers, Brands, survey_of_wholes};

/// Measures by whose highest score the best brand is known, the better one first.
const RATED_BY: [&str; 2] = ["worth", "repurchase"];

/// The value each respondent sees in each brand, and what it has to do with which is the best.
pub(super) struct Chosen<'a> {
    survey: &'a Survey,
    valued: &'a Fitted,
    brands: &'a Brands,
    dimensions: usize,
    values: Vec<f64>,
    by: Option<&'static str>,
    fitted: Option<Result<FittedChoice, NoLink>>,
}

impl<'a> Chosen<'a> {
    /// `survey`: of these respondents; `valued`: measured from it.
    pub(super) fn of(
        answers: &Answers,
        brands: &'a Brands,
        (respondents, survey): (&[usize], &'a Survey),
        valued: &'a Fitted,
        level: f64,
    ) -> Self {
        let dimensions = valued.weights.len();
        let mut chosen = Self {
            values: (survey.scores.chunks_exact(dimensions.max(1)))
                .map(|scores| valued.respondent(scores).difference)
                .collect(),
            survey,
            valued,
            brands,
            dimensions,
            by: None,
            fitted: None,
        };
        for measure in RATED_BY {
            let ratings = ratings(answers, brands, respondents, measure);
            let rows = ChoiceRows {
                brands: brands.names.len(),
                values: &chosen.values,
                ratings: &ratings,
                weight: Some(&survey.weights),
            };
            let has_choice =
                |ratings: &[f64]| ratings.iter().filter(|rating| !rating.is_nan()).count() > 1;
            if ratings.chunks_exact(brands.names.len()).any(has_choice) {
                let fitted = Choice { level }.fit(&rows);
                chosen.by = Some(measure);
                chosen.fitted = Some(fitted.expect("a value and a rating of each brand, or none"));
            }
            if matches!(chosen.fitted, Some(Ok(_))) {
                break;
            }
        }
        chosen
    }

    pub(super) fn told(&self) -> ChoiceTold {
        let fitted = self.fitted();
        ChoiceTold {
            by: self.by.map(str::to_owned),
            people: fitted.map(|fitted| fitted.people),
            per_point: fitted.map(|fitted| fitted.per_point),
            cannot: self
                .fitted
                .as_ref()
                .and_then(|fitted| fitted.as_ref().err().copied()),
        }
    }

    fn fitted(&self) -> Option<&FittedChoice> {
        self.fitted.as_ref()?.as_ref().ok()
    }

    /// The share of each brand when scores of one of them move.
    pub(super) fn moved(&self, moves: &[ScoreMove]) -> Vec<BrandShare> {
        let Some(fitted) = self.fitted() else {
            return Vec::new();
        };
        let mut values = self.values.clone();
        let cells = self.survey.scores.chunks_exact(self.dimensions);
        for (place, (value, scores)) in values.iter_mut().zip(cells).enumerate() {
            let brand = place % self.brands.names.len();
            let of_brand = || moves.iter().filter(|one| one.brand == brand);
            if of_brand().next().is_some() {
                let mut scores = scores.to_vec();
                for one in of_brand() {
                    scores[one.dimension] = moved_score(scores[one.dimension], one.by);
                }
                *value = self.valued.respondent(&scores).difference;
            }
        }
        let shares = fitted.moved(&values).expect("as many values as before");
        let names = self.brands.names.iter().zip(shares).enumerate();
        let told = names.filter_map(|(place, (brand, share))| {
            Some(BrandShare {
                brand: brand.clone(),
                own: place == 0,
                share: share?,
            })
        });
        told.collect()
    }
}

/// Ratings of brands as a whole, respondents × brands; `NAN` where there is none.
fn ratings(answers: &Answers, brands: &Brands, respondents: &[usize], measure: &str) -> Vec<f64> {
    let width = brands.names.len();
    let (rated_by, rated) = survey_of_wholes(answers, brands, &[measure]);
    let mut ratings = vec![f64::NAN; respondents.len() * width];
    for (respondent, scores) in rated_by.iter().zip(rated.scores.chunks_exact(width)) {
        // both lists are in the order of respondents
        if let Ok(row) = respondents.binary_search(respondent) {
            ratings[row * width..(row + 1) * width].copy_from_slice(scores);
        }
    }
    ratings
}
