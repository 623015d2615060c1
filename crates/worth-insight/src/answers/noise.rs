//! How noisy respondents' scores are: from those who were asked the same on another day.

use std::collections::BTreeMap;
use std::sync::Arc;

use worth_model::link::{NoiseOrigin, ScoreNoise};

use super::{About, Answer, Answers, Asked, Brands, Layout};

/// What was asked, and about what.
type Question<'a> = (&'a Arc<Asked>, &'a Arc<About>);

/// Variance of the error in respondents' mean scores of a brand, one per dimension of the layout.
pub(crate) fn noises(
    answers: &Answers,
    brands: &Brands,
    brand: usize,
    layout: &Layout,
) -> Vec<ScoreNoise> {
    let dimensions = layout.dimensions.iter();
    let noises = dimensions.map(|name| {
        let is_of = |answer: &&Answer| {
            answer.asked.kind() == Some(name.kind)
                && answer.asked.dimension() == name.dimension
                && brands.place(answer.brand) == Some(brand)
        };
        noise(answers, is_of)
    });
    noises.collect()
}

fn noise(answers: &Answers, is_of: impl Fn(&&Answer) -> bool) -> ScoreNoise {
    let mut again: Vec<Vec<f64>> = Vec::new();
    let (mut step, mut shares, mut respondents) = (0.0_f64, 0.0, 0.0_f64);
    for given in answers.by_respondent() {
        let scored: Vec<&Answer> = given.iter().filter(&is_of).collect();
        if scored.is_empty() {
            continue;
        }
        shares += 1.0 / scored.len() as f64;
        respondents += 1.0;
        step = scored
            .iter()
            .map(|answer| answer.step())
            .fold(step, f64::max);
        // what differs between stages or on the same day is no second answer to the same question
        let mut by_question: BTreeMap<Question<'_>, BTreeMap<i32, f64>> = BTreeMap::new();
        for answer in scored {
            let by_day = by_question.entry((&answer.asked, &answer.about));
            by_day.or_default().insert(answer.day, answer.on_ten());
        }
        let by_day = by_question.into_values();
        again.extend(by_day.map(|by_day| by_day.into_values().collect()));
    }
    let of_answer = ScoreNoise::of(again.iter().map(Vec::as_slice), step);
    ScoreNoise {
        variance: of_answer.variance * shares / respondents.max(1.0),
        ..of_answer
    }
}

/// Variance of the error in a weighted sum of scores. It is only as well known as that of the scores.
pub(crate) fn noise_of_sum<'a>(parts: impl Iterator<Item = (f64, &'a ScoreNoise)>) -> ScoreNoise {
    let mut sum = ScoreNoise {
        variance: 0.0,
        origin: NoiseOrigin::AnsweredTwice,
    };
    for (weight, noise) in parts {
        sum.variance += weight * weight * noise.variance;
        if noise.origin == NoiseOrigin::ScaleStep {
            sum.origin = NoiseOrigin::ScaleStep;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variance: f64, origin: NoiseOrigin) -> ScoreNoise {
        ScoreNoise { variance, origin }
    }

    /// .6² · 2 + .4² · 1 = .88
    #[test]
    fn the_noise_of_a_sum_adds_with_squared_weights() {
        let twice = of(2.0, NoiseOrigin::AnsweredTwice);
        let step = of(1.0, NoiseOrigin::ScaleStep);
        let sum = noise_of_sum([(0.6, &twice), (-0.4, &step)].into_iter());
        assert!((sum.variance - 0.88).abs() < 1e-12);
        assert_eq!(sum.origin, NoiseOrigin::ScaleStep);
    }
}
