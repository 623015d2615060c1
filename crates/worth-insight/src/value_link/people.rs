//! Of each respondent what was felt, said and done: the columns that links are found from.

use worth_model::experiment::Arm;
use worth_model::link::ScoreNoise;
use worth_model::perceived::Weights;
use worth_model::{Estimate, Resampling};

use crate::answers::{Answer, Answers, Brands, Kind, Layout, noise_of_sum, noises};
use crate::behaviour::{Behaviour, Experience, Record};

/// The benefit that is trust, by its usual name.
pub(super) const TRUST: &str = "trust";

/// One row per respondent who scored the own brand; `NAN` where something is not known.
#[derive(Debug, Default)]
pub(super) struct People {
    pub(super) weight: Vec<f64>,
    /// Times something failed, a delivery was late, or the customer complained, in the half year before
    /// the answer; not known of who is no customer.
    pub(super) troubles: [Vec<f64>; 3],
    /// Benefits − costs, in points.
    pub(super) value: Vec<f64>,
    /// The same without what was said of trust.
    pub(super) value_without_trust: Vec<f64>,
    pub(super) trust: Vec<f64>,
    /// Share of wallet, 0..1.
    pub(super) share: Vec<f64>,
    /// Habits before the answer, in the order of [`crate::behaviour::Before::CONTROLS`].
    pub(super) habits: [Vec<f64>; 4],
    /// Whether there was a purchase in the days after: 1 or 0.
    pub(super) bought: Vec<f64>,
    /// What was paid in the days after.
    pub(super) revenue: Vec<f64>,
    /// Days until the next purchase or the end of observation, and whether there was one.
    pub(super) until_next: Vec<(f64, bool)>,
    /// How noisy `value` is; none when nobody scored anything.
    pub(super) noise: Option<ScoreNoise>,
    /// How noisy `value_without_trust` and `trust` are.
    pub(super) noise_without_trust: Option<ScoreNoise>,
    pub(super) noise_of_trust: Option<ScoreNoise>,
}

impl People {
    pub(super) fn of(
        answers: &Answers,
        brands: &Brands,
        layout: &Layout,
        resampling: &Resampling,
        behaviour: &Behaviour,
        experience: &Experience,
    ) -> Self {
        let (respondents, survey) = layout.survey(answers, brands, |_| true);
        let fitted = layout
            .spec(0, resampling, Weights::Asked)
            .fit(&survey)
            .expect("spec and matrices are made from the same layout");
        let dimensions = layout.dimensions.len();
        let trust = layout
            .dimensions
            .iter()
            .position(|name| name.kind == Kind::Benefit && name.dimension == TRUST);
        let shares = shares_of_wallet(answers, brands);
        let mut people = Self::default();
        for (row, &respondent) in respondents.iter().enumerate() {
            let start = row * brands.names.len() * dimensions;
            let scores = &survey.scores[start..start + dimensions];
            if scores.iter().all(|score| score.is_nan()) {
                continue;
            }
            let mut others = scores.to_vec();
            if let Some(trust) = trust {
                others[trust] = f64::NAN;
            }
            people.weight.push(survey.weights[row]);
            people.value.push(fitted.respondent(scores).difference);
            people
                .value_without_trust
                .push(fitted.respondent(&others).difference);
            people
                .trust
                .push(trust.map_or(f64::NAN, |trust| scores[trust]));
            people.share.push(shares[respondent]);
            let customer_id = answers.respondents[respondent].customer_id.as_deref();
            let known = customer_id.zip(behaviour.of_respondent(respondent));
            people.add_behaviour(known, experience);
        }
        if !people.value.is_empty() {
            let noises = noises(answers, brands, 0, layout);
            let weights = || {
                let signed = fitted.weights.iter().enumerate().map(|(place, weight)| {
                    let sign = if place < layout.benefits { 1.0 } else { -1.0 };
                    sign * weight.weight.value
                });
                signed.zip(&noises)
            };
            people.noise = Some(noise_of_sum(weights()));
            if let Some(trust) = trust {
                // the weights of the other benefits add to 1 without it
                let rest = 1.0 - fitted.weights[trust].weight.value;
                let others = weights().enumerate().filter(|(place, _)| *place != trust);
                let others = others.map(|(place, (weight, noise))| {
                    let is_benefit = place < layout.benefits;
                    (if is_benefit { weight / rest } else { weight }, noise)
                });
                people.noise_without_trust = Some(noise_of_sum(others));
                people.noise_of_trust = Some(noises[trust]);
            }
        }
        people
    }

    fn add_behaviour(&mut self, known: Option<(&str, &Record)>, experience: &Experience) {
        let troubles = known.map(|(id, record)| experience.before(id, record.day));
        for (place, column) in self.troubles.iter_mut().enumerate() {
            column.push(troubles.map_or(f64::NAN, |times| f64::from(times[place])));
        }
        let habits = known.map(|(_, record)| record.before.controls());
        for (place, column) in self.habits.iter_mut().enumerate() {
            column.push(habits.map_or(f64::NAN, |habits| habits[place]));
        }
        let after = known.and_then(|(_, record)| record.after);
        let bought = after.map(|after| f64::from(u8::from(after.bought)));
        self.bought.push(bought.unwrap_or(f64::NAN));
        self.revenue
            .push(after.map_or(f64::NAN, |after| after.revenue));
        let next =
            known.map(|(_, record)| (f64::from(record.days_until_next), record.bought_again));
        self.until_next.push(next.unwrap_or((f64::NAN, false)));
    }

    /// People who scored the own brand.
    pub(super) fn respondents(&self) -> u64 {
        self.value.len() as u64
    }

    /// Those of them who are known to be customers.
    pub(super) fn customers(&self) -> u64 {
        self.until_next
            .iter()
            .filter(|(days, _)| !days.is_nan())
            .count() as u64
    }

    /// Share of customers who bought in the days after their answer.
    pub(super) fn bought_again(&self, level: f64) -> Option<Estimate> {
        self.mean(&self.bought, level, |_| true)
    }

    /// What those who bought in the days after their answer paid.
    pub(super) fn revenue_of_buyers(&self, level: f64) -> Option<Estimate> {
        self.mean(&self.revenue, level, |row| self.bought[row] == 1.0)
    }

    fn mean(&self, column: &[f64], level: f64, counts: impl Fn(usize) -> bool) -> Option<Estimate> {
        let known = (0..column.len()).filter(|&row| !column[row].is_nan() && counts(row));
        let arm = Arm::of(known.map(|row| (column[row], self.weight[row])));
        let mean = arm.average(level).expect("a level that was checked");
        (arm.people > 0).then_some(mean)
    }
}

/// Of each respondent the newest answer to "how many of the last ten", as a share; `NAN` without one.
fn shares_of_wallet(answers: &Answers, brands: &Brands) -> Vec<f64> {
    let mut shares = vec![f64::NAN; answers.respondents.len()];
    for given in answers.by_respondent() {
        let of_own = given.iter().filter(|answer| {
            answer.asked.measure == "share" && brands.place(answer.brand) == Some(0)
        });
        if let Some(newest) = of_own.max_by_key(|answer| answer.day) {
            shares[given[0].respondent] = share(newest);
        }
    }
    shares
}

fn share(answer: &Answer) -> f64 {
    (answer.on_ten() - 1.0) / 9.0
}
