//! The search for what a point counts for, and the shares that follow from it.

use super::{ChoiceRows, FEWEST, FEWEST_CHOICES, FEWEST_PER_PARAMETER};
use crate::columns::check_length;
use crate::dense::{Factor, dot};
use crate::error::Error;
use crate::link::fit::{LARGEST, MOST_ITERATIONS, add_square, sandwich, variance_of_mean};
use crate::link::rows::People;
use crate::link::{Measured, NoLink};
use crate::newton::{DenseEvaluation, Side, climb};
use crate::parallel::chunks;

/// Respondents who have a choice.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Choosers {
    pub(super) people: People,
    brands: usize,
    /// Whether a brand is best to enough.
    kept: Vec<bool>,
    /// Their places among all respondents.
    places: Vec<usize>,
    /// Mean 1.
    weight: Vec<f64>,
    /// Respondents × brands in points; `NAN` of brands that are no choice to the respondent.
    values: Vec<f64>,
    /// Respondents × brands: the part of the choice, adding to 1.
    chosen: Vec<f64>,
}

impl Choosers {
    /// Brands that are best to too few are left out, one after the other: without one, others are best.
    pub(super) fn of(rows: &ChoiceRows<'_>, respondents: usize) -> Self {
        let mut kept = vec![true; rows.brands];
        loop {
            let choosers = Self::among(rows, respondents, &kept);
            let best_to = |brand: usize| -> f64 {
                choosers
                    .chosen
                    .iter()
                    .skip(brand)
                    .step_by(rows.brands)
                    .sum()
            };
            let fewest = (0..rows.brands)
                .filter(|&brand| kept[brand])
                .map(|brand| (best_to(brand), brand))
                .min_by(|one, other| one.0.total_cmp(&other.0));
            match fewest {
                Some((best_to, brand)) if best_to < FEWEST_CHOICES => kept[brand] = false,
                _ => return choosers,
            }
        }
    }

    fn among(rows: &ChoiceRows<'_>, respondents: usize, kept: &[bool]) -> Self {
        let brands = rows.brands;
        let (mut places, mut values, mut chosen) = (Vec::new(), Vec::new(), Vec::new());
        for place in 0..respondents {
            let range = place * brands..(place + 1) * brands;
            let (seen, ratings) = (&rows.values[range.clone()], &rows.ratings[range]);
            let is_choice = |&brand: &usize| {
                kept[brand] && seen[brand].is_finite() && ratings[brand].is_finite()
            };
            let choices: Vec<usize> = (0..brands).filter(is_choice).collect();
            if choices.len() < 2 {
                continue;
            }
            let most = choices.iter().map(|&brand| ratings[brand]);
            let most = most.fold(f64::NEG_INFINITY, f64::max);
            let best = |brand: &usize| choices.contains(brand) && ratings[*brand] == most;
            let share = 1.0 / (0..brands).filter(best).count() as f64;
            places.push(place);
            for (brand, value) in seen.iter().enumerate() {
                let is_choice = choices.contains(&brand);
                values.push(if is_choice { *value } else { f64::NAN });
                chosen.push(if best(&brand) { share } else { 0.0 });
            }
        }
        let weight = places
            .iter()
            .map(|&place| rows.weight.map_or(1.0, |all| all[place]));
        let (people, weight) = People::of(respondents, weight.collect());
        Self {
            people,
            brands,
            kept: kept.to_vec(),
            weight,
            places,
            values,
            chosen,
        }
    }

    /// Why so few cannot tell what they choose by.
    pub(super) fn too_few(&self) -> Option<NoLink> {
        let brands = self.kept.iter().filter(|kept| **kept).count();
        let people = self.places.len();
        let needed = FEWEST.max(FEWEST_PER_PARAMETER * brands);
        if people < needed {
            return Some(NoLink::TooFew { people, needed });
        }
        (self.spread() == 0.0).then_some(NoLink::NothingDiffers)
    }

    fn values_of(&self, row: usize) -> &[f64] {
        &self.values[row * self.brands..(row + 1) * self.brands]
    }

    /// Standard deviation of values between the brands of a respondent.
    fn spread(&self) -> f64 {
        let within = |row: usize| {
            let there = || self.values_of(row).iter().filter(|value| value.is_finite());
            let count = there().count() as f64;
            let mean = there().sum::<f64>() / count;
            self.weight[row] * there().map(|value| (value - mean).powi(2)).sum::<f64>() / count
        };
        let rows = 0..self.places.len();
        let spread = (rows.map(within).sum::<f64>() / self.places.len() as f64).sqrt();
        let largest = self.values.iter().filter(|value| value.is_finite());
        let largest = largest.fold(0.0_f64, |largest, value| largest.max(value.abs()));
        // what is left of equal values after rounding is no difference
        if spread > 1e-12 * largest {
            spread
        } else {
            0.0
        }
    }
}

