"""Drivers as a chart, for pages and documents."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from evenkeel.ground.charts import Axis, Bars, Row

from .drivers import ACCURACY
from .models import Driver
from .words import excess_text


def driver_bars(drivers: Sequence[Driver], *, metric: str) -> Bars:
    """How much more (or less) than expected each part holds; each bar opens its rows."""
    if metric != ACCURACY:
        return _bars_of_sums(drivers, metric)
    cause = next((driver for driver in drivers if driver.is_cause), None)
    said = {"where": cause.title, "n": round(cause.excess)} if cause else {}
    return Bars(
        title=_("Errors beyond what was expected"),
        description=_("%(where)s stands out: %(n)s errors beyond what was expected. Parts may overlap.") % said
        if cause
        else _("No part stands out beyond chance. Parts may overlap."),
        rows=[
            Row(label=driver.title, value=round(driver.excess, 1), href=reverse("improve:rows", args=[driver.pk]))
            for driver in drivers
        ],
        x=Axis(title=_("Errors beyond what was expected"), zero=True),
        empty=_("Nothing to show: one of the windows has no audits."),
    )


def _bars_of_sums(drivers: Sequence[Driver], metric: str) -> Bars:
    cause = next((driver for driver in drivers if driver.is_cause), None)
    said = {"where": cause.title, "n": excess_text(metric, cause.excess)} if cause else {}
    return Bars(
        title=_("Beyond what was expected"),
        description=_("%(where)s stands out: %(n)s beyond what was expected. Parts may overlap.") % said
        if cause
        else _("No part stands out beyond chance. Parts may overlap."),
        rows=[
            Row(label=driver.title, value=round(driver.excess, 1), href=reverse("improve:rows", args=[driver.pk]))
            for driver in drivers
        ],
        x=Axis(title=_("Beyond what was expected"), zero=True),
        empty=_("Nothing to show: one of the windows has no rows."),
    )
