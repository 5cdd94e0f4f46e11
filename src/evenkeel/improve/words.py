"""What is said in words: verdicts of the scan, names of dimensions, and the statement of a problem."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.templatetags.wording import day_text, interval_text, number_text, percent_text
from evenkeel.kernel import Estimate
from evenkeel.measure import metrics

from .models import Driver, Investigation
from .rules import PEOPLE_NEEDED

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

VERDICTS: dict[str, StrOrPromise] = {
    "localised": gettext_lazy("The change sits in a part of the work; the rest is as it was."),
    "everywhere": gettext_lazy("The change is everywhere: no part stands out from the rest."),
    "mix": gettext_lazy("No change in rate: different work came in, and the same work is done as well as before."),
    "none": gettext_lazy("Nothing stands out beyond chance. What is listed are the largest differences, not causes."),
    "no_data": gettext_lazy("There are no audits in one of the two windows, so there is nothing to compare."),
}

DIMENSIONS: dict[str, StrOrPromise] = {
    "queue": gettext_lazy("Queue"),
    "organisation": gettext_lazy("Organisation"),
    "site": gettext_lazy("Site"),
    "team": gettext_lazy("Team"),
    "worker": gettext_lazy("Person"),
    "expected_label": gettext_lazy("Audited answer"),
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
        parts.append(_cause(causes[0]))
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
        return _("%(metric)s of %(where)s is not known in either window: nothing was audited.") % said
    if not before.is_known:
        said |= {"now": _figure(now)}
        return _("%(metric)s of %(where)s is %(now)s; before, nothing was audited.") % said
    if not now.is_known:
        said |= {"before": _figure(before)}
        return _("%(metric)s of %(where)s was %(before)s; since then nothing was audited.") % said
    digits = 0 if abs(before.value - now.value) >= 0.02 else 1
    said |= {"before": _figure(before, digits), "now": _figure(now, digits)}
    if percent_text(before.value, digits=digits) == percent_text(now.value, digits=digits):
        return _("%(metric)s of %(where)s stayed the same: %(before)s, now %(now)s.") % said
    if now.value < before.value:
        return _("%(metric)s of %(where)s fell from %(before)s to %(now)s.") % said
    return _("%(metric)s of %(where)s rose from %(before)s to %(now)s.") % said


def _figure(estimate: Estimate, digits: int = 0) -> str:
    value = percent_text(estimate.value, digits=digits)
    if not estimate.has_interval:
        return _("%(value)s (n %(n)s)") % {"value": value, "n": estimate.n}
    interval = interval_text(estimate.low, estimate.high, kind="percent", digits=digits)
    return _("%(value)s (%(interval)s, n %(n)s)") % {"value": value, "interval": interval, "n": estimate.n}


def _days(investigation: Investigation) -> str:
    return _("Compared: %(first)s to %(before)s with %(since)s to %(last)s.") % {
        "first": day_text(investigation.baseline_since),
        "before": day_text(last_day(investigation.since)),
        "since": day_text(investigation.since),
        "last": day_text(last_day(investigation.until)),
    }


def _cause(driver: Driver) -> str:
    said = {"where": driver.title, "excess": number_text(abs(driver.excess), digits=0)}
    if driver.excess < 0:
        return _("Most of it sits in %(where)s: %(excess)s errors fewer than expected.") % said
    return _("Most of it sits in %(where)s: %(excess)s errors more than expected.") % said
