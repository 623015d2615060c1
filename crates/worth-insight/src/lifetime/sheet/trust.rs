//! Whether to trust the forecast: the model against what happened, in pictures and plain words.

use worth_model::Estimate;
use worth_model::lifetime::{Diagnosis, FittedGammaGamma};

use super::Teller;
use super::fit::letter;
use crate::lifetime::answer::PurchaseModel;
use crate::sheet::{Axis, Block, Chart, ChartKind, NoteKind, Point, Series, Sheet};
use crate::words::Unit;

impl Teller<'_> {
    /// The section on trust; nothing without a model.
    pub(super) fn trust(&self, sheet: &mut Sheet) {
        let Some(model) = &self.answer.model else {
            return;
        };
        sheet.section(
            self.say("lifetime-section-trust"),
            self.say("lifetime-section-trust-about"),
        );
        if !self.answer.repeats.is_empty() {
            sheet.push(Block::Chart(self.repeats_chart()));
        }
        sheet.push(Block::Chart(self.frequency_chart(model.fitted.diagnosis())));
        if self.provenance.snapshot().is_none() {
            let variables = [("unit", self.unit(model.unit).into())];
            let text = self.tell("lifetime-note-summary", &variables);
            sheet.note(NoteKind::Reading, text);
        }
        if let Some(day) = self.answer.assumptions.train_until {
            let variables = [
                ("day", self.words.date(day).into()),
                ("until", self.until()),
            ];
            sheet.note(
                NoteKind::Reading,
                self.tell("lifetime-note-train-until", &variables),
            );
        }
        self.calendar(sheet);
        self.choice(model, sheet);
        sheet.note(NoteKind::Reading, self.goodness(model.fitted.diagnosis()));
        sheet.note(NoteKind::Reading, self.model_numbers(model));
        if model.covariates.is_some() {
            sheet.note(NoteKind::Reading, self.say("lifetime-note-model-of-mean"));
        }
        if model.pooled.is_some() {
            sheet.note(NoteKind::Reading, self.say("lifetime-note-model-of-middle"));
        }
        if let Some(why) = self.trouble(model.fitted.diagnosis()) {
            let variables = [("why", why.into())];
            sheet.note(
                NoteKind::Uncertain,
                self.tell("lifetime-trouble-purchases", &variables),
            );
        }
        let Some(spend) = &self.answer.spend else {
            return;
        };
        sheet.note(NoteKind::Reading, self.spend_numbers(spend));
        if let Some(why) = self.trouble(&spend.diagnosis) {
            let variables = [("why", why.into())];
            sheet.note(
                NoteKind::Uncertain,
                self.tell("lifetime-trouble-spend", &variables),
            );
        }
        if !spend.diagnosis.fits() {
            sheet.note(
                NoteKind::Uncertain,
                self.say("lifetime-trouble-spend-misfit"),
            );
        }
        if !spend.independence.holds {
            let correlation = self.words.estimate(
                &spend.independence.correlation,
                &Unit::Number { decimals: 2 },
            );
            let variables = [("correlation", correlation.into())];
            let text = self.tell("lifetime-trouble-dependence", &variables);
            sheet.note(NoteKind::Uncertain, text);
        }
    }

    fn repeats_chart(&self) -> Chart {
        let points = &self.answer.repeats;
        let actual = points.iter();
        let actual =
            actual.map(|point| Point::on(point.day, &Estimate::counted(point.actual as f64)));
        let expected = points.iter();
        let expected =
            expected.map(|point| Point::on(point.day, &Estimate::counted(point.expected)));
        Chart {
            title: self.say("lifetime-chart-repeats"),
            reading: self.say("lifetime-chart-repeats-reading"),
            kind: ChartKind::Lines,
            x: Axis::new(self.say("lifetime-chart-repeats-x"), Unit::Count),
            y: Axis::new(self.say("lifetime-chart-repeats-y"), Unit::Count),
            series: vec![
                Series {
                    name: self.say("lifetime-actual"),
                    points: actual.collect(),
                },
                Series {
                    name: self.say("lifetime-expected"),
                    points: expected.collect(),
                },
            ],
            marks: Vec::new(),
        }
    }

    fn frequency_chart(&self, diagnosis: &Diagnosis) -> Chart {
        let cells = &diagnosis.goodness.cells;
        let series = |name: &str, value: fn(&worth_model::lifetime::Cell) -> f64| Series {
            name: self.say(name),
            points: cells
                .iter()
                .map(|cell| Point::bar(cell.label.clone(), &Estimate::counted(value(cell))))
                .collect(),
        };
        Chart {
            title: self.say("lifetime-chart-frequency"),
            reading: self.say("lifetime-chart-frequency-reading"),
            kind: ChartKind::Bars,
            x: Axis::new(self.say("lifetime-chart-frequency-x"), Unit::Count),
            y: Axis::new(self.say("lifetime-chart-frequency-y"), Unit::Count),
            series: vec![
                series("lifetime-actual", |cell| cell.actual),
                series("lifetime-expected", |cell| cell.expected),
            ],
            marks: Vec::new(),
        }
    }

    /// In one sentence, whether the customers look like the model.
    fn goodness(&self, diagnosis: &Diagnosis) -> String {
        let goodness = &diagnosis.goodness;
        let id = if diagnosis.fits() {
            "lifetime-fits"
        } else if goodness.fits {
            "lifetime-misfits-lately"
        } else {
            "lifetime-misfits"
        };
        let misplaced = self.words.percent(goodness.misplaced_share, 1);
        self.tell(id, &[("misplaced", misplaced.into())])
    }

    fn model_numbers(&self, model: &PurchaseModel) -> String {
        let estimates = model.fitted.estimates();
        let named: Vec<(&str, &Estimate, usize)> = estimates
            .iter()
            .map(|(name, estimate)| (letter(name), estimate, decimals(name)))
            .collect();
        let parameters = self.parameters(&named);
        self.tell(
            "lifetime-note-model",
            &[
                ("model", model.fitted.model().title().into()),
                ("unit", self.unit(model.unit).into()),
                ("parameters", parameters.into()),
                (
                    "ll",
                    self.words.number(model.fitted.log_likelihood(), 2).into(),
                ),
            ],
        )
    }

    fn spend_numbers(&self, spend: &FittedGammaGamma) -> String {
        let of = &spend.estimates;
        let parameters = self.parameters(&[("p", &of.p, 3), ("q", &of.q, 3), ("γ", &of.gamma, 3)]);
        self.tell(
            "lifetime-note-spend",
            &[
                ("customers", spend.customers.round().into()),
                ("parameters", parameters.into()),
                ("ll", self.words.number(spend.log_likelihood, 2).into()),
            ],
        )
    }

    fn parameters(&self, named: &[(&str, &Estimate, usize)]) -> String {
        let one = |&(name, estimate, decimals): &(&str, &Estimate, usize)| {
            let written = self.words.estimate(estimate, &Unit::Number { decimals });
            format!("{name} {written}")
        };
        named.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

/// k is a whole number.
fn decimals(name: &str) -> usize {
    if name == "k" { 0 } else { 4 }
}
