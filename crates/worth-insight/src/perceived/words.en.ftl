# Perceived value: what customers get and what they give.
perceived-title = Perceived value
perceived-about = What customers get for what they give, at your brand and at its competitors

# Page one.
perceived-asks = Are we worth it, and against whom?
perceived-says-no-survey = We cannot tell: nobody was asked what they get from us and what it takes them.
perceived-says-own-good = Customers of { $brand } feel that they get more than they give: benefits { $benefits }, costs { $costs } out of 10 ({ $respondents } respondents). Whether others give more, nobody was asked.
perceived-says-own-bad = Customers of { $brand } feel that they give more than they get: benefits { $benefits }, costs { $costs } out of 10 ({ $respondents } respondents). Whether others are better, nobody was asked.
perceived-says-own-even = Customers of { $brand } feel that they get about as much as they give: benefits { $benefits }, costs { $costs } out of 10 ({ $respondents } respondents). Whether others give more, nobody was asked.
perceived-says-own-partly = Customers of { $brand } were asked about benefits or about costs, not about both ({ $respondents } respondents): what they get for what they give cannot be told.
perceived-says-own-few = Too few were asked to tell: { $respondents } respondents give { $brand } benefits of { $benefits } and costs of { $costs } out of 10.
perceived-says-others-only = We cannot tell: the survey asks about { $competitors }, not about { $brand }.
perceived-says-better = Yes. Customers get more for what they give at { $brand } than at { $competitors }: ratio { $own } against { $theirs }.
perceived-says-worse = Less than others. Customers get less for what they give at { $brand } than at { $competitors }: ratio { $own } against { $theirs }.
perceived-says-even = No clear difference can be seen between { $brand } and { $competitors }: ratio { $own } against { $theirs }; the intervals of ratio and difference do not both rule out that they are the same.
perceived-says-few = Too few were asked to compare { $brand } with { $competitors }: ratio { $own } against { $theirs } from { $respondents } respondents.
perceived-says-depends = It depends on how one counts: { $brand } is ahead of { $competitors } by one of ratio and difference and behind by the other.
perceived-says-incomparable = { $brand } cannot be compared with { $competitors }: benefits and costs of both are needed.
perceived-says-weakest = It falls behind most in { $dimension }.

# Figures.
perceived-ratio = Ratio, benefits / costs
perceived-ratio-reading = Above 1, customers feel that they get more than they give.
perceived-difference = Difference, benefits − costs
perceived-difference-reading = So many points of the 1 to 10 scale customers are better off; below 0 they are worse off.
perceived-benefits = Perceived benefits
perceived-benefits-reading = Out of 10; each dimension counts by its importance.
perceived-costs = Costs (sacrifice)
perceived-costs-reading = Out of 10, where 10 is most sacrifice; each dimension counts by its importance.
perceived-against-ratio = Ratio against the competitors
perceived-against-ratio-reading = Own ratio over that of the average competitor: above 1, we give more for what it takes.
perceived-against-difference = Difference against the competitors
perceived-against-difference-reading = Own difference less that of the average competitor: above 0, customers are better off with us.
perceived-needed = Benefits that the present costs would need
perceived-needed-competitors-reading = With so many benefits out of 10, the ratio would be that of the average competitor; now there are { $benefits }.
perceived-needed-even-reading = With so many benefits out of 10, customers would get as much as they give; now there are { $benefits }.

# Brands.
perceived-brands = Brands
perceived-brands-about = Who gives most for what it takes?
perceived-brands-chart = Ratio of benefits to costs by brand
perceived-brands-chart-reading = Longer is better. The lines show the interval: where those of two brands overlap widely, do not call one better.
perceived-brands-even = benefits equal costs
perceived-brands-table = Brands side by side
perceived-brands-table-reading = Benefits and costs out of 10, with intervals; ratio and difference are of these two.
perceived-brand = Brand
perceived-own = { $brand } (own)
perceived-average = Average competitor
perceived-respondents = Respondents
perceived-column-benefits = Benefits
perceived-column-costs = Costs
perceived-column-ratio = Ratio
perceived-column-difference = Difference

# Dimensions.
perceived-dimensions = Where it comes from
perceived-dimensions-about = Which benefits and costs make the value, and where do others do better?
perceived-benefits-chart = Benefits, own brand and competitors
perceived-benefits-chart-reading = Longer is better: 10 is most benefit.
perceived-costs-chart = Costs, own brand and competitors
perceived-costs-chart-reading = Shorter is better: 10 is most sacrifice.
perceived-score = Mean score, 1 to 10
perceived-dimensions-table = Dimensions of value
perceived-dimensions-table-reading = The last column adds up to the difference against the competitors: below 0, the dimension takes value away.
perceived-dimensions-table-own-reading = Benefits first, then costs; the importance of each adds up to 100% within its kind.
perceived-dimension = Dimension
perceived-kind = Kind
perceived-kind-benefit = benefit
perceived-kind-cost = cost
perceived-weight = Importance
perceived-column-own = Own
perceived-column-competitors = Competitors
perceived-column-gap = Gap
perceived-column-contribution = Adds to the difference

