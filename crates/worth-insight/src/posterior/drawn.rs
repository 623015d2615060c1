//! Draws around what `lifetime` fitted, and what all customers will do by either.

use worth_lake::progress::{Stage, Unit};
use worth_model::lifetime::{
    GammaGamma, Posterior, PosteriorGammaGamma, PurchasesPosterior, Sampling,
};

use super::answer::{BothTotals, Drawn, DrawnModel};
use crate::context::Context;
use crate::error::Error;
use crate::lifetime::answer::PurchaseModel;
use crate::lifetime::forecast::{Columns, Forecaster, SENSE};
use crate::lifetime::history::Histories;

/// What is drawn around, and how.
pub(super) struct Drawing<'a> {
    pub(super) forecaster: &'a Forecaster,
    pub(super) histories: &'a Histories,
    pub(super) sampling: &'a Sampling,
}

/// The posteriors of a model of purchases, and of one of spend where there is one.
pub(super) struct Posteriors<'a> {
    pub(super) model: &'a PurchaseModel,
    pub(super) purchases: Box<dyn PurchasesPosterior>,
    pub(super) spend: Option<PosteriorGammaGamma>,
}

impl<'a> Drawing<'a> {
    /// Draws; nothing without a model.
    pub(super) fn draw(&self, context: &Context) -> Result<Option<Posteriors<'a>>, Error> {
        let Some(model) = self.forecaster.purchases() else {
            return Ok(None);
        };
        let level = self.forecaster.assumptions().level;
        let of_chain = u64::from(self.sampling.tuning + self.sampling.draws);
        let of_model = u64::from(self.sampling.chains) * of_chain;
        let models = 1 + u64::from(self.forecaster.spend().is_some());
        let progress = context.progress();
        progress.begin(
            Stage::of("sample", ""),
            Some(models * of_model),
            Unit::Steps,
        );
        let goes_on = || {
            progress.advance(1);
            !context.cancellation().is_cancelled()
        };
        let columns = self.columns(model);
        let histories = columns.histories().check().expect(SENSE);
        let purchases = (model.fitted.model())
            .posterior_while(&histories, level, self.sampling, &goes_on)
            .expect("settings are in range, and there are customers");
        let spend = self.forecaster.spend().map(|_| {
            let spends = columns.spends().check().expect(SENSE);
            let spend = GammaGamma {
                level,
                ..GammaGamma::default()
            };
            spend
                .posterior_while(&spends, self.sampling, &goes_on)
                .expect("settings are in range, and it was fitted before")
        });
        progress.end();
        context.check()?;
        Ok(Some(Posteriors {
            model,
            purchases,
            spend,
        }))
    }

    /// What is told of draws.
    pub(super) fn told(&self, drawn: &Posteriors<'_>) -> Drawn {
        Drawn {
            purchases: of_model(drawn.purchases.as_ref()),
            spend: drawn.spend.as_ref().map(|spend| of_model(spend)),
            totals: self.totals(drawn),
        }
    }

    fn totals(&self, drawn: &Posteriors<'_>) -> Option<BothTotals> {
        let spend = drawn.spend.as_ref()?;
        let all: Vec<usize> = (0..self.histories.len()).collect();
        let likelihood = self.forecaster.total(self.histories, &all)?;
        let columns = self.columns(drawn.model);
        let histories = columns.histories().check().expect(SENSE);
        let spends = columns.spends().check().expect(SENSE);
        let (ahead, margin) = (
            self.forecaster.ahead(self.histories),
            self.forecaster.margin(),
        );
        let posterior = ahead.total(|horizon| {
            (drawn.purchases)
                .total(spend, (horizon, margin), &histories, &spends)
                .expect("both have a row per customer, and the horizon ends")
        });
        Some(BothTotals {
            posterior,
            likelihood,
        })
    }

    fn columns(&self, model: &PurchaseModel) -> Columns {
        Columns::of(self.histories, 0..self.histories.len(), model.unit)
    }
}

fn of_model(posterior: &dyn Posterior) -> DrawnModel {
    let diagnosis = posterior.diagnosis();
    DrawnModel {
        outcome: diagnosis.outcome.clone(),
        draws: diagnosis.draws,
        divergences: diagnosis.divergences,
        parameters: posterior.parameters(),
    }
}
