"""Purchase models with covariates, from likelihoods as the papers write them: what `covariates.rs` expects.

    python covariates.py simulate > covariates.csv     (once: the customers that are checked in)
    python covariates.py > covariates.txt              (the numbers in covariates.rs)
    python covariates.py pymc >> covariates.txt        (a case of them by PyMC-Marketing)

The likelihoods are those of Fader, Hardie, Lee (2005), of Batislam and others (2007) and of Schmittlein and
others (1987, the integral over the time of leaving by quadrature), each customer with parameters of their own as
in Fader, Hardie (2007, note 19), maximised with SciPy. PyMC-Marketing is asked for BG/NBD by its own
`purchase_covariate_cols` and `dropout_covariate_cols`, with flat priors. (It gives a and b coefficients of their own.)
"""

import csv
import pathlib
import sys

import numpy as np
import scipy
from scipy.optimize import minimize
from scipy.special import betaln, gammaln

CUSTOMERS = 300


def simulate():
    """Customers of BG/NBD, then as many of Pareto/NBD."""
    random = np.random.default_rng(19)
    print("law,frequency,recency,age,web,size")
    for law in ("beta-geo", "pareto-nbd"):
        for _ in range(CUSTOMERS):
            web = int(random.random() < 0.4)
            size = round(random.normal(3.0, 1.0), 2)
            age = round(random.uniform(26, 52), 1)
            rate = random.gamma(0.9) / 6.0 * np.exp(0.6 * web - 0.25 * size)
            leaving = random.beta(0.7 * np.exp(-0.5 * web), 2.5)
            end = age
            if law == "pareto-nbd":
                end = min(age, random.exponential(1 / (random.gamma(0.6) / 12.0 * np.exp(0.4 * web - 0.2 * size))))
            times, now = [], 0.0
            while True:
                now += random.exponential(1 / rate)
                if now > end:
                    break
                times.append(now)
                if law == "beta-geo" and random.random() < leaving:
                    break
            last = max(round(min(times[-1], age), 2), 0.01) if times else 0
            print(f"{law},{len(times)},{last},{age},{web},{size}")


def read(law):
    with open(pathlib.Path(__file__).with_suffix(".csv")) as file:
        rows = [row for row in csv.DictReader(file) if row.pop("law") == law]
    return {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}


def beta_geo(x, t_x, age, r, alpha, a, b):
    common = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    stays = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + age)
    leaves = betaln(a + 1, b + np.maximum(x, 1) - 1) - betaln(a, b) - (r + x) * np.log(alpha + t_x)
    return common + np.where(x > 0, np.logaddexp(stays, leaves), stays)


def modified_beta_geo(x, t_x, age, r, alpha, a, b):
    common = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    stays = betaln(a, b + x + 1) - betaln(a, b) - (r + x) * np.log(alpha + age)
    leaves = betaln(a + 1, b + x) - betaln(a, b) - (r + x) * np.log(alpha + t_x)
    return common + np.logaddexp(stays, leaves)


def pareto_nbd(x, t_x, age, r, alpha, s, beta):
    nodes, weights = np.polynomial.legendre.leggauss(100)
    half = (age - t_x)[:, None] / 2
    left_at = t_x[:, None] + half * (1 + nodes)
    column = lambda values: values[:, None]
    density = (column(s * beta**s) * (column(beta) + left_at) ** column(-s - 1)
               * (column(alpha) / (column(alpha) + left_at)) ** column(r + x))
    gone = (half * weights * density).sum(axis=1)
    alive = (beta / (beta + age)) ** s * (alpha / (alpha + age)) ** (r + x)
    return gammaln(r + x) - gammaln(r) - x * np.log(alpha) + np.log(alive + gone)


