//! The log-likelihood of Gompertz/NBD with its first and second derivatives.
//!
//! For a customer with x repeat purchases, the last at t_x, observed until T:
//!
//! ```text
//! ln L = sum over j < x of ln(r + j)  -  x ln alpha
//!      - (r + x) ln((alpha + T)/alpha)  -  s v(T)                           (still alive)
//!      + ln(1 + exp(d)),   d = logarithm of the odds of having left         (or left since t_x)
//! ```

use rayon::prelude::*;

use super::super::calculus::LogSum;
use super::super::counted::{Counted, Piece};
use super::super::gamma_mixture::{Unended, rate_ratios};
use super::gompertz::Gompertz;
use super::gone::{Change, Customer};
use crate::newton::Evaluation;
use crate::symmetric::Vector;

/// Log-likelihood at `[r, alpha, b, s, beta]` and its derivatives with respect to them.
pub(super) fn evaluate(data: &Counted, parameters: &Vector<5>) -> Evaluation<5> {
    let mut total = rate_ratios(data, 1, parameters);
    let parts: Vec<Evaluation<5>> = data
        .pieces
        .par_iter()
        .map(|piece| of_piece(data, piece, parameters))
        .collect();
    for part in &parts {
        total.add(part);
    }
    total
}

/// Customers with the same number of repeat purchases.
fn of_piece(data: &Counted, piece: &Piece, &[r, alpha, b, s, beta]: &Vector<5>) -> Evaluation<5> {
    let x = data.groups[piece.group].frequency;
    let stay = Gompertz { b, s, beta };
    let mut buying = Unended::new();
    let mut log_one_plus = LogSum::new();
    let mut sum = Evaluation::ZERO;
    for row in piece.rows.clone() {
        let (weight, age) = (data.weight_of(row), data.age[row]);
        buying.add(weight, age, alpha);
        add_staying(&stay, weight, age, &mut sum);
        let customer = Customer {
            r,
            alpha,
            stay,
            frequency: x,
            recency: data.recency[row],
            age,
        };
        // Someone who has just bought has not left.
        if let Some(odds) = customer.odds_gone() {
            odds.add_to(&mut sum, &mut log_one_plus, weight);
        }
    }
    sum.mirror();
    sum.value += log_one_plus.total();
    buying.put(r + x, 0, &mut sum);
    sum
}

/// Adds `-s v(T)`; of the second derivatives only the upper half.
fn add_staying(stay: &Gompertz, weight: f64, age: f64, sum: &mut Evaluation<5>) {
    let Gompertz { b, s, beta } = *stay;
    let after = stay.after(age);
    let change = Change::at(stay, age, after.beta, after.faded);
    // 1/beta - e^(-bT)/d, without taking a difference.
    let by_beta = -(-b * age).exp_m1() / (beta * after.beta);
    sum.value -= weight * s * after.hazard;
    sum.gradient[2] -= weight * s * change.by_b;
    sum.gradient[3] -= weight * after.hazard;
    sum.gradient[4] += weight * s * by_beta;
    sum.hessian[2][2] -= weight * s * change.by_b_twice;
    sum.hessian[2][3] -= weight * change.by_b;
    sum.hessian[2][4] += weight * s * change.by_b * change.by_beta;
    sum.hessian[3][4] += weight * by_beta;
    sum.hessian[4][4] -= weight * s * by_beta * (1.0 / beta + change.by_beta);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifetime::Histories;
    use crate::newton::agrees_with_differences;

    fn counted(x: f64, t_x: f64, age: f64) -> Counted {
        let histories = Histories {
            frequency: &[x],
            recency: &[t_x],
            age: &[age],
            ..Histories::default()
        };
        Counted::new(&histories.check().expect("valid"), 1.0)
    }

    #[test]
    fn derivatives_agree_with_differences() {
        let histories = Histories {
            frequency: &[0.0, 1.0, 2.0, 7.0, 3.0, 60.0],
            recency: &[0.0, 3.0, 30.43, 38.0, 0.5, 39.0],
            age: &[30.0, 39.0, 38.86, 38.5, 39.0, 39.0],
            weight: Some(&[3.0, 2.0, 1.0, 1.0, 1.0, 1.0]),
            ..Histories::default()
        };
        let data = Counted::new(&histories.check().expect("valid"), 1.0);
        for at in [
            [0.6, 10.0, 0.1, 0.6, 20.0],
            [0.6, 10.0, 0.05, 0.6, 0.3],
            [0.6, 4.0, 0.5, 3.0, 1.0],
            [2.0, 0.3, 0.6, 0.1, 1e6],
            [0.6, 10.0, 0.01, 0.6, 0.117],
        ] {
            agrees_with_differences(at, |point| evaluate(&data, point));
        }
    }

    /// Numbers of `tests/published/gompertz_nbd.txt`.
    #[test]
    fn single_customers_match_brute_force() {
        for (stay, x, t_x, log_likelihood) in [
            ([0.12, 1.1, 20.0], 0.0, 0.0, -1.26456159242),
            ([0.12, 1.1, 20.0], 7.0, 29.0, -19.4691350823),
            ([0.03, 0.6, 0.2], 3.0, 20.0, -11.5063673566),
            ([0.5, 2.0, 1e6], 3.0, 20.0, -10.2756904157),
            ([0.001, 0.6, 0.012], 0.0, 0.0, -1.01237696559),
        ] {
            let [b, s, beta] = stay;
            let found = evaluate(&counted(x, t_x, 30.0), &[0.9, 6.0, b, s, beta]).value;
            assert!(
                (found - log_likelihood).abs() < 1e-9,
                "{stay:?} {x}: {found}"
            );
        }
    }

    #[test]
    fn very_many_purchases_and_very_long_times_stay_finite() {
        for x in [0.0, 1.0, 500.0, 1e4] {
            for age in [1e-3, 1.0, 1e5] {
                for part in [1e-6, 0.5, 1.0 - 1e-9, 1.0] {
                    let t_x = if x > 0.0 { age * part } else { 0.0 };
                    let data = counted(x, t_x, age);
                    for r in [1e-5, 1e4] {
                        for s in [1e-5, 0.6, 1e4] {
                            for alpha in [1e-6, 10.0, 1e7] {
                                for (b, beta) in [
                                    (1e-5, 1e-11),
                                    (1e-5, 1e12),
                                    (1.0, 1.0),
                                    (100.0, 1e-11),
                                    (100.0, 1e12),
                                ] {
                                    let found = evaluate(&data, &[r, alpha, b, s, beta]);
                                    let numbers =
                                        found.gradient.iter().chain(found.hessian.iter().flatten());
                                    assert!(
                                        found.value.is_finite()
                                            && numbers.copied().all(f64::is_finite),
                                        "{x} {t_x} {age}: {r} {alpha} {b} {s} {beta}: {found:?}"
                                    );
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
