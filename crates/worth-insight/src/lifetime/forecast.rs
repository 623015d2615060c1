//! From histories to a forecast: fits the models, predicts each customer, adds up with intervals.

use worth_model::Estimate;
use worth_model::concentration;
use worth_model::lifetime::{
    FittedGammaGamma, GammaGamma, Histories as ModelHistories, Horizon, Margin, Model, Outcome,
    Predicted, PurchaseLaws, Spends, Total, Totals, Valuation,
};

use super::ahead::Ahead;
use super::answer::{
    Assumptions, CannotTell, Concentration, CurvePoint, Customers, Forecast, KnownCosts,
    LifetimeAnswer, PurchaseModel, RefundsTaken, RepeatPoint, Status, StatusRule,
};
use super::choice::ModelChoice;
use super::history::{Dated, Histories};
use super::kinds::{CovariatesTold, Kinds, PooledTold};
use super::standing::Standing;
use super::{Lifetime, List, TimeUnit};
use crate::error::Error;

/// Points of the curve of repeat purchases.
const REPEAT_POINTS: usize = 40;
/// Points of the concentration curve.
const CURVE_POINTS: usize = 20;

/// The fitted models with what they are asked for.
#[derive(Debug)]
pub(crate) struct Forecaster {
    unit: TimeUnit,
    assumptions: Assumptions,
    seed: u64,
    /// What makes a status.
    pub(super) rule: StatusRule,
    kinds: Kinds,
    purchases: Option<Learnt>,
    spend: Option<FittedGammaGamma>,
    cannot_tell: Vec<CannotTell>,
}

/// The model of purchases, and the laws by which customers buy and leave.
#[derive(Debug)]
struct Learnt {
    model: PurchaseModel,
    /// Of kinds of customers, as [`Kinds`] numbers them.
    laws: Box<dyn PurchaseLaws>,
    /// Of the customers that it was learnt from: new ones are taken to be like them.
    new: Box<dyn PurchaseLaws>,
}

/// What is to be expected of one customer; triples are value, low and high.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Outlook {
    /// Probability of still buying.
    pub p_alive: [f64; 3],
    /// Purchases within the horizon.
    pub purchases: [f64; 3],
    /// Discounted margin on them; absent without a spend model.
    pub value: Option<[f64; 3]>,
    /// What the customer seems to be doing.
    pub status: Status,
}

impl Outlook {
    /// What the customer would bring on top within the horizon if kept for certain.
    ///
    /// Value is P(alive) times the value of someone who certainly still buys; that less the value
    /// itself is at stake.
    pub(crate) fn at_stake(&self) -> Option<f64> {
        self.value
            .map(|value| stake(value[0], self.p_alive[0], self.p_alive[0]))
    }

    /// The same with an interval that takes the unluckiest and the luckiest of both uncertain
    /// numbers, so it is rather too wide than too narrow.
    pub(super) fn stake_ends(&self) -> Option<[f64; 3]> {
        let [p, p_low, p_high] = self.p_alive;
        let [value, low, high] = self.value?;
        Some([
            stake(value, p, p),
            stake(low, p, p_high),
            stake(high, p, p_low),
        ])
    }
}

/// `value` is that of a customer who is there with probability `p_valued`.
fn stake(value: f64, p_valued: f64, p: f64) -> f64 {
    if p_valued > 0.0 {
        value / p_valued * (1.0 - p)
    } else {
        0.0
    }
}

/// What customers will do, chance included.
pub(crate) struct Predictions {
    /// Purchases within the horizon, between whole numbers.
    pub purchases: Predicted,
    /// Discounted margin on them; absent without a spend model.
    pub value: Option<Predicted>,
}

/// Columns as the models take them, for some of the rows.
#[derive(Default)]
pub(crate) struct Columns {
    pub(crate) frequency: Vec<f64>,
    recency: Vec<f64>,
    pub(crate) age: Vec<f64>,
    log_gaps: Option<Vec<f64>>,
    spend_purchases: Vec<f64>,
    mean_spend: Vec<f64>,
}

