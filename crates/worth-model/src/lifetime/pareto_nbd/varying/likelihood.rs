//! The log-likelihood of Pareto/NBD with covariates that vary with time, and its derivatives.
//!
//! For a customer with x repeat purchases at times t_j, the last at t_x, observed until T:
//!
//! ```text
//! ln L = sum over j < x of ln(r + j)  -  x ln alpha  +  sum over purchases of γ'x(t_j)
//!      + ln( ((alpha + A(T))/alpha)^-(r + x) ((beta + D(T))/beta)^-s                    (still there)
//!          + s/beta ∫ exp(δ'x(y)) ((alpha + A(y))/alpha)^-(r + x) ((beta + D(y))/beta)^-(s + 1) dy )
//! ```
//!
//! with the integral over y from t_x to T (left since). Customers who differ in t_x alone are worked
//! through from the latest to the earliest, and the integral grows on the way: each stretch of time is
//! integrated once for all of them.

use super::customers::PurchaseSums;
use super::integral::{BASE, Numbers};
use super::jet::Jet;
use super::standing::{Customers, Standing};
use crate::lifetime::counted::Counted;
use crate::lifetime::gamma_mixture::rate_ratios;
use crate::newton::DenseEvaluation;

/// Customers as the likelihood sees them.
#[derive(Clone, Copy)]
pub(super) struct Data<'a> {
    pub(super) customers: Customers<'a>,
    /// For what depends on numbers of purchases alone, in the same unit.
    pub(super) counted: &'a Counted,
    pub(super) sums: &'a PurchaseSums,
}

/// Log-likelihood alone.
pub(super) fn log_likelihood(data: &Data<'_>, numbers: &Numbers) -> f64 {
    evaluate(data, numbers).value
}

/// Log-likelihood and its derivatives with respect to the logarithms of r, alpha, s and beta and to the
/// coefficients.
pub(super) fn evaluate(data: &Data<'_>, numbers: &Numbers) -> DenseEvaluation {
    let size = numbers.size();
    let parts = data.customers.in_chunks(|groups| {
        let mut standing = Standing::new(size, true);
        let (mut either, mut sum) = (Jet::new(size, true), Jet::new(size, true));
        sum.reset(0.0);
        for group in groups {
            if data.customers.rows(group.members.clone()).next().is_none() {
                continue;
            }
            standing.turn_to(&data.customers, numbers, group);
            standing.each(&data.customers, numbers, group, |standing, places| {
                let weight = data.customers.weight(places);
                either.copy(&standing.there);
                either.add(&standing.gone);
                sum.log += weight * either.log;
                add_scaled(&mut sum.slope, &either.slope, weight);
                add_scaled(&mut sum.bend, &either.bend, weight);
            });
        }
        sum
    });
    let mut total = of_purchases(data, numbers);
    for part in parts {
        total.log += part.log;
        add_scaled(&mut total.slope, &part.slope, 1.0);
        add_scaled(&mut total.bend, &part.bend, 1.0);
    }
    in_logarithms(total, &numbers.base)
}

/// What depends on purchases alone.
fn of_purchases(data: &Data<'_>, numbers: &Numbers) -> Jet {
    let size = numbers.size();
    let mut jet = Jet::new(size, true);
    let rates = rate_ratios(data.counted, 1, &numbers.base);
    jet.log = rates.value;
    jet.slope[..BASE].copy_from_slice(&rates.gradient);
    for (i, row) in rates.hessian.iter().enumerate() {
        jet.bend[i * size..i * size + BASE].copy_from_slice(row);
    }
    let buying = &numbers.buying;
    for (k, (&covariate, value)) in buying.covariates.iter().zip(&buying.values).enumerate() {
        jet.log += value * data.sums.values[covariate];
        jet.slope[BASE + k] += data.sums.values[covariate];
    }
    jet
}

fn in_logarithms(jet: Jet, base: &[f64; BASE]) -> DenseEvaluation {
    let Jet {
        log,
        mut slope,
        mut bend,
    } = jet;
    let size = slope.len();
    let factor = |i: usize| base.get(i).copied().unwrap_or(1.0);
    for i in 0..size {
        slope[i] *= factor(i);
        for j in 0..size {
            bend[i * size + j] *= factor(i) * factor(j);
        }
        if i < BASE {
            bend[i * size + i] += slope[i];
        }
    }
    DenseEvaluation {
        value: log,
        gradient: slope,
        hessian: bend,
    }
}

fn add_scaled(sum: &mut [f64], part: &[f64], factor: f64) {
    for (sum, part) in sum.iter_mut().zip(part) {
        *sum += factor * part;
    }
}

#[cfg(test)]
mod tests {
    use super::super::customers::DatedHistories;
    use super::super::timelines::{ActsOn, CovariateTable, Timelines};
    use super::*;
    use crate::lifetime::Histories;

