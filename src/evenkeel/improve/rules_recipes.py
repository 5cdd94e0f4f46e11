"""Does a recipe give the same again, and if not, what is different in the data?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

# Sums of floating numbers may end otherwise on another machine or engine; nobody acts on the tenth digit.
_DIGITS = 9


def digest_of(said: Any) -> str:
    """The SHA-256 of a result as JSON, numbers to nine significant digits.

    >>> digest_of({"a": 0.1 + 0.2}) == digest_of({"a": 0.3})
    True
    """
    return hashlib.sha256(json.dumps(_rounded(said), sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _rounded(said: Any) -> Any:
    if isinstance(said, bool) or said is None or isinstance(said, str):
        return said
    if isinstance(said, (int, float)):
        return float(f"{said:.{_DIGITS}g}") if isfinite(said) else None
    if isinstance(said, Mapping):
        return {str(name): _rounded(value) for name, value in said.items()}
    return [_rounded(value) for value in said]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that is not as it was: `kind` is one of the sentences of `words.DIFFERENCES`, `said` fills it."""

    kind: str
    said: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {"kind": self.kind, "said": dict(self.said)}


def in_data(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    """What is different in the data that two runs read: metric, audits of either window, the log behind them."""
    found = []
    if before["metric_version"] != now["metric_version"]:
        found.append(Difference(kind="metric", said={"old": before["metric_version"], "new": now["metric_version"]}))
    for window in ("before", "now"):
        old, new = before[window], now[window]
        if old["digest"] != new["digest"]:
            same_n = old["n"] == new["n"]
            found.append(
                Difference(
                    kind=f"rows_{window}" if same_n else f"audits_{window}",
                    said={"old": old["n"], "new": new["n"], "old_errors": old["errors"], "new_errors": new["errors"]},
                )
            )
    if before.get("elsewhere", "") != now.get("elsewhere", ""):
        found.append(Difference(kind="elsewhere"))
    for fact, old in before["facts"].items():
        new = now["facts"].get(fact, {"rows": 0, "digest": ""})
        if old["digest"] != new["digest"]:
            found.append(Difference(kind="log", said={"fact": fact, "old": old["rows"], "new": new["rows"]}))
    return found


def in_result(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    """What came out otherwise: the verdict, either figure, the causes. Empty means the same result."""
    found = []
    if before["verdict"] != now["verdict"]:
        found.append(Difference(kind="verdict", said={"old": before["verdict"], "new": now["verdict"]}))
    for window in ("baseline", "current"):
        if _rounded(before[window]) != _rounded(now[window]):
            old, new = before[window], now[window]
            found.append(
                Difference(
                    kind=f"figure_{window}",
                    said={"old": old["value"], "new": new["value"], "old_n": old["n"], "new_n": new["n"]},
                )
            )
    # With the number of people behind each: a cause about a few is not named to everybody.
    old_causes, new_causes = (
        {each["title"]: each["people"] for each in run["drivers"] if each["is_cause"]} for run in (before, now)
    )
    for kind, causes, others in (("cause_gone", old_causes, new_causes), ("cause_new", new_causes, old_causes)):
        found += [
            Difference(kind=kind, said={"title": title, "people": causes[title]})
            for title in sorted(causes.keys() - others.keys())
        ]
    if not found and digest_of(before["drivers"]) != digest_of(now["drivers"]):
        found.append(Difference(kind="drivers"))
    return found
