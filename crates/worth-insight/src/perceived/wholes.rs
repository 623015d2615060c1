//! Questions about the whole of a brand: worth-what-paid-for, overall, satisfaction.

use worth_model::experiment::Arm;
use worth_model::perceived::{FairValue, MapAxes, Weights};

use super::Material;
use super::answer::AlsoAsked;
use crate::answers::{Answer, share_of_two_best, survey_of_wholes};

/// Questions about the whole of a brand that are shown beside benefits and costs.
pub(super) const WHOLES: [&str; 3] = ["overall", "satisfaction", "worth"];

impl Material {
    /// Means, shares of the two best answers, and each brand against the others.
    pub(super) fn also_asked(&self) -> Vec<AlsoAsked> {
        let measures = WHOLES.into_iter();
        measures.flat_map(|measure| self.asked(measure)).collect()
    }

    /// As if the question were the one benefit: its mean and its ratio to that of the other brands
    /// (Gale 1994) come from the same arithmetic.
    fn asked(&self, measure: &str) -> Vec<AlsoAsked> {
        let (_, survey) = survey_of_wholes(&self.answers, &self.brands, &[measure]);
        let mut spec = self.layout.spec(0, &self.resampling, Weights::Asked);
        (spec.benefits, spec.costs) = (1, 0);
        let fitted = spec.fit(&survey);
        let axes = MapAxes {
            prices: Vec::new(),
            fair_value: FairValue::Proportional,
        };
        let map = spec.value_map(&survey, &axes);
        let (fitted, map) = (fitted.expect(FITS), map.expect(FITS));
        let brands = self
            .brands
            .names
            .iter()
            .zip(&fitted.brands)
            .zip(&map.brands);
        brands
            .enumerate()
            .filter_map(|(place, ((brand, value), on_map))| {
                let score = value.dimensions[0]?;
                let two_best = self.two_best(measure, place);
                Some(AlsoAsked {
                    measure: measure.into(),
                    brand: brand.clone(),
                    mean: score.mean,
                    two_best: two_best.share(self.resampling.level).expect(FITS),
                    against_others: on_map.quality,
                    respondents: score.respondents as u64,
                    effective: score.effective,
                })
            })
            .collect()
    }

    /// Who gave one of the two best answers, the newest of each respondent.
    fn two_best(&self, measure: &str, brand: usize) -> Arm {
        let of = |answer: &&Answer| {
            answer.asked.measure == measure && self.brands.place(answer.brand) == Some(brand)
        };
        let newest = self.answers.by_respondent().filter_map(|given| {
            let answer = given.iter().filter(of).max_by_key(|answer| answer.day)?;
            // a billionth: an answer must not miss the limit by its last bit
            let is_best = (answer.on_ten() - 1.0) / 9.0 > share_of_two_best(answer.scale) - 1e-9;
            let weight = self.answers.respondents[answer.respondent].weight;
            Some((f64::from(u8::from(is_best)), weight))
        });
        Arm::of(newest.collect::<Vec<_>>().into_iter())
    }
}

const FITS: &str = "spec and matrix are made from the same measure, and the level was checked";
