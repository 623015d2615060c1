//! From cells to the matrices that `worth-model` measures: which column is which dimension.

use std::collections::BTreeSet;

use worth_model::perceived::{Spec, Survey, Weights};

use super::Perceived;
use super::answer::{DimensionName, Kind};
use super::brands::Brands;
use super::features::{Asked, Cell, Features};
use super::settings::ValueSettings;

/// Columns of the matrices: benefits, then costs.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    /// Dimensions that were scored for one of the brands.
    pub(super) dimensions: Vec<DimensionName>,
    /// How many of them are benefits.
    pub(super) benefits: usize,
    /// Number of brands.
    brands: usize,
}

impl Layout {
    /// Dimensions that were scored, in the order of `worth.toml` (or the standard one), others
    /// after them by name.
    pub(super) fn of(features: &Features, brands: &Brands, settings: &ValueSettings) -> Self {
        let scored: BTreeSet<(Kind, &str)> = features
            .cells
            .iter()
            .filter(|cell| brands.place(cell.brand).is_some())
            .filter_map(|cell| match &cell.asked {
                Asked::Dimension(kind, name) => Some((*kind, name.as_str())),
                Asked::Importance(_) | Asked::Whole(_) => None,
            })
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

    /// What is measured: the own brand against all others of the layout.
    pub(super) fn spec(&self, question: &Perceived, seed: u64, weights: Weights) -> Spec {
        Spec {
            benefits: self.benefits,
            costs: self.dimensions.len() - self.benefits,
            brands: self.brands,
            own: 0,
            competitors: (1..self.brands).collect(),
            weights,
            resamples: question.resamples as usize,
            level: question.level,
            seed,
        }
    }

    /// The answers that `keep` wants, as matrices, with the numbers of the respondents who gave
    /// them. Several answers of one respondent on the same dimension are averaged.
    pub(super) fn survey(
        &self,
        features: &Features,
        brands: &Brands,
        keep: impl Fn(&Cell) -> bool,
    ) -> (Vec<usize>, Survey) {
        let columns = self.dimensions.len();
        matrices(features, self.brands, columns, |cell| {
            if !keep(cell) {
                return None;
            }
            match &cell.asked {
                Asked::Dimension(kind, name) => Some(Place::Score {
                    brand: brands.place(cell.brand)?,
                    column: self.column(*kind, name)?,
                }),
                // one answer on importance may be about a benefit and a cost of that name
                Asked::Importance(name) => Some(Place::Importance {
                    columns: [Kind::Benefit, Kind::Cost].map(|kind| self.column(kind, name)),
                }),
                Asked::Whole(_) => None,
            }
        })
    }

    fn column(&self, kind: Kind, dimension: &str) -> Option<usize> {
        self.dimensions
            .iter()
            .position(|name| name.kind == kind && name.dimension == dimension)
    }
}

/// Questions about the whole of a brand, as if they were benefit dimensions: their means and
/// intervals come from the same arithmetic.
pub(super) fn survey_of_wholes(
    features: &Features,
    brands: &Brands,
    measures: &[String],
) -> Survey {
    let (_, survey) = matrices(features, brands.names.len(), measures.len(), |cell| {
        let Asked::Whole(measure) = &cell.asked else {
            return None;
        };
        Some(Place::Score {
            brand: brands.place(cell.brand)?,
            column: measures.iter().position(|other| other == measure)?,
        })
    });
    survey
}

/// Where a cell goes.
enum Place {
    Score { brand: usize, column: usize },
    Importance { columns: [Option<usize>; 2] },
}

/// Cells come by respondent, so each respondent's row is finished before the next begins.
fn matrices(
    features: &Features,
    brands: usize,
    columns: usize,
    place: impl Fn(&Cell) -> Option<Place>,
) -> (Vec<usize>, Survey) {
    let mut respondents = Vec::new();
    let mut survey = Survey::default();
    let mut of_respondent = features.cells.as_slice();
    while let Some(first) = of_respondent.first() {
        let respondent = first.respondent;
        let end = of_respondent.partition_point(|cell| cell.respondent == respondent);
        let mut scores = vec![Mean::default(); brands * columns];
        let mut importance = vec![Mean::default(); columns];
        let mut has_any = false;
        for cell in &of_respondent[..end] {
            match place(cell) {
                Some(Place::Score { brand, column }) => {
                    scores[brand * columns + column].add(cell);
                    has_any = true;
                }
                Some(Place::Importance { columns }) => {
                    for column in columns.into_iter().flatten() {
                        importance[column].add(cell);
                        has_any = true;
                    }
                }
                None => {}
            }
        }
        if has_any {
            respondents.push(respondent);
            survey.weights.push(features.respondents[respondent].weight);
            survey.scores.extend(scores.iter().map(Mean::value));
            survey.importance.extend(importance.iter().map(Mean::value));
        }
        of_respondent = &of_respondent[end..];
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
    fn add(&mut self, cell: &Cell) {
        self.sum += cell.sum;
        self.answers += cell.answers as f64;
    }

    fn value(&self) -> f64 {
        self.sum / self.answers
    }
}