/// Coefficients: of value in its spread, then the constants of all brands, of which one is 0.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    choosers: Choosers,
    spread: f64,
    coefficients: Vec<f64>,
    /// Of the coefficients.
    covariance: Vec<f64>,
}

/// The share of one brand.
pub(super) struct Share {
    pub(super) before: Measured,
    pub(super) after: Measured,
    pub(super) change: Measured,
}

impl Fit {
    pub(super) fn of(choosers: Choosers) -> Result<Self, NoLink> {
        let size = choosers.brands + 1;
        let first = choosers.kept.iter().position(|kept| *kept);
        let is_searched = |coefficient: usize| match coefficient.checked_sub(1) {
            Some(brand) => choosers.kept[brand] && first != Some(brand),
            None => true,
        };
        let searched: Vec<bool> = (0..size).map(is_searched).collect();
        let bound = |sign: f64| -> Vec<f64> {
            let most = |&searched: &bool| if searched { sign * LARGEST } else { 0.0 };
            searched.iter().map(most).collect()
        };
        let mut fit = Self {
            spread: choosers.spread(),
            choosers,
            coefficients: vec![0.0; size],
            covariance: vec![0.0; size * size],
        };
        let (lower, upper) = (bound(-1.0), bound(1.0));
        let start = vec![0.0; size];
        let found = climb(
            |at: &[f64]| fit.evaluate(at),
            &start,
            &lower,
            &upper,
            MOST_ITERATIONS,
        );
        let mut sides = found.sides.iter().zip(&searched);
        if !found.converged || sides.any(|(side, &searched)| searched && *side != Side::Inside) {
            return Err(NoLink::Separated);
        }
        let bread = Factor::of(&found.at.information(), &searched).ok_or(NoLink::Separated)?;
        let (people, used) = (
            fit.choosers.places.len() as f64,
            searched.iter().filter(|searched| **searched).count() as f64,
        );
        let meat = fit.scatter(&found.point);
        fit.covariance = sandwich(&bread.inverse(), &meat, people / (people - used));
        fit.coefficients = found.point;
        Ok(fit)
    }

    /// The coefficient of value, per point.
    pub(super) fn per_point(&self) -> Measured {
        let mut gradient = vec![0.0; self.coefficients.len()];
        gradient[0] = 1.0 / self.spread;
        let value = self.coefficients[0] / self.spread;
        Measured::of(value, &gradient, &self.covariance, 0.0)
    }

    /// Fails unless there are as many values as there were.
    pub(super) fn check(&self, values: &[f64]) -> Result<(), Error> {
        let expected = self.choosers.people.asked * self.choosers.brands;
        check_length("values", values.len(), expected)
    }

    /// Shares of brands, of all respondents, with these values (of all who were asked) after; brands that were left out
    /// have none.
    pub(super) fn shares(&self, values: Option<&[f64]>) -> Vec<Option<Share>> {
        let choosers = &self.choosers;
        let (brands, size) = (choosers.brands, self.coefficients.len());
        let mut means = vec![[Mean::new(size), Mean::new(size)]; brands];
        for (row, place) in choosers.places.iter().enumerate() {
            let before = choosers.values_of(row).to_vec();
            let after = values.map_or(before.clone(), |values| {
                // only brands that were a choice still are
                let moved = &values[place * brands..(place + 1) * brands];
                let pairs = before.iter().zip(moved);
                pairs
                    .map(|(was, is)| if was.is_finite() { *is } else { f64::NAN })
                    .collect()
            });
            let weight = choosers.weight[row] / choosers.places.len() as f64;
            for (time, values) in [before, after].iter().enumerate() {
                let odds = Odds::of(values, self.spread, &self.coefficients);
                for (brand, means) in means.iter_mut().enumerate() {
                    means[time].add(weight, brand, &odds);
                }
            }
        }
        let told = means.iter().zip(&choosers.kept);
        told.map(|([before, after], kept)| kept.then(|| self.share(before, after)))
            .collect()
    }

    fn share(&self, before: &Mean, after: &Mean) -> Share {
        let of = |mean: &Mean| {
            let sampling = variance_of_mean(&self.choosers.weight, |row| mean.each[row]);
            Measured::of(mean.mean, &mean.gradient, &self.covariance, sampling)
        };
        let gradient: Vec<f64> = (after.gradient.iter().zip(&before.gradient))
            .map(|(after, before)| after - before)
            .collect();
        let sampling = variance_of_mean(&self.choosers.weight, |row| {
            after.each[row] - before.each[row]
        });
        let change = after.mean - before.mean;
        Share {
            before: of(before),
            after: of(after),
            change: Measured::of(change, &gradient, &self.covariance, sampling),
        }
    }

