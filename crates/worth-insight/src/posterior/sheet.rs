//! What to show of [`PosteriorAnswer`]: whether draws can be relied on and agree with the likelihood,
//! then parameter by parameter.

use worth_model::Estimate;
use worth_model::lifetime::{DrawnParameter, SamplingOutcome};

use super::answer::{BothTotals, Drawn, DrawnModel, PosteriorAnswer};
use crate::lifetime::answer::PurchaseModel;
use crate::lifetime::letter;
use crate::question::{Present, Provenance};
use crate::sheet::{
    Axis, Block, Cell, Chart, ChartKind, Coordinate, Figure, Headline, NoteKind, Point, Series,
    Sheet, Table, TableColumn, Tone,
};
use crate::teller;
use crate::words::{Unit, Value, Words};

/// The model of spend, as people in the field write it.
const SPEND: &str = "Gamma-Gamma";
/// Parameters are of any size.
const PARAMETER: Unit = Unit::Digits { digits: 4 };
/// Densities are drawn up to so many times the median: beyond it only long tails are seen.
const FARTHEST: f64 = 4.0;

impl Present for PosteriorAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("posterior-title"));
        sheet.headlines = vec![teller.headline()];
        if let (Some(model), Some(drawn)) = (&self.model, &self.posterior) {
            if let Some(totals) = &drawn.totals {
                sheet.push(Block::Figures(teller.figures(totals)));
                sheet.push(Block::Table(teller.totals(totals)));
            }
            teller.parameters(model, drawn, &mut sheet);
            teller.trust(model, drawn, &mut sheet);
        }
        teller.notes(&mut sheet);
        sheet
    }
}

/// The answer with what it takes to tell it.
type Teller<'a> = teller::Teller<'a, PosteriorAnswer>;

