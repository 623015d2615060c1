//! What customers are told apart by from their first day on, and what it does to how they buy and leave.
//!
//! ```text
//!  segments ─┬─► covariates/ (several; values are compared with the most frequent) ─┐ a law for
//!            └─► pooled.rs (one; groups are drawn to what all have in common) ──────┤ each kind
//!  answer ◄── how kinds differ, what a new customer of each brings ◄── worth-model ◄┘
//! ```
//!
//! Where nothing is told apart there is one kind, and all customers have the same law.

mod covariates;
mod pooled;

use worth_model::lifetime::{CheckedHistories, FittedModel, Model, PurchaseLaws};

use super::Lifetime;
use super::purchases::Purchases;
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::segments::{self, Assigned, By, ToldApart};
pub use covariates::{CovariateTold, CovariatesTold, LevelEffect, LevelTold};
use covariates::{Covariates, MOST_COVARIATES};
use pooled::Groups;
pub(crate) use pooled::MOST_GROUPS;
pub use pooled::{GroupTold, PooledTold};

/// What customers are told apart by, and which kind each is.
#[derive(Debug, Default)]
pub(crate) struct Kinds {
    apart: Apart,
    /// By rank of the customer.
    kind_of: Vec<u32>,
}

#[derive(Debug, Default)]
enum Apart {
    #[default]
    Nothing,
    Covariates(Covariates),
    Groups(Groups),
}

/// A model fitted to customers who are told apart, or not.
pub(super) struct Fitted {
    /// That of the mean customer, or of the middle of all groups.
    pub(super) model: FittedModel,
    /// A law for each kind, and for what else the answer tells of.
    pub(super) laws: Box<dyn PurchaseLaws>,
    /// What covariates say, when some were asked for.
    pub(super) covariates: Option<CovariatesTold>,
    /// What groups are like, when they were to be pooled.
    pub(super) pooled: Option<PooledTold>,
}

/// A segment, and the place in it of each buyer.
struct Segment {
    name: String,
    /// From `customers`, which has it as last known; else from the first purchase.
    as_last_known: bool,
    assigned: Assigned,
}

impl Kinds {
    /// Reads what the question tells customers apart by, of each customer who bought.
    pub(super) async fn read(
        question: &Lifetime,
        context: &Context,
        observation: &Observation,
        purchases: &Purchases,
    ) -> Result<Self, Error> {
        let buyers: Vec<u32> = purchases.buyers().collect();
        let reader = Reader {
            context,
            observation,
            purchases,
            buyers: &buyers,
        };
        let (apart, kinds) = match (&question.pool, &question.covariates[..]) {
            (None, []) => return Ok(Self::default()),
            (None, names) => {
                let most = MOST_COVARIATES as f64;
                Error::in_range(COVARIATES, names.len() as f64, 0.0, most)?;
                let mut segments = Vec::with_capacity(names.len());
                for name in names {
                    let told_apart = covariates::told_apart();
                    segments.push(reader.segment(COVARIATES, name, &told_apart).await?);
                }
                let (covariates, kinds) = Covariates::of(segments);
                (Apart::Covariates(covariates), kinds)
            }
            (Some(name), []) => {
                let segment = reader.segment(POOL, name, &pooled::told_apart()).await?;
                let (groups, kinds) = Groups::of(segment);
                (Apart::Groups(groups), kinds)
            }
            (Some(_), _) => {
                return Err(Error::NotTogether {
                    parameter: POOL,
                    other: COVARIATES,
                });
            }
        };
        let mut kind_of = vec![0; buyers.last().map_or(0, |&last| last as usize + 1)];
        for (&buyer, kind) in buyers.iter().zip(kinds) {
            kind_of[buyer as usize] = kind;
        }
        Ok(Self { apart, kind_of })
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
        match &self.apart {
            Apart::Nothing => Fitted::alike(model, histories, level),
            Apart::Covariates(covariates) => covariates.fit(model, histories, kinds, level),
            Apart::Groups(groups) => groups.fit(model, histories, kinds, level),
        }
    }

    /// Of each level or group that the answer tells of, in its order, the row of its law in
    /// [`Fitted::laws`].
    pub(super) fn rows_told(&self) -> impl Iterator<Item = u32> {
        let first = match &self.apart {
            Apart::Covariates(covariates) => covariates.first_level(),
            Apart::Nothing | Apart::Groups(_) => 0,
        };
        first..
    }
}

impl Fitted {
    /// A model of customers who are all alike.
    fn alike(model: Model, histories: &CheckedHistories<'_>, level: f64) -> Self {
        let model = model.fit(histories, level).expect(SENSE);
        Self {
            laws: model.laws().select(&[]).expect(SENSE),
            model,
            covariates: None,
            pooled: None,
        }
    }
}

/// Where segments are read from.
struct Reader<'a> {
    context: &'a Context,
    observation: &'a Observation,
    purchases: &'a Purchases,
    buyers: &'a [u32],
}

impl Reader<'_> {
    /// The segment with this name, which a parameter asks for.
    async fn segment(
        &self,
        parameter: &'static str,
        name: &str,
        told_apart: &ToldApart<'_>,
    ) -> Result<Segment, Error> {
        let Self {
            context,
            observation,
            purchases,
            buyers,
        } = *self;
        context.check()?;
        let of_parameter = |error: Error| error.of_parameter(parameter);
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
        Ok(Segment {
            name: name.to_owned(),
            as_last_known: !matches!(by, By::FirstPurchase(_)),
            assigned: Assigned::of(&of_buyers, told_apart),
        })
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

/// What the models call an indicator or a group.
fn name_of(place: usize) -> String {
    place.to_string()
}

const COVARIATES: &str = "covariates";
const POOL: &str = "pool";
const SENSE: &str = "customers, settings and kinds make sense";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_birth_are_taken_by_the_decade() {
        assert_eq!(decade("1987"), "1980–1989");
        assert_eq!(decade("2000"), "2000–2009");
        assert_eq!(decade("unknown"), "unknown");
    }
}
