//! What customers of several kinds will do together.
//!
//! As for customers of one law ([`ValueModel::total`](super::super::ValueModel::total)), but a draw
//! of the parameters and coefficients that all have in common gives each kind its law: they err
//! together, and a total is less certain than if each law had been learnt by itself.

use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use super::super::fitted::FittedPurchases;
use super::super::gamma_gamma::{CheckedSpends, GammaGammaParameters, SelectedSpends};
use super::super::histories::{CheckedHistories, SelectedHistories};
use super::super::law::{Law, PurchaseModel};
use super::super::value::{FARTHEST, Group, Here, Total, Totals, sample, spend_drawn};
use super::laws::{Laws, Valuation};
use crate::dense::{Factor, dot};
use crate::error::Error;

/// Customers of one kind in the sample.
struct Share<M: PurchaseModel<D>, const D: usize> {
    law: FittedPurchases<M, D>,
    /// Derivatives of the logarithms of its parameters with respect to what all have in common.
    slopes: Vec<Vec<f64>>,
    histories: SelectedHistories,
    spends: SelectedSpends,
    rows: Vec<usize>,
}

impl<M: PurchaseModel<D>, const D: usize> Laws<M, D> {
    /// What these customers will do together.
    ///
    /// # Errors
    ///
    /// As [`ValueModel::total`](super::super::ValueModel::total); [`Error::Length`] when there are
    /// more or fewer histories or spends than rows here.
    pub fn total(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
        valuation: &Valuation<'_>,
        totals: &Totals,
    ) -> Result<Total, Error> {
        self.check_rows("histories", histories.len())?;
        self.check_rows("spends", spends.len())?;
        valuation.with(&self.reference).check()?;
        totals.check(&valuation.horizon)?;
        let factors = valuation.horizon.factors();
        let parts = self.in_blocks(|laws| {
            let mut sum = Here::default();
            for (law, rows) in laws {
                let (histories, spends) = (histories.select(rows), spends.select(rows));
                let group = Group {
                    model: &valuation.with(&law),
                    histories: &histories.checked(),
                    spends: &spends.checked(),
                    factors: &factors,
                };
                sum.add(&group.here());
            }
            sum
        });
        let mut here = Here::default();
        parts.iter().for_each(|part| here.add(part));
        let shares = self.sampled(histories, spends);
        let covariance = &self.common.covariance;
        let common = Factor::new(covariance, covariance.len().isqrt(), 0.0);
        let means =
            |share: &Share<M, D>, purchase: &M::Parameters, spend: &GammaGammaParameters| {
                let group = Group {
                    model: &valuation.with(&share.law),
                    histories: &share.histories.checked(),
                    spends: &share.spends.checked(),
                    factors: &factors,
                };
                group.means(&share.rows, purchase, spend)
            };
        let spend = &valuation.spend.parameters;
        let fitted = added_up(&shares, |share| means(share, &share.law.parameters, spend));
        let drawn = |random: &mut ChaCha8Rng| {
            let normal: Vec<f64> = (0..common.kept().len())
                .map(|_| StandardNormal.sample(random))
                .collect();
            let away = common.times(&normal);
            let spend = spend_drawn(valuation.spend, random);
            added_up(&shares, |share| means(share, &share.drawn(&away), &spend))
        };
        let level = self.reference.level;
        let (customers, margin) = (histories.customers(), valuation.margin);
        Ok(totals.simulate(customers, level, margin, &here, &fitted, drawn))
    }

    /// A systematic sample of the customers, by kind.
    fn sampled(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
    ) -> Vec<Share<M, D>> {
        let places: Vec<usize> = sample(self.rows.len()).collect();
        let kind_at = |place: &usize| self.kinds.of_row[self.rows[*place] as usize];
        places
            .chunk_by(|left, right| kind_at(left) == kind_at(right))
            .map(|places| {
                let rows: Vec<u32> = places.iter().map(|&place| self.rows[place]).collect();
                let kind = kind_at(&places[0]) as usize;
                Share {
                    law: self.law(kind),
                    slopes: self.common.slopes(self.kinds.of(kind)),
                    histories: histories.select(&rows),
                    spends: spends.select(&rows),
                    rows: (0..rows.len()).collect(),
                }
            })
            .collect()
    }
}

impl<M: PurchaseModel<D>, const D: usize> Share<M, D> {
    /// The parameters when what all have in common is so far away.
    fn drawn(&self, away: &[f64]) -> M::Parameters {
        let fitted = self.law.parameters.logarithms();
        let drawn = std::array::from_fn(|i| {
            fitted[i] + dot(&self.slopes[i], away).clamp(-FARTHEST, FARTHEST)
        });
        self.law.parameters.with_logarithms(&drawn)
    }
}

fn added_up<T>(parts: &[T], of: impl Fn(&T) -> [f64; 3]) -> [f64; 3] {
    let mut sum = [0.0; 3];
    for part in parts {
        for (sum, part) in sum.iter_mut().zip(of(part)) {
            *sum += part;
        }
    }
    sum
}
