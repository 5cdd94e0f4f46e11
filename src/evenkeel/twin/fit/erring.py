"""How people err: by site, clause, tenure and hour of the shift, and how much they differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenkeel.kernel import Estimate

from .looking import fit_looks
from .seen import Floats, Ints, Seen, TooLittle, around

_TIRED_AFTER_H = 5.0
_ROUNDS, _CLOSE = 60, 1e-6
# Learning that nobody can see must not send its length anywhere: weeks have a prior of 5 -+ 3, and everything else a wide one.
_WEEKS, _WEEKS_SPREAD, _WIDE = 5.0, 3.0, 5.0
_FEWEST = 200


@dataclass(frozen=True, kw_only=True)
class Erring:
    """The error model: logit e = site + clause + person + learning exp(-tenure / weeks) + tiredness max(hour - 5, 0).

    `accuracy` by site (of a clause without ambiguity, past learning), `ambiguity` by clause (the first is 0), `spread` of
    people on the logit scale.
    """

    accuracy: tuple[Estimate, ...]
    ambiguity: tuple[Estimate, ...]
    spread: Estimate
    learning: Estimate
    learning_weeks: Estimate
    tiredness: Estimate


def fit_erring(seen: Seen, *, sensitivity: float, specificity: float) -> Erring:
    """Estimate the model from audits by penalised likelihood, people's spread by EM (Laplace).

    Assumes audits drawn with the odds written on them and auditors of this sensitivity and specificity whose mistakes go
    where everybody's go. Of audits that say clause a, so many find an error: (f + sensitivity e) / (all that say a), f what
    auditors took for a by mistake. Standard errors are the larger of the model's
    and the sandwich's over people.
    Raises TooLittle under 200 audits. Reference: McCulloch, Searle (2001) Generalized, Linear, and Mixed Models, chs. 8, 14.
    """
    audits = seen.audits
    if len(audits["pi"]) < _FEWEST:
        raise TooLittle(f"there are {len(audits['pi'])} audits, and fewer than {_FEWEST} say too little")
    site = seen.site[audits["worker"]]
    columns = _design(site, len(seen.sites), audits["audited"], len(seen.clauses), audits["hour"])
    y = (audits["decided"] != audits["audited"]).astype(np.float64)
    people, worker = np.unique(audits["worker"], return_inverse=True)
    looks = fit_looks(seen, sensitivity=sensitivity, specificity=specificity)
    model = _Model(
        x=columns, y=y, w=seen.weights, sites=len(seen.sites), worker=worker.astype(np.int64), people=len(people),
        tenure=np.asarray(audits["tenure_weeks"], dtype=np.float64),
        floor=looks.floor[audits["audited"]], slope=looks.slope[audits["audited"]],
    )  # fmt: skip
    beta, error, spread = model.fitted()
    sites, n = len(seen.sites), float(len(y))
    rows = np.bincount(site, minlength=sites)
    accuracy = tuple(_accuracy(beta[s], error[s], int(rows[s])) for s in range(sites))
    each = np.bincount(audits["audited"], minlength=len(seen.clauses))
    later = range(sites, sites + len(seen.clauses) - 1)
    ambiguity = tuple(
        around(float(beta[place]), float(error[place]), int(each[place - sites + 1]), method="logit") for place in later
    )
    tired, learning, weeks = (
        around(float(beta[at]), float(error[at]), n, method="logit", low=0.0) for at in (-3, -2, -1)
    )
    unseen = Estimate.unknown(method="logit")
    if not columns[:, -1].any():
        tired = unseen
    if not (model.tenure < 2 * _WEEKS).any():
        learning = weeks = unseen
    return Erring(
        accuracy=accuracy, ambiguity=(Estimate(0.0, 0.0, 0.0, int(each[0]), float(each[0]), "reference"), *ambiguity),
        spread=spread, learning=learning, learning_weeks=weeks, tiredness=tired,
    )  # fmt: skip


def _accuracy(logit: float, error: float, n: int) -> Estimate:
    found = around(-logit, error, n, method="logit")
    value, low, high = (float(1 / (1 + np.exp(-end))) for end in (found.value, found.low, found.high))
    return Estimate(value, low, high, n, float(n), "logit")


def _design(site: Ints, sites: int, clause: Ints, clauses: int, hour: Floats) -> Floats:
    x = np.zeros((len(site), sites + clauses))
    x[np.arange(len(site)), site] = 1.0
    later = clause > 0
    x[np.flatnonzero(later), sites + clause[later] - 1] = 1.0
    x[:, -1] = np.maximum(hour - _TIRED_AFTER_H, 0)
    return x


@dataclass(frozen=True, kw_only=True)
class _Model:
    x: Floats
    y: Floats
    w: Floats
    sites: int
    worker: Ints
    people: int
    tenure: Floats
    floor: Floats
    slope: Floats

    def fitted(self) -> tuple[Floats, Floats, Estimate]:
        """Coefficients (sites, clauses, tiredness, learning, its weeks), their standard errors, and the spread of people."""
        columns = self.x.shape[1]
        beta = np.zeros(columns + 2)
        start = np.log(max(float(np.average(self.y, weights=self.w)), 1e-3))
        beta[: self.sites] = start
        beta[-2:] = 0.3, _WEEKS
        person, variance = np.zeros(self.people), 0.06
        prior = np.r_[np.full(columns + 1, 1 / _WIDE**2), 1 / _WEEKS_SPREAD**2]
        centre = np.r_[np.zeros(columns + 1), _WEEKS]
        centre[: self.sites] = start
        for _round in range(_ROUNDS):
            x, score, weight = self._working(beta, person)
            own = np.bincount(self.worker, weights=weight, minlength=self.people) + 1 / variance
            cross = self._by_person(x * weight[:, None])
            gradient = x.T @ score - prior * (beta - centre)
            pull = np.bincount(self.worker, weights=score, minlength=self.people) - person / variance
            inner = (x * weight[:, None]).T @ x + np.diag(prior) - cross.T @ (cross / own[:, None])
            step = np.linalg.solve(inner, gradient - cross.T @ (pull / own))
            move = (pull - cross @ step) / own
            step = np.clip(step, -0.5, 0.5)
            beta, person = beta + step, person + np.clip(move, -0.5, 0.5)
            beta[-2], beta[-1] = np.clip(beta[-2], 0, 4), np.clip(beta[-1], 0.5, 26)
            # What is not known of the coefficients is not known of people either (restricted likelihood).
            shared = ((cross @ np.linalg.inv(inner)) * cross).sum(axis=1) / own**2
            before, variance = variance, max(float((person**2 + 1 / own + shared).mean()), 1e-4)
            if max(np.abs(step).max(), abs(variance - before)) < _CLOSE:
                break
        bread = np.linalg.inv(inner)
        scores = (
            self._by_person(x * score[:, None])
            - cross * (np.bincount(self.worker, weights=score, minlength=self.people) / own)[:, None]
        )
        meat = scores.T @ scores
        error = np.sqrt(np.maximum(np.diag(bread @ (meat + np.diag(prior)) @ bread), np.diag(bread)))
        # What people's audits tell of the spread: of each, the part of her variance that is not left after seeing them.
        told = max(float((np.maximum(1 - 1 / (own * variance), 0) ** 2).sum()), 1.0)
        spread = float(np.sqrt(variance))
        half = spread / np.sqrt(2 * told)
        return beta, error, around(spread, half, self.people, method="em", low=0.0)

    def _by_person(self, rows: Floats) -> Floats:
        found = np.zeros((self.people, rows.shape[1]))
        np.add.at(found, self.worker, rows)
        return found

    def _working(self, beta: Floats, person: Floats) -> tuple[Floats, Floats, Floats]:
        """The design with the learning's two columns, each row's score and its information about the linear predictor."""
        learning, weeks = beta[-2], beta[-1]
        fades = np.exp(-self.tenure / weeks)
        x = np.column_stack([self.x, fades, learning * fades * self.tenure / weeks**2])
        e = 1 / (1 + np.exp(-(self.x @ beta[:-2] + learning * fades + person[self.worker])))
        p = np.minimum(self.floor + self.slope * e, 1 - 1e-9)
        slope = self.slope * e * (1 - e)
        spread = np.maximum(p * (1 - p), 1e-9)
        score: Floats = self.w * (self.y - p) * slope / spread
        weight: Floats = self.w * slope**2 / spread
        return x, score, weight
