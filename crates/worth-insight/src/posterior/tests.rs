//! The published sample, the rows, refusals, cancellation, and the sheets.

use std::sync::Arc;

use datafusion::arrow::array::{AsArray, RecordBatch};
use datafusion::arrow::compute::concat_batches;
use datafusion::arrow::datatypes::{Float64Type, Int64Type};
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use jiff::civil::date;
use worth_lake::progress::{Progress, Stage, Unit};
use worth_lake::tables::Table;
use worth_lake::workspace::Workspace;
use worth_model::lifetime::{DensityPoint, SamplingOutcome};
use worth_model::{Estimate, Method};

use super::answer::DrawnModel;
use super::*;
use crate::context::{Cancellation, ContextOptions};
use crate::lifetime::answer::CannotTell;
use crate::question::Present;
use crate::rows::{WriteOptions, write};
use crate::testing::{Shop, as_markdown, assert_refused, bought, cdnow, regulars, shop};
use crate::words::{Language, Words};

/// Enough to see whether something is wrong.
fn short() -> Posterior {
    Posterior {
        model: Some(Model::BetaGeo),
        chains: Some(2),
        draws: Some(300),
        tuning: Some(300),
        ..Posterior::default()
    }
}

async fn ask(shop: &Shop, question: &Posterior, scope: &Scope) -> Answered<PosteriorAnswer> {
    question.ask(scope, &shop.context).await.expect("an answer")
}

fn near(found: f64, wanted: f64, apart: f64) {
    assert!((found - wanted).abs() < apart, "{found} {wanted}");
}

/// Fader, Hardie, Lee (2005): r .243, alpha 4.414, a .793, b 2.426 at the highest likelihood; medians
/// and ends as in `worth-model/tests/published/posterior.rs`.
#[tokio::test]
async fn cdnow_is_drawn_around_the_published_fit() {
    let Some(folder) = cdnow::folder() else {
        return;
    };
    let shop = cdnow::sample(&folder).await;
    let scope = Scope {
        until: Some(date(1997, 9, 30)),
        ..Scope::default()
    };
    let answer = ask(&shop, &short(), &scope).await.answer;
    let drawn = answer.posterior.expect("a posterior");
    // A quarter of a standard deviation apart by chance, at most.
    for (parameter, (fitted, median, apart)) in drawn.purchases.parameters.iter().zip([
        (0.2426, 0.243, 0.004),
        (4.4137, 4.44, 0.12),
        (0.7930, 0.800, 0.06),
        (2.4262, 2.47, 0.25),
    ]) {
        near(parameter.likelihood.value, fitted, 4e-4);
        near(parameter.median.value, median, apart);
        assert!(parameter.mixing.contraction > 0.97, "{parameter:?}");
    }
    // How churn differs is far less known than how often customers buy.
    let reach = |place: usize| {
        let median: Estimate = drawn.purchases.parameters[place].median;
        let (low, high) = median.ends().expect("an interval");
        high / low
    };
    assert!(reach(0) < 1.3 && reach(1) < 1.5 && reach(2) > 1.8 && reach(3) > 2.2);
    let spend = drawn.spend.expect("a model of spend");
    near(spend.parameters[1].median.value, 3.744, 0.12);
    let totals = drawn.totals.expect("both models");
    assert!(totals.agree(), "{totals:?}");
    let (by_draws, fitted) = (totals.posterior.purchases, totals.likelihood.purchases);
    near(by_draws.value / fitted.value, 1.0, 0.02);
}

async fn read_back(rows: &dyn Rows) -> RecordBatch {
    let folder = tempfile::tempdir().expect("a folder for tests");
    let path = folder.path().join("draws.parquet");
    let never = Cancellation::default();
    write(rows, &path, WriteOptions::default(), &never)
        .await
        .expect("room on the disk");
    let file = std::fs::File::open(path).expect("just written");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).and_then(|reader| reader.build());
    let batches: Vec<RecordBatch> = (reader.expect("Parquet"))
        .map(|batch| batch.expect("rows"))
        .collect();
    concat_batches(&batches[0].schema(), &batches).expect("one schema")
}

