//! From answers to the matrices that `worth-model` measures: which column is which dimension.

use std::collections::BTreeSet;

use worth_model::Resampling;
use worth_model::perceived::{Spec, Survey, Weights};

use super::{Answer, Answers, Brands, DimensionName, Kind, ValueSettings};

/// Columns of the matrices: benefits, then costs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Layout {
    /// Dimensions that were scored for one of the brands.
    pub(crate) dimensions: Vec<DimensionName>,
    /// How many of them are benefits.
    pub(crate) benefits: usize,
    /// Number of brands.
    brands: usize,
}

impl Layout {
    /// Dimensions that were scored, in the order of `worth.toml` (or the standard one), others
    /// after them by name.
    pub(crate) fn of(answers: &Answers, brands: &Brands, settings: &ValueSettings) -> Self {
        let scored: BTreeSet<(Kind, &str)> = answers
            .given
            .iter()
            .filter(|answer| brands.place(answer.brand).is_some())
            .filter_map(|answer| Some((answer.asked.kind()?, answer.asked.dimension())))
            .collect();
        let wanted = settings.wanted_dimensions();
        let mut dimensions: Vec<DimensionName> = scored
            .into_iter()
            .map(|(kind, name)| settings.dimension(kind, name))
            .collect();
        let rank = |name: &DimensionName| {
            let place = wanted.iter().position(|other| other == name);
            (name.kind, place.unwrap_or(usize::MAX))
        };
        // sorting is stable: what is not in the list stays in the order of names
        dimensions.sort_by_key(rank);
        let benefits = dimensions
            .iter()
            .filter(|name| name.kind == Kind::Benefit)
            .count();
        Self {
            dimensions,
            benefits,
            brands: brands.names.len(),
        }
    }

    /// What is measured: the brand at a place (0: the own one) against all others of the layout.
    pub(crate) fn spec(&self, brand: usize, resampling: &Resampling, weights: Weights) -> Spec {
        Spec {
            benefits: self.benefits,
            costs: self.dimensions.len() - self.benefits,
            brands: self.brands,
            own: brand,
            competitors: (0..self.brands).filter(|&other| other != brand).collect(),
            weights,
            resamples: resampling.resamples,
            level: resampling.level,
            seed: resampling.seed,
        }
    }

    /// The costs that are price, 0 being the first cost; none when nobody was asked about price.
    pub(crate) fn prices(&self) -> Vec<usize> {
        let costs = self.dimensions[self.benefits..].iter().enumerate();
        let prices = costs.filter(|(_, name)| name.is_price());
        prices.map(|(place, _)| place).collect()
    }

    /// The answers that `keep` wants, as matrices, with the numbers of the respondents who gave
    /// them. Several answers of one respondent on the same dimension are averaged.
    pub(crate) fn survey(
        &self,
        answers: &Answers,
        brands: &Brands,
        keep: impl Fn(&Answer) -> bool,
    ) -> (Vec<usize>, Survey) {
        let columns = self.dimensions.len();
        matrices(answers, self.brands, columns, |answer| {
            if !keep(answer) {
                return None;
            }
            let asked = &answer.asked;
            if asked.is_importance() {
                // one answer on importance may be about a benefit and a cost of that name
                let columns = [Kind::Benefit, Kind::Cost];
                return Some(Place::Importance {
                    columns: columns.map(|kind| self.column(kind, asked.dimension())),
                });
            }
            Some(Place::Score {
                brand: brands.place(answer.brand)?,
                column: self.column(asked.kind()?, asked.dimension())?,
            })
        })
    }

    fn column(&self, kind: Kind, dimension: &str) -> Option<usize> {
        self.dimensions
            .iter()
            .position(|name| name.kind == kind && name.dimension == dimension)
    }
}

/// Scores of measures about the whole of a brand, as if they were benefit dimensions: their means and
/// intervals come from the same arithmetic. Beside them the numbers of the respondents.
pub(crate) fn survey_of_wholes(
    answers: &Answers,
    brands: &Brands,
    measures: &[&str],
) -> (Vec<usize>, Survey) {
    matrices(answers, brands.names.len(), measures.len(), |answer| {
        Some(Place::Score {
            brand: brands.place(answer.brand)?,
            column: measures
                .iter()
                .position(|measure| *measure == answer.asked.measure)?,
        })
    })
}

/// Where an answer goes.
enum Place {
    Score { brand: usize, column: usize },
    Importance { columns: [Option<usize>; 2] },
}

/// Answers come by respondent, so each respondent's row is finished before the next begins.
fn matrices(
    answers: &Answers,
    brands: usize,
    columns: usize,
    place: impl Fn(&Answer) -> Option<Place>,
) -> (Vec<usize>, Survey) {
    let mut respondents = Vec::new();
    let mut survey = Survey::default();
    for of_respondent in answers.by_respondent() {
        let mut scores = vec![Mean::default(); brands * columns];
        let mut importance = vec![Mean::default(); columns];
        let mut has_any = false;
        for answer in of_respondent {
            match place(answer) {
                Some(Place::Score { brand, column }) => {
                    scores[brand * columns + column].add(answer.on_ten());
                    has_any = true;
                }
                Some(Place::Importance { columns }) => {
                    for column in columns.into_iter().flatten() {
                        importance[column].add(answer.share_of_most());
                        has_any = true;
                    }
                }
                None => {}
            }
        }
        if has_any {
            let respondent = of_respondent[0].respondent;
            respondents.push(respondent);
            survey.weights.push(answers.respondents[respondent].weight);
            survey.scores.extend(scores.iter().map(Mean::value));
            survey.importance.extend(importance.iter().map(Mean::value));
        }
    }
    (respondents, survey)
}

/// Mean of answers; `NAN` of none.
#[derive(Clone, Default)]
struct Mean {
    sum: f64,
    answers: f64,
}

impl Mean {
    fn add(&mut self, score: f64) {
        self.sum += score;
        self.answers += 1.0;
    }

    fn value(&self) -> f64 {
        self.sum / self.answers
    }
}
