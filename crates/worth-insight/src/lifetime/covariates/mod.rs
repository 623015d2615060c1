//! What customers are told apart by from their first day on, and what it does to how they buy and leave.
//!
//! ```text
//!  values of segments ──► levels: the largest, other, unknown ──► kinds of customers, equal in all of them
//!                                                                      │ each has a law of its own
//!  answer ◄── what each level does, what a new customer of it brings ◄─┘ worth-model
//! ```
//!
//! Where nothing is told apart there is one kind, and all customers have the same law.

mod told;

use std::collections::BTreeMap;

use worth_model::lifetime::{
    CheckedHistories, CovariateEffects, Covariates as Table, FittedModel, Model, PurchaseLaws,
};

use super::purchases::Purchases;
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::segments::{self, Assigned, By, SegmentName, ToldApart};
pub use told::{CovariateTold, CovariatesTold, LevelEffect, LevelTold};

/// More would leave too few customers alike.
const MOST_COVARIATES: usize = 6;
/// Values of a covariate that are told apart at most; the others are taken together.
const MOST_VALUES: usize = 10;
/// Customers that a level needs: a dozen who came back, where four in ten do.
const LEAST_CUSTOMERS: u64 = 30;

/// What customers are told apart by, and which kind each is.
#[derive(Debug, Default)]
pub(crate) struct Covariates {
    known: Vec<Known>,
    /// Of each kind its level of each covariate.
    kinds: Vec<Vec<u32>>,
    /// By rank of the customer.
    kind_of: Vec<u32>,
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

/// A model fitted to customers who are told apart, or not.
pub(super) struct Fitted {
    /// That of the mean customer.
    pub(super) model: FittedModel,
    /// A law for each kind; then one for each level of each covariate, of customers who are in all else
    /// like the mean.
    pub(super) laws: Box<dyn PurchaseLaws>,
    /// What covariates say; nothing when none was asked for.
    pub(super) told: Option<CovariatesTold>,
}

impl Covariates {
    /// Reads what is known of each customer who bought.
    pub(super) async fn read(
        names: &[String],
        context: &Context,
        observation: &Observation,
        purchases: &Purchases,
    ) -> Result<Self, Error> {
        let most = MOST_COVARIATES as f64;
        Error::in_range(PARAMETER, names.len() as f64, 0.0, most)?;
        let mut covariates = Self::default();
        let buyers: Vec<u32> = purchases.buyers().collect();
        let mut levels_of = Vec::with_capacity(names.len());
        let mut indicators = 0..;
        for name in names {
            context.check()?;
            let of_parameter = |error: Error| error.of_parameter(PARAMETER);
            let by = By::of(name).map_err(of_parameter)?;
            let first = |id: &str| purchases.first_day_of(purchases.rank(id)?);
            let values = segments::values(by, context, observation, first).await;
            let mut values = values.map_err(of_parameter)?;
            if by == By::Column("birth_year") {
                values.values_mut().for_each(|year| *year = decade(year));
            }
            let value_of = |&buyer: &u32| values.get(&purchases.customers[buyer as usize]);
            let of_buyers: Vec<Option<&str>> = (buyers.iter())
                .map(|buyer| value_of(buyer).map(String::as_str))
                .collect();
            let assigned = Assigned::of(&of_buyers, &told_apart());
            covariates.known.push(Known {
                name: name.clone(),
                as_last_known: !matches!(by, By::FirstPurchase(_)),
                levels: levels(&assigned, &mut indicators),
            });
            levels_of.push(assigned.place);
        }
        covariates.take_kinds(&buyers, &levels_of);
        Ok(covariates)
    }

    /// Numbers the kinds that there are. `levels`: by covariate, of each buyer its level.
    fn take_kinds(&mut self, buyers: &[u32], levels: &[Vec<u32>]) {
        let mut number_of: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
        self.kind_of = vec![0; buyers.last().map_or(0, |&last| last as usize + 1)];
        for (place, &buyer) in buyers.iter().enumerate() {
            let levels: Vec<u32> = levels.iter().map(|levels| levels[place]).collect();
            let number = number_of.entry(levels).or_insert_with_key(|levels| {
                self.kinds.push(levels.clone());
                self.kinds.len() as u32 - 1
            });
            self.kind_of[buyer as usize] = *number;
        }
    }

    /// Which kind a customer is, by rank.
    pub(super) fn kind_of(&self, rank: u32) -> u32 {
        self.kind_of.get(rank as usize).copied().unwrap_or_default()
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
            let model = model.fit(histories, level).expect(SENSE);
            return Fitted {
                laws: model.laws().select(&[]).expect(SENSE),
                model,
                told: (!self.known.is_empty()).then(|| self.told(None)),
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
        let laws = self.laws_of(&names, &of_customers, effects);
        Fitted {
            model: fitted.reference,
            laws,
            told: Some(self.told(Some(effects))),
        }
    }

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

    /// Of each level, in the order of the answer, the row of its law in [`Fitted::laws`].
    pub(super) fn rows_of_levels(&self) -> impl Iterator<Item = u32> {
        self.kinds.len() as u32..
    }
}

impl Known {
    /// Places of the indicators of its levels.
    fn indicators(&self) -> impl Iterator<Item = usize> {
        self.levels.iter().filter_map(|level| level.indicator)
    }
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

fn told_apart() -> ToldApart<'static> {
    ToldApart {
        most: MOST_VALUES,
        least: LEAST_CUSTOMERS,
        ..ToldApart::default()
    }
}

/// "1987" is of "1980–1989": hardly anyone shares a year of birth.
fn decade(year: &str) -> String {
    match year.parse::<i64>() {
        Ok(year) => {
            let first = year.div_euclid(10) * 10;
            format!("{first}–{}", first + 9)
        }
        Err(_) => year.to_owned(),
    }
}

fn name_of(indicator: usize) -> String {
    indicator.to_string()
}

const PARAMETER: &str = "covariates";
const SENSE: &str = "customers, settings and indicators make sense";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_birth_are_taken_by_the_decade() {
        assert_eq!(decade("1987"), "1980–1989");
        assert_eq!(decade("2000"), "2000–2009");
        assert_eq!(decade("unknown"), "unknown");
    }

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
