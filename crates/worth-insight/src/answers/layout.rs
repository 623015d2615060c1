//! From answers to the matrices that `worth-model` measures: which column is which dimension.

use std::collections::{BTreeMap, BTreeSet};

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
        let (rows, survey) = self.survey_by(answers, brands, |answer| keep(answer).then_some(()));
        let respondents = rows.into_iter().map(|(respondent, ())| respondent);
        (respondents.collect(), survey)
    }

    /// The same with a row for each part of a respondent's answers, those of one key. Answers without
    /// one are left out.
    pub(crate) fn survey_by<K: Ord>(
        &self,
        answers: &Answers,
        brands: &Brands,
        key: impl Fn(&Answer) -> Option<K>,
    ) -> (Vec<(usize, K)>, Survey) {
        let columns = self.dimensions.len();
        matrices(answers, self.brands, columns, |answer| {
            let asked = &answer.asked;
            let place = if asked.is_importance() {
                // one answer on importance may be about a benefit and a cost of that name
                let columns =
                    [Kind::Benefit, Kind::Cost].map(|kind| self.column(kind, asked.dimension()));
                if columns == [None, None] {
                    return None;
                }
                Place::Importance { columns }
            } else {
                Place::Score {
                    brand: brands.place(answer.brand)?,
                    column: self.column(asked.kind()?, asked.dimension())?,
                }
            };
            Some((key(answer)?, place))
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
    let (rows, survey) = matrices(answers, brands.names.len(), measures.len(), |answer| {
        let place = Place::Score {
            brand: brands.place(answer.brand)?,
            column: measures
                .iter()
                .position(|measure| *measure == answer.asked.measure)?,
        };
        Some(((), place))
    });
    let respondents = rows.into_iter().map(|(respondent, ())| respondent);
    (respondents.collect(), survey)
}

/// Where an answer goes.
enum Place {
    Score { brand: usize, column: usize },
    Importance { columns: [Option<usize>; 2] },
}

/// Answers come by respondent, so each respondent's rows, in the order of their keys, are finished
/// before the next begins.
fn matrices<K: Ord>(
    answers: &Answers,
    brands: usize,
    columns: usize,
    place: impl Fn(&Answer) -> Option<(K, Place)>,
) -> (Vec<(usize, K)>, Survey) {
    let mut keys = Vec::new();
    let mut survey = Survey::default();
    for of_respondent in answers.by_respondent() {
        let mut rows: BTreeMap<K, Row> = BTreeMap::new();
        for answer in of_respondent {
            let Some((key, place)) = place(answer) else {
                continue;
            };
            let row = rows.entry(key).or_insert_with(|| Row {
                scores: vec![Mean::default(); brands * columns],
                importance: vec![Mean::default(); columns],
            });
            match place {
                Place::Score { brand, column } => {
                    row.scores[brand * columns + column].add(answer.on_ten());
                }
                Place::Importance { columns } => {
                    for column in columns.into_iter().flatten() {
                        row.importance[column].add(answer.share_of_most());
                    }
                }
            }
        }
        for (key, row) in rows {
            let respondent = of_respondent[0].respondent;
            keys.push((respondent, key));
            survey.weights.push(answers.respondents[respondent].weight);
            survey.scores.extend(row.scores.iter().map(Mean::value));
            survey
                .importance
                .extend(row.importance.iter().map(Mean::value));
        }
    }
    (keys, survey)
}

/// What one respondent said, as means.
struct Row {
    scores: Vec<Mean>,
    importance: Vec<Mean>,
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
