## What customers are worth to the business: the sheet of `lifetime`.

lifetime-title = What your customers are worth to you
lifetime-horizon = next { $days } days

lifetime-equity = Customer equity, { $horizon }
lifetime-equity-reading = Margin expected from the { $customers } customers you have today, in today's money: { $margin } of the amount, discounted at { $rate } a year. New customers are not in it.
lifetime-equity-reading-revenue = Revenue expected from the { $customers } customers you have today, in today's money (discounted at { $rate } a year). It is revenue, not profit, until a margin is set. New customers are not in it.
lifetime-equity-each = Expected value per customer, { $horizon }
lifetime-equity-each-reading = Equity divided by everyone who ever bought, those who left too.
lifetime-new-customer = What a new customer brings, { $horizon }
lifetime-new-customer-reading = After the first purchase, which is not in it: together with the margin of the first, the most that winning one may cost.
lifetime-active = Customers who may still buy
lifetime-active-reading = Of { $customers } who ever bought. Nobody says goodbye in a shop, so this is the sum of everyone's probability of still buying. { $once } bought once only; the model cannot see whether they left and counts them in full.
lifetime-active-reading-seen = Of { $customers } who ever bought. Nobody says goodbye in a shop, so this is the sum of everyone's probability of still buying: { $active } of them are from the { $once } who bought once only.
lifetime-purchases = Purchases expected, { $horizon }
lifetime-purchases-reading = Days on which one of today's customers buys. There were { $purchases } in the { $days } days observed.
lifetime-slipping = Customers slipping away
lifetime-slipping-reading = Came back before, silent for more than { $gaps } times their own gap, and P(alive) from { $low } to { $high }.
lifetime-stake = At stake with them, { $horizon }
lifetime-stake-reading = What they would bring on top if every one of them were kept: the most that winning them back can earn, before what it costs.
lifetime-top-tenth = Share of revenue from the best tenth
lifetime-top-tenth-reading = Gini { $gini } (0: all bring the same; 1: one brings all). The higher, the more depends on few.
lifetime-customers = Customers
lifetime-customers-reading = Bought on at least one day; { $repeat } ({ $share }) came back on another.
lifetime-revenue = Revenue so far
lifetime-revenue-reading = From { $purchases } purchase days, after refunds, by { $until }.
lifetime-gap = Typical gap between purchases
lifetime-gap-reading = Half of those who came back buy more often than this, half less often.

lifetime-section-leaving = Who is leaving
lifetime-section-leaving-about = Everyone by what they seem to be doing on { $until }.
lifetime-section-leaving-about-undated = Everyone by what they seem to be doing at the end of observation.
lifetime-section-few = How much depends on few
lifetime-section-trust = Whether to trust this
lifetime-section-trust-about = The model against what happened.
lifetime-section-trend = Month by month

lifetime-status-table = Customers by status
lifetime-status-table-reading = A customer is in exactly one row.
lifetime-status-column = Status
lifetime-status-column-rule = Rule
lifetime-status-column-customers = Customers
lifetime-status-column-share = Share
lifetime-status-active = active
lifetime-status-slipping = slipping away
lifetime-status-gone = gone
lifetime-status-new = new
lifetime-status-once = bought once
lifetime-rule-active = came back, and neither slipping nor gone
lifetime-rule-slipping = came back, silent for more than { $gaps } own gaps, P(alive) from { $low } to { $high }
lifetime-rule-gone = came back, P(alive) under { $low }
lifetime-rule-new = bought once, at most { $days } days ago
lifetime-rule-once = bought once, longer ago than { $days } days

lifetime-chart-curve = Share of revenue by share of customers
lifetime-chart-curve-reading = Read upwards from 10 %: that share of revenue comes from the best tenth of customers. On the straight line everyone would bring the same.
lifetime-chart-curve-x = Customers, best first
lifetime-chart-curve-y = Revenue so far
lifetime-chart-curve-actual = your customers
lifetime-chart-curve-equal = all the same
lifetime-chart-alive = Customers by probability of still buying
lifetime-chart-alive-reading = Only those who came back: of someone who bought once, the model cannot see whether they left.
lifetime-chart-alive-reading-seen = At the top those who have most likely left, at the bottom those who almost surely still buy.
lifetime-chart-alive-x = P(alive)
lifetime-chart-alive-y = Customers
lifetime-chart-alive-repeat = came back
lifetime-chart-alive-once = bought once
lifetime-chart-repeats = Repeat purchases, actual and expected
lifetime-chart-repeats-reading = Lines that lie together mean that the model knows your customers' rhythm. A gap at the end means that something changed.
lifetime-chart-repeats-x = Until
lifetime-chart-repeats-y = Repeat purchases since the beginning
lifetime-chart-frequency = Customers by repeat purchases, actual and expected
lifetime-chart-frequency-reading = Bars of a pair should be about equally long.
lifetime-chart-frequency-x = Repeat purchases
lifetime-chart-frequency-y = Customers
lifetime-actual = actual
lifetime-expected = expected by the model
lifetime-chart-months = Revenue by month
lifetime-chart-months-reading = What stayed after refunds. Months that observation covers only in part are left out.
lifetime-chart-months-x = Month
lifetime-chart-months-y = Revenue
lifetime-chart-buyers = Customers who bought, by month
lifetime-chart-buyers-reading = New ones bought for the first time; the distance between the lines is those who came back.
lifetime-chart-buyers-y = Customers
lifetime-buyers-all = all
lifetime-buyers-new = new

