# What the command line says itself.

cli-init-done = made the workspace { $folder }
cli-init-next = next: worth import -w { $folder } FILES…
cli-workspace-made = made the workspace { $folder } ({ $currency }, { $timezone }; change worth.toml there if that is wrong)
# Stages of long work, as the bar and the log name them.
cli-stage-look = looking at { $file }
cli-stage-profile = profiling { $file }
cli-stage-import = importing { $file }
cli-stage-compact = compacting
cli-stage-sample = drawing from the posterior
cli-stage-demo = making the demo business
cli-stage-rows = rows
cli-interrupted = stopped; what was not finished is not in the lake
cli-interrupted-advice = run it again whenever you like
cli-wrong-snapshot = `{ $given }` is neither the number of a snapshot nor a time
cli-wrong-snapshot-advice = give a number of `worth snapshots`, or a time such as 2025-06-30T12:00
cli-no-such-table = there is no table `{ $table }`
cli-no-such-table-advice = `worth tables` lists them
cli-sql-wrong = the query cannot be answered: { $problem }
cli-sql-wrong-advice = `worth tables` lists tables and columns
cli-sql-more = only the first { $rows } rows are shown: --json or --out FILE gives all
cli-rows-written = wrote { $rows } rows to { $path }
cli-cannot-write = { $path }: cannot be written: { $problem }
cli-compacted = wrote { $replaced } files anew as { $written }, removed { $removed } that no snapshot needs
cli-compacted-in-use = somebody else was using the lake, so no file was removed: run it again later

cli-preview = { $files } as source `{ $source }`
cli-preview-recognised = { $files } as source `{ $source }`, recognised as { $recognised }
cli-preview-known = { $files } as source `{ $source }`, read as worth.toml says
cli-preview-from = from
cli-preview-rejected = row { $row } is not understood: { $reasons }
cli-import-confirm = Import like this?
cli-import-declined = nothing was imported
cli-import-declined-advice = say what should be different with --set, --dates or --decimal, or in worth.toml
cli-import-circles = the same questions come up again and again; nothing was imported
cli-import-circles-advice = answer them in worth.toml
cli-import-ambiguous = only you can know this; nothing was imported:
    { $questions }
cli-import-ambiguous-advice = answer with these flags, or run it in a terminal to be asked
cli-import-done = in the lake as snapshot { $snapshot }
cli-import-dry = dry run: nothing was written
cli-import-rejects = { $rows } rows were not accepted: `worth rejects` shows where and why
cli-people = { $source }: people: { $matched } matched to customers, { $ambiguous } ambiguous, { $unmatched } unknown, { $unnamed } unnamed
cli-people-later = { $source }: { $people } people who were unknown until now are matched to customers
cli-no-rejects = no row was rejected
cli-rejects-more = and { $rows } more: --limit or --out FILE shows them

cli-source = source
cli-table = table
cli-a-row-is = a row is
cli-column = column
cli-type = type
cli-unit = unit
cli-meaning = meaning
cli-snapshot = snapshot
cli-taken-at = taken
cli-message = what happened
cli-read = read
cli-accepted = accepted
cli-replaced = replaced
cli-skipped = skipped
cli-rejected = rejected
cli-anonymous = anonymous
cli-rows = rows
cli-where = where
cli-why = why
cli-raw = row as it stood

cli-survey-introduction = It takes a few minutes. There are no right answers: what you think is what counts.
cli-survey-script = Builds this form in Google Forms: open script.google.com, paste all of this, run makeSurvey, and look into the log for the links. linkFor("C1042") gives the link of one customer, with the code filled in.
cli-survey-mapping = Reads the answers back; paste it into worth.toml. `dates` is the order of day and month in your table: mdy or dmy.
cli-survey-next = Ask your customers, then import their answers: worth import -w FOLDER answers.xlsx
cli-demo-making = making a shop with { $customers } customers in { $folder }
cli-demo-occupied = { $folder } is not empty and holds no earlier demo
cli-demo-occupied-advice = name another folder: worth demo DIR
cli-demo-next = Open the report in a browser. Then look closer:
    { "  " }worth lifetime -w { $folder }
    { "  " }worth perceived -w { $folder }
    { "  " }worth sql -w { $folder } "select region, count(*) from customers group by 1"
    { "  " }worth rejects -w { $folder }
    What is true of this business is in { $folder }/truth.json: see what was found.
    With your own files: worth report orders.xlsx survey.xlsx
