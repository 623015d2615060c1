## Who stays, where and when customers are lost: the sheet of `retention`.

retention-about = Who stays, where and when are customers lost?
retention-asks = Who stays, and when are customers lost?
retention-title = Who stays

retention-headline = Of 100 new customers, { $n } buy again within { $span } days: { $interval }.
retention-headline-unknown = How many new customers buy again cannot be told yet: nobody was observed for 30 days.
retention-headline-contracts = Of 100 contracts, { $n } still run after { $span } { $span ->
    [one] month
   *[other] months
}: { $interval }.
retention-newest-lower = The newcomers of { $cohort } come back less than those before: { $share } bought again in the next { $period ->
    [quarter] quarter
    [week] week
   *[month] month
}, against { $earlier } of the { $cohorts } cohorts before ({ $customers } newcomers).
retention-newest-higher = The newcomers of { $cohort } come back more than those before: { $share } bought again in the next { $period ->
    [quarter] quarter
    [week] week
   *[month] month
}, against { $earlier } of the { $cohorts } cohorts before ({ $customers } newcomers).
retention-newest-not-shown = Whether the newcomers of { $cohort } come back more or less than those before cannot be told: { $share } bought again in the next { $period ->
    [quarter] quarter
    [week] week
   *[month] month
}, against { $earlier } of the { $cohorts } cohorts before ({ $customers } newcomers); that may be chance.
retention-newest-too-few = Whether the newcomers of { $cohort } come back more or less than those before cannot be told: there are too few of them ({ $customers }), or too few cohorts before ({ $cohorts }). { $share } bought again in the next { $period ->
    [quarter] quarter
    [week] week
   *[month] month
}.

retention-section-again = Who buys again
retention-section-again-about = { $customers } customers by the time from one purchase to the next. Those who are new count as long as they were seen.
retention-again = Bought again within { $days } days
retention-again-reading = Of all customers, after their first purchase.
retention-median = Half have bought again after
retention-median-reading = From the first purchase to the second, over all customers, also those who have not come back.
retention-not-reached = fewer than half
retention-not-reached-interval = it is not reached in the time observed
retention-from-to = between { $low } and { $high } ({ $level } interval)
retention-at-least = at least { $low } ({ $level } interval); the upper end is not reached
retention-fall = Largest fall: from { $period ->
    [quarter] quarter
    [week] week
   *[month] month
} { $before } to { $age }
retention-fall-reading = Share of { $customers } customers, observed in both, who bought in the first of the two and not in the second, less those the other way round. { $period ->
    [quarter] Quarter
    [week] Week
   *[month] Month
} 0 is that of the first purchase ({ $before } → { $age }).
retention-later-fall = Largest later fall: from { $period ->
    [quarter] quarter
    [week] week
   *[month] month
} { $before } to { $age }
retention-later-fall-reading = The same after the first step ({ $before } → { $age }), among { $customers } customers observed in both { $period ->
    [quarter] quarters
    [week] weeks
   *[month] months
}.
retention-spans-table = Who has bought again, and by when
retention-spans-reading = Share of all customers, with its interval (Kaplan-Meier: who is new counts as far as observed).
retention-spans-within = Within
retention-spans-share = Bought again
retention-spans-observed = Customers observed so long
retention-steps-table = After which purchase customers are lost
retention-steps-reading = Of those who made this many purchases, the share who made another. Those who came back before are more loyal to begin with.
retention-steps-purchase = Purchases so far
retention-customers = Customers
retention-within = Another within { $days } days
retention-half = Half after

retention-section-cohorts = Cohort by cohort, by { $period ->
    [quarter] quarter
    [week] week
   *[month] month
} of the first purchase
retention-cohorts-table = Share of each cohort who bought, in %
retention-cohorts-reading = A cohort is the new customers of one period; +1 is the { $period ->
    [quarter] quarter
    [week] week
   *[month] month
} after that of the first purchase. “…”: not over yet, so no share is given. Intervals, money, and who bought then or later are in the JSON and in the rows of --out.
retention-cohorts-cut = * The records begin within this period: the cohort may lack customers.
retention-cohorts-more = { $n } earlier { $n ->
    [one] cohort is
   *[other] cohorts are
} in the JSON only.
retention-cohort = Cohort
retention-cohort-size = New
retention-quarter = Q{ $quarter } { $year }