lifetime-note-margin = No margin is set, so all money here is revenue. Set `margin` under [lifetime] in worth.toml, or ask with --margin.
lifetime-note-model = { $model } fitted per { $unit }: { $parameters }; log-likelihood { $ll }.
lifetime-note-margin-asked = The margin of { $margin } was asked for (--margin).
lifetime-note-margin-settings = The margin of { $margin } is that of [lifetime] in worth.toml.
lifetime-note-margin-costs = The margin comes from the costs of the goods sold, known for { $lines } of the lines: { $known } of the money stayed. Set `margin` under [lifetime] in worth.toml, or ask with --margin, to reckon with another.
lifetime-note-margin-some-costs = The margin comes from the costs of the goods sold, known for { $lines } of the lines and { $money } of the money: { $known } of it stayed; the rest is taken to be like that. Set `margin` under [lifetime] in worth.toml, or ask with --margin, to reckon with another.
lifetime-note-margin-few-costs = Costs are known for { $lines } of the lines and { $money } of the money only (margin there: { $known }): too few to speak for the rest, so all money here is revenue. Set `margin` under [lifetime] in worth.toml, or ask with --margin.
lifetime-note-margin-none-left = By the costs of the goods sold nothing stays of the money ({ $known }), so all money here is revenue. Look at the costs, or set `margin` under [lifetime] in worth.toml.
lifetime-note-margin-of-summary = No margin is named, so all money here is revenue: ask with --margin.
lifetime-note-summary = From a customer summary, with recency and T per { $unit }. What needs days or single purchases is not in it: months, refunds, revenue so far, a call list, a test of the forecast.
lifetime-note-train-until = The models learned from what was known on { $day } and nothing later; histories, statuses and forecast are as of { $until }. Where the lines part after { $day }, customers did something else than they used to.
lifetime-choice-name = { $model } was asked for by name; without --model a backtest chooses.
lifetime-choice-simplest = { $model }, the simplest model, was chosen by backtest ({ $tests ->
    [one] one test
   *[other] { $tests } tests
} of { $days } days): no other came surely closer to what each customer did. Its error (RMSE) was { $rmse } purchases; { $rival }, the closest other model, had { $rival_rmse }.
lifetime-choice-closer = { $model } was chosen by backtest ({ $tests ->
    [one] one test
   *[other] { $tests } tests
} of { $days } days): it came surely closer to what each customer did than { $rival }, the simplest model. Its error (RMSE) was { $rmse } purchases in place of { $rival_rmse }.
lifetime-choice-model-wins = It was surely closer than every rule without a model; the best of those, “{ $naive }”, had { $naive_rmse }.
lifetime-choice-naive-wins = A rule without a model, “{ $naive }”, came surely closer to what each customer did, with { $naive_rmse }: for single customers use the rule, and look into what the model misses (worth backtest).
lifetime-choice-too-close = Whether it comes closer than the best rule without a model, “{ $naive }” ({ $naive_rmse }), these data cannot tell.
lifetime-choice-one-in = One customer in { $n } was tested to choose the model; worth backtest tests all.
lifetime-choice-undated = The model is { $model }, the simplest: a customer summary has no days on which forecasts could be tested. Others: --model.
lifetime-choice-untested = The model is { $model }, the simplest, because no forecast could be tested. { $why }
lifetime-note-spend = Gamma-Gamma fitted on { $customers } customers who came back: { $parameters }; log-likelihood { $ll }.
lifetime-note-refunds = Refunds: { $lines } lines, { $amount } taken from the purchase days they refer to; { $undone } days were refunded in full and count as no purchase.
lifetime-note-unplaced = { $lines } refund lines ({ $amount }) found no purchase to be taken from: what they refund was bought before the data begin, or by someone else.
lifetime-note-no-purchase-refunds = { $lines } refund lines belong to cancelled, refused or returned orders, which are no purchases anyway.
lifetime-unit-day = day
lifetime-unit-week = week
lifetime-unit-month = month (30.44 days)

