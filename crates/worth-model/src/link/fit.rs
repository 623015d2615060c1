//! The search for coefficients, their robust covariance, and what they mean for the mean outcome.

use super::rows::{Design, Persons};
use super::{Family, Measured, Move, NoLink};
use crate::dense::{Factor, dot, times};
use crate::newton::{DenseEvaluation, Side, climb};
use crate::parallel::chunks;

/// A coefficient per standard deviation beyond this multiplies odds by e^12. No data of people say so, but
/// a column that foretells the outcome without error does.
pub(super) const LARGEST: f64 = 12.0;
pub(super) const MOST_ITERATIONS: u32 = 100;
/// Of a column's variance, less than this beside the columns before it is rounding.
const ROUNDING: f64 = 1e-9;

/// Coefficients of an intercept and of exposures and controls in standard deviations.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    people: Fitted,
    /// What the outcome was divided by while it was fitted.
    unit: f64,
    coefficients: Vec<f64>,
    /// Of the coefficients; 0 where one is not told apart from others.
    covariance: Vec<f64>,
    kept: Vec<bool>,
    /// Of each exposure and control, in its unit: values, and standard deviation.
    columns: Vec<super::rows::Column>,
    reliability: Vec<f64>,
}

/// The people it is fitted to.
#[derive(Debug, Clone, PartialEq)]
struct Fitted {
    family: Family,
    outcome: Vec<f64>,
    weight: Vec<f64>,
    /// Whose each row is, where people have several.
    persons: Option<Persons>,
    /// Row by row: 1, then exposures and controls, noise taken out.
    rows: Vec<f64>,
    /// Numbers in a row.
    size: usize,
}

impl Fit {
    pub(super) fn of(family: Family, design: Design) -> Result<Self, NoLink> {
        let people = design.outcome.len() as f64;
        let mean = dot(&design.outcome, &design.weight) / people;
        let (zero, unit) = match family {
            Family::Linear => {
                let squares = design.outcome.iter().map(|value| (value - mean).powi(2));
                (mean, (squares.sum::<f64>() / people).sqrt())
            }
            Family::Logistic => (0.0, 1.0),
            Family::Relative => (0.0, mean),
        };
        let size = design.columns.len() + 1;
        let mut rows = Vec::with_capacity(design.outcome.len() * size);
        for cells in design.seen.rows.chunks_exact(size - 1) {
            rows.push(1.0);
            rows.extend_from_slice(cells);
        }
        let outcome = design.outcome.iter().map(|value| (value - zero) / unit);
        let people = Fitted {
            family,
            outcome: outcome.collect(),
            weight: design.weight,
            persons: design.persons,
            rows,
            size,
        };
        let kept = people.told_apart();
        let start = match family {
            Family::Logistic => (mean / (1.0 - mean)).ln(),
            Family::Linear | Family::Relative => 0.0,
        };
        let (coefficients, covariance) = people.search(start, &kept)?;
        Ok(Self {
            people,
            unit,
            coefficients,
            covariance,
            kept,
            columns: design.columns,
            reliability: design.seen.reliability,
        })
    }

    /// Exposures and controls that follow from those before them, or do not differ.
    pub(super) fn not_told_apart(&self) -> Vec<usize> {
        let columns = 0..self.columns.len();
        columns.filter(|&column| !self.kept[column + 1]).collect()
    }

    /// The coefficient of an exposure, per point.
    pub(super) fn coefficient(&self, exposure: usize) -> Measured {
        let deviation = self.columns[exposure].deviation;
        if deviation == 0.0 {
            return Measured::UNKNOWN;
        }
        let unit = match self.people.family {
            Family::Linear => self.unit,
            Family::Logistic | Family::Relative => 1.0,
        };
        let mut gradient = vec![0.0; self.people.size];
        gradient[exposure + 1] = unit / deviation;
        let value = dot(&gradient, &self.coefficients);
        Measured::of(value, &gradient, &self.covariance, 0.0)
    }

    /// Standard deviation of an exposure between people.
    pub(super) fn deviation(&self, exposure: usize) -> f64 {
        self.columns[exposure].deviation
    }

    pub(super) fn reliability(&self, exposure: usize) -> f64 {
        self.reliability[exposure]
    }

    /// Share of the outcome's variance that the fit accounts for.
    pub(super) fn explained(&self) -> f64 {
        let people = &self.people;
        let mean = dot(&people.outcome, &people.weight) / people.outcome.len() as f64;
        let (mut left, mut all) = (0.0, 0.0);
        for (row, (outcome, weight)) in people.outcome.iter().zip(&people.weight).enumerate() {
            let expected = people
                .family
                .mean(dot(people.row(row), &self.coefficients))
                .0;
            left += weight * (outcome - expected).powi(2);
            all += weight * (outcome - mean).powi(2);
        }
        (1.0 - left / all).clamp(0.0, 1.0)
    }

