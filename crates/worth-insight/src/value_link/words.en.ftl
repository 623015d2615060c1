# value-link: from experience to perceived value, trust, share of wallet, retention and revenue.
value-link-title = Does value pay
value-link-about = Whether value pays: from experience to perceived value, trust, share of wallet, buying again and revenue, link by link
value-link-asks = Does raising perceived value bring customers back, and money?
value-link-says-pays = Customers who see one point more value in { $brand } bought again within { $days } days more often: { $change } in a hundred more, of { $from } who did.
value-link-says-turned = Customers who see one point more value in { $brand } bought again within { $days } days less often: { $change } in a hundred. Look for what both have in common before you act on it.
value-link-says-cannot-tell = We cannot tell whether customers who see more value in { $brand } buy again more often: { $change } in a hundred per point. So many customers ({ $customers }) would show a difference of { $smallest } or more.
value-link-says-revenue = They brought { $more } more revenue.
value-link-says-nobody = We cannot tell: nobody was asked what { $brand } gives and takes.
value-link-says-no-customers = We cannot tell: nobody who answered is known as a customer, so what they did afterwards is not known. Ask for the customer code, phone or e-mail in the survey.
value-link-says-too-few = We cannot tell yet: of the { $customers } customers who answered, too few have { $days } days behind them, or nearly all did the same.

# Figures.
value-link-retention = Buying again, per point of value
value-link-retention-reading = So many more of a hundred customers buy again where the difference of benefits and costs is one point larger.
value-link-revenue = Revenue, per point of value
value-link-revenue-reading = So much more a customer spends in the days after the answer.
value-link-profit = Profit, per point of value
value-link-profit-reading = That revenue at the margin that order lines tell.

# The chain.
value-link-chain = From experience to revenue, link by link
value-link-chain-reading = What the outcome is more (or less) by with one more of what moves it, all else held still; and by a typical difference between people (one standard deviation), which makes links comparable.
value-link-from = More of
value-link-to = goes with
value-link-verdict = Finding
value-link-per-point = Per point
value-link-per-deviation = Per typical difference
value-link-smallest = Would show from
value-link-people = People
value-link-step-failure = failures met
value-link-step-late = late deliveries met
value-link-step-complaint = complaints made
value-link-step-value = perceived value
value-link-step-trust = trust
value-link-step-share = share of wallet
value-link-step-retention = buying again
value-link-step-revenue = revenue
value-link-raises = more
value-link-lowers = less
value-link-cannot-tell = cannot tell
value-link-not-known = cannot tell: not known of anyone
value-link-too-few = cannot tell: { $people } people, { $needed } are needed
value-link-too-few-outcomes = cannot tell: { $rarer } with the rarer outcome, { $needed } are needed
value-link-nothing-differs = cannot tell: nobody differs
value-link-separated = cannot tell: one foretells the other without error

# Notes.
value-link-note-sooner = How soon: per point of value the rate of coming back is { $ratio } times as high ({ $customers } customers, { $back } of whom came back; noise in answers is not taken out here).
value-link-note-fades = That factor changes as time goes on: it is an average over the time seen.
value-link-note-buyers = { $share } of the customers who answered bought within { $days } days, for { $revenue } each.
value-link-note-margin = Of revenue { $margin } stays after the cost of goods.
value-link-note-no-margin = Profit is not told: order lines have no cost, or too few have.
value-link-note-habits = Held still for what customers did: how often they had bought in the year before, for how much, how long ago, and how long they have been customers. Only what was bought within { $days } days after the answer counts.
value-link-note-not-cause = What goes together need not be cause and effect: only an experiment tells that. Who likes a shop may both rate it higher and buy more.
value-link-note-same-form = Value, trust and share of wallet come from the same form: whoever answers in a good mood gives more of all three, so the links between them look stronger than they are. Those to what customers did do not suffer from it.
value-link-note-answered-twice = How noisy answers are is known from respondents who answered again: the value that one sees is off by { $points } points. That noise draws effects to nothing, and is taken out.
value-link-note-scale-step = Nobody answered twice, so how noisy answers are is not known. Only the steps of the scale are taken out ({ $points } points): true effects are likely larger.
value-link-note-not-customers = { $count } respondents are not known to be customers: what they did is not known
value-link-note-not-over = { $count } customers answered less than { $days } days before the end of observation