impl Teller<'_> {
    fn headline(&self) -> Headline {
        let (says, tone) = match (&self.answer.model, &self.answer.posterior) {
            (Some(model), Some(drawn)) => self.verdict(model, drawn),
            _ => {
                let reasons = self.answer.cannot_tell.iter();
                let reasons: Vec<String> = reasons.map(|why| why.told(self.words)).collect();
                (reasons.join(" "), Tone::Plain)
            }
        };
        Headline {
            asks: self.say("posterior-asks"),
            says,
            tone,
            figures: Vec::new(),
        }
    }

    fn verdict(&self, model: &PurchaseModel, drawn: &Drawn) -> (String, Tone) {
        let title = model.fitted.model().title();
        let (of_purchases, mut tone) = self.outcome(title, &drawn.purchases);
        let mut says = vec![of_purchases];
        let spend = drawn.spend.as_ref();
        if let Some(spend) = spend.filter(|spend| spend.outcome != SamplingOutcome::Converged) {
            let (of_spend, tone_of_spend) = self.outcome(SPEND, spend);
            says.push(of_spend);
            if tone != Tone::Bad {
                tone = tone_of_spend;
            }
        }
        if let Some(totals) = &drawn.totals {
            says.push(match totals.agree() {
                true => self.say("posterior-agree"),
                false => self.say("posterior-disagree"),
            });
        }
        (says.join(" "), tone)
    }

    /// In one sentence, whether the draws of a model can be relied on.
    fn outcome(&self, model: &str, drawn: &DrawnModel) -> (String, Tone) {
        let listed = |names: &[String]| -> Value<'static> {
            let letters: Vec<&str> = names.iter().map(|name| letter(name)).collect();
            self.words.list(&letters).into()
        };
        let (id, tone, of_outcome): (&str, Tone, Vec<(&str, Value<'_>)>) = match &drawn.outcome {
            SamplingOutcome::Converged => ("posterior-converged", Tone::Good, Vec::new()),
            SamplingOutcome::PriorDecides { parameters } => (
                "posterior-prior-decides",
                Tone::Plain,
                vec![("parameters", listed(parameters))],
            ),
            SamplingOutcome::NotMixed {
                parameters,
                draws_needed,
            } => (
                "posterior-not-mixed",
                Tone::Bad,
                vec![
                    ("parameters", listed(parameters)),
                    ("needed", (*draws_needed).into()),
                    ("flag", draws_needed.to_string().into()),
                ],
            ),
            SamplingOutcome::Divergent { share } => (
                "posterior-divergent",
                Tone::Bad,
                vec![("share", self.words.percent(*share, 1).into())],
            ),
            SamplingOutcome::Failed { chains, reason } => (
                "posterior-failed",
                Tone::Bad,
                vec![
                    ("broken", (*chains).into()),
                    ("reason", reason.as_str().into()),
                ],
            ),
        };
        let mut variables = vec![
            ("model", Value::from(model)),
            ("draws", drawn.draws.into()),
            ("chains", self.answer.sampling.chains.into()),
        ];
        variables.extend(of_outcome);
        (self.tell(id, &variables), tone)
    }

    fn figures(&self, totals: &BothTotals) -> Vec<Figure> {
        let figure = |(id, unit, (posterior, likelihood)): (&str, Unit, (Estimate, Estimate))| {
            let by_likelihood = self.words.estimate(&likelihood, &unit);
            let variables = [("likelihood", by_likelihood.into())];
            let reading = self.tell("posterior-figure-reading", &variables);
            Figure::new(self.named(id), &posterior, &unit, reading, self.words)
        };
        self.of_totals(totals).into_iter().map(figure).collect()
    }

    /// The totals: what they are called, what they count, and both ways of telling them.
    fn of_totals(&self, totals: &BothTotals) -> [(&'static str, Unit, (Estimate, Estimate)); 3] {
        let [alive, purchases, value] = totals.pairs();
        let id = match self.answer.assumptions.value_is_revenue() {
            true => "posterior-revenue",
            false => "posterior-value",
        };
        [
            ("posterior-alive", Unit::Count, alive),
            ("posterior-purchases", Unit::Count, purchases),
            (id, self.money(), value),
        ]
    }

    fn named(&self, id: &str) -> String {
        let days = self.answer.assumptions.horizon_days;
        self.tell(id, &[("days", days.into())])
    }

    fn totals(&self, totals: &BothTotals) -> Table {
        let row = |(id, unit, (posterior, likelihood)): (&str, Unit, (Estimate, Estimate))| {
            let apart = match likelihood.value > 0.0 {
                true => Cell::Number {
                    value: posterior.value / likelihood.value - 1.0,
                    shown: self.apart(posterior.value / likelihood.value - 1.0),
                },
                false => Cell::Empty,
            };
            vec![
                Cell::text(self.named(id)),
                Cell::estimate(&posterior, &unit, self.words),
                Cell::estimate(&likelihood, &unit, self.words),
                apart,
            ]
        };
        Table {
            title: self.say("posterior-totals"),
            reading: self.tell(
                "posterior-totals-reading",
                &[("customers", self.answer.customers.into())],
            ),
            columns: vec![
                TableColumn::text(self.say("posterior-column-total")),
                TableColumn::number(self.say("posterior-column-posterior")),
                TableColumn::number(self.say("posterior-column-likelihood")),
                TableColumn::number(self.say("posterior-column-apart")),
            ],
            rows: self.of_totals(totals).into_iter().map(row).collect(),
        }
    }

    fn apart(&self, share: f64) -> String {
        format!("{}%", self.words.signed(100.0 * share, 1))
    }

    fn parameters(&self, model: &PurchaseModel, drawn: &Drawn, sheet: &mut Sheet) {
        let title = model.fitted.model().title();
        let unit = [("unit", self.unit(model.unit).into())];
        sheet.section(
            self.say("posterior-section-parameters"),
            self.say("posterior-section-parameters-about"),
        );
        let reading = self.tell("posterior-parameters-reading", &unit);
        self.of_model(title, reading, &drawn.purchases, sheet);
        if let Some(spend) = &drawn.spend {
            let reading = self.say("posterior-spend-reading");
            self.of_model(SPEND, reading, spend, sheet);
        }
    }

    /// Table and plot of the parameters of one model.
    fn of_model(&self, title: &str, reading: String, drawn: &DrawnModel, sheet: &mut Sheet) {
        let estimate = |estimate: &Estimate| Cell::estimate(estimate, &PARAMETER, self.words);
        let row = |parameter: &DrawnParameter| {
            let narrowed = parameter.mixing.contraction.max(0.0);
            vec![
                Cell::text(letter(&parameter.mixing.parameter)),
                estimate(&parameter.median),
                Cell::number(parameter.mean, &PARAMETER, self.words),
                estimate(&parameter.likelihood),
                estimate(&parameter.prior),
                Cell::number(narrowed, &Unit::Share { decimals: 1 }, self.words),
            ]
        };
        let model = [("model", title.into())];
        sheet.push(Block::Table(Table {
            title: self.tell("posterior-parameters", &model),
            reading,
            columns: vec![
                TableColumn::text(self.say("posterior-column-parameter")),
                TableColumn::number(self.say("posterior-column-median")),
                TableColumn::number(self.say("posterior-column-mean")),
                TableColumn::number(self.say("posterior-column-likelihood")),
                TableColumn::number(self.say("posterior-column-prior")),
                TableColumn::number(self.say("posterior-column-narrowed")),
            ],
            rows: drawn.parameters.iter().map(row).collect(),
        }));
        let series: Vec<Series> = drawn.parameters.iter().filter_map(curve).collect();
        if series.is_empty() {
            return;
        }
        sheet.push(Block::Chart(Chart {
            title: self.tell("posterior-density", &model),
            reading: self.say("posterior-density-reading"),
            kind: ChartKind::Lines,
            x: Axis::new(
                self.say("posterior-density-x"),
                Unit::Number { decimals: 2 },
            ),
            y: Axis::new(
                self.say("posterior-density-y"),
                Unit::Number { decimals: 2 },
            ),
            series,
            marks: Vec::new(),
        }));
    }

    /// What chains say, and how far to believe it.
    fn trust(&self, model: &PurchaseModel, drawn: &Drawn, sheet: &mut Sheet) {
        sheet.section(
            self.say("posterior-section-trust"),
            self.say("posterior-section-trust-about"),
        );
        let models = [Some(&drawn.purchases), drawn.spend.as_ref()];
        let parameters = models.iter().flatten().flat_map(|drawn| &drawn.parameters);
        let number = |value: Option<f64>, unit: &Unit| {
            value.map_or(Cell::Empty, |value| Cell::number(value, unit, self.words))
        };
        let row = |parameter: &DrawnParameter| {
            let mixing = &parameter.mixing;
            vec![
                Cell::text(letter(&mixing.parameter)),
                number(mixing.r_hat, &Unit::Number { decimals: 3 }),
                number(mixing.bulk_draws, &Unit::Count),
                number(mixing.tail_draws, &Unit::Count),
            ]
        };
        sheet.push(Block::Table(Table {
            title: self.say("posterior-chains"),
            reading: self.say("posterior-chains-reading"),
            columns: vec![
                TableColumn::text(self.say("posterior-column-parameter")),
                TableColumn::number(self.say("posterior-column-r-hat")),
                TableColumn::number(self.say("posterior-column-bulk")),
                TableColumn::number(self.say("posterior-column-tail")),
            ],
            rows: parameters.map(row).collect(),
        }));
        let title = model.fitted.model().title();
        self.drawn_note(title, &drawn.purchases, sheet);
        if let Some(spend) = &drawn.spend {
            self.drawn_note(SPEND, spend, sheet);
        }
        self.choice(model, sheet);
        let fits = [
            ("lifetime-trouble-purchases", Some(model.fitted.diagnosis())),
            (
                "lifetime-trouble-spend",
                self.answer.spend.as_ref().map(|spend| &spend.diagnosis),
            ),
        ];
        for (id, diagnosis) in fits {
            if let Some(why) = diagnosis.and_then(|diagnosis| self.trouble(diagnosis)) {
                sheet.note(NoteKind::Uncertain, self.tell(id, &[("why", why.into())]));
            }
        }
        let names = drawn.purchases.parameters.len();
        if let Some((_, k)) = model.fitted.estimates().get(names) {
            let variables = [("k", k.value.into())];
            sheet.note(NoteKind::Reading, self.tell("posterior-note-k", &variables));
        }
    }

    fn drawn_note(&self, title: &str, drawn: &DrawnModel, sheet: &mut Sheet) {
        let (text, tone) = self.outcome(title, drawn);
        let kind = match tone {
            Tone::Good => NoteKind::Reading,
            Tone::Plain | Tone::Bad => NoteKind::Uncertain,
        };
        let divergences = [("divergences", drawn.divergences.into())];
        let divergences = self.tell("posterior-divergences", &divergences);
        sheet.note(kind, format!("{text} {divergences}"));
    }

    fn notes(&self, sheet: &mut Sheet) {
        let answer = self.answer;
        for why in &answer.cannot_tell {
            sheet.note(NoteKind::Uncertain, why.told(self.words));
        }
        let drawn = answer.posterior.as_ref();
        if drawn.is_some_and(|drawn| drawn.totals.is_some()) {
            let (assumptions, costs) = (&answer.assumptions, answer.costs.as_ref());
            let (kind, text) = assumptions.margin_note(costs, self.provenance, self.words);
            sheet.note(kind, text);
        }
        if drawn.is_some() {
            sheet.note(NoteKind::Reading, self.say("posterior-note-rows"));
        }
        for left_out in &self.provenance.left_out {
            sheet.note(NoteKind::LeftOut, self.words.left_out(left_out));
        }
    }
}

/// The density of a parameter relative to its median; nothing where chains did not move.
fn curve(parameter: &DrawnParameter) -> Option<Series> {
    let median = parameter.median.value;
    let points = parameter.density.iter().map(|point| Point {
        x: Coordinate::Number(point.value / median),
        y: point.density * median,
        x_interval: None,
        y_interval: None,
        label: None,
    });
    let points: Vec<Point> = points
        .take_while(|point| matches!(point.x, Coordinate::Number(ratio) if ratio <= FARTHEST))
        .collect();
    (!points.is_empty()).then(|| Series {
        name: letter(&parameter.mixing.parameter).to_owned(),
        points,
    })
}
