# costs: what actions take from customers beyond the price.
costs-title = What it costs customers
costs-about = What each action costs customers: money, time, waiting, effort, risk, personal data, attention, strain; and one customer's statement
costs-asks = What do customers put in, besides the price?
costs-nothing = There are no actions in this scope: import orders, events, messages or feedback.
costs-nothing-known = Nothing is known of what actions took.
costs-gave = On average a customer puts in: { $gave }.
costs-unknown = Not known, which is not nothing: { $costs }.
costs-figure-reading = Of { $customers } { $customers ->
    [one] customer
   *[other] customers
}; known of { $known } of the actions that can take it.

costs-gave-one = { $cost } { $amount }
costs-name-money = money
costs-name-time = time
costs-name-waiting = waiting for delivery
costs-name-lateness = lateness
costs-name-effort = steps
costs-name-repeats = repeated steps
costs-name-contacts = tickets and calls
costs-name-failures = failures
costs-name-refunds = refunds
costs-name-late-deliveries = late deliveries
costs-name-at-stake = money at stake
costs-name-personal-data = personal data
costs-name-messages = messages
costs-name-complaints = complaints

costs-action-order = order
costs-action-delivery = delivery
costs-action-refund = refund
costs-action-message-sent = message received
costs-action-review = review
costs-action-ticket = ticket
costs-action-call = call
costs-action-feedback = feedback
costs-action-survey = survey filled in

costs-table = What all actions took
costs-table-reading = Sums are exact. Means are over what is known, with what customers differ in as their uncertainty. Money at stake was not taken: it hung on what failed, was late or came back.
costs-column-cost = Cost
costs-column-total = In all
costs-column-per-customer = For each customer
costs-column-per-action = Each time
costs-column-known = Known of
costs-column-worth = In money
costs-column-actions = Times
costs-column-ratio = Benefits / costs
costs-column-difference = Benefits − costs
costs-column-score = Score, 1 to 10
costs-column-respondents = Respondents
costs-not-known = not known
costs-by-action = Action
costs-by-touchpoint = Touchpoint
costs-by-stage = Stage
costs-by-product = Product
costs-groups = What was taken, in all: { $by }
costs-groups-reading = An empty cell: such an action does not take it.
costs-groups-reading-value = An empty cell: such an action does not take it. Benefits and costs as respondents see them, where they were asked.
costs-asked = What respondents say it takes
costs-asked-reading = 10 is most sacrifice. How it feels, beside what was counted.

costs-wanted = Events with the time and the steps they take
costs-wanted-why = Then it can be told what customers put in besides money, and where.
costs-wanted-how = Import an event log of the app, site or till with the columns name, at, seconds, steps and outcome into events.

costs-note-sums = Sums hold only what is known; a part that is not known is named, never taken for nothing.
costs-note-others = What { $others } { $others ->
    [one] visitor or sale to nobody in particular
   *[other] visitors and sales to nobody in particular
} gave is in the sums, not in the numbers per customer.
costs-note-partly-one = { $cost } of { $known }
costs-note-partly = Known of a part of the actions only: { $costs }.
costs-note-rate = { $cost } in money: { $origin }.
costs-note-in-money = In money: { $total }, with { $with }; without { $without }.
costs-note-not-shown = Smaller groups that are not shown: { $count }.

costs-statement-asks = What did this customer put in?
costs-statement = { $customer }: { $actions } entries; { $gave }.
costs-statement-table = Statement
costs-statement-reading = Every action and what it took, in the order of time.
costs-statement-at = When
costs-statement-action = Action
costs-statement-touchpoint = Where
costs-statement-took = Took
costs-statement-not-known = Not known
costs-statement-again = { $action }, again
costs-statement-earlier = Earlier entries that are not shown: { $count }. --json has all.
costs-statement-in-money = In money: { $total }.