impl Columns {
    pub(crate) fn of(
        histories: &Histories,
        rows: impl Iterator<Item = usize>,
        unit: TimeUnit,
    ) -> Self {
        let mut columns = Self {
            log_gaps: histories.dated.as_ref().map(|_| Vec::new()),
            ..Self::default()
        };
        for row in rows {
            let (recency_days, age_days) = histories.recency_and_age(row);
            columns.frequency.push(f64::from(histories.repeats[row]));
            columns.recency.push(recency_days / unit.days());
            columns.age.push(age_days / unit.days());
            if let (Some(log_gaps), Some(dated)) = (&mut columns.log_gaps, &histories.dated) {
                let in_unit = f64::from(histories.repeats[row]) * unit.days().ln();
                log_gaps.push(dated.log_gaps[row] - in_unit);
            }
            columns
                .spend_purchases
                .push(f64::from(histories.spend_days[row]));
            columns.mean_spend.push(histories.mean_spend[row]);
        }
        columns
    }

    pub(crate) fn histories(&self) -> ModelHistories<'_> {
        ModelHistories {
            frequency: &self.frequency,
            recency: &self.recency,
            age: &self.age,
            log_gaps: self.log_gaps.as_deref(),
            ..ModelHistories::default()
        }
    }

    pub(crate) fn spends(&self) -> Spends<'_> {
        Spends {
            purchases: &self.spend_purchases,
            mean: &self.mean_spend,
            weight: None,
        }
    }
}

impl Forecaster {
    /// Fits what the data can carry to the histories that parameters are learned from. `choose` is
    /// asked for the model when there is one to fit.
    pub(crate) fn fit(
        question: &Lifetime,
        kinds: Kinds,
        assumptions: Assumptions,
        rule: StatusRule,
        seed: u64,
        histories: &Histories,
        choose: impl FnOnce() -> Result<(Model, ModelChoice), Error>,
    ) -> Result<Self, Error> {
        let mut forecaster = Self {
            unit: question.unit,
            assumptions,
            seed,
            rule,
            kinds,
            purchases: None,
            spend: None,
            cannot_tell: Vec::new(),
        };
        let customers = histories.len() as u64;
        if customers == 0 {
            forecaster.cannot_tell.push(CannotTell::NoPurchases);
            return Ok(forecaster);
        }
        if question.summary_only {
            forecaster.cannot_tell.push(CannotTell::NotAsked);
            return Ok(forecaster);
        }
        let repeat_customers = histories.repeat_customers();
        if repeat_customers == 0 {
            forecaster
                .cannot_tell
                .push(CannotTell::NoRepeats { customers });
            return Ok(forecaster);
        }
        let columns = Columns::of(histories, 0..histories.len(), question.unit);
        let kinds = forecaster.kinds_of(histories, 0..histories.len());
        forecaster.fit_purchases(choose()?, &columns, &kinds, repeat_customers);
        if forecaster.purchases.is_some() {
            forecaster.fit_spend(&columns);
        }
        Ok(forecaster)
    }

    fn fit_purchases(
        &mut self,
        (model, choice): (Model, ModelChoice),
        columns: &Columns,
        kinds: &[u32],
        repeat_customers: u64,
    ) {
        let histories = columns.histories().check().expect(SENSE);
        let level = self.assumptions.level;
        let fitted = self.kinds.fit(model, &histories, kinds, level);
        match fitted.model.diagnosis().outcome {
            Outcome::TooFew {
                repeat_customers_needed: needed,
                ..
            } => self.cannot_tell.push(CannotTell::TooFewRepeats {
                repeat_customers,
                needed: needed.ceil() as u64,
            }),
            _ => {
                self.purchases = Some(Learnt {
                    new: fitted.laws.select(kinds).expect(SENSE),
                    laws: fitted.laws,
                    model: PurchaseModel {
                        unit: self.unit,
                        choice,
                        covariates: fitted.covariates,
                        pooled: fitted.pooled,
                        fitted: fitted.model,
                    },
                });
            }
        }
    }

