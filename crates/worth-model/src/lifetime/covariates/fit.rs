//! Fitting a purchase model with covariates: start from the plain model, climb in its parameters and
//! the coefficients together, and say how it went.
//!
//! Inside, covariates are counted from their means in units of their standard deviations, so neither
//! their units nor their zeros matter.

use super::super::counted::Counted;
use super::super::histories::CheckedHistories;
use super::super::purchases_fit::{Fit, START_ON, Search};
use super::predictor::{Predictor, Scratch};
use super::table::Kinds;
use super::{CheckedCovariates, FittedCovariates, Term, WithCovariates};
use crate::columns::check_length;
use crate::dense::Factor;
use crate::error::Error;
use crate::newton::{DenseEvaluation, DenseOptimum, Evaluation, Side, climb};
use crate::parallel::blocks;
use crate::symmetric::Vector;

/// Coefficients per standard deviation are looked for within this of 0.
const FARTHEST: f64 = 50.0;

pub(super) fn fit<M: Fit<D>, const D: usize>(
    spec: &WithCovariates<M>,
    histories: &CheckedHistories<'_>,
    covariates: &CheckedCovariates<'_>,
) -> Result<FittedCovariates<M, D>, Error> {
    if spec.terms.is_empty() {
        return Err(Error::Empty { what: "terms" });
    }
    let names = names(&spec.terms);
    let columns: Vec<&[f64]> = (names.iter())
        .map(|name| covariates.column(name))
        .collect::<Result<_, _>>()?;
    check_length("covariates", covariates.len(), histories.len())?;
    let predictor = Predictor::new::<M>(&spec.terms, &names, 1.0)?;
    let plain = Search::new(&spec.model, histories)?;
    let table = Table::new(&columns, histories);
    let problem = Problem::new(spec, &plain, &predictor, &table, histories);
    let found = problem.search(histories);
    Ok(problem.told(&found, &names, histories))
}

/// The covariates that terms name, each once.
fn names(terms: &[Term]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for term in terms {
        if !names.contains(&term.covariate) {
            names.push(term.covariate.clone());
        }
    }
    names
}

/// Kinds of customers, their covariates counted from the mean in standard deviations.
pub(super) struct Table {
    pub(super) kinds: Kinds,
    pub(super) mean: Vec<f64>,
    pub(super) scale: Vec<f64>,
    /// Largest less smallest value, scaled; 0 for one that is the same for all.
    pub(super) range: Vec<f64>,
    /// Customers of each kind.
    customers: Vec<f64>,
}

impl Table {
    fn new(columns: &[&[f64]], histories: &CheckedHistories<'_>) -> Self {
        let raw = Kinds::new(columns);
        let mut customers = vec![0.0; raw.len()];
        for (row, &kind) in raw.of_row.iter().enumerate() {
            customers[kind as usize] += histories.weight_of(row);
        }
        let mean_of = |value: &dyn Fn(&[f64]) -> f64| {
            let weighted = |kind: usize| customers[kind] * value(raw.of(kind));
            (0..raw.len()).map(weighted).sum::<f64>() / histories.customers()
        };
        let present: Vec<usize> = (0..raw.len())
            .filter(|&kind| customers[kind] > 0.0)
            .collect();
        let (mut mean, mut scale, mut range) = (Vec::new(), Vec::new(), Vec::new());
        for place in 0..columns.len() {
            let rough = mean_of(&|values| values[place]);
            // A second look takes away the rounding of large numbers with small differences.
            let centre = rough + mean_of(&|values| values[place] - rough);
            let deviation = mean_of(&|values| (values[place] - centre).powi(2)).sqrt();
            let at = |kind: &usize| raw.of(*kind)[place];
            let low = present.iter().map(at).fold(f64::INFINITY, f64::min);
            let high = present.iter().map(at).fold(f64::NEG_INFINITY, f64::max);
            let varies = high > low && deviation > 0.0;
            mean.push(if varies { centre } else { low });
            scale.push(if varies { deviation } else { 1.0 });
            range.push(if varies {
                (high - low) / deviation
            } else {
                0.0
            });
        }
        Self {
            kinds: raw.scaled(&mean, &scale),
            mean,
            scale,
            range,
            customers,
        }
    }
}

/// A likelihood to be climbed, in scaled covariates and in times of mean ages.
pub(super) struct Problem<'a, M: Fit<D>, const D: usize> {
    pub(super) spec: &'a WithCovariates<M>,
    /// The search that takes all customers as alike.
    pub(super) plain: &'a Search<'a, M, D>,
    pub(super) predictor: &'a Predictor<D>,
    pub(super) table: &'a Table,
    /// Customers by kind.
    pub(super) data: Vec<(usize, Counted)>,
    /// Coefficients that do not follow from those before them, and for the others from which.
    pub(super) kept: Vec<bool>,
    pub(super) collinear: Vec<Vec<usize>>,
    pub(super) lower: Vec<f64>,
    pub(super) upper: Vec<f64>,
}

