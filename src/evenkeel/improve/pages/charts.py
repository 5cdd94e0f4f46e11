"""Causes as a chart."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from evenkeel.ground.charts import Pareto, PartRow

from ..models import Investigation
from ..queries import CauseCount


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
