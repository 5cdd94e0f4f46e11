"""Personal sums of somebody who was erased: kept under her pseudonym, with the key that follows from it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from evenkeel.people import follows_erasure

from ..models import CellParts, WorkerDayParts
from ..sums import SUMS
from .adding import add_up, cell_key
from .parts import PLACE


@follows_erasure
def fold(pseudonym: UUID) -> None:
    """Write her cells anew under the keys that later rows of hers will have, so that both add up to one."""
    for model, by in (
        (WorkerDayParts, (*PLACE, "worker_id")),
        (CellParts, (*PLACE, "worker_id", "label", "policy_version_id")),
    ):
        rows = list(model._default_manager.filter(worker=pseudonym).values("metric", "day", *by, *SUMS))
        model._default_manager.filter(worker=pseudonym).delete()
        add_up(
            model,
            [{"id": cell_key(row["metric"], row["day"], *(row[name] for name in by)), **_columns(row)} for row in rows],
            sums=SUMS,
        )


def _columns(row: dict[str, Any]) -> dict[str, Any]:
    return {name.removesuffix("_id"): value for name, value in row.items()}
