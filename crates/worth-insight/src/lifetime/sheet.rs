//! What to show of [`LifetimeAnswer`]: worth and leaving first, then why to trust it.

use worth_model::Estimate;

mod advice;
mod calendar;
mod calls;
mod choice;
mod covariates;
mod fit;
mod margin;
mod pooled;
mod trust;

use super::answer::{AliveBin, CannotTell, Forecast, LifetimeAnswer, RefundsTaken, StatusRule};
use super::status::LEAST_FOR_ADVICE;
use crate::question::{Present, Provenance};
use crate::sheet::{
    Axis, Block, Cell, Chart, ChartKind, Coordinate, Figure, Headline, NoteKind, Point, Series,
    Sheet, Table, TableColumn, Tone,
};
use crate::teller;
use crate::words::{Unit, Value, Words};
use advice::rule_variables;
pub(crate) use advice::slipping_advice;
pub(crate) use fit::letter;

impl Present for LifetimeAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("lifetime-title"));
        sheet.headlines = vec![teller.headline_worth(), teller.headline_leaving()];
        sheet.push(Block::Figures(teller.figures()));
        teller.leaving(&mut sheet);
        teller.call_list(&mut sheet);
        teller.covariates(&mut sheet);
        teller.pooled(&mut sheet);
        teller.concentration(&mut sheet);
        teller.trend(&mut sheet);
        teller.trust(&mut sheet);
        teller.notes(&mut sheet);
        sheet
    }
}

/// So many times as often, as readily.
const FACTOR: Unit = Unit::Number { decimals: 2 };

/// The answer with what it takes to tell it.
type Teller<'a> = teller::Teller<'a, LifetimeAnswer>;

