# journey-diff: how the journeys of two periods, or of two segments, differ.
journey-diff-title = How journeys differ
journey-diff-about = How the journeys of two periods, or of two segments, differ, number by number, and what if something failed less often
journey-diff-asks = How do the journeys of two periods, or of two segments, differ?
journey-diff-says = { $second } against { $first }: of { $tested } numbers, { $differ } surely { $differ ->
    [one] differs
   *[other] differ
}.
journey-diff-says-most = Most of all: { $named }.
journey-diff-says-nothing = { $second } against { $first }: of { $tested } numbers, none can be told to differ. The tables say from which difference on each would have shown.
journey-diff-says-too-few = Too few people to compare: no number is known of twenty or more on both sides.
journey-diff-says-no-step = Nobody took a step here: { $where }. There is nothing to compare.
journey-diff-moved = { $what } from { $first } to { $second } (change { $change })
journey-diff-apart = { $what } { $second } ({ $second_name }) against { $first } ({ $first_name }), difference { $change }
journey-diff-period = { $from } to { $until }
journey-diff-others = all others
journey-diff-times = { $ratio } times

journey-diff-what-journeys-per-person = journeys of each person
journey-diff-what-steps-per-journey = steps of a journey
journey-diff-what-seconds-per-journey = time from the first to the last step of a journey
journey-diff-what-reached = journeys that come by { $step }
journey-diff-what-ends = journeys with { $step } that end there
journey-diff-what-times = times that a journey with { $step } takes it
journey-diff-what-failed = { $step }: failed
journey-diff-what-abandoned = { $step }: given up
journey-diff-what-next = { $step }, then { $to }
journey-diff-what-waiting = time from { $step } to { $to }

journey-diff-table-counts = How much there is
journey-diff-people = People
journey-diff-journeys = Journeys
journey-diff-steps = Steps
journey-diff-column-what = Number
journey-diff-column-verdict = Verdict
journey-diff-column-change = Change
journey-diff-column-smallest = Would have shown from
journey-diff-column-today = Today
journey-diff-column-then = Then
journey-diff-table-findings = What surely differs
journey-diff-table-findings-reading = The largest first. Of all that stand here, at most 5 in 100 are none, on average.
journey-diff-table-journeys = Whole journeys
journey-diff-table-journeys-reading = Means over all journeys.
journey-diff-table-steps = Step by step
journey-diff-table-steps-reading = Shares of journeys; how often a journey takes a step that it takes at all; how many times of a hundred it failed or was given up, where that is known.
journey-diff-table-transitions = From step to step
journey-diff-table-transitions-reading = What comes next after a step, of all that does (the end as well), and the typical time until then: a mean of which the few longest do not make most (geometric mean); its change says how many times as long it is.
journey-diff-verdict-more = more
journey-diff-verdict-less = less
journey-diff-verdict-cannot-tell = cannot tell
journey-diff-verdict-too-few = too few people
journey-diff-chart = Shares that surely differ
journey-diff-chart-reading = Share in { $second }, less that in { $first }.
journey-diff-no-difference = no difference

journey-diff-asks-if = What if { $place } failed less often?
journey-diff-if = If { $share } of the failures of { $place } went well instead, { $after } of journeys would come to { $goal } instead of { $before }: { $change } more.
journey-diff-if-fewer = If { $share } of the failures of { $place } went well instead, fewer journeys would come to { $goal }: { $after } instead of { $before } ({ $change }).
journey-diff-if-as-many = If { $share } of the failures of { $place } went well instead, as many journeys would come to { $goal } as today: { $before }.
journey-diff-if-failures = A journey would have { $after } failures there instead of { $before }.
journey-diff-if-nothing-failed = Nothing failed at { $place } there, so nothing would change.
journey-diff-if-nothing-went-well = Nothing is known to have gone well at { $place }: nobody shows how journeys would go on.
journey-diff-if-never-ends = Without failures at { $place } journeys would go round for ever, as they go today: it cannot be told.
journey-diff-kept = By what friction knows of failures there, { $customers } more of those who met one in the last year would come back. { $value }
journey-diff-kept-value = Of the lifetime value that is at risk there, that is { $value }.
journey-diff-kept-revenue = Of the expected revenue that is at risk there (the margin is not known), that is { $value }.
journey-diff-kept-unknown = Whether failures there keep customers away cannot be told (friction), so neither can what it would keep.
journey-diff-table-then = If { $place } failed less often
journey-diff-table-then-reading = As journeys go today from step to step, and as they would.
journey-diff-then-reaching = journeys that come to { $goal }
journey-diff-then-steps = steps of a journey
journey-diff-then-failures = failures of { $place } in a journey
journey-diff-note-assumes = The simulation takes for granted: { $share } of the failures of { $place } go well instead, and go on as those that go well there do today; what comes next depends on the step and on how it ended, not on what was before; nothing else changes, and nobody comes or stays away for it. People whose steps fail may be others than those whose go well: then it promises too much, or too little. Only an experiment tells (uplift).
journey-diff-note-near = The simulation has { $simulated } of today's journeys come to { $goal }; counted are { $counted }.
journey-diff-note-far-off = The simulation has { $simulated } of today's journeys come to { $goal }, but counted are { $counted }: what was before the last step matters here, and its shares are not to be trusted.
journey-diff-note-kept = What it would keep is a share of what friction finds for all customers of the last year, whichever period or segment is compared; it takes them to come back without the failure as often as customers do in general, counts one failure of each, and has friction's limits.

journey-diff-note-not-over = The second period is not over: steps are known until { $day }.
journey-diff-note-lengths = The periods have { $first } and { $second } days: in a longer one journeys have more steps and get further, whatever customers do.
journey-diff-note-begins = The first step is known of { $day } only: the first period may have begun before anything was recorded.
journey-diff-note-cut = A step belongs to the period of its business day. Journeys are cut there: the first step in a period need not be a person's first, and journeys at its end are still open, in both periods alike. { $people } people took steps in both and are compared with themselves.
journey-diff-note-season = Two periods differ in more than what was done: season, holidays, offers, and who is a customer by then. What changed is told here, not why.
journey-diff-note-on-none = { $people } people are on neither side: visitors, customers without a value, or with another one.
journey-diff-note-today = What customers are is as it is written today, not as it was when they took the steps. Segments differ in more than their name: what makes the difference is not told.
journey-diff-note-discoveries = { $tested } numbers are compared; the probability of each is adjusted for that. Numbers of fewer than twenty people on a side are shown and not compared; those that are the same for everyone are left out.