lifetime-cannot-not-asked = Only a summary was asked for: no models, no forecast.
lifetime-cannot-no-purchases = Nobody bought anything in this period, so there is nothing to forecast.
lifetime-cannot-no-repeats = None of the { $customers } customers came back on another day. What a customer is worth in future cannot be told before some do.
lifetime-cannot-too-few-repeats = Only { $repeat } customers came back; it takes at least { $needed } to tell how often customers buy and when they stop. Counts are shown, forecasts are not.
lifetime-cannot-no-spend = { $customers ->
    [0] No repeat purchase has money in it, so nothing says what a purchase is worth.
   *[other] Only { $customers } customers have a repeat purchase with money in it; it takes { $needed } to say what a purchase is worth.
} Purchases are forecast, money is not.

lifetime-advice-slipping = Call or write to the customers who are slipping away, the most valuable first; leave the random tenth alone that the list holds out, to see what it earned
lifetime-advice-slipping-whom = { $customers } customers; the list: worth lifetime --list slipping --limit 200 --out calls.xlsx
lifetime-advice-slipping-evidence = They spent { $revenue } so far and are silent for more than { $gaps } times their own gap.
lifetime-advice-slipping-money = up to { $stake } more within { $horizon } days, if all were kept
lifetime-advice-slipping-rule = At least { $least } customers who came back before, silent for more than { $gaps } own gaps, P(alive) from { $low } to { $high }.

lifetime-note-stake = Value at stake is not the gain from calling: it is what is lost if they leave. Whether a call keeps them is what the held-out tenth tells (worth uplift).
lifetime-section-calls = The call list { $list }
lifetime-section-calls-about = { $listed } of { $customers } customers with the status "{ $status }", the most valuable first; --out writes the list.
lifetime-calls-arms = { $treatment } to contact, { $holdout } to leave alone: each was held out at random with a probability of { $share }, and stands at the end of the list. Do not contact them for as long as you want to learn from the list.
lifetime-calls-nobody-held-out = Nobody on the list is held out, so nothing will tell whether contacting them helped.
lifetime-calls-back = Fill in contacted_at, result and note, and import the file again (worth import): it becomes messages of the campaign { $campaign }, and worth uplift compares those on the list with those held out.
lifetime-calls-untested = The suggested offers follow named rules (offer_rule) that nobody has tested yet.
lifetime-calls-not-allowed = { $not_allowed } customers of this status do not want to be contacted: they are on no list.
lifetime-calls-unknown = Of { $unknown } customers on the list nobody knows whether they may be contacted (contact_allowed): ask before you sell.
lifetime-action-call = call
lifetime-action-hold-out = do not call (held out)
lifetime-offer-complaint = Apologise first and ask what went wrong; offer nothing
lifetime-offer-price-sensitive = A voucher: they buy at a discount more than others do
lifetime-offer-favourite-category = A reminder of what they buy most: { $category }
lifetime-offer-greeting = Ask how they are; offer nothing

lifetime-reason-habit = buys every { $gap } days, silent for { $silent }
lifetime-reason-once = bought once, { $silent } days ago

lifetime-about = What are our customers worth, who still buys, and who is slipping away?
lifetime-asks-worth = What are our customers worth?
lifetime-asks-leaving = Who is leaving?
lifetime-says-margin = The { $customers } customers you have are expected to bring a margin of { $equity } in the { $horizon }; about { $active } of them may still buy.
lifetime-says-revenue = The { $customers } customers you have are expected to bring { $equity } of revenue in the { $horizon }; about { $active } of them may still buy. Set a margin to see profit.
lifetime-says-purchases = The customers you have are expected to buy { $purchases } times in the { $horizon }; what that is worth cannot be told yet.
lifetime-says-slipping = { $customers } customers who used to come back have fallen silent for longer than is usual for them; keeping them all would bring { $stake } more in the { $horizon }. { $gone } others have most likely left for good.
lifetime-says-slipping-uncosted = { $customers } customers who used to come back have fallen silent for longer than is usual for them; { $gone } others have most likely left for good. What that costs cannot be told yet.
lifetime-says-nobody-slips = Nobody who used to come back is silent for more than { $gaps } times their own gap with a P(alive) from { $low } to { $high }.
lifetime-advice-slipping-uncosted = cannot be told: there is no model of what a purchase is worth

