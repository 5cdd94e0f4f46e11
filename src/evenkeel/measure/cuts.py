"""Dimensions beside place: what each is called, and how a row of a fact tells its value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from evenkeel.ground.log import Fact


# Between the values of a kept pair.
BETWEEN = "\x1f"


@dataclass(frozen=True, kw_only=True)
class Extra:
    """A dimension beside place: the columns of a fact that may tell it, and how; "" where a row does not say."""

    slug: str
    title: StrOrPromise
    columns: tuple[str, ...]
    read: Callable[[Any], Any]

    def column_of(self, fact: Fact) -> str | None:
        """The column by which this fact tells it; None where it does not."""
        return next((name for name in self.columns if name in fact.columns), None)

    def of(self, fact: Fact, rows: Any) -> Any:
        """Its value for each row, as text; an Ibis expression."""
        import ibis

        column = self.column_of(fact)
        return ibis.literal("") if column is None else self.read(rows[column]).cast("string").fill_null("")


def _as_it_is(column: Any) -> Any:
    return column


# Upper ends in days, and what the band is called. They sort as they grow.
TENURE_BANDS = ((30, "000-029 days"), (90, "030-089 days"), (180, "090-179 days"), (365, "180-364 days"))
LONG_TENURE = "365 days and more"
HOUR_BANDS = ("00-06", "06-12", "12-18", "18-24")


def _tenure(column: Any) -> Any:
    import ibis

    bands = [(column < end, name) for end, name in TENURE_BANDS]
    return ibis.cases((column.isnull(), ""), *bands, else_=LONG_TENURE)


def _hour(column: Any) -> Any:
    import ibis

    hour = column.hour()
    bands = [(hour < 6 * (place + 1), name) for place, name in enumerate(HOUR_BANDS[:-1])]
    return ibis.cases((column.isnull(), ""), *bands, else_=HOUR_BANDS[-1])


EXTRAS: Mapping[str, Extra] = {
    extra.slug: extra
    for extra in (
        Extra(slug="hour", title=_("Hours of the day (UTC)"), columns=("decided_at", "began_at"), read=_hour),
        Extra(slug="item_kind", title=_("Kind of item"), columns=("item_kind",), read=_as_it_is),
        # What is right, where somebody has said so; else what was answered.
        Extra(slug="label", title=_("Answer"), columns=("audited_label", "label"), read=_as_it_is),
        Extra(slug="language", title=_("Language"), columns=("language",), read=_as_it_is),
        Extra(slug="market", title=_("Market"), columns=("market",), read=_as_it_is),
        Extra(slug="policy_version", title=_("Policy version"), columns=("policy_version_id",), read=_as_it_is),
        Extra(slug="severity", title=_("Severity"), columns=("severity",), read=_as_it_is),
        Extra(slug="source", title=_("How it was found"), columns=("source",), read=_as_it_is),
        Extra(slug="state", title=_("State of the clock"), columns=("state",), read=_as_it_is),
        Extra(slug="tenure", title=_("Tenure"), columns=("tenure_days",), read=_tenure),
    )
}


def people_in(signs: Iterable[str]) -> set[str]:
    """The signs of everybody behind some rows of a cut, of five people at the most from each."""
    return {sign for each in signs for sign in each.split(",") if sign}
