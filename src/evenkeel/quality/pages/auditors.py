"""How well auditors agree: each auditor her own record, whoever leads them everybody's."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import require
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.people import note_look

from .. import scopes
from ..queries.auditors import auditor_records, errors_from_doubles


@page(gettext_lazy("Auditors"))
def auditors(request: PageRequest) -> HttpResponse:
    """Alignment by auditor over 28 days beside the 28 before, what experts settled, and errors from doubles alone."""
    require(request.actor, scopes.AUDIT_VIEW)
    sees_all = request.actor.has(scopes.AUDITOR_VIEW)
    records = auditor_records(request.actor, now=request.now)
    note_look(request.actor, workers=[record.worker.pk for record in records], what="quality:auditors", now=request.now)
    context = {
        "records": records,
        "sees_all": sees_all,
        "may_see_rules": request.actor.has(scopes.PLAN_VIEW),
        "latent": errors_from_doubles(request.actor, now=request.now) if sees_all else None,
    }
    return render(request, "quality/auditors.html", context)
