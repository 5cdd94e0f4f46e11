"""Disputes: all within reach, one record, and findings that a partner may dispute for her people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground import trail
from evenkeel.ground.access import load, may, require
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, PeriodFilter, Table
from evenkeel.people import Worker
from evenkeel.work import DECISION_VIEW, item_content_html

from .. import scopes
from ..models import Dispute
from ..models.disputes import OUTCOMES
from ..queries.disputes import disputable_for_site, disputes_of, eligible_disputes
from .dispute_words import state_of

DISPUTES_CRUMB = (gettext_lazy("Disputes"), "/quality/disputes/")


@page(
    gettext_lazy("Disputes"),
    name="quality:disputes",
    nav=Nav(section="quality", icon="scale", order=24, scope=scopes.DISPUTE_VIEW),
)
def disputes(request: PageRequest) -> HttpResponseBase:
    """Every dispute within reach, and how many I may arbitrate."""
    require(request.actor, scopes.DISPUTE_VIEW)
    table = Table(
        request,
        disputes_of(request.actor),
        title=_("Disputes"),
        columns=_columns(request),
        filters=[
            _StateFilter("state", _("State"), choices=(("open", _("open")), *OUTCOMES)),
            ChoiceFilter("kind", _("By"), choices=Dispute.KINDS),
            PeriodFilter("raised", _("Raised"), field="raised_at"),
        ],
        default_sort="-raised_at",
        export_name="disputes",
        empty=Empty(
            title=_("Nobody objected yet"),
            body=_("People dispute findings about their decisions on their own page. None at all is no good sign."),
            icon="scale",
        ),
    )
    context = {
        "table": table,
        "may_arbitrate": request.actor.has(scopes.DISPUTE_ARBITRATE),
        "may_raise": request.actor.has(scopes.DISPUTE_RAISE),
        "may_follow": not request.actor.is_outside and request.actor.has(scopes.FOLLOW_UP_WORK),
        "waiting": waiting_for(request),
    }
    return table.export() or render(request, "quality/disputes.html", context)


def waiting_for(request: PageRequest) -> int:
    """How many disputes the actor could arbitrate now, counted up to a hundred."""
    worker_id = request.actor.worker_id
    if worker_id is None or not request.actor.has(scopes.DISPUTE_ARBITRATE):
        return 0
    worker = Worker.objects.get(pk=worker_id)
    return eligible_disputes(request.actor, worker, now=request.now)[:100].count()


def _columns(request: PageRequest) -> list[Column]:
    columns = [
        Column("raised_at", _("Raised"), kind="moment", sort="raised_at", link=lambda each: each.get_absolute_url()),
        Column("programme.name", _("Programme"), sort="programme__name"),
        Column("kind", _("By"), value=lambda each: each.get_kind_display(), sort="kind"),
        Column("reason.title", _("Reason"), sort="reason__title"),
        Column("clause", _("Clause"), kind="code", sort="clause", optional=True),
        Column("worker", _("Decided by"), kind="person"),
        Column("due_at", _("Due"), kind="moment", sort="due_at"),
        Column(
            "state",
            _("State"),
            kind="badge",
            value=lambda each: state_of(each, now=request.now)[0],
            tone=lambda each: state_of(each, now=request.now)[1],
        ),
    ]
    # Whoever may arbitrate stays blind to whose decision it was, unless she may see that anyway.
    sees_people = request.actor.has(DECISION_VIEW)
    return [column for column in columns if sees_people or column.name != "worker"]


class _StateFilter(ChoiceFilter):
    def narrow(self, rows: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return rows.filter(closed_at=None) if value[0] == "open" else rows.filter(settlement__outcome=value[0])


@page(gettext_lazy("Dispute"))
def dispute(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    """The record of one dispute: the finding, the objection, how it was settled."""
    rows = Dispute.objects.select_related(
        "programme", "queue", "reason", "verdict__draw__decision__item", "worker__organisation",
        "settlement__reason", "settlement__follow_up", "raised_organisation",
    )  # fmt: skip
    found = load(request.actor, scopes.DISPUTE_VIEW, rows, dispute_id)
    decision = found.verdict.draw.decision
    context = {
        "dispute": found,
        "decision": decision,
        "state": state_of(found, now=request.now),
        "settlement": getattr(found, "settlement", None),
        "content": item_content_html(decision.item),
        "sees_decision": bool(may(request.actor, DECISION_VIEW, decision)),
        "history": trail.history(found),
        "audit_url": reverse("quality:audit", args=[found.verdict.draw_id]),
        "sees_audit": bool(may(request.actor, scopes.AUDIT_VIEW, found.verdict)),
    }
    return render(request, "quality/dispute.html", context, crumbs=[DISPUTES_CRUMB])


@page(gettext_lazy("Findings"))
def site_findings(request: PageRequest) -> HttpResponseBase:
    """Findings against people of one's organisation that may still be disputed in its name."""
    require(request.actor, scopes.DISPUTE_RAISE)
    table = Table(
        request,
        disputable_for_site(request.actor, now=request.now).select_related("draw__decision__worker__organisation"),
        title=_("Findings that nobody disputed"),
        columns=[
            Column(
                "audited_at", _("Audited"), kind="moment", sort="audited_at",
                link=lambda each: reverse("quality:finding", args=[each.pk]),
            ),
            Column("draw.plan.programme.name", _("Programme"), sort="draw__plan__programme__name"),
            Column("draw.decision.item.key", _("Item"), kind="code"),
            Column("draw.decision.worker", _("Decided by"), kind="person"),
            Column("draw.decision.label", _("First answer")),
            Column("label", _("Auditor’s answer"), sort="label"),
            Column("kind", _("Kind of error"), value=lambda each: each.get_error_class_display()),
        ],
        filters=[PeriodFilter("audited", _("Audited"), field="audited_at")],
        default_sort="-audited_at",
        export_name="findings",
        empty=Empty(
            title=_("Nothing to dispute"),
            body=_("Findings of the last 90 days against your organisation’s people stand here."),
            icon="scale",
        ),
    )  # fmt: skip
    return table.export() or render(request, "quality/site_findings.html", {"table": table}, crumbs=[DISPUTES_CRUMB])
