"""The figures that a check rests on, to take away."""

from __future__ import annotations

import csv
from io import StringIO
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.errors import Refused
from evenkeel.ground.pages import PageRequest, page

from ..models import EffectCheck
from ..queries_actions import shows_figures
from ..rules_plans import Frozen
from .action_parts import load_action


@page(gettext_lazy("Figures of a check"))
def figures(request: PageRequest, action_id: UUID) -> HttpResponse:
    """The figures that the newest check rests on, as CSV: whoever has them can repeat it."""
    found = load_action(request, action_id)
    check = EffectCheck.objects.filter(plan__action=found).order_by("-at").first()
    if check is not None and not shows_figures(request.actor, found, Frozen.read(check.plan.document)):
        raise Refused(_("Figures of single teams are for those who may see figures of single people."))
    out = StringIO()
    writer = csv.writer(out)
    if check is None:
        writer.writerow(["week", "unit", "is_changed", "value", "audits"])
    elif check.data["people"]:
        writer.writerow(["before", "audits_before", "after", "audits_after", "coached"])
        people = check.data["people"]
        writer.writerows(zip(*(people[n] for n in ("before", "n_before", "after", "n_after", "coached")), strict=True))
    else:
        writer.writerow(["week", "unit", "is_changed", "value", "audits"])
        for unit in check.data["units"]:
            for week, (value, size) in enumerate(zip(unit["values"], unit["sizes"], strict=True)):
                name = f"'{unit['name']}" if unit["name"][:1] in "=+-@" and unit["name"] else unit["name"]
                writer.writerow([week, name, int(unit["start"] is not None), value, size])
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="effect-{found.pk}.csv"'
    return answer
