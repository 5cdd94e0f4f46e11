"""What really was: kept beside the log, in a folder that no part of the product reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..events import Event
from .day import Judged, Work
from .install import Installed
from .plan import Plan

if TYPE_CHECKING:
    import pyarrow.parquet as pq

FOLDER = "truth"
_GRAIN = 2.0**20


class Truth:
    """Sums of a run: by day, person, market and true clause, how many decisions, right ones, and right ones to be expected.

    Each day is written as it comes: a year of a thousand people would be a gigabyte in memory.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writer: pq.ParquetWriter | None = None

    def note(self, work: Work, judged: Judged) -> None:
        """Take in a day."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        plan = work.plan
        shape = (len(work.staff), len(plan.markets), len(plan.clauses))
        place = np.ravel_multi_index((work.worker, work.market, work.truth), shape)
        cells, back = np.unique(place, return_inverse=True)
        worker, market, clause = np.unravel_index(cells, shape)
        audited = np.zeros(len(work), dtype=bool)
        active_s = np.trunc(work.seconds * 1000) / 1000
        audited[judged.row] = True
        weight, found_right = np.zeros(len(work)), np.zeros(len(work))
        weight[judged.row] = _grained(1 / judged.pi)
        found_right[judged.row] = np.where(judged.label == work.label[judged.row], weight[judged.row], 0.0)
        cells_of_day = pa.table(
            {
                "day": pa.array([work.day] * len(cells), pa.int32()),
                "worker": pa.array(worker, pa.int32()),
                "market": pa.array(market, pa.int16()),
                "clause": pa.array(clause, pa.int16()),
                "n": pa.array(np.bincount(back, minlength=len(cells)), pa.int64()),
                "right": pa.array(np.bincount(back, weights=work.is_right, minlength=len(cells)).astype(np.int64)),
                "hoped": pa.array(np.bincount(back, weights=work.chance, minlength=len(cells))),
                "audited": pa.array(np.bincount(back, weights=audited, minlength=len(cells)).astype(np.int64)),
                "seconds": pa.array(np.bincount(back, weights=work.seconds, minlength=len(cells))),
                # What the log's own sums must come to, to the last decision: see `adding`.
                "active_s": pa.array(np.bincount(back, weights=_grained(active_s), minlength=len(cells))),
                "acted_on": _whole(np.bincount(back, weights=work.label > 0, minlength=len(cells))),
                "weight": pa.array(np.bincount(back, weights=weight, minlength=len(cells))),
                "weight_right": pa.array(np.bincount(back, weights=found_right, minlength=len(cells))),
            }
        )
        if self._writer is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._writer = pq.ParquetWriter(self._folder / "cells.parquet", cells_of_day.schema, compression="zstd")
        self._writer.write_table(cells_of_day)

    def keep(self, *, plan: Plan, events: Sequence[Event], known: Installed, staff: Any) -> None:
        """Close `cells.parquet`, and write `plan.json` with ids, people and events beside it."""
        if self._writer is not None:
            self._writer.close()
        told = {
            "plan": asdict(plan),
            "programme": known.programme.pk,
            "queues": [queue.pk for queue in known.queues],
            "sites": known.site,
            "organisations": known.organisation,
            "teams": known.team,
            "team_names": staff.teams,
            "workers": known.worker,
            "worker_team": staff.team.tolist(),
            "worker_site": staff.site.tolist(),
            "events": [
                {"kind": event.slug, "is_fault": event.is_fault, "from_day": event.plan.from_day,
                 "until_day": event.plan.until_day, "where": dict(event.plan.where), "blames": dict(event.blames)}
                for event in events
            ],
        }  # fmt: skip
        (self._folder / "plan.json").write_text(json.dumps(told, default=_plain, indent=1))


def _grained(terms: Any) -> Any:
    """To the millionth that the product's sums are kept to, in which they come out alike in whatever order."""
    return np.rint(terms * _GRAIN) / _GRAIN


def _whole(sums: Any) -> Any:
    import pyarrow as pa

    return pa.array(sums.astype(np.int64))


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
