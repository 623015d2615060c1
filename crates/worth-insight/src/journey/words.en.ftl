# journey: what ways customers take, and where they get lost.
journey-title = The customer journey
journey-about = The journey step by step: transitions with waiting times, outcomes, what lifetime value passes and gets lost where, whole ways, rework
journey-asks = Where do customers get lost?
journey-asks-ways = Which ways do they take?
journey-asks-again = What has to be done again?
journey-says-broken-off = Most journeys break off at { $step }: { $broken } of the { $journeys } that came there ended with it failed or given up, { $share }.
journey-says-ended = No journey ended with a step that failed or was given up, as far as the data say. Most end with { $step }: { $ends } of { $journeys }. Whether that is the goal they do not say.
journey-says-at-stake = Most value is at stake after { $step }: the { $people } people not seen again after it would bring { $stake } more if all of them were kept.
journey-says-ways = { $journeys } journeys go { $variants } different ways; the most common, { $way }, is gone by { $share }.
journey-says-transition = Most often { $from } is followed by { $to }: { $times ->
    [one] once, within { $median }
   *[other] { $times } times, half of them within { $median }
}.
journey-says-again = { $step } follows itself at once { $times ->
    [one] once
   *[other] { $times } times
}; { $share } of the journeys that come there take it more than once.

# Figures and columns.
journey-journeys = Journeys
journey-journeys-reading = With at least one step.
journey-steps = Steps
journey-steps-reading = Of all tables together.
journey-customers = Customers
journey-customers-reading = Known people who took a step.
journey-visitors = Unknown visitors
journey-visitors-reading = They are not known to be customers.
journey-value = Expected lifetime value
journey-value-reading = Of all who are on journeys; those without orders count nothing.
journey-at-stake = At stake
journey-at-stake-reading = What they would bring on top if everyone were kept.
journey-step = Step
journey-times = Times
journey-people = People
journey-ends-share = Journeys end here
journey-failed-share = Failed for
journey-abandoned-share = Given up for
journey-broken-off = Broke off here
journey-value-through = Value passing
journey-last-of-people = Last seen here
journey-value-last = Their value
journey-at-stake-here = At stake
journey-transition = Transition
journey-share = Of all from there
journey-waiting = Waiting (median)
journey-middle-half = Middle half
journey-way = Way
journey-share-of-journeys = Of all journeys
journey-coverage = Together
journey-repeating = Take it again
journey-repeats = Repeats
journey-at-once = At once
journey-returns = After another step
journey-asked = What was asked
journey-answers = Answers
journey-mean = Mean
journey-name-after = Name
journey-name-before = In the table
journey-table = Table
journey-window = Window
journey-no-window = none
journey-steps-per-journey = Steps each
journey-most-end-with = Most end with
journey-most-frequent = Most frequent
journey-measure-satisfaction = satisfied (1 to 10)
journey-measure-overall = overall (1 to 10)
journey-measure-rating = rating, on its own scale
journey-further-steps = { $count } more
journey-further-in-doubt = { $count } more in others
journey-other-transitions = { $count } other transitions
journey-other-ways = { $count } other ways

# Tables.
journey-table-steps = Steps
journey-table-steps-reading = Those of most people first; all others are one. Broke off: journeys that end with the step failed or given up.
journey-table-value = Whose value goes where
journey-table-value-reading = Value passing: of all who took the step. Last seen here: people whose last step of all it is. At stake: what they would bring on top if they were kept.
journey-table-transitions = From one step to the next
journey-table-transitions-reading = The most frequent first. Of all from there: the end of a journey counts too. At stake: of the people not seen again after it.
journey-table-variants = Whole ways
journey-table-variants-reading = The most common first; together: so many of all journeys go this way or one above.
journey-table-rework = What is done again
journey-table-rework-reading = Repeats: steps beyond the first of their journey. At once: right after the same step (a retry). Over months, coming back may be what one hopes for.
journey-table-satisfaction = How satisfied people were
journey-table-satisfaction-reading = From survey answers and feedback that name the step, touchpoint or stage.
journey-table-names = What steps are called
journey-table-names-reading = After the rules of [journey] in worth.toml; names that differ in capital letters or spaces are one.
journey-table-windows = The same under other windows
journey-table-windows-reading = A gap longer than the window begins a new journey.

# Pictures.
journey-bands = The first steps
journey-bands-reading = All journeys from the left to the right: how many take which step first, second and so on; (end): they take no further one.
journey-arrows = From step to step
journey-arrows-reading = Steps in the order in which they are usually met first; arrows on the right go on, those on the left go back; the thicker, the more often.
journey-arrow = half within { $median }
journey-arrow-step = begins { $starts }, ends { $ends }

# Notes.
journey-note-adds-up = Everything adds up: shown steps and (other) are all { $steps } steps; transitions shown and other, with the first steps of journeys, are all steps; first steps, last steps and ways each count all { $journeys } journeys; last steps of people count all { $people } people.
journey-note-does-not-add-up = The sums of { $code } differ: { $shown } shown, { $all } in all. Please report it.
journey-note-window-same = Under each window the step with which most journeys end, and what comes next most often after each step, are the same.
journey-note-window-ends = What is told depends on the window: most journeys end with another step under another window.
journey-note-window-differs = What is told depends on the window: after { $steps } something else comes most often under another window.
journey-note-worth = Lifetime value: what customers are expected to bring within { $days } days, known of { $people } people; others count nothing. Its interval covers other people who might have come, and what is not known of the model's parameters.
journey-note-revenue = Value is revenue here: no margin is known.
journey-note-worth-cases = Lifetime value belongs to customers, not to cases: ask with --case customer to see whose value goes where.
journey-note-worth-no-orders = Lifetime value cannot be told: there are no orders.
journey-note-worth-no-model = Lifetime value cannot be told: orders are too few or too much alike for a model (worth lifetime says more).
journey-note-no-outcomes = No step says how it went. With outcome (ok, failed, abandoned) in the events it could be told where journeys break off.
