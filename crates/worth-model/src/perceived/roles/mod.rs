//! One brand in the eyes of people in different roles: how far they are apart, in the whole survey and
//! inside their accounts, and what an account's value is by who has the say in it.
//!
//! The brands of the [`Spec`] are roles here; a person has scores in each role that he or she answers
//! in. People of one account are drawn together (cluster bootstrap: Field, Welsh 2007, Bootstrapping
//! Clustered Data, doi:10.1111/j.1467-9868.2007.00593.x), because they share what the account lives
//! through.
//!
//! * **In the whole survey** the gap of roles *r* and *s* is that of their means, over everyone in *r* and
//!   everyone in *s*. It mixes what roles see with which accounts answered in them.
//! * **Within accounts** *d̄ = Σ w_a (x_ar − x_as) / Σ w_a* over accounts *a* in which both answered,
//!   with *x_ar* the mean of those in *r*, and *w_a* the mean sampling weight of these people: what
//!   whole accounts differ in cancels. People in both roles differ from nobody and are left out of it.
//! * **Decision value**: *x̃_a = Σ g_i x_i / Σ g_i* with *g* the say of each, against the plain mean over
//!   the same people, over accounts in which two people or more answered.
//!
//! A gap's p-value compares gap over standard error with Student's t, degrees of freedom being accounts
//! less one (as few clusters need: Cameron, Gelbach, Miller 2008, doi:10.1162/rest.90.3.414). Importance
//! weights are those of the whole survey, taken as known.
//!
//! **Checked against** cases whose arithmetic is written out, and simulated accounts.

mod accounts;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};

use super::measure::{Sums, Values};
use super::resampled::{Resampled, Together};
use super::{BrandValue, Measured, Spec, Survey, Weights};
use crate::columns::{check_each, check_length};
use crate::error::Error;
use crate::estimate::{Estimate, POWER, reaches};
use accounts::Accounts;

/// What people in different roles say of one brand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct People {
    /// Their scores, one row per person: people × roles × dimensions; `NAN` in a role that the person
    /// does not answer in.
    pub survey: Survey,
    /// Number of the account that each belongs to; a number of his or her own for whoever belongs to
    /// none.
    pub accounts: Vec<usize>,
    /// Say in the account's decisions of each person in each role, in any unit, 0 for none: people ×
    /// roles. Empty when nobody's say is known.
    pub say: Vec<f64>,
}

/// What they see, and how far apart they are.
#[derive(Debug, Clone, PartialEq)]
pub struct FittedRoles {
    /// In the order of roles.
    pub roles: Vec<RoleValue>,
    /// Two roles each, without those that have nothing in common or are held by the same people.
    pub pairs: Vec<RolePair>,
    /// The value of accounts by say; absent when nobody's say is known, or nowhere two people answered.
    pub decision: Option<DecisionValue>,
    /// How often accounts were drawn.
    pub resamples: usize,
}

/// The brand in the eyes of one role.
#[derive(Debug, Clone, PartialEq)]
pub struct RoleValue {
    /// Accounts in which somebody answered in it.
    pub accounts: usize,
    /// What they see.
    pub value: BrandValue,
}

/// Two roles.
#[derive(Debug, Clone, PartialEq)]
pub struct RolePair {
    /// Number of the first role.
    pub one: usize,
    /// Number of the second.
    pub other: usize,
    /// The first less the second in the whole survey.
    pub whole: Option<RoleGap>,
    /// The first less the second inside accounts in which both answered.
    pub within: Option<RoleGap>,
}

/// How far two are apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RoleGap {
    /// Accounts it rests on; in the whole survey, those of the role with fewer.
    pub accounts: usize,
    /// One less the other; the ratio is one over the other.
    pub measured: Measured,
    /// Probability of a difference (of benefits and costs) at least as far apart by chance.
    pub p_value: f64,
    /// Points of the difference that so many accounts would show 80 times in 100.
    pub smallest: Option<f64>,
    /// By dimension; absent where one of the two was not asked.
    pub dimensions: Vec<Option<DimensionGap>>,
}

/// How far two are apart in one dimension.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DimensionGap {
    /// One less the other, in points; more of a cost is more sacrifice.
    pub points: Estimate,
    /// Probability of a gap at least as large by chance.
    pub p_value: f64,
}

/// What accounts see, each person by his or her say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionValue {
    /// Weighted by say.
    pub by_say: Measured,
    /// The same people, each counting once.
    pub plain: Measured,
    /// By say less plain, with the accounts it rests on.
    pub gap: RoleGap,
}

