//! Forecasts of every method for every test day, and how they compare.

use worth_model::accuracy::{accuracy, mean_of, squared_error_difference, tenths};
use worth_model::lifetime::{Hindsight, Model, Nbd, Outcome};

use super::answer::{
    AgainstNaive, BacktestAnswer, ByFrequency, CannotTell, Method, MethodTested, Naive, Tested,
    Verdict,
};
use super::test_day::TestDay;
use crate::lifetime::forecast::SENSE;

/// Customers with so many repeat purchases or more stand together.
const MOST_REPEATS: u32 = 7;

/// What a method had forecast, over all tests one after the other.
#[derive(Default)]
struct Forecasts {
    expected: Vec<f64>,
    /// Empty for rules that give no probabilities.
    hindsight: Vec<Hindsight>,
    /// Sum of `expected` by test.
    totals: Vec<f64>,
}

impl Forecasts {
    fn add(&mut self, expected: Vec<f64>) {
        self.totals.push(expected.iter().sum());
        self.expected.extend(expected);
    }

    fn add_hindsight(&mut self, hindsight: Vec<Hindsight>) {
        self.add(hindsight.iter().map(|one| one.expected).collect());
        self.hindsight.extend(hindsight);
    }

    fn mean_squared_error(&self, actual: &[f64]) -> f64 {
        let squares = self.expected.iter().zip(actual);
        squares
            .map(|(expected, actual)| (expected - actual).powi(2))
            .sum::<f64>()
            / actual.len() as f64
    }
}

/// Fits every model to what was known on each day, and compares.
pub(super) fn compare(days: &[TestDay], horizon_days: u32, level: f64) -> BacktestAnswer {
    let models: Vec<(Model, Forecasts)> = Model::ALL
        .into_iter()
        .filter_map(|model| Some((model, by_model(model, days, level)?)))
        .collect();
    if models.is_empty() {
        return BacktestAnswer::silent(horizon_days, level, CannotTell::TooFewRepeats);
    }
    let naive = Naive::ALL.map(|naive| (naive, by_rule(naive, days)));
    let actual: Vec<f64> = days.iter().flat_map(|day| day.actual.clone()).collect();
    let (model, of_model) = chosen(&models, &actual, level);
    let (best_naive, of_naive) = closest(&naive, &actual);
    let of_models = models.iter().map(|(model, of)| (Method::from(*model), of));
    let of_rules = naive.iter().map(|(naive, of)| (Method::from(*naive), of));
    let mut forecasts: Vec<(Method, &Forecasts)> = of_models.chain(of_rules).collect();
    forecasts.sort_by(|(_, one), (_, other)| {
        one.mean_squared_error(&actual)
            .total_cmp(&other.mean_squared_error(&actual))
    });
    let best = forecasts[0];
    let difference = difference(of_model, of_naive, &actual, level);
    let against_naive = match difference.ends() {
        Some((_, high)) if high < 0.0 => AgainstNaive::ModelWins,
        Some((low, _)) if low > 0.0 => AgainstNaive::NaiveWins,
        _ => AgainstNaive::TooClose,
    };
    BacktestAnswer {
        horizon_days,
        level,
        tests: tests(days, &forecasts),
        tests_left_out: 0,
        methods: forecasts
            .iter()
            .map(|one| tested(*one, best, &actual, level))
            .collect(),
        verdict: Some(Verdict {
            best: best.0,
            model: *model,
            against_naive,
            best_naive: *best_naive,
            difference,
        }),
        by_frequency: by_frequency(days, of_model, level),
        tenths: tenths(&of_model.expected, &actual, level)
            .expect(SAME_ROWS)
            .into(),
        last_test: None,
        cannot_tell: None,
    }
}

/// `None` when a day has too few customers who came back for the model.
fn by_model(model: Model, days: &[TestDay], level: f64) -> Option<Forecasts> {
    let mut forecasts = Forecasts::default();
    for day in days {
        let histories = day.known.histories().check().expect(SENSE);
        let fitted = model.fit(&histories, level).ok()?;
        if matches!(fitted.diagnosis().outcome, Outcome::TooFew { .. }) {
            return None;
        }
        let hindsight = fitted.hindsight(&histories, day.ahead, &day.actual);
        forecasts.add_hindsight(hindsight.expect("one count of days per customer"));
    }
    Some(forecasts)
}