    /// Log-likelihood with its derivatives.
    fn evaluate(&self, at: &[f64]) -> DenseEvaluation {
        let size = at.len();
        let parts = chunks(self.choosers.places.len(), |range| {
            let mut sum = DenseEvaluation::zero(size);
            let mut cells = vec![0.0; size];
            for row in range {
                let odds = Odds::of(self.choosers.values_of(row), self.spread, at);
                let weight = self.choosers.weight[row];
                let mean = odds.mean();
                for (brand, chosen) in self.chosen(row) {
                    let probability = odds.probability[brand];
                    if chosen > 0.0 {
                        sum.value += weight * chosen * probability.max(f64::MIN_POSITIVE).ln();
                    }
                    odds.fill(brand, &mut cells);
                    for ((gradient, cell), mean) in
                        sum.gradient.iter_mut().zip(&mut cells).zip(&mean)
                    {
                        *gradient += weight * (chosen - probability) * *cell;
                        *cell -= mean;
                    }
                    add_square(&mut sum.hessian, -weight * probability, &cells);
                }
            }
            sum
        });
        let mut whole = DenseEvaluation::zero(size);
        for part in &parts {
            whole.add(part);
        }
        whole
    }

    /// Sum of the squares of what each respondent adds to the gradient.
    fn scatter(&self, at: &[f64]) -> Vec<f64> {
        let size = at.len();
        let mut sum = vec![0.0; size * size];
        let mut cells = vec![0.0; size];
        for row in 0..self.choosers.places.len() {
            let odds = Odds::of(self.choosers.values_of(row), self.spread, at);
            let mut score = vec![0.0; size];
            for (brand, chosen) in self.chosen(row) {
                odds.fill(brand, &mut cells);
                let pull = self.choosers.weight[row] * (chosen - odds.probability[brand]);
                for (score, cell) in score.iter_mut().zip(&cells) {
                    *score += pull * cell;
                }
            }
            add_square(&mut sum, 1.0, &score);
        }
        sum
    }

    /// Brands that are a choice to a respondent, each with its part of the choice.
    fn chosen(&self, row: usize) -> impl Iterator<Item = (usize, f64)> {
        let choosers = &self.choosers;
        let there = choosers.values_of(row).iter().enumerate();
        there
            .filter(|(_, value)| value.is_finite())
            .map(move |(brand, _)| (brand, choosers.chosen[row * choosers.brands + brand]))
    }
}

/// What one respondent would choose.
struct Odds {
    /// Of each brand, in the spread of values; 0 where it is no choice.
    value: Vec<f64>,
    /// Likewise; they add to 1.
    probability: Vec<f64>,
}

impl Odds {
    fn of(values: &[f64], spread: f64, at: &[f64]) -> Self {
        let value: Vec<f64> = values.iter().map(|value| value / spread).collect();
        let utility = value
            .iter()
            .zip(&at[1..])
            .map(|(value, constant)| at[0] * value + constant);
        let utility: Vec<f64> = utility.collect();
        let highest = utility.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let odds = |utility: &f64| {
            if utility.is_finite() {
                (utility - highest).exp()
            } else {
                0.0
            }
        };
        let odds: Vec<f64> = utility.iter().map(odds).collect();
        let all: f64 = odds.iter().sum();
        Self {
            value: value
                .iter()
                .map(|value| if value.is_finite() { *value } else { 0.0 })
                .collect(),
            probability: odds.iter().map(|odds| odds / all).collect(),
        }
    }

    /// The row of a brand: its value, and 1 at its constant.
    fn fill(&self, brand: usize, cells: &mut [f64]) {
        cells.fill(0.0);
        cells[0] = self.value[brand];
        cells[brand + 1] = 1.0;
    }

    /// Mean row.
    fn mean(&self) -> Vec<f64> {
        let value = dot(&self.value, &self.probability);
        std::iter::once(value)
            .chain(self.probability.iter().copied())
            .collect()
    }
}

/// A mean of probabilities, with its derivatives by the coefficients.
#[derive(Clone)]
struct Mean {
    mean: f64,
    gradient: Vec<f64>,
    each: Vec<f64>,
}

impl Mean {
    fn new(size: usize) -> Self {
        Self {
            mean: 0.0,
            gradient: vec![0.0; size],
            each: Vec::new(),
        }
    }

    fn add(&mut self, weight: f64, brand: usize, odds: &Odds) {
        let probability = odds.probability[brand];
        self.mean += weight * probability;
        self.each.push(probability);
        // P_k (z_k − Σ_j P_j z_j)
        let mut cells = vec![0.0; self.gradient.len()];
        odds.fill(brand, &mut cells);
        for ((sum, cell), mean) in self.gradient.iter_mut().zip(&cells).zip(odds.mean()) {
            *sum += weight * probability * (cell - mean);
        }
    }
}