impl<'a, M: Fit<D>, const D: usize> Problem<'a, M, D> {
    fn new(
        spec: &'a WithCovariates<M>,
        plain: &'a Search<'a, M, D>,
        predictor: &'a Predictor<D>,
        table: &'a Table,
        histories: &CheckedHistories<'_>,
    ) -> Self {
        let terms = spec.terms.len();
        let gram = gram(spec.ridge, predictor, table, terms);
        let factor = Factor::new(&gram, terms, 0.0);
        let kept = factor.kept().to_vec();
        let collinear = (0..terms)
            .filter(|&term| !kept[term])
            .map(|term| {
                let mut set = vec![term];
                set.extend(factor.partners(term));
                set
            })
            .collect();
        let reach = |term: &bool| if *term { FARTHEST } else { 0.0 };
        let of_coefficients: Vec<f64> = kept.iter().map(reach).collect();
        let lower = (predictor.lower.iter().copied())
            .chain(of_coefficients.iter().map(|reach| -reach))
            .collect();
        let upper = (predictor.upper.iter().copied())
            .chain(of_coefficients.iter().copied())
            .collect();
        Self {
            spec,
            plain,
            predictor,
            table,
            data: Counted::by_kind(histories, plain.unit, &table.kinds.of_row, 1),
            kept,
            collinear,
            lower,
            upper,
        }
    }

    /// Distinct rows.
    pub(super) fn rows(&self) -> usize {
        self.data.iter().map(|(_, data)| data.len()).sum()
    }

    /// The log-likelihood less the penalty, with derivatives.
    pub(super) fn evaluate(&self, data: &[(usize, Counted)], unknowns: &[f64]) -> DenseEvaluation {
        let size = self.predictor.size();
        let parts = blocks(data.iter().map(|(_, data)| data.len()), |range| {
            let mut sum = DenseEvaluation::zero(size);
            let mut scratch = Scratch::default();
            for (kind, data) in &data[range] {
                let of_law = |logarithms: &Vector<D>| -> Evaluation<D> {
                    let parameters = logarithms.map(f64::exp);
                    let at = self.plain.model().evaluate(data, &parameters);
                    at.in_logarithms(&parameters)
                };
                let covariates = self.table.kinds.of(*kind);
                (self.predictor).add(unknowns, covariates, of_law, &mut sum, &mut scratch);
            }
            sum
        });
        let mut total = DenseEvaluation::zero(size);
        parts.iter().for_each(|part| total.add(part));
        for u in 0..size {
            for v in 0..u {
                total.hessian[v * size + u] = total.hessian[u * size + v];
            }
        }
        for (u, unknown) in unknowns.iter().enumerate().skip(D) {
            total.value -= self.spec.ridge * unknown * unknown / 2.0;
            total.gradient[u] -= self.spec.ridge * unknown;
            total.hessian[u * size + u] -= self.spec.ridge;
        }
        total
    }

    pub(super) fn penalty(&self, unknowns: &[f64]) -> f64 {
        let square = |unknown: &f64| unknown * unknown;
        self.spec.ridge * unknowns[D..].iter().map(square).sum::<f64>() / 2.0
    }

    /// From the plain model's parameters, and from its starts where those lead to an edge or nowhere.
    fn search(&self, histories: &CheckedHistories<'_>) -> DenseOptimum {
        let (_, most_iterations) = self.plain.model().settings();
        let step = self.rows().div_ceil(START_ON);
        let kinds = &self.table.kinds.of_row;
        let small = (step > 3).then(|| Counted::by_kind(histories, self.plain.unit, kinds, step));
        let sample = small.as_ref().unwrap_or(&self.data);
        let climb_on = |data: &[(usize, Counted)], start: &[f64]| {
            let function = |unknowns: &[f64]| self.evaluate(data, unknowns);
            climb(function, start, &self.lower, &self.upper, most_iterations)
        };
        let own = self.plain.logarithms();
        let rate = (histories.repeat_purchases() / histories.customers()).max(1e-6);
        let others = self.plain.model().starts(rate).into_iter();
        let mut best: Option<DenseOptimum> = None;
        for start in std::iter::once(own).chain(others.map(|start| start.map(f64::ln))) {
            let mut unknowns = start.to_vec();
            unknowns.resize(self.predictor.size(), 0.0);
            let found = climb_on(sample, &unknowns);
            let inside = found.sides[..D].iter().all(|side| *side == Side::Inside);
            let arrived = found.converged && inside;
            if (best.as_ref()).is_none_or(|best| found.at.value > best.at.value + 1e-6) {
                best = Some(found);
            }
            if arrived {
                break;
            }
        }
        let best = best.expect("there is at least one start");
        if small.is_some() {
            climb_on(&self.data, &best.point)
        } else {
            best
        }
    }
}

/// Products of what coefficients do to all customers: those that follow from others show here.
fn gram<const D: usize>(
    ridge: f64,
    predictor: &Predictor<D>,
    table: &Table,
    terms: usize,
) -> Vec<f64> {
    let covariates = table.mean.len();
    let mut products = vec![0.0; covariates * covariates];
    for (kind, customers) in table.customers.iter().enumerate() {
        let values = table.kinds.of(kind);
        for (row, left) in values.iter().enumerate() {
            for (column, right) in values.iter().enumerate() {
                products[row * covariates + column] += customers * left * right;
            }
        }
    }
    let mut gram = vec![0.0; terms * terms];
    for left in 0..terms {
        for right in 0..terms {
            let (row, column) = (predictor.covariate_of(left), predictor.covariate_of(right));
            gram[left * terms + right] =
                predictor.alike(left, right) * products[row * covariates + column];
        }
        gram[left * terms + left] += ridge;
    }
    gram
}
