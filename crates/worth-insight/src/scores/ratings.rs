//! What a score is made of: of each respondent the newest answer, on the scale most were asked on.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::answer::ScoreName;
use crate::answers::{Answer, Answers, Brands, share_of_two_best};

/// The ends of a scale, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Scale {
    /// Least answer.
    pub least: f64,
    /// Most.
    pub most: f64,
}

impl Scale {
    fn of(answer: &Answer) -> Self {
        let (first, last) = answer.scale;
        Self {
            least: first.min(last),
            most: first.max(last),
        }
    }

    /// The scale that most usable answers to a score's questions were given on: answers of one scale
    /// do not compare with those of another.
    pub(super) fn most_used(name: ScoreName, answers: &Answers, brands: &Brands) -> Option<Self> {
        // Scales are numbers of people's making: ordered by their bits they are merely in some order.
        let mut counts = BTreeMap::<(u64, u64), (u64, Self)>::new();
        let given = answers.given.iter();
        for answer in given.filter(|answer| {
            brands.place(answer.brand).is_some()
                && is_about_whole(answer)
                && name.measures().contains(&answer.asked.measure.as_str())
        }) {
            let scale = Self::of(answer);
            let bits = (scale.most.to_bits(), scale.least.to_bits());
            counts.entry(bits).or_insert((0, scale)).0 += 1;
        }
        counts
            .into_values()
            .filter(|(_, scale)| scale.suits(name))
            .max_by_key(|(count, _)| *count)
            .map(|(_, scale)| scale)
    }

    /// NPS and ACSI are defined on ten or eleven steps; a share of good answers takes two at least,
    /// an effort three.
    fn suits(&self, name: ScoreName) -> bool {
        let steps = self.most - self.least;
        match name {
            ScoreName::Nps | ScoreName::Acsi => {
                self.most == 10.0 && (self.least == 0.0 || self.least == 1.0)
            }
            ScoreName::Csat => steps >= 1.0,
            ScoreName::Ces => steps >= 2.0,
        }
    }

    /// The lowest of the two best answers.
    pub(super) fn lowest_good(&self) -> f64 {
        let share = share_of_two_best((self.least, self.most));
        // a thousandth of a step: an answer must not miss it by its last bit
        self.least + share * (self.most - self.least) - 1e-3
    }
}

/// Whether it is about the brand as a whole.
fn is_about_whole(answer: &Answer) -> bool {
    answer.asked.dimension.is_none()
}

/// One respondent's newest answers to the questions of a score.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rating {
    pub(super) respondent: usize,
    pub(super) weight: f64,
    /// Business day of the newest of them.
    pub(super) day: i32,
    /// In the order of [`ScoreName::measures`]; `NAN` where there is none. Ease is put on
    /// 1..7, 7 being easiest; what ACSI is made of is put on 1..10.
    pub(super) values: [f64; 3],
}

/// The answers that a score is made of.
pub(super) struct Ratings<'a> {
    pub(super) name: ScoreName,
    pub(super) scale: Scale,
    pub(super) answers: &'a Answers,
    pub(super) brands: &'a Brands,
}

impl Ratings<'_> {
    /// Ratings of a brand by group, each by respondent; without the answers of which `group` knows
    /// nothing.
    pub(super) fn of_brand<K: Ord>(
        &self,
        brand: usize,
        group: impl Fn(&Answer) -> Option<K>,
        fates: &mut Fates,
    ) -> BTreeMap<K, Vec<Rating>> {
        let mut ratings: BTreeMap<K, Vec<Rating>> = BTreeMap::new();
        let mut before = 0;
        for given in self.answers.by_respondent() {
            // by group the newest answer to each question, and its place
            let mut newest: BTreeMap<K, [Option<(usize, &Answer)>; 3]> = BTreeMap::new();
            for (place, answer) in (before..).zip(given) {
                let Some(question) = self.question(answer, brand) else {
                    continue;
                };
                if let Some(group) = group(answer) {
                    let known = &mut newest.entry(group).or_default()[question];
                    if known.is_none_or(|(_, known)| known.day <= answer.day) {
                        *known = Some((place, answer));
                    }
                }
            }
            for (group, newest) in newest {
                let days = newest.iter().flatten().map(|(_, answer)| answer.day);
                let respondent = given[0].respondent;
                ratings.entry(group).or_default().push(Rating {
                    respondent,
                    weight: self.answers.respondents[respondent].weight,
                    day: days.max().unwrap_or_default(),
                    values: newest.map(|known| match known {
                        Some((_, answer)) => self.value(answer),
                        None => f64::NAN,
                    }),
                });
                for (place, _) in newest.into_iter().flatten() {
                    fates.use_answer(place);
                }
            }
            before += given.len();
        }
        ratings
    }

    /// Which of the score's questions it answers about that brand, if any.
    fn question(&self, answer: &Answer, brand: usize) -> Option<usize> {
        let is_usable = is_about_whole(answer)
            && self.brands.place(answer.brand) == Some(brand)
            && Scale::of(answer) == self.scale;
        let mut measures = self.name.measures().iter();
        measures
            .position(|measure| *measure == answer.asked.measure)
            .filter(|_| is_usable)
    }

    fn value(&self, answer: &Answer) -> f64 {
        let most_of_it = (answer.on_ten() - 1.0) / 9.0;
        let value = match self.name {
            ScoreName::Ces => 1.0 + 6.0 * most_of_it,
            ScoreName::Acsi => answer.on_ten(),
            _ => self.scale.least + most_of_it * (self.scale.most - self.scale.least),
        };
        // a step of a scale must not fall below a limit that lies on it by the last bit
        (value * 1e9).round() / 1e9
    }
}

/// What became of each answer.
pub(super) struct Fates {
    left_out: Vec<Option<&'static str>>,
}

impl Fates {
    /// None is used yet. `scales`: what each score takes.
    pub(super) fn of(answers: &Answers, brands: &Brands, scales: &[(ScoreName, Scale)]) -> Self {
        let has_scale = |answer: &Answer| {
            scales.iter().any(|(name, scale)| {
                name.measures().contains(&answer.asked.measure.as_str())
                    && *scale == Scale::of(answer)
            })
        };
        let reason = |answer: &Answer| {
            if brands.place(answer.brand).is_none() {
                "other-brand"
            } else if !is_about_whole(answer) {
                "about-dimension"
            } else if !has_scale(answer) {
                "other-scale"
            } else {
                "older-answer"
            }
        };
        Self {
            left_out: answers
                .given
                .iter()
                .map(|answer| Some(reason(answer)))
                .collect(),
        }
    }

    fn use_answer(&mut self, place: usize) {
        self.left_out[place] = None;
    }

    /// Why an answer is not used, when no score uses it.
    pub(super) fn left_out(&self, place: usize) -> Option<&'static str> {
        self.left_out[place]
    }
}
