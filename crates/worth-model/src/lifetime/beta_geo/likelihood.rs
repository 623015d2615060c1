//! The log-likelihood of BG/NBD and its relatives with its first and second derivatives.
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
//! With k steps per purchase (see [`phases`](super::phases) for A) the first sum and `x ln alpha` are
//! over k x steps, `r + x` is `r + k x`, `+ ln A` joins the first line and `- ln A` joins d; and the
//! times between purchases have a part of their own, see [`of_times`].
//!
//! Ratios of gamma functions over whole numbers are products, and summed over customers they need
//! only how many have more than j purchases: no special functions and nothing that overflows.

use super::super::calculus::LogSum;
use super::super::counted::{Counted, Group, Piece};
use super::super::gamma_mixture::{Unended, rate_ratios};
use super::Leaving;
use super::phases::Phases;
use crate::newton::Evaluation;
use crate::parallel::each;
use crate::symmetric::Vector;
use statrs::function::gamma::ln_gamma;

/// Log-likelihood at `[r, alpha, a, b]`, with k steps per purchase, and its derivatives with respect
/// to them.
pub(super) fn evaluate(
    data: &Counted,
    leaving: Leaving,
    k: u32,
    parameters: &Vector<4>,
) -> Evaluation<4> {
    let mut total = rate_ratios(data, k, parameters);
    total.add(&leaving_ratios(data, leaving, parameters));
    let one = |piece: &Piece| {
        let chances = data.groups[piece.group].frequency + leaving.chances_before_repeats();
        if chances == 0.0 {
            without_chance_to_leave(data, piece, k, parameters)
        } else {
            with_chances(data, piece, chances, k, parameters)
        }
    };
    for part in &each(&data.pieces, data.len(), one) {
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
    k: u32,
    &[r, alpha, ..]: &Vector<4>,
) -> Evaluation<4> {
    let mut sum = Evaluation::ZERO;
    let mut alive = Unended::new();
    for row in piece.rows.clone() {
        let (weight, age) = (data.weight_of(row), data.age[row]);
        let in_age = alive.add(weight, age, alpha);
        if k > 1 {
            let phases = Phases::after(k, r, age, in_age);
            sum.value += weight * phases.log;
            phases.add_to(&mut sum, weight);
        }
    }
    alive.put(r, 0, &mut sum);
    sum
}

/// Customers with the same number of repeat purchases, and as many chances of leaving.
fn with_chances(
    data: &Counted,
    piece: &Piece,
    chances: f64,
    k: u32,
    &[r, alpha, a, b]: &Vector<4>,
) -> Evaluation<4> {
    let x = data.groups[piece.group].frequency;
    let exponent = r + f64::from(k) * x;
    let in_b = 1.0 / (b + chances - 1.0);
    let base = (a * in_b).ln();
    let mut sum = Evaluation::ZERO;
    let (mut alive, mut log_one_plus) = (Unended::new(), LogSum::new());
    let mut log_odds = 0.0;
    let (mut left, mut left_q, mut left_e, mut left_ee) = (0.0, 0.0, 0.0, 0.0);
    let (mut v, mut v_q, mut v_e, mut v_qq, mut v_qe, mut v_ee) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for row in piece.rows.clone() {
        let weight = data.weight_of(row);
        let in_age = alive.add(weight, data.age[row], alpha);
        let in_recency = 1.0 / (alpha + data.recency[row]);
        let mut log_q = ((alpha + data.age[row]) * in_recency).ln();
        let mut d = base + exponent * log_q;
        let mut phases = Phases::ONE;
        if k > 1 {
            phases = Phases::after(k, exponent, data.age[row] - data.recency[row], in_age);
            d -= phases.log;
            sum.value += weight * phases.log;
        }
        let small = (-d.abs()).exp();
        let share = if d >= 0.0 { 1.0 } else { small } / (1.0 + small);
        // The derivative of ln q with respect to alpha.
        let mut e = in_age - in_recency;
        let weighted = weight * share;
        log_odds += weight * d.max(0.0);
        log_one_plus.add(weight, 1.0 + small);
        left += weighted;
        left_q += weighted * log_q;
        left_e += weighted * e;
        left_ee -= weighted * e * (in_age + in_recency);
        let spread = weighted * (1.0 - share);
        if k > 1 {
            phases.add_to(&mut sum, weight - weighted);
            // From here on as derivatives of d.
            log_q -= phases.slope[0];
            e -= phases.slope[1] / exponent;
        }
        v += spread;
        v_q += spread * log_q;
        v_e += spread * e;
        v_qq += spread * log_q * log_q;
        v_qe += spread * log_q * e;
        v_ee += spread * e * e;
    }
    alive.put(exponent, 0, &mut sum);
    let in_a = 1.0 / a;
    sum.value += log_odds + log_one_plus.total();
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

/// What the times between purchases add to the log-likelihood, whatever the parameters: nothing
/// with k = 1, by whose measure it is.
///
/// A time g has density `lambda^k g^(k-1) e^(-lambda g) / Γ(k)`. Where only the number of times and
/// their sum are known, it is that of the sum, `lambda^(kx) t_x^(kx-1) e^(-lambda t_x) / Γ(kx)`,
/// relative to the same with k = 1: so k can be told, though less surely.
pub(super) fn of_times(data: &Counted, k: u32) -> f64 {
    let steps = f64::from(k);
    match data.log_gaps {
        _ if k == 1 => 0.0,
        Some(log_gaps) => (steps - 1.0) * log_gaps - data.purchases * ln_gamma(steps),
        None => {
            let of_counts = |group: &Group| match group.frequency {
                0.0 => 0.0,
                x => group.customers * (ln_gamma(x) - ln_gamma(steps * x)),
            };
            let of_sums = (steps - 1.0) * data.log_recencies();
            of_sums + data.groups.iter().map(of_counts).sum::<f64>()
        }
    }
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
            for k in [1, 2, 3, 12] {
                agrees_with_differences(at, |point| evaluate(&data, leaving, k, point));
            }
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
            (evaluate(&counted, Leaving::AfterRepeatPurchase, 1, &[r, alpha, a, b]).value
                - written_out)
                .abs()
                < 1e-12
        );
    }

    /// Against `tests/published/condensed_beta_geo.py`, SciPy 1.17.1.
    #[test]
    fn regular_customers_match_brute_force() {
        use Leaving::{AfterAnyPurchase, AfterRepeatPurchase};
        for (k, leaving, x, t_x, log_likelihood) in [
            (2, AfterRepeatPurchase, 0.0, 0.0, -1.84385192259),
            (2, AfterRepeatPurchase, 3.0, 20.0, -15.8953112185),
            (2, AfterAnyPurchase, 0.0, 0.0, -0.997893657896),
            (2, AfterAnyPurchase, 7.0, 29.0, -26.8873866595),
            (3, AfterRepeatPurchase, 0.0, 0.0, -1.50337559537),
            (3, AfterRepeatPurchase, 7.0, 29.0, -30.6590690223),
            (3, AfterAnyPurchase, 3.0, 20.0, -19.2404244934),
        ] {
            let (frequency, recency) = ([x], [t_x]);
            let histories = Histories {
                frequency: &frequency,
                recency: &recency,
                age: &[30.0],
                ..Histories::default()
            };
            let counted = Counted::new(&histories.check().expect("valid"), 1.0);
            let found = evaluate(&counted, leaving, k, &[0.9, 2.1, 0.8, 2.4]).value;
            assert!((found - log_likelihood).abs() < 1e-9, "{k} {x}: {found}");
        }
    }

    #[test]
    fn times_add_their_densities() {
        // Times of 2, 3 and 5 for one customer and 7 for another, in units of 4.
        let log_gaps = [30f64.ln(), 7f64.ln()];
        let histories = Histories {
            frequency: &[3.0, 1.0],
            recency: &[10.0, 7.0],
            age: &[12.0, 9.0],
            log_gaps: Some(&log_gaps),
            ..Histories::default()
        };
        let of = |histories: Histories<'_>, k| {
            of_times(&Counted::new(&histories.check().expect("valid"), 4.0), k)
        };
        let product: f64 = [2.0, 3.0, 5.0, 7.0].iter().map(|time| time / 4.0).product();
        assert_eq!(of(histories, 1), 0.0);
        // Γ(3) = 2 for each of four times.
        let known = 2.0 * product.ln() - 4.0 * 2f64.ln();
        assert!((of(histories, 3) - known).abs() < 1e-12);
        // Of their sums alone: Γ(3)/Γ(9) for three of them, Γ(1)/Γ(3) for one.
        let sums = Histories {
            log_gaps: None,
            ..histories
        };
        let known = 2.0 * (3.0 * 2.5f64.ln() + 1.75f64.ln()) + (2.0 / 40320.0 / 2.0f64).ln();
        assert!((of(sums, 3) - known).abs() < 1e-12);
        assert_eq!(of(sums, 1), 0.0);
    }
}
