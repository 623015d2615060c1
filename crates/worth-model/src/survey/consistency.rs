//! Inconsistent forms: answers that go against all that others say, far more than people differ anyway.
//!
//! A score is put on 0..1 and compared with the mean of its question. What the respondent thinks of the
//! brand in general (its deviations, those of costs turned round, on average) is taken out; what is left,
//! over the variance that the question has in everyone, averages to the *misfit* of the form: near 1 for
//! most, 3 to 5 for answers at random (the mean-square fit of persons of Wright, Masters 1982, Rating
//! Scale Analysis, with means in place of a Rasch model). Its cube root is near normal whatever the number
//! of answers (Wilson, Hilferty 1931, doi:10.1073/pnas.17.12.684).
//!
//! How far it may stray is told by the forms themselves: by median and median absolute deviation, which
//! careless forms hardly move (Iglewicz, Hoaglin 1993; Leys and others 2013,
//! doi:10.1016/j.jesp.2013.03.013). Where people honestly differ much, few are doubted.

use super::doubts::{Answer, Rules, Sense, questions};
use crate::concentration::quantile;

/// The median absolute deviation of normal values, times this, is their standard deviation.
const TO_STANDARD_DEVIATION: f64 = 1.4826;

pub(super) fn inconsistent(forms: &[&[Answer]], rules: &Rules) -> Vec<bool> {
    let usual = Usual::of(forms, rules);
    let misfits: Vec<Option<f64>> = (forms.iter())
        .map(|form| usual.misfit(form, rules))
        .collect();
    let mut known: Vec<f64> = misfits.iter().flatten().copied().collect();
    let middle = median(&mut known);
    let mut deviations: Vec<f64> = known.iter().map(|misfit| (misfit - middle).abs()).collect();
    // never narrower than chance alone makes it
    let spread = (TO_STANDARD_DEVIATION * median(&mut deviations)).max(1.0);
    let is_enough = known.len() >= rules.fewest_forms;
    let is_far = |misfit: &Option<f64>| {
        misfit.is_some_and(|misfit| misfit - middle > rules.inconsistency * spread)
    };
    misfits
        .iter()
        .map(|misfit| is_enough && is_far(misfit))
        .collect()
}

/// What is usual: mean and variance of each question, `NAN` and 0 where too few answered.
struct Usual {
    means: Vec<f64>,
    /// Around what each respondent thinks of the brand in general.
    variances: Vec<f64>,
}

impl Usual {
    fn of(forms: &[&[Answer]], rules: &Rules) -> Self {
        let mut usual = Self {
            means: means(forms, rules),
            variances: Vec::new(),
        };
        let mut squares = vec![(0.0, 0.0); usual.means.len()];
        for form in forms {
            usual.each_residual(form, |question, residual, freedom| {
                squares[question].0 += residual * residual;
                squares[question].1 += freedom;
            });
        }
        let variance = |(squares, freedom): (f64, f64)| match freedom > 0.0 {
            true => squares / freedom,
            false => 0.0,
        };
        usual.variances = squares.into_iter().map(variance).collect();
        usual
    }

    /// In standard deviations of what chance alone would make of it.
    fn misfit(&self, form: &[Answer], rules: &Rules) -> Option<f64> {
        let (mut squares, mut freedom, mut answers) = (0.0, 0.0, 0);
        self.each_residual(form, |question, residual, free| {
            if self.variances[question] > 0.0 {
                squares += residual * residual / self.variances[question];
                freedom += free;
                answers += 1;
            }
        });
        if answers < rules.fewest_answers || freedom <= 0.0 {
            return None;
        }
        let variance = 2.0 / (9.0 * freedom);
        Some(((squares / freedom).cbrt() - (1.0 - variance)) / variance.sqrt())
    }

    /// Calls `see` with question, residual and the part of it that is free, of each answer about
    /// something that the form says more than one thing about.
    fn each_residual(&self, form: &[Answer], mut see: impl FnMut(usize, f64, f64)) {
        let deviation = |answer: &Answer| {
            let deviation = on_unit(answer) - self.means[answer.question];
            match answer.sense {
                Sense::Worse => -deviation,
                Sense::Better | Sense::Neither => deviation,
            }
        };
        let is_known =
            |answer: &&Answer| answer.is_judgement() && !self.means[answer.question].is_nan();
        let mut known: Vec<&Answer> = form.iter().filter(is_known).collect();
        known.sort_by_key(|answer| answer.about);
        for about in known.chunk_by(|one, other| one.about == other.about) {
            if about.len() < 2 {
                continue;
            }
            let answers = about.len() as f64;
            let general = about.iter().map(|answer| deviation(answer)).sum::<f64>() / answers;
            for answer in about {
                let free = 1.0 - 1.0 / answers;
                see(answer.question, deviation(answer) - general, free);
            }
        }
    }
}

fn means(forms: &[&[Answer]], rules: &Rules) -> Vec<f64> {
    let mut sums = vec![(0.0, 0_usize); questions(forms)];
    let answers = forms.iter().flat_map(|form| form.iter());
    for answer in answers.filter(|answer| answer.is_judgement()) {
        let (sum, count) = &mut sums[answer.question];
        *sum += on_unit(answer);
        *count += 1;
    }
    let mean = |(sum, count): (f64, usize)| match count >= rules.fewest_forms {
        true => sum / count as f64,
        false => f64::NAN,
    };
    sums.into_iter().map(mean).collect()
}

/// 0 is the first answer of the scale, 1 the last.
fn on_unit(answer: &Answer) -> f64 {
    let (first, last) = answer.scale;
    (answer.score - first) / (last - first)
}

/// Puts values in order; 0 of none.
fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    quantile(values, 0.5).unwrap_or(0.0)
}