lifetime-fits = The model fits: at most { $misplaced } of the customers would have to be in another group for a perfect fit.
lifetime-misfits = The model does not fit well: { $misplaced } of the customers would have to be in another group. Trust totals for the near future more than single customers; customers of very different kinds are probably mixed, or something changed on the way.
lifetime-misfits-lately = The model does not fit well: how many purchases customers made is right, when they made the last one is not. Something seems to have changed on the way (customers who began to leave at some date); look at the months.
lifetime-trouble-dependence = Customers who buy more often also spend more or less per purchase (correlation { $correlation }), which the spend model does not know: values of the most frequent buyers may be off.
lifetime-trouble-purchases = When customers buy and stop buying is not settled by these data: { $why }
lifetime-trouble-spend = What a purchase is worth is not settled by these data: { $why }
lifetime-trouble-spend-misfit = Spend per purchase does not look like the model: single customers' values may be off, totals less so.
lifetime-outcome-too-few = only { $repeat } customers came back; about { $needed } would do.
lifetime-outcome-flat = quite different parameters explain them as well; about { $needed } customers would settle it.
lifetime-outcome-not-converged = the search for the best parameters did not arrive.
lifetime-outcome-few-ended = only { $ended } contracts have ended; about { $needed } would do.
lifetime-outcome-too-short = only { $occasions } renewals have been seen; it takes { $needed }.
lifetime-outcome-all-end-together = all contracts end at the same renewal.
lifetime-outcome-leave-at-once-or-never = customers leave at the first occasion or stay for good; nothing in between can be seen.
lifetime-outcome-no-churn-visible = nobody can be seen to have left, so the forecast assumes that all stay.
lifetime-outcome-everyone-gone = everyone who came back seems to have left since.
lifetime-outcome-equal-churn = all customers seem to leave at the same rate; no differences can be seen.
lifetime-outcome-steady-risk = nobody's risk of leaving can be seen to rise with time; Pareto/NBD explains the purchases as well.
lifetime-outcome-equal-rates = all customers seem to buy at the same rate; no differences can be seen.
lifetime-outcome-few-buy-all = nearly all purchases are those of a few, and the many never come back.
lifetime-outcome-equal-spend = all customers seem to spend the same per purchase, apart from chance.
lifetime-outcome-constant-spend = every purchase of a customer costs the same.
lifetime-outcome-heavy-tail = single purchases are so large that a mean does not settle.

lifetime-calendar = Busy and quiet days
lifetime-calendar-reading = 2 means twice as many purchases as on a day like any other. Day 0 is the feast itself, −1 the day before.
lifetime-calendar-what = What
lifetime-calendar-days = Days
lifetime-calendar-factor = Purchases against a day like any other
lifetime-calendar-weekdays = Weekdays, from the quietest to the busiest
lifetime-calendar-season = Time of year, from the quietest to the busiest
lifetime-calendar-learnt = Time is measured by the calendar ([calendar] in worth.toml): quiet days count less, busy ones more, for silence, P(alive) and forecast alike. Days that you read are days as people count them.
lifetime-calendar-too-short = worth.toml has a calendar, but purchases are known for { $observed } days only, and it takes { $needed } (two years): what was seen once may have had any other reason. A day counts as a day, so just after a quiet season customers may be called slipping who are not, and a forecast over a busy one is too low.
lifetime-calendar-too-few = worth.toml has a calendar, but there are too few purchases to tell busy days from quiet ones. A day counts as a day.
lifetime-calendar-seen-too-seldom = not known: seen { $seen } times, it takes { $needed }
lifetime-calendar-too-few-purchases = not known: too few purchases
lifetime-calendar-inseparable = not known: always together with another
lifetime-feast-tet = Tết
lifetime-feast-kitchen-gods = Ông Công Ông Táo
lifetime-feast-first-full-moon = Rằm tháng Giêng
lifetime-feast-hung-kings = Giỗ Tổ Hùng Vương
lifetime-feast-doan-ngo = Tết Đoan Ngọ
lifetime-feast-vu-lan = Vu Lan
lifetime-feast-trung-thu = Trung Thu
lifetime-feast-first-of-month = First of the lunar month
lifetime-feast-full-moon = Full moon (rằm)
lifetime-feast-14-2 = Valentine's Day (14/2)
lifetime-feast-8-3 = Women's Day (8/3)
lifetime-feast-20-10 = Vietnamese Women's Day (20/10)
lifetime-feast-11-11 = Singles' Day (11/11)
lifetime-feast-black-friday = Black Friday
lifetime-feast-christmas = Christmas