    /// Change of the mean outcome, in its unit.
    pub(super) fn moved(&self, moves: &[Move]) -> Measured {
        let (before, after) = self.means(moves);
        let gradient: Vec<f64> = (after.gradient.iter().zip(&before.gradient))
            .map(|(after, before)| self.unit * (after - before))
            .collect();
        let change = |row: usize| self.unit * (after.each[row] - before.each[row]);
        let value = self.unit * (after.mean - before.mean);
        let sampling = self.people.variance_of_mean(change);
        Measured::of(value, &gradient, &self.covariance, sampling)
    }

    /// The mean outcome after as a multiple of that before, and the standard error of its logarithm;
    /// nothing when the mean before is not above 0.
    pub(super) fn moved_factor(&self, moves: &[Move]) -> Option<Measured> {
        if self.people.family == Family::Linear {
            return None;
        }
        let (before, after) = self.means(moves);
        let gradient: Vec<f64> = (after.gradient.iter().zip(&before.gradient))
            .map(|(one, other)| one / after.mean - other / before.mean)
            .collect();
        let change = |row: usize| after.each[row] / after.mean - before.each[row] / before.mean;
        let sampling = self.people.variance_of_mean(change);
        let value = after.mean / before.mean;
        (value.is_finite() && value > 0.0)
            .then(|| Measured::of(value, &gradient, &self.covariance, sampling))
    }

    /// Mean outcomes before and after exposures moved.
    fn means(&self, moves: &[Move]) -> (Mean, Mean) {
        let people = &self.people;
        let standing = vec![0.0; people.size];
        let (mut before, mut after) = (Mean::new(people.size), Mean::new(people.size));
        for row in 0..people.outcome.len() {
            let mut shift = standing.clone();
            for one in moves {
                let column = &self.columns[one.exposure];
                if column.deviation > 0.0 {
                    let from = column.values[row];
                    let (least, most) = one.within;
                    let to = (from + one.by).clamp(least.min(from), most.max(from));
                    shift[one.exposure + 1] += (to - from) / column.deviation;
                }
            }
            before.add(people, row, &standing, &self.coefficients);
            after.add(people, row, &shift, &self.coefficients);
        }
        (before, after)
    }
}

/// A mean of expected outcomes, with its derivatives by the coefficients.
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

    fn add(&mut self, people: &Fitted, row: usize, shift: &[f64], coefficients: &[f64]) {
        let share = people.weight[row] / people.outcome.len() as f64;
        let cells = people.row(row);
        let predictor = dot(cells, coefficients) + dot(shift, coefficients);
        let (mean, slope, _) = people.family.mean(predictor);
        self.mean += share * mean;
        self.each.push(mean);
        for ((sum, cell), shift) in self.gradient.iter_mut().zip(cells).zip(shift) {
            *sum += share * slope * (cell + shift);
        }
    }
}

impl Fitted {
    fn row(&self, row: usize) -> &[f64] {
        &self.rows[row * self.size..(row + 1) * self.size]
    }

    /// Which of the intercept and the columns do not follow from those before them.
    fn told_apart(&self) -> Vec<bool> {
        let squares = self.squares(|row, _| self.weight[row] / self.outcome.len() as f64, &[]);
        Factor::new(&squares, self.size, ROUNDING).kept().to_vec()
    }

    /// Coefficients of the columns that are kept, and their covariance.
    fn search(&self, start: f64, kept: &[bool]) -> Result<(Vec<f64>, Vec<f64>), NoLink> {
        let bound = |sign: f64| -> Vec<f64> {
            let most = |&kept: &bool| if kept { sign * LARGEST } else { 0.0 };
            kept.iter().map(most).collect()
        };
        let mut from = vec![0.0; self.size];
        from[0] = start;
        let (lower, upper) = (bound(-1.0), bound(1.0));
        let evaluate = |at: &[f64]| self.evaluate(at);
        let found = climb(evaluate, &from, &lower, &upper, MOST_ITERATIONS);
        let mut sides = found.sides.iter().zip(kept);
        if !found.converged || sides.any(|(side, &kept)| kept && *side != Side::Inside) {
            return Err(NoLink::Separated);
        }
        let bread = Factor::of(&found.at.information(), kept).ok_or(NoLink::Separated)?;
        let rows = self.outcome.len() as f64;
        let used = kept.iter().filter(|kept| **kept).count() as f64;
        let (meat, factor) = match &self.persons {
            None => {
                let scatter =
                    |row: usize, mean: f64| (self.weight[row] * (self.outcome[row] - mean)).powi(2);
                (self.squares(scatter, &found.point), rows / (rows - used))
            }
            Some(persons) => {
                let people = persons.count as f64;
                let few = people / (people - 1.0) * (rows - 1.0) / (rows - used);
                (self.squares_of_persons(persons, &found.point), few)
            }
        };
        let covariance = sandwich(&bread.inverse(), &meat, factor);
        Ok((found.point, covariance))
    }