    fn fit_spend(&mut self, columns: &Columns) {
        let model = GammaGamma {
            level: self.assumptions.level,
            ..GammaGamma::default()
        };
        let spends = columns.spends().check().expect(SENSE);
        let customers = spends.customers() as u64;
        let Ok(fitted) = model.fit(&spends) else {
            // the only way to fail is nobody with a paid repeat purchase
            self.cannot_tell.push(CannotTell::NoSpend {
                customers,
                needed: 1,
            });
            return;
        };
        match fitted.diagnosis.outcome {
            Outcome::TooFew {
                repeat_customers_needed: needed,
                ..
            } => self.cannot_tell.push(CannotTell::NoSpend {
                customers,
                needed: needed.ceil() as u64,
            }),
            _ => self.spend = Some(fitted),
        }
    }

    /// What is to be expected of the customers in `rows`; `None` without a model.
    pub(crate) fn outlooks(&self, histories: &Histories, rows: &[usize]) -> Option<Vec<Outlook>> {
        let laws = self.laws(histories, rows)?;
        let columns = Columns::of(histories, rows.iter().copied(), self.unit);
        let checked = columns.histories().check().expect(SENSE);
        let alive = laws.probability_alive(&checked).expect(ROWS);
        let ahead = self.ahead(histories);
        let purchases = ahead.predicted(|horizon| {
            let purchases = laws.expected_purchases(&checked, horizon.length);
            purchases.expect(ROWS)
        });
        let values = self.spend.as_ref().map(|spend| {
            let spends = columns.spends().check().expect(SENSE);
            ahead.predicted(|horizon| {
                let valuation = self.valuation(spend, horizon);
                let values = laws.expected_value(&checked, &spends, &valuation);
                values.expect(ROWS)
            })
        });
        let outlook = |(place, &row): (usize, &usize)| {
            let of = |predicted: &Predicted| {
                [
                    predicted.value[place],
                    predicted.low[place],
                    predicted.high[place],
                ]
            };
            Outlook {
                p_alive: of(&alive),
                purchases: of(&purchases),
                value: values.as_ref().map(of),
                status: self
                    .rule
                    .status(&histories.business_rhythm(row), alive.value[place]),
            }
        };
        Some(rows.iter().enumerate().map(outlook).collect())
    }

    /// Between which numbers the customers in `rows` will be; `None` without a model.
    pub(crate) fn predictions(&self, histories: &Histories, rows: &[usize]) -> Option<Predictions> {
        let laws = self.laws(histories, rows)?;
        let columns = Columns::of(histories, rows.iter().copied(), self.unit);
        let checked = columns.histories().check().expect(SENSE);
        let ahead = self.ahead(histories);
        let purchases = ahead.predicted(|horizon| {
            let purchases = laws.predicted_purchases(&checked, horizon.length);
            purchases.expect(ROWS)
        });
        let value = self.spend.as_ref().map(|spend| {
            let spends = columns.spends().check().expect(SENSE);
            ahead.predicted(|horizon| {
                let valuation = self.valuation(spend, horizon);
                let values = laws.predicted_value(&checked, &spends, &valuation);
                values.expect(ROWS)
            })
        });
        Some(Predictions { purchases, value })
    }

