"""What a mapping says: checked when it is saved, suggested from the names of columns."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid

from .fields import ANCHORS, COLUMN, DECISION, DESIGNS, FIELDS, MOMENTS, NEEDED, OPTIONS, REVIEW, SHARE, TIME
from .sql import query_faults

_LONGEST_PATH, _LONGEST_QUERY, _MOST_VALUES = 300, 20_000, 500


def checked_spec(said: Mapping[str, Any], *, importer: str = "") -> dict[str, Any]:
    """A mapping's spec with every option filled in; `Invalid` names each place that does not fit."""
    faults: dict[str, list[str]] = {}
    for name in said.keys() - {"fields", "values", "options"}:
        faults[str(name)] = [_("A mapping says fields, values and options.")]
    fields = _fields(said.get("fields") or {}, faults)
    values = _values(said.get("values") or {}, faults)
    options = _options(said.get("options") or {}, faults)
    sections = sections_in(fields)
    if not sections and "fields" not in faults:
        faults["fields"] = [_("Say which column is the answer, the review, or the state of working time.")]
    for section in sections:
        for slug in NEEDED[section]:
            if slug not in fields:
                faults.setdefault(slug, []).append(_("This is needed: say which column it is."))
    if REVIEW in sections:
        _check_review(fields, sections, options, faults)
    if importer == "sql":
        for name, sentence in query_faults(options["connection"], options["query"]).items():
            faults.setdefault(name, []).append(sentence)
    spec = {"fields": fields, "values": values, "options": options}
    if not faults and "\\u0000" in json.dumps(spec):
        faults["spec"] = [_("It holds a NUL character.")]
    if faults:
        raise Invalid(_("The mapping does not fit."), fields=faults)
    return spec


def sections_in(fields: Mapping[str, str]) -> list[str]:
    """Which facts a mapping makes of its rows: decisions, reviews, times."""
    return [section for section, anchors in ANCHORS.items() if any(slug in fields for slug in anchors)]


def _fields(said: Any, faults: dict[str, list[str]]) -> dict[str, str]:
    if not isinstance(said, Mapping):
        faults["fields"] = [_("The fields are an object: field to column.")]
        return {}
    found: dict[str, str] = {}
    for slug, path in said.items():
        if slug not in FIELDS:
            near = difflib.get_close_matches(str(slug), FIELDS, n=1)
            hint = _("Did you mean “%(near)s”?") % {"near": near[0]} if near else _("There is no such field.")
            faults[str(slug)[:80]] = [hint]
        elif not isinstance(path, str) or len(path) > _LONGEST_PATH or "\x00" in path:
            faults[slug] = [_("A column is named by a text of up to %(n)d characters.") % {"n": _LONGEST_PATH}]
        elif path.strip():
            found[slug] = path.strip()
    return {slug: found[slug] for slug in FIELDS if slug in found}


def _values(said: Any, faults: dict[str, list[str]]) -> dict[str, dict[str, str | None]]:
    if not isinstance(said, Mapping):
        faults["values"] = [_("The values are an object: field to what its values become.")]
        return {}
    found: dict[str, dict[str, str | None]] = {}
    for slug, table in said.items():
        if slug not in FIELDS or not isinstance(table, Mapping) or len(table) > _MOST_VALUES:
            faults[f"values.{str(slug)[:80]}"] = [_("Name a field, and what each of its values becomes.")]
            continue
        kept = {str(value): None if ours is None else str(ours).strip() for value, ours in table.items()}
        if any(ours == "" or (ours is not None and len(ours) > 120) for ours in kept.values()):
            faults[f"values.{slug}"] = [
                _("A value becomes one of 1 to 120 characters, or nothing (null) to leave its rows out.")
            ]
        elif kept:
            found[slug] = kept
    return found


