//! The arithmetic: from sums over respondents to benefits, costs, ratio and difference.

use super::{Spec, Survey, WeightOrigin, Weights};

/// Numbers this close are the same when brands are ordered: sums of the same scores in another
/// sequence differ by far less.
const SAME: f64 = 1e-9;

/// Weighted sums over respondents: all that a mean needs.
pub(super) struct Sums {
    /// brands × dimensions, then dimensions of importance: Σ weight × score and Σ weight.
    weighted: Vec<(f64, f64)>,
    /// How many answered, in the same layout.
    answered: Vec<usize>,
}

impl Sums {
    /// Over all respondents, once each.
    pub(super) fn of_all(spec: &Spec, survey: &Survey) -> Self {
        Self::of(spec, survey, 0..survey.weights.len())
    }

    /// Over these respondents, as often as they come.
    pub(super) fn of(
        spec: &Spec,
        survey: &Survey,
        respondents: impl Iterator<Item = usize>,
    ) -> Self {
        let dimensions = spec.dimensions();
        let scored = spec.brands * dimensions;
        let mut weighted = vec![(0.0, 0.0); scored + dimensions];
        let mut answered = vec![0; scored + dimensions];
        for respondent in respondents {
            let weight = survey.weights[respondent];
            let scores = &survey.scores[respondent * scored..(respondent + 1) * scored];
            let importance =
                &survey.importance[respondent * dimensions..(respondent + 1) * dimensions];
            let cells = scores.iter().chain(importance);
            for ((&cell, sum), count) in cells.zip(&mut weighted).zip(&mut answered) {
                if cell.is_finite() {
                    sum.0 += weight * cell;
                    sum.1 += weight;
                    *count += 1;
                }
            }
        }
        Self { weighted, answered }
    }

    /// How many scored this dimension of this brand.
    pub(super) fn answered(&self, spec: &Spec, brand: usize, dimension: usize) -> usize {
        self.answered[brand * spec.dimensions() + dimension]
    }

    /// Where the weight of a dimension comes from.
    pub(super) fn weight_origin(&self, spec: &Spec, dimension: usize) -> WeightOrigin {
        if matches!(spec.weights, Weights::Given(_)) {
            return WeightOrigin::Given;
        }
        let kind = spec.same_kind(dimension);
        let total: f64 = kind
            .clone()
            .map(|other| self.importance(spec, other))
            .filter(|importance| importance.is_finite())
            .sum();
        if total <= 0.0 {
            WeightOrigin::Equal
        } else if self.importance(spec, dimension).is_finite() {
            WeightOrigin::Asked
        } else {
            WeightOrigin::MeanOfAsked
        }
    }

    fn mean(&self, cell: usize) -> f64 {
        let (sum, weight) = self.weighted[cell];
        if weight > 0.0 { sum / weight } else { f64::NAN }
    }

    fn importance(&self, spec: &Spec, dimension: usize) -> f64 {
        self.mean(spec.brands * spec.dimensions() + dimension)
    }

    /// Importance weights: 1 in all within benefits, and within costs.
    fn weights(&self, spec: &Spec) -> Vec<f64> {
        if let Weights::Given(weights) = &spec.weights {
            return weights.clone();
        }
        let mut weights = vec![0.0; spec.dimensions()];
        for kind in [0..spec.benefits, spec.benefits..spec.dimensions()] {
            let asked: Vec<f64> = kind
                .clone()
                .map(|dimension| self.importance(spec, dimension))
                .filter(|importance| importance.is_finite())
                .collect();
            let total: f64 = asked.iter().sum();
            let neutral = if total > 0.0 {
                total / asked.len() as f64
            } else {
                1.0
            };
            for dimension in kind.clone() {
                let importance = self.importance(spec, dimension);
                weights[dimension] = if total > 0.0 && importance.is_finite() {
                    importance
                } else {
                    neutral
                };
            }
            let total: f64 = weights[kind.clone()].iter().sum();
            for weight in &mut weights[kind] {
                *weight /= total;
            }
        }
        weights
    }
}

impl Spec {
    /// The columns of the same kind (benefit or cost) as this one.
    pub(super) fn same_kind(&self, dimension: usize) -> std::ops::Range<usize> {
        if dimension < self.benefits {
            0..self.benefits
        } else {
            self.benefits..self.dimensions()
        }
    }
}

/// Everything of one brand; `NAN` where nothing was answered.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Measures {
    pub(super) dimensions: Vec<f64>,
    pub(super) benefits: f64,
    pub(super) costs: f64,
    pub(super) ratio: f64,
    pub(super) difference: f64,
}

