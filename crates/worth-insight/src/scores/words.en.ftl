# Scores that companies follow.
scores-title = Scores: NPS, CSAT, CES, ACSI
scores-about = How customers rate the business: NPS, CSAT, CES and ACSI, with intervals, also by group
scores-asks = How do customers rate us?
scores-says = Customers rate { $brand }: { $scores }.
scores-says-nps = NPS { $value }
scores-says-csat = satisfied { $value }
scores-says-ces = found it easy { $value }
scores-says-acsi = ACSI { $value }
scores-says-nobody = We cannot tell: nobody was asked on a fitting scale whether they would recommend { $brand }, how satisfied they are or how much effort it took.

scores-nps = NPS, net promoter score
scores-nps-reading = Share who answer 9 or 10 less share who answer 6 or less, from −100 to 100.
scores-nps-weakness = Weakness of NPS: very different customers have the same score, 0 and 6 count alike, and it moves much by chance.
scores-csat = CSAT, satisfied customers
scores-csat-reading = Share who give one of the two best answers.
scores-csat-weakness = Weakness of CSAT: it throws away how satisfied people are.
scores-ces = CES, found it easy
scores-ces-reading = Share who agree that it was easy (5 to 7 of 7).
scores-ces-weakness = Weakness of CES: it speaks of those who needed something, not of everyone else.
scores-acsi = ACSI, customer satisfaction index
scores-acsi-reading = Satisfaction, expectations met and closeness to the ideal in one number from 0 to 100; the three count alike.
scores-acsi-weakness = Weakness of ACSI: scores are high everywhere; compare, do not celebrate.

scores-table = Scores
scores-table-reading = With intervals. The last column: a smaller change would not be seen 8 times in 10 by asking as many again.
scores-column-score = Score
scores-column-brand = Brand
scores-column-value = Value
scores-column-mean = Mean answer
scores-column-respondents = Respondents
scores-column-period = Asked
scores-column-scale = Scale
scores-column-smallest = Smallest change seen
scores-period = { $from } to { $until }
scores-scale = { $least } to { $most }

scores-chart-reading = The lines show the interval: where those of two groups overlap widely, do not call one better.
scores-groups-table = { $score }: each group against everyone else
scores-groups-reading = Each group against everyone who is not in it. “Differs” is said only where it is no accident of comparing many.
scores-groups-none = No group differs from everyone else by more than chance may do.
scores-groups-better = Surely better than everyone else: { $better }.
scores-groups-worse = Surely worse than everyone else: { $worse }.
scores-groups-both = Surely better than everyone else: { $better }. Surely worse: { $worse }.
scores-column-against = Against everyone else
scores-column-verdict = Verdict
scores-differs = differs
scores-cannot-tell = cannot tell
scores-too-few = too few

scores-note-newest = Of each respondent the newest answer counts. The mean of CES is on 1 to 7, 7 being easiest; that of CSAT on the scale that was asked on.
scores-note-brands = Where the same people rate several brands, their scores go together: the difference of two brands is surer than both intervals make it look.
scores-note-nps-from-one = NPS was asked on a scale from 1, not from 0: it does not compare with published ones.
scores-note-discoveries = Of the groups said to differ, on average at most 5 in 100 do not.
scores-note-not-asked = Not asked of the own brand: { $scores }. The questions stand below.
scores-note-not-shown = Further groups, not shown here: { $count }; --out has them all.
scores-note-unknown = Respondents of whom it is not known where they belong: { $count }.

left-out-about-dimension = { $rows } answers about a single dimension, not the whole
left-out-other-scale = { $rows } answers on another scale than most
left-out-older-answer = { $rows } older answers of respondents who answered again
