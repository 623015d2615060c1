# priorities: what to improve first, and for whom.
priorities-title = What to improve first
priorities-about = What to improve first, for whom and at which touchpoint: gain in value and money, times how sure it is
priorities-asks = What should we improve first?
priorities-says-first = { $what }: { $gain }. That it is a gain at all is { $sure } sure.
priorities-says-cannot-tell = What to improve first cannot be told yet. Most is to be expected of this: { $what }, { $gain }; but that it is a gain at all is only { $sure } sure.
priorities-says-intention-benefit = By what people say they would do, a point more of { $name } comes first: { $points } points more willing to buy again.
priorities-says-intention-cost = By what people say they would do, a point less of { $name } comes first: { $points } points more willing to buy again.
priorities-says-unknown = What a point better would bring cannot be told from these data.
priorities-says-nobody = We cannot tell: nobody was asked what { $brand } gives and takes.
priorities-says-touchpoint = One failure fewer for each who met one at { $what }: { $gain }.

# What is improved.
priorities-what-benefit = A point more of { $name }
priorities-what-cost = A point less of { $name }
priorities-what-touchpoint = A failure fewer at { $name }
priorities-no-touchpoint = (no touchpoint named)
priorities-gain-money = { $money } more revenue in a year
priorities-gain-buys-again = { $effect } more customers who buy again within { $days } days
priorities-gain-intention = { $effect } points more willing to buy again
priorities-gain-share = { $effect } more who would choose us
priorities-gain-value = { $effect } points more value

# Columns and figures.
priorities-what = Improve
priorities-gap = Ahead of competitors
priorities-value = Value
priorities-value-reading = Points by which benefits less costs grow.
priorities-buys-again = Buying again within { $days } days
priorities-buys-again-reading = So many more of all customers buy again.
priorities-intention = Willing to buy again
priorities-intention-reading = Points on 1 to 10 of what people say they will do.
priorities-share = Choosing us
priorities-share-reading = So many more of a hundred would find us best.
priorities-money = Revenue in a year
priorities-money-reading = More revenue than in the last year.
priorities-sure = Sure to be a gain
priorities-people = People

# Tables.
priorities-everyone = Each dimension a point better, for everyone
priorities-everyone-reading = Ordered by what is to be expected: gain times how sure it is that it is one. Ahead of competitors: in points; having less of a cost is ahead.
priorities-groups = Each dimension a point better, group by group
priorities-groups-reading = Ordered in the same way; value, gap and sales are the group's own.
priorities-touchpoints = A failure fewer, by touchpoint
priorities-touchpoints-reading = For each who met one in the half year before the answer. People: how many of those who answered did.

# Advice.
priorities-act-benefit = Raise { $name }
priorities-act-cost = Lower what { $name } takes
priorities-act-touchpoint = Mend what fails at { $name }
priorities-whom = For all customers
priorities-evidence-benefit = A point more goes with { $value } of value; { $sure } sure to be a gain, from what customers said and then did within { $days } days.
priorities-evidence-cost = A point less goes with { $value } of value; { $sure } sure to be a gain, from what customers said and then did within { $days } days.
priorities-evidence-touchpoint = A failure fewer goes with { $value } of value; { $sure } sure to be a gain, from what customers met and then did within { $days } days.
priorities-rule = Gain surely above 0, most at the lower end of its interval first.

# Notes.
priorities-note-point = One point of the scale of 1 to 10 for everyone, as far as the scale goes; what it brings is that of what-if.
priorities-note-money = Revenue: what customers paid within { $days } days after their answer, as a multiple, times what all known customers paid in the last year.
priorities-note-no-money = Money is not told: { $why }.
priorities-no-behaviour = what customers did after they answered is not known
priorities-note-drawn = Gains of dimensions are drawn to what all of them bring, each as far as it is uncertain: the largest of many is largest by chance too. They are therefore smaller than in what-if.
priorities-note-groups = What a point does to buying again and to revenue is that of all customers in every group: one group alone would hardly tell. Groups of fewer than 30 are not shown.
priorities-note-more = { $count } further ones of groups; all of them are in the rows (--out)
priorities-note-touchpoints = Who meets failures may be another customer to begin with; how often, for how much and how long they had bought before is held still.
priorities-note-effort = A point of one dimension may be harder to gain than a point of another: what it takes is for you to know. what-if --cost sets a change beside the price cut that costs as much.
priorities-note-not-cause = What goes together need not be cause and effect. Try the first in one place before you do it everywhere.
