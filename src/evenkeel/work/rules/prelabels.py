"""Labels suggested beforehand: what a model said of an item, cut to what a form asks, and whether somebody followed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..kinds.answer import Unfit, answer_kinds
from ..kinds.item import Part
from .exchange import PREDICTIONS, prediction_from
from .forms import is_asked

# An item keeps so many predictions; older ones make room.
KEPT = 20


@dataclass(frozen=True, kw_only=True)
class Prelabel:
    """A suggestion: values of some or all of the form's fields, cleaned as an answer's are."""

    answer: Mapping[str, Any]
    model: str = ""
    score: float | None = None


def suggested(
    spec: Mapping[str, Any], attributes: Mapping[str, Any], parts: Mapping[str, Part] | None = None
) -> Prelabel | None:
    """The latest prediction among an item's attributes that says something the form asks; None when none does."""
    kept = attributes.get(PREDICTIONS)
    for each in reversed(kept if isinstance(kept, list) else []):
        said = prediction_from(each)
        answer = fitting(spec, said.answer, parts) if said else {}
        if said and answer:
            return Prelabel(answer=answer, model=said.model, score=said.score)
    return None


def fitting(
    spec: Mapping[str, Any], answer: Mapping[str, Any], parts: Mapping[str, Part] | None = None
) -> dict[str, Any]:
    """The values that fit the form's fields, in its order. What does not fit is left out: a suggestion need not be whole."""
    kept: dict[str, Any] = {}
    for field in spec["fields"]:
        value = answer.get(field["name"])
        if value in (None, "", [], {}) or not is_asked(spec, field, kept):
            continue
        kind = answer_kinds[field["kind"]]
        try:
            cleaned = kind.clean(field, value)
            kept[field["name"]] = cleaned if parts is None else kind.fit(field, cleaned, parts)
        except Unfit:
            continue
    return kept


def was_followed(prelabel: Prelabel, answer: Mapping[str, Any]) -> bool:
    """Whether an answer says in every suggested field what was suggested there.

    >>> was_followed(Prelabel(answer={"label": "Spam"}), {"label": "Spam", "why": "links"})
    True
    """
    return all(answer.get(name) == value for name, value in prelabel.answer.items())
