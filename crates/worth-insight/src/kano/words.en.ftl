# Kano's model: what features are to people.
kano-title = What must be there, and what delights
kano-about = Which features must be there, which delight, and which nobody minds (Kano's model)
kano-asks = Which features must be there, and which delight?
kano-says-nothing = We cannot tell: nobody was asked how they feel with a feature and how without it.
kano-says-must-be = Must be there, and is missed when it is not: { $features }.
kano-says-one-dimensional = The more of it the better: { $features }.
kano-says-attractive = Delights, and nobody misses it: { $features }.
kano-says-indifferent = Nobody minds: { $features }.
kano-says-reverse = People would rather do without: { $features }.
kano-says-questionable = The answers contradict each other: { $features }.
kano-says-too-close = Cannot be told, because categories tie: { $features }.

kano-must-be = must-be
kano-one-dimensional = one-dimensional
kano-attractive = attractive
kano-indifferent = indifferent
kano-reverse = reverse
kano-questionable = questionable

kano-table = Features
kano-table-reading = Better: by which part satisfaction rises with the feature; worse: by which part it falls without it. What must be there stands first.
kano-column-feature = Feature
kano-column-category = Category
kano-column-better = Better
kano-column-worse = Worse
kano-column-respondents = Respondents
kano-cannot-tell = cannot tell: { $categories }; treat it as { $treat_as }
kano-chart = How satisfaction moves with each feature
kano-chart-reading = To the right people miss it when it is not there, further up they are pleased when it is. Top left delights, bottom right must be there, top right: the more the better.
kano-axis-better = Satisfaction rises with it
kano-axis-worse = Satisfaction falls without it
kano-half-better = half
kano-half-worse = half
kano-shares = How many sort it so
kano-shares-reading = Shares of respondents; the intervals of one feature hold all at once. Two large shares are two kinds of people, not one feature.

kano-note-sorts = It sorts features; it does not say what one is worth. What delights today must be there tomorrow.
kano-note-odd = Many answers on { $features } contradict each other or want the opposite: was the question understood?
kano-note-unknown-wordings = Words that are none of the five answers: { $wordings }. Right would be: I like it, it must be that way, I am neutral, I can live with it, I dislike it.
kano-note-in-part = Nobody answered both questions on { $features }: each feature needs one with it and one without it.

left-out-unknown-wording = { $rows } answers in words that are none of the five
left-out-half-a-pair = { $rows } answers of respondents who answered only one of the two questions
left-out-not-five-steps = { $rows } answers as scores on a scale that has not five steps
