"""What the room says in words: differences between runs, who answers for it, the size of a problem, agreement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.templatetags.wording import (
    interval_text,
    money_text,
    number_text,
    percent_text,
    points_text,
    value_text,
)
from evenkeel.kernel import Estimate
from evenkeel.measure import metrics

from .models import Investigation, RecipeRun
from .rules import PEOPLE_NEEDED
from .rules_accountability import Spread
from .rules_coding import Together
from .words import VERDICTS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

DIFFERENCES: dict[str, StrOrPromise] = {
    "metric": gettext_lazy("The metric is worded anew: version %(new)s, it was %(old)s."),
    "audits_before": gettext_lazy(
        "Before the change: %(new)s audits with %(new_errors)s errors, it was %(old)s with %(old_errors)s."
    ),
    "audits_now": gettext_lazy(
        "In the changed window: %(new)s audits with %(new_errors)s errors, it was %(old)s with %(old_errors)s."
    ),
    "rows_before": gettext_lazy(
        "Before the change: as many audits, but not the same (%(new_errors)s errors, it was %(old_errors)s)."
    ),
    "rows_now": gettext_lazy(
        "In the changed window: as many audits, but not the same (%(new_errors)s errors, it was %(old_errors)s)."
    ),
    "elsewhere": gettext_lazy("Of the rest of the programme, which a signal is compared with, the audits are others."),
    "log": gettext_lazy("The log has %(new)s rows of %(fact)s from the first day on, it had %(old)s."),
    "verdict": gettext_lazy("The verdict is another: “%(new)s” It was: “%(old)s”"),
    "figure_baseline": gettext_lazy("The figure before is %(new)s (n %(new_n)s), it was %(old)s (n %(old_n)s)."),
    "figure_current": gettext_lazy("The figure in the changed window is %(new)s (n %(new_n)s), it was %(old)s (n %(old_n)s)."),
    "cause_gone": gettext_lazy("%(title)s stands out no more."),
    "cause_new": gettext_lazy("%(title)s stands out now."),
    "drivers": gettext_lazy("The numbers behind the parts moved."),
    "coding": gettext_lazy("%(differing)s of %(cases)s cases were put down to another cause."),
}  # fmt: skip

WHY_ACCOUNTABLE: dict[str, StrOrPromise] = {
    "no_change": gettext_lazy("No rate changed, so nobody answers for it."),
    "no_share": gettext_lazy("This figure counts no errors, so the figures do not say who answers for it."),
    "too_thin": gettext_lazy("No organisation has a rise beyond chance: there are too few audits of each to say."),
    "everywhere": gettext_lazy("Two or more organisations rose alike: what is common to them is policy, tool or process."),
    "own_people": gettext_lazy("The rise is among our own people."),
    "alone": gettext_lazy("Only one organisation does this work, so there is nobody to compare it with."),
    "scattered": gettext_lazy("One organisation rose beyond chance, but much of the rise is elsewhere."),
    "few_people": gettext_lazy("The rise is of one organisation, but fewer than three of its people repeat the error."),
    "one_vendor": gettext_lazy(
        "Nearly all of the rise is of one vendor, several of its people repeat it, and others did not rise."
    ),
}  # fmt: skip

PARTIES: dict[str, StrOrPromise] = {
    "vendor": gettext_lazy("vendor"),
    "client": gettext_lazy("client"),
    "nobody": gettext_lazy("nobody"),
    "unknown": gettext_lazy("the figures do not say"),
}

_SHARES = {"figure_baseline", "figure_current"}


def difference_text(kind: str, said: Mapping[str, Any], *, shows_people: bool) -> str:
    """A difference as a sentence. A cause about fewer than five people is named only to whoever may see people."""
    told = dict(said)
    if kind in ("cause_gone", "cause_new") and told.get("people", 0) < PEOPLE_NEEDED and not shows_people:
        told["title"] = _("A part that tells of few people")
    for name in ("old", "new", "old_errors", "new_errors"):
        if kind == "verdict":
            told[name] = VERDICTS.get(told.get(name, ""), "")
        elif isinstance(told.get(name), (int, float)):
            told[name] = percent_text(told[name]) if kind in _SHARES else number_text(told[name])
    return str(DIFFERENCES[kind]) % told


def size_text(investigation: Investigation, run: RecipeRun | None, *, cost: tuple[float, str] | None) -> list[str]:
    """How large the problem is: the change, and of accuracy the errors in all decisions and their cost. Empty when unknown.

    Errors: the fall of accuracy times the decisions of the changed window, with the fall's interval.
    """
    if run is None:
        return []
    size, decided = Estimate.from_dict(run.result["size"]), run.result["decided"]
    if not size.is_known:
        return []
    if investigation.metric != "accuracy":
        return [_change_text(metrics[investigation.metric].unit, size)]
    said = {"points": points_text(size.value), "interval": _points(size)}
    found = [_("The change is %(points)s (%(interval)s).") % said]
    if not decided or not size.has_interval:
        return found
    value, low, high = (-end * decided for end in (size.value, size.high, size.low))
    more = _("Over %(decided)s decisions that is %(n)s errors more (%(low)s to %(high)s).")
    if value < 0:
        # "-3 errors more" reads as a slip of the pen.
        value, low, high = -value, -high, -low
        more = _("Over %(decided)s decisions that is %(n)s errors fewer (%(low)s to %(high)s).")
    numbers = {
        "n": number_text(value, digits=0),
        "low": number_text(low, digits=0),
        "high": number_text(high, digits=0),
    }
    said = numbers | {"decided": number_text(decided, digits=0)}
    found.append(more % said)
    if cost is not None:
        cents, currency = cost
        amounts = {
            name: money_text(end * cents, currency=currency)
            for name, end in (("n", value), ("low", low), ("high", high))
        }
        priced = _("At the set cost of an error: %(n)s (%(low)s to %(high)s).")
        if size.value > 0:
            priced = _("At the set cost of an error that saves %(n)s (%(low)s to %(high)s).")
        found.append(priced % amounts)
    return found


def _change_text(unit: str, size: Estimate) -> str:
    kind = "points" if unit == "percent" else unit
    said = {"change": value_text(size.value, kind=kind)}
    # A count is its own interval.
    if not size.has_interval or size.low == size.high:
        return _("The change is %(change)s.") % said
    said["interval"] = interval_text(size.low, size.high, kind=kind)
    return _("The change is %(change)s (%(interval)s).") % said


def _points(size: Estimate) -> str:
    if not size.has_interval:
        return _("without an interval")
    return _("%(low)s to %(high)s") % {"low": points_text(size.low), "high": points_text(size.high)}


def agreement_text(found: Together) -> str:
    """How far two coders agree, in a sentence; "" where nobody coded twice."""
    if not found.cases:
        return ""
    kappa = number_text(found.kappa.value) if found.kappa.is_known else "–"
    if found.kappa.has_interval:
        kappa += f" ({interval_text(found.kappa.low, found.kappa.high, kind='number', digits=2)})"
    said = {"n": found.cases, "percent": percent_text(found.percent.value, digits=0), "kappa": kappa}
    return _("Of %(n)s cases coded by two people, %(percent)s were put down to the same cause; kappa %(kappa)s.") % said


def spread_text(spread: Spread) -> str:
    """One organisation's part in a sentence."""
    said = {
        "name": spread.name,
        "before": f"{number_text(spread.errors_before, digits=0)}/{number_text(spread.n_before, digits=0)}",
        "now": f"{number_text(spread.errors_now, digits=0)}/{number_text(spread.n_now, digits=0)}",
        "wrong": spread.people_wrong,
        "people": spread.people,
    }
    return _("%(name)s: %(before)s wrong before, %(now)s now; %(wrong)s of %(people)s people erred.") % said
