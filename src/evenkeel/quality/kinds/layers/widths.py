from collections.abc import Mapping
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from evenkeel.kernel import TargetAllocation, allocate_targets
from evenkeel.quality.rules.audits import SUPPOSED_ACCURACY
from evenkeel.quality.rules.history import DAYS, History
from evenkeel.quality.rules.layers import Example, Layer, Parameter, layer
from evenkeel.quality.rules.odds import LayerOdds

from ._examples import history

BY = ("queue_id", "organisation_id")
# So many audits at the supposed accuracy are mixed into what is known of a cell: a few right ones prove nothing.
_PRIOR_AUDITS = 20.0


@layer
class Widths(Layer):
    slug = "widths"
    title = _("Just enough for these widths")
    why = _(
        "The least hours of auditing by which accuracy over 28 days is known to so many percentage points, for the whole, "
        "each queue and each vendor. Worked out anew every day from volume, what audits found, and how long they take."
    )
    parameters = (
        Parameter(name="whole", kind="number", title=_("The whole, ± percentage points"), default=2),
        Parameter(name="queue", kind="number", title=_("Each queue, ± percentage points"), default=0),
        Parameter(name="organisation", kind="number", title=_("Each vendor, ± percentage points"), default=0),
    )
    needs = frozenset({"right", "seconds"})
    # 90 % to +- 10 points is 34 of 700 decisions (35 of endlessly many), shared out as the queues are.
    example = Example(
        settings={"whole": 10, "queue": 0, "organisation": 0},
        history=history(),
        odds=[LayerOdds(layer="widths", by=BY, rates={"a|v": 27 / 560, "b|v": 7 / 140}, otherwise=34 / 700)],
    )

    @classmethod
    def odds(cls, settings: Mapping[str, Any], history: History) -> list[LayerOdds]:
        found = solve(settings, history)
        if found is None:
            return []
        cells, sizes, plan = found
        rates = {cell: float(n / size) for cell, n, size in zip(cells, plan.n, sizes, strict=True)}
        return [LayerOdds(layer=cls.slug, by=BY, rates=rates, otherwise=float(plan.total / sizes.sum()))]

    @classmethod
    def faults(cls, settings: Mapping[str, Any]) -> list[str]:
        wanted = [settings[name] for name in ("whole", "queue", "organisation")]
        if not any(wanted) or any(0 < each < 0.1 or each > 50 for each in wanted):
            return [str(_("say how wide for one at least, from 0.1 to 50 percentage points"))]
        return []


def solve(settings: Mapping[str, Any], history: History) -> tuple[list[str], Any, TargetAllocation] | None:
    """Cells (queue|organisation), their decisions in 28 days and their audits; None when nothing was decided lately."""
    volumes = history.volumes(BY)
    cells = sorted(volumes)
    if not cells:
        return None
    sizes = np.maximum(np.round([volumes[cell] * DAYS for cell in cells]), 1.0)
    places = [tuple(cell.split("|")) for cell in cells]
    members, widths = [], []
    for name, at in (("whole", None), ("queue", 0), ("organisation", 1)):
        if not settings[name]:
            continue
        of = sorted({place[at] for place in places}) if at is not None else [""]
        for value in of:
            members.append([at is None or place[at] == value for place in places])
            widths.append(settings[name] / 100)
    rates = [_supposed(*history.right.get((queue, organisation), (0.0, 0.0))) for queue, organisation in places]
    seconds = [history.seconds_in(queue) for queue, _organisation in places]
    return cells, sizes, allocate_targets(sizes, members, widths, rates=rates, cost=seconds, is_ratio=True)


def _supposed(n: float, right: float) -> float:
    return (right + SUPPOSED_ACCURACY * _PRIOR_AUDITS) / (n + _PRIOR_AUDITS)
