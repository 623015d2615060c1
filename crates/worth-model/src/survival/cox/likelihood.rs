//! The partial log-likelihood with its gradient and information, in one pass over sorted rows.
//!
//! At a step where D customers leave, with x the covariates, r = weight times relative hazard, and
//! sums over those at risk (S) and over those who leave (T):
//!
//! ```text
//! log-likelihood  Σ over leavers of x'β  -  Σ over l = 0 … D-1 of log(S0 - c T0),   c = l/D
//! ```
//!
//! with c = 0 throughout for Breslow. The hazard of the step is the sum of 1/(S0 - c T0); a row that
//! leaves at the step itself bears it less the sum of c/(S0 - c T0). With h the hazard that a row has
//! borne altogether and x̄ the mean of x over the risk set, at each of the D:
//!
//! ```text
//! gradient      Σ over rows of (leaves - r h) x
//! information   Σ over rows of r h x x'  -  Σ over leavers of x̄ x̄'
//! ```
//!
//! which is the usual sum over steps of variances within the risk sets with the order of summation
//! turned around: the matrix of second moments is then built once from all rows, in parallel, and is
//! not carried along and subtracted from.

use super::Ties;
use super::prepared::{Prepared, add, add_exactly};
use crate::dense::dot;
use crate::parallel::chunks;

/// The widest difference of log hazards between two rows: a factor of 10^130.
pub(super) const WIDEST: f64 = 300.0;

/// The likelihood at one point.
pub(super) struct Evaluation {
    pub(super) value: f64,
    pub(super) gradient: Vec<f64>,
    pub(super) information: Vec<f64>,
}

/// Weight times relative hazard of every row, divided by `exp(shift)`.
pub(super) struct Risks {
    pub(super) risk: Vec<f64>,
    /// Logarithm of the relative hazard.
    pub(super) predictor: Vec<f64>,
    pub(super) shift: f64,
}

/// Sums over the leavers of a step, as multiples of powers of the sum of risks.
#[derive(Debug, Clone, Copy)]
pub(super) struct TieSums {
    /// Σ log(1 - c ρ), ρ being the part of the risk that leaves.
    log: f64,
    /// Σ 1/(1 - c ρ) and Σ c/(1 - c ρ).
    pub(super) one: f64,
    pub(super) part: f64,
    /// Σ 1/(1 - c ρ)², Σ c/(1 - c ρ)² and Σ c²/(1 - c ρ)².
    pub(super) one_squared: f64,
    pub(super) part_squared: f64,
    pub(super) part_part_squared: f64,
}

impl TieSums {
    pub(super) fn new(ties: Ties, events: f64, leaving_part: f64) -> Self {
        let mut sums = Self {
            log: 0.0,
            one: events,
            part: 0.0,
            one_squared: events,
            part_squared: 0.0,
            part_part_squared: 0.0,
        };
        if ties == Ties::Breslow || events <= 1.0 {
            return sums;
        }
        (sums.one, sums.one_squared) = (0.0, 0.0);
        for l in 0..events as u64 {
            let c = l as f64 / events;
            let left = 1.0 - c * leaving_part;
            let (one, squared) = (1.0 / left, 1.0 / (left * left));
            sums.log += left.ln();
            sums.one += one;
            sums.part += c * one;
            sums.one_squared += squared;
            sums.part_squared += c * squared;
            sums.part_part_squared += c * c * squared;
        }
        sums
    }
}

/// Hazard by step: before and after it within its stratum, and what its leavers do not bear.
pub(super) struct Hazards {
    /// Each a sum and what rounding lost of it: differences of sums are wanted.
    before: Vec<(f64, f64)>,
    after: Vec<(f64, f64)>,
    tied: Vec<f64>,
}

impl Hazards {
    /// From the hazard of every step.
    pub(super) fn new(data: &Prepared, of_step: &[f64], tied: Vec<f64>) -> Self {
        let mut before = vec![(0.0, 0.0); of_step.len()];
        let mut after = before.clone();
        for stratum in &data.strata {
            let mut sum = (0.0, 0.0);
            for step in stratum.steps.clone() {
                before[step] = sum;
                add_exactly(&mut sum.0, &mut sum.1, of_step[step]);
                after[step] = sum;
            }
        }
        Self {
            before,
            after,
            tied,
        }
    }

