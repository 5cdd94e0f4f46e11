"""Whether a fitted world is like the log it was fitted to: the log's own figures beside those of worlds that are lived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from evenkeel.kernel import Estimate, mean, proportion

from ..wide.plan import Plan
from .living import seen_of
from .seen import Bools, Seen, around

# Worlds, and how many of their days at most: enough to tell what chance does between them.
_WORLDS, _DAYS = 3, 28
# The error of a median, in those of a mean.
_OF_A_MEDIAN = 1.2533


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A figure of the log with its interval, and the same of each world.

    Near: the worlds' mean lies in the log's interval, widened by what worlds differ by among themselves.
    """

    name: str
    log: Estimate
    worlds: tuple[float, ...]

    @property
    def world(self) -> float:
        """The worlds' mean."""
        return float(np.mean(self.worlds))

    @property
    def is_near(self) -> bool:
        """Whether the worlds are like the log in this."""
        apart = max(self.worlds) - min(self.worlds)
        return self.log.low - apart <= self.world <= self.log.high + apart


def check_fit(seen: Seen, plan: Plan) -> list[Checked]:
    """Posterior predictive check: headline figures of what was seen, and of worlds that the fitted plan makes.

    A world is the plan under another seed, over as many days, 28 at most. Reference: Gelman, Meng, Stern (1996), Posterior
    predictive assessment of model fitness; here with the fitted numbers alone, not with draws from their posterior.
    """
    days = min(plan.days, _DAYS)
    worlds = [figures_of(seen_of(replace(plan, seed=seed, days=days))) for seed in range(1, _WORLDS + 1)]
    return [
        Checked(name=name, log=found, worlds=tuple(world[name].value for world in worlds))
        for name, found in figures_of(seen).items()
        if found.is_known and all(name in world and world[name].is_known for world in worlds)
    ]


def figures_of(seen: Seen) -> Mapping[str, Estimate]:
    """The headline figures of what was seen, by their names: how much, by how many, how fast, what, how rightly."""
    audits, right = seen.audits, seen.audits["decided"] == seen.audits["audited"]
    each_day = np.bincount(seen.work["day"], weights=seen.work["n"], minlength=seen.days)
    present = np.unique(seen.work["day"].astype(np.int64) * len(seen.site) + seen.work["worker"]) // len(seen.site)
    people = np.bincount(present, minlength=seen.days)
    everywhere = np.ones(len(right), dtype=bool)
    found = {
        "decisions a day": mean(each_day),
        "people at work a day": mean(people.astype(np.float64)),
        "audits, of decisions": _of_decisions(seen),
        "seconds, median": _median(np.asarray(audits["active_s"], dtype=np.float64)),
        "accuracy": _share(seen, right, everywhere),
    }
    for place, site in enumerate(seen.sites):
        found[f"accuracy, {site.name}"] = _share(seen, right, seen.site[audits["worker"]] == place)
    for place, name in enumerate(seen.clauses):
        found[f"decided {name}"] = _share(seen, audits["decided"] == place, everywhere)
    return found


def _of_decisions(seen: Seen) -> Estimate:
    made = int(np.sum(seen.work["n"]))
    return proportion(min(len(seen.audits["pi"]), made), made) if made else Estimate.unknown(method="wilson")


def _share(seen: Seen, hits: Bools, rows: Bools) -> Estimate:
    """A share of decisions by their audits, each weighed by one over its odds; the interval is that of its worth."""
    w = seen.weights[rows]
    if not len(w):
        return Estimate.unknown(method="wilson")
    worth = float(w.sum() ** 2 / (w**2).sum())
    return proportion(worth * float(w[hits[rows]].sum() / w.sum()), worth, rows=len(w))


def _median(seconds: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Estimate:
    known = seconds[seconds > 0]
    if len(known) < 2:
        return Estimate.unknown(method="median")
    value = float(np.median(known))
    spread = value * float(np.std(np.log(known), ddof=1))
    return around(value, _OF_A_MEDIAN * spread / np.sqrt(len(known)), len(known), method="median", low=0.0)
