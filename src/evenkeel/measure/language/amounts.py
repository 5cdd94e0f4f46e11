"""Single amounts as people write them: 95 %, 30 s, 1.5. The same words as in an expression."""

from __future__ import annotations

from .errors import WrongExpression
from .reading import read
from .units import UNITS


def read_amount(text: str) -> float:
    """A number: a share for percent, milliseconds for a time. Raises `WrongExpression`."""
    node = read(text)
    if node.op != "literal" or not isinstance(node.value, float):
        from django.utils.translation import gettext as _

        raise WrongExpression(_("Write a number: 95 %, 30 s, 1.5."), start=node.start, end=node.end)
    return node.value * UNITS[node.unit] if node.unit else node.value


def write_amount(value: float, unit: str) -> str:
    """The text that `read_amount` reads, in the usual unit.

    >>> write_amount(0.955, "percent"), write_amount(30_000.0, "duration_ms"), write_amount(1.5, "number")
    ('95.5 %', '30 s', '1.5')
    """
    if unit == "percent":
        return f"{value * 100:.10g} %"
    if unit == "duration_ms":
        return f"{value / 1000:.10g} s"
    return f"{value:.10g}"