    /// The answer, and the rows of the customers on the list; none when it is everyone.
    pub(crate) fn answer(
        &self,
        histories: &Histories,
        refunds: Option<RefundsTaken>,
        costs: Option<KnownCosts>,
        list: List,
    ) -> (LifetimeAnswer, Vec<u32>) {
        let standing = Standing::of(self, histories, list, self.assumptions.level);
        let forecast = standing
            .as_ref()
            .map(|standing| self.forecast(histories, standing));
        let (statuses, slipping, p_alive, chosen) = match standing {
            Some(standing) => (
                Some(standing.statuses),
                Some(standing.slipping),
                standing.p_alive,
                standing.chosen,
            ),
            None => (None, None, Vec::new(), Vec::new()),
        };
        let dated = histories.dated.as_ref();
        let revenue = dated.map(|dated| dated.revenue.as_slice());
        let answer = LifetimeAnswer {
            model: self.model_told(histories),
            spend: self.spend.clone(),
            cannot_tell: self.cannot_tell.clone(),
            assumptions: self.assumptions.clone(),
            calendar: dated.and_then(|dated| dated.time.known.clone()),
            customers: Customers {
                all: histories.len() as u64,
                repeat: histories.repeat_customers(),
                purchases: histories.purchases(),
                revenue: dated.map(Dated::total_revenue),
                typical_gap_days: histories.typical_gap_days(),
            },
            refunds,
            costs,
            forecast,
            concentration: revenue.and_then(|of| concentration_of(of, self.assumptions.level)),
            statuses,
            slipping,
            call_list: None,
            p_alive,
            repeats: dated.map_or_else(Vec::new, |dated| self.repeats(dated)),
            observed_days: histories.observed_days(),
            months: dated.map_or_else(Vec::new, |dated| dated.months.clone()),
        };
        (answer, chosen)
    }

    /// Repeat purchases of all customers up to evenly spaced days: actual, and expected of as many
    /// new customers on the same first days.
    fn repeats(&self, dated: &Dated) -> Vec<RepeatPoint> {
        let Some(learnt) = &self.purchases else {
            return Vec::new();
        };
        let by_day = &dated.by_day;
        let points = REPEAT_POINTS.min(by_day.len());
        let ends = (1..=points).map(|point| by_day.len() * point / points - 1);
        by_day.track(learnt.new.as_ref(), self.unit, &dated.time, ends)
    }

    /// The model of purchases, with what new customers of each level or group bring.
    fn model_told(&self, histories: &Histories) -> Option<PurchaseModel> {
        let Learnt { model, laws, .. } = self.purchases.as_ref()?;
        let mut model = model.clone();
        let of_levels = model.covariates.iter_mut();
        let of_levels = of_levels.flat_map(CovariatesTold::new_customers_mut);
        let of_groups = model.pooled.iter_mut();
        let of_groups = of_groups.flat_map(PooledTold::new_customers_mut);
        for (row, new) in self.kinds.rows_told().zip(of_levels.chain(of_groups)) {
            let law = laws.select(&[row]).expect(SENSE);
            *new = self.value_of_new(law.as_ref(), histories);
        }
        Some(model)
    }

    /// What all customers together will do; with a model of spend, intervals cover chance too.
    fn forecast(&self, histories: &Histories, standing: &Standing) -> Forecast {
        let all: Vec<usize> = (0..histories.len()).collect();
        let total = self.total(histories, &all);
        let equity = total.map(|total| total.value);
        let newcomers = self.purchases.as_ref().map(|learnt| learnt.new.as_ref());
        let new_customer = newcomers.and_then(|new| self.value_of_new(new, histories));
        Forecast {
            active: total.map_or(standing.active, |total| total.alive),
            active_once: standing.active_once,
            purchases: total.map_or(standing.purchases, |total| total.purchases),
            equity,
            equity_per_customer: equity.map(|equity| equity.scaled(1.0 / all.len() as f64)),
            new_customer,
        }
    }

    /// What the customers in `rows` will do together; `None` without both models.
    pub(crate) fn total(&self, histories: &Histories, rows: &[usize]) -> Option<Total> {
        let (laws, spend) = (self.laws(histories, rows)?, self.spend.as_ref()?);
        let columns = Columns::of(histories, rows.iter().copied(), self.unit);
        let checked = columns.histories().check().expect(SENSE);
        let spends = columns.spends().check().expect(SENSE);
        let totals = Totals {
            seed: self.seed,
            ..Totals::default()
        };
        Some(self.ahead(histories).total(|horizon| {
            let valuation = self.valuation(spend, horizon);
            let total = laws.total(&checked, &spends, &valuation, &totals);
            total.expect(ROWS)
        }))
    }

    /// Repeat purchases that a new customer is expected to make within so many days of the first
    /// purchase; `None` without a model.
    pub(crate) fn repeats_of_new(&self, days: f64) -> Option<f64> {
        let new = &self.purchases.as_ref()?.new;
        Some(new.mean_of_new(days / self.unit.days()))
    }

