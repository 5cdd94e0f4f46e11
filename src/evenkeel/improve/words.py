"""What is said in words: verdicts of the scan, names of dimensions, and the statement of a problem."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.templatetags.wording import day_text, interval_text, number_text, value_text
from evenkeel.kernel import Estimate
from evenkeel.measure import explained, metrics

from .models import Driver, Investigation
from .rules import PEOPLE_NEEDED

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

VERDICTS: dict[str, StrOrPromise] = {
    "localised": gettext_lazy("The change sits in a part of the work; the rest is as it was."),
    "everywhere": gettext_lazy("The change is everywhere: no part stands out from the rest."),
    "mix": gettext_lazy("No change in rate: different work came in, and the same work is done as well as before."),
    "none": gettext_lazy("Nothing stands out beyond chance. What is listed are the largest differences, not causes."),
    "chance": gettext_lazy(
        "No cause stands out, it may be chance: an alarm that nothing is behind leaves a difference like this one."
    ),
    "beyond": gettext_lazy("What explains it reaches beyond this part of the work: the rest changed alike."),
    "no_data": gettext_lazy("There are no rows in one of the two windows, so there is nothing to compare."),
    "no_parts": gettext_lazy(
        "This figure is put together from several others, so it cannot be split by part of the work: investigate those."
    ),
}

DIMENSIONS: dict[str, StrOrPromise] = {
    "queue": gettext_lazy("Queue"),
    "organisation": gettext_lazy("Organisation"),
    "site": gettext_lazy("Site"),
    "team": gettext_lazy("Team"),
    "worker": gettext_lazy("Person"),
    "expected_label": gettext_lazy("Audited answer"),
    "label": gettext_lazy("Answer"),
    "language": gettext_lazy("Language"),
    "item_kind": gettext_lazy("Kind of item"),
    "policy_version": gettext_lazy("Policy version"),
}

BRANCHES: dict[str, StrOrPromise] = {
    "people": gettext_lazy("People"),
    "policy": gettext_lazy("Policy"),
    "process": gettext_lazy("Process"),
    "tool": gettext_lazy("Tool"),
    "content": gettext_lazy("Content"),
    "measurement": gettext_lazy("Measurement"),
    "model": gettext_lazy("Model"),
}


def title_of(metric: str, where: str, *, side: int) -> str:
    """What an investigation is called when nobody names it; `side` is -1 where the figure fell, 1 where it rose."""
    said = {"metric": metrics[metric].title, "where": where}
    return (_("%(metric)s of %(where)s fell") if side < 0 else _("%(metric)s of %(where)s rose")) % said


def statement_of(investigation: Investigation, drivers: Iterable[Driver]) -> str:
    """The problem in plain words, from the figures of both windows and the strongest cause. Names no single person."""
    parts = [_figures(investigation), _days(investigation)]
    causes = [driver for driver in drivers if driver.is_cause and driver.cell and driver.people >= PEOPLE_NEEDED]
    if causes:
        parts.append(_cause(investigation.metric, causes[0]))
    elif (verdict := investigation.scan["verdict"]) in ("everywhere", "mix"):
        parts.append(str(VERDICTS[verdict]))
    return " ".join(parts)


def last_day(until: date) -> date:
    """The last day of a window that ends before `until`: people name days, not bounds."""
    return until - timedelta(days=1)


def _figures(investigation: Investigation) -> str:
    before, now = Estimate.from_dict(investigation.baseline), Estimate.from_dict(investigation.current)
    said = {"metric": metrics[investigation.metric].title, "where": investigation.where_name}
    if not before.is_known and not now.is_known:
        return _("%(metric)s of %(where)s is not known in either window: there are no rows.") % said
    if not before.is_known:
        said |= {"now": _figure(investigation.metric, now)}
        return _("%(metric)s of %(where)s is %(now)s; before, there was nothing to count.") % said
    if not now.is_known:
        said |= {"before": _figure(investigation.metric, before)}
        return _("%(metric)s of %(where)s was %(before)s; since then there was nothing to count.") % said
    digits = _digits(investigation.metric, before, now)
    said |= {name: _figure(investigation.metric, each, digits) for name, each in (("before", before), ("now", now))}
    if said["before"] == said["now"] or _alike(investigation.metric, before, now, digits):
        return _("%(metric)s of %(where)s stayed the same: %(before)s, now %(now)s.") % said
    if now.value < before.value:
        return _("%(metric)s of %(where)s fell from %(before)s to %(now)s.") % said
    return _("%(metric)s of %(where)s rose from %(before)s to %(now)s.") % said


def _digits(metric: str, before: Estimate, now: Estimate) -> int | None:
    if metrics[metric].unit != "percent":
        return None
    return 0 if abs(before.value - now.value) >= 0.02 else 1


def _alike(metric: str, before: Estimate, now: Estimate, digits: int | None) -> bool:
    kind = metrics[metric].unit
    return value_text(before.value, kind=kind, digits=digits) == value_text(now.value, kind=kind, digits=digits)


def _figure(metric: str, estimate: Estimate, digits: int | None = None) -> str:
    kind = metrics[metric].unit
    if kind == "percent" and digits is None:
        digits = 0
    value = value_text(estimate.value, kind=kind, digits=digits)
    # A count is its own interval.
    if not estimate.has_interval or estimate.low == estimate.high:
        return _("%(value)s (n %(n)s)") % {"value": value, "n": estimate.n}
    interval = interval_text(estimate.low, estimate.high, kind=kind, digits=digits)
    return _("%(value)s (%(interval)s, n %(n)s)") % {"value": value, "interval": interval, "n": estimate.n}


def _days(investigation: Investigation) -> str:
    return _("Compared: %(first)s to %(before)s with %(since)s to %(last)s.") % {
        "first": day_text(investigation.baseline_since),
        "before": day_text(last_day(investigation.baseline_until)),
        "since": day_text(investigation.since),
        "last": day_text(last_day(investigation.until)),
    }


def excess_text(metric: str, excess: float) -> str:
    """How much a part holds beyond what was expected: errors of a share, rows of a count, the sum of a mean's values."""
    way = explained(metric)
    if way.is_money or (way.how == "mean" and not way.above):
        return value_text(excess, kind=metrics[metric].unit)
    return number_text(excess, digits=1)


