# funnel: how many get through, and where the others go.
funnel-title = Who gets through
funnel-about = A funnel of any steps: how many get through, how long it takes, where the others go, what came before
funnel-asks = How many get through, and where do the others go?
funnel-says = Of { $journeys } journeys that came to { $first }, { $reached } got to { $last }: { $share }.
funnel-says-time = Half of those took no longer than { $median }.
funnel-says-lost = Most are lost between { $from } and { $to }: { $lost } got no further; what most of them did next: { $went }.

funnel-chart = How far they get
funnel-chart-reading = Share of the journeys that came to the first step.
funnel-step = Step
funnel-journeys = Journeys
funnel-of-previous = Of the step before
funnel-of-first = Of the first step
funnel-since-previous = Since the step before (median)
funnel-since-first = Since the first
funnel-lost = Got no further
funnel-got-to = Got to
funnel-went = Then went to
funnel-of-lost = Of those
funnel-before = Before

funnel-table-steps = Step by step
funnel-table-steps-reading = Of the step before: for the first step, of all journeys.
funnel-table-went = Where the others went
funnel-table-went-reading = What journeys that got no further did right after; (end): nothing more.
funnel-table-before = What came before
funnel-table-before-reading = Right before the first step; (start): nothing.

funnel-note-stages-of-settings = Nobody named steps: these are the stages of [journey] in worth.toml. Name others with --steps.
funnel-note-stages-as-met = Nobody named steps: these are the stages, in the order in which they are usually met first. Name others with --steps, or their order with stages in [journey] of worth.toml.
funnel-note-most-taken = Nobody named steps, and no stages are known: these are the steps that most journeys take, in the order in which they are usually met first. Name others with --steps.
funnel-note-order = Each step must come after the one before; other steps may lie between. Of several tries of one journey the one that gets farthest counts.
funnel-note-within = All within { $within } after the first step.
