"""An acceptance plan's operating characteristic as a chart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from evenkeel.ground.charts import Axis, Point, Series, Trend

from ..rules.deliveries import acceptance_plan, risks_of

_POINTS = 25


def operating_characteristic(plan: Mapping[str, Any] | None, *, aql: float, lot: int) -> Trend | None:
    """How likely a delivery of each share of errors is to be accepted; None without a plan."""
    if plan is None:
        return None
    risks = risks_of(plan, aql=aql)
    errors = np.linspace(0, min(1.5 * risks.rejects_at, 1.0), _POINTS)
    accepted = acceptance_plan(plan).characteristics(errors).accept
    said = {"good": f"{risks.accepts_at * 100:.2g}", "bad": f"{risks.rejects_at * 100:.2g}", "lot": f"{lot:,}"}
    return Trend(
        title=_("Chance of acceptance by share of errors"),
        description=_(
            "Of %(lot)s decisions: with %(good)s %% wrong it is accepted 95 times in 100, with %(bad)s %% wrong 10 times."
        )
        % said,
        series=[
            Series(
                name=_("accepted"),
                points=[Point(x=round(float(p) * 100, 3), y=float(a)) for p, a in zip(errors, accepted, strict=True)],
            )
        ],
        x=Axis(title=_("Wrong decisions, in percent")),
        y=Axis(title=_("Accepted"), format="percent", low=0.0, high=1.0),
    )
