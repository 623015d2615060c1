# What every room says: scales of money, intervals, lists.
words-million = { $n } m
words-billion = { $n } bn
words-trillion = { $n } tn
words-and = { $first } and { $last }
words-points = { $n } points
words-share-points = { $n } percentage points
words-days = { $n } { $n ->
    [one] day
   *[other] days
}
words-seconds = { $n } s
words-minutes = { $n } min
words-hours = { $n } h
words-long-days = { $n } days
words-interval = between { $low } and { $high } ({ $level } interval)
words-estimate = { $value } ({ $low } to { $high })
words-range = { $low } to { $high }
words-counted = counted from all rows: exact
words-given = chosen by people, not measured
words-too-few = too few observations for an interval
words-not-identified = these data do not say how far off it may be
words-left-out-other = { $rows } { $rows ->
    [one] row
   *[other] rows
}: { $reason }
