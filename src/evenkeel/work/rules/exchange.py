"""What passes between us and other tools: an item as a file has it, with what was answered about it there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from .items import NewItem

LABEL_LENGTH, WORKER_LENGTH = 120, 64
# Answers that a model gave or that nobody signed: kept beside the item, never counted as somebody's decision.
PREDICTIONS = "predictions"


class Said(NamedTuple):
    """An answer in a file. Without a `worker_code` nobody is known to have given it. A tuple: they come in millions."""

    answer: Mapping[str, Any]
    label: str = ""
    worker_code: str = ""
    decided_at: datetime | None = None
    active_ms: int | None = None
    model: str = ""
    score: float | None = None
    is_prediction: bool = False


class Record(NamedTuple):
    """One row of a file: an item, or an answer about one that is there already, or a form."""

    row: int
    key: str
    item: NewItem | None = None
    said: Sequence[Said] = ()
    form: Mapping[str, Any] | None = None


class SentItem(NamedTuple):
    """An item on its way out, with the answers that stand. A tuple: they go in millions."""

    key: str
    kind: str
    language: str
    content: Mapping[str, Any]
    attributes: Mapping[str, Any]
    created_at: datetime
    said: Sequence[SentDecision] = ()


class SentDecision(NamedTuple):
    """A decision on its way out."""

    id: str
    item: str
    worker: str
    label: str
    answer: Mapping[str, Any]
    replicate: int
    origin: str
    queue: str
    form: str
    decided_at: datetime
    active_ms: int | None
    is_taken_back: bool
    kinds: Mapping[str, str] = MappingProxyType({})


def label_of(answer: Mapping[str, Any], *, main: str = "") -> str:
    """The short label under which an answer is counted: the main field's value, else the first that is one, else how many.

    >>> label_of({"boxes": [{"label": "Car"}, {"label": "Car"}]})
    '2 boxes'
    >>> label_of({"comment": "…", "choice": "Yes"}, main="choice")
    'Yes'
    """
    ordered = [main, *answer] if main in answer else list(answer)
    for name in ordered:
        value = answer[name]
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value)[:LABEL_LENGTH]
        if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
            return ", ".join(value)[:LABEL_LENGTH]
    return next(
        (f"{len(answer[name])} {name}"[:LABEL_LENGTH] for name in ordered if isinstance(answer[name], list)), "–"
    )


def moment_of(said: Any) -> datetime | None:
    """A moment from its usual spellings; without a zone it counts as UTC. None when it is none. Raises `ValueError`."""
    if said in (None, ""):
        return None
    moment = said if isinstance(said, datetime) else datetime.fromisoformat(str(said))
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    if not datetime(1970, 1, 1, tzinfo=UTC) < moment < datetime(2200, 1, 1, tzinfo=UTC):
        raise ValueError(_("it lies before 1970 or after 2200"))
    return moment.astimezone(UTC)


def as_prediction(said: Said) -> dict[str, Any]:
    """An unsigned answer as it is kept among an item's attributes."""
    kept: dict[str, Any] = {"answer": dict(said.answer)}
    if said.model:
        kept["model"] = said.model
    if said.score is not None:
        kept["score"] = said.score
    return kept


def prediction_from(kept: Any) -> Said | None:
    """The other way round; None for what is no prediction."""
    if not isinstance(kept, Mapping) or not isinstance(kept.get("answer"), Mapping):
        return None
    score = kept.get("score")
    return Said(
        answer=kept["answer"],
        label=label_of(kept["answer"]),
        model=str(kept.get("model", "")),
        score=float(score) if isinstance(score, int | float) and not isinstance(score, bool) else None,
        is_prediction=True,
    )