impl Teller<'_> {
    fn horizon(&self) -> Value<'static> {
        let days = self.answer.assumptions.horizon_days;
        self.tell("lifetime-horizon", &[("days", days.into())])
            .into()
    }

    fn until(&self) -> Value<'static> {
        let until = self.provenance.until.map(|date| self.words.date(date));
        until.unwrap_or_default().into()
    }

    fn figure(&self, id: &str, estimate: &Estimate, unit: &Unit, reading: String) -> Figure {
        let label = self.tell(id, &[("horizon", self.horizon())]);
        Figure::new(label, estimate, unit, reading, self.words)
    }

    /// "What are our customers worth?"
    fn headline_worth(&self) -> Headline {
        let asks = self.say("lifetime-asks-worth");
        let Some(forecast) = &self.answer.forecast else {
            return self.headline_silent(asks);
        };
        let mut figures = Vec::new();
        let says = match (&forecast.equity, &forecast.equity_per_customer) {
            (Some(equity), Some(each)) => {
                figures.push(self.equity_figure(equity));
                figures.push(self.each_figure(each));
                let id = if self.answer.assumptions.value_is_revenue() {
                    "lifetime-says-revenue"
                } else {
                    "lifetime-says-margin"
                };
                self.tell(
                    id,
                    &[
                        ("equity", self.words.estimate(equity, &self.money()).into()),
                        (
                            "active",
                            self.words.value(&forecast.active, &Unit::Count).into(),
                        ),
                        ("customers", self.answer.customers.all.into()),
                        ("horizon", self.horizon()),
                    ],
                )
            }
            _ => self.tell(
                "lifetime-says-purchases",
                &[
                    (
                        "purchases",
                        self.words
                            .estimate(&forecast.purchases, &Unit::Count)
                            .into(),
                    ),
                    ("horizon", self.horizon()),
                ],
            ),
        };
        figures.push(self.active_figure(forecast));
        Headline {
            asks,
            says,
            tone: Tone::Plain,
            figures,
        }
    }

    /// "Who is leaving?"
    fn headline_leaving(&self) -> Headline {
        let asks = self.say("lifetime-asks-leaving");
        let (Some(slipping), Some(statuses)) = (&self.answer.slipping, &self.answer.statuses)
        else {
            return self.headline_silent(asks);
        };
        if slipping.customers == 0 {
            return Headline {
                asks,
                says: self.tell(
                    "lifetime-says-nobody-slips",
                    &rule_variables(&statuses.rule, self.words),
                ),
                tone: Tone::Good,
                figures: Vec::new(),
            };
        }
        let mut figures = vec![self.slipping_figure(slipping.customers, &statuses.rule)];
        let mut variables = vec![
            ("customers", Value::from(slipping.customers)),
            ("gone", statuses.gone.into()),
        ];
        let id = match &slipping.at_stake {
            Some(stake) => {
                figures.push(self.stake_figure(stake));
                variables.push(("stake", self.words.estimate(stake, &self.money()).into()));
                variables.push(("horizon", self.horizon()));
                "lifetime-says-slipping"
            }
            None => "lifetime-says-slipping-uncosted",
        };
        Headline {
            asks,
            says: self.tell(id, &variables),
            tone: Tone::Bad,
            figures,
        }
    }

    /// A headline that cannot answer says why.
    fn headline_silent(&self, asks: String) -> Headline {
        let why: Vec<String> = self
            .answer
            .cannot_tell
            .iter()
            .map(|why| why.told(self.words))
            .collect();
        Headline {
            asks,
            says: why.join(" "),
            tone: Tone::Plain,
            figures: Vec::new(),
        }
    }

    /// What the headlines leave out.
    fn figures(&self) -> Vec<Figure> {
        let answer = self.answer;
        let mut figures = Vec::new();
        if let Some(forecast) = &answer.forecast {
            figures.extend(forecast.new_customer.iter().map(|new| {
                let reading = self.say("lifetime-new-customer-reading");
                self.figure("lifetime-new-customer", new, &self.money(), reading)
            }));
            let reading = self.tell(
                "lifetime-purchases-reading",
                &[
                    ("purchases", answer.customers.purchases.into()),
                    ("days", answer.observed_days.into()),
                ],
            );
            figures.push(self.figure(
                "lifetime-purchases",
                &forecast.purchases,
                &Unit::Count,
                reading,
            ));
        }
        figures.extend(self.counted_figures());
        figures
    }

    /// What is known without any model.
    fn counted_figures(&self) -> Vec<Figure> {
        let customers = &self.answer.customers;
        let share = customers.repeat as f64 / (customers.all as f64).max(1.0);
        let reading = self.tell(
            "lifetime-customers-reading",
            &[
                ("repeat", customers.repeat.into()),
                ("share", self.words.percent(share, 0).into()),
            ],
        );
        let all = Estimate::counted(customers.all as f64);
        let mut figures = vec![self.figure("lifetime-customers", &all, &Unit::Count, reading)];
        if let Some(revenue) = customers.revenue {
            let reading = self.tell(
                "lifetime-revenue-reading",
                &[
                    ("purchases", customers.purchases.into()),
                    ("until", self.until()),
                ],
            );
            let revenue = Estimate::counted(revenue);
            figures.push(self.figure("lifetime-revenue", &revenue, &self.money(), reading));
        }
        if let Some(gap) = customers.typical_gap_days {
            let gap = Estimate::counted(gap);
            figures.push(self.figure(
                "lifetime-gap",
                &gap,
                &Unit::Days,
                self.say("lifetime-gap-reading"),
            ));
        }
        figures
    }

    fn equity_figure(&self, equity: &Estimate) -> Figure {
        let assumptions = &self.answer.assumptions;
        let id = if assumptions.value_is_revenue() {
            "lifetime-equity-reading-revenue"
        } else {
            "lifetime-equity-reading"
        };
        let reading = self.tell(
            id,
            &[
                ("customers", self.answer.customers.all.into()),
                (
                    "margin",
                    self.words.percent(assumptions.margin.value, 0).into(),
                ),
                (
                    "rate",
                    self.words
                        .percent(assumptions.discount_rate_yearly, 0)
                        .into(),
                ),
            ],
        );
        self.figure("lifetime-equity", equity, &self.money(), reading)
    }

    fn each_figure(&self, each: &Estimate) -> Figure {
        self.figure(
            "lifetime-equity-each",
            each,
            &self.money(),
            self.say("lifetime-equity-each-reading"),
        )
    }

    fn active_figure(&self, forecast: &Forecast) -> Figure {
        let id = if self.answer.sees_once_leave() {
            "lifetime-active-reading-seen"
        } else {
            "lifetime-active-reading"
        };
        let active_once = &forecast.active_once;
        let reading = self.tell(
            id,
            &[
                ("customers", self.answer.customers.all.into()),
                ("once", self.answer.once().into()),
                ("active", self.words.value(active_once, &Unit::Count).into()),
            ],
        );
        self.figure("lifetime-active", &forecast.active, &Unit::Count, reading)
    }

    fn slipping_figure(&self, customers: u64, rule: &StatusRule) -> Figure {
        let reading = self.tell(
            "lifetime-slipping-reading",
            &rule_variables(rule, self.words),
        );
        let customers = Estimate::counted(customers as f64);
        self.figure("lifetime-slipping", &customers, &Unit::Count, reading)
            .with_tone(Tone::Bad)
    }

    fn stake_figure(&self, stake: &Estimate) -> Figure {
        self.figure(
            "lifetime-stake",
            stake,
            &self.money(),
            self.say("lifetime-stake-reading"),
        )
        .with_tone(Tone::Bad)
    }

    fn leaving(&self, sheet: &mut Sheet) {
        let (Some(statuses), Some(slipping)) = (&self.answer.statuses, &self.answer.slipping)
        else {
            return;
        };
        sheet.section(
            self.say("lifetime-section-leaving"),
            match self.provenance.until {
                Some(_) => self.tell("lifetime-section-leaving-about", &[("until", self.until())]),
                None => self.say("lifetime-section-leaving-about-undated"),
            },
        );
        sheet.push(Block::Table(self.status_table()));
        sheet.push(Block::Chart(self.alive_chart()));
        let advice = slipping_advice(
            slipping,
            &statuses.rule,
            self.answer.assumptions.horizon_days,
            &self.provenance.currency,
            self.words,
        );
        let advice = advice.filter(|_| slipping.customers >= LEAST_FOR_ADVICE);
        let is_about_calling = advice.is_some() || self.answer.call_list.is_some();
        if let Some(advice) = advice {
            sheet.push(Block::Advice(vec![advice]));
        }
        if is_about_calling {
            sheet.note(NoteKind::Reading, self.say("lifetime-note-stake"));
        }
    }

    fn status_table(&self) -> Table {
        let statuses = self.answer.statuses.unwrap_or_default();
        let rule = rule_variables(&statuses.rule, self.words);
        let all = self.answer.customers.all.max(1) as f64;
        let row = |name: &str, customers: u64| {
            vec![
                Cell::text(self.say(&format!("lifetime-status-{name}"))),
                Cell::text(self.tell(&format!("lifetime-rule-{name}"), &rule)),
                Cell::number(customers as f64, &Unit::Count, self.words),
                Cell::number(
                    customers as f64 / all,
                    &Unit::Share { decimals: 1 },
                    self.words,
                ),
            ]
        };
        Table {
            title: self.say("lifetime-status-table"),
            reading: self.say("lifetime-status-table-reading"),
            columns: vec![
                TableColumn::text(self.say("lifetime-status-column")),
                TableColumn::text(self.say("lifetime-status-column-rule")),
                TableColumn::number(self.say("lifetime-status-column-customers")),
                TableColumn::number(self.say("lifetime-status-column-share")),
            ],
            rows: vec![
                row("active", statuses.active),
                row("slipping", statuses.slipping),
                row("gone", statuses.gone),
                row("new", statuses.new),
                row("once", statuses.once),
            ],
        }
    }

    fn alive_chart(&self) -> Chart {
        let series = |name: &str, customers: fn(&AliveBin) -> u64| Series {
            name: self.say(name),
            points: self
                .answer
                .p_alive
                .iter()
                .map(|bin| {
                    let (from, to) = (
                        self.words.percent(bin.from, 0),
                        self.words.percent(bin.to, 0),
                    );
                    Point::bar(
                        format!("{from}–{to}"),
                        &Estimate::counted(customers(bin) as f64),
                    )
                })
                .collect(),
        };
        let mut all = vec![series("lifetime-chart-alive-repeat", |bin| {
            bin.repeat_customers
        })];
        let reading = if self.answer.sees_once_leave() {
            all.push(series("lifetime-chart-alive-once", |bin| bin.once));
            "lifetime-chart-alive-reading-seen"
        } else {
            "lifetime-chart-alive-reading"
        };
        Chart {
            title: self.say("lifetime-chart-alive"),
            reading: self.say(reading),
            kind: ChartKind::Bars,
            x: Axis::new(self.say("lifetime-chart-alive-x"), Unit::Count),
            y: Axis::new(self.say("lifetime-chart-alive-y"), Unit::Count),
            series: all,
            marks: Vec::new(),
        }
    }

    fn concentration(&self, sheet: &mut Sheet) {
        let Some(concentration) = &self.answer.concentration else {
            return;
        };
        sheet.section(self.say("lifetime-section-few"), "");
        let reading = self.tell(
            "lifetime-top-tenth-reading",
            &[(
                "gini",
                self.words.number(concentration.gini.value, 2).into(),
            )],
        );
        let share = Unit::Share { decimals: 0 };
        let figure = self.figure(
            "lifetime-top-tenth",
            &concentration.top_tenth_share,
            &share,
            reading,
        );
        sheet.push(Block::Figures(vec![figure]));
        let at = |x: f64, y: f64| Point {
            x: Coordinate::Number(x),
            y,
            x_interval: None,
            y_interval: None,
            label: None,
        };
        let curve = concentration
            .curve
            .iter()
            .map(|point| at(point.customers, point.revenue));
        sheet.push(Block::Chart(Chart {
            title: self.say("lifetime-chart-curve"),
            reading: self.say("lifetime-chart-curve-reading"),
            kind: ChartKind::Lines,
            x: Axis::new(self.say("lifetime-chart-curve-x"), share.clone()),
            y: Axis::new(self.say("lifetime-chart-curve-y"), share),
            series: vec![
                Series {
                    name: self.say("lifetime-chart-curve-actual"),
                    points: curve.collect(),
                },
                Series {
                    name: self.say("lifetime-chart-curve-equal"),
                    points: vec![at(0.0, 0.0), at(1.0, 1.0)],
                },
            ],
            marks: Vec::new(),
        }));
    }

    fn trend(&self, sheet: &mut Sheet) {
        let complete = || self.answer.months.iter().filter(|month| month.complete);
        if complete().count() < 2 {
            return;
        }
        let series = |name: &str, value: fn(&super::answer::Month) -> f64| Series {
            name: self.say(name),
            points: complete()
                .map(|month| Point::on(month.month, &Estimate::counted(value(month))))
                .collect(),
        };
        let months = Axis::new(self.say("lifetime-chart-months-x"), Unit::Count);
        sheet.section(self.say("lifetime-section-trend"), "");
        sheet.push(Block::Chart(Chart {
            title: self.say("lifetime-chart-months"),
            reading: self.say("lifetime-chart-months-reading"),
            kind: ChartKind::Lines,
            x: months.clone(),
            y: Axis::new(self.say("lifetime-chart-months-y"), self.money()),
            series: vec![series("lifetime-chart-months-y", |month| month.revenue)],
            marks: Vec::new(),
        }));
        sheet.push(Block::Chart(Chart {
            title: self.say("lifetime-chart-buyers"),
            reading: self.say("lifetime-chart-buyers-reading"),
            kind: ChartKind::Lines,
            x: months,
            y: Axis::new(self.say("lifetime-chart-buyers-y"), Unit::Count),
            series: vec![
                series("lifetime-buyers-all", |month| month.customers as f64),
                series("lifetime-buyers-new", |month| month.new_customers as f64),
            ],
            marks: Vec::new(),
        }));
    }

    fn notes(&self, sheet: &mut Sheet) {
        let answer = self.answer;
        for why in &answer.cannot_tell {
            sheet.note(NoteKind::Uncertain, why.told(self.words));
        }
        // where money is forecast
        if answer
            .forecast
            .is_some_and(|forecast| forecast.equity.is_some())
        {
            let costs = answer.costs.as_ref();
            let assumptions = &answer.assumptions;
            let (kind, text) = assumptions.margin_note(costs, self.provenance, self.words);
            sheet.note(kind, text);
        }
        if let Some(refunds) = &answer.refunds {
            self.refunds(refunds, sheet);
        }
        for left_out in &self.provenance.left_out {
            sheet.note(NoteKind::LeftOut, self.words.left_out(left_out));
        }
    }

    fn refunds(&self, refunds: &RefundsTaken, sheet: &mut Sheet) {
        if refunds.lines > 0 {
            let variables = [
                ("lines", refunds.lines.into()),
                (
                    "amount",
                    self.words.in_unit(refunds.amount, &self.money()).into(),
                ),
                ("undone", refunds.days_undone.into()),
            ];
            sheet.note(
                NoteKind::Reading,
                self.tell("lifetime-note-refunds", &variables),
            );
        }
        if refunds.unplaced_lines > 0 {
            let amount = self.words.in_unit(refunds.unplaced_amount, &self.money());
            let variables = [
                ("lines", refunds.unplaced_lines.into()),
                ("amount", amount.into()),
            ];
            sheet.note(
                NoteKind::LeftOut,
                self.tell("lifetime-note-unplaced", &variables),
            );
        }
        if refunds.of_no_purchase > 0 {
            let variables = [("lines", refunds.of_no_purchase.into())];
            let text = self.tell("lifetime-note-no-purchase-refunds", &variables);
            sheet.note(NoteKind::LeftOut, text);
        }
    }
}

impl CannotTell {
    /// The same as a sentence.
    pub(crate) fn told(&self, words: &Words) -> String {
        match self {
            Self::NotAsked => words.say("lifetime-cannot-not-asked"),
            Self::NoPurchases => words.say("lifetime-cannot-no-purchases"),
            Self::NoRepeats { customers } => words.tell(
                "lifetime-cannot-no-repeats",
                &[("customers", (*customers).into())],
            ),
            Self::TooFewRepeats {
                repeat_customers,
                needed,
            } => words.tell(
                "lifetime-cannot-too-few-repeats",
                &[
                    ("repeat", (*repeat_customers).into()),
                    ("needed", (*needed).into()),
                ],
            ),
            Self::NoSpend { customers, needed } => words.tell(
                "lifetime-cannot-no-spend",
                &[
                    ("customers", (*customers).into()),
                    ("needed", (*needed).into()),
                ],
            ),
        }
    }
}
