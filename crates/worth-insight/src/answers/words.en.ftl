# What survey questions share: names of dimensions, roles and stages, ready questions, why answers were left out.

# The own brand.
answers-own-configured = The own brand is { $brand }, as worth.toml says.
answers-own-business-name = The own brand is { $brand }, because the business has that name. To change it, set brand under [value] in worth.toml.
answers-own-unnamed = Answers that name no brand are taken to be about { $brand }. To change it, set brand under [value] in worth.toml.
answers-own-only-brand = The own brand is taken to be { $brand }, the only one it can be. To change it, set brand under [value] in worth.toml.
answers-own-most-scored = The own brand is a guess: { $brand } was scored by most respondents. Please set brand under [value] in worth.toml.

answers-note-filters = Survey answers have no channel: that filter had no effect here.

# Doubtful forms and weights.
answers-note-doubts-kept = { $doubtful ->
    [one] One of { $forms } forms is doubtful
   *[other] { $doubtful } of { $forms } forms are doubtful
}: { $doubts }. They count all the same; leave_out under [survey] in worth.toml leaves them out.
answers-note-doubts-left-out = { $doubtful ->
    [one] One of { $forms } forms is doubtful and left out
   *[other] { $doubtful } of { $forms } forms are doubtful and left out
}: { $doubts }.
answers-note-doubts-some-left-out = { $doubtful } of { $forms } forms are doubtful, of which { $left } are left out: { $doubts }.
answers-doubt-speeder = { $forms } filled in far faster than others needed
answers-doubt-straight-liner = { $forms } with the same score for good and for bad
answers-doubt-inconsistent = { $forms } against all that others say
answers-doubt-duplicate = { $forms } given twice
answers-note-weights-given = Respondents have weights: { $respondents } of them say as much as { $effective } of equal weight (design effect { $effect }).
answers-note-weights-raked = Respondents are weighted as those are spread whom they stand for: { $respondents } of them say as much as { $effective } of equal weight (design effect { $effect }).
answers-note-raking-misses = Survey “{ $survey }”: weights cannot do all that is asked; a share still misses its target by up to { $miss } points{ $capped ->
    [0] .
    [one] , with one respondent at the cap.
   *[other] , with { $capped } respondents at the cap.
}
answers-note-raking-nobody = Survey “{ $survey }”: nobody answered of { $by } { $nobody }; no weight makes up for that.
answers-note-raking-unknown = Survey “{ $survey }”: { $kept } of respondents have no known { $by } with a target; together they keep their share.
answers-raked-by-region = region
answers-raked-by-culture = culture
answers-raked-by-channel = channel

# Questions that would complete a survey.
answers-completing = Questions that would complete the survey
answers-completing-reading = Ready to be asked, on a scale of 1 to 10 where one is given; put each in a column of its own.
answers-completing-measure = Gives
answers-completing-english = In English
answers-completing-vietnamese = In Vietnamese
answers-gives-brand = comparison
answers-gives-benefit = benefit
answers-gives-cost = cost
answers-gives-importance = importance
answers-gives-worth = the whole
answers-gives-repurchase = the outcome
answers-gives-role = role
answers-gives-stage = stage
answers-gives-recommend = NPS
answers-gives-satisfaction = CSAT, ACSI
answers-gives-effort = CES
answers-gives-expectancy = ACSI
answers-gives-ideal = ACSI
answers-gives-kano-with = Kano, with it
answers-gives-kano-without = Kano, without it
answers-gives-share = share of wallet

# Dimensions, roles and stages that Worth knows.
answers-benefit-product = product
answers-benefit-quality = quality
answers-benefit-service = service
answers-benefit-staff = staff
answers-benefit-emotion = emotion
answers-benefit-brand = brand
answers-benefit-image = image
answers-benefit-convenience = convenience
answers-benefit-trust = trust
answers-cost-price = price
answers-cost-time = time
answers-cost-effort = effort
answers-cost-risk = risk
answers-cost-inconvenience = inconvenience
answers-cost-mental-strain = mental strain
answers-cost-personal-data = personal data
answers-cost-attention = attention
answers-role-user = user
answers-role-buyer = buyer
answers-role-payer = payer
answers-role-decider = decider
answers-role-influencer = influencer
answers-role-receiver = receiver
answers-stage-before = before buying
answers-stage-during = while buying
answers-stage-payment = paying
answers-stage-delivery = delivery
answers-stage-use = using it
answers-stage-after = after buying

# What respondents are told apart by.
# Respondents, and those of equal weight who would say as much.
answers-effective = { $respondents } ({ $effective } effective)

answers-by-role = Role
answers-by-stage = Stage
answers-by-touchpoint = Touchpoint
answers-by-region = Region
answers-by-culture = Culture
answers-by-channel = Channel that won the customer
answers-by-product = Product
answers-by-category = Category
answers-by-month = Month

