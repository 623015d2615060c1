//! What customers of several laws will do together.
//!
//! As for customers of one law ([`ValueModel::total`](super::super::ValueModel::total)), but what the
//! laws have in common is drawn once for all of them: they err together, and a total is less certain
//! than if each law had been learnt by itself.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;

use super::super::fitted::FittedPurchases;
use super::super::gamma_gamma::{CheckedSpends, SelectedSpends};
use super::super::histories::{CheckedHistories, SelectedHistories};
use super::super::law::{Law, PurchaseModel};
use super::super::margin::FARTHEST;
use super::super::totals::{Futures, Parameters, Sums, Total, Totals, check_end, sample};
use super::super::value::spend_drawn;
use super::{KnownLaw, Laws, Valuation};
use crate::dense::{Factor, dot};
use crate::error::Error;
use crate::symmetric::{self, Matrix, Vector, root};

/// Customers of one law in the sample.
struct Share<M: PurchaseModel<D>, const D: usize> {
    law: FittedPurchases<M, D>,
    known: KnownLaw<M::Parameters, D>,
    /// Of the covariance that is the law's own.
    root: Matrix<D>,
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
        valuation.horizon.check_with(valuation.margin)?;
        totals.check()?;
        check_end(&valuation.horizon)?;
        let factors = valuation.horizon.factors();
        let (spend, margin) = (valuation.spend, valuation.margin);
        let fitted = |purchase: &M::Parameters| Parameters {
            purchase: *purchase,
            spend: spend.parameters,
            margin: margin.share,
        };
        let parts = self.in_blocks(|laws| {
            let mut sums = Sums::default();
            for (law, rows) in laws {
                let (histories, spends) = (histories.select(rows), spends.select(rows));
                let (histories, spends) = (histories.checked(), spends.checked());
                let model = valuation.with(&law);
                let group = model.group(&histories, &spends);
                sums.add(&group.sums(&factors, &fitted(&law.parameters)));
            }
            sums
        });
        let mut sums = Sums::default();
        parts.iter().for_each(|part| sums.add(part));

        let shares = self.sampled(histories, spends);
        let of_sample = |drawn: &mut dyn FnMut(&Share<M, D>) -> Parameters<M::Parameters>| {
            let mut all = [0.0; 3];
            for share in &shares {
                let (histories, spends) = (share.histories.checked(), share.spends.checked());
                let model = valuation.with(&share.law);
                let group = model.group(&histories, &spends);
                let middle = fitted(&share.law.parameters);
                let means = group.means(&share.rows, &factors, &drawn(share), &middle);
                for (sum, mean) in all.iter_mut().zip(means) {
                    *sum += mean;
                }
            }
            all
        };
        let covariance = self.known.common();
        let common = Factor::new(covariance, covariance.len().isqrt(), 0.0);
        let there = (0..totals.draws).into_par_iter().map(|draw| {
            let mut random = ChaCha8Rng::seed_from_u64(totals.seed);
            random.set_stream(u64::from(draw));
            let normal: Vec<f64> = (0..common.kept().len())
                .map(|_| StandardNormal.sample(&mut random))
                .collect();
            let away = common.times(&normal);
            let spend = spend_drawn(spend, &mut random);
            let margin = margin.away(StandardNormal.sample(&mut random));
            of_sample(&mut |share| Parameters {
                purchase: share.drawn(&away, &mut random),
                spend,
                margin,
            })
        });
        let there = there.collect();
        let here = of_sample(&mut |share| fitted(&share.law.parameters));
        let futures = Futures::new(histories.customers(), sums, here, there);
        Ok(futures.around_middle(self.reference.level))
    }

    /// A systematic sample of the customers, by law.
    fn sampled(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
    ) -> Vec<Share<M, D>> {
        let places: Vec<usize> = sample(self.rows.len()).collect();
        let law_at = |place: &usize| {
            self.starts
                .partition_point(|&start| start as usize <= *place)
                - 1
        };
        places
            .chunk_by(|left, right| law_at(left) == law_at(right))
            .map(|places| {
                let rows: Vec<u32> = places.iter().map(|&place| self.rows[place]).collect();
                let known = self.known.law(law_at(&places[0]));
                Share {
                    law: known.of(&self.reference, self.known.common()),
                    root: root(&known.own),
                    known,
                    histories: histories.select(&rows),
                    spends: spends.select(&rows),
                    rows: (0..rows.len()).collect(),
                }
            })
            .collect()
    }
}

impl<M: PurchaseModel<D>, const D: usize> Share<M, D> {
    /// The parameters when what all have in common is so far away, and what is their own is drawn.
    fn drawn(&self, away: &[f64], random: &mut ChaCha8Rng) -> M::Parameters {
        let normal: Vector<D> = std::array::from_fn(|_| StandardNormal.sample(random));
        let fitted = self.law.parameters.logarithms();
        let drawn = std::array::from_fn(|i| {
            let common = dot(&self.known.along[i], away);
            let own = symmetric::dot(&self.root[i], &normal);
            fitted[i] + (common + own).clamp(-FARTHEST, FARTHEST)
        });
        self.law.parameters.with_logarithms(&drawn)
    }
}
