## Which parameters the data leave possible: the sheet of `posterior`.

posterior-title = Which parameters the data leave possible
posterior-about = Which parameters do the data leave possible? Draws from their posterior (--out draws.parquet)
posterior-asks = Which parameters do the data leave possible?

posterior-converged = { $model }: { $draws } draws of { $chains } chains tell the same, and the data settle every parameter.
posterior-prior-decides = { $model }: the { $draws } draws of { $chains } chains are good, but { $parameters } are what the prior makes of them; the data hardly narrow them down. What follows from them is half an assumption.
posterior-not-mixed = { $model }: the { $draws } draws of { $chains } chains are too few, or differ from chain to chain, for { $parameters }. About { $needed } draws of each chain would do (--draws { $flag }).
posterior-divergent = { $model }: { $share } of the paths to { $draws } draws of { $chains } chains could not be followed to their end, so a part of what is possible may be missing. Ask for smaller steps (--acceptance 0.95).
posterior-failed = { $model }: { $broken } of { $chains } chains broke off ({ $reason }), so their { $draws } draws are not to be relied on.
posterior-agree = Posterior and highest likelihood say the same of all customers together.
posterior-disagree = Of all customers together posterior and highest likelihood say different things: go by the posterior where there are few customers, and read below what is not settled.

posterior-alive = Customers who may still buy
posterior-purchases = Purchases expected, next { $days } days
posterior-value = Customer equity, next { $days } days
posterior-revenue = Revenue expected, next { $days } days
posterior-figure-reading = By highest likelihood: { $likelihood }.

posterior-totals = All customers together, by either way
posterior-totals-reading = Of the { $customers } customers of today. The posterior averages over everything that may be true; the likelihood takes the one best set of parameters, and an interval from how fast others get worse. Both intervals cover chance too.
posterior-column-total = What
posterior-column-posterior = Posterior
posterior-column-likelihood = Highest likelihood
posterior-column-apart = Apart

posterior-section-parameters = Parameter by parameter
posterior-section-parameters-about = What was taken to be possible before the data, and what they leave of it.
posterior-parameters = Parameters of { $model }
posterior-parameters-reading = The unit of time is the { $unit }. Narrowed: what part of the prior’s variance the data have taken away, on the logarithmic scale; 100% = they settle it, 0% = all that is known is the prior.
posterior-spend-reading = γ is an amount of money, p and q are shapes. Narrowed: as above.
posterior-column-parameter = Parameter
posterior-column-median = Median of the draws
posterior-column-mean = Mean
posterior-column-prior = Prior
posterior-column-narrowed = Narrowed
posterior-density = How far the parameters of { $model } may be from their medians
posterior-density-reading = Density of each parameter divided by its median. High and narrow around 1: the data settle it. A long tail to the right: it may be much larger.
posterior-density-x = Times the median
posterior-density-y = Density

posterior-section-trust = Whether to trust the draws
posterior-section-trust-about = Chains that start apart should end up telling the same.
posterior-chains = What the chains say
posterior-chains-reading = R-hat: how much more all draws spread than those of a chain; up to 1.01 is good. Draws of a chain resemble each other: these are the independent ones that would tell the middle, and the ends of a 90% interval, as well; it takes 100 of each chain.
posterior-column-r-hat = R-hat
posterior-column-bulk = Draws that tell the middle
posterior-column-tail = Draws that tell the ends
posterior-divergences = { $divergences ->
    [0] Every path could be followed to its end.
    [one] One path could not be followed to its end.
   *[other] { $divergences } paths could not be followed to their end.
}
posterior-note-k = k = { $k } is chosen as in the fit and taken as given: the draws do not move it.
posterior-note-rows = The draws themselves: --out draws.parquet (or .csv, .xlsx), one row per draw with all parameters. Whatever you compute from them has an interval as soon as you compute it for each row.
