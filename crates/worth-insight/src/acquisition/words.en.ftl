## Which customers come back and pay back what they cost: the sheet of `acquisition`.

acquisition-about = Which channels, cohorts and first purchases bring customers who come back and pay back what they cost?
acquisition-asks = Which new customers come back, and pay back what they cost?
acquisition-title = Where good customers come from

acquisition-headline-back = Of 100 new customers, { $n } come back within { $days } days: { $interval }.
acquisition-headline-back-unknown = How many new customers come back cannot be told yet: nobody was observed for { $days } days.
acquisition-headline-more = These come back more than the rest: { $groups }.
acquisition-headline-less = These come back less than the rest: { $groups }.
acquisition-headline-alike = None of { $groups } groups is shown to come back more or less than the rest.
acquisition-headline-costs-more = These do not bring what they cost, counting { $horizon } more days (value : cost): { $groups }.
acquisition-headline-pays-back = These pay back what they cost: { $groups }.
acquisition-headline-cannot-tell = Whether these pay back what they cost cannot be told yet: { $groups }.
acquisition-headline-no-spending = What winning them cost is not known.
acquisition-more = { $n } more

acquisition-customers = New customers
acquisition-customers-reading = First purchase on { $from } or later.
acquisition-returned = Came back within { $days } days
acquisition-returned-reading = Bought again on another day; of { $observed } customers observed for so long.
acquisition-value = Value per customer
acquisition-value-reading = Margin so far and expected within { $horizon } more days, over all new customers, those who never came back too.
acquisition-value-reading-served = Margin so far and expected within { $horizon } more days, over all new customers, those who never came back too; less what service and retention take, { $serving } of every amount.
acquisition-value-reading-so-far = Only margin so far: the future cannot be told from these data.
acquisition-cost-paid = Cost of a new customer, paid channels
acquisition-cost-all = Cost of a new customer, all channels
acquisition-cost-reading = { $spent } spent on acquisition over { $customers } new customers of these days.
acquisition-ratio-paid = Value : cost, paid channels
acquisition-ratio-all = Value : cost, all channels
acquisition-ratio-reading = A customer brings { $value }. Over 1 is more than winning one cost.
acquisition-payback-paid = Paid back, paid channels
acquisition-payback-all = Paid back, all channels
acquisition-payback-reading = Since the first purchase, until a customer has brought on average what winning one cost.
acquisition-paid-at-once = with the first purchase
acquisition-paid-after = after { $days } days
acquisition-paid-forecast = after { $days } days, as expected
acquisition-paid-not-within = not within { $within } days
acquisition-paid-too-few = too few to tell
acquisition-paid-between = between { $low } and { $high } days ({ $level } interval)
acquisition-paid-at-least = { $low } days or more ({ $level } interval); the upper end is not reached
acquisition-paid-never = not even the lower end is reached

acquisition-all = all new customers
acquisition-other = all others
acquisition-unknown = not known
acquisition-small = { $name } (small)
acquisition-by-acquisition-channel = Acquisition channel
acquisition-by-cohort = Cohort
acquisition-by-channel = Channel of the first purchase
acquisition-by-category = Category of the first purchase
acquisition-by-product = Product of the first purchase
acquisition-by-store = Store of the first purchase

acquisition-section-cost = What customers cost and bring: { $by }
acquisition-cost-table = Value against cost, per customer
acquisition-cost-table-reading = Value: margin so far and expected within { $horizon } more days, less serving. Cost: what was spent over how many came. Where nothing was spent there is no cost to compare with. Paid back: time since the first purchase until a customer has brought on average what winning one cost. Who came earlier has had more time to bring something.
acquisition-spent = Spent
acquisition-no-spending = nothing
acquisition-cost-each = Cost of one
acquisition-ratio-column = Value : cost
acquisition-payback-column = Paid back
acquisition-section-back = Who comes back: { $by }
acquisition-back-table = Who comes back
acquisition-back-table-reading = Share of customers observed for { $days } days who bought again within them. Who came earlier has had more time for a margin so far.
acquisition-back-table-compared = Against the rest: percentage points more or less than of all other customers whose group is known, where there are enough to compare. *: taken as a difference; of those so marked at most 5 in 100 are none, on average ({ $groups } groups compared, Benjamini-Hochberg).
acquisition-against = Against the rest
acquisition-so-far = Margin so far
acquisition-expected = Expected, { $horizon } days

acquisition-chart = How soon customers pay back what they cost
acquisition-chart-reading = What a customer has brought on average by an age, in costs of winning one. Where a line crosses 1 the cost is paid back. Lines end where fewer than 30 customers were observed for so long.
acquisition-chart-x = Days since the first purchase
acquisition-chart-y = Brought, in costs of winning one
acquisition-chart-mark = paid back
acquisition-chart-shares-reading = Customers observed for so long who bought again, with the interval.

acquisition-less-act = Spend less on { $channel }, or win other customers there
acquisition-less-whom = { $customers } customers won there for { $spent }
acquisition-less-evidence = Winning one cost { $cost }; one brings { $value }, with { $horizon } more days counted. Value : cost { $ratio }.
acquisition-less-money = { $money } that would not come back, if spending goes on like this for another { $days } days
acquisition-less-rule = At least { $least } customers, and the whole interval of value : cost is below 1.
acquisition-more-act = Try spending more on { $channel }, a little at a time, and watch what the next customers cost
acquisition-more-whom = { $customers } customers won there for { $spent }
acquisition-more-evidence = Winning one cost { $cost }; one brings { $value }, with { $horizon } more days counted. Value : cost { $ratio }.
acquisition-more-money = not known: more spending wins dearer customers sooner or later, and when cannot be seen in these data
acquisition-more-rule = At least { $least } customers, and the whole interval of value : cost is above { $many } (a rule of thumb).

acquisition-note-association = A group whose customers come back more is no cause of it: other people come that way, or buy that first. Whether more of the same would come back takes a test.
acquisition-note-model = What is expected comes from { $model }. Whether that model fits, and why it was taken, is told by `worth lifetime`.
acquisition-note-cost = Costs are what was spent from { $from } to { $until } over the customers who were new on these days; a period of spending that is cut counts by its days. They are averages: the next customer may cost more. Who comes later because of what was spent is counted later.
acquisition-note-outside = { $customers } customers were new on days of which spending is not known: they are in no cost.
acquisition-note-nobody = Money was spent on { $channels }, and nobody is known to have come that way. Perhaps its name is written another way in `customers.acquisition_channel`.
acquisition-note-forecast = A time of payback "as expected" lies beyond what was observed: from there on the average is carried on as the model expects repeat purchases of a new customer. Its interval does not cover that the model may be wrong.
acquisition-note-channels = The channel of { $own } customers is the one noted for them (`acquisition_channel`); for { $orders } it is the channel of their first order; of { $unknown } neither is known.
acquisition-note-before = { $customers } customers had bought before the period asked for: they are not new in it.
acquisition-note-filtered = Spending is known by channel and time only, so a part of the customers or sales has no cost.
acquisition-note-not-by-this = Spending is known by channel and time: ask with --by acquisition_channel or --by cohort for costs.
acquisition-want-spending = Note what each channel costs
acquisition-want-spending-why = Which channels pay back what they cost, and how soon, cannot be told without it.
acquisition-want-spending-how = One row per channel and month (channel, from, until, kind "acquisition", amount, currency) into the table spending.

left-out-spending-turned = { $rows } rows of spending that end before they begin
left-out-spending-of-no-kind = { $rows } rows of spending that are neither acquisition nor service nor retention
left-out-spending-without-rate = { $rows } rows of spending in another currency without a rate for their first day
