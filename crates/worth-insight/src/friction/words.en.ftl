# friction: pain points, what they took, and how they go with coming back.
friction-title = Pain points
friction-about = What goes wrong for customers and where: failures, giving up, lateness, long waits, refunds, asking again, retries; what each takes, and how it goes with coming back
friction-asks = Where does it hurt customers, and what does that cost us?
friction-nothing = Nothing that went wrong is recorded in this scope.
friction-cannot-tell = Most was taken by: { $pain } ({ $times } { $times ->
    [one] time
   *[other] times
}, { $customers } { $customers ->
    [one] customer
   *[other] customers
}). That anything keeps customers from coming back cannot be told.
friction-worst = Worst: { $pain } ({ $times } { $times ->
    [one] time
   *[other] times
}, { $customers } { $customers ->
    [one] customer
   *[other] customers
}).
friction-worst-effect = Each time goes with { $lost } less chance of buying again within { $days } days.
friction-worst-value = If each customer who met it in the last year met it once more, { $money } of lifetime value would be lost.
friction-figure-lost = Chance lost each time
friction-figure-lost-reading = Share of the chance to buy again within { $days } days, all else held still.
friction-figure-value = Lifetime value at risk
friction-figure-value-reading = Of { $customers } { $customers ->
    [one] customer
   *[other] customers
} who met it in the last year, if each met it once more.
friction-pain = { $trouble } at { $place }

friction-trouble-failure = Failure
friction-trouble-abandonment = Giving up
friction-trouble-late-delivery = Late delivery
friction-trouble-slow-delivery = Slow delivery
friction-trouble-refund = Refund
friction-trouble-contact-again = Asking again
friction-trouble-retry = Retry
friction-trouble-long-wait = Long wait

friction-effects = Pain points, and coming back within { $days } days
friction-effects-by-value = First what surely lowers coming back, by lifetime value at risk times how sure it is; then the others, by what they took. A factor of 0.8: each time goes with a fifth less chance of coming back.
friction-effects-by-customers = First what surely lowers coming back, by how many customers of the last year it would cost; then the others, by what they took. A factor of 0.8: each time goes with a fifth less chance of coming back.
friction-column-trouble = What goes wrong
friction-column-place = Where
friction-column-stage = Stage
friction-column-times = Times
friction-column-share = Of customers there
friction-column-customers = Customers
friction-column-factor = Factor on coming back
friction-column-tells = What that says
friction-column-value = Lifetime value at risk
friction-lowers = lowers coming back
friction-raises = goes with coming back more
friction-stable = in both halves of the time
friction-unstable = but not alike in both halves of the time
friction-stability-unknown = too little in one half of the time to compare
friction-cannot-see = cannot tell; a loss of { $smallest } would be seen
friction-unknown = cannot tell
friction-too-few = cannot tell: met early enough by { $customers } { $customers ->
    [one] customer
   *[other] customers
}, 20 are needed
friction-not-among-the-most = cannot tell: 30 other pain points met more customers
friction-not-told-apart = cannot tell: always together with something else
friction-took = What they took
friction-took-reading = Of the attempts that failed or were given up, the deliveries that were late, the waits that were long, the money that came back, the steps that were taken again. Money at stake was not taken: it hung on it.

friction-waits = What a long wait is
friction-waits-usual = Longer than nine in ten at the same place, and at least twice the median: what is long is told by what is usual there, so about one in ten is, however fast the business became. --wait 7d names a length instead.
friction-waits-asked = As asked for. Beside it stands the median of all at the same place.
friction-waiting = waiting
friction-column-waits = All waits
friction-column-median = Median
friction-column-longer-than = Long is longer than
friction-column-long = Long ones
friction-column-beyond = Beyond the median, together

friction-act = Mend: { $pain }
friction-whom = { $customers } { $customers ->
    [one] customer
   *[other] customers
} met it in the last year
friction-evidence = Each time goes with { $lost } less chance of buying again within { $days } days, with habits, season and being there held still. It { $halves }.
friction-money = { $money } of lifetime value at risk
friction-no-money = how much money hangs on it is not known
friction-rule = Surely lowers coming back, allowing for how many pain points were looked at.

friction-wanted = Events with their outcome
friction-wanted-why = Then it can be told where things fail, for whom, and whether those customers come back.
friction-wanted-how = Import an event log with the columns name, at, customer_id and outcome (ok, failed, abandoned) into events; promised_at and delivered_at into order_lines.

friction-note-model = Found from { $rows } days on which { $customers } customers did anything; after { $share } of them they bought again within { $days } days. Held still: how often, how much, how lately and how long they had bought, whether they bought that day and for the first time, the quarter, being at that place, and all other pain points.
friction-note-not-cause = What goes together need not be cause and effect: customers who meet trouble may differ in what nobody recorded.
friction-note-no-link = How far trouble goes with coming back: { $why }.
friction-note-late-rated = Orders that came late are rated { $late }, those in time { $in_time }: { $difference } apart, on the scale of the source, from { $ratings } ratings and { $others }. Only who rates is in it: who is annoyed or delighted rates more often.
friction-note-part = So many customers: the effects are found from a fixed part of them ({ $part }); everything else is counted from all.
friction-note-value = Lifetime value is what customers are expected to bring within { $days } days.
friction-note-revenue = Lifetime value is the revenue expected within { $days } days: no margin is known.
friction-note-others = { $times } { $times ->
    [one] time
   *[other] times
} of trouble met people who are not known as customers: counted, but not among customers.
friction-note-not-shown = Further pain points that are not shown: { $count }; all are in the rows (--out).
