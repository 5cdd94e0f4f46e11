"""Deciding early: Wald's test with an end, its exact behaviour, and intervals that may be looked at after every label."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log

import numpy as np
import numpy.typing as npt

from .acceptance import Verdict, find_plan
from .arrays import FloatArray, floats, vector
from .estimate import Estimate
from .rows import refuse_rows

# Where the test is cut off when nobody says where: so many times the fixed sample that keeps the same risks.
MOST_TIMES_FIXED = 3


@dataclass(frozen=True, slots=True)
class SequentialTest:
    """Wald's sequential probability ratio test of a share of errors, cut off after `most` answers.

    After n answers with d errors: accept when d <= -h_accept + slope n, reject when d >= h_reject + slope n. At `most` the
    nearer line decides: accept when d <= slope n + (h_reject - h_accept) / 2.

    >>> test = sprt(good=0.01, bad=0.06)
    >>> f"{test.h_accept:.4f} {test.h_reject:.4f} {test.slope:.5f}"
    '1.2211 1.5678 0.02811'
    >>> test.verdict(errors=3, n=20), test.verdict(errors=0, n=44), test.verdict(errors=1, n=44)
    ('reject', 'accept', 'continue')

    Reference: Wald (1945) Annals of Mathematical Statistics 16; Montgomery, Introduction to Statistical Quality Control, 15.
    """

    good: float
    bad: float
    producer_risk: float
    consumer_risk: float
    h_accept: float
    h_reject: float
    slope: float
    most: int
    fixed: int

    def accept_at(self, n: int) -> int:
        """The most errors among n answers that accept; -1 when none do yet."""
        if n >= self.most:
            return floor(self.slope * n + (self.h_reject - self.h_accept) / 2 + 1e-9)
        return max(floor(-self.h_accept + self.slope * n + 1e-9), -1)

    def reject_at(self, n: int) -> int:
        """The fewest errors among n answers that reject."""
        return self.accept_at(n) + 1 if n >= self.most else ceil(self.h_reject + self.slope * n - 1e-9)

    def verdict(self, *, errors: int, n: int) -> Verdict:
        """What `errors` among the first `n` answers say. Look after each answer: `run` does."""
        if not 0 <= errors <= n:
            raise ValueError("errors must lie between 0 and n")
        if n and errors <= self.accept_at(n):
            return "accept"
        return "reject" if n and errors >= self.reject_at(n) else "continue"

    def run(self, errors: npt.ArrayLike) -> tuple[Verdict, int]:
        """The verdict on answers in their order (1 or True: an error) and after how many it fell."""
        seen = 0
        answers = vector(errors, name="errors")
        refuse_rows((answers != 0) & (answers != 1), "errors must be 0 or 1")
        for n, wrong in enumerate(answers, 1):
            seen += int(wrong)
            if (said := self.verdict(errors=seen, n=n)) != "continue":
                return said, n
        return "continue", len(answers)

    def characteristics(self, p: npt.ArrayLike) -> SequentialCharacteristics:
        """Exact probability of acceptance and mean number of answers at shares of errors `p`.

        By recursion over (answers, errors) between the lines: nothing is approximated, the cut-off included.
        """
        share = np.atleast_1d(floats(p))
        if not ((share >= 0) & (share <= 1)).all():
            raise ValueError("p must lie between 0 and 1")
        first, state = 0, np.ones((len(share), 1))  # state[:, k]: first + k errors and no verdict yet
        accept, mean, square, at_end = (np.zeros(len(share)) for _ in range(4))
        q = share[:, None]
        for n in range(1, self.most + 1):
            after = np.zeros((len(share), state.shape[1] + 1))
            after[:, :-1] += state * (1 - q)
            after[:, 1:] += state * q
            won = max(self.accept_at(n) - first + 1, 0)
            lost = min(max(self.reject_at(n) - first, won), after.shape[1])
            accepted = after[:, :won].sum(axis=1)
            ended = accepted + after[:, lost:].sum(axis=1)
            accept += accepted
            mean += n * ended
            square += n * n * ended
            if n == self.most:
                at_end = ended
            first, state = first + won, after[:, won:lost]
            if state.shape[1] == 0:
                break
        return SequentialCharacteristics(share, accept, mean, np.sqrt(np.maximum(square - mean**2, 0)), at_end)


@dataclass(frozen=True, slots=True, eq=False)
class SequentialCharacteristics:
    """One element a share of errors `p`: probability of acceptance, mean and deviation of the number of answers, and the
    chance that only the cut-off decides."""

    p: FloatArray
    accept: FloatArray
    average_sample: FloatArray
    deviation: FloatArray
    cut_off: FloatArray


def sprt(
    *, good: float, bad: float, producer_risk: float = 0.05, consumer_risk: float = 0.10, most: int | None = None
) -> SequentialTest:
    """Wald's test between an acceptable share of errors and an unacceptable one.

    k = ln(p1(1-p0) / (p0(1-p1))), h_accept = ln((1-a)/b)/k, h_reject = ln((1-b)/a)/k, slope = ln((1-p0)/(1-p1))/k, a the
    producer's risk (a good one rejected), b the consumer's. Wald's lines keep both risks almost; the exact ones are
    `characteristics([good, bad])`. Cut off after `most` answers, three times the fixed sample when None.

    >>> test = sprt(good=0.05, bad=0.15)
    >>> test.fixed, test.characteristics([0.05, 0.15]).average_sample.round(1).tolist()
    (77, [41.8, 39.3])

    Reference: Wald (1945) Annals of Mathematical Statistics 16; Aroian (1968) Technometrics 10 (direct method).
    """
    if not 0 < good < bad < 1:
        raise ValueError(f"good must lie below bad, both between 0 and 1, not {good} and {bad}")
    if not (0 < producer_risk < 1 and 0 < consumer_risk < 1 and producer_risk + consumer_risk < 1):
        raise ValueError("the risks must lie between 0 and 1, and below 1 together")
    if most is not None and most < 1:
        raise ValueError("most must be 1 or more")
    k = log(bad * (1 - good) / (good * (1 - bad)))
    fixed = find_plan(good=good, bad=bad, producer_risk=producer_risk, consumer_risk=consumer_risk).most
    return SequentialTest(
        good=good,
        bad=bad,
        producer_risk=producer_risk,
        consumer_risk=consumer_risk,
        h_accept=log((1 - producer_risk) / consumer_risk) / k,
        h_reject=log((1 - consumer_risk) / producer_risk) / k,
        slope=log((1 - good) / (1 - bad)) / k,
        most=MOST_TIMES_FIXED * fixed if most is None else most,
        fixed=fixed,
    )


def confidence_sequence(
    hits: npt.ArrayLike, n: npt.ArrayLike, *, a: float = 0.5, b: float = 0.5, level: float = 0.95
) -> tuple[FloatArray, FloatArray]:
    """Ends for a share that hold at all times together: look after every answer, stop when you like.

    At each n the set of p with B(a+x, b+n-x) / B(a, b) < p^x (1-p)^(n-x) / (1 - level): the mixture likelihood ratio is a
    martingale at the true p, so by Ville's inequality the truth is ever outside with probability at most 1 - level.
    Assumes answers independent, one share throughout. `hits`, `n`: running counts (one pair, or one after each answer);
    `a`, `b` the mixing beta: where it is heavy the interval is narrow. Nearly twice as wide as Wilson's: the
    price of looking at any time.

    >>> low, high = confidence_sequence([5, 45], [10, 50])
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.118, 0.713], [0.882, 0.984])

    Reference: Robbins (1970) Annals of Mathematical Statistics 41; Ville (1939); Howard et al. (2021) Annals of Statistics 49.
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    x, size = np.broadcast_arrays(np.atleast_1d(floats(hits)), np.atleast_1d(floats(n)))
    refuse_rows(~((x >= 0) & (x <= size)), "hits must lie between 0 and n")
    from scipy.special import betaln, xlog1py, xlogy

    bound = betaln(a + x, b + size - x) - betaln(a, b) + log(1 - level)

    def is_inside(p: FloatArray) -> FloatArray:
        return np.asarray(xlogy(x, p) + xlog1py(size - x, -p) >= bound)

    middle = np.divide(x, size, out=np.full(x.shape, 0.5), where=size > 0)
    ends = []
    for outer in (0.0, 1.0):
        far, near = np.full(x.shape, outer), middle.copy()
        # The log-likelihood falls on both sides of its peak, so halving finds each end; 60 steps reach the last bit.
        for _ in range(60):
            half = (far + near) / 2
            inside = is_inside(half)
            near, far = np.where(inside, half, near), np.where(inside, far, half)
        ends.append(np.where(is_inside(np.full(x.shape, outer)), outer, near))
    return ends[0], ends[1]


