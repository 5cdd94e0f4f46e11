"""A dry run of SOP checks over past decisions, as a part of the policy's page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, require
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest, page
from evenkeel.policy import POLICY_VIEW, Policy, compile_rows, read_rows

from .. import scopes
from ..queries.sops import dry_run


@require_POST
@page(gettext_lazy("Dry run"))
def trial(request: PageRequest, policy_id: UUID) -> HttpResponse:
    """What the table as it is written would have said of past decisions; a part of the page on which it is written."""
    require(request.actor, scopes.AUDIT_VIEW)
    policy = load(request.actor, POLICY_VIEW, Policy.objects.all(), policy_id)
    context: dict[str, Any] = {"faults": [], "found": None}
    try:
        rules = compile_rows(read_rows(request.POST.get("rows", "")[:60_000]))
    except Invalid as wrong:
        context["faults"] = [sentence for said in wrong.fields.values() for sentence in said]
    else:
        found = dry_run(request.actor, policy.pk, rules)
        told = {record.rule: record for record in found.records}
        context["found"] = found
        context["rows"] = [(rule, told.get(rule.number), found.cases.get(rule.number, [])) for rule in rules.rules]
    return TemplateResponse(request, "quality/parts/sop_trial.html", context)