    /// The hazard that a row has borne altogether, per unit of its risk.
    pub(super) fn borne(&self, data: &Prepared, row: usize) -> f64 {
        let (first, last) = (data.first[row] as usize, data.last[row] as usize - 1);
        let (after, before) = (self.after[last], self.before[first]);
        let whole = (after.0 - before.0) + (after.1 - before.1);
        if data.event[row] {
            whole - self.tied[last]
        } else {
            whole
        }
    }
}

/// Relative hazards of all rows; nothing when they are so far apart that sums make no sense.
pub(super) fn risks(data: &Prepared, beta: &[f64]) -> Option<Risks> {
    let parts = chunks(data.rows(), |range| -> Vec<f64> {
        range.map(|row| dot(beta, data.row(row))).collect()
    });
    let predictor = parts.concat();
    let (low, high) = predictor
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &value| {
            (low.min(value), high.max(value))
        });
    let sensible = predictor.is_empty() || high - low <= WIDEST;
    if !sensible {
        return None;
    }
    let parts = chunks(data.rows(), |range| -> Vec<f64> {
        range
            .map(|row| data.weight[row] * (predictor[row] - high).exp())
            .collect()
    });
    Some(Risks {
        risk: parts.concat(),
        predictor,
        shift: high,
    })
}

/// The likelihood at `beta`, for centred and scaled covariates.
pub(super) fn evaluate(data: &Prepared, ties: Ties, beta: &[f64]) -> Option<Evaluation> {
    let risks = risks(data, beta)?;
    let size = data.size;
    let mut value = 0.0;
    let mut outer = vec![0.0; size * size];
    let (mut of_step, mut tied) = (vec![0.0; data.steps.len()], vec![0.0; data.steps.len()]);
    let (mut mean, mut leaving) = (vec![0.0; size], vec![0.0; size]);
    data.sweep(&risks.risk, |step, set| {
        let events = data.steps[step].events;
        let sums = TieSums::new(ties, events, set.leaving_risk / set.risk);
        value -= events * set.risk.ln() + sums.log;
        of_step[step] = sums.one / set.risk;
        tied[step] = sums.part / set.risk;
        for i in 0..size {
            mean[i] = set.first[i] / set.risk;
            leaving[i] = set.leaving_first[i] / set.risk;
        }
        for i in 0..size {
            let of_mean = sums.one_squared * mean[i] - sums.part_squared * leaving[i];
            let of_leaving = sums.part_part_squared * leaving[i] - sums.part_squared * mean[i];
            let row = &mut outer[i * size..=i * size + i];
            for (cell, (mean, leaving)) in row.iter_mut().zip(mean.iter().zip(&leaving)) {
                *cell += of_mean * mean + of_leaving * leaving;
            }
        }
    });
    let hazards = Hazards::new(data, &of_step, tied);
    let parts = chunks(data.rows(), |range| {
        let mut part = Part::new(size);
        for row in range {
            let expected = risks.risk[row] * hazards.borne(data, row);
            part.add(data, row, expected, risks.predictor[row] - risks.shift);
        }
        part
    });
    let mut sum = Part::new(size);
    for part in &parts {
        sum.value += part.value;
        add(&mut sum.gradient, 1.0, &part.gradient);
        add(&mut sum.moments, 1.0, &part.moments);
    }
    add(&mut sum.moments, -1.0, &outer);
    for i in 0..size {
        for j in 0..i {
            sum.moments[j * size + i] = sum.moments[i * size + j];
        }
    }
    let value = value + sum.value;
    value.is_finite().then_some(Evaluation {
        value,
        gradient: sum.gradient,
        information: sum.moments,
    })
}

/// Sums over some rows; of the symmetric matrix the lower half.
struct Part {
    value: f64,
    gradient: Vec<f64>,
    moments: Vec<f64>,
}

impl Part {
    fn new(size: usize) -> Self {
        Self {
            value: 0.0,
            gradient: vec![0.0; size],
            moments: vec![0.0; size * size],
        }
    }

    fn add(&mut self, data: &Prepared, row: usize, expected: f64, predictor: f64) {
        let x = data.row(row);
        let mut residual = -expected;
        if data.event[row] {
            self.value += data.weight[row] * predictor;
            residual += data.weight[row];
        }
        add(&mut self.gradient, residual, x);
        for (i, value) in x.iter().enumerate() {
            let start = i * x.len();
            add(&mut self.moments[start..=start + i], expected * value, x);
        }
    }
}
