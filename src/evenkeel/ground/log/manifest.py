"""Which rows of a fact there are: so that a figure can say what it was made of, and whether that is still the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from .facts import Fact
from .read import written


@dataclass(frozen=True, kw_only=True)
class ManifestState:
    """The batches of a fact from a day on: how many, their rows, and a digest of which they are."""

    batches: int
    rows: int
    digest: str

    def to_dict(self) -> dict[str, object]:
        """As JSON keeps it."""
        return {"batches": self.batches, "rows": self.rows, "digest": self.digest}


def manifest_state(fact: Fact, *, since: date) -> ManifestState:
    """The state of a fact's manifest over `since` <= day. Compaction leaves it as it is: batches keep their ids.

    Rows waiting in the outbox are not among them. The digest is SHA-256 over the batches' ids and rows, in order of id.
    """
    found = list(written(fact).filter(day__gte=since).order_by("id").values_list("id", "rows"))
    told = hashlib.sha256()
    for batch_id, rows in found:
        told.update(f"{batch_id}:{rows};".encode())
    return ManifestState(batches=len(found), rows=sum(rows for _id, rows in found), digest=told.hexdigest())
