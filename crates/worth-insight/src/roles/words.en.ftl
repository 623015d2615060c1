# Roles: what those who use, buy, pay and decide see, and who has the say.
roles-title = Roles
roles-about = Whether those who use, buy, pay and decide see the same value, inside the same accounts too, and who has the say
roles-asks = Do those who use, buy, pay and decide see the same value?

# Page one.
roles-says-cost = No. { $where } the { $role } feels more of a sacrifice in { $dimension } than the { $other }, by { $points }.
roles-says-benefit = No. { $where } the { $role } gets less of { $dimension } than the { $other }, by { $points }.
roles-says-none = No gap between roles can be told from chance.
roles-says-decides = Most of the say has the { $role } ({ $share }).
roles-within-accounts = Inside the same accounts ({ $accounts })
roles-whole-survey = In the whole survey
roles-cannot-no-survey = We cannot tell: nobody was asked what { $brand } gives and what it takes.
roles-cannot-no-roles = We cannot tell: of { $respondents } respondents nobody’s role is known.
roles-cannot-one-role = We cannot tell: all { $respondents } respondents whose role is known have the same.

# Figures.
roles-gap = { $dimension }: { $role } against { $other }
roles-gap-reading-cost = So much more of a sacrifice, on the scale of 1 to 10.
roles-gap-reading-benefit = So much less of a benefit, on the scale of 1 to 10.
roles-decision = Decision value, benefits − costs
roles-decision-reading = The value of { $accounts } accounts when each person counts by his or her say; { $plain } when everyone counts the same.

# What each role sees.
roles-everyone = Everyone
roles-table = The own brand in the eyes of each role
roles-table-reading = Benefits and costs out of 10, with intervals. Who holds several roles is in each of them. Rows marked “small” have fewer than { $small } respondents and can be far off.
roles-column-role = Role
roles-column-respondents = Respondents
roles-column-accounts = Accounts
roles-chart = Benefits − costs by role
roles-chart-reading = Higher is better off. Of the same accounts a gap can be sure although these intervals overlap: see the gaps below.

# Gaps.
roles-gaps = Gaps between roles
roles-gaps-about = Where two of them see something else, other people each
roles-gaps-table = Gaps, surest first
roles-gaps-table-reading = The first role less the second, benefits − costs in points: below 0 the first is worse off. Inside accounts, whatever a whole account shares cancels out; that counts from 20 accounts with answers of both. The last column names dimensions with a gap that is hardly chance: more of a cost is worse, more of a benefit better.
roles-column-pair = Roles
roles-column-basis = Compared
roles-column-gap = Gap
roles-column-smallest = Smallest that would be seen
roles-column-dimensions = Dimensions that differ
roles-pair = { $role } – { $other }
roles-basis-within-accounts = inside accounts
roles-basis-whole-survey = whole survey
roles-dimensions = Mean scores by role
roles-dimensions-reading = Out of 10: of a benefit 10 is most benefit, of a cost 10 is most sacrifice. These are means of the whole survey.

# Who decides.
roles-decides = Who decides
roles-decides-about = Who has the say in an account, and who plays several parts
roles-say = Share of the say by role
roles-say-reading = Mean over { $accounts } accounts of the share that each role has in the account’s decisions (table roles, column weight).
roles-column-say = Share of the say
roles-column-people = People
roles-held = Who holds several roles
roles-held-reading = What one tells the one role, the other has heard.
roles-column-held = Roles
roles-column-share = Share of people
roles-decision-table = What accounts see, by who has the say
roles-decision-table-reading = { $accounts } accounts in which two people or more answered. If “by say” is lower, those who decide are worse off than the others.
roles-by-say = By say (decision value)
roles-plain = Everyone the same
roles-say-less-plain = By say against everyone the same

# Advice.
roles-act-cost = Make { $dimension } easier to bear for the { $role }
roles-act-benefit = Give the { $role } more of { $dimension }
roles-whom = The { $role } in each account
roles-whom-say = The { $role } in each account, who has { $share } of the say
roles-evidence-cost = { $where } the { $role } feels more of a sacrifice in { $dimension } than the { $other }, by { $points }.
roles-evidence-benefit = { $where } the { $role } gets less of { $dimension } than the { $other }, by { $points }.
roles-rule = Of all gaps between two roles in one dimension that are hardly chance (at most 5 in 100 of them are none, on average), the one whose interval is farthest from 0.

# What is missing.
roles-wanted-role = The part that each respondent has: buys, pays, uses or decides
roles-wanted-role-why = Then it can be told whether the one who pays sees what the one who uses sees.
roles-wanted-role-how = Ask it in the survey (column role of survey_answers), or import who has which part in which account (table roles).
roles-wanted-say = Who has which part in which account, and how much say
roles-wanted-say-why = Then gaps can be measured inside accounts, and value weighed by who decides.
roles-wanted-say-how = Import a list with account_id, customer_id, role and weight (table roles).

# Notes.
roles-note-weights = Measured with the importance of the whole survey. A role is the one in which someone answers, else the one that the table roles gives that person on that day.
roles-note-discoveries = Of the gaps that are said to differ, on average at most 5 in 100 are none. The two kinds of comparison are each counted for themselves.
roles-note-several = Some people hold several roles: gaps of their roles against a third are then gaps of the same people.
roles-note-smallest = Were half of the { $respondents } respondents of one role and half of another, a gap of { $points } between them would be seen 80 times in 100.
roles-note-equal-say = In { $accounts } accounts nobody’s say is given: everyone in them has the same.
roles-note-without = { $count } { $count ->
    [one] respondent has
   *[other] respondents have
} no known role.
roles-note-others = Roles of fewer people, not told apart: { $roles }.