#[tokio::test]
async fn rows_are_the_draws_and_read_back() {
    let shop = shop(&[(Table::OrderLines, regulars())]).await;
    let question = Posterior {
        model: Some(Model::ModifiedCondensedBetaGeo),
        draws: Some(150),
        tuning: Some(100),
        ..short()
    };
    let answered = ask(&shop, &question, &Scope::default()).await;
    let rows = answered.rows.expect("rows");
    let batch = read_back(rows.as_ref()).await;
    let names: Vec<String> = (batch.schema().fields().iter())
        .map(|field| field.name().clone())
        .collect();
    let wanted = [
        "chain",
        "draw",
        "r",
        "alpha",
        "a",
        "b",
        "k",
        "p",
        "q",
        "gamma",
        "log_posterior",
    ];
    assert_eq!(names, wanted);
    assert_eq!(batch.num_rows(), 2 * 150);
    let count = |column: usize| batch.column(column).as_primitive::<Int64Type>().values();
    assert_eq!((count(0)[149], count(1)[149]), (0, 149));
    assert_eq!((count(0)[150], count(1)[150]), (1, 0));
    let real = |column: usize| batch.column(column).as_primitive::<Float64Type>().values();
    for (column, name) in wanted.iter().enumerate().skip(2) {
        let sensible = |value: &f64| value.is_finite() && (*value > 0.0 || column == 10);
        assert!(real(column).iter().all(sensible), "{name}");
    }
    // What is told of a parameter is told of its column, and k is that of the fit.
    let drawn = answered.answer.posterior.expect("a posterior");
    for (column, parameter) in drawn.purchases.parameters.iter().enumerate() {
        let mean = real(2 + column).iter().sum::<f64>() / 300.0;
        near(parameter.mean / mean, 1.0, 1e-12);
    }
    let fitted = answered.answer.model.expect("a model").fitted.estimates();
    assert!(real(6).iter().all(|k| *k == fitted[4].1.value));
}

#[tokio::test]
async fn weeks_and_days_are_the_same_draws_in_another_unit() {
    let shop = shop(&[(Table::OrderLines, regulars())]).await;
    let weeks = ask(&shop, &short(), &Scope::default()).await;
    let question = Posterior {
        unit: TimeUnit::Day,
        ..short()
    };
    let days = ask(&shop, &question, &Scope::default()).await;
    let of = |answer: &PosteriorAnswer| {
        let drawn = answer.posterior.clone().expect("a posterior");
        let totals = drawn.totals.expect("both models");
        (drawn.purchases.parameters, totals.posterior.value.value)
    };
    let ((weeks, by_weeks), (days, by_days)) = (of(&weeks.answer), of(&days.answer));
    for (parameter, unit) in [1.0, 7.0, 1.0, 1.0].into_iter().enumerate() {
        let ratio = days[parameter].median.value / weeks[parameter].median.value;
        near(ratio / unit, 1.0, 1e-5);
        let prior = days[parameter].prior.value / weeks[parameter].prior.value;
        near(prior / unit, 1.0, 1e-9);
    }
    near(by_days / by_weeks, 1.0, 1e-5);
}

#[tokio::test]
async fn parameters_out_of_range_are_refused() {
    let shop = shop(&[(Table::OrderLines, regulars())]).await;
    let refused = [
        Posterior {
            chains: Some(1),
            ..short()
        },
        Posterior {
            draws: Some(10),
            ..short()
        },
        Posterior {
            tuning: Some(200_000),
            ..short()
        },
        Posterior {
            acceptance: Some(0.999),
            ..short()
        },
        Posterior {
            level: Some(1.0),
            ..short()
        },
    ];
    assert_refused(&refused, &shop).await;
}

#[tokio::test]
async fn without_customers_who_come_back_nothing_is_drawn() {
    let few = vec![bought("a", "01-10", 100), bought("b", "03-10", 100)];
    let shop = shop(&[(Table::OrderLines, few)]).await;
    let answered = ask(&shop, &short(), &Scope::default()).await;
    let answer = &answered.answer;
    assert!(answer.posterior.is_none() && answered.rows.is_none());
    assert_eq!(answer.cannot_tell, [CannotTell::NoRepeats { customers: 2 }]);
    let sheet = answer.sheet(&answered.provenance, &Words::new(Language::English));
    assert!(
        sheet.headlines[0]
            .says
            .starts_with("None of the 2 customers")
    );
}

/// Stops everything as soon as sampling begins.
struct StopsAtSampling(Cancellation);

