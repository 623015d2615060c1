# steps: what customers did, for every question about journeys.
steps-other = (other)
steps-end = (end)
steps-start = (start)
steps-unknown-name = (no name)
steps-unknown-touchpoint = (no touchpoint)
steps-unknown-stage = (no stage)
steps-table-events = events
steps-table-order_lines = orders
steps-table-messages = messages
steps-table-feedback = feedback
steps-table-survey_answers = surveys
steps-note-why = Who is behind the numbers of a row, here of the first: { $command }. In --json every row has its own under `why`; add the filters of this answer.
steps-note-stitched = { $visitors } { $visitors ->
    [one] visitor was
   *[other] visitors were
} seen with exactly one customer's id and counts as that customer, with { $steps } steps taken before or after; { $ambiguous } were seen with several (a shared device) and stay visitors.
steps-note-filters = Steps cannot be filtered by { $filters }: that part of the filter has no effect here.
steps-note-in-doubt = In { $by_name } transitions both steps have the same instant and nothing says which came first (in { $journeys } journeys): they are put in the order of their names. { $named }
steps-note-in-doubt-named = Most of them: { $transitions }.
steps-note-sequence = { $by_sequence } transitions at one instant are in the order of `sequence`.
steps-note-twice = { $name } is in several tables ({ $tables }): if they tell the same facts, leave one out with --tables, or call it by another name with a rule of [journey] in worth.toml.
steps-note-cases = One journey is one journey_id of the events here; steps without one are left out.
steps-note-window = A gap of more than { $window } begins a new journey.
steps-note-whole = All that a person did is one journey, however long it took; --window cuts it.
