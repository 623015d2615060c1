## Whether contacting customers helped: the sheet of `uplift`.

uplift-title = Did contacting them help?
uplift-about = Did contacting them help? Those contacted against those held out at random.
uplift-asks = Did contacting them help?

uplift-says-helped = It helped: more of those contacted bought again within { $days } days, in percentage points: { $campaigns }.
uplift-says-harmed = It did harm: fewer of those contacted bought again within { $days } days, in percentage points: { $campaigns }.
uplift-says-cannot-tell = It cannot be told whether it helped; the difference within { $days } days may be chance: { $campaigns }.
uplift-says-nothing-to-compare = Nothing can be compared yet: a campaign needs customers in both arms whose window is over.

uplift-verdict-helped = helped
uplift-verdict-harmed = harmed
uplift-verdict-cannot-tell = cannot tell

uplift-table-shares = Share who bought again within { $days } days
uplift-table-shares-reading = It helped when the whole { $level } interval of the difference is above zero. The last column: how many customers, split like these, it takes to tell a difference of the size seen from chance 8 times in 10.
uplift-table-money = Money that stayed per customer within { $days } days
uplift-table-money-reading = Money varies far more than the share who bought, so it takes longer to tell. Of the gain, what contacting cost is not yet taken.
uplift-chart = Difference in the share who bought again
uplift-chart-reading = A bar whose interval crosses zero may be chance.
uplift-chart-none = no difference
uplift-column-campaign = Campaign
uplift-column-verdict = Verdict
uplift-column-treatment = To contact
uplift-column-holdout = Held out
uplift-column-treatment-bought = Bought again, to contact
uplift-column-holdout-bought = Bought again, held out
uplift-column-difference = Difference, percentage points
uplift-column-needed = Customers needed
uplift-column-treatment-money = To contact
uplift-column-holdout-money = Held out
uplift-column-money-difference = Difference

uplift-section-balance = Were the arms alike before?
uplift-section-balance-about = Only customers put into arms at random can be compared. Before anyone was contacted, both arms should look the same.
uplift-table-balance = Before
uplift-table-balance-reading = The last column is the difference in standard deviations; beyond 0.1, and beyond what chance does in small arms, the arms were not alike.
uplift-column-measure = What
uplift-column-treatment-mean = To contact, mean
uplift-column-holdout-mean = Held out, mean
uplift-column-standardised = Standardised difference
uplift-measure-silent-days = days silent
uplift-measure-revenue-before = money so far

uplift-note-unbalanced = { $campaign }: the arms differed before anyone was contacted, more than chance makes them. Were they drawn at random, and did the whole list come back? Do not rely on its verdict.
uplift-note-weighted = { $campaign }: customers had different probabilities of being contacted, so each counts by one over that probability.
uplift-note-assigned = Everyone counts in the arm they were assigned to, reached or not: whoever picks up the phone differs from whoever does not. Purchases count from the day after until { $days } days after.
uplift-note-several = Each interval is right { $level } of the time; among several campaigns one may look good or bad by chance.

uplift-nobody-held-out = { $campaign }: contacted { $treatment }, held out nobody, so nothing can tell whether it helped. Hold out a random tenth next time.
uplift-nobody-contacted = { $campaign }: held out { $holdout }, contacted nobody.
uplift-too-early = { $campaign }: too early to say; the window of { $days } days is not over for any of its { $not_over } customers.
