"""Writes mode_choice.csv and prints what statsmodels 0.15.0 finds on it.

Greene's 210 travellers between Sydney and Melbourne (public domain, `sm.datasets.modechoice`): generalised
cost of air, train, bus and car, and which they took.
"""

import numpy as np
import statsmodels.api as sm
from statsmodels.discrete.conditional_models import ConditionalLogit

data = sm.datasets.modechoice.load_pandas().data
cost = data["gc"].to_numpy().reshape(210, 4)
chosen = data["choice"].to_numpy().reshape(210, 4)
rows = np.column_stack([cost, chosen.argmax(axis=1)]).astype(int)
header = "air,train,bus,car,chosen"
np.savetxt("mode_choice.csv", rows, fmt="%d", delimiter=",", header=header, comments="")

value = -cost
constants = np.tile(np.eye(4)[:, 1:], (210, 1))
design = np.column_stack([value.ravel(), constants])
fitted = ConditionalLogit(chosen.ravel(), design, groups=np.repeat(np.arange(210), 4)).fit(
    method="newton", tol=1e-12
)
print("coefficients", fitted.params)


def probabilities(value):
    utility = value * fitted.params[0] + np.append(0.0, fitted.params[1:])
    odds = np.exp(utility - utility.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


rows = design.reshape(210, 4, 4)
scores = ((chosen - probabilities(value))[:, :, None] * rows).sum(axis=1)
bread = np.asarray(fitted.cov_params())
robust = bread @ (scores.T @ scores) @ bread * 210 / 206
print("robust error of value", np.sqrt(robust[0, 0]))
cheaper = value.copy()
cheaper[:, 0] += 20
print("shares before", probabilities(value).mean(axis=0))
print("shares with air 20 cheaper", probabilities(cheaper).mean(axis=0))
