# How value moves over time.
value-trend-title = Value over time
value-trend-about = Whether what customers get for what they give rises or falls: since when, for whom, and what moved it
value-trend-asks = Does our value to customers rise or fall, and for whom?
value-trend-says = { $brand }: { $followed } { $value } over all periods. { $whole } { $groups }
value-trend-says-nobody = We cannot tell: nobody was asked what they get from { $brand } and what it takes them.
value-trend-fell = { $who } fell by { $size } from { $from } on ({ $level } sure: { $dates }).
value-trend-rose = { $who } rose by { $size } from { $from } on ({ $level } sure: { $dates }).
value-trend-no-change = { $who }: no sure change; one of { $step } in the middle would be seen 8 times in 10.
value-trend-no-group = No group changed for sure.
value-trend-too-few-changes = To tell changes it takes { $periods_needed } periods and { $answers_needed } answers; there are { $periods } and { $answers }.
value-trend-too-few-outlook = Too few for an outlook: it takes { $periods_needed } periods and { $answers_needed } answers; there are { $periods } and { $answers }.
value-trend-everyone = Everyone
value-trend-followed-difference = Benefits less costs
value-trend-followed-benefits = Benefits
value-trend-followed-costs = Costs
value-trend-stretch = { $from } to { $until }
value-trend-quarter = Q{ $quarter } { $year }
value-trend-month = Month
value-trend-quarter-heading = Quarter

value-trend-mean = Over all periods
value-trend-mean-reading = Mean of all answers.
value-trend-now = Now
value-trend-now-reading = The level in { $period }, from all periods up to it.
value-trend-ahead = Outlook
value-trend-ahead-reading = The level in { $period }, if it goes on moving as it did. No slope is carried on.

value-trend-chart = { $who }: value over time
value-trend-chart-reading = What was said in each period, with its interval; the level found; and where it may go.
value-trend-said = Said
value-trend-level = Level found
value-trend-outlook = Outlook

value-trend-lines = Who changed, and when
value-trend-lines-reading = “Changed” is said of a group only where it is no accident of looking at many. The last column: a smaller step would not be seen 8 times in 10.
value-trend-column-by = Told apart by
value-trend-column-group = Group
value-trend-column-answers = Answers
value-trend-column-mean = Mean
value-trend-column-verdict = Verdict
value-trend-column-change = Change
value-trend-column-when = When
value-trend-column-ahead = Outlook
value-trend-column-smallest = Smallest step seen
value-trend-changed = changed
value-trend-cannot-tell = cannot tell
value-trend-too-few = too few

value-trend-moved = { $who }: what moved it
value-trend-moved-at-change = Before: { $before }. After: { $after }. Change: { $change }.
value-trend-moved-halves = The first half of the answers, { $before }, against the second, { $after }: { $change }.
value-trend-benefits-and-costs = Benefits { $benefits }, costs { $costs }.
value-trend-no-dimension = No single dimension changed for sure.
value-trend-dimensions-changed = Changed for sure: { $dimensions }.
value-trend-importance-changed = Matters more or less than before: { $dimensions }.
value-trend-column-dimension = Dimension
value-trend-column-before = Before
value-trend-column-after = After
value-trend-column-score-change = Change
value-trend-column-adds = Adds
value-trend-column-importance-before = Importance before (0 to 10)
value-trend-column-importance-after = After

value-trend-mix = { $who }: who answered
value-trend-mix-reading = Each row takes the same change apart in its own way: what comes from who answered, and what from what they said.
value-trend-column-mix = From who answered
value-trend-column-level = From what they said
value-trend-column-parts = Largest parts (share of answers)
value-trend-part = { $group } { $part } ({ $before } → { $after })
value-trend-not-known = not known or several

value-trend-periods = Period by period
value-trend-periods-reading = Everyone together, with intervals.
value-trend-column-ratio = Benefits / costs

value-trend-note-smallest = Another survey like all of this one would show a change of { $change } 8 times in 10.
value-trend-note-respondents = A respondent counts once in a period. Dimensions weigh the same in all periods and groups: as all respondents say.
value-trend-note-unrest = Periods differ by much more than their answers allow: seasons, campaigns, or who was asked. Intervals allow for it.
value-trend-note-discoveries = Of the groups said to have changed, on average at most 5 in 100 have not.
value-trend-note-further = Further groups that changed, without a section of their own: { $count }; --out has them all.
value-trend-missing-periods = All answers are of one period: ask again later to see a change.
value-trend-missing-benefits = Nobody was asked about benefits: only costs are followed.
value-trend-missing-costs = Nobody was asked about costs: only benefits are followed.
value-trend-missing-importance = Nobody was asked what matters: all dimensions weigh the same.

left-out-not-own-brand = { $rows } answers about other brands
left-out-another-time = { $rows } answers dated decades from the others