impl Measures {
    /// From the mean of each dimension.
    pub(super) fn from_means(spec: &Spec, means: &[f64], weights: &[f64]) -> Self {
        let benefits = weighted_mean(&means[..spec.benefits], &weights[..spec.benefits]);
        let costs = weighted_mean(&means[spec.benefits..], &weights[spec.benefits..]);
        Self {
            dimensions: means.to_vec(),
            benefits,
            costs,
            ratio: benefits / costs,
            difference: benefits - costs,
        }
    }

    /// This less the other; the ratio is this over the other.
    pub(super) fn against(&self, other: &Self) -> Self {
        let dimensions = self.dimensions.iter().zip(&other.dimensions);
        Self {
            dimensions: dimensions.map(|(one, other)| one - other).collect(),
            benefits: self.benefits - other.benefits,
            costs: self.costs - other.costs,
            ratio: self.ratio / other.ratio,
            difference: self.difference - other.difference,
        }
    }
}

/// Mean of the numbers that are there. Weights are shared out among them again; when none of them
/// has any weight they count the same.
pub(super) fn weighted_mean(means: &[f64], weights: &[f64]) -> f64 {
    let there = || {
        means
            .iter()
            .zip(weights)
            .filter(|(mean, _)| mean.is_finite())
    };
    let total: f64 = there().map(|(_, weight)| weight).sum();
    if total > 0.0 {
        there().map(|(mean, weight)| mean * weight).sum::<f64>() / total
    } else {
        plain_mean(there().map(|(mean, _)| *mean))
    }
}

/// Mean of the numbers that are there; `NAN` of none.
pub(super) fn plain_mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = numbers
        .filter(|number| number.is_finite())
        .fold((0.0, 0.0), |(sum, count), number| {
            (sum + number, count + 1.0)
        });
    sum / count
}

/// Everything the survey says, as plain numbers: made once from all respondents, and once from
/// each resample.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Values {
    pub(super) weights: Vec<f64>,
    pub(super) brands: Vec<Measures>,
    /// The average competitor.
    pub(super) average: Measures,
    /// Own less average; the ratio is own over average.
    pub(super) against: Measures,
}

impl Values {
    pub(super) fn from_sums(spec: &Spec, sums: &Sums) -> Self {
        let dimensions = spec.dimensions();
        let weights = sums.weights(spec);
        let brands: Vec<Measures> = (0..spec.brands)
            .map(|brand| {
                let means: Vec<f64> = (0..dimensions)
                    .map(|dimension| sums.mean(brand * dimensions + dimension))
                    .collect();
                Measures::from_means(spec, &means, &weights)
            })
            .collect();
        let competitors = || spec.competitors.iter().map(|&brand| &brands[brand]);
        let benefits = plain_mean(competitors().map(|brand| brand.benefits));
        let costs = plain_mean(competitors().map(|brand| brand.costs));
        let average = Measures {
            dimensions: (0..dimensions)
                .map(|dimension| plain_mean(competitors().map(|brand| brand.dimensions[dimension])))
                .collect(),
            benefits,
            costs,
            ratio: benefits / costs,
            difference: benefits - costs,
        };
        let against = brands[spec.own].against(&average);
        Self {
            weights,
            brands,
            average,
            against,
        }
    }

    /// How far the own brand leads in a dimension, in points: having less of a cost is leading.
    pub(super) fn advantage(&self, spec: &Spec, dimension: usize) -> f64 {
        let gap = self.against.dimensions[dimension];
        if dimension < spec.benefits { gap } else { -gap }
    }

    /// The dimension where the own brand leads least; the first of several.
    pub(super) fn weakest(&self, spec: &Spec) -> Option<usize> {
        (0..spec.dimensions())
            .filter(|&dimension| self.advantage(spec, dimension).is_finite())
            .min_by(|&one, &other| {
                self.advantage(spec, one)
                    .total_cmp(&self.advantage(spec, other))
            })
    }

    /// Brands by ratio, best first, with every score raised by `zero_moved` points.
    pub(super) fn by_ratio(&self, zero_moved: f64) -> Vec<usize> {
        self.best_first(|brand| {
            let costs = brand.costs + zero_moved;
            if costs > SAME {
                (brand.benefits + zero_moved) / costs
            } else {
                // no cost at all: whatever the benefits are, it is worth it
                f64::MAX
            }
        })
    }

    /// Brands by difference, best first.
    pub(super) fn by_difference(&self) -> Vec<usize> {
        self.best_first(|brand| brand.difference)
    }

    /// Only brands that have benefits and costs; equal ones keep the order of their numbers.
    fn best_first(&self, worth: impl Fn(&Measures) -> f64) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.brands.len())
            .filter(|&brand| self.brands[brand].difference.is_finite())
            .collect();
        let rounded = |brand: &usize| (worth(&self.brands[*brand]) / SAME).round();
        order.sort_by(|one, other| rounded(other).total_cmp(&rounded(one)));
        order
    }
}
