//! The log-likelihood of Pareto/NBD with its first and second derivatives.
//!
//! For a customer with x repeat purchases, the last at t_x, observed until T:
//!
//! ```text
//! ln L = sum over j < x of ln(r + j)  -  x ln alpha
//!      - (r + x) ln((alpha + T)/alpha)  -  s ln((beta + T)/beta)           (still alive)
//!      + ln(1 + exp(d)),   d = logarithm of the odds of having left        (or left since t_x)
//! ```

use rayon::prelude::*;

use super::super::calculus::LogSum;
use super::super::counted::{Counted, Piece};
use super::super::gamma_mixture::{Unended, rate_ratios};
use super::gone::Customer;
use crate::newton::Evaluation;
use crate::symmetric::Vector;

/// Log-likelihood at `[r, alpha, s, beta]` and its derivatives with respect to them.
pub(super) fn evaluate(data: &Counted, parameters: &Vector<4>) -> Evaluation<4> {
    let mut total = rate_ratios(data, 1, parameters);
    let parts: Vec<Evaluation<4>> = data
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
fn of_piece(data: &Counted, piece: &Piece, &[r, alpha, s, beta]: &Vector<4>) -> Evaluation<4> {
    let x = data.groups[piece.group].frequency;
    let (mut buying, mut staying) = (Unended::new(), Unended::new());
    let mut log_one_plus = LogSum::new();
    let mut sum = Evaluation::ZERO;
    for row in piece.rows.clone() {
        let weight = data.weight_of(row);
        buying.add(weight, data.age[row], alpha);
        staying.add(weight, data.age[row], beta);
        let customer = Customer {
            r,
            alpha,
            s,
            beta,
            frequency: x,
            recency: data.recency[row],
            age: data.age[row],
        };
        // Someone who has just bought has not left.
        if let Some(odds) = customer.odds_gone() {
            odds.add_to(&mut sum, &mut log_one_plus, weight);
        }
    }
    sum.mirror();
    sum.value += log_one_plus.total();
    buying.put(r + x, 0, &mut sum);
    staying.put(s, 2, &mut sum);
    sum
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
            [0.6, 10.0, 0.6, 11.7],
            [0.6, 11.7, 0.6, 10.0],
            [0.6, 4.0, 3.0, 4.0],
            [2.0, 0.3, 0.1, 50.0],
        ] {
            agrees_with_differences(at, |point| evaluate(&data, point));
        }
    }

    /// Equation A0 of the note by Fader and Hardie (2005), with 2F1 as its power series.
    fn written_out([r, alpha, s, beta]: [f64; 4], x: f64, t_x: f64, age: f64) -> f64 {
        use statrs::function::gamma::ln_gamma;
        let hypergeometric = |a: f64, b: f64, c: f64, z: f64| {
            let (mut term, mut sum, mut k) = (1.0, 1.0, 0.0);
            while term > 1e-17 * sum {
                term *= (a + k) * (b + k) / ((c + k) * (k + 1.0)) * z;
                sum += term;
                k += 1.0;
            }
            sum
        };
        let (largest, apart, power) = if alpha >= beta {
            (alpha, alpha - beta, s + 1.0)
        } else {
            (beta, beta - alpha, r + x)
        };
        let all = r + s + x;
        let at = |time: f64| {
            let z = apart / (largest + time);
            hypergeometric(all, power, all + 1.0, z) / (largest + time).powf(all)
        };
        let alive = (alpha + age).powf(-(r + x)) * (beta + age).powf(-s);
        let gone = s / all * (at(t_x) - at(age));
        ln_gamma(r + x) - ln_gamma(r) + r * alpha.ln() + s * beta.ln() + (alive + gone).ln()
    }

    #[test]
    fn one_customer_as_in_the_note() {
        for parameters in [
            [0.553, 10.578, 0.606, 11.669],
            [0.553, 11.669, 0.606, 10.578],
            [1.3, 7.0, 2.2, 7.0],
            [0.553, 40.0, 0.606, 3.0],
            [0.553, 3.0, 0.606, 40.0],
        ] {
            for (x, t_x, age) in [
                (2.0, 30.43, 38.86),
                (0.0, 0.0, 38.86),
                (26.0, 30.86, 31.0),
                (9.0, 5.0, 60.0),
            ] {
                let found = evaluate(&counted(x, t_x, age), &parameters).value;
                let written_out = written_out(parameters, x, t_x, age);
                assert!(
                    (found - written_out).abs() < 1e-8,
                    "{parameters:?} {x}: {found} {written_out}"
                );
            }
        }
    }

    #[test]
    fn very_many_purchases_and_very_long_times_stay_finite() {
        for x in [0.0, 1.0, 500.0, 1e4] {
            for age in [1e-3, 1.0, 1e5] {
                for part in [1e-6, 0.5, 1.0 - 1e-9, 1.0] {
                    let t_x = if x > 0.0 { age * part } else { 0.0 };
                    let data = counted(x, t_x, age);
                    for r in [1e-5, 0.5, 1e4] {
                        for s in [1e-5, 0.6, 1e4] {
                            for (alpha, beta) in [(1e-6, 1e7), (1e7, 1e-6), (10.0, 12.0)] {
                                let found = evaluate(&data, &[r, alpha, s, beta]);
                                let numbers =
                                    found.gradient.iter().chain(found.hessian.iter().flatten());
                                assert!(
                                    found.value.is_finite() && numbers.copied().all(f64::is_finite),
                                    "{x} {t_x} {age}: {r} {alpha} {s} {beta}: {found:?}"
                                );
                            }
                        }
                    }
                }
            }
        }
    }
}
