//! What to show of [`BacktestAnswer`]: whether the forecast can be trusted, then the numbers.

use worth_model::Estimate;
use worth_model::accuracy::Tenth;

mod last_test;

use super::answer::{
    AgainstNaive, BacktestAnswer, ByFrequency, CannotTell, MethodTested, Tested, Verdict,
};
use crate::question::{Present, Provenance};
use crate::sheet::{
    Axis, Block, Cell, Chart, ChartKind, Figure, Headline, NoteKind, Point, Series, Sheet, Table,
    TableColumn, Tone,
};
use crate::teller;
use crate::words::{Unit, Value, Words};

const SHARE: Unit = Unit::Share { decimals: 1 };
const PER_CUSTOMER: Unit = Unit::Number { decimals: 3 };

impl Present for BacktestAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("backtest-title"));
        sheet.headlines = vec![teller.headline()];
        if let Some(verdict) = &self.verdict {
            sheet.push(Block::Figures(teller.figures(verdict)));
            sheet.push(Block::Table(teller.methods()));
            sheet.push(Block::Table(teller.tests()));
            sheet.push(Block::Chart(teller.by_frequency()));
            sheet.push(Block::Table(teller.tenths(verdict)));
            if let Some(test) = &self.last_test {
                teller.last_test(verdict, test, &mut sheet);
            }
            teller.notes(verdict, &mut sheet);
        }
        sheet
    }
}

/// The answer with what it takes to tell it.
type Teller<'a> = teller::Teller<'a, BacktestAnswer>;

