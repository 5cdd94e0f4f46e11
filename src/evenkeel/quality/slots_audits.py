"""What audits hang into other pages: a policy's SOP checks beside their record, a plan's way to its second audits."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from evenkeel.ground.slots import fills

from . import scopes
from .queries.sops import sop_records


@fills("policy:sops", order=30)
def false_alarms(request: HttpRequest, thing: Any) -> str:
    """The record of the rules in force, and the button of the dry run."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    if not actor.has(scopes.AUDIT_VIEW):
        return ""
    table = thing["table"]
    context = {
        "policy": thing["policy"],
        "records": sop_records(actor, table.pk) if table is not None else [],
        "has_table": table is not None and bool(table.rows),
        "may_edit": thing["may_edit"],
    }
    return render_to_string("quality/parts/sop_records.html", context, request)
