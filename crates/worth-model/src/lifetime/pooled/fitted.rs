//! What fitted groups say: the law of each, and of one to come.

use super::super::fitted::FittedPurchases;
use super::super::law::{Law, PurchaseModel};
use super::super::laws::{KnownLaw, KnownLaws, Laws};
use super::super::purchases_fit::Fit;
use super::marginal::{directions, moved};
use super::{CheckedGroups, FittedPooled, GroupDeviations, PooledGroup};
use crate::symmetric::{Matrix, Vector, bilinear};

impl<M: PurchaseModel<D>, const D: usize> FittedPooled<M, D> {
    /// The group with this name, if it was in the table.
    #[must_use]
    pub fn group(&self, name: &str) -> Option<&PooledGroup> {
        self.groups.iter().find(|group| group.name == name)
    }

    /// The law of the customers of this group; of those of a new group, if it was not in the table.
    #[must_use]
    pub fn at(&self, name: &str) -> FittedPurchases<M, D>
    where
        M: Fit<D>,
    {
        let known = self.known(self.group(name));
        known.of(&self.reference, &self.covariance.concat())
    }

    /// The law of the customers of a group of which nothing is known, or of none: that of the middle,
    /// less certain by how much groups differ.
    #[must_use]
    pub fn new_group(&self) -> FittedPurchases<M, D>
    where
        M: Fit<D>,
    {
        let known = self.known(None);
        known.of(&self.reference, &self.covariance.concat())
    }

    /// The law of each customer in a table, by the name of the group: of a group that was in the table
    /// of the fit, or of a new one.
    #[must_use]
    pub fn laws(&self, table: &CheckedGroups<'_>) -> Laws<M, D>
    where
        M: Fit<D>,
    {
        let table = table.rows();
        let laws = table.names.iter().map(|name| self.known(self.group(name)));
        let known = OfGroups {
            laws: laws.collect(),
            common: self.covariance.concat(),
        };
        Laws::new(known, table.names.len(), table.of_row, &self.reference)
    }

    /// What is known of the law of a group, or of a new one.
    fn known(&self, group: Option<&PooledGroup>) -> KnownLaw<M::Parameters, D>
    where
        M: Fit<D>,
    {
        let new = || {
            let GroupDeviations { purchases, leaving } = &self.deviations;
            let variance = [purchases, leaving].map(|deviation| deviation.value.powi(2));
            unknown::<D>(&variance)
        };
        let of = |group: &PooledGroup| {
            let effects = [&group.purchases, &group.leaving].map(|known| known.effect.value);
            (effects, group.along.clone(), group.covariance)
        };
        let (effects, along, covariance) = group.map_or_else(new, of);
        let middle = &self.reference.parameters;
        let logarithms = moved::<M, D>(&middle.logarithms(), &effects);
        law_of::<M, D>(middle.with_logarithms(&logarithms), &(along, covariance))
    }
}

/// The effects of a group of which nothing is known, their derivatives with respect to what all groups
/// have in common, and their covariance were that known.
pub(super) fn unknown<const D: usize>(
    variance: &Vector<2>,
) -> (Vector<2>, [Vec<f64>; 2], Matrix<2>) {
    let none = || vec![0.0; D + 2];
    let diagonal = [[variance[0], 0.0], [0.0, variance[1]]];
    ([0.0; 2], [none(), none()], diagonal)
}

/// The law of a group with these parameters, from such derivatives and covariance of its effects.
pub(super) fn law_of<M: Fit<D>, const D: usize>(
    parameters: M::Parameters,
    (along, covariance): &([Vec<f64>; 2], Matrix<2>),
) -> KnownLaw<M::Parameters, D> {
    let moves = directions::<M, D>();
    let of = |i: usize| -> Vector<2> { std::array::from_fn(|k| moves[k][i]) };
    KnownLaw {
        parameters,
        along: (0..D)
            .map(|i| {
                let through = |u: usize| of(i)[0] * along[0][u] + of(i)[1] * along[1][u];
                let itself = |u: usize| f64::from(u8::from(u == i));
                (0..D + 2).map(|u| itself(u) + through(u)).collect()
            })
            .collect(),
        own: std::array::from_fn(|i| std::array::from_fn(|j| bilinear(&of(i), covariance, &of(j)))),
    }
}

/// The laws of customers by group.
struct OfGroups<P, const D: usize> {
    laws: Vec<KnownLaw<P, D>>,
    common: Vec<f64>,
}

impl<P: Law<D>, const D: usize> KnownLaws<P, D> for OfGroups<P, D> {
    fn law(&self, law: usize) -> KnownLaw<P, D> {
        self.laws[law].clone()
    }

    fn common(&self) -> &[f64] {
        &self.common
    }
}
