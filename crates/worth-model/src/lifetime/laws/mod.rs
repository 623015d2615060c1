//! Customers who follow different laws of one model, by what is known of them (their covariates) or
//! by the group they belong to, and what these laws say.
//!
//! Each law is that of a plain fitted model, so everything a [`FittedPurchases`] says of customers can
//! be asked here: customers of each law are put together, asked for, and put back where they were.

mod goodness;
mod known;
mod total;

use std::fmt;
use std::sync::Arc;

use super::diagnosis::{Diagnosis, Goodness};
use super::fitted::FittedPurchases;
use super::gamma_gamma::{CheckedSpends, FittedGammaGamma};
use super::hindsight::{Hindsight, check_actual};
use super::histories::CheckedHistories;
use super::horizon::Horizon;
use super::law::PurchaseModel;
use super::margin::Margin;
use super::predicted::Predicted;
use super::value::ValueModel;
use crate::columns::check_length;
use crate::error::Error;
use crate::estimate::{Estimate, Method, Spread};
use crate::parallel::blocks;

pub(super) use goodness::Together;
pub(super) use known::{KnownLaw, KnownLaws};

/// The law of each customer in a table.
pub struct Laws<M: PurchaseModel<D>, const D: usize = 4> {
    known: Arc<dyn KnownLaws<M::Parameters, D>>,
    /// The law of the reference, without its cells.
    reference: FittedPurchases<M, D>,
    /// Rows of the table, those of the first law first.
    rows: Vec<u32>,
    /// Where the rows of each law begin, and where the last end.
    starts: Vec<u32>,
}

/// What turns purchases into money: spend per purchase, a horizon, and a margin.
#[derive(Debug, Clone, Copy)]
pub struct Valuation<'a> {
    /// What customers spend per purchase.
    pub spend: &'a FittedGammaGamma,
    /// How far ahead, and at what discount.
    pub horizon: Horizon,
    /// Part of an amount that stays with the business.
    pub margin: Margin,
}

impl<M: PurchaseModel<D>, const D: usize> fmt::Debug for Laws<M, D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        (formatter.debug_struct("Laws"))
            .field("model", &self.reference.name)
            .field("laws", &self.laws())
            .field("rows", &self.rows.len())
            .finish()
    }
}

impl<M: PurchaseModel<D>, const D: usize> Laws<M, D> {
    /// `law_of_row`: row by row, which of so many `laws` holds.
    pub(super) fn new(
        known: impl KnownLaws<M::Parameters, D> + 'static,
        laws: usize,
        law_of_row: &[u32],
        reference: &FittedPurchases<M, D>,
    ) -> Self {
        Self::of_known(Arc::new(known), laws, law_of_row, reference)
    }

    fn of_known(
        known: Arc<dyn KnownLaws<M::Parameters, D>>,
        laws: usize,
        law_of_row: &[u32],
        reference: &FittedPurchases<M, D>,
    ) -> Self {
        let mut starts = vec![0; laws + 1];
        for &law in law_of_row {
            starts[law as usize + 1] += 1;
        }
        for law in 0..laws {
            starts[law + 1] += starts[law];
        }
        let mut next = starts.clone();
        let mut rows = vec![0; law_of_row.len()];
        for (row, &law) in law_of_row.iter().enumerate() {
            rows[next[law as usize] as usize] = row as u32;
            next[law as usize] += 1;
        }
        let mut reference = reference.clone();
        without_cells(&mut reference.diagnosis);
        Self {
            known,
            reference,
            rows,
            starts,
        }
    }

    /// The laws of customers of whom the same is known as of these rows, in this order; a row may be
    /// there more than once.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a row that there is not.
    pub fn select(&self, rows: &[u32]) -> Result<Self, Error> {
        let count = self.rows.len();
        if let Some(&row) = rows.iter().find(|&&row| row as usize >= count) {
            let expected = "expected a row of the table";
            return Err(Error::Setting {
                field: "row",
                value: f64::from(row),
                expected,
            });
        }
        let mut law_of = vec![0; count];
        for law in 0..self.laws() {
            for &row in self.rows_of(law) {
                law_of[row as usize] = law as u32;
            }
        }
        let law_of_row: Vec<u32> = rows.iter().map(|&row| law_of[row as usize]).collect();
        let known = Arc::clone(&self.known);
        let (laws, reference) = (self.laws(), &self.reference);
        Ok(Self::of_known(known, laws, &law_of_row, reference))
    }

