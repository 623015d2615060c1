# What the renderers add to a sheet.
render-note-reading = How to read it
render-note-left-out = Left out
render-note-uncertain = Not certain
render-note-missing = Missing
render-advice-whom = For whom
render-advice-evidence = What speaks for it
render-advice-money = Money
render-advice-rule = Chosen by this rule
render-wanted-title = The one thing to collect next
render-wanted-why = What it would tell
render-wanted-how = How
render-short-answers = In short
render-series = Group
render-label = Name
render-further = More: { $question }
render-show-numbers = The numbers of this chart
render-corner = { $rows } ↓ { $columns } →
render-from-place = From
render-to-place = To
render-smaller-ways = { $count } smaller ones are not written out.
render-marks = Dashed: { $marks }
render-bar-legend = Solid up to the low end of the interval, lighter to the value, lightest to the high end.
render-line-summary = { $begin }: { $first }; { $end }: { $last }. Lowest { $low }, highest { $high }
render-no-points = Nothing to draw.
render-provenance = Where these numbers come from
render-from-rows = { $used } rows used, { $left } left out
render-from-until = From { $from } until { $until }
render-from = From { $from }
render-until = Until { $until }
render-made-with = Money in { $currency }; days of { $zone }; snapshot { $snapshot }, seed { $seed }, Worth { $version }
render-from-file = From the file { $file }
render-made-without-lake = { $currency ->
    [XXX] Money in a currency that nobody named
   *[other] Money in { $currency }
}; seed { $seed }, Worth { $version }
render-details = Details
render-more-rows = { $n } more { $n ->
    [one] row
   *[other] rows
}
render-skip = Skip to the content
