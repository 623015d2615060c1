# What dimensions of value have to do with an outcome.
drivers-title = What drives it
drivers-about = What has most to do with whether customers find it worth it, recommend it, or buy again
drivers-asks = What matters most to customers?
drivers-outcome-worth = find it worth it
drivers-outcome-recommend = would recommend it
drivers-outcome-repurchase = would buy again
drivers-outcome-satisfaction = are satisfied
drivers-outcome-observed-repurchase = bought again within { $days } days
drivers-says = What has most to do with whether customers of { $brand } { $outcome }: { $drivers }. All dimensions together account for { $r_squared } of the differences between customers.
drivers-says-driver = { $dimension } { $share }
drivers-says-none = No dimension has more to do with whether customers of { $brand } { $outcome } than chance would give; all together account for { $r_squared } of the differences between customers.
drivers-says-no-scores = We cannot tell: nobody scored what { $brand } gives and what it takes.
drivers-says-no-outcome = We cannot tell: { $brand } was scored, but of nobody it is known whether they { $outcome }.
drivers-says-too-few = We cannot tell yet what has most to do with whether customers of { $brand } { $outcome }: { $respondents } respondents are too few, or they do not differ. How they scored it stands below.

drivers-r-squared = Accounted for by all dimensions
drivers-r-squared-reading = Share of the differences between customers (R²); the rest is what was not asked, and chance.
drivers-mean = Mean of the outcome, 1 to 10
drivers-bought = Bought again
drivers-mean-reading = Of { $respondents } respondents.

drivers-chart = Share of what all dimensions account for: customers { $outcome }
drivers-chart-reading = Longer matters more; shares add to 100%. The lines show the interval.
drivers-table = Dimensions, those that matter most first
drivers-table-reading = Share: average gain in R² over all orders in which dimensions can join (Shapley), as a part of what all gain. Correlations above 0: the better the score, the better the outcome. Other methods that differ: their ranks by Johnson’s weights, standardised effect and elastic net.
drivers-column-dimension = Dimension
drivers-column-share = Share
drivers-column-chance = Against chance
drivers-column-rank = Rank
drivers-column-correlation = Correlation
drivers-column-others = Other methods
drivers-column-mean = Mean score
drivers-column-respondents = Respondents
drivers-beyond-chance = more than chance
drivers-may-be-chance = may be chance
drivers-others-agree = agree
drivers-others-differ = differ: { $ranks }

drivers-act = Where to act
drivers-act-about = What matters much and is done badly comes first.
drivers-map = Importance and performance
drivers-map-reading = Top left: matters much, done badly. Top right: keep it up. Bottom left: can wait. Bottom right: perhaps more than is needed.
drivers-ahead = Points ahead of the competitors
drivers-line-competitors = as good as the competitors
drivers-line-others = the average dimension
drivers-line-importance = the average dimension
drivers-act-table = Where each dimension stands
drivers-act-table-reading = “Not sure” where an interval crosses its line. Opportunity: important and not satisfied, from 0 to 20; above 10 is taken for underserved.
drivers-asymmetry = What low scores take and high scores add
drivers-asymmetry-reading = So many points of the outcome a low score (4 or less) takes and a high one (8 or more) adds, against a score in between, the other dimensions being the same.
drivers-column-quadrant = Where it stands
drivers-column-stated = Stated importance
drivers-column-more = Against what people say
drivers-column-factor = Kind
drivers-column-penalty = A low score takes
drivers-column-reward = A high score adds
drivers-column-opportunity = Opportunity
drivers-concentrate-here = act here first
drivers-keep-up = keep it up
drivers-low-priority = can wait
drivers-possible-overkill = perhaps too much
drivers-not-sure = { $quadrant } (not sure)
drivers-more-than-stated = matters more than they say
drivers-less-than-stated = matters less than they say
drivers-as-stated = as they say
drivers-factor-basic = basic: must be there
drivers-factor-performance = performance: the more the better
drivers-factor-excitement = excitement: delights
drivers-factor-unclear = cannot tell

drivers-profile = How it was scored
drivers-profile-reading = Means on 1 to 10; costs are turned round, so that more is better.

drivers-note-not-cause = What goes with the outcome need not move it: whoever likes the brand scores everything higher. Only an experiment says what a change brings.
drivers-note-turned = Costs are turned round, so that more is better of every dimension.
drivers-note-agreement = How far other methods rank the dimensions alike (1 = all the same): { $methods }.
drivers-agreement-johnson = Johnson’s weights { $agrees }
drivers-agreement-standardised = standardised effects { $agrees }
drivers-agreement-net = elastic net { $agrees }
drivers-note-stated = What people say matters and what goes with the outcome rank the dimensions alike to { $agrees } (1 = all the same). They measure different things: what people say includes what they take for granted.
drivers-note-sampled = With so many dimensions, orders were sampled: shares may be off by { $error } of R² for that.
drivers-note-smallest = With so many respondents, a correlation of { $correlation } with the outcome would be seen 80 times in 100; smaller ones may stay hidden.
drivers-note-respondents = { $asked } respondents scored the brand; { $used } count, { $without } have no known outcome, { $incomplete } did not score every dimension.
drivers-note-pairwise = Most did not score every dimension, so each correlation comes from those who answered both. That is right when it is chance who was not asked what.
drivers-note-observed = Not counted: { $strangers } respondents who are not known to be customers, and { $early } whose { $days } days after the answer are not over.
drivers-note-never-asked = Never asked, so they cannot be drivers: { $dimensions }.
drivers-note-too-many = More than 100 dimensions were scored; left out, because fewest scored them: { $dimensions }.

drivers-concern-too-few = Respondents who say as much as { $effective } of equal weight are too few for so many dimensions; it takes { $needed }.
drivers-concern-constant-outcome = Everyone has the same outcome: nothing can be told to move it.
drivers-concern-constant = Everyone scored { $dimensions } alike: what all agree on has no share, however much they would mind losing it.
drivers-concern-collinear = { $dimension } follows from { $others }: they share what they bring.
drivers-concern-never-together = Some two questions were never answered by the same respondent.
drivers-concern-reconciled = Correlations from different respondents contradicted each other and were moved to the nearest that do not: rely on them less.
drivers-concern-nothing-explained = Chance alone would account for as much in { $p_value } of cases.
drivers-concern-one-sided = { $yes } have the outcome: where nearly all do the same, shares rest on a few respondents.