retention-section-curve = All cohorts together, { $period ->
    [quarter] quarter by quarter
    [week] week by week
   *[month] month by month
}
retention-chart-curve = Who bought, by { $period ->
    [quarter] quarters
    [week] weeks
   *[month] months
} since the first purchase
retention-chart-curve-reading = Each point from the cohorts that were observed through that { $period ->
    [quarter] quarter
    [week] week
   *[month] month
}, with its interval. A point to the right rests on fewer and older cohorts.
retention-age = { $period ->
    [quarter] Quarters
    [week] Weeks
   *[month] Months
} since the first purchase
retention-bought = Bought
retention-all = all customers
retention-ages-table = Numbers of the curve
retention-ages-reading = Money: what they spent in that { $period ->
    [quarter] quarter
    [week] week
   *[month] month
} against that of their first purchase. Customers: those behind the point.
retention-money = Money against the first

retention-section-contracts = Contracts
retention-section-contracts-about = { $contracts } contracts of { $customers } customers; { $ended } have ended. The others count as long as they were seen.
retention-stayed = Still running after { $months } { $months ->
    [one] month
   *[other] months
}
retention-stayed-reading = { $at_risk } { $at_risk ->
    [one] contract was
   *[other] contracts were
} running and observed at that age.
retention-life = Half of the contracts have ended after
retention-life-reading = From the start of the contract.
retention-months = { $n } months
retention-month-fall = Most are lost in month { $month }
retention-month-fall-reading = Share of all contracts that end in month { $month } of their life: { $share } of those running when it began.
retention-chart-contracts = Contracts still running
retention-chart-contracts-reading = Share of contracts still running so many months after their start, with its interval (Kaplan-Meier).
retention-months-axis = Months since the start
retention-running = Still running
retention-all-contracts = all contracts
retention-observed = Contracts observed
retention-stayed-table = How many contracts last so long
retention-stayed-table-reading = “–”: no contract was observed for so long.
retention-reasons-table = Why contracts end
retention-reasons-reading = Share of all contracts that have ended for each reason (Aalen-Johansen): with those still running they add up to 100%.
retention-reason = Reason
retention-reason-unsaid = not said
retention-contracts = Contracts
retention-ended-within = Within { $months } months

retention-section-segments = Who buys again, by { $by }
retention-section-contract-segments = How long contracts last, by { $by }
retention-segments-purchases-differ = They differ: at least one of { $segments } segments comes back sooner or later than the others (log-rank test, p { $p }).
retention-segments-purchases-not-shown = No difference is shown between { $segments } segments in how soon customers come back (log-rank test, p { $p }); there may be a small one.
retention-segments-contracts-differ = They differ: contracts of at least one of { $segments } segments last longer or shorter than the others (log-rank test, p { $p }).
retention-segments-contracts-not-shown = No difference is shown between { $segments } segments in how long contracts last (log-rank test, p { $p }); there may be a small one.
retention-segments-too-few = Whether segments differ cannot be told: there are too few of them, or too few came back or left.
retention-segments-table = Segments
retention-contract-segments-table = Contracts by segment
retention-segments-reading = The largest first. A small segment has fewer than 30: its numbers are mostly chance.
retention-segment = Segment
retention-small = { $name } (small)
retention-other = all others
retention-unknown = not known
retention-chart-segments = Who bought, by { $period ->
    [quarter] quarters
    [week] weeks
   *[month] months
} since the first purchase and segment

retention-note-lost = Without a contract nobody says that they leave: who did not buy in a period may come back in a later one. The curve shows who buys, not who has left.
retention-note-records = The records begin on { $begin }. Who bought before that day is taken as new in the first periods, and is more loyal than new customers are.
retention-note-before = { $customers } { $customers ->
    [one] customer has
   *[other] customers have
} bought before the period asked for and { $customers ->
    [one] belongs
   *[other] belong
} to no cohort in it.
retention-note-segments = Segments differ in more than their name: that one comes back less does not say that its name is the cause. Columns of customers are as last known, perhaps later than the first purchase.
retention-note-contracts = Each contract counts by itself: a customer who ends one and starts another has lost one. Filters by channel or category do not apply to contracts.
retention-note-late = { $contracts } { $contracts ->
    [one] contract
   *[other] contracts
} had started before the period asked for: they count from the age they had when it began.
retention-note-fell-early = All of the few contracts that were in sight at an age of { $months } months ended then, although others came into sight later: from that age on the curve is of no use. Ask for a longer period.
retention-note-turned = { $contracts } { $contracts ->
    [one] contract ends
   *[other] contracts end
} before { $contracts ->
    [one] it starts
   *[other] they start
}: left out.
