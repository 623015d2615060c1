"""Gompertz/NBD by brute force: twofold numerical integration over the rate of buying and the risk of
leaving of what holds given both, for which the time of leaving is integrated numerically too. Nothing
is taken from worth-model.

    python gompertz_nbd.py > gompertz_nbd.txt
"""

import numpy as np
import scipy
from scipy.special import gammaln, roots_legendre

R, ALPHA = 0.9, 6.0

# The trapezoid rule over the logarithm, for rates: the ends vanish.
LOGS = np.arange(-80.0, 6.0, 0.05)

# Gauss-Legendre in pieces, for the time of leaving.
NODES, WEIGHTS = roots_legendre(20)


def pieces(start, end, count=60):
    edges = np.linspace(start, end, count + 1)
    half = np.diff(edges)[:, None] / 2
    return (edges[:-1, None] + half * (1 + NODES)).ravel(), (half * WEIGHTS).ravel()


def gamma_points(shape, rate):
    """Points and weights for gamma(shape, rate)."""
    x = np.exp(LOGS)
    w = np.exp(shape * LOGS - x)
    return x / rate, w / w.sum()


def counts(lam, time, most):
    """Poisson probabilities, one row per rate, one column per time."""
    mean = lam[:, None] * time[None, :]
    return [np.exp(n * np.log(mean) - mean - gammaln(n + 1)) for n in range(most + 1)]


def customer(b, s, beta, x, t_x, age, time):
    """ln L, P(alive), and what is ahead times P(alive)."""
    growth = lambda t: np.expm1(b * t)

    # Of a silent customer, eta^(s - 1) e^-(beta eta) times e^-(eta growth) is a gamma density up to its
    # constant; and likewise for lambda.
    def rates(t):
        lam, weight = gamma_points(R + x, ALPHA + t)
        size = gammaln(R + x) - gammaln(R) + R * np.log(ALPHA) - (R + x) * np.log(ALPHA + t)
        return lam, weight * np.exp(size)

    def risks(t):
        eta, weight = gamma_points(s, beta + growth(t))
        return eta, weight * np.exp(s * np.log(beta) - s * np.log(beta + growth(t)))

    lam, in_lam = rates(age)
    eta, in_eta = risks(age)
    alive = in_lam.sum() * in_eta.sum()
    y, in_y = pieces(t_x, age)
    gone = 0.0
    for at, weight in zip(y, in_y):
        at_eta, at_weight = risks(at)
        gone += weight * rates(at)[1].sum() * (at_weight * at_eta * b * np.exp(b * at)).sum()
    # Ahead, given that the customer is alive now.
    u, in_u = pieces(0.0, time)
    more = lambda t: np.exp(b * age) * np.expm1(b * t)
    stays = np.exp(-eta[:, None] * more(u)[None, :])
    leaves = eta[:, None] * b * np.exp(b * (age + u))[None, :] * stays
    still = in_eta @ np.exp(-eta * more(time))
    there, leaving = in_eta @ stays, in_eta @ leaves
    mean = (in_lam @ lam) * (in_u @ there)
    square = (in_lam @ lam) * (in_u @ there) + 2 * (in_lam @ lam**2) * (in_u @ (u * there))
    before = counts(lam, u, 3)
    at_end = counts(lam, np.array([time]), 3)
    numbers = [
        in_lam @ p_end[:, 0] * still + (in_lam @ p) @ (in_u * leaving)
        for p, p_end in zip(before, at_end)
    ]
    total = alive + gone
    of_all = [in_lam.sum() * still, mean, square] + numbers
    return [np.log(total), alive / total] + [value / total for value in of_all]


if __name__ == "__main__":
    print(f"# SciPy {scipy.__version__}, NumPy {np.__version__}; r {R} alpha {ALPHA}")
    print("# b, s, beta, x, t_x, T, time ahead;")
    print("# ln L, P(alive), alive after it, mean, mean square, 0 to 3 purchases of those alive")
    customers = ((0, 0.0, 30.0, 20.0), (3, 20.0, 30.0, 20.0), (7, 29.0, 30.0, 52.0))
    for stay in ((0.12, 1.1, 20.0), (0.03, 0.6, 0.2), (0.5, 2.0, 1e6), (0.001, 0.6, 0.012)):
        for row in customers:
            print(*stay, *row, *["%.12g" % value for value in customer(*stay, *row)])
