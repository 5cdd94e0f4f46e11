"""What a study may change, in the words of the trade; everything else of a scenario goes by its name in the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, kw_only=True)
class Knob:
    """One number: its name in a form, what it changes, and how people say it."""

    slug: str
    changes: str
    title: StrOrPromise
    help: StrOrPromise
    unit: StrOrPromise = ""
    least: float = 0.0
    most: float | None = None
    is_share: bool = False
    is_whole: bool = False

    def change(self, said: float) -> str:
        """As the command line would have it; shares are said in percent."""
        return f"{self.changes}={round(said / 100, 10) if self.is_share else said:g}"

    def words(self, value: float) -> str:
        """How people say the number of a change."""
        number = f"{100 * value:g} %" if self.is_share else f"{value:g} {self.unit}".strip()
        return f"{self.title}: {number}"


KNOBS: tuple[Knob, ...] = (
    Knob(
        slug="audited", changes="audits.rate", title=gettext_lazy("Audited"), unit=gettext_lazy("%"), is_share=True,
        least=0.01, most=100, help=gettext_lazy("Share of decisions that are drawn for audit."),
    ),
    Knob(
        slug="new_people", changes="audits.new_people", title=gettext_lazy("New people"), unit=gettext_lazy("times"),
        least=0.1, most=100, help=gettext_lazy("How many times as often people in their first weeks are audited."),
    ),
    Knob(
        slug="auditors", changes="audits.auditors", title=gettext_lazy("Auditors"), unit=gettext_lazy("people"),
        least=1, most=500, is_whole=True, help=gettext_lazy("How many people share the audits."),
    ),
    Knob(
        slug="checked", changes="audits.checked", title=gettext_lazy("Audits checked"), unit=gettext_lazy("%"),
        is_share=True, most=100, help=gettext_lazy("Share of audits that a second auditor and an expert look at."),
    ),
    Knob(
        slug="budget", changes="signals.budget", title=gettext_lazy("Alarm budget"), unit=gettext_lazy("a week"),
        least=0.05, most=50,
        help=gettext_lazy(
            "False signals that every organisation and person accepts a week; no chart is ever laxer than a textbook's."
        ),
    ),
    Knob(
        slug="promise", changes="arrivals.target_hours", title=gettext_lazy("SLA"), unit=gettext_lazy("hours"),
        least=0.01, most=10_000,
        help=gettext_lazy("Within how many hours an item is to be decided. Needs items that come in by the day."),
    ),
    Knob(
        slug="arriving", changes="arrivals.items_a_day", title=gettext_lazy("Items a day"),
        unit=gettext_lazy("items"), least=1, most=10_000_000, is_whole=True,
        help=gettext_lazy("How much comes in. Nothing: as much as people can decide."),
    ),
    Knob(
        slug="target", changes="targets.accuracy", title=gettext_lazy("Target of accuracy"), unit=gettext_lazy("%"),
        is_share=True, least=0.01, most=99.99,
        help=gettext_lazy("The threshold below which a place misses its target."),
    ),
)  # fmt: skip
_BY_CHANGE = {knob.changes: knob for knob in KNOBS}


def told(changes: Sequence[str]) -> str:
    """Changes as people say them; those without a word of their own as they are written."""
    return ", ".join(_told(change) for change in changes) or _("as it is")


def _told(change: str) -> str:
    path, _is, value = (part.strip() for part in change.partition("="))
    if change.replace(" ", "") == "events=none":
        return _("nothing befalls anybody")
    knob = _BY_CHANGE.get(path)
    try:
        return knob.words(float(value)) if knob else change
    except ValueError:
        return change
