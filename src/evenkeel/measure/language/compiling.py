"""From meaning to one Ibis expression over the rows of a fact: nothing that DuckDB has and Spark has not.

Empty is what SQL calls null: what is computed from something empty is empty, `and` and `or` know what they can without
it, and dividing by zero gives nothing. Every number is a double, so no sum overflows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import add, and_, eq, ge, gt, le, lt, mul, ne, or_, sub
from typing import Any

from .functions import BY_NAME
from .typed import NUMBER, TEXT, YES_NO, Kind, Typed

_SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge, "+": add, "-": sub, "*": mul,
}  # fmt: skip


def compiled(part: Typed, rows: Any) -> Any:
    """The Ibis expression of a part over `rows`, an Ibis table of the fact."""
    import ibis

    if part.op == "literal":
        return ibis.literal(part.value, type=_ibis_type(part.kind))
    if part.op == "column":
        return _column(part, rows)
    args = [compiled(each, rows) for each in part.args]
    if part.op == "fn":
        return BY_NAME[part.value].compiled(*args)
    if part.op in ("and", "or"):
        return _balanced(and_ if part.op == "and" else or_, args)
    if part.op == "not":
        return ~args[0]
    if part.op == "minus":
        return -args[0]
    if part.op == "/":
        return args[0] / args[1].nullif(0.0)
    if part.op == "in":
        return args[0].isin(args[1:])
    if part.op == "between":
        # Not `between`: Ibis makes a list look-up of equal ends, and engines differ on empty ones.
        return (args[0] >= args[1]) & (args[0] <= args[2])
    if part.op == "empty":
        is_null = args[0].isnull()
        return is_null | (args[0] == "").fill_null(False) if part.args[0].kind.name == TEXT else is_null
    if part.op == "if":
        return _chosen(args)
    return _SIGNS[part.op](*args)


def _column(part: Typed, rows: Any) -> Any:
    name, scale = part.value
    column = rows[name]
    if part.kind.name == NUMBER:
        column = column.cast("float64")
        return column if scale in (None, 1.0) else column * scale
    return column


def _chosen(args: Sequence[Any]) -> Any:
    found = args[-1]
    for place in range(len(args) - 3, -1, -2):
        # A condition that is empty does not hold.
        found = args[place].fill_null(False).ifelse(args[place + 1], found)
    return found


def _balanced(join: Callable[[Any, Any], Any], parts: list[Any]) -> Any:
    """Many conditions as a tree that is as deep as it must be and no deeper."""
    while len(parts) > 1:
        parts = [
            join(*parts[place : place + 2]) if place + 1 < len(parts) else parts[place]
            for place in range(0, len(parts), 2)
        ]
    return parts[0]


def _ibis_type(kind: Kind) -> str:
    return {NUMBER: "float64", TEXT: "string", YES_NO: "boolean"}.get(kind.name, "date")
