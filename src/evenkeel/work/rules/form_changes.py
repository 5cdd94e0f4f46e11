"""What is different between two versions of a form, as rows that people read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


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
    old, new = dict(_flat(before)), dict(_flat(after))
    paths = [*new, *(path for path in old if path not in new)]
    changed = [
        FormChange(" › ".join(path), old.get(path, ""), new.get(path, ""))
        for path in paths
        if old.get(path, "") != new.get(path, "")
    ]
    orders = [[field["name"] for field in spec["fields"]] for spec in (before, after)]
    kept = [[name for name in order if name in orders[0] and name in orders[1]] for order in orders]
    if kept[0] != kept[1]:
        changed.append(FormChange(_("order of the fields"), ", ".join(kept[0]), ", ".join(kept[1])))
    return changed


def _flat(said: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(said, Mapping):
        for name, value in said.items():
            yield from _flat(value, path if name == "fields" and not path else (*path, str(name)))
    elif isinstance(said, list) and said and all(isinstance(each, Mapping) for each in said):
        # Fields and choices are known by their names and values, so that moving one is not changing all.
        for place, each in enumerate(said):
            name = str(each.get("name") or each.get("value") or place + 1)
            yield from _flat({key: value for key, value in each.items() if key not in ("name", "value")}, (*path, name))
    else:
        yield path, _told(said)


def _told(said: Any) -> str:
    if isinstance(said, bool):
        return _("yes") if said else _("no")
    return ", ".join(str(each) for each in said) if isinstance(said, list) else str(said)