# Parts.
perceived-parts = For whom, where and when
perceived-parts-about = The own brand in the eyes of each group, with the importance of the whole survey. Groups marked “small” have fewer than { $small } respondents and can be far off: “pooled” draws them to the middle of all groups, the further the fewer they are.
perceived-parts-table = The own brand: { $what }
perceived-parts-between = Beyond chance, groups differ by about { $points } (standard deviation of the difference).
perceived-parts-alike = The groups differ no more than by chance.
perceived-parts-not-pooled = Too few groups to say how far groups differ: not pooled.
perceived-parts-not-shown = { $count } smaller or older groups are not shown.
perceived-parts-unknown = Of { $count } respondents it is not known where they belong.
perceived-column-pooled = Difference, pooled
perceived-part-small = { $name } (small)
perceived-column-against = Difference against competitors

# Whole.
perceived-also = Asked about the whole
perceived-also-reading = Questions about the brand as a whole, which do not enter benefits and costs: the mean out of 10, the share who gave one of the two best answers, and the mean against that of the other brands (1 = as they are).
perceived-also-measure = Question
perceived-also-two-best = Two best answers
perceived-also-against = Against the others
perceived-measure-overall = overall
perceived-measure-worth = worth what it costs
perceived-measure-satisfaction = satisfaction

# Remarks.
perceived-note-scale = Every answer is put on a scale from 1 to 10. The ratio depends on where that scale begins and the difference does not, so both are shown.
perceived-note-weights-equal = Nobody was asked how important the dimensions are, so all of a kind count the same.
perceived-note-weights-benefits-equal = Nobody was asked how important the benefits are, so all of them count the same.
perceived-note-weights-costs-equal = Nobody was asked how important the costs are, so all of them count the same.
perceived-note-weights-some = The importance of some dimensions was not asked: they count as much as the mean of the others of their kind.
perceived-note-disagree = Ratio and difference put the brands in a different order: by ratio { $ratio }; by difference { $difference }. The ratio favours what takes little, the difference what gives much.
perceived-note-zero = The order by ratio depends on where the scale begins: with every score one point lower it is { $up }, with every score one point higher { $down }. Rely on the difference.
perceived-note-zero-survives = The order of brands by ratio stays the same when the scale begins a point higher or lower.
perceived-note-order-uncertain = Had others been asked, the order of brands might be another: it came out the same in { $ratio } of resamples by ratio, in { $difference } by difference.
perceived-note-weakest = The weakest dimension against the competitors is { $dimension }, at { $advantage }; it was the weakest in { $certainty } of resamples.
perceived-note-smallest-compared = With so many respondents, a difference of { $points } between the own brand and the competitors would be seen 80 times in 100; smaller ones may stay hidden.
perceived-note-smallest-own = A second survey of the same size, later or about a competitor, would show a difference of { $points } 80 times in 100; smaller ones may stay hidden.
perceived-note-small = Only { $respondents } respondents: read every number with its interval.
perceived-note-all-equal = Every benefit and every cost got the same score from everyone: such answers cannot tell anything apart. Check the survey or its mapping.
perceived-note-never-asked = Never asked: { $dimensions }.
perceived-note-not-scored = { $brand } was not scored on { $dimensions }; its benefits and costs rest on the others.
perceived-note-left-out = { $reasons }.

# What is missing.
perceived-wanted-survey = A survey of { $respondents } customers on benefits and costs
perceived-wanted-survey-why = Without it nobody knows whether customers feel that they get more than they give, nor against whom.
perceived-wanted-competitors = The same questions about the brand that customers would choose otherwise
perceived-wanted-competitors-why = It would tell whether the value is more or less than elsewhere, and in which dimension.
perceived-wanted-costs = What it takes customers, as well as what they get
perceived-wanted-costs-why = Value is benefits against costs: one without the other has no ratio and no difference.
perceived-wanted-importance = How important each dimension is
perceived-wanted-importance-why = It would tell which of the gaps matters most; now all dimensions count the same.
perceived-wanted-respondents = More respondents: about { $respondents }
perceived-wanted-respondents-why = With so few, only large differences can be seen.
perceived-wanted-how = The questions stand in the sheet “perceived”, in English and Vietnamese; import the answers with “worth import FILE” (table survey_answers).

# Advice.
perceived-act-benefit = Raise this first: { $dimension }
perceived-act-cost = Lower this first: { $dimension }
perceived-whom-all = Everyone
perceived-whom-role = First of all for the role { $name }, who are worst off
perceived-whom-stage = First of all at the stage { $name }, where customers are worst off
perceived-evidence = Own score { $own }, competitors { $theirs }, gap { $gap } ({ $respondents } respondents); it changes the difference against the competitors by { $contribution }.
perceived-money = Not known: points become money only through a willingness to pay that was measured, or a rate that you confirmed.
perceived-rule = Among dimensions whose gap is behind with its whole { $level } interval, scored by at least { $small } respondents at home and elsewhere: the one that takes most from the difference.
