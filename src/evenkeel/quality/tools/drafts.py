"""What a row becomes, before it is written: plain values, each known again by its key and its content."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Any, NamedTuple


class Decided(NamedTuple):
    """A decision as a row tells it. `decided_at` None: the moment of the import."""

    key: str
    digest: str
    item: str
    worker: str
    label: str
    decided_at: datetime | None
    active_ms: int | None
    queue: str
    policy_version: int | None
    site: str
    team: str
    worker_name: str
    answer: Mapping[str, Any] | None
    about: Mapping[str, str]


class Reviewed(NamedTuple):
    """A review as a row tells it. `odds` None: those of the mapping. `is_right` None: where the two answers agree."""

    key: str
    digest: str
    decision: str
    reviewer: str
    label: str
    is_right: bool | None
    error_class: str
    comment: str
    reviewed_at: datetime | None
    odds: float | None


class Timed(NamedTuple):
    """A stretch of working time as a row tells it."""

    key: str
    digest: str
    worker: str
    state: str
    began_at: datetime
    ended_at: datetime


class Draft(NamedTuple):
    """The facts of one row."""

    row: int
    decided: Decided | None
    reviewed: Reviewed | None
    timed: Timed | None


def fingerprint(*parts: object) -> str:
    """A short name for some values that no other values share.

    >>> len(fingerprint("a", 1)), fingerprint("a", 1) == fingerprint("a", 1), fingerprint("a1") == fingerprint("a", 1)
    (32, True, False)
    """
    return blake2b("\x1f".join(map(str, parts)).encode(), digest_size=16).hexdigest()
