//! Several segments whose values are compared with the most frequent one.
//!
//! Customers who have the same values in all of them are a kind, and each kind has a law of its own.

mod told;

use std::collections::BTreeMap;

use worth_model::lifetime::{
    CheckedHistories, CovariateEffects, Covariates as Table, Model, PurchaseLaws,
};

use super::{Fitted, SENSE, Segment, name_of};
use crate::segments::{Assigned, SegmentName, ToldApart};
pub use told::{CovariateTold, CovariatesTold, LevelEffect, LevelTold};

/// More would leave too few customers alike.
pub(super) const MOST_COVARIATES: usize = 6;
/// Values of a covariate that are told apart at most; the others are taken together.
const MOST_VALUES: usize = 10;
/// Customers that a level needs: a dozen who came back, where four in ten do.
const LEAST_CUSTOMERS: u64 = 30;

/// What customers are told apart by.
#[derive(Debug)]
pub(super) struct Covariates {
    known: Vec<Known>,
    /// Of each kind its level of each covariate.
    kinds: Vec<Vec<u32>>,
}

/// A covariate and its levels, the one that others are compared with first.
#[derive(Debug)]
struct Known {
    name: String,
    as_last_known: bool,
    levels: Vec<Level>,
}

#[derive(Debug)]
struct Level {
    name: SegmentName,
    customers: u64,
    /// Place of its indicator among those of all covariates; none for the level that others are
    /// compared with, and for one of too few customers, who are taken to be like those.
    indicator: Option<usize>,
}

impl Covariates {
    /// The covariates, and the kind of each of the buyers whose segments these are.
    pub(super) fn of(segments: Vec<Segment>) -> (Self, Vec<u32>) {
        let (kinds, kind_of) = numbered(&segments);
        let mut indicators = 0..;
        let known = segments.into_iter().map(|segment| Known {
            levels: levels(&segment.assigned, &mut indicators),
            name: segment.name,
            as_last_known: segment.as_last_known,
        });
        let known = known.collect();
        (Self { known, kinds }, kind_of)
    }

    /// Fits a model to customers of these kinds.
    pub(super) fn fit(
        &self,
        model: Model,
        histories: &CheckedHistories<'_>,
        kinds: &[u32],
        level: f64,
    ) -> Fitted {
        let of_customers = self.indicators(kinds.iter().map(|&kind| kind as usize));
        if of_customers.is_empty() {
            return Fitted {
                covariates: Some(self.told(None)),
                ..Fitted::alike(model, histories, level)
            };
        }
        let names: Vec<String> = (0..of_customers.len()).map(name_of).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let columns: Vec<&[f64]> = of_customers.iter().map(Vec::as_slice).collect();
        let table = Table {
            names: &names,
            columns: &columns,
        };
        let table = table.check().expect(SENSE);
        let fitted = model.fit_with_covariates(histories, &table, level);
        let fitted = fitted.expect(SENSE);
        let effects = fitted.effects.as_ref();
        Fitted {
            laws: self.laws_of(&names, &of_customers, effects),
            model: fitted.reference,
            covariates: Some(self.told(Some(effects))),
            pooled: None,
        }
    }

    /// A law for each kind; then one for each level of each covariate, of customers who are in all else
    /// like the mean.
    fn laws_of(
        &self,
        names: &[&str],
        of_customers: &[Vec<f64>],
        effects: &dyn CovariateEffects,
    ) -> Box<dyn PurchaseLaws> {
        let mut columns = self.indicators(0..self.kinds.len());
        let mean_of = |column: &Vec<f64>| column.iter().sum::<f64>() / column.len() as f64;
        let means: Vec<f64> = of_customers.iter().map(mean_of).collect();
        for covariate in &self.known {
            for level in &covariate.levels {
                for (indicator, column) in columns.iter_mut().enumerate() {
                    let is_own = covariate.indicators().any(|own| own == indicator);
                    let has_it = f64::from(u8::from(level.indicator == Some(indicator)));
                    column.push(if is_own { has_it } else { means[indicator] });
                }
            }
        }
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let table = Table {
            names,
            columns: &columns,
        };
        let table = table.check().expect(SENSE);
        effects.laws(&table).expect(SENSE)
    }

    /// Of these kinds a column for each indicator: 1 where they have the level, else 0.
    fn indicators(&self, kinds: impl Iterator<Item = usize> + Clone) -> Vec<Vec<f64>> {
        let all = self.known.iter().enumerate();
        all.flat_map(|(place, covariate)| {
            (covariate.levels.iter().zip(0..)).map(move |of| (place, of))
        })
        .filter(|(_, (level, _))| level.indicator.is_some())
        .map(|(place, (_, number))| {
            let has_it = |kind: usize| self.kinds[kind][place] == number;
            let kinds = kinds.clone();
            kinds
                .map(|kind| f64::from(u8::from(has_it(kind))))
                .collect()
        })
        .collect()
    }

    /// The row of the law of the first level in [`Fitted::laws`].
    pub(super) fn first_level(&self) -> u32 {
        self.kinds.len() as u32
    }
}

impl Known {
    /// Places of the indicators of its levels.
    fn indicators(&self) -> impl Iterator<Item = usize> {
        self.levels.iter().filter_map(|level| level.indicator)
    }
}

/// The kinds that there are, as their levels of each segment, and of each buyer the number of the kind.
fn numbered(segments: &[Segment]) -> (Vec<Vec<u32>>, Vec<u32>) {
    let mut kinds = Vec::new();
    let mut number_of: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
    let buyers = segments
        .first()
        .map_or(0, |first| first.assigned.place.len());
    let of_buyer = |buyer: usize| {
        let levels = segments.iter().map(|segment| segment.assigned.place[buyer]);
        let number = number_of
            .entry(levels.collect())
            .or_insert_with_key(|levels| {
                kinds.push(levels.clone());
                kinds.len() as u32 - 1
            });
        *number
    };
    let kind_of = (0..buyers).map(of_buyer).collect();
    (kinds, kind_of)
}

/// The largest value is what others are compared with.
fn levels(assigned: &Assigned, indicators: &mut impl Iterator<Item = usize>) -> Vec<Level> {
    let mut customers = vec![0; assigned.names.len()];
    for &place in &assigned.place {
        customers[place as usize] += 1;
    }
    let named = assigned.names.iter().zip(customers).enumerate();
    named
        .map(|(place, (name, customers))| Level {
            name: name.clone(),
            customers,
            indicator: (place > 0 && customers >= LEAST_CUSTOMERS)
                .then(|| indicators.next())
                .flatten(),
        })
        .collect()
}

pub(super) fn told_apart() -> ToldApart<'static> {
    ToldApart {
        most: MOST_VALUES,
        least: LEAST_CUSTOMERS,
        ..ToldApart::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_of_too_few_has_no_indicator() {
        let mut values = vec![Some("a"); 50];
        values.extend([Some("b"); 30]);
        values.extend([Some("c"); 29]);
        values.extend([None; 3]);
        let assigned = Assigned::of(&values, &told_apart());
        let found = levels(&assigned, &mut (4..));
        let found: Vec<_> = (found.into_iter())
            .map(|level| (level.name, level.customers, level.indicator))
            .collect();
        let value = |name: &str| SegmentName::Value(name.into());
        let expected = [
            (value("a"), 50, None),
            (value("b"), 30, Some(4)),
            (SegmentName::Other, 29, None),
            (SegmentName::Unknown, 3, None),
        ];
        assert_eq!(found, expected);
    }
}
