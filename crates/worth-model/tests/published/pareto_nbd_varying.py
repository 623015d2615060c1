"""Pareto/NBD with covariates that vary with time, written out: the likelihood of Bachmann, Meierer and Näf
(2021) as an integral over the time of leaving, by mpmath, and predictions as integrals of the same kind.

    pip install mpmath==1.4.1 && python pareto_nbd_varying.py > pareto_nbd_varying.csv

Weeks; three customers of equal past but for their covariates. "sale" holds for everyone after 4 until 6 and
after 30 until 33.5, and will after 41 until 44; "price" is 1.2 for customer 1 always, and for customer 2 it
is 1 after 10 until 25, 3 until 38 and 2 from then on.
"""

import mpmath
from mpmath import mp, mpf

mp.dps = 30
R, ALPHA, S, BETA = mpf("0.6"), mpf(10), mpf("0.7"), mpf(12)
BUYING = {"sale": mpf("0.8"), "price": mpf("-0.2")}
LEAVING = {"price": mpf("0.3")}
SALES = [(4, 6), (30, mpf("33.5")), (41, 44)]
PRICES = {0: [], 1: [(mpf("-inf"), mpf("inf"), mpf("1.2"))], 2: [(10, 25, 1), (25, 38, 3), (38, mpf("inf"), 2)]}
# Start, repeat purchases after it, age.
PASTS = [
    (mpf(2), [mpf(2), mpf("3.5"), mpf("30.5")], mpf(36)),
    (mpf(0), [], mpf(38)),
    (mpf("0.5"), [mpf(1), mpf(30), mpf(31), mpf(32), mpf("37.25")], mpf("37.5")),
]


def sale(t):
    return mpf(any(a < t <= b for a, b in SALES))


def price(customer, t):
    return sum((mpf(v) for a, b, v in PRICES[customer] if a < t <= b), mpf(0))


def speed(coefficients, customer, t):
    of = {"sale": sale(t), "price": price(customer, t)}
    return mpmath.exp(sum(g * of[name] for name, g in coefficients.items()))


def borders(customer, start, end):
    times = [t for pair in SALES for t in pair] + [t for a, b, _ in PRICES[customer] for t in (a, b)]
    inner = sorted({t for t in times if start < t < end})
    return [start, *inner, end]


def clock(coefficients, customer, start, end):
    total, at = mpf(0), borders(customer, start, end)
    for a, b in zip(at, at[1:]):
        total += (b - a) * speed(coefficients, customer, (a + b) / 2)
    return total


def integral(function, customer, start, end):
    at = borders(customer, start, end)
    return sum(mpmath.quad(function, [a, b]) for a, b in zip(at, at[1:]))


print("# pareto_nbd_varying.py with mpmath", mpmath.__version__)
print("customer,past,log_likelihood,alive,alive_after_10,purchases_in_10,none_in_10,two_in_10")
for customer in PRICES:
    for past, (start, purchases, age) in enumerate(PASTS):
        x, now, last = len(purchases), start + age, start + (purchases[-1] if purchases else 0)
        bought = lambda t: clock(BUYING, customer, start, t)
        left = lambda t: clock(LEAVING, customer, start, t)
        inside = lambda t: speed(LEAVING, customer, t)
        alive = (ALPHA + bought(now)) ** -(R + x) * (BETA + left(now)) ** -S
        gone = S * integral(
            lambda y: inside(y) * (ALPHA + bought(y)) ** -(R + x) * (BETA + left(y)) ** -(S + 1), customer, last, now
        )
        rates = mpf(1)
        for time in purchases:
            rates *= speed(BUYING, customer, start + time)
        ratio = mpmath.gamma(R + x) / mpmath.gamma(R) * ALPHA**R * BETA**S
        likelihood = ratio * rates * (alive + gone)
        p_alive = alive / (alive + gone)
        # From now on: gamma(R + x, a) and gamma(S, b), with operational times from now.
        a, b, then = ALPHA + bought(now), BETA + left(now), now + 10
        more = lambda t: clock(BUYING, customer, now, t)
        stays = lambda t: (b / (b + clock(LEAVING, customer, now, t))) ** S
        leaves = lambda t: inside(t) * S / (b + clock(LEAVING, customer, now, t)) * stays(t)
        mean = (R + x) / a * integral(lambda t: speed(BUYING, customer, t) * stays(t), customer, now, then)

        def count(n, t):
            z = more(t)
            return mpmath.binomial(R + x + n - 1, n) * (a / (a + z)) ** (R + x) * (z / (a + z)) ** n

        def probability(n):
            return count(n, then) * stays(then) + integral(lambda t: count(n, t) * leaves(t), customer, now, then)

        numbers = [
            mpmath.log(likelihood),
            p_alive,
            p_alive * stays(then),
            p_alive * mean,
            1 - p_alive + p_alive * probability(0),
            p_alive * probability(2),
        ]
        print(f"{customer},{past}," + ",".join(mpmath.nstr(number, 16) for number in numbers))
