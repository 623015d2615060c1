//! Which model was used and why, and whether a rule without one would have done better.

use worth_model::lifetime::Model;

use crate::backtest::answer::{
    AgainstNaive, BacktestAnswer, CannotTell, Method, MethodTested, Verdict,
};
use crate::lifetime::answer::{ModelChoice, PurchaseModel};
use crate::sheet::{NoteKind, Sheet};
use crate::teller::Teller;
use crate::words::{Unit, Value};

impl<A> Teller<'_, A> {
    /// How the model was chosen, by which numbers.
    pub(crate) fn choice(&self, model: &PurchaseModel, sheet: &mut Sheet) {
        let title = ("model", Value::from(model.fitted.model().title()));
        match &model.choice {
            ModelChoice::Name => {
                sheet.note(
                    NoteKind::Reading,
                    self.tell("lifetime-choice-name", &[title]),
                );
            }
            ModelChoice::Undated => {
                let text = self.tell("lifetime-choice-undated", &[title]);
                sheet.note(NoteKind::Uncertain, text);
            }
            ModelChoice::Untested { why } => {
                let why = self.untested(why);
                let variables = [title, ("why", why.into())];
                let text = self.tell("lifetime-choice-untested", &variables);
                sheet.note(NoteKind::Uncertain, text);
            }
            ModelChoice::Backtest { one_in, backtest } => {
                if let Some(verdict) = &backtest.verdict {
                    self.backtested(backtest, verdict, sheet);
                }
                if *one_in > 1 {
                    let variables = [("n", Value::from(*one_in))];
                    let text = self.tell("lifetime-choice-one-in", &variables);
                    sheet.note(NoteKind::Reading, text);
                }
            }
        }
    }

    fn untested(&self, why: &CannotTell) -> String {
        match why {
            CannotTell::TooShort {
                observed_days,
                needed_days,
            } => {
                let observed = ("observed", (*observed_days).into());
                let needed = ("needed", (*needed_days).into());
                self.tell("backtest-too-short", &[observed, needed])
            }
            CannotTell::TooFewRepeats => self.say("backtest-too-few"),
        }
    }

    fn backtested(&self, backtest: &BacktestAnswer, verdict: &Verdict, sheet: &mut Sheet) {
        let is_simplest = verdict.model == Model::ALL[0];
        let rival = backtest.methods.iter().find(|tested| match tested.method {
            Method::Model(model) if is_simplest => model != verdict.model,
            Method::Model(model) => model == Model::ALL[0],
            Method::Naive(_) => false,
        });
        let (Some(chosen), Some(naive)) =
            (backtest.of(verdict.model), backtest.of(verdict.best_naive))
        else {
            return;
        };
        let mut variables = vec![
            ("tests", Value::from(backtest.tests.len())),
            ("days", backtest.horizon_days.into()),
            ("model", chosen.method.title(self.words).into()),
            ("rmse", self.rmse(chosen).into()),
            ("naive", naive.method.title(self.words).into()),
            ("naive_rmse", self.rmse(naive).into()),
        ];
        if let Some(rival) = rival {
            variables.push(("rival", rival.method.title(self.words).into()));
            variables.push(("rival_rmse", self.rmse(rival).into()));
            let id = if is_simplest {
                "lifetime-choice-simplest"
            } else {
                "lifetime-choice-closer"
            };
            sheet.note(NoteKind::Reading, self.tell(id, &variables));
        }
        let (id, kind) = match verdict.against_naive {
            AgainstNaive::ModelWins => ("lifetime-choice-model-wins", NoteKind::Reading),
            AgainstNaive::NaiveWins => ("lifetime-choice-naive-wins", NoteKind::Uncertain),
            AgainstNaive::TooClose => ("lifetime-choice-too-close", NoteKind::Uncertain),
        };
        sheet.note(kind, self.tell(id, &variables));
    }

    fn rmse(&self, tested: &MethodTested) -> String {
        let error = tested.accuracy.root_mean_squared_error.value;
        self.words.in_unit(error, &Unit::Number { decimals: 4 })
    }
}
