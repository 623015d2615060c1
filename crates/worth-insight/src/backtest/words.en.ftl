## Would the forecast have been right: the sheet of `backtest`.

backtest-title = Would the forecast have been right?
backtest-about = Would the forecast have been right, and which model comes closest?
backtest-asks = Can the forecast be trusted?
backtest-model-wins = { $tests ->
    [one] In one test
   *[other] In { $tests } tests
} of { $days } days { $model } forecast { $forecast } purchases where { $actual } happened, and came surely closer to what each customer did than the best rule without a model, “{ $naive }”.
backtest-naive-wins = A rule without a model, “{ $naive }”, came surely closer to what each customer did than { $model }, which forecast { $forecast } purchases where { $actual } happened ({ $tests ->
    [one] one test
   *[other] { $tests } tests
} of { $days } days): use the rule for single customers, and look into what the model misses.
backtest-too-close = { $model } forecast { $forecast } purchases where { $actual } happened ({ $tests ->
    [one] one test
   *[other] { $tests } tests
} of { $days } days); these data cannot tell whether it comes closer to what each customer does than the best rule without a model, “{ $naive }”.
backtest-too-short = { $observed } days are observed; it takes { $needed } to hold some back and see.
backtest-too-few = Too few customers had come back by then to fit a model.

backtest-method = Method
backtest-method-nbd = NBD (nobody leaves)
backtest-method-own-mean = own mean rate
backtest-method-last-period = as much as before

backtest-bias = How far off the total was ({ $model })
backtest-bias-reading = Purchases forecast less those that happened, as a share of those: above 0 the forecast was too high.
backtest-top = What the best tenth bought ({ $model })
backtest-top-reading = Share of all purchases made by the tenth of customers of whom the model expected most. A forecast that knows nothing of who would have 10%.
backtest-coverage = How often the intervals held ({ $model })
backtest-coverage-reading = Intervals of { $level } for single customers: it should be { $level }. Less, and the model is surer than it may be.

backtest-methods = Methods, the closest first
backtest-methods-reading = Ordered by the root of the mean squared error per customer, the measure that the true mean makes smallest. { $actual } purchases happened. A mean absolute error is smallest for a forecast of nothing wherever most customers buy nothing: do not choose by it.
backtest-column-forecast = Forecast
backtest-column-bias = Off by
backtest-column-rmse = RMSE
backtest-column-mae = MAE
backtest-column-wmape = Weighted MAPE
backtest-column-top = Bought by the best tenth
backtest-column-log-score = Log score
backtest-column-coverage = Intervals held

backtest-tests = Test by test
backtest-tests-reading = Purchases in the { $days } days after each day, and what each method forecast of them from what was known by then. New customers are not among them.
backtest-day = Known until
backtest-customers = Customers
backtest-happened = happened
backtest-expected = expected

backtest-frequency = Purchases after the test day, by repeat purchases before it
backtest-frequency-reading = The bars should be of the same height. Where they differ, the model misses something of these customers.
backtest-frequency-x = Repeat purchases before
backtest-frequency-y = Mean purchases after

backtest-tenths = Tenths of the customers, those first of whom most was expected
backtest-tenths-reading = Mean purchases per customer over all tests. Lift: how many times the mean of all customers a tenth bought. A model that tells customers apart ({ $model }) has a high lift at the top that falls from tenth to tenth.
backtest-column-tenth = Tenth
backtest-column-tenth-expected = Expected
backtest-column-tenth-happened = Happened
backtest-column-tenth-lift = Lift

backtest-section-last = The last test of { $model }
backtest-section-last-about = Fitted to what was known until { $day }; the { $days } days after it were held back. { $within } of the customers bought as often as the model's intervals of { $level } said; as numbers of purchases are whole, it should be { $level } or more.
backtest-weeks = Weeks since the first purchase
backtest-repeats = Repeat purchases
backtest-known-until = known until week
backtest-cumulative = Repeat purchases so far
backtest-cumulative-reading = Of all customers known by the test day. Left of the dashed line the model has seen them; right of it, it had to forecast.
backtest-incremental = Repeat purchases step by step
backtest-incremental-reading = What each step of the curve above adds. The model is smooth: where what happened goes up and down, it was a season, a campaign or chance.
backtest-before = Customers by repeat purchases until { $day }
backtest-before-reading = What the model was fitted to: it should look like this.
backtest-before-x = Repeat purchases
backtest-after = Customers by purchases in the { $days } days after
backtest-after-reading = What the model had not seen.
backtest-after-x = Purchases
backtest-alive = P(alive) by frequency and recency
backtest-alive-reading = The probability that a customer who first came { $weeks } weeks before the test day still buys: the more often someone bought, the sooner silence means leaving.
backtest-alive-y = Weeks from the first purchase to the last

backtest-note-left-out = { $tests ->
    [one] One test was left out: by its day fewer days were known than it looks ahead.
   *[other] { $tests } tests were left out: by their days fewer days were known than they look ahead.
}
backtest-note-simplest = { $model }, the simplest model, is the one to go on with: no other was surely closer.
backtest-note-closer = { $model } is the model to go on with: it was surely closer than BG/NBD. worth lifetime uses it too.
backtest-note-again = A customer of several tests counts in each, so the intervals are a little too narrow with more than one test.
backtest-note-calendar = { $tests ->
    [one] One test measured
   *[other] { $tests } tests measured
} time by the calendar ([calendar] in worth.toml), each as far as it was known on its day; models and NBD then allow for seasons, the last period does not.
backtest-note-season = No method here knows of seasons or promotions: a test that ends in Tết says little of one that does not.
