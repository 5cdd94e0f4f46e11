"""Scorecards on plain values: is one sound, do marks fit it, and what do they come to?

    {"sections": [{"name": "policy", "title": "Policy", "weight": 3,
                   "points": [{"name": "clause", "title": "The right clause", "weight": 1, "is_critical": true,
                               "may_be_partly": false, "may_not_apply": true}]}],
     "causes": ["unclear guideline", "haste"], "pass_from": 0.85}

A point is met, partly met (half), missed, or does not apply. A section counts by its weight, a point by its weight within
its section; what does not apply leaves its weight to the rest. One critical point missed makes the whole score 0.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid

MET, PARTLY, MISSED, NOT_APPLICABLE = "met", "partly", "missed", "na"
WORTH = {MET: 1.0, PARTLY: 0.5, MISSED: 0.0}
SEVERITIES = (1, 2, 3, 4, 5)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SECTIONS, _POINTS, _CAUSES, _TITLE, _WEIGHT = 12, 60, 40, 160, 1_000
_POINT_KEYS = {"name", "title", "weight", "is_critical", "may_be_partly", "may_not_apply"}
_FLAGS = ("is_critical", "may_be_partly", "may_not_apply")


@dataclass(frozen=True, kw_only=True)
class Scored:
    """What marks come to: the score (None when nothing applied), each section's, and the critical points missed."""

    score: float | None
    parts: Mapping[str, float]
    missed_critical: tuple[str, ...]

    @property
    def is_zeroed(self) -> bool:
        """Whether a critical point was missed."""
        return bool(self.missed_critical)


def scored(spec: Mapping[str, Any], marks: Mapping[str, str]) -> Scored:
    """The score of checked marks: sum over sections of W_s * (sum w_i x_i / sum w_i) / sum W_s, over what applied.

    >>> card = {"sections": [
    ...     {"name": "a", "weight": 3, "points": [{"name": "p", "weight": 1}, {"name": "q", "weight": 1}]},
    ...     {"name": "b", "weight": 1, "points": [{"name": "r", "weight": 1, "is_critical": True}]}]}
    >>> scored(card, {"p": "met", "q": "partly", "r": "met"}).score
    0.8125
    >>> scored(card, {"p": "met", "q": "na", "r": "missed"}).score
    0.0
    """
    parts: dict[str, float] = {}
    above = below = 0.0
    missed = []
    for section in spec["sections"]:
        applied = [point for point in section["points"] if marks.get(point["name"], NOT_APPLICABLE) in WORTH]
        missed += [point["name"] for point in applied if point.get("is_critical") and marks[point["name"]] == MISSED]
        weight = sum(point["weight"] for point in applied)
        if weight:
            part = sum(point["weight"] * WORTH[marks[point["name"]]] for point in applied) / weight
            parts[section["name"]] = part
            above += section["weight"] * part
            below += section["weight"]
    score = above / below if below else None
    return Scored(score=0.0 if missed else score, parts=parts, missed_critical=tuple(missed))


def clean_marks(spec: Mapping[str, Any], marks: Any) -> dict[str, str]:
    """A mark for each point; `Invalid` names the points without one, or with one that they do not take."""
    if not isinstance(marks, Mapping):
        raise Invalid(_("Marks are an object with one mark a point."), fields={"marks": [_("Mark each point.")]})
    known = {point["name"]: point for section in spec["sections"] for point in section["points"]}
    faults = {str(name)[:80]: [_("The scorecard has no such point.")] for name in marks.keys() - known.keys()}
    for name, point in known.items():
        if marks.get(name) not in taken_marks(point):
            offered = ", ".join(taken_marks(point))
            faults[name] = [_("Mark this point: %(offered)s.") % {"offered": offered}]
    if faults:
        raise Invalid(_("The marks do not fit the scorecard."), fields=faults)
    return {name: str(marks[name]) for name in known}


def taken_marks(point: Mapping[str, Any]) -> tuple[str, ...]:
    """The marks that a point takes, best first.

    >>> taken_marks({"may_be_partly": True})
    ('met', 'partly', 'missed')
    """
    partly = (PARTLY,) if point.get("may_be_partly") else ()
    return (MET, *partly, MISSED, *((NOT_APPLICABLE,) if point.get("may_not_apply") else ()))