# Questions to ask.
answers-ask-alternative = If { $brand } did not exist, which brand would you choose instead? Please answer the same questions for that brand too.
answers-ask-benefit = How much do you get from { $brand } when it comes to: { $label }? (1 = very little, 10 = very much)
answers-ask-benefit-product = How good are the products of { $brand }: what they can do, and how well they are made? (1 = very poor, 10 = excellent)
answers-ask-benefit-emotion = How good does it feel to buy from { $brand } and to use what you bought? (1 = not at all, 10 = very good)
answers-ask-benefit-brand = How much do you value the name { $brand } and what it stands for? (1 = not at all, 10 = very much)
answers-ask-benefit-convenience = How convenient is { $brand }: near, open when you need it, easy to use? (1 = not at all, 10 = very convenient)
answers-ask-benefit-trust = How far can you rely on { $brand } to keep what it promises? (1 = not at all, 10 = completely)
answers-ask-cost = How much does this cost you at { $brand }: { $label }? (1 = nothing at all, 10 = very much)
answers-ask-cost-price = How much of a sacrifice are the prices of { $brand } to you? (1 = none at all, 10 = a very large one)
answers-ask-cost-time = How much of your time does { $brand } take: going there, waiting, delivery? (1 = hardly any, 10 = very much)
answers-ask-cost-effort = How much effort does { $brand } ask of you: searching, asking, filling in, doing again? (1 = hardly any, 10 = very much)
answers-ask-cost-risk = How much do you worry that something could go wrong with { $brand }: a wrong choice, a defect, a late delivery? (1 = not at all, 10 = very much)
answers-ask-cost-inconvenience = How much trouble does { $brand } give you that you had not expected? (1 = none at all, 10 = very much)
answers-ask-cost-mental-strain = How tiring or annoying is it to deal with { $brand }? (1 = not at all, 10 = very)
answers-ask-cost-personal-data = How much does it bother you what { $brand } wants to know about you? (1 = not at all, 10 = very much)
answers-ask-cost-attention = How much do messages and advertising of { $brand } disturb you? (1 = not at all, 10 = very much)
answers-ask-importance-benefits = When you choose where to buy, how important is each of the benefits asked about? (1 = not important, 10 = decisive)
answers-ask-importance-costs = When you choose where to buy, how important is each of the costs asked about? (1 = not important, 10 = decisive)
answers-ask-worth = All in all, is { $brand } worth what it takes you in money, time and effort? (1 = not at all, 10 = entirely)
answers-ask-repurchase = How likely are you to buy from { $brand } again? (0 = not at all likely, 10 = extremely likely)
answers-ask-recommend = How likely are you to recommend { $brand } to friends or colleagues? (0 = not at all likely, 10 = extremely likely)
answers-ask-satisfaction = All in all, how satisfied are you with { $brand }? (1 = very dissatisfied, 10 = very satisfied)
answers-ask-satisfaction-of-ten = All in all, how satisfied are you with { $brand }, on a scale of ten? (1 = very dissatisfied, 10 = very satisfied)
answers-ask-effort = { $brand } made it easy for me to get what I wanted. (1 = strongly disagree, 7 = strongly agree)
answers-ask-expectancy = How far did { $brand } meet your expectations? (1 = far below, 10 = far above)
answers-ask-ideal = How close is { $brand } to the ideal you have in mind? (1 = not at all, 10 = very close)
answers-ask-kano-with = If { $brand } has this, how do you feel: { $label }? (I like it · it must be that way · I am neutral · I can live with it · I dislike it)
answers-ask-kano-without = If { $brand } does not have this, how do you feel: { $label }? (I like it · it must be that way · I am neutral · I can live with it · I dislike it)
answers-ask-share = Of your last ten purchases of this kind, how many were from { $brand }? (0 = none, 10 = all)
answers-ask-role = Which part do you have with { $brand }: do you buy, pay, use, or decide? (several answers possible)
answers-ask-stage = Are you answering about the time before you bought, the purchase itself, or the time after it?

# Why answers were left out.
left-out-outside-scale = { $rows } answers with a score outside their scale
left-out-no-dimension = { $rows } answers on a benefit, cost, importance or feature that name no dimension
left-out-no-weight = { $rows } answers of respondents whose weight is not above 0
left-out-other-brand = { $rows } answers about brands that are not compared
left-out-speeder = { $rows } answers on forms filled in far faster than others needed
left-out-straight-liner = { $rows } answers on forms with the same score for good and for bad
left-out-inconsistent = { $rows } answers on forms against all that others say
left-out-duplicate = { $rows } answers on forms given twice
