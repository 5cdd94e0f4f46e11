"""What a decision keeps of what it was about, as it was then: so that a figure can be cut by it for ever after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any

_VIOLATES = {"bad": True, "good": False}


def violates(spec: Mapping[str, Any], label: str) -> bool | None:
    """Whether an answer says that the content breaks the policy: the choice's `is_violation`, or its tone bad or good.

    >>> form = {"main": "a", "fields": [{"name": "a", "choices": [{"value": "Yes", "tone": "bad"}, {"value": "?"}]}]}
    >>> violates(form, "Yes"), violates(form, "?")
    (True, None)
    """
    main: Mapping[str, Any] = next((field for field in spec["fields"] if field["name"] == spec["main"]), {})
    choice = next((choice for choice in main.get("choices", ()) if choice["value"] == label), None)
    if choice is None:
        return None
    said = choice.get("is_violation")
    return _VIOLATES.get(str(choice.get("tone"))) if said is None else bool(said)


def said_by_item(*, language: str, kind: str, attributes: Mapping[str, Any]) -> dict[str, Any]:
    """An item's words about itself as a decision's columns: market, source, views and the odds with which it was drawn.

    >>> said = said_by_item(language="de", kind="text", attributes={"market": "AT", "views": 120, "source": 7})
    >>> said["market"], said["views"], said["source"], said["item_pi"]
    ('AT', 120.0, '7', None)
    """
    odds = _number(attributes.get("inclusion_probability"))
    return {
        "language": language or None,
        "item_kind": kind or None,
        "market": _text(attributes.get("market")),
        "source": _text(attributes.get("source")),
        "views": _number(attributes.get("views")),
        # Odds of nothing or of more than one are no odds.
        "item_pi": odds if odds is not None and 0 < odds <= 1 else None,
    }


def days_since(first: date | None, now: datetime) -> int | None:
    """Whole days since somebody's first day; None where it is not known or lies ahead."""
    return None if first is None or first > now.date() else (now.date() - first).days


def _text(value: Any) -> str | None:
    return str(value)[:40] if isinstance(value, (str, int)) and not isinstance(value, bool) and value != "" else None


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value) or value < 0:
        return None
    return float(value)