fn by_rule(rule: Naive, days: &[TestDay]) -> Forecasts {
    let mut forecasts = Forecasts::default();
    for day in days {
        match rule {
            Naive::Nbd => {
                let histories = day.known.histories().check().expect(SENSE);
                let fitted = Nbd::fit(&histories).expect("the models were fitted to customers");
                let hindsight = fitted.hindsight(&histories, day.ahead, &day.actual);
                forecasts.add_hindsight(hindsight.expect("one count of days per customer"));
            }
            Naive::OwnMean => {
                let rates = day.known.frequency.iter().zip(&day.known.age);
                let expected = rates.map(|(repeats, age)| match *age > 0.0 {
                    true => repeats / age * day.ahead,
                    false => 0.0,
                });
                forecasts.add(expected.collect());
            }
            Naive::LastPeriod => forecasts.add(day.lately.clone()),
        }
    }
    forecasts
}

fn closest<'a, M>(forecasts: &'a [(M, Forecasts)], actual: &[f64]) -> &'a (M, Forecasts) {
    let closest = forecasts.iter().min_by(|(_, one), (_, other)| {
        one.mean_squared_error(actual)
            .total_cmp(&other.mean_squared_error(actual))
    });
    closest.expect("there is at least one")
}

/// The simplest model, unless the closest is surely closer.
fn chosen<'a>(
    models: &'a [(Model, Forecasts)],
    actual: &[f64],
    level: f64,
) -> &'a (Model, Forecasts) {
    let (simplest, closest) = (&models[0], closest(models, actual));
    let is_surely_closer = difference(&closest.1, &simplest.1, actual, level)
        .ends()
        .is_some_and(|(_, high)| high < 0.0);
    if is_surely_closer { closest } else { simplest }
}

fn difference(
    one: &Forecasts,
    other: &Forecasts,
    actual: &[f64],
    level: f64,
) -> worth_model::Estimate {
    squared_error_difference(&one.expected, &other.expected, actual, level).expect(SAME_ROWS)
}

fn tested(
    (method, forecasts): (Method, &Forecasts),
    (best_method, best): (Method, &Forecasts),
    actual: &[f64],
    level: f64,
) -> MethodTested {
    let is_best = method == best_method;
    let mean = |of: &dyn Fn(&Hindsight) -> f64| {
        let values: Vec<f64> = forecasts.hindsight.iter().map(of).collect();
        (!values.is_empty()).then(|| mean_of(&values, level).expect(SAME_ROWS))
    };
    MethodTested {
        method,
        accuracy: accuracy(&forecasts.expected, actual, level).expect(SAME_ROWS),
        behind_best: (!is_best).then(|| difference(forecasts, best, actual, level)),
        log_score: mean(&Hindsight::log_score),
        coverage: mean(&|one| one.inside(level)),
    }
}

const SAME_ROWS: &str = "every method forecasts every customer, and there are some";

fn tests(days: &[TestDay], forecasts: &[(Method, &Forecasts)]) -> Vec<Tested> {
    days.iter()
        .enumerate()
        .map(|(place, day)| Tested {
            day: day.day,
            customers: day.customers() as u64,
            by_calendar: day.time.is_learnt(),
            purchases: day.actual.iter().sum::<f64>() as u64,
            forecasts: forecasts.iter().map(|(_, of)| of.totals[place]).collect(),
        })
        .collect()
}

fn by_frequency(days: &[TestDay], forecasts: &Forecasts, level: f64) -> Vec<ByFrequency> {
    let mut actual: Vec<Vec<f64>> = vec![Vec::new(); MOST_REPEATS as usize + 1];
    let mut expected = vec![0.0; MOST_REPEATS as usize + 1];
    let customers = days.iter().flat_map(|day| {
        let repeats = day.known.frequency.iter();
        repeats.zip(&day.actual)
    });
    for ((&repeats, &count), one) in customers.zip(&forecasts.expected) {
        let place = (repeats as usize).min(MOST_REPEATS as usize);
        actual[place].push(count);
        expected[place] += one;
    }
    (0..=MOST_REPEATS)
        .zip(actual.iter().zip(expected))
        .filter(|(_, (actual, _))| !actual.is_empty())
        .map(|(repeats, (actual, expected))| ByFrequency {
            repeats,
            customers: actual.len() as u64,
            actual: mean_of(actual, level).expect("there are some"),
            expected: expected / actual.len() as f64,
        })
        .collect()
}
