//! The log-likelihood of BG/NBD and of MBG/NBD with its first and second derivatives.
//!
//! For a customer with x repeat purchases, the last at t_x, observed until T (equation 6 of the
//! paper), with `q = (alpha + T) / (alpha + t_x)` and n chances of leaving, of which there is one
//! after each purchase that counts (n = x in BG/NBD, n = x + 1 in MBG/NBD):
//!
//! ```text
//! ln L = sum over j < x of ln(r + j)  +  sum over j < n of ln((b + j)/(a + b + j))   (ratios of gammas)
//!      - x ln alpha - (r + x) ln((alpha + T) / alpha)                     (still alive)
//!      + ln(1 + exp(d)),   d = ln a - ln(b + n - 1) + (r + x) ln q        (or left after t_x; n > 0)
//! ```
//!
//! Ratios of gamma functions over whole numbers are products, and summed over customers they need
//! only how many have more than j purchases: no special functions and nothing that overflows.

use super::super::counted::{Counted, Piece};
use super::super::gamma_mixture::{Unended, rate_ratios};
use super::Leaving;
use crate::newton::Evaluation;
use crate::symmetric::Vector;
use rayon::prelude::*;

/// Log-likelihood at `[r, alpha, a, b]` and its derivatives with respect to them.
pub(super) fn evaluate(data: &Counted, leaving: Leaving, parameters: &Vector<4>) -> Evaluation<4> {
    let mut total = rate_ratios(data, parameters);
    total.add(&leaving_ratios(data, leaving, parameters));
    let one = |piece: &Piece| {
        let chances = data.groups[piece.group].frequency + leaving.chances_before_repeats();
        if chances == 0.0 {
            without_chance_to_leave(data, piece, parameters)
        } else {
            with_chances(data, piece, chances, parameters)
        }
    };
    let parts: Vec<Evaluation<4>> = if data.pieces.len() < 4 {
        data.pieces.iter().map(one).collect()
    } else {
        data.pieces.par_iter().map(one).collect()
    };
    for part in &parts {
        total.add(part);
    }
    total
}

/// Ratios of gammas in a and b: each chance of leaving that was not taken.
fn leaving_ratios(data: &Counted, leaving: Leaving, &[_, _, a, b]: &Vector<4>) -> Evaluation<4> {
    let mut sum = Evaluation::ZERO;
    let everyone = (leaving == Leaving::AfterAnyPurchase).then_some(data.customers);
    let with_chance = everyone.into_iter().chain(data.above.iter().copied());
    for (j, customers) in with_chance.enumerate() {
        let j = j as f64;
        let (in_b, in_ab) = (1.0 / (b + j), 1.0 / (a + b + j));
        sum.value -= customers * (a * in_b).ln_1p();
        sum.gradient[2] -= customers * in_ab;
        sum.gradient[3] += customers * (in_b - in_ab);
        sum.hessian[2][2] += customers * in_ab * in_ab;
        sum.hessian[2][3] += customers * in_ab * in_ab;
        sum.hessian[3][3] += customers * (in_ab * in_ab - in_b * in_b);
    }
    sum.hessian[3][2] = sum.hessian[2][3];
    sum
}

/// Customers who never came back: alive for certain, as far as BG/NBD can tell.
fn without_chance_to_leave(
    data: &Counted,
    piece: &Piece,
    &[r, alpha, ..]: &Vector<4>,
) -> Evaluation<4> {
    let mut alive = Unended::default();
    for row in piece.rows.clone() {
        alive.add(data.weight_of(row), data.age[row], alpha);
    }
    let mut sum = Evaluation::ZERO;
    alive.put(r, 0, &mut sum);
    sum
}

