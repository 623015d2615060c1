# The market: where brands stand, and who could change.
market-title = The market
market-about = Where your brand and its competitors stand: what they give for what they cost, and who could change brand
market-asks = Where do we stand in the market?

# Page one.
market-says-better = { $brand } is the better value: for its quality it could cost { $percent } more and still be as fair as the others.
market-says-worse = { $brand } is the lesser value: for its quality it seems { $percent } too dear.
market-says-even = { $brand } is about as fair as the others: no clear difference can be seen between what it gives and what it costs, each against theirs.
market-says-few = Too few were asked to tell: { $respondents } respondents.
market-says-strongest = It leads most in { $dimension } over { $competitor } (by { $points }).
market-says-weakest = It trails most in { $dimension } behind { $competitor } (by { $points }).
market-cannot-no-survey = We cannot tell: nobody was asked what brands give and what they take.
market-cannot-no-competitors = We cannot tell: people were asked about { $brand } only ({ $respondents } respondents), not about its competitors.
market-cannot-not-the-own-brand = We cannot tell: people were asked about competitors, not about { $brand }.
market-cannot-no-benefits = We cannot tell: people were asked what brands take, not what they give.
market-cannot-no-costs = We cannot tell: people were asked what brands give, not what they take.
market-cannot-nothing-in-common = We cannot tell: { $brand } and its competitors were not scored on the same benefits and costs.

# Figures.
market-quality = Market-perceived quality
market-quality-reading = Benefits against those of the others, each dimension by its importance: 1 = as good as the others.
market-price = Relative price
market-price-reading = How dear it seems against the others: 1 = as dear.
market-price-all = Relative cost
market-price-all-reading = What it takes (all costs, as nobody was asked about price alone) against the others: 1 = as much.
market-advantage = Value advantage
market-advantage-reading = By so much it could cost more and still be fair; below 0 it seems too dear by so much.

# The map.
market-map = Value map
market-map-reading = To the right is better, up is dearer: below the line a brand is good value, above it too dear for what it gives. A brand is in its ellipse with a probability of { $level }.
market-map-line = fair value
market-places = Brands side by side
market-places-reading = 1 = as the others; a brand moves when another does, so compare with the same brands only.
market-brand = Brand
market-own = { $brand } (own)
market-respondents = Respondents

# Head to head.
market-heads = Where each is strong
market-heads-about = The own brand against each competitor, and what each brand is known for
market-leads = The own brand against each competitor
market-leads-reading = Points of the 1 to 10 scale by which the own brand leads; below 0 it trails. Having less of a cost is a lead. With an interval on one side of 0 the lead is hardly chance.
market-dimension = Dimension
market-images = What each brand is known for
market-images-reading = Points above (or below) what the brand's general standing and the dimension make expected: a brand that is liked is rated higher throughout, and this is what is left beyond that.

# Who could change.
market-switching = Who could change brand
market-switching-about = Usual buyers of one brand who rate another above it, benefits less costs
market-could-come = Could come to us
market-could-come-reading = Usual buyers of competitors: the share who see more value in our brand than in the one they buy.
market-could-go = Could leave us
market-could-go-reading = Our usual buyers: the share who see more value in a competitor.
market-usual = Usually buy
market-other = Rate higher
market-share = Share of them
market-no-usual = Nobody said which brand is usual (column usual_brand): who could change brand cannot be told.

# Groups.
market-groups = By group
market-groups-about = Where the own brand stands in the eyes of each group, with the importance weights of all
market-group = Group
market-small = { $group } (few)

# Notes.
market-note-axes = On the axis of price: { $dimensions }. Perceived price is how dear people find it, not what it costs.
market-note-axes-all = Nobody was asked about price, so all costs are on that axis.
market-note-line = Fair-value line: what is 10 % better may cost { $percent } more.
market-note-line-asked = Fair-value line: buyers are taken to decide by quality in the part { $quality }, so what is 10 % better may cost { $percent } more.
market-note-zero = These are ratios of scores on 1 to 10: they depend on where the scale has its zero. perceived says whether the order of brands survives moving it.
market-note-fans = Where each brand is rated by its own buyers only, the map shows who has the warmer ones.