impl Spec {
    /// Measures what people in different roles see in one brand. The brands of the spec are the roles;
    /// it needs no competitors.
    ///
    /// # Errors
    ///
    /// When lengths do not fit together, or a say is no number from 0 on.
    pub fn fit_roles(&self, people: &People) -> Result<FittedRoles, Error> {
        self.check(&people.survey)?;
        let rows = people.survey.weights.len();
        check_length("accounts", people.accounts.len(), rows)?;
        if !people.say.is_empty() {
            check_length("say", people.say.len(), rows * self.brands)?;
            check_each("say", &people.say, "expected 0 to 1e15", |say| {
                (0.0..=1e15).contains(&say)
            })?;
        }
        let together = Together::with_same(&people.accounts);
        let sums = Sums::of_all(self, &people.survey);
        let values = Values::from_sums(self, &sums);
        let seen = Seen {
            spec: self,
            resampled: Resampled::draw_together(self, &people.survey, &together),
            values: &values,
        };
        let accounts = Accounts {
            spec: self,
            people,
            together: &together,
        };
        let answered: Vec<usize> = (0..self.brands)
            .map(|role| accounts.answering(role))
            .collect();
        let roles = (0..self.brands).map(|role| RoleValue {
            accounts: answered[role],
            value: self.brand(
                role,
                [self.respondents(role, &people.survey), answered[role]],
                &people.survey,
                &sums,
                &values,
                &seen.resampled,
            ),
        });
        let pairs = (0..self.brands)
            .flat_map(|one| (one + 1..self.brands).map(move |other| (one, other)))
            .filter(|&(one, other)| accounts.are_of_others(one, other))
            .map(|(one, other)| RolePair {
                one,
                other,
                whole: seen.gap(answered[one].min(answered[other]), [one, other]),
                within: self
                    .side_by_side(&values, &accounts.with_both(one, other))
                    .gap,
            })
            .filter(|pair| pair.whole.is_some());
        let decision = (!people.say.is_empty())
            .then(|| self.side_by_side(&values, &accounts.by_say_and_plain()))
            .and_then(|sides| {
                let [by_say, plain] = sides.measured;
                Some(DecisionValue {
                    by_say,
                    plain,
                    gap: sides.gap?,
                })
            });
        Ok(FittedRoles {
            roles: roles.collect(),
            pairs: pairs.collect(),
            decision,
            resamples: seen.resampled.count(),
        })
    }

    /// Two columns of accounts against each other, with the importance weights of `whole`.
    fn side_by_side(&self, whole: &Values, accounts: &Survey) -> Sides {
        let spec = Spec {
            brands: 2,
            own: 0,
            competitors: Vec::new(),
            weights: Weights::Given(whole.weights.clone()),
            ..self.clone()
        };
        let values = Values::from_sums(&spec, &Sums::of_all(&spec, accounts));
        let seen = Seen {
            spec: &spec,
            resampled: Resampled::draw(&spec, accounts),
            values: &values,
        };
        let rows = accounts.weights.len();
        Sides {
            measured: [0, 1].map(|side| seen.measured(rows, side)),
            gap: seen.gap(rows, [0, 1]),
        }
    }
}

/// Two columns, and how far they are apart.
struct Sides {
    measured: [Measured; 2],
    gap: Option<RoleGap>,
}

/// What was measured, with its resamples.
struct Seen<'a> {
    spec: &'a Spec,
    resampled: Resampled,
    values: &'a Values,
}

impl Seen<'_> {
    fn measured(&self, accounts: usize, brand: usize) -> Measured {
        Measured::new(|get| {
            self.resampled
                .estimate(self.values, accounts, move |values| {
                    get(&values.brands[brand])
                })
        })
    }

    /// One less the other; nothing when they have nothing in common.
    fn gap(&self, accounts: usize, [one, other]: [usize; 2]) -> Option<RoleGap> {
        let gaps = |values: &Values| values.brands[one].against(&values.brands[other]);
        let has_any = gaps(self.values)
            .dimensions
            .iter()
            .any(|gap| gap.is_finite());
        let dimension = |dimension: usize| {
            let get = move |values: &Values| {
                let score = |brand: usize| values.brands[brand].dimensions[dimension];
                score(one) - score(other)
            };
            Some(DimensionGap {
                points: self.resampled.estimate(self.values, accounts, get)?,
                p_value: self.p_value(accounts, get),
            })
        };
        let difference =
            |values: &Values| values.brands[one].difference - values.brands[other].difference;
        let error = self.resampled.standard_error(accounts, difference);
        has_any.then(|| RoleGap {
            accounts,
            measured: Measured::new(|get| {
                self.resampled
                    .estimate(self.values, accounts, move |values| get(&gaps(values)))
            }),
            p_value: self.p_value(accounts, difference),
            smallest: error.map(|error| reaches(self.spec.level, POWER) * error),
            dimensions: (0..self.spec.dimensions()).map(dimension).collect(),
        })
    }

    /// How probable a number at least as far from 0 is by chance; 1 when that cannot be told.
    fn p_value(&self, accounts: usize, get: impl Fn(&Values) -> f64 + Copy) -> f64 {
        let told = || {
            let error = self.resampled.standard_error(accounts, get)?;
            let t = get(self.values) / error;
            let law = StudentsT::new(0.0, 1.0, accounts as f64 - 1.0).ok()?;
            t.is_finite().then(|| (2.0 * law.sf(t.abs())).min(1.0))
        };
        told().unwrap_or(1.0)
    }
}
