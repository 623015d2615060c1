//! Tells pain points, the worst first, from all that was found of them.

use super::answer::{Effect, LongWaits, PainCost, PainPoint, RankedBy};
use super::effect::Effects;
use super::met::{Met, Point};
use super::value::Worth;
use super::waits::Long;
use super::{Friction, Trouble};
use crate::costs::CostName;
use crate::steps::{Case, Grain};
use crate::why::Why;

/// A year: who met it longer ago may be another customer by now.
const LAST_YEAR_DAYS: i32 = 365;

impl Friction {
    /// All pain points, the worst first.
    pub(super) fn pain_points(
        &self,
        met: &Met,
        effects: &Effects,
        worth: Option<&Worth>,
        ranked_by: RankedBy,
        until: i32,
    ) -> Vec<PainPoint> {
        let last_year = met.customers_by_point(|day| day.day > until - LAST_YEAR_DAYS);
        let told = met.points.iter().zip(&effects.of_point).zip(&last_year);
        let mut points: Vec<PainPoint> = told
            .map(|((point, effect), customers)| {
                let why = self.why(point, &met.places[point.place].name);
                point.told(met, effect, customers, (worth, why))
            })
            .collect();
        points.sort_by(|one, other| {
            let harm = |point: &PainPoint| match point.is_harmful() {
                true => point.expected_loss(ranked_by),
                false => f64::NEG_INFINITY,
            };
            let took = |point: &PainPoint, cost| point.cost(cost).unwrap_or_default();
            let took_more = |cost| took(other, cost).total_cmp(&took(one, cost));
            (harm(other).total_cmp(&harm(one)))
                .then_with(|| took_more(CostName::AtStake))
                .then_with(|| took_more(CostName::Time))
                .then_with(|| other.times.cmp(&one.times))
                .then_with(|| (one.trouble, &one.place).cmp(&(other.trouble, &other.place)))
        });
        points
    }

    /// How to ask who met trouble at a place.
    fn why(&self, point: &Point, place: &str) -> Why {
        Why {
            trouble: Some(point.trouble),
            place: Some(place.to_owned()),
            by: (self.by != Grain::Touchpoint).then_some(self.by),
            wait: self.wait.filter(|_| point.long.is_some()),
            case: (point.trouble == Trouble::LongWait).then_some(Case::Journey),
            ..Why::default()
        }
    }
}

impl Point {
    /// How long the long waits were, beside the others.
    fn waited(&self, long: &Long) -> LongWaits {
        let seconds = |waited: f64| waited / CostName::Waiting.scale();
        let [(waited, _), ..] = self.costs;
        LongWaits {
            longer_than_seconds: seconds(long.longer_than),
            median_seconds: seconds(long.median),
            waits: long.waits,
            beyond_median_seconds: seconds(waited as f64 - self.times as f64 * long.median),
        }
    }

    /// `last_year`: customers who met it then.
    fn told(
        &self,
        met: &Met,
        effect: &Effect,
        last_year: &[u32],
        (worth, why): (Option<&Worth>, Why),
    ) -> PainPoint {
        let place = &met.places[self.place];
        let costs = self.trouble.costs().iter().zip(self.costs);
        let mut stages = self.stages.iter();
        PainPoint {
            trouble: self.trouble,
            place: place.name.clone(),
            stage: match (stages.next(), stages.next()) {
                (Some(stage), None) => stage.clone(),
                _ => None,
            },
            times: self.times,
            times_of_others: self.times_of_others,
            customers: self.customers,
            customers_there: place.customers,
            costs: costs
                .map(|(&cost, (sum, known))| PainCost {
                    cost,
                    total: (known > 0).then(|| sum as f64 / cost.scale()),
                    known,
                })
                .collect(),
            long: self.long.map(|long| self.waited(&long)),
            effect: effect.clone(),
            customers_last_year: last_year.len() as u64,
            value_at_risk: match (worth, effect) {
                (Some(worth), Effect::Known(known)) => {
                    Some(worth.at_risk(last_year, &known.factor))
                }
                _ => None,
            },
            why,
        }
    }
}
