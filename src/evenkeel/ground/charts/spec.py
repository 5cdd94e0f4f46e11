"""What a chart is made of: plain frozen values, the same for page, document and table."""

from __future__ import annotations

import dataclasses
import math
import re
import typing
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Protocol, Self, SupportsFloat, TypeGuard, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..catalogue import Catalogue

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from .canvas import Canvas

X = date | float | str
"""Where a point stands: a day or moment, a number, or a category."""

SAFE_LINK = re.compile(r"(?i)(https?:|mailto:|[/?#.])")

Cell = date | float | str | None
Tone = Literal["muted", "good", "warn", "bad"]


class EstimateLike(Protocol):
    """A value that carries its uncertainty and sample size; `evenkeel.kernel.Estimate` is one."""

    @property
    def value(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def n(self) -> float | None: ...


Value = SupportsFloat | EstimateLike | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A value with its interval and sample size, where they are known."""

    value: float | None
    low: float | None = None
    high: float | None = None
    n: float | None = None

    @classmethod
    def of(cls, value: Value) -> Reading:
        """Any value as a reading whose missing and not-finite parts are `None`."""
        if value is None or isinstance(value, float | int):
            return cls(finite(value))
        if _is_estimate(value):
            return cls(finite(value.value), finite(value.low), finite(value.high), finite(value.n))
        return cls(finite(cast("SupportsFloat", value)))

    @property
    def has_interval(self) -> bool:
        return self.value is not None and self.low is not None and self.high is not None

    @property
    def span(self) -> list[float]:
        """All that must fit on the axis."""
        return [part for part in (self.value, self.low, self.high) if part is not None and self.value is not None]


def safe_link(href: str) -> str:
    """The address if it is one, "" otherwise: a link made of data must not become a script."""
    return href if SAFE_LINK.match(href) else ""


def _is_estimate(value: SupportsFloat | EstimateLike) -> TypeGuard[EstimateLike]:
    # isinstance() with a protocol costs more than all the rest of a point.
    return hasattr(value, "low") and hasattr(value, "n")


def finite(value: SupportsFloat | None) -> float | None:
    """The number, or `None` when it is missing, not a number, infinite, or too large to be placed on any axis."""
    if value is None:
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) and abs(number) < 1e150 else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Axis:
    """How values read. Percent: the values are shares, 0 to 1. `low` and `high`: the axis reaches at least this far."""

    title: str = ""
    format: Literal["number", "percent"] = "number"
    unit: str = ""
    low: float | None = None
    high: float | None = None
    zero: bool = False


PLAIN = Axis()


@dataclass(frozen=True, kw_only=True)
class Point:
    """One value at one place."""

    x: X
    y: Value
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One value with a name. `thin`: too few cases to be compared."""

    label: str
    value: Value
    href: str = ""
    thin: bool = False


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened and may explain a change."""

    x: X
    label: str
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A value to compare with: a target, a median."""

    value: float
    label: str
    tone: Tone = "muted"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart's table and how its numbers read."""

    title: str
    axis: Axis = PLAIN


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a chart, nothing rounded. `hrefs` has one entry a row; "" where a row opens nothing."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    hrefs: tuple[str, ...]

    @classmethod
    def of(cls, columns: Sequence[Column], rows: Sequence[tuple[Sequence[Cell], str]]) -> Table:
        return cls(
            tuple(columns),
            tuple(tuple(cells) for cells, _href in rows),
            tuple(safe_link(href) for _cells, href in rows),
        )

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(column.title for column in self.columns)

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The rows as text in full precision; "–" where nothing is known."""
        from .words import exact

        return tuple(
            tuple(exact(cell, column.axis) for cell, column in zip(row, self.columns, strict=True)) for row in self.rows
        )


@dataclass(frozen=True, slots=True)
class Parameter:
    """One field of a kind, for the gallery and the manual."""

    name: str
    why: StrOrPromise
    is_required: bool


@dataclass(frozen=True, kw_only=True)
class Chart:
    """The base of every kind. A kind adds its data, draws itself on a canvas and gives the same numbers as a table."""

    slug: ClassVar[str]
    kind_title: ClassVar[StrOrPromise]
    why: ClassVar[StrOrPromise]
    is_inline: ClassVar[bool] = False

    title: Annotated[str, gettext_lazy("What is shown. The page or the document prints it, not the drawing.")]
    description: Annotated[str, gettext_lazy("What the chart says, in a sentence or two, for screen readers.")] = ""
    empty: Annotated[str, gettext_lazy("The sentence shown when there is nothing to draw.")] = ""

    @classmethod
    def example(cls) -> Self:
        """A worked example, real enough for the manual."""
        raise NotImplementedError

    @property
    def is_empty(self) -> bool:
        raise NotImplementedError

    def draw(self, canvas: Canvas) -> None:
        """Draw on a canvas of a given width and set its height. Called only when there is something to draw."""
        raise NotImplementedError

    def table(self) -> Table:
        raise NotImplementedError

    @classmethod
    def parameters(cls) -> list[Parameter]:
        """The fields with their reasons, as `Annotated` states them."""
        hints = typing.get_type_hints(cls, include_extras=True, localns={"StrOrPromise": Any})
        return [
            Parameter(
                field.name,
                getattr(hints[field.name], "__metadata__", ("",))[0],
                field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING,
            )
            for field in dataclasses.fields(cls)
        ]


chart_kinds: Catalogue[type[Chart]] = Catalogue("chart", package=f"{__package__}.kinds")


def value_columns(axis: Axis) -> list[Column]:
    """The four columns that every value with an interval has in a table."""
    return [Column(axis.title or _("Value"), axis), Column(_("Low"), axis), Column(_("High"), axis), Column(_("n"))]


def value_cells(value: Value) -> list[Cell]:
    reading = Reading.of(value)
    return [reading.value, reading.low, reading.high, reading.n]
