"""What a day of work costs: hours on duty at the price of the site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .day import Work
from .ids import new_ids

_COSTS = 14


def cost_rows(work: Work, clock: Mapping[str, Any], programme_id: object) -> dict[str, Any]:
    """One row a person's day: all of her stretches of the clock, breaks included, at her site's price an hour."""
    import pyarrow as pa

    worker, first = np.unique(work.worker, return_index=True)
    seconds = np.asarray(clock["seconds"]).reshape(len(worker), -1).sum(axis=1)
    price = np.array([site.cost_an_hour for site in work.plan.sites])[work.site[first]]
    rng, count = np.random.default_rng([work.plan.seed, _COSTS, work.day]), len(worker)
    # The clock has a row a person and state, people outermost.
    own = pa.array(np.arange(count) * (len(clock["seconds"]) // max(count, 1)))
    return {
        "id": new_ids(work.at[first], rng),
        "sign": np.ones(count, np.int64),
        "day": np.full(count, np.datetime64(work.plan.date_of(work.day))).astype("datetime64[D]"),
        "programme_id": pa.array([str(programme_id)] * count, pa.string()),
        **{name: clock[name].take(own) for name in ("queue_id", "organisation_id", "site_id", "team_id", "worker_id")},
        "category": pa.array(["work"] * count, pa.string()),
        "amount_cents": np.rint(seconds / 3600 * price * 100).astype(np.int64),
    }