def anytime_share(hits: int, n: int, *, level: float = 0.95) -> Estimate:
    """The share with the end of `confidence_sequence` at this n.

    >>> found = anytime_share(45, 50)
    >>> f"{found.value:.2f} ({found.low:.3f} to {found.high:.3f})"
    '0.90 (0.713 to 0.984)'

    Reference: Robbins (1970) Annals of Mathematical Statistics 41.
    """
    if n == 0:
        return Estimate.unknown(method="confidence_sequence", level=level)
    low, high = confidence_sequence(hits, n, level=level)
    return Estimate(hits / n, float(low[0]), float(high[0]), n, float(n), "confidence_sequence", level)


def anytime_mean(values: npt.ArrayLike, *, least: float = 0.0, most: float = 1.0, level: float = 0.95) -> Estimate:
    """The mean of values between `least` and `most`, with an interval valid at all times (empirical Bernstein).

    On values scaled to [0, 1], with lambda_i = min(sqrt(2 ln(2/a) / (s2_{i-1} i ln(1+i))), 1/2), s2 the running variance
    and m the running mean: centre sum lambda x / sum lambda, half width (ln(2/a) + sum (x_i - m_{i-1})^2 (-ln(1-lambda_i) -
    lambda_i)) / sum lambda. The value is the plain mean. Assumes each value's mean is the same given the past; the order of
    rows matters.

    >>> found = anytime_mean([0.4, 0.5, 0.6] * 100)
    >>> found.low < 0.5 < found.high
    True

    Reference: Waudby-Smith, Ramdas (2024) JRSS B 86, theorem 2.
    """
    if not least < most:
        raise ValueError("least must lie below most")
    y = vector(values, name="values")
    refuse_rows((y < least) | (y > most), f"values must lie in {least:g} to {most:g}")
    n = len(y)
    if n == 0:
        return Estimate.unknown(method="empirical_bernstein", level=level)
    x, i = (y - least) / (most - least), np.arange(1.0, n + 1)
    mean = (0.5 + np.cumsum(x)) / (i + 1)
    spread = (0.25 + np.cumsum((x - mean) ** 2)) / (i + 1)
    mean_before, spread_before = np.concatenate([[0.5], mean[:-1]]), np.concatenate([[0.25], spread[:-1]])
    side = log(2 / (1 - level))
    bet = np.minimum(np.sqrt(2 * side / (spread_before * i * np.log(1 + i))), 0.5)
    cost = (x - mean_before) ** 2 * (-np.log1p(-bet) - bet)
    centre, half = float(bet @ x / bet.sum()), float((side + cost.sum()) / bet.sum())
    scale = most - least
    low, high = least + scale * max(centre - half, 0.0), least + scale * min(centre + half, 1.0)
    return Estimate(float(y.mean()), low, high, n, float(n), "empirical_bernstein", level)