    /// Sum of the squares of what all rows of a person pull together.
    fn squares_of_persons(&self, persons: &Persons, at: &[f64]) -> Vec<f64> {
        let mut pulls = vec![0.0; persons.count * self.size];
        for (row, &person) in persons.of_row.iter().enumerate() {
            let cells = self.row(row);
            let mean = self.family.mean(dot(cells, at)).0;
            let pull = self.weight[row] * (self.outcome[row] - mean);
            let of_person = &mut pulls[person * self.size..(person + 1) * self.size];
            for (sum, cell) in of_person.iter_mut().zip(cells) {
                *sum += pull * cell;
            }
        }
        let mut whole = vec![0.0; self.size * self.size];
        for pull in pulls.chunks_exact(self.size) {
            add_square(&mut whole, 1.0, pull);
        }
        whole
    }

    /// Variance of the mean of something that rows have, as other people would be asked.
    fn variance_of_mean(&self, of: impl Fn(usize) -> f64) -> f64 {
        let Some(persons) = &self.persons else {
            return variance_of_mean(&self.weight, of);
        };
        let rows = self.weight.len() as f64;
        let weighted = self.weight.iter().enumerate();
        let mean = weighted.map(|(row, weight)| weight * of(row)).sum::<f64>() / rows;
        let mut sums = vec![0.0; persons.count];
        for (row, &person) in persons.of_row.iter().enumerate() {
            sums[person] += self.weight[row] * (of(row) - mean);
        }
        let people = persons.count as f64;
        let squares: f64 = sums.iter().map(|sum| sum * sum).sum();
        people / (people - 1.0) * squares / (rows * rows)
    }

    /// Quasi-log-likelihood with its derivatives.
    fn evaluate(&self, coefficients: &[f64]) -> DenseEvaluation {
        let parts = chunks(self.outcome.len(), |range| {
            let mut sum = DenseEvaluation::zero(self.size);
            for row in range {
                let cells = self.row(row);
                let predictor = dot(cells, coefficients);
                let (mean, slope, potential) = self.family.mean(predictor);
                let weight = self.weight[row];
                sum.value += weight * (self.outcome[row] * predictor - potential);
                let pull = weight * (self.outcome[row] - mean);
                for (sum, cell) in sum.gradient.iter_mut().zip(cells) {
                    *sum += pull * cell;
                }
                add_square(&mut sum.hessian, -weight * slope, cells);
            }
            sum
        });
        let mut whole = DenseEvaluation::zero(self.size);
        for part in &parts {
            whole.add(part);
        }
        whole
    }

    /// Sum of the squares of rows, each times a factor of its number and expected outcome.
    fn squares(&self, factor: impl Fn(usize, f64) -> f64 + Sync, at: &[f64]) -> Vec<f64> {
        let parts = chunks(self.outcome.len(), |range| {
            let mut sum = vec![0.0; self.size * self.size];
            for row in range {
                let cells = self.row(row);
                let mean = self.family.mean(dot(cells, at)).0;
                add_square(&mut sum, factor(row, mean), cells);
            }
            sum
        });
        let mut whole = vec![0.0; self.size * self.size];
        for part in &parts {
            for (sum, part) in whole.iter_mut().zip(part) {
                *sum += part;
            }
        }
        whole
    }
}

impl Family {
    /// The mean at a predictor, how it changes with it, and the potential whose derivative it is.
    fn mean(self, predictor: f64) -> (f64, f64, f64) {
        match self {
            Self::Linear => (predictor, 1.0, predictor * predictor / 2.0),
            Self::Logistic => {
                let share = 1.0 / (1.0 + (-predictor).exp());
                // ln(1 + e^η) without overflow
                let potential = predictor.max(0.0) + (-predictor.abs()).exp().ln_1p();
                (share, share * (1.0 - share), potential)
            }
            Self::Relative => {
                let amount = predictor.exp();
                (amount, amount, amount)
            }
        }
    }
}

/// Variance of the mean, with weights of mean 1, of something that people have, as other people would be
/// asked.
pub(super) fn variance_of_mean(weight: &[f64], of: impl Fn(usize) -> f64) -> f64 {
    let people = weight.len() as f64;
    let weighted = weight.iter().enumerate();
    let mean = weighted.map(|(row, weight)| weight * of(row)).sum::<f64>() / people;
    let weighted = weight.iter().enumerate();
    let squares = weighted.map(|(row, weight)| (weight * (of(row) - mean)).powi(2));
    squares.sum::<f64>() / (people * (people - 1.0))
}

/// Adds the square of a row times a factor.
pub(super) fn add_square(sum: &mut [f64], factor: f64, cells: &[f64]) {
    for (sums, one) in sum.chunks_exact_mut(cells.len()).zip(cells) {
        for (sum, other) in sums.iter_mut().zip(cells) {
            *sum += factor * one * other;
        }
    }
}

/// `B M B` times a factor, for symmetric matrices row by row.
pub(super) fn sandwich(bread: &[f64], meat: &[f64], factor: f64) -> Vec<f64> {
    let size = bread.len().isqrt();
    let rows = || bread.chunks_exact(size);
    let filled: Vec<Vec<f64>> = rows().map(|row| times(meat, row)).collect();
    let product = |row: &Vec<f64>| {
        rows()
            .map(|other| factor * dot(row, other))
            .collect::<Vec<_>>()
    };
    filled.iter().flat_map(product).collect()
}
