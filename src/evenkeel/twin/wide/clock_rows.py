"""A shift by the time clock: production, and what else a scenario says that people do in it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from .day import Work
from .ids import new_ids, picked
from .install import Installed

# Sending and waiting between two items.
_SENT = 1.08
# Minutes of a day differ by so much from person to person (a quarter of the usual, log-normal). No source: chosen, 0.1 to 0.5
# tried.
_UNLIKE = 0.25


def time_rows(work: Work, known: Installed, rng: np.random.Generator, *, own: np.random.Generator) -> dict[str, Any]:
    """A person's day in stretches that touch: production as long as her active time, then each other state of the plan."""
    worker, first = np.unique(work.worker, return_index=True)
    active = np.bincount(work.worker, weights=work.seconds, minlength=len(work.staff))[worker]
    states = ["production", *work.plan.clock]
    minutes = np.array([0.0, *work.plan.clock.values()])
    lengths = np.exp(own.normal(0, _UNLIKE, (len(worker), len(states)))) * minutes * 60
    lengths[:, 0] = active * _SENT
    began = work.at[first][:, None] + (np.cumsum(lengths, axis=1) - lengths) * 1e6
    count = len(worker) * len(states)
    at = began.astype(np.int64).ravel()
    ids = new_ids(work.at[first], rng) if len(states) == 1 else new_ids(at, own)
    is_production = np.tile(np.arange(len(states)) == 0, len(worker))
    queue = picked([queue.pk for queue in known.queues], np.repeat(work.market[first], len(states)))
    who = np.repeat(worker, len(states))
    away = pa.array(~is_production)
    nothing = pa.scalar(None, pa.string())
    days = np.full(count, np.datetime64(work.plan.date_of(work.day)))
    return {
        "id": ids,
        "sign": np.ones(count, np.int64),
        "day": days.astype("datetime64[D]"),
        "began_at": at,
        "ended_at": at + (lengths.ravel() * 1e6).astype(np.int64),
        "seconds": lengths.ravel(),
        "state": pa.array(np.tile(np.array(states), len(worker)).tolist(), pa.string()),
        "origin": pa.array(np.where(is_production, "desk", "person").tolist(), pa.string()),
        "worker_id": picked(known.worker, who),
        "organisation_id": picked(known.organisation, work.staff.site[who]),
        "site_id": picked(known.site, work.staff.site[who]),
        "team_id": picked(known.team, work.staff.team[who]),
        "programme_id": pa.compute.if_else(away, nothing, pa.scalar(str(known.programme.pk))),
        "queue_id": pa.compute.if_else(away, nothing, queue),
    }