    /// What is taken as given.
    pub(crate) fn assumptions(&self) -> &Assumptions {
        &self.assumptions
    }

    /// The fitted model of purchases; `None` without one.
    pub(crate) fn purchases(&self) -> Option<&PurchaseModel> {
        Some(&self.purchases.as_ref()?.model)
    }

    /// The fitted model of spend; `None` without one.
    pub(crate) fn spend(&self) -> Option<&FittedGammaGamma> {
        self.spend.as_ref()
    }

    /// The model of purchases; `None` without one.
    pub(crate) fn model(&self) -> Option<Model> {
        Some(self.purchases()?.fitted.model())
    }

    /// What these data cannot tell, and why.
    pub(crate) fn cannot_tell(&self) -> &[CannotTell] {
        &self.cannot_tell
    }

    /// The laws of the customers in `rows`; `None` without a model.
    fn laws(&self, histories: &Histories, rows: &[usize]) -> Option<Box<dyn PurchaseLaws>> {
        let kinds = self.kinds_of(histories, rows.iter().copied());
        let laws = &self.purchases.as_ref()?.laws;
        Some(laws.select(&kinds).expect("every kind has a law"))
    }

    fn kinds_of(&self, histories: &Histories, rows: impl Iterator<Item = usize>) -> Vec<u32> {
        rows.map(|row| self.kinds.kind_of(histories.rank(row)))
            .collect()
    }

    /// What a new customer by these laws brings; `None` without a spend model.
    fn value_of_new(&self, laws: &dyn PurchaseLaws, histories: &Histories) -> Option<Estimate> {
        let spend = self.spend.as_ref()?;
        Some(self.ahead(histories).expected(|horizon| {
            let value = laws.value_of_new(&self.valuation(spend, horizon));
            value.expect("there are customers to be like")
        }))
    }

    fn valuation<'a>(&self, spend: &'a FittedGammaGamma, horizon: Horizon) -> Valuation<'a> {
        Valuation {
            spend,
            horizon,
            margin: self.margin(),
        }
    }

    /// What part of an amount stays with the business.
    pub(crate) fn margin(&self) -> Margin {
        Margin {
            share: self.assumptions.margin.value,
            standard_error: self.assumptions.margin.standard_error().unwrap_or(0.0),
        }
    }

    /// How far ahead value is looked for.
    pub(crate) fn ahead(&self, histories: &Histories) -> Ahead {
        let stretch = histories.ahead(self.assumptions.horizon_days);
        Ahead::new(stretch, self.unit, &self.assumptions)
    }
}

const ROWS: &str = "both have a row per customer, and settings are in range";
pub(crate) const SENSE: &str = "histories are made of days in order, so they make sense";

/// How much of the revenue comes from how few; `None` without revenue.
fn concentration_of(revenue: &[f64], level: f64) -> Option<Concentration> {
    let found = concentration::concentration(revenue, Some(level)).ok()?;
    let top_tenth = found
        .top
        .iter()
        .find(|top| (top.customers - 0.1).abs() < 1e-9)?;
    if found.total <= 0.0 {
        return None;
    }
    let mut best_first = revenue.to_vec();
    best_first.sort_unstable_by(|a, b| b.total_cmp(a));
    let mut curve = vec![CurvePoint {
        customers: 0.0,
        revenue: 0.0,
    }];
    let (mut sum, mut taken) = (0.0, 0);
    for point in 1..=CURVE_POINTS {
        let upto = best_first.len() * point / CURVE_POINTS;
        sum += best_first[taken..upto].iter().sum::<f64>();
        taken = upto;
        curve.push(CurvePoint {
            customers: upto as f64 / best_first.len() as f64,
            revenue: (sum / found.total).min(1.0),
        });
    }
    curve.dedup_by(|next, kept| next.customers == kept.customers);
    Some(Concentration {
        top_tenth_share: top_tenth.share,
        gini: found.gini,
        curve,
    })
}