def part_text(metric: str, events: float, n: float) -> str:
    """What a part held in a window: so many of so many, or its mean."""
    way = explained(metric)
    said = {"events": number_text(events, digits=0 if float(events).is_integer() else 1), "n": number_text(n, digits=0)}
    if way.how == "mean" and not way.above:
        mean = value_text(events / n if n else None, kind=metrics[metric].unit)
        return _("%(mean)s (n %(n)s)") % {"mean": mean, "n": said["n"]}
    if way.how == "count":
        if way.is_money:
            said["events"] = value_text(events, kind=metrics[metric].unit)
        return _("%(events)s in %(n)s days") % said
    return _("%(events)s of %(n)s") % said


# What stands over the columns of a part: before, now.
HEADINGS: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
    "accuracy": (gettext_lazy("Wrong before"), gettext_lazy("Wrong now")),
    "": (gettext_lazy("Before"), gettext_lazy("Now")),
}


def headings_of(metric: str) -> tuple[StrOrPromise, StrOrPromise]:
    """The headings of what a part held before and holds now."""
    return HEADINGS.get(metric, HEADINGS[""])


def _cause(metric: str, driver: Driver) -> str:
    if metric != "accuracy":
        said = {"where": driver.title, "excess": excess_text(metric, abs(driver.excess))}
        if driver.excess < 0:
            return _("Most of it sits in %(where)s: %(excess)s less than expected.") % said
        return _("Most of it sits in %(where)s: %(excess)s more than expected.") % said
    said = {"where": driver.title, "excess": number_text(abs(driver.excess), digits=0)}
    if driver.excess < 0:
        return _("Most of it sits in %(where)s: %(excess)s errors fewer than expected.") % said
    return _("Most of it sits in %(where)s: %(excess)s errors more than expected.") % said
