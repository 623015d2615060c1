## Are purchases where they should be: the sheet of `alerts`.

alerts-title = Are purchases where they should be?
alerts-about = Are purchases where they should be, and where not?
alerts-asks = Are purchases where they should be?
alerts-too-short = { $observed } days are observed; it takes { $needed } to know what is usual in { $days } days.
alerts-too-few = Too few customers had come back before these days to fit a model.
alerts-says-whole = In the { $days } days until { $until } customers who had bought before made { $actual } purchases, where { $expected } were to be expected.
alerts-says-in-order = Nothing stands out: of { $compared ->
    [one] the one thing
   *[other] { $compared } things
} compared, nothing is further off than chance explains.
alerts-says-out-of-order = { $alerts ->
    [one] One of the { $compared } things compared is
   *[other] { $alerts } of the { $compared } things compared are
} out of order: { $units }{ $more ->
    [0] .
   *[other] ; and { $more } more.
}
alerts-urgent = Purchases are not where they should be: { $units }{ $more ->
    [0] .
   *[other] ; and { $more } more.
}
alerts-named = { $unit } { $change } since { $since }

alerts-unit-whole = all known customers
alerts-unit-new-customers = new customers
alerts-unit-cohort = customers since { $name }
alerts-unit-store = store { $name }
alerts-unit-channel = channel { $name }
alerts-unit-region = region { $name }

alerts-column-unit = What
alerts-column-customers = Customers
alerts-column-expected = Expected
alerts-column-actual = Happened
alerts-column-change = Against expected
alerts-column-since = Since
alerts-column-money = Money missing
alerts-column-verdict = What to make of it

alerts-left = { $left } more are in the JSON and in --out.

alerts-table = Out of order
alerts-table-reading = Purchases in the window, the surest first. Since: the first of the windows without a break outside their band. Money missing: the missing purchases at the mean net amount of these customers; below zero it is money on top. It is no forecast of what acting would bring. Of these alerts, at most { $rate } are false on average. Parts overlap: what is wrong in the first line shows in others too.

alerts-control = Purchases of { $unit }
alerts-control-reading = In windows of { $days } days. The band is where { $level } of the windows lie when all is in order; each is judged by those before it alone.
alerts-control-x = Window until
alerts-purchases = Purchases
alerts-expected = expected
alerts-happened = happened

alerts-ratios = What happened, against what was to be expected
alerts-ratios-reading = Those out of order, then the largest. An interval that leaves out 1 is outside the band; one such among many is chance.
alerts-ratio = Happened over expected
alerts-as-expected = as expected

alerts-others = Everything else that is watched
alerts-others-reading = All known customers and new ones, then the largest parts.
alerts-verdict-in-order = in order
alerts-verdict-coarse = in order, as far as so few purchases tell: a fall by half would show from { $needed } expected purchases on
alerts-verdict-too-small = too small to tell: a fall by half would show from { $needed } expected purchases on
alerts-verdict-too-new = too new to know what is usual

alerts-note-usual = What is to be expected is the forecast of { $model } from what was known before the window, times what its forecasts of the same customers usually came to in up to six earlier windows. So a model that is wrong about a store is not an alert; a store that changes is.
alerts-note-people = Parts are made of people, not of places: the store and the channel where a customer had bought on most days, the quarter of the first purchase, the region where the customer lives. Their purchases count wherever they were made. Purchases of people who were new in the window stand in a line of their own.
alerts-note-rate = All parts are compared at once, so that on a day on which everything is in order there is an alert with a probability of { $rate } at most.
alerts-note-calendar = Time is measured by the calendar ([calendar] in worth.toml), in all windows as it was known before the last: a feast that came twice is expected, and what is not known of it widens the band. What has lasted for six windows is taken for usual, and is no alert any more.
alerts-note-calendar-unknown = worth.toml has a calendar, but busy days cannot be told from quiet ones yet (lifetime says why): days before Tết stand out everywhere at once. What has lasted for six windows is taken for usual, and is no alert any more.
alerts-note-season = The forecast knows of no seasons or promotions until worth.toml has a [calendar]: days before Tết stand out everywhere at once. What has lasted for six windows is taken for usual, and is no alert any more.
