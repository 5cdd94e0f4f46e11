"""Drivers and causes as charts."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from evenkeel.ground.charts import Axis, Bars, Pareto, PartRow, Row

from ..models import Driver, Investigation
from ..queries import CauseCount


def driver_bars(drivers: Sequence[Driver]) -> Bars:
    """How many errors more (or fewer) than expected each part holds; each bar opens its rows."""
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


def cause_pareto(investigation: Investigation, counts: Sequence[CauseCount]) -> Pareto:
    """The causes of the coded cases; each bar opens its cases."""
    total = sum(count.n for count in counts)
    return Pareto(
        title=_("Causes of the cases"),
        description=_("%(cause)s is the most frequent: %(n)s of %(total)s coded cases.")
        % {"cause": counts[0].title, "n": counts[0].n, "total": total}
        if counts
        else "",
        rows=[
            PartRow(
                label=str(count.title),
                count=count.n,
                href=f"{investigation.get_absolute_url()}?cause={count.slug}#evidence",
            )
            for count in counts
        ],
    )
