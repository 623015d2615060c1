"""BG/CNBD-k and MBG/CNBD-k by brute force: twofold numerical integration over the rate of steps and the
probability of leaving of what holds given both. Nothing is taken from worth-model.

    python condensed_beta_geo.py > condensed_beta_geo.txt
"""

import numpy as np
import scipy
from scipy.special import gammainc, gammaln, roots_genlaguerre, roots_jacobi

R, ALPHA, A, B = 0.9, 2.1, 0.8, 2.4
POINTS = 120

# Gauss-Laguerre over x = lambda * alpha with weight x^(r-1) e^-x, Gauss-Jacobi over p.
X, WX = roots_genlaguerre(POINTS, R - 1)
WX = WX / WX.sum()
Y, WY = roots_jacobi(POINTS, B - 1, A - 1)
P, WP = (Y + 1) / 2, WY / WY.sum()


def rates(shape_more, rate):
    """Points for gamma(r + shape_more, rate), exactly weighted."""
    x, w = roots_genlaguerre(POINTS, R + shape_more - 1)
    return x / rate, w / w.sum()


def floor_tail(k, phase, lam, time, m):
    """P(F >= m): at least m k - phase Poisson steps within the time."""
    need = m * k - phase
    return 1.0 if need <= 0 else gammainc(need, lam * time)


def ahead(k, phase, lam, p, time):
    """Survival, mean, mean square, P(X = 0..3) of a customer alive in a phase."""
    q = 1 - p
    survival, mean, square = 1 - floor_tail(k, phase, lam, time, 1), 0.0, 0.0
    tails = [1.0]
    for m in range(1, 3000):
        tail = floor_tail(k, phase, lam, time, m)
        at_least = q ** (m - 1) * tail
        tails.append(at_least)
        mean += at_least
        square += (2 * m - 1) * at_least
        survival += q**m * (tail - floor_tail(k, phase, lam, time, m + 1))
        if at_least < 1e-17:
            break
    tails += [0.0] * 5
    return np.array([survival, mean, square] + [tails[n] - tails[n + 1] for n in range(4)])


def customer(k, chances_before, x, t_x, age, time):
    """ln L but for the times between purchases, P(alive), and what is ahead times P(alive)."""
    chances = x + chances_before
    # lambda^(kx) e^-(alpha + t) lambda: a gamma density, up to its constant.
    def constant(t):
        return (
            gammaln(R + k * x) - gammaln(R) + R * np.log(ALPHA) - (R + k * x) * np.log(ALPHA + t)
        )

    stay = np.sum(WP * (1 - P) ** chances)
    leave = np.sum(WP * (1 - P) ** (chances - 1) * P) if chances > 0 else 0.0
    gone = leave * np.exp(constant(t_x))
    # Fewer than k steps in the silence; its e^-(lambda silence) is in the weights.
    lam, w = rates(k * x, ALPHA + age)
    phases = [(lam * (age - t_x)) ** j / np.exp(gammaln(j + 1)) for j in range(k)]
    alive = stay * np.exp(constant(age)) * np.sum(w * sum(phases))
    sums = np.zeros(7)
    for i, (l, wl) in enumerate(zip(lam, w)):
        if wl < 1e-22:
            continue
        for p, wp in zip(P, WP):
            if wp < 1e-22:
                continue
            for phase in range(k):
                weight = wl * wp * (1 - p) ** chances * phases[phase][i]
                if weight > 1e-22:
                    sums += weight * ahead(k, phase, l, p, time)
    sums *= np.exp(constant(age))
    total = alive + gone
    return [np.log(total), alive / total] + list(sums / total)


if __name__ == "__main__":
    print(f"# SciPy {scipy.__version__}, NumPy {np.__version__}; r {R} alpha {ALPHA} a {A} b {B}")
    print("# k, 1 if one may leave after the first purchase, x, t_x, T, time ahead;")
    print("# ln L, P(alive), alive after it, mean, mean square, 0 to 3 purchases of those alive")
    customers = ((0, 0.0, 30.0, 20.0), (3, 20.0, 30.0, 20.0), (7, 29.0, 30.0, 52.0))
    for k in (2, 3):
        for chances_before in (0, 1):
            for row in customers:
                found = customer(k, chances_before, *row)
                print(k, chances_before, *row, *["%.12g" % value for value in found])
