"""The expression language in which people define metrics and populations: small, typed, compiled to Ibis.

A text is read (`reading`), every name, kind and unit is checked (`checking`), and what it means becomes one Ibis
expression over the rows of a fact (`compiling`). There are no loops, no access to anything but the fact's columns, and a
bound on length and depth. Whatever is wrong is a `WrongExpression` that knows its place.
"""

from .amounts import read_amount, write_amount
from .compiling import compiled
from .errors import WrongExpression, nearest
from .figures import Figure, read_condition, read_figure, read_weight
from .functions import AGGREGATES, FUNCTIONS
from .tokens import KEYWORDS
from .typed import Kind, Names, Typed, columns_of
from .units import UNITS

__all__ = [
    "AGGREGATES",
    "FUNCTIONS",
    "KEYWORDS",
    "UNITS",
    "Figure",
    "Kind",
    "Names",
    "Typed",
    "WrongExpression",
    "columns_of",
    "compiled",
    "nearest",
    "read_amount",
    "read_condition",
    "read_figure",
    "read_weight",
    "write_amount",
]