impl Teller<'_> {
    fn headline(&self) -> Headline {
        let (says, tone) = match (&self.answer.verdict, self.answer.cannot_tell) {
            (Some(verdict), _) => self.verdict(verdict),
            (
                None,
                Some(CannotTell::TooShort {
                    observed_days,
                    needed_days,
                }),
            ) => {
                let variables = [
                    ("observed", observed_days.into()),
                    ("needed", needed_days.into()),
                ];
                (self.tell("backtest-too-short", &variables), Tone::Plain)
            }
            (None, _) => (self.say("backtest-too-few"), Tone::Plain),
        };
        Headline {
            asks: self.say("backtest-asks"),
            says,
            tone,
            figures: Vec::new(),
        }
    }

    fn verdict(&self, verdict: &Verdict) -> (String, Tone) {
        let (id, tone) = match verdict.against_naive {
            AgainstNaive::ModelWins => ("backtest-model-wins", Tone::Good),
            AgainstNaive::NaiveWins => ("backtest-naive-wins", Tone::Bad),
            AgainstNaive::TooClose => ("backtest-too-close", Tone::Plain),
        };
        let tested = self.chosen(verdict);
        let variables = [
            ("model", Value::from(verdict.model.title())),
            ("naive", verdict.best_naive.title(self.words).into()),
            ("tests", self.answer.tests.len().into()),
            ("days", self.answer.horizon_days.into()),
            (
                "forecast",
                self.words.number(tested.accuracy.forecast, 0).into(),
            ),
            (
                "actual",
                self.words.number(tested.accuracy.actual, 0).into(),
            ),
        ];
        (self.tell(id, &variables), tone)
    }

    /// What was found of the model to go on with.
    fn chosen(&self, verdict: &Verdict) -> &MethodTested {
        let tested = self.answer.of(verdict.model);
        tested.expect("the model to go on with was tested")
    }

    fn figures(&self, verdict: &Verdict) -> Vec<Figure> {
        let tested = self.chosen(verdict);
        let mut figures = Vec::new();
        let mut add = |id: &str, estimate: Option<Estimate>, unit: &Unit| {
            let Some(estimate) = estimate else { return };
            let variables = [
                ("model", Value::from(verdict.model.title())),
                ("level", self.words.percent(self.answer.level, 0).into()),
            ];
            let label = self.tell(id, &variables);
            let reading = self.tell(&format!("{id}-reading"), &variables);
            figures.push(Figure::new(label, &estimate, unit, reading, self.words));
        };
        add("backtest-bias", tested.accuracy.bias, &SHARE);
        add("backtest-top", tested.accuracy.top_tenth_share, &SHARE);
        add("backtest-coverage", tested.coverage, &SHARE);
        figures
    }

    fn methods(&self) -> Table {
        let estimate = |estimate: &Option<Estimate>, unit: &Unit| match estimate {
            Some(estimate) => Cell::estimate(estimate, unit, self.words),
            None => Cell::Empty,
        };
        let row = |tested: &MethodTested| {
            let of = &tested.accuracy;
            vec![
                Cell::text(tested.method.title(self.words)),
                Cell::number(of.forecast, &Unit::Count, self.words),
                estimate(&of.bias, &SHARE),
                Cell::estimate(&of.root_mean_squared_error, &PER_CUSTOMER, self.words),
                Cell::estimate(&of.mean_absolute_error, &PER_CUSTOMER, self.words),
                estimate(&of.weighted_percentage_error, &SHARE),
                estimate(&of.top_tenth_share, &SHARE),
                estimate(&tested.log_score, &PER_CUSTOMER),
                estimate(&tested.coverage, &SHARE),
            ]
        };
        let titles = [
            "forecast",
            "bias",
            "rmse",
            "mae",
            "wmape",
            "top",
            "log-score",
            "coverage",
        ];
        let mut columns = vec![TableColumn::text(self.say("backtest-method"))];
        columns.extend(
            titles.map(|title| TableColumn::number(self.say(&format!("backtest-column-{title}")))),
        );
        let rows = &self.answer.methods;
        let actual = rows.first().map_or(0.0, |tested| tested.accuracy.actual);
        let variables = [("actual", self.words.number(actual, 0).into())];
        Table {
            title: self.say("backtest-methods"),
            reading: self.tell("backtest-methods-reading", &variables),
            columns,
            rows: rows.iter().map(row).collect(),
        }
    }

    /// What happened, and what each method forecast, one test beside the other.
    fn tests(&self) -> Table {
        let tests = &self.answer.tests;
        let row = |name: String, count: &dyn Fn(&Tested) -> f64| -> Vec<Cell> {
            let counts = tests.iter().map(count);
            let cells = counts.map(|count| Cell::number(count, &Unit::Count, self.words));
            std::iter::once(Cell::text(name)).chain(cells).collect()
        };
        let mut rows = vec![
            row(self.say("backtest-customers"), &|test| {
                test.customers as f64
            }),
            row(self.say("backtest-happened"), &|test| test.purchases as f64),
        ];
        let methods = self.answer.methods.iter().enumerate();
        rows.extend(methods.map(|(place, tested)| {
            row(tested.method.title(self.words), &|test| {
                test.forecasts[place]
            })
        }));
        let days = tests.iter().map(|test| self.words.date(test.day));
        let first = TableColumn::text(self.say("backtest-day"));
        let columns = std::iter::once(first).chain(days.map(TableColumn::number));
        let variables = [("days", self.answer.horizon_days.into())];
        Table {
            title: self.say("backtest-tests"),
            reading: self.tell("backtest-tests-reading", &variables),
            columns: columns.collect(),
            rows,
        }
    }

    fn by_frequency(&self) -> Chart {
        let last = self.answer.by_frequency.last().map(|group| group.repeats);
        let label = |group: &ByFrequency| match Some(group.repeats) == last {
            true => format!("{}+", group.repeats),
            false => group.repeats.to_string(),
        };
        let series = |id: &str, estimate: fn(&ByFrequency) -> Estimate| Series {
            name: self.say(id),
            points: self
                .answer
                .by_frequency
                .iter()
                .map(|group| Point::bar(label(group), &estimate(group)))
                .collect(),
        };
        Chart {
            title: self.say("backtest-frequency"),
            reading: self.say("backtest-frequency-reading"),
            kind: ChartKind::Bars,
            x: Axis::new(self.say("backtest-frequency-x"), Unit::Count),
            y: Axis::new(
                self.say("backtest-frequency-y"),
                Unit::Number { decimals: 2 },
            ),
            series: vec![
                series("backtest-happened", |group| group.actual),
                series("backtest-expected", |group| {
                    Estimate::counted(group.expected)
                }),
            ],
            marks: Vec::new(),
        }
    }

    /// Customers by what was expected of them.
    fn tenths(&self, verdict: &Verdict) -> Table {
        let titles = ["tenth", "tenth-expected", "tenth-happened", "tenth-lift"];
        let row = |(place, tenth): (usize, &Tenth)| {
            let lift = tenth.lift.map(|lift| {
                let shown = self.words.number(lift, 1);
                Cell::Number { value: lift, shown }
            });
            vec![
                Cell::number(place as f64 + 1.0, &Unit::Count, self.words),
                Cell::number(tenth.forecast, &PER_CUSTOMER, self.words),
                Cell::estimate(&tenth.actual, &PER_CUSTOMER, self.words),
                lift.unwrap_or(Cell::Empty),
            ]
        };
        let model = [("model", verdict.model.title().into())];
        Table {
            title: self.say("backtest-tenths"),
            reading: self.tell("backtest-tenths-reading", &model),
            columns: titles
                .map(|title| TableColumn::number(self.say(&format!("backtest-column-{title}"))))
                .into(),
            rows: self.answer.tenths.iter().enumerate().map(row).collect(),
        }
    }

    fn notes(&self, verdict: &Verdict, sheet: &mut Sheet) {
        if self.answer.tests_left_out > 0 {
            let left_out = [("tests", self.answer.tests_left_out.into())];
            sheet.note(
                NoteKind::LeftOut,
                self.tell("backtest-note-left-out", &left_out),
            );
        }
        let model = verdict.model;
        let variables = [("model", Value::from(model.title()))];
        let id = if model == worth_model::lifetime::Model::default() {
            "backtest-note-simplest"
        } else {
            "backtest-note-closer"
        };
        sheet.note(NoteKind::Reading, self.tell(id, &variables));
        sheet.note(NoteKind::Uncertain, self.say("backtest-note-again"));
        let by_calendar = self.answer.tests.iter().filter(|test| test.by_calendar);
        match by_calendar.count() {
            0 => sheet.note(NoteKind::Uncertain, self.say("backtest-note-season")),
            tests => {
                let variables = [("tests", tests.into())];
                let text = self.tell("backtest-note-calendar", &variables);
                sheet.note(NoteKind::Reading, text);
            }
        }
    }
}