# Of each case: likelihood, logarithms to start from, and (covariate, parameter, sign) of each coefficient.
CASES = {
    "beta-geo": (beta_geo, [0.9, 6, 0.7, 2.5], [("web", 1, -1), ("size", 1, -1), ("web", 2, 1)]),
    "beta-geo, b too": (
        beta_geo, [0.9, 6, 0.7, 2.5], [("web", 1, -1), ("size", 1, -1), ("web", 2, 1), ("web", 3, 1)]
    ),
    "modified-beta-geo": (modified_beta_geo, [0.9, 6, 0.7, 2.5], [("web", 1, -1), ("size", 2, 1)]),
    "pareto-nbd": (
        pareto_nbd, [0.9, 8, 0.6, 12], [("web", 1, -1), ("size", 1, -1), ("web", 3, -1), ("size", 3, -1)]
    ),
}


def log_likelihood(unknowns, data, likelihood, terms):
    logs = [np.full(len(data["age"]), value) for value in unknowns[:4]]
    for coefficient, (covariate, parameter, sign) in zip(unknowns[4:], terms):
        logs[parameter] = logs[parameter] + sign * coefficient * data[covariate]
    parameters = [np.exp(log) for log in logs]
    return likelihood(data["frequency"], data["recency"], data["age"], *parameters).sum()


def hessian(function, at):
    size, step = len(at), 1e-3
    result = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            total = 0
            for left in (1, -1):
                for right in (1, -1):
                    point = at.copy()
                    point[i] += left * step
                    point[j] += right * step
                    total += left * right * function(point)
            result[i, j] = total / (4 * step * step)
    return result


def maximise():
    print("numpy", np.__version__, "scipy", scipy.__version__)
    for name, (likelihood, start, terms) in CASES.items():
        data = read("pareto-nbd" if name == "pareto-nbd" else "beta-geo")

        def loss(unknowns, terms=terms, data=data, likelihood=likelihood):
            value = log_likelihood(unknowns, data, likelihood, terms)
            return -value if np.isfinite(value) else 1e10

        precise = {"maxiter": 20000, "maxfev": 20000, "xatol": 1e-9, "fatol": 1e-11}

        def climb(point, function):
            point = minimize(function, point, method="BFGS").x
            return minimize(function, point, method="Nelder-Mead", options=precise)

        best = climb(np.append(np.log(start), np.zeros(len(terms))), loss).x
        plain = climb(best[:4], lambda unknowns: loss(unknowns, []))
        errors = np.sqrt(np.diag(np.linalg.inv(hessian(loss, best))))
        print(name)
        print("  parameters     ", *np.round(np.exp(best[:4]), 5))
        print("  coefficients   ", *np.round(best[4:], 5))
        print("  standard errors", *np.round(errors[4:], 5))
        print("  log-likelihood ", round(-loss(best), 5), "without", round(-plain.fun, 5))


def pymc_marketing():
    import pandas as pd
    import pymc_marketing
    from pymc_extras.prior import Prior
    from pymc_marketing.clv import BetaGeoModel

    print("pymc-marketing", pymc_marketing.__version__)
    table = pd.DataFrame(read("beta-geo")).rename(columns={"age": "T"}).assign(customer_id=range(CUSTOMERS))
    # With these the mode is the maximum of the likelihood.
    flat = {name: Prior("HalfFlat") for name in ("r", "alpha", "a", "b")}
    flat |= {name: Prior("Flat") for name in ("purchase_coefficient", "dropout_coefficient")}
    model = BetaGeoModel(table, model_config=flat | {
        "purchase_covariate_cols": ["web", "size"], "dropout_covariate_cols": ["web"]})
    fitted = model.fit(method="map", progressbar=False).posterior
    for name in fitted.data_vars:
        values = np.ravel(fitted[name].values)
        if values.size < 10:
            print(" ", name, *np.round(values, 4))


if __name__ == "__main__":
    if sys.argv[1:] == ["simulate"]:
        simulate()
    elif sys.argv[1:] == ["pymc"]:
        pymc_marketing()
    else:
        maximise()
