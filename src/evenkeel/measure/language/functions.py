"""The functions of the language: what each takes, gives and means, with an example that the tests compute."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from .typed import DAY, MOMENT, NUMBER, ON, PLAIN, TEXT, TIME, WORDS, YES_OR_NO, Kind
from .units import UNITS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

DAY_MS = UNITS["day"]


@dataclass(frozen=True, kw_only=True)
class Function:
    """A function of one row. `takes` are the names of the kinds of its arguments; the last may repeat (`repeats`).

    `gives` is the kind of what comes out; None: that of the first argument, which all others share. `compiled` makes an
    Ibis expression of Ibis expressions, `plain` a value of values: the second is what the first must agree with.
    """

    name: str
    takes: tuple[tuple[str, ...], ...]
    gives: Kind | None
    title: StrOrPromise
    example: str
    answer: Any
    compiled: Callable[..., Any]
    plain: Callable[..., Any]
    repeats: bool = False
    # `or_else` is there to be given what is empty; everything else is empty when an argument is.
    takes_empty: bool = False


def _lower(text: Any) -> Any:
    return text.lower()


def _epoch_ms(moment: Any) -> Any:
    # Engines differ on whether the seconds are whole: made so before they are asked.
    return moment.truncate("s").epoch_seconds().cast("float64") * 1000


def _seconds(moment: Any) -> float:
    from math import floor

    return float(floor(moment.timestamp()))


def _day(value: Any) -> Any:
    """The day of an Ibis moment in UTC, or the day itself."""
    return value.date() if value.type().is_timestamp() else value


def _plain_day(value: Any) -> Any:
    from datetime import UTC, datetime

    return value.astimezone(UTC).date() if isinstance(value, datetime) else value


def _pick(smaller: bool) -> Callable[..., Any]:
    def compiled(*values: Any) -> Any:
        import ibis

        return ibis.least(*values) if smaller else ibis.greatest(*values)

    return compiled


# Engines leave empty values out of `least`; a row with one missing would pass for known. So it is empty here.
def _whole(pick: Callable[..., Any]) -> Callable[..., Any]:
    def compiled(*values: Any) -> Any:
        from functools import reduce
        from operator import or_

        import ibis

        is_missing = reduce(or_, [value.isnull() for value in values])
        return is_missing.ifelse(ibis.null("float64"), pick(*values))

    return compiled


def _or_else(first: Any, second: Any) -> Any:
    import ibis

    return ibis.coalesce(first.nullif("") if first.type().is_string() else first, second)


_WHEN = ((MOMENT, DAY),)
FUNCTIONS: Sequence[Function] = (
    Function(
        name="lower", takes=((TEXT,),), gives=WORDS, title=_("The text in small letters."),
        example='lower("Spam")', answer="spam", compiled=_lower, plain=str.lower,
    ),
    Function(
        name="starts_with", takes=((TEXT,), (TEXT,)), gives=YES_OR_NO, title=_("Whether a text begins with another."),
        example='starts_with("hate-speech", "hate")', answer=True,
        compiled=lambda text, part: text.startswith(part), plain=str.startswith,
    ),
    Function(
        name="ends_with", takes=((TEXT,), (TEXT,)), gives=YES_OR_NO, title=_("Whether a text ends with another."),
        example='ends_with("hate-speech", "speech")', answer=True,
        compiled=lambda text, part: text.endswith(part), plain=str.endswith,
    ),
    Function(
        name="contains", takes=((TEXT,), (TEXT,)), gives=YES_OR_NO, title=_("Whether a text holds another."),
        example='contains("hate-speech", "-")', answer=True,
        compiled=lambda text, part: text.contains(part), plain=lambda text, part: part in text,
    ),
    Function(
        name="length", takes=((TEXT,),), gives=PLAIN, title=_("How many characters a text has."),
        example='length("spam")', answer=4.0, compiled=lambda text: text.length().cast("float64"),
        plain=lambda text: float(len(text)),
    ),
    Function(
        name="abs", takes=((NUMBER,),), gives=None, title=_("A number without its sign."),
        example="abs(-3)", answer=3.0, compiled=lambda number: number.abs(), plain=abs,
    ),
    Function(
        name="least", takes=((NUMBER,), (NUMBER,)), gives=None, repeats=True, title=_("The smallest of some numbers."),
        example="least(3, 1, 2)", answer=1.0, compiled=_whole(_pick(True)), plain=min,
    ),
    Function(
        name="greatest", takes=((NUMBER,), (NUMBER,)), gives=None, repeats=True,
        title=_("The largest of some numbers."),
        example="greatest(3, 1, 2)", answer=3.0, compiled=_whole(_pick(False)), plain=max,
    ),
    Function(
        name="or_else", takes=((NUMBER, TEXT), (NUMBER, TEXT)), gives=None, takes_empty=True,
        title=_("The first, unless it is empty: then the second."),
        example='or_else("", "none")', answer="none",
        compiled=_or_else, plain=lambda first, second: second if first in (None, "") else first,
    ),
    Function(
        name="day", takes=((MOMENT,),), gives=ON, title=_("The day of a moment, in UTC."),
        example="day(at)", answer="2026-03-02", compiled=lambda at: at.date(), plain=_plain_day,
    ),
    Function(
        name="hour", takes=((MOMENT,),), gives=PLAIN, title=_("The hour of a moment, 0 to 23, in UTC."),
        example="hour(at)", answer=9.0, compiled=lambda at: at.hour().cast("float64"),
        plain=lambda at: float(at.hour),
    ),
    Function(
        name="weekday", takes=_WHEN, gives=PLAIN, title=_("The day of the week: 1 is Monday, 7 is Sunday; in UTC."),
        example="weekday(at)", answer=1.0,
        compiled=lambda when: _day(when).day_of_week.index().cast("float64") + 1,
        plain=lambda when: float(_plain_day(when).isoweekday()),
    ),
    Function(
        name="days_between", takes=(_WHEN[0], _WHEN[0]), gives=PLAIN,
        title=_("How many days from the first to the second, by the calendar in UTC; negative when it lies before."),
        example="days_between(2026-03-01, 2026-03-15)", answer=14.0,
        compiled=lambda first, second: _day(second).delta(_day(first), unit="day").cast("float64"),
        plain=lambda first, second: float((_plain_day(second) - _plain_day(first)).days),
    ),
    Function(
        name="time_between", takes=((MOMENT,), (MOMENT,)), gives=TIME,
        title=_("How long from the first moment to the second, to the second; negative when it lies before."),
        example="time_between(at, at)", answer=0.0,
        compiled=lambda first, second: _epoch_ms(second) - _epoch_ms(first),
        plain=lambda first, second: (_seconds(second) - _seconds(first)) * 1000,
    ),
)  # fmt: skip
BY_NAME = {each.name: each for each in FUNCTIONS}


@dataclass(frozen=True, kw_only=True)
class Aggregate:
    """A function over all rows that count: the outermost of what a metric measures."""

    name: str
    takes: StrOrPromise
    title: StrOrPromise
    example: str
    estimator: StrOrPromise


AGGREGATES: Sequence[Aggregate] = (
    Aggregate(
        name="share", takes=_("yes or no"), example="share(is_right)",
        title=_("The share of rows for which it is yes. Rows for which it is empty do not count."),
        estimator=_("Hájek's ratio, Wilson's interval on the effective sample size"),
    ),
    Aggregate(
        name="mean", takes=_("a number or a time"), example="mean(active_ms)",
        title=_("The mean. Rows without a value do not count."),
        estimator=_("weighted mean, Student's interval"),
    ),
    Aggregate(
        name="median", takes=_("a time"), example="median(active_ms)",
        title=_("The time that half of the rows stay below. By place, not by person; takes no weight."),
        estimator=_("histogram of 1 % steps, interval by the order of rows"),
    ),
    Aggregate(
        name="p90", takes=_("a time"), example="p90(active_ms)",
        title=_("The time that nine in ten rows stay below. By place, not by person; takes no weight."),
        estimator=_("histogram of 1 % steps, interval by the order of rows"),
    ),
    Aggregate(
        name="sum", takes=_("a number or a time"), example="sum(seconds)",
        title=_("The sum over all rows."),
        estimator=_("counted; with weights Horvitz and Thompson's total, its interval on the log scale"),
    ),
    Aggregate(
        name="count", takes=_("nothing, or yes or no"), example='count(origin = "api")',
        title=_("How many rows; with a condition, for how many it is yes."),
        estimator=_("counted; with weights Horvitz and Thompson's total, its interval on the log scale"),
    ),
    Aggregate(
        name="per_hour", takes=_("a time; or a number and a time"), example="per_hour(active_ms)",
        title=_("Rows per hour of a time, or so much of a number per hour of it."),
        estimator=_("ratio of sums, linearised, Student's interval"),
    ),
)  # fmt: skip
AGGREGATE_NAMES = frozenset(each.name for each in AGGREGATES)
