//! What stands beside the drivers: how the brand does against competitors, what people say matters, and
//! where they find something important and are not satisfied.

use worth_model::Estimate;
use worth_model::drivers::{
    Against, OnMap, Opportunity, PerformanceMap, Ratings, StatedAndDerived, Tops, opportunity,
    performance_map, stated_and_derived,
};
use worth_model::experiment::Arm;
use worth_model::perceived::{Fitted, Survey};

use super::answer::Lines;
use super::{Analysis, Scores};
use crate::answers::{Answer, Kind, share_of_two_best};

/// All of it, one entry per driver.
pub(super) struct Beside {
    map: Option<(PerformanceMap, Against)>,
    /// Mean stated importance on 0..10, where anyone said it.
    pub(super) stated: Vec<Option<Estimate>>,
    /// Ranks by what people say and by what goes with the outcome, when all were said.
    pub(super) ranks: Option<StatedAndDerived>,
    /// Where importance and satisfaction were both said.
    pub(super) opportunities: Vec<Option<Opportunity>>,
}

impl Beside {
    /// `shares`: what each driver brings, when that is known.
    pub(super) fn of(
        analysis: &Analysis<'_>,
        scores: &Scores,
        (respondents, survey): (&[usize], &Survey),
        valued: &Fitted,
        shares: Option<&[Estimate]>,
    ) -> Self {
        let dimensions = analysis.layout.dimensions.len();
        let importance = |dimension: usize| -> Vec<f64> {
            let rows = 0..respondents.len();
            rows.map(|row| survey.importance[row * dimensions + dimension])
                .collect()
        };
        let level = analysis.question.level;
        let stated: Vec<Option<Estimate>> = (scores.dimensions.iter())
            .map(|&dimension| {
                let said = importance(dimension)
                    .into_iter()
                    .zip(survey.weights.iter().copied());
                let arm = Arm::of(said.filter(|(importance, _)| !importance.is_nan()));
                let mean = arm.average(level).expect("a level that was checked");
                (arm.people > 0).then(|| mean.scaled(10.0))
            })
            .collect();
        let ranks = shares.and_then(|shares| {
            let derived: Vec<f64> = shares.iter().map(|share| share.value).collect();
            let stated: Vec<f64> = stated.iter().flatten().map(|mean| mean.value).collect();
            let is_complete = stated.len() == derived.len() && stated.len() > 1;
            is_complete.then(|| stated_and_derived(&stated, &derived).ok())?
        });
        Self {
            map: shares.and_then(|shares| performance(analysis, scores, valued, shares)),
            opportunities: opportunities(analysis, scores, respondents, importance),
            stated,
            ranks,
        }
    }

    /// Where a driver stands on the map of importance and performance.
    pub(super) fn on_map(&self, place: usize) -> Option<OnMap> {
        let (map, _) = self.map.as_ref()?;
        Some(map.drivers[place])
    }

    /// The lines of that map.
    pub(super) fn lines(&self) -> Option<Lines> {
        let (map, against) = self.map.as_ref()?;
        Some(Lines {
            importance: map.importance_line,
            performance: map.performance_line,
            against: *against,
        })
    }
}

/// Against the competitors where they were scored on every driver, else own means.
fn performance(
    analysis: &Analysis<'_>,
    scores: &Scores,
    valued: &Fitted,
    shares: &[Estimate],
) -> Option<(PerformanceMap, Against)> {
    let is_cost = |dimension: usize| analysis.layout.dimensions[dimension].kind == Kind::Cost;
    let gap = |&dimension: &usize| {
        let gap = valued.against.as_ref()?.dimensions[dimension]?;
        Some(if is_cost(dimension) {
            gap.scaled(-1.0)
        } else {
            gap
        })
    };
    let own = |&dimension: &usize| {
        let mean = valued.brands[analysis.brand].dimensions[dimension]?.mean;
        Some(if is_cost(dimension) {
            mean.scaled(-1.0).shifted(11.0)
        } else {
            mean
        })
    };
    let all = |of: &dyn Fn(&usize) -> Option<Estimate>| -> Option<Vec<Estimate>> {
        scores.dimensions.iter().map(of).collect()
    };
    let (performance, against) = match all(&gap) {
        Some(gaps) => (gaps, Against::Competitors),
        None => (all(&own)?, Against::OtherDrivers),
    };
    let map = performance_map(shares, &performance, against).ok()?;
    Some((map, against))
}

/// Shares of the two best answers, of importance and of the score, one pair per respondent.
fn opportunities(
    analysis: &Analysis<'_>,
    scores: &Scores,
    respondents: &[usize],
    importance: impl Fn(usize) -> Vec<f64>,
) -> Vec<Option<Opportunity>> {
    // importance of the respondents who scored the brand, in the order of the scores
    let rows: Vec<usize> = scores
        .respondents
        .iter()
        .map(|number| {
            let row = respondents.binary_search(number);
            row.expect("scores are of respondents of the survey, in their order")
        })
        .collect();
    let columns = scores.dimensions.iter().zip(&scores.columns);
    columns
        .map(|(&dimension, satisfaction)| {
            let all = importance(dimension);
            let importance: Vec<f64> = rows.iter().map(|&row| all[row] * 10.0).collect();
            let name = &analysis.layout.dimensions[dimension];
            let top = |is_asked: &dyn Fn(&Answer) -> bool| {
                let asked = analysis
                    .answers
                    .given
                    .iter()
                    .filter(|answer| is_asked(answer));
                let shares = asked.map(|answer| share_of_two_best(answer.scale));
                // a thousandth: a score put on 1..10 must not miss by its last bit
                1.0 + 9.0 * shares.fold(1.0, f64::min) - 1e-3
            };
            let is_of = |answer: &Answer| answer.asked.dimension() == name.dimension;
            let ratings = Ratings {
                importance: &importance,
                satisfaction,
                weight: Some(&scores.weights),
            };
            let tops = Tops {
                importance: top(&|answer| answer.asked.is_importance() && is_of(answer)),
                satisfaction: top(&|answer| {
                    answer.asked.kind() == Some(name.kind) && is_of(answer)
                }),
            };
            opportunity(&ratings, tops, &analysis.resampling)
                .expect("columns of one length and settings that were checked")
        })
        .collect()
}