impl Progress for StopsAtSampling {
    fn begin(&self, stage: Stage<'_>, total: Option<u64>, unit: Unit) {
        assert_eq!((stage.code, unit), ("sample", Unit::Steps));
        assert_eq!(total, Some(2 * 2 * 600));
        self.0.cancel();
    }

    fn advance(&self, _by: u64) {}

    fn end(&self) {}
}

#[tokio::test]
async fn chains_stop_when_the_work_is_cancelled() {
    let shop = shop(&[(Table::OrderLines, regulars())]).await;
    let mut options = ContextOptions::at(shop.context.now());
    options.progress = Arc::new(StopsAtSampling(options.cancellation.clone()));
    let workspace = Workspace::open(shop.context.workspace().folder()).expect("it is there");
    let context = Context::new(workspace, options).await.expect("a lake");
    let refused = short().ask(&Scope::default(), &context).await;
    assert!(matches!(refused, Err(Error::Cancelled)));
}

/// Draws differ in the last digits of a processor's logarithms, and so do paths. The sheet gets numbers
/// that do not.
fn settled(drawn: &mut DrawnModel) {
    drawn.outcome = SamplingOutcome::Converged;
    drawn.divergences = 0;
    for (place, parameter) in drawn.parameters.iter_mut().enumerate() {
        let (fitted, place) = (parameter.likelihood.value, place as f64);
        let reach = 1.2 + 0.3 * place;
        let (low, high) = (fitted / reach, fitted * reach);
        parameter.median = Estimate::between(fitted, low, high, 0.9, Method::Posterior);
        parameter.mean = 1.1 * fitted;
        parameter.mixing.r_hat = Some(1.001 + 0.001 * place);
        parameter.mixing.bulk_draws = Some(1234.0 - 100.0 * place);
        parameter.mixing.tail_draws = Some(987.0 - 100.0 * place);
        parameter.mixing.contraction = 0.99 - 0.05 * place;
        let point = |times: f64, density: f64| DensityPoint {
            value: times * fitted,
            density: density / (reach - 1.0) / fitted,
        };
        parameter.density = vec![point(1.0 / reach, 0.1), point(1.0, 1.0), point(reach, 0.2)];
    }
}

#[tokio::test]
async fn sheets_in_both_languages() {
    let shop = shop(&[(Table::OrderLines, regulars())]).await;
    let question = Posterior {
        draws: Some(100),
        tuning: Some(100),
        ..short()
    };
    let mut answered = ask(&shop, &question, &Scope::default()).await;
    let drawn = answered.answer.posterior.as_mut().expect("a posterior");
    settled(&mut drawn.purchases);
    settled(drawn.spend.as_mut().expect("a model of spend"));
    let totals = drawn.totals.as_mut().expect("both models");
    totals.posterior.alive = totals.likelihood.alive.scaled(0.97);
    totals.posterior.purchases = totals.likelihood.purchases.scaled(1.01);
    totals.posterior.value = totals.likelihood.value.scaled(1.02);
    for language in Language::ALL {
        let text = as_markdown(&answered, language);
        insta::assert_snapshot!(format!("posterior-{language}"), text);
    }
}

#[tokio::test]
async fn what_is_the_matter_is_said() {
    let shop = shop(&[(Table::OrderLines, regulars())]).await;
    let mut answered = ask(&shop, &short(), &Scope::default()).await;
    let parameters = vec!["alpha".to_owned(), "b".to_owned()];
    let outcomes = [
        (
            SamplingOutcome::PriorDecides {
                parameters: parameters.clone(),
            },
            "α and b are what the prior makes of them",
        ),
        (
            SamplingOutcome::NotMixed {
                parameters,
                draws_needed: 2400,
            },
            "About 2,400 draws of each chain would do (--draws 2400)",
        ),
        (
            SamplingOutcome::Divergent { share: 0.012 },
            "1.2% of the paths",
        ),
        (
            SamplingOutcome::Failed {
                chains: 1,
                reason: "no place".to_owned(),
            },
            "1 of 2 chains broke off (no place)",
        ),
    ];
    for (outcome, wanted) in outcomes {
        let drawn = answered.answer.posterior.as_mut().expect("a posterior");
        drawn.purchases.outcome = outcome;
        let sheet = answered
            .answer
            .sheet(&answered.provenance, &Words::new(Language::English));
        let says = &sheet.headlines[0].says;
        assert!(says.contains(wanted), "{says}");
    }
}
