"""What an expression says, before anybody has looked whether it makes sense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Node:
    """One part of an expression: what it does, with what, and where it stands in the text.

    `op` is `literal` (value, and `unit` for numbers), `name`, `call` (value: the function), `and`, `or`, `not`, `minus`, a
    comparison, an arithmetic sign, `in`, `empty`, or `if` (condition, value, condition, value, ..., otherwise).
    """

    op: str
    start: int
    end: int
    args: tuple[Node, ...] = ()
    value: Any = None
    unit: str = ""
