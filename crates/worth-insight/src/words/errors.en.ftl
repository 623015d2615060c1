# What went wrong: one sentence per error code, with the fields of the error.
error-nothing-there = “{ $question }” rests on the table { $table }, and nothing in it is in this scope: import { $table }, or widen the scope
error-too-few = “{ $question }” needs at least { $needed } { $what }, and this scope has { $found }
error-unknown-question = there is no question “{ $name }”; there are: { $known }
error-parameters = the parameters of “{ $question }” do not fit: { $problem }
error-out-of-range = “{ $parameter }” is { $given }; it must be from { $low } to { $high }
error-not-a-choice = “{ $parameter }” is “{ $given }”; it must be one of: { $choices }
error-period-turned = the period begins on { $from } and ends on { $until }: the beginning must not be after the end
error-day-outside = “{ $parameter }” is { $given }; it must be from { $from } to { $until }, the days observed
error-lake = { $problem }
error-engine = the query engine failed { $doing }: { $problem }
error-cancelled = cancelled; nothing was written
error-no-rows = “{ $question }” has no rows to write: leave --out away, or write its JSON with --json
error-unknown-ending = { $path }: the ending does not name a format: use .csv, .xlsx or .parquet
error-too-many-rows = { $path }: a spreadsheet holds at most { $limit } rows, and there are more: write .csv or .parquet instead
error-write = { $path }: cannot be written: { $problem }
error-spreadsheet = { $path }: cannot be written: { $problem }
