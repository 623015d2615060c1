# Why rows were left out of an answer (left-out-…), and why source rows were not accepted (reason-…).
left-out-anonymous = { $rows } sales without a customer: in the totals, not in questions about customers
left-out-cancelled = { $rows } rows of cancelled, refused or returned orders
left-out-refunded = { $rows } rows of days that were fully refunded
left-out-no-exchange-rate = { $rows } rows in another currency without a rate for their day
left-out-before = { $rows } rows before the period
left-out-after = { $rows } rows after the period
left-out-filtered = { $rows } rows outside the filter
left-out-no-score = { $rows } answers without a score on a scale
left-out-no-scale = { $rows } answers without the ends of their scale
left-out-other-measure = { $rows } answers to questions of another kind