def check_scorecard(spec: Any) -> dict[str, Any]:
    """A scorecard's specification with what was left out filled in; `Invalid` says all that is wrong with it."""
    if not isinstance(spec, Mapping) or not isinstance(spec.get("sections"), list):
        raise _bad([_("A scorecard is an object with “sections”.")])
    faults = _faults(spec)
    if faults:
        raise _bad(faults)
    sections = [
        {
            "name": section["name"],
            "title": section["title"].strip(),
            "weight": section.get("weight", 1),
            "points": [
                {"name": point["name"], "title": point["title"].strip(), "weight": point.get("weight", 1)}
                | {flag: bool(point.get(flag, False)) for flag in _FLAGS}
                for point in section["points"]
            ],
        }
        for section in spec["sections"]
    ]
    causes = list(dict.fromkeys(cause.strip() for cause in spec.get("causes", [])))
    return {"sections": sections, "causes": causes, "pass_from": spec.get("pass_from")}


def _faults(spec: Mapping[str, Any]) -> list[str]:
    faults = []
    unknown = sorted(str(key) for key in spec.keys() - {"sections", "causes", "pass_from"})
    if unknown:
        faults.append(_("A scorecard has no %(keys)s.") % {"keys": ", ".join(unknown)})
    if not 1 <= len(spec["sections"]) <= _SECTIONS:
        faults.append(_("A scorecard has 1 to %(n)d sections.") % {"n": _SECTIONS})
    points: list[Any] = []
    for number, section in enumerate(spec["sections"], start=1):
        faults += [f"{_('Section')} {number}: {fault}" for fault in _section_faults(section)]
        if isinstance(section, Mapping) and isinstance(section.get("points"), list):
            points += section["points"]
    if len(points) > _POINTS:
        faults.append(_("A scorecard has at most %(n)d points.") % {"n": _POINTS})
    for rows in (spec["sections"], points):
        names = Counter(str(row["name"]) for row in rows if isinstance(row, Mapping) and "name" in row)
        faults += [_("Two are named %(name)s.") % {"name": name} for name, n in names.items() if n > 1]
    causes = spec.get("causes", [])
    if not isinstance(causes, list) or len(causes) > _CAUSES or not all(_is_title(cause, 80) for cause in causes):
        faults.append(_("“causes” is a list of at most %(n)d short sentences.") % {"n": _CAUSES})
    from_ = spec.get("pass_from")
    if from_ is not None and not (_is_number(from_) and 0 < from_ <= 1):
        faults.append(_("“pass_from” is a number above 0, up to 1."))
    return faults


def _section_faults(section: Any) -> list[str]:
    if not isinstance(section, Mapping) or not isinstance(section.get("points"), list) or not section["points"]:
        return [_("A section is an object with name, title, weight and at least one of “points”.")]
    faults = _row_faults(section, {"name", "title", "weight", "points"})
    for number, point in enumerate(section["points"], start=1):
        if not isinstance(point, Mapping):
            faults.append(_("A point is an object with name, title and weight."))
            continue
        found = _row_faults(point, _POINT_KEYS)
        if not all(isinstance(point.get(flag, False), bool) for flag in _FLAGS):
            found.append(_("%(flags)s are true or false.") % {"flags": ", ".join(_FLAGS)})
        faults += [f"{_('point')} {number}: {fault}" for fault in found]
    return faults


def _row_faults(row: Mapping[str, Any], keys: set[str]) -> list[str]:
    faults = []
    if unknown := sorted(str(key) for key in row.keys() - keys):
        faults.append(_("There is no %(keys)s here.") % {"keys": ", ".join(unknown)})
    if not isinstance(row.get("name"), str) or not _NAME.fullmatch(row["name"]):
        faults.append(_("A name has small letters, digits and _, and starts with a letter."))
    if not _is_title(row.get("title"), _TITLE):
        faults.append(_("A title has 1 to %(n)d characters.") % {"n": _TITLE})
    weight = row.get("weight", 1)
    if not (_is_number(weight) and 0 < weight <= _WEIGHT):
        faults.append(_("A weight is a number above 0, up to %(n)d.") % {"n": _WEIGHT})
    return faults


def _is_title(said: Any, most: int) -> bool:
    return isinstance(said, str) and 0 < len(said.strip()) <= most and "\x00" not in said


def _is_number(said: Any) -> bool:
    return isinstance(said, int | float) and not isinstance(said, bool) and isfinite(said)


def _bad(faults: list[str]) -> Invalid:
    return Invalid(_("The scorecard cannot be used like this."), fields={"spec": faults})
