"""What is different between two versions of a form, as rows that people read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

_NAMES = {"name", "value"}
# Kinds whose choices follow from their other settings, which are told.
_MAKING_CHOICES = {"policy_tree", "rating", "pairwise"}
_FOLLOWING = _NAMES | {"choices"}


@dataclass(frozen=True)
class FormChange:
    """One difference; `before` is empty for what was added, `after` for what was removed."""

    what: str
    before: str
    after: str


def form_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FormChange]:
    """Every difference between two specifications, in order of the newer one, what was removed at the end.

    >>> old = {"question": "Safe?", "fields": [{"name": "label", "choices": [{"value": "No", "title": "Fine"}]}]}
    >>> new = {"question": "Safe?", "fields": [{"name": "label", "choices": [{"value": "No", "title": "Safe"}]}]}
    >>> form_changes(old, new)
    [FormChange(what='label › choices › No › title', before='Fine', after='Safe')]
    """
    changed = list(_differences(before, after, ()))
    orders = [[field["name"] for field in spec["fields"]] for spec in (before, after)]
    kept = [[name for name in order if name in orders[0] and name in orders[1]] for order in orders]
    if kept[0] != kept[1]:
        changed.append(FormChange(_("order of the fields"), ", ".join(kept[0]), ", ".join(kept[1])))
    return changed


def _differences(before: Any, after: Any, path: tuple[str, ...]) -> Iterator[FormChange]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        skipped = _FOLLOWING if before.get("kind") in _MAKING_CHOICES else _NAMES
        for name in (*after, *(name for name in before if name not in after)):
            if name not in skipped:
                inner = path if name == "fields" and not path else (*path, str(name))
                yield from _differences(before.get(name), after.get(name), inner)
    elif _are_named(before) or _are_named(after):
        # Fields and choices are known by their names and values, so that moving one is not changing all.
        old, new = ({_name(each): each for each in said or []} for said in (before, after))
        for name in (*new, *(name for name in old if name not in new)):
            if name in old and name in new:
                yield from _differences(old[name], new[name], (*path, name))
            else:
                yield FormChange(" › ".join((*path, name)), _summary(old.get(name)), _summary(new.get(name)))
    elif (before or None) != (after or None):
        yield FormChange(" › ".join(path), _told(before), _told(after))


def _are_named(said: Any) -> bool:
    return isinstance(said, list) and bool(said) and all(isinstance(each, Mapping) for each in said)


def _name(said: Mapping[str, Any]) -> str:
    return str(said.get("name") or said.get("value"))


def _summary(said: Mapping[str, Any] | None) -> str:
    return str(said.get("title") or _name(said)) if said else ""


def _told(said: Any) -> str:
    if said is None:
        return ""
    if isinstance(said, bool):
        return _("yes") if said else _("no")
    if isinstance(said, Mapping):
        return ", ".join(f"{name}: {_told(value)}" for name, value in said.items())
    return ", ".join(str(each) for each in said) if isinstance(said, list) else str(said)
