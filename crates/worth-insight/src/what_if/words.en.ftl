# what-if: what changes of benefits, costs and price would bring.
what-if-title = What if
what-if-about = What raising a benefit, cutting a cost or changing a price, yours or a competitor's, would bring
what-if-asks = What would help most?

what-if-points-more = { $name } +{ $size }
what-if-points-less = { $name } −{ $size }
what-if-percent-more = { $name } +{ $size }
what-if-percent-less = { $name } −{ $size }

what-if-says-best-buys-again = { $changes }: of a hundred customers of { $brand }, { $effect } { $direction ->
    [fewer] fewer
   *[more] more
} would buy again within { $days } days.
what-if-says-best-intention = { $changes }: customers of { $brand } would say by { $effect } points more likely that they buy again. That is an intention; what they do cannot be told yet.
what-if-says-best-share = { $changes }: { $brand } would be the best to { $effect } { $direction ->
    [fewer] fewer
   *[more] more
} of a hundred.
what-if-says-best-value = { $changes }: the value of { $brand } would change by { $effect } points. What customers would do then cannot be told yet.
what-if-says-other-share = If { $brand } changed by { $changes }, { $own } would be the best to { $effect } { $direction ->
    [fewer] fewer
   *[more] more
} of a hundred.
what-if-says-other-value = If { $brand } changed by { $changes }, its value would change by { $effect } points. What that does to { $own } cannot be told.
what-if-says-cannot-tell-buys-again = We cannot tell that any of these changes brings customers of { $brand } back; the most likely is { $changes }: { $effect } { $direction ->
    [fewer] fewer
   *[more] more
} of a hundred.
what-if-says-cannot-tell-intention = We cannot tell that any of these changes makes customers of { $brand } say they would buy again; the most likely is { $changes }: { $effect } points.
what-if-says-cannot-tell-share = We cannot tell that any of these changes moves choices; the most likely is { $changes }: { $effect } { $direction ->
    [fewer] fewer
   *[more] more
} of a hundred.
what-if-says-cannot-tell-value = We cannot tell what { $changes } does to the value of { $brand }: { $effect } points.
what-if-says-as-good = It cannot be told apart from: { $changes }.
what-if-says-unknown = We cannot tell what { $changes } does: how many points of perceived price a percentage is, is not known.
what-if-says-nobody = We cannot tell: nobody was asked what { $brand } gives and takes.

# Columns and figures.
what-if-change = Change
what-if-value = Benefits less costs
what-if-value-reading = Points by which the difference of benefits and costs changes.
what-if-ratio = Benefits / costs
what-if-share = Choice share
what-if-share-reading = Change of the share of people to whom the own brand is the best.
what-if-buys-again = Buys again
what-if-buys-again-reading = Change of the share of customers who buy again, from what they did after earlier answers.
what-if-habits-alike = … with the same habits
what-if-intention = Says will buy again
what-if-intention-reading = Change of how likely customers say they would buy again, on 1 to 10: an intention.
what-if-brought = What each change of { $brand } would bring
what-if-brought-reading = Everyone's score moves by so many points, as far as the scale goes. Each number is a change, with its interval; where that holds 0, it cannot be told. Buys again: share of customers within { $days } days.

what-if-money = In money
what-if-money-reading = Revenue: per customer within { $days } days. As a price cut: the one that does as much for benefits less costs, and what it costs a year at unchanged sales; what costs more than that is the dearer way to the same value.
what-if-revenue = Revenue
what-if-equity = Customer equity
what-if-cut-points = As perceived price lower by
what-if-cut-percent = As a price cut of
what-if-cut-cost = Such a cut costs, a year

what-if-same = What else would do as much for value as { $changes }
what-if-same-reading = Points of each other benefit or cost that change benefits less costs by as much, and what they would do to buying again.
what-if-dimension = Dimension
what-if-points = Points
what-if-scale = Room
what-if-reach = within the scale
what-if-no-reach = beyond the scale

what-if-market = In the market
what-if-market-about = Where the brand would stand, and which brand would be the best to how many
what-if-map = Place of { $brand } on the value map
what-if-map-reading = 1 = as the others. Rank 1 is the best, by benefits / costs and by benefits less costs.
what-if-now = as it is
what-if-rank-ratio = Rank by ratio
what-if-rank-difference = Rank by difference
what-if-shares = Choice shares
what-if-shares-reading-worth = The share of people to whom each brand is the most worth what it takes, as their answers say and as they would.
what-if-shares-reading-repurchase = The share of people who say of each brand that they most likely buy it, as their answers say and as they would.

# Notes.
what-if-note-no-choice = Choice shares are not told: { $why }.
what-if-note-not-rated = Choice shares are not told: people did not say of two brands whether they are worth it.
what-if-note-other-brand = What customers of the own brand do when a competitor changes is not known: they were not asked about it and watched afterwards.
what-if-note-not-observed = What customers do is not told, { $why }.
what-if-note-not-asked = What customers say they would do is not told, { $why }.
what-if-unseen = { $changes } ({ $smallest })
what-if-note-unseen = Of buying again, these cannot be told from nothing. So many customers would show a change of so many in a hundred: { $unseen }.
what-if-note-no-exchange = How many points of perceived price one percent of price is, is not known, so price changes are told in points only: { $why } If you know it from a price change of your own, set price_points_per_percent under [value] in worth.toml; else ask about the price before and after the next one.
what-if-note-exchange-asked = One percent of price is taken for { $points } points of perceived price, as asked. It has no interval.
what-if-note-exchange-settings = One percent of price is taken for { $points } points of perceived price, as worth.toml says. It has no interval.
what-if-note-exchange-prices = One percent of price is { $points } points of perceived price, as own and competitors' prices changed while people were asked (months of brands, brands and time held still). What that is off by is not in the intervals of percentages.
what-if-exchange-cannot = of months of brands with prices and answers, { $why }.
what-if-exchange-unsure = prices that changed while people were asked give { $points } points, and cannot tell it from nothing.
what-if-exchange-nothing = there are no prices (table prices) in months in which people were asked.
what-if-note-percent = One percent of price is { $money } a year, of the sales to known customers in the last year.
what-if-note-observed = Buying again is what customers did within { $days } days after they answered, all dimensions that they were asked about taken together. What is felt for long makes habits, so habits may follow. "With the same habits" compares customers who had bought as often, as much and as recently before: it leaves out what the dimension had done to these habits, and also what makes some customers both rate higher and buy more. The truth is likely between the two.
what-if-note-intention = What people say they would do is more than what they do: read intentions as an order, not as a forecast.
what-if-note-equity = Customer equity changes by that if revenue stays changed by the same factor as in the first { $days } days: an assumption.
what-if-note-choice = The best brand in a survey is not the one that is bought: what is near, known and on the shelf decides too.
what-if-note-not-cause = What goes together need not be cause and effect: try the change with some customers and compare them with others before you spend on it.
what-if-note-scale-step = Too few people answered twice to know how noisy answers are. Only the steps of the scale are taken out: true effects are likely larger.