    /// What the laws say of their customers, in the order of the rows: `predict` is called with each
    /// law and its customers. As in `|law, customers| law.expected_purchases(customers, 52.0)`.
    ///
    /// # Errors
    ///
    /// Those of `predict`; [`Error::Length`] when there are more or fewer histories than rows here, or
    /// numbers predicted than customers.
    pub fn predict(
        &self,
        histories: &CheckedHistories<'_>,
        predict: impl Fn(&FittedPurchases<M, D>, &CheckedHistories<'_>) -> Result<Predicted, Error>
        + Sync,
    ) -> Result<Predicted, Error> {
        self.check_rows("histories", histories.len())?;
        self.each(|law, rows| {
            let predicted = predict(law, &histories.select(rows).checked())?;
            estimates(&predicted, rows.len())
        })
        .map(|estimates| self.column(&estimates))
    }

    /// What the laws say of new customers of whom the same is known as of the rows, in their order:
    /// as in `|law| law.expected_new(52.0)`. A number without an interval has that of itself.
    ///
    /// # Errors
    ///
    /// Those of `predict`.
    pub fn predict_new(
        &self,
        predict: impl Fn(&FittedPurchases<M, D>) -> Result<Estimate, Error> + Sync,
    ) -> Result<Predicted, Error> {
        self.each(|law, rows| Ok(vec![predict(law)?; rows.len()]))
            .map(|estimates| self.column(&estimates))
    }

    /// The mean over the rows of what the laws say of a new customer, as [`Self::predict_new`] takes
    /// it. What is not known of the parameters moves all laws together, so ends are averaged too.
    ///
    /// # Errors
    ///
    /// Those of `predict`; [`Error::Empty`] without rows.
    pub fn mean_new(
        &self,
        predict: impl Fn(&FittedPurchases<M, D>) -> Result<Estimate, Error> + Sync,
    ) -> Result<Estimate, Error> {
        if self.rows.is_empty() {
            return Err(Error::Empty { what: "customers" });
        }
        let mut mean = [0.0; 3];
        for (estimate, share) in self.over_rows(predict) {
            for (sum, part) in mean.iter_mut().zip(with_ends(&estimate?)) {
                *sum += share * part;
            }
        }
        let [value, low, high] = mean;
        let level = self.reference.level;
        Ok(Estimate::between(value, low, high, level, Method::Delta))
    }

    /// As [`FittedPurchases::hindsight`], by the law of each customer.
    ///
    /// # Errors
    ///
    /// As there; [`Error::Length`] when there are more or fewer histories than rows here.
    pub fn hindsight(
        &self,
        histories: &CheckedHistories<'_>,
        time: f64,
        actual: &[f64],
    ) -> Result<Vec<Hindsight>, Error> {
        self.check_rows("histories", histories.len())?;
        check_actual(histories, actual)?;
        self.each(|law, rows| {
            let actual: Vec<f64> = rows.iter().map(|&row| actual[row as usize]).collect();
            law.hindsight(&histories.select(rows).checked(), time, &actual)
        })
    }

    /// What customers are worth, in the order of the rows: `value` is called with the model of each law
    /// and its customers. As in `|model, histories, spends| model.of_customers(histories, spends)`.
    ///
    /// # Errors
    ///
    /// Those of `value`; [`Error::Length`] when there are more or fewer histories or spends than rows
    /// here.
    pub fn values(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
        valuation: &Valuation<'_>,
        value: impl Fn(
            &ValueModel<'_, M, D>,
            &CheckedHistories<'_>,
            &CheckedSpends<'_>,
        ) -> Result<Predicted, Error>
        + Sync,
    ) -> Result<Predicted, Error> {
        self.check_rows("histories", histories.len())?;
        self.check_rows("spends", spends.len())?;
        self.each(|law, rows| {
            let (histories, spends) = (histories.select(rows), spends.select(rows));
            let model = valuation.with(law);
            let values = value(&model, &histories.checked(), &spends.checked())?;
            estimates(&values, rows.len())
        })
        .map(|estimates| self.column(&estimates))
    }

    /// A column of numbers that all came about in the same way.
    fn column(&self, estimates: &[Estimate]) -> Predicted {
        let parts = vec![estimates.iter().map(with_ends).collect()];
        let method = estimates.iter().find_map(|estimate| match estimate.spread {
            Spread::Interval { method, .. } => Some(method),
            Spread::None { .. } => None,
        });
        Predicted {
            method: method.unwrap_or(Method::Delta),
            ..Predicted::from_parts(parts, self.reference.level)
        }
    }

    /// What `work` makes of each law, with the share of the rows that have it.
    pub(super) fn over_rows<T: Send>(
        &self,
        work: impl Fn(&FittedPurchases<M, D>) -> T + Sync,
    ) -> Vec<(T, f64)> {
        let all = self.rows.len() as f64;
        let parts = self.in_blocks(|laws| -> Vec<(T, f64)> {
            laws.map(|(law, rows)| (work(&law), rows.len() as f64 / all))
                .collect()
        });
        parts.into_iter().flatten().collect()
    }

    fn check_rows(&self, field: &'static str, found: usize) -> Result<(), Error> {
        check_length(field, found, self.rows.len())
    }

    /// How many laws there are.
    fn laws(&self) -> usize {
        self.starts.len() - 1
    }

    /// The rows of a law.
    fn rows_of(&self, law: usize) -> &[u32] {
        &self.rows[self.starts[law] as usize..self.starts[law + 1] as usize]
    }

    fn law(&self, law: usize) -> FittedPurchases<M, D> {
        self.known.law(law).of(&self.reference, self.known.common())
    }

    /// Calls `work` with each law that has rows and with these, a block of laws at a time, and gives
    /// what it makes of each block, in order.
    fn in_blocks<T: Send>(
        &self,
        work: impl Fn(&mut dyn Iterator<Item = (FittedPurchases<M, D>, &[u32])>) -> T + Sync,
    ) -> Vec<T> {
        let sizes = (0..self.laws()).map(|law| self.rows_of(law).len());
        blocks(sizes, |range| {
            let inhabited = range.filter(|&law| !self.rows_of(law).is_empty());
            work(&mut inhabited.map(|law| (self.law(law), self.rows_of(law))))
        })
    }

    /// Calls `work` with each law and its rows and puts what it makes of each row where the row is.
    fn each<T: Copy + Send>(
        &self,
        work: impl Fn(&FittedPurchases<M, D>, &[u32]) -> Result<Vec<T>, Error> + Sync,
    ) -> Result<Vec<T>, Error> {
        let parts = self.in_blocks(|laws| {
            let mut part: Vec<T> = Vec::new();
            for (law, rows) in laws {
                part.extend(work(&law, rows)?);
            }
            Ok(part)
        });
        let sorted: Vec<T> = parts.into_iter().collect::<Result<Vec<_>, _>>()?.concat();
        let mut place = vec![0; self.rows.len()];
        for (index, &row) in self.rows.iter().enumerate() {
            place[row as usize] = index;
        }
        Ok(place.into_iter().map(|index| sorted[index]).collect())
    }
}

impl<'a> Valuation<'a> {
    /// For customers of one law.
    #[must_use]
    pub fn with<'b, M: PurchaseModel<D>, const D: usize>(
        &'b self,
        purchase: &'b FittedPurchases<M, D>,
    ) -> ValueModel<'b, M, D> {
        ValueModel {
            purchase,
            spend: self.spend,
            horizon: self.horizon,
            margin: self.margin,
        }
    }
}

/// A number without an interval has that of itself.
fn with_ends(estimate: &Estimate) -> [f64; 3] {
    let (low, high) = estimate.ends().unwrap_or((estimate.value, estimate.value));
    [estimate.value, low, high]
}

/// The numbers of so many rows.
fn estimates(predicted: &Predicted, rows: usize) -> Result<Vec<Estimate>, Error> {
    check_length("predicted", predicted.value.len(), rows)?;
    Ok((0..rows).map(|row| predicted.estimate(row)).collect())
}

/// Laws are handed out by the million, and their cells are those of all customers.
fn without_cells(diagnosis: &mut Diagnosis) {
    let tests: [Option<&mut Goodness>; 2] =
        [Some(&mut diagnosis.goodness), diagnosis.recency.as_mut()];
    for test in tests.into_iter().flatten() {
        test.cells.clear();
    }
}
