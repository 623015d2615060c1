//! The numbers of a score, and how differently two groups of other people rate.

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::experiment::{
    Arm, difference_of_means, difference_of_shares, p_of_equal_means, p_of_equal_shares,
};
use worth_model::scores::{AcsiAnswers, Answers, EQUAL_WEIGHTS, acsi, net_promoter, rated};

use super::answer::{Promoters, ScoreName};
use super::ratings::{Rating, Scale};

/// Easy from this answer on, of 1..7 (Dixon, Freeman, Toman 2010).
const EASY: f64 = 5.0;

/// A score of some respondents.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Measured {
    /// Respondents it rests on.
    pub respondents: u64,
    /// Respondents of equal weight who would say as much.
    pub effective: f64,
    /// Respondents who answered only a part of its questions, and are left out of it.
    pub incomplete: u64,
    /// NPS in points −100..100, CSAT and CES as shares 0..1, ACSI 0..100.
    pub value: Estimate,
    /// Of CSAT the mean answer on its own scale, of CES that on 1..7 where 7 is easiest.
    pub mean: Option<Estimate>,
    /// Of NPS: who makes it.
    pub promoters: Option<Promoters>,
    /// Smallest change that another survey like this one would show 80 times in 100, in the unit of
    /// the value.
    pub smallest_change: f64,
}

/// Columns of ratings, as `worth-model` takes them.
struct Columns {
    values: [Vec<f64>; 3],
    weights: Vec<f64>,
}

impl Columns {
    fn of(ratings: &[Rating]) -> Self {
        let column = |place: usize| ratings.iter().map(|rating| rating.values[place]).collect();
        Self {
            values: [column(0), column(1), column(2)],
            weights: ratings.iter().map(|rating| rating.weight).collect(),
        }
    }

    fn answers(&self) -> Answers<'_> {
        Answers {
            scores: &self.values[0],
            weight: Some(&self.weights),
        }
    }
}

const CHECKED: &str = "answers lie on their scale, weights are above 0, and the level was checked";

/// The score; nothing when nobody answered what it is made of.
pub(super) fn measure(
    name: ScoreName,
    scale: &Scale,
    ratings: &[Rating],
    level: f64,
) -> Option<Measured> {
    let columns = Columns::of(ratings);
    match name {
        ScoreName::Nps => {
            let found = net_promoter(&columns.answers(), level).expect(CHECKED)?;
            Some(Measured {
                respondents: ratings.len() as u64,
                effective: found.effective,
                incomplete: 0,
                value: found.score,
                mean: None,
                promoters: Some(Promoters {
                    promoters: found.promoters,
                    passives: found.passives,
                    detractors: found.detractors,
                    plain: found.plain,
                }),
                smallest_change: found.smallest_change,
            })
        }
        ScoreName::Csat | ScoreName::Ces => {
            let found = rated(&columns.answers(), good(name, scale), level).expect(CHECKED)?;
            Some(Measured {
                respondents: found.answers,
                effective: found.effective,
                incomplete: 0,
                value: found.share,
                mean: Some(found.mean),
                promoters: None,
                smallest_change: found.smallest_change_of_share,
            })
        }
        ScoreName::Acsi => {
            let [satisfaction, expectancy, ideal] = &columns.values;
            let answers = AcsiAnswers {
                satisfaction,
                expectancy,
                ideal,
                weight: Some(&columns.weights),
            };
            let found = acsi(&answers, EQUAL_WEIGHTS, level).expect(CHECKED)?;
            Some(Measured {
                respondents: found.respondents,
                effective: found.effective,
                incomplete: found.incomplete,
                value: found.index,
                mean: None,
                promoters: None,
                smallest_change: found.smallest_change,
            })
        }
    }
}

/// The score of some less that of others, and how probable a difference at least as large is by
/// chance.
pub(super) fn difference(
    name: ScoreName,
    scale: &Scale,
    (one, one_measured): (&[Rating], &Measured),
    (other, other_measured): (&[Rating], &Measured),
    level: f64,
) -> (Estimate, f64) {
    let arm = |ratings: &[Rating]| {
        let numbers = ratings
            .iter()
            .map(|rating| (number(name, scale, rating), rating.weight));
        Arm::of(numbers.filter(|(number, _)| !number.is_nan()))
    };
    let (one, other) = (arm(one), arm(other));
    match name {
        ScoreName::Nps => (
            one_measured.value.less(&other_measured.value),
            p_of_equal_means(&one, &other),
        ),
        ScoreName::Csat | ScoreName::Ces => (
            difference_of_shares(&one, &other, level).expect(CHECKED),
            p_of_equal_shares(&one, &other),
        ),
        ScoreName::Acsi => (
            difference_of_means(&one, &other, level).expect(CHECKED),
            p_of_equal_means(&one, &other),
        ),
    }
}

/// The number of one respondent whose mean is the score.
fn number(name: ScoreName, scale: &Scale, rating: &Rating) -> f64 {
    let [first, second, third] = rating.values;
    match name {
        ScoreName::Nps if first >= 9.0 => 100.0,
        ScoreName::Nps if first >= 7.0 => 0.0,
        ScoreName::Nps => -100.0,
        ScoreName::Csat | ScoreName::Ces => f64::from(u8::from(first >= good(name, scale))),
        ScoreName::Acsi => ((first + second + third) / 3.0 - 1.0) / 9.0 * 100.0,
    }
}

/// The lowest good answer.
fn good(name: ScoreName, scale: &Scale) -> f64 {
    match name {
        ScoreName::Ces => EASY,
        _ => scale.lowest_good(),
    }
}
