//! From histories to a forecast: fits the models, predicts each customer, adds up with intervals.

use worth_model::concentration;
use worth_model::lifetime::{
    FittedGammaGamma, FittedModel, GammaGamma, Histories as ModelHistories, Horizon, Model,
    Outcome, Predicted, Spends, Total, Totals, Valued,
};
use worth_model::{Estimate, Method};

use super::answer::{
    Assumptions, CannotTell, Concentration, CurvePoint, Customers, Forecast, LifetimeAnswer,
    PurchaseModel, RefundsTaken, RepeatPoint, Status, StatusRule,
};
use super::history::Histories;
use super::summary::Summary;
use super::{Lifetime, List, TimeUnit};
use crate::columns::date_of;

/// Points of the curve of repeat purchases.
const REPEAT_POINTS: i32 = 40;
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
    purchases: Option<FittedModel>,
    spend: Option<FittedGammaGamma>,
    cannot_tell: Vec<CannotTell>,
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

/// Columns as the models take them, for some of the rows.
#[derive(Default)]
pub(crate) struct Columns {
    pub(crate) frequency: Vec<f64>,
    recency: Vec<f64>,
    pub(crate) age: Vec<f64>,
    log_gaps: Vec<f64>,
    spend_purchases: Vec<f64>,
    mean_spend: Vec<f64>,
}

impl Columns {
    pub(crate) fn of(
        histories: &Histories,
        rows: impl Iterator<Item = usize>,
        unit: TimeUnit,
    ) -> Self {
        let mut columns = Self::default();
        let days = |days: i32| f64::from(days) / unit.days();
        for row in rows {
            columns.frequency.push(f64::from(histories.repeats[row]));
            columns
                .recency
                .push(days(histories.last[row] - histories.first[row]));
            columns
                .age
                .push(days(histories.until - histories.first[row]));
            let in_unit = f64::from(histories.repeats[row]) * unit.days().ln();
            columns.log_gaps.push(histories.log_gaps[row] - in_unit);
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
            log_gaps: Some(&self.log_gaps),
            ..ModelHistories::default()
        }
    }

    fn spends(&self) -> Spends<'_> {
        Spends {
            purchases: &self.spend_purchases,
            mean: &self.mean_spend,
            weight: None,
        }
    }
}

impl Forecaster {
    /// Fits what the data can carry.
    pub(crate) fn fit(
        question: &Lifetime,
        assumptions: Assumptions,
        seed: u64,
        histories: &Histories,
    ) -> Self {
        let mut forecaster = Self {
            unit: question.unit,
            assumptions,
            seed,
            rule: StatusRule::new(histories.typical_gap_days().unwrap_or_default()),
            purchases: None,
            spend: None,
            cannot_tell: Vec::new(),
        };
        let customers = histories.len() as u64;
        if customers == 0 {
            forecaster.cannot_tell.push(CannotTell::NoPurchases);
            return forecaster;
        }
        if question.summary_only {
            forecaster.cannot_tell.push(CannotTell::NotAsked);
            return forecaster;
        }
        let repeat_customers = histories.repeat_customers();
        if repeat_customers == 0 {
            forecaster
                .cannot_tell
                .push(CannotTell::NoRepeats { customers });
            return forecaster;
        }
        let columns = Columns::of(histories, 0..histories.len(), question.unit);
        forecaster.fit_purchases(question.model, &columns, repeat_customers);
        if forecaster.purchases.is_some() {
            forecaster.fit_spend(&columns);
        }
        forecaster
    }