    const FREQUENCY: [f64; 7] = [0.0, 1.0, 2.0, 2.0, 7.0, 3.0, 60.0];
    const RECENCY: [f64; 7] = [0.0, 3.0, 30.43, 12.0, 38.0, 0.5, 39.0];
    const AGE: [f64; 7] = [30.0, 39.0, 38.86, 38.86, 38.5, 39.0, 39.0];
    const START: [f64; 7] = [9.0, 0.0, 0.14, 0.14, 0.5, 0.0, 0.0];

    fn timelines() -> Timelines {
        CovariateTable {
            names: &["sale", "season", "price"],
            acts_on: &[ActsOn::Buying, ActsOn::Both, ActsOn::Both],
            covariate: &[0, 0, 1, 1, 2, 2, 2],
            customer: &[None, None, None, None, Some(2), Some(4), Some(4)],
            from: &[4.0, 30.0, 10.0, 20.0, f64::NEG_INFINITY, 10.0, 25.0],
            until: &[6.0, 33.5, 20.0, 30.0, f64::INFINITY, 25.0, 38.0],
            value: &[1.0, 1.0, 0.5, -0.7, 1.2, 1.0, 3.0],
        }
        .check(FREQUENCY.len())
        .expect("valid")
    }

    fn with_data<T>(timelines: &Timelines, unit: f64, then: impl FnOnce(&Data<'_>) -> T) -> T {
        let weight = [3.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0];
        let histories = Histories {
            frequency: &FREQUENCY,
            recency: &RECENCY,
            age: &AGE,
            weight: Some(&weight),
            ..Histories::default()
        };
        let histories = histories.check().expect("valid");
        let customers = DatedHistories {
            histories,
            start: &START,
            covariates: timelines,
        };
        let all = &customers.check().expect("valid");
        let sums = PurchaseSums {
            values: vec![4.0, -2.5, 3.0][..timelines.len()].to_vec(),
            purchases: vec![4.0; timelines.len()],
        };
        then(&Data {
            customers: Customers {
                all,
                unit,
                step: 1,
                ahead: 0.0,
            },
            counted: &Counted::new(&histories, unit),
            sums: &sums,
        })
    }

    #[test]
    fn derivatives_agree_with_differences() {
        let timelines = timelines();
        let coefficients = [0.8, 0.3, -0.2, 0.4, 0.25];
        with_data(&timelines, 1.0, |data| {
            for base in [
                [0.6, 10.0, 0.6, 11.7],
                [0.6, 11.7, 0.6, 10.0],
                [0.6, 4.0, 3.0, 4.0],
                [2.0, 0.3, 0.1, 50.0],
            ] {
                let mut point: Vec<f64> = base.map(f64::ln).to_vec();
                point.extend(coefficients);
                let at = |point: &[f64]| evaluate(data, &Numbers::at_point(point, &timelines));
                let exact = at(&point);
                for i in 0..point.len() {
                    let moved = |step: f64| {
                        let mut point = point.clone();
                        point[i] += step;
                        at(&point)
                    };
                    let (up, down) = (moved(1e-5), moved(-1e-5));
                    let close = |found: f64, difference: f64| {
                        let difference = difference / 2e-5;
                        let apart = (found - difference).abs();
                        assert!(
                            apart < 1e-6 * (1.0 + found.abs()),
                            "{base:?} {i}: {found} {difference}"
                        );
                    };
                    close(exact.gradient[i], up.value - down.value);
                    for j in 0..point.len() {
                        close(exact.row(j)[i], up.gradient[j] - down.gradient[j]);
                    }
                }
            }
        });
    }

    #[test]
    fn without_covariates_it_is_pareto_nbd() {
        let none = Timelines::none(FREQUENCY.len());
        for base in [
            [0.6, 10.0, 0.6, 11.7],
            [2.0, 0.3, 0.1, 50.0],
            [1e4, 1e7, 1e-5, 1e-6],
        ] {
            let point = base.map(f64::ln);
            let numbers = Numbers::at_point(&point, &none);
            let (varying, plain) = with_data(&none, 39.0, |data| {
                let plain = crate::lifetime::pareto_nbd::likelihood::evaluate(data.counted, &base);
                (evaluate(data, &numbers), plain.in_logarithms(&base))
            });
            let plain = DenseEvaluation::from(&plain);
            let close = |a: f64, b: f64| {
                assert!((a - b).abs() < 1e-8 * (1.0 + b.abs()), "{base:?}: {a} {b}");
            };
            close(varying.value, plain.value);
            for i in 0..BASE {
                close(varying.gradient[i], plain.gradient[i]);
                for j in 0..BASE {
                    close(varying.row(i)[j], plain.row(i)[j]);
                }
            }
        }
    }
}
