"""Reaching into a row: a column's name, a dotted path into what is nested, or a text made of several. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

Getter = Callable[[Mapping[str, Any]], Any]
_HOLE = re.compile(r"\{([^{}]+)\}")
_DEEPEST, _WIDEST = 6, 400


def getter(path: str) -> Getter:
    """What a path finds in a row; None where there is nothing.

    A path that begins with = is a text: `=panel` says panel of every row, and names in braces are filled in.

    >>> row = {"task": {"id": 7, "marks": ["Spam", "Scam"]}, "a.b": 1}
    >>> [getter(path)(row) for path in ("task.id", "task.marks.0", "a.b", "task.nothing", "=12/{task.id}", "=panel")]
    [7, 'Spam', 1, None, '12/7', 'panel']
    """
    if path.startswith("="):
        return _template(path[1:])
    steps = path.split(".")
    if len(steps) == 1:
        return lambda row: row.get(path)

    def walk(row: Mapping[str, Any]) -> Any:
        found: Any = row.get(path)
        if found is not None:
            return found
        found = row
        for step in steps:
            if isinstance(found, Mapping):
                found = found.get(step)
            elif isinstance(found, list) and step.isdigit() and int(step) < len(found):
                found = found[int(step)]
            else:
                return None
        return found

    return walk


def _template(text: str) -> Getter:
    holes = [getter(name) for name in _HOLE.findall(text)]
    if not holes:
        return lambda row: text
    pieces = _HOLE.split(text)[::2]

    def fill(row: Mapping[str, Any]) -> Any:
        found = [plain(hole(row)) for hole in holes]
        if not all(found):
            return None
        return pieces[0] + "".join(said + piece for said, piece in zip(found, pieces[1:], strict=True))

    return fill


def names_in(path: str) -> list[str]:
    """The columns that a path names.

    >>> names_in("=12/{task.id}"), names_in("task.id"), names_in("=panel")
    (['task.id'], ['task.id'], [])
    """
    return _HOLE.findall(path[1:]) if path.startswith("=") else [path] if path else []


def plain(value: Any) -> str:
    """A value as text without blanks around it; a list of texts by commas; "" for what is nested or missing.

    >>> [plain(said) for said in (" a ", 7, 2.0, True, None, ["x", "y"], {"z": 1})]
    ['a', '7', '2', 'true', '', 'x, y', '']
    """
    if isinstance(value, str):
        return value.strip()
    if value is None or isinstance(value, Mapping):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, list | tuple):
        return ", ".join(said for said in map(plain, value) if said)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def columns_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Every path that the rows have, in their order, each with the different values it holds there.

    >>> columns_of([{"id": 1, "by": {"mail": "a@b"}}, {"id": 2, "by": {"mail": "a@b"}}])
    {'id': ['1', '2'], 'by.mail': ['a@b']}
    """
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        for path, value in _leaves(row, "", 0):
            if path in found or len(found) < _WIDEST:
                said = found.setdefault(path, {})
                if value:
                    said[value] = None
    return {path: list(values) for path, values in found.items()}


def _leaves(value: Any, path: str, depth: int) -> Iterable[tuple[str, str]]:
    if isinstance(value, Mapping) and depth < _DEEPEST:
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}" if path else str(name), depth + 1)
        return
    if isinstance(value, list) and depth < _DEEPEST and any(isinstance(each, Mapping | list) for each in value):
        for place, inner in enumerate(value[:3]):
            yield from _leaves(inner, f"{path}.{place}", depth + 1)
        return
    yield path, plain(value)
