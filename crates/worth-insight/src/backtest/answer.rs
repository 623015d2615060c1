//! The answer to [`Backtest`](super::Backtest): plain structs, the JSON that scripts read.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::accuracy::{Accuracy, Tenth};
use worth_model::lifetime::{Cell, Model};

use crate::lifetime::answer::RepeatPoint;
use crate::words::Words;

/// How forecasts made earlier compare with what happened.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct BacktestAnswer {
    /// How far each test looked ahead, in days.
    pub horizon_days: u32,
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// The tests, the earliest first.
    pub tests: Vec<Tested>,
    /// Tests that were asked for and left out, because fewer days were known by then than they look
    /// ahead.
    pub tests_left_out: u32,
    /// Every way to forecast, over all tests together, the closest first; empty when nothing could
    /// be tested.
    pub methods: Vec<MethodTested>,
    /// Which is the best, and how sure that is.
    pub verdict: Option<Verdict>,
    /// What the best model expected of customers with 0, 1, 2 … repeat purchases, over all tests.
    pub by_frequency: Vec<ByFrequency>,
    /// Customers in ten equal groups, those first of whom the best model expected most, over all
    /// tests; empty when nothing could be tested.
    pub tenths: Vec<Tenth>,
    /// The last test of the best model, in more detail; absent when nothing could be tested, and
    /// where `lifetime` only chooses a model.
    pub last_test: Option<LastTest>,
    /// Why there is no answer.
    pub cannot_tell: Option<CannotTell>,
}

impl BacktestAnswer {
    /// An answer that says why there is none.
    pub(super) fn silent(horizon_days: u32, level: f64, why: CannotTell) -> Self {
        Self {
            horizon_days,
            level,
            tests: Vec::new(),
            tests_left_out: 0,
            methods: Vec::new(),
            verdict: None,
            by_frequency: Vec::new(),
            tenths: Vec::new(),
            last_test: None,
            cannot_tell: Some(why),
        }
    }

    /// What was found of a method.
    #[must_use]
    pub fn of(&self, method: impl Into<Method>) -> Option<&MethodTested> {
        let method = method.into();
        self.methods.iter().find(|tested| tested.method == method)
    }
}

/// Why forecasts cannot be tested.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum CannotTell {
    /// Less is observed than a test takes.
    TooShort {
        /// Days from the first purchase to the end of observation, both counted.
        observed_days: u32,
        /// How many it takes.
        needed_days: u32,
    },
    /// Too few customers had come back by the days of the tests for a model.
    TooFewRepeats,
}

/// One test.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Tested {
    /// Last day that was known.
    pub day: Date,
    /// Whether time was measured by the calendar of worth.toml, as far as it was known by then.
    pub by_calendar: bool,
    /// Customers known by then.
    pub customers: u64,
    /// Purchases they made in the days ahead.
    pub purchases: u64,
    /// Purchases that each method had forecast of them, in the order of `methods`.
    pub forecasts: Vec<f64>,
}

/// Ways to forecast what each customer will buy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Method {
    /// A model of when customers buy and stop buying.
    Model(Model),
    /// A rule that needs no model of leaving.
    Naive(Naive),
}

/// Rules that need no model of leaving.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Naive {
    /// NBD: as if nobody ever left.
    Nbd,
    /// Everyone goes on buying at the mean rate of their own history.
    OwnMean,
    /// Everyone buys as much as in as many days before.
    LastPeriod,
}

impl Naive {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Nbd, Self::OwnMean, Self::LastPeriod];

    /// In the reader's language.
    pub(crate) fn title(self, words: &Words) -> String {
        words.say(match self {
            Self::Nbd => "backtest-method-nbd",
            Self::OwnMean => "backtest-method-own-mean",
            Self::LastPeriod => "backtest-method-last-period",
        })
    }
}

impl Method {
    /// In the reader's language; models are called the same in all.
    pub(crate) fn title(self, words: &Words) -> String {
        match self {
            Self::Model(model) => model.title().to_owned(),
            Self::Naive(naive) => naive.title(words),
        }
    }
}

impl From<Model> for Method {
    fn from(model: Model) -> Self {
        Self::Model(model)
    }
}

impl From<Naive> for Method {
    fn from(naive: Naive) -> Self {
        Self::Naive(naive)
    }
}

/// What was found of a method, over all tests.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MethodTested {
    /// Which one.
    pub method: Method,
    /// How far its forecasts were from what happened, customer by customer; a customer of several
    /// tests counts in each.
    pub accuracy: Accuracy,
    /// By how much its mean squared error is above that of the best; absent for the best.
    pub behind_best: Option<Estimate>,
    /// Mean logarithm of the probability that it gave to what happened: higher is better. Absent
    /// for rules that give no probabilities.
    pub log_score: Option<Estimate>,
    /// Share of what happened that lies within its central intervals of `level`: that level when it
    /// knows how unsure it is. Absent for rules that give no probabilities.
    pub coverage: Option<Estimate>,
}

/// Which is the best.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Verdict {
    /// The smallest mean squared error of all.
    pub best: Method,
    /// The model to go on with: BG/NBD, the simplest, unless another is surely closer. `lifetime` uses
    /// it when no other is named.
    pub model: Model,
    /// Models against rules that need none.
    pub against_naive: AgainstNaive,
    /// The best of those rules.
    pub best_naive: Naive,
    /// Mean squared error of the model to go on with, less that of the best such rule: below 0 when
    /// the model is closer.
    pub difference: Estimate,
}

/// Whether a model is worth having.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AgainstNaive {
    /// Surely closer to what happened than any rule without a model.
    ModelWins,
    /// A rule without a model is surely closer.
    NaiveWins,
    /// These data cannot tell.
    TooClose,
}

/// Customers with as many repeat purchases before the tests.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct ByFrequency {
    /// Repeat purchases known by the day of the test; the last one stands for more too.
    pub repeats: u32,
    /// Customers, each counted once per test.
    pub customers: u64,
    /// Purchases they made, on average.
    pub actual: Estimate,
    /// Purchases that the model to go on with expected, on average.
    pub expected: f64,
}

/// One test of the model to go on with, before and after its day.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LastTest {
    /// Last day that was known.
    pub day: Date,
    /// Day of the first purchase of all.
    pub first_day: Date,
    /// Repeat purchases of the customers known by then since the first day, before the test day and
    /// after it, at evenly spaced days; what each step adds is the difference of two.
    pub tracking: Vec<RepeatPoint>,
    /// Customers with 0, 1, 2 … repeat purchases by the day.
    pub frequencies_before: Vec<Cell>,
    /// Customers with 0, 1, 2 … purchases in the days ahead.
    pub frequencies_after: Vec<Cell>,
    /// Share of customers whose purchases in the days ahead lie within the interval of whole numbers
    /// that the model gave each of them. It covers chance and what is not known of the parameters;
    /// as counts are whole, it is to hold more often than its level says.
    pub within_intervals: Estimate,
    /// P(alive) on the day of customers who came on the first day.
    pub p_alive: AliveMap,
}

/// Probability of still buying, by how often and how lately customers have bought.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AliveMap {
    /// Weeks since the first purchase, of all customers in the map.
    pub age_weeks: f64,
    /// Repeat purchases: the columns.
    pub frequency: Vec<u32>,
    /// Weeks from the first purchase to the last: the rows, the latest first.
    pub recency_weeks: Vec<f64>,
    /// P(alive) by row and column; absent where there can be nobody.
    pub p_alive: Vec<Vec<Option<f64>>>,
}