    fn fit_purchases(&mut self, model: Model, columns: &Columns, repeat_customers: u64) {
        let histories = columns.histories().check().expect(SENSE);
        let fitted = model
            .fit(&histories, self.assumptions.level)
            .expect("there are customers, and the level is in range");
        match fitted.diagnosis().outcome {
            Outcome::TooFew {
                repeat_customers_needed: needed,
                ..
            } => self.cannot_tell.push(CannotTell::TooFewRepeats {
                repeat_customers,
                needed: needed.ceil() as u64,
            }),
            _ => self.purchases = Some(fitted),
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
        let fitted = self.purchases.as_ref()?;
        let columns = Columns::of(histories, rows.iter().copied(), self.unit);
        let checked = columns.histories().check().expect(SENSE);
        let alive = fitted.probability_alive(&checked);
        let purchases = fitted
            .expected_purchases(&checked, self.horizon().length)
            .expect("the horizon is in range");
        let values = self.value_model().map(|model| {
            let spends = columns.spends().check().expect(SENSE);
            model
                .of_customers(&checked, &spends)
                .expect("both have a row per customer")
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
                status: self.rule.status(&histories.rhythm(row), alive.value[place]),
            }
        };
        Some(rows.iter().enumerate().map(outlook).collect())
    }

    /// The answer, and the rows of the customers on the list; none when it is everyone.
    pub(crate) fn answer(
        &self,
        histories: &Histories,
        refunds: RefundsTaken,
        list: List,
    ) -> (LifetimeAnswer, Vec<u32>) {
        let summary = Summary::of(self, histories, list, self.assumptions.level);
        let (statuses, slipping, p_alive, chosen) = match summary {
            Some(summary) => (
                Some(summary.statuses),
                Some(summary.slipping),
                summary.p_alive,
                summary.chosen,
            ),
            None => (None, None, Vec::new(), Vec::new()),
        };
        let observed_days = histories
            .first_day
            .map_or(0, |first| histories.until - first + 1);
        let answer = LifetimeAnswer {
            model: self.purchases.clone().map(|fitted| PurchaseModel {
                unit: self.unit,
                fitted,
            }),
            spend: self.spend.clone(),
            cannot_tell: self.cannot_tell.clone(),
            assumptions: self.assumptions.clone(),
            customers: Customers {
                all: histories.len() as u64,
                repeat: histories.repeat_customers(),
                purchases: histories.purchases(),
                revenue: histories.total_revenue(),
                typical_gap_days: histories.typical_gap_days(),
            },
            refunds,
            forecast: self.forecast(histories),
            concentration: concentration_of(&histories.revenue, self.assumptions.level),
            statuses,
            slipping,
            call_list: None,
            p_alive,
            repeats: self.repeats(histories),
            observed_days: observed_days as u32,
            months: histories.months.clone(),
        };
        (answer, chosen)
    }

    /// Repeat purchases of all customers up to evenly spaced days: actual, and expected of as many
    /// new customers on the same first days.
    fn repeats(&self, histories: &Histories) -> Vec<RepeatPoint> {
        let (Some(fitted), Some(first_day)) = (&self.purchases, histories.first_day) else {
            return Vec::new();
        };
        let length = histories.until - first_day + 1;
        let expected_at_age: Vec<f64> = (0..length)
            .map(|age| fitted.mean_of_new(f64::from(age) / self.unit.days()))
            .collect();
        let points = REPEAT_POINTS.min(length);
        let mut found: Vec<RepeatPoint> = Vec::with_capacity(points as usize);
        let (mut actual, mut next) = (0, 0);
        for point in 1..=points {
            let day = (i64::from(length) * i64::from(point) / i64::from(points)) as usize - 1;
            actual += histories.repeats_by_day[next..=day]
                .iter()
                .map(|&count| u64::from(count))
                .sum::<u64>();
            next = day + 1;
            let expected = histories.firsts_by_day[..=day]
                .iter()
                .enumerate()
                .map(|(first, &customers)| f64::from(customers) * expected_at_age[day - first])
                .sum();
            found.push(RepeatPoint {
                day: date_of(first_day + day as i32),
                actual,
                expected,
            });
        }
        found
    }

    /// What all customers together will do, with intervals that cover chance too.
    fn forecast(&self, histories: &Histories) -> Option<Forecast> {
        let all: Vec<usize> = (0..histories.len()).collect();
        let customers = all.len() as f64;
        if let Some(total) = self.total(histories, &all) {
            return Some(Forecast {
                active: total.alive,
                purchases: total.purchases,
                equity: Some(total.value),
                equity_per_customer: Some(total.value.scaled(1.0 / customers)),
                new_customer: self
                    .value_model()
                    .and_then(|model| model.of_new_customer().ok()),
            });
        }
        // Without a spend model: what is not known of the parameters moves all together.
        let outlooks = self.outlooks(histories, &all)?;
        let sum = |part: fn(&Outlook) -> [f64; 3]| {
            let [value, low, high] = outlooks.iter().map(part).fold([0.0; 3], |sums, more| {
                [sums[0] + more[0], sums[1] + more[1], sums[2] + more[2]]
            });
            Estimate::between(value, low, high, self.assumptions.level, Method::Delta)
        };
        Some(Forecast {
            active: sum(|outlook| outlook.p_alive),
            purchases: sum(|outlook| outlook.purchases),
            equity: None,
            equity_per_customer: None,
            new_customer: None,
        })
    }

    /// What the customers in `rows` will do together; `None` without both models.
    pub(super) fn total(&self, histories: &Histories, rows: &[usize]) -> Option<Total> {
        let model = self.value_model()?;
        let columns = Columns::of(histories, rows.iter().copied(), self.unit);
        let checked = columns.histories().check().expect(SENSE);
        let spends = columns.spends().check().expect(SENSE);
        let totals = Totals {
            seed: self.seed,
            ..Totals::default()
        };
        Some(
            model
                .total(&checked, &spends, &totals)
                .expect("settings are in range"),
        )
    }

    fn value_model(&self) -> Option<Valued<'_>> {
        let (purchases, spend) = (self.purchases.as_ref()?, self.spend.as_ref()?);
        Some(purchases.with_spend(spend, self.horizon(), self.assumptions.margin))
    }

    fn horizon(&self) -> Horizon {
        let unit = self.unit.days();
        Horizon {
            length: f64::from(self.assumptions.horizon_days) / unit,
            step: 365.25 / 12.0 / unit,
            units_per_year: 365.25 / unit,
            discount_rate_yearly: self.assumptions.discount_rate_yearly,
        }
    }
}

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