/// Customers with the same number of repeat purchases, and as many chances of leaving.
fn with_chances(
    data: &Counted,
    piece: &Piece,
    chances: f64,
    &[r, alpha, a, b]: &Vector<4>,
) -> Evaluation<4> {
    let x = data.groups[piece.group].frequency;
    let exponent = r + x;
    let in_b = 1.0 / (b + chances - 1.0);
    let base = (a * in_b).ln();
    let mut alive = Unended::default();
    let (mut left, mut log_one_plus) = (0.0, 0.0);
    let (mut left_q, mut left_e, mut left_ee) = (0.0, 0.0, 0.0);
    let (mut v, mut v_q, mut v_e, mut v_qq, mut v_qe, mut v_ee) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for row in piece.rows.clone() {
        let weight = data.weight_of(row);
        let in_age = alive.add(weight, data.age[row], alpha);
        let in_recency = 1.0 / (alpha + data.recency[row]);
        let log_q = ((alpha + data.age[row]) * in_recency).ln();
        let d = base + exponent * log_q;
        let small = (-d.abs()).exp();
        let share = if d >= 0.0 { 1.0 } else { small } / (1.0 + small);
        // The derivative of ln q with respect to alpha.
        let e = in_age - in_recency;
        let weighted = weight * share;
        log_one_plus += weight * (d.max(0.0) + (1.0 + small).ln());
        left += weighted;
        left_q += weighted * log_q;
        left_e += weighted * e;
        left_ee -= weighted * e * (in_age + in_recency);
        let spread = weighted * (1.0 - share);
        v += spread;
        v_q += spread * log_q;
        v_e += spread * e;
        v_qq += spread * log_q * log_q;
        v_qe += spread * log_q * e;
        v_ee += spread * e * e;
    }
    let mut sum = Evaluation::ZERO;
    alive.put(exponent, 0, &mut sum);
    let in_a = 1.0 / a;
    sum.value += log_one_plus;
    sum.gradient[0] += left_q;
    sum.gradient[1] += exponent * left_e;
    sum.gradient[2] += left * in_a;
    sum.gradient[3] -= left * in_b;
    let upper = [
        (0, 0, v_qq),
        (0, 1, left_e + exponent * v_qe),
        (0, 2, v_q * in_a),
        (0, 3, -v_q * in_b),
        (1, 1, exponent * (left_ee + exponent * v_ee)),
        (1, 2, exponent * v_e * in_a),
        (1, 3, -exponent * v_e * in_b),
        (2, 2, (v - left) * in_a * in_a),
        (2, 3, -v * in_a * in_b),
        (3, 3, (v + left) * in_b * in_b),
    ];
    for (i, j, value) in upper {
        sum.hessian[i][j] += value;
        if i != j {
            sum.hessian[j][i] += value;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifetime::Histories;
    use crate::newton::agrees_with_differences;

    fn data() -> Counted {
        let histories = Histories {
            frequency: &[0.0, 1.0, 2.0, 7.0, 3.0],
            recency: &[0.0, 3.0, 30.43, 38.0, 0.5],
            age: &[30.0, 39.0, 38.86, 38.5, 39.0],
            weight: Some(&[3.0, 2.0, 1.0, 1.0, 1.0]),
            ..Histories::default()
        };
        Counted::new(&histories.check().expect("valid"), 1.0)
    }

    #[test]
    fn derivatives_agree_with_differences() {
        let data = data();
        let at = [0.6, 4.0, 0.8, 2.4];
        for leaving in [Leaving::AfterRepeatPurchase, Leaving::AfterAnyPurchase] {
            agrees_with_differences(at, |point| evaluate(&data, leaving, point));
        }
    }

    #[test]
    fn one_customer_as_in_the_paper() {
        // ln L written out with gamma functions, equation 6.
        use statrs::function::gamma::ln_gamma;
        let (r, alpha, a, b) = (0.243, 4.414, 0.793, 2.426);
        let (x, t_x, age) = (2.0, 30.43, 38.86);
        let histories = Histories {
            frequency: &[x],
            recency: &[t_x],
            age: &[age],
            ..Histories::default()
        };
        let counted = Counted::new(&histories.check().expect("valid"), 1.0);
        let first = ln_gamma(r + x) - ln_gamma(r) + r * f64::ln(alpha);
        let second = ln_gamma(a + b) + ln_gamma(b + x) - ln_gamma(b) - ln_gamma(a + b + x);
        let alive = (alpha + age).powf(-(r + x));
        let gone = a / (b + x - 1.0) * (alpha + t_x).powf(-(r + x));
        let written_out = first + second + (alive + gone).ln();
        assert!(
            (evaluate(&counted, Leaving::AfterRepeatPurchase, &[r, alpha, a, b]).value
                - written_out)
                .abs()
                < 1e-12
        );
    }
}
