# The report: one file that answers a manager on its first page.
report-kind = Customer value report
report-title = { $business }: customer value report
report-about = What { $business } is worth to its customers, what they are worth to it, and what to do next.
report-when = Data until { $until } · made on { $made }
report-contents = Contents
report-do = What to do next week
report-do-about = { $n ->
    [1] The one thing
   *[other] The { $n } things
} with the most money at stake at the low end of the interval. What may just as well bring nothing is not here.
report-nothing-to-do = Nothing: no action has money at stake that these data can show. That is an answer too; look again when there are more data.
report-no-answer = It cannot be told yet: { $why }.
report-reading = How to read this page: a number is followed by its interval. “90% interval” means that of a hundred such intervals about ninety hold the true number. Where there is no interval, the reason stands in its place.
report-made-by = Made by Worth { $version }. The file holds no personal data and loads nothing from elsewhere.
