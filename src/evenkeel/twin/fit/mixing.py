"""What comes in: the shares of clauses and markets, and how markets lean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenkeel.kernel import Estimate, proportion

from .looking import Looks, fit_looks
from .seen import Bools, Floats, Seen

_ROUNDS = 40
# A lean is told of only where chance, over all cells looked at, hardly makes one; the others are 1.
_SURE = 3.0
_TRIED = 6


@dataclass(frozen=True, kw_only=True)
class Mix:
    """`clauses` by clause, `markets` by market, `leans` of the cells (market, clause) that differ; `languages` by site."""

    clauses: tuple[Estimate, ...]
    markets: tuple[Estimate, ...]
    leans: dict[tuple[int, int], Estimate]
    languages: tuple[tuple[str, ...], ...]


def fit_mix(seen: Seen, *, sensitivity: float, specificity: float) -> Mix:
    """Estimate shares from audits (clauses, weighed by their odds) and decisions (markets, by who speaks what).

    In market m the odds of clause c are share_c lean_mc. Shares and leans come by iterative proportional fitting over cells
    whose lean is 1; a cell is let go when it lies three standard errors and more from what the others say.
    """
    counts, effective = _table(seen, fit_looks(seen, sensitivity=sensitivity, specificity=specificity))
    share, leans = _shares(counts, effective)
    total = float(effective.sum())
    clauses = tuple(proportion(float(each) * total, total) for each in share)
    found = {}
    for (market, clause), value in leans.items():
        n = float(effective[market]) * float(counts[market, clause]) / max(float(counts[market].sum()), 1e-9)
        rest = float(effective[market]) - n
        error = np.sqrt(1 / max(n, 0.5) + 1 / max(rest, 0.5))
        low, high = (float(value * np.exp(side * 1.959964 * error)) for side in (-1, 1))
        found[market, clause] = Estimate(float(value), low, high, round(n), n, "log_odds")
    return Mix(clauses=clauses, markets=_markets(seen), leans=found, languages=_languages(seen))


def _table(seen: Seen, looks: Looks) -> tuple[Floats, Floats]:
    """Weighed audits by market and clause, auditors' own mistakes taken out; and each market's effective number of audits."""
    shape = (len(seen.markets), len(seen.clauses))
    cell = np.ravel_multi_index((seen.audits["market"], seen.audits["audited"]), shape)
    w = seen.weights
    counts = np.bincount(cell, weights=w, minlength=shape[0] * shape[1]).reshape(shape) * looks.turns
    squares = np.bincount(seen.audits["market"], weights=w**2, minlength=shape[0])
    effective = np.where(squares > 0, counts.sum(axis=1) ** 2 / np.maximum(squares, 1e-12), 0.0)
    return counts, effective


def _shares(counts: Floats, effective: Floats) -> tuple[Floats, dict[tuple[int, int], float]]:
    own = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1e-12)
    n = own * effective[:, None]
    free = np.zeros(counts.shape, dtype=bool)
    share, lean, said = _fitted(n, free)
    while True:
        expected = said * effective[:, None]
        off = np.abs(n - expected) / np.sqrt(np.maximum(expected * (1 - said), 1e-9))
        off[free] = 0.0
        # A cell that leans pulls the others of its market along; so several are tried, and the one that tells most is let go.
        # At most half of a clause's markets lean, or nothing would say what they lean from.
        off[:, free.sum(axis=0) * 2 >= len(counts) - 1] = 0.0
        tried = [np.unravel_index(int(each), off.shape) for each in np.argsort(-off, axis=None)[:_TRIED]]
        tried = [cell for cell in tried if off[cell] >= _SURE]
        if not tried:
            return share, {(int(m), int(c)): float(lean[m, c]) for m, c in np.argwhere(free)}
        found = [(_likelihood(n, (fit := _fitted(n, free | _only(cell, free)))[2]), cell, fit) for cell in tried]
        _best, cell, (share, lean, said) = max(found, key=lambda each: each[0])
        free[cell] = True


def _only(cell: tuple[np.intp, ...], like: Bools) -> Bools:
    found = np.zeros_like(like)
    found[cell] = True
    return found


def _likelihood(n: Floats, said: Floats) -> float:
    return float((n * np.log(np.maximum(said, 1e-300))).sum())


def _fitted(n: Floats, free: Bools) -> tuple[Floats, Floats, Floats]:
    """Shares, leans (1 but for the free cells), and the shares of clauses that they give each market."""
    share, lean, size = n.sum(axis=0) / n.sum(), np.ones_like(n), n.sum(axis=1)
    for _round in range(_ROUNDS):
        whole = (share * lean).sum(axis=1)
        a_part = size / np.maximum(whole, 1e-12)
        bound = ~free
        share = (n * bound).sum(axis=0) / np.maximum((bound * a_part[:, None]).sum(axis=0), 1e-12)
        share = share / share.sum()
        whole = (share * lean).sum(axis=1, keepdims=True)
        lean = np.where(free, n * whole / np.maximum(size[:, None] * share, 1e-12), 1.0)
    odds = share * lean
    return share, lean, odds / odds.sum(axis=1, keepdims=True)


def _languages(seen: Seen) -> tuple[tuple[str, ...], ...]:
    """Which languages each site decided in."""
    site, market = seen.site[seen.work["worker"]], seen.work["market"]
    return tuple(
        tuple(sorted({seen.markets[place][1] for place in np.unique(market[site == each])}))
        for each in range(len(seen.sites))
    )


def _markets(seen: Seen) -> tuple[Estimate, ...]:
    """Each market's share of what comes in, from how sites that speak its language divide their work over those they speak.

    share_m = n_m / sum over sites that speak it of N_s / (sum of shares of its markets): Hunter's MM (2004 Annals of
    Statistics 32) for a multinomial choice of which each site sees a part.
    """
    sites, markets = len(seen.sites), len(seen.markets)
    cell = seen.site[seen.work["worker"]] * markets + seen.work["market"]
    n = np.bincount(cell, weights=seen.work["n"], minlength=sites * markets).reshape(sites, markets)
    spoken = n > 0
    share = n.sum(axis=0) / n.sum()
    for _round in range(500):
        before = share
        a_part = n.sum(axis=1) / np.maximum((spoken * share).sum(axis=1), 1e-12)
        share = n.sum(axis=0) / np.maximum((spoken * a_part[:, None]).sum(axis=0), 1e-12)
        share = share / share.sum()
        if np.abs(share - before).max() < 1e-10:
            break
    total = float(n.sum())
    return tuple(proportion(float(each) * total, total) for each in share)