def _options(said: Any, faults: dict[str, list[str]]) -> dict[str, Any]:
    found = dict(OPTIONS)
    if not isinstance(said, Mapping):
        faults["options"] = [_("The options are an object.")]
        return found
    for name, value in said.items():
        if name not in OPTIONS:
            faults[f"options.{str(name)[:80]}"] = [_("There is no such option.")]
        else:
            found[name] = value
    for name in ("add_workers", "add_places", "add_queues"):
        if not isinstance(found[name], bool):
            faults[name] = [_("Say yes or no (true or false).")]
    for name, choices in (("design", DESIGNS), ("moments", MOMENTS)):
        if not isinstance(found[name], str) or found[name] not in choices:
            faults[name] = [_("Choose one of %(choices)s.") % {"choices": ", ".join(choices)}]
    try:
        ZoneInfo(str(found["time_zone"]))
    except (ValueError, OSError, LookupError):
        faults["time_zone"] = [_("There is no such time zone; UTC or Europe/Berlin, for example.")]
    named = found["attributes"]
    if not isinstance(named, list) or len(named) > _MOST_VALUES or not all(isinstance(each, str) for each in named):
        faults["attributes"] = [_("Name columns.")]
        found["attributes"] = []
    for name in ("connection", "query"):
        if not isinstance(found[name], str) or len(found[name]) > _LONGEST_QUERY:
            faults[name] = [_("A text of up to %(n)d characters.") % {"n": _LONGEST_QUERY}]
            found[name] = ""
    return found


def _check_review(
    fields: Mapping[str, str], sections: Sequence[str], options: Mapping[str, Any], faults: dict[str, list[str]]
) -> None:
    if "review_right" not in fields and "review_label" not in fields:
        faults.setdefault("review_right", []).append(
            _("Say which column tells whether it was right, or the reviewer’s answer.")
        )
    if DECISION not in sections and "reviewed_decision" not in fields and not {"item", "worker"} <= fields.keys():
        faults.setdefault("reviewed_decision", []).append(_("Say which column names the decision, or item and person."))
    share = options["share"]
    is_share = isinstance(share, int | float) and not isinstance(share, bool) and 0 < share <= 1
    if options["design"] == SHARE and not is_share:
        faults.setdefault("share", []).append(_("The share lies above 0 and is at most 1."))
    if options["design"] == COLUMN and "review_odds" not in fields:
        faults.setdefault("review_odds", []).append(_("Say which column has the odds."))


def suggest(columns: Iterable[str], *, known: Mapping[str, str] | None = None) -> dict[str, str]:
    """Fields to columns, guessed from the columns' names; `known` are those that an importer knows of itself.

    >>> suggest(["Content ID", "moderator", "Decision", "created_at", "market"])
    {'item': 'Content ID', 'worker': 'moderator', 'label': 'Decision', 'decided_at': 'created_at'}
    """
    found = dict(known or {})
    names: dict[str, str] = {}
    for column in columns:
        names.setdefault(_plain(column), column)
        names.setdefault(_plain(column.rpartition(".")[2]), column)
    taken = set(found.values())
    for slug, field in FIELDS.items():
        if slug not in found:
            hit = next((names[guess] for guess in field.guesses if guess in names and names[guess] not in taken), None)
            if hit is not None:
                found[slug] = hit
                taken.add(hit)
    return _whole(found)


def _whole(found: dict[str, str]) -> dict[str, str]:
    """Without what belongs to a section that is not there: a lone “started_at” is no working time."""
    if "time_worker" not in found and "time_state" in found and "worker" in found and "label" not in found:
        found["time_worker"] = found["worker"]
    there = {
        section
        for section in (DECISION, REVIEW, TIME)
        if any(slug in found for slug in ANCHORS[section])
        and all(slug in found for slug in NEEDED[section] if slug not in ("item", "worker"))
    }
    if {"item", "worker"} <= found.keys() and "reviewed_decision" not in found:
        # Whose decision about what is known: only the answer's column has a name that nobody could guess.
        there.add(DECISION)
    if REVIEW in there and not {"review_right", "review_label"} & found.keys():
        there.discard(REVIEW)
    return {
        slug: found[slug]
        for slug in FIELDS
        if slug in found and (FIELDS[slug].section in there or FIELDS[slug].section == "item" or slug == "worker")
    }


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")
