"""Where sampling and auditing stand: plans, coverage, who audits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load, may, visible
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table
from evenkeel.work import PROGRAMME_VIEW, Programme

from .. import scopes
from ..models import SamplingPlan
from ..queries import Coverage, audits_by_auditor, coverage_of_plans, waiting_for


@page(
    gettext_lazy("Sampling"),
    name="quality:home",
    nav=Nav(section="quality", icon="shuffle", order=20, scope=scopes.PLAN_VIEW),
)
def home(request: PageRequest) -> HttpResponseBase:
    """Every plan that the person may see, and how far its audits have come."""
    return _overview(request, None)


@page(gettext_lazy("Audits"))
def programme(request: PageRequest, programme_id: UUID) -> HttpResponseBase:
    """The plans and audits of one programme."""
    return _overview(request, load(request.actor, PROGRAMME_VIEW, Programme.objects.all(), programme_id))


def _overview(request: PageRequest, programme: Programme | None) -> HttpResponseBase:
    actor, now = request.actor, request.now
    plans = visible(
        actor,
        scopes.PLAN_VIEW,
        SamplingPlan.objects.filter(design=SamplingPlan.POISSON).select_related("programme", "queue"),
    )
    if programme is not None:
        plans = plans.filter(programme=programme)
    found = list(plans)
    coverage = coverage_of_plans(actor, found, now=now)
    total = _sum(coverage.values())
    may_start = not actor.is_outside and bool(may(actor, scopes.PLAN_EDIT, programme))
    table = _table(request, found, coverage, in_programme=programme is not None, may_start=may_start)
    if (exported := table.export()) is not None:
        return exported
    context = {
        "programme": programme,
        "table": table,
        "total": total,
        "auditors": audits_by_auditor(actor, now=now, programme=programme),
        "may_start": may_start,
        "may_audit": actor.has(scopes.AUDIT_DO),
        "mine": waiting_for(actor, now=now, programme=programme).count() if actor.has(scopes.AUDIT_DO) else 0,
        "start_url": reverse("quality:start") + (f"?programme={programme.pk}" if programme else ""),
    }
    if programme is None:
        return render(request, "quality/home.html", context)
    crumbs = [(_("Programmes"), reverse("work:programmes"))]
    return render(request, "quality/programme.html", context, crumbs=crumbs)


def _sum(parts: Any) -> Coverage:
    found = list(parts)
    return Coverage(*(sum(getattr(part, name) for part in found) for name in ("drawn", "audited", "in_hand")))


def _table(
    request: PageRequest,
    plans: Sequence[SamplingPlan],
    coverage: dict[UUID, Coverage],
    *,
    in_programme: bool,
    may_start: bool,
) -> Table:
    none = Coverage()

    def of(plan: SamplingPlan) -> Coverage:
        return coverage.get(plan.pk, none)

    columns = [
        Column("name", _("Plan"), sort=True, link=lambda plan: plan.get_absolute_url()),
        Column("programme.name", _("Programme"), sort=lambda plan: plan.programme.name),
        Column("queue", _("Queue"), value=lambda plan: plan.queue.name if plan.queue else _("all")),
        Column("rate", _("Odds"), kind="percent", sort=True, help=_("The chance of each decision to be drawn.")),
        Column(
            "state",
            _("State"),
            kind="badge",
            value=lambda plan: _("runs") if plan.is_running else _("ended"),
            tone=lambda plan: "good" if plan.is_running else "quiet",
        ),
        Column("audited", _("Audited"), kind="progress", value=lambda plan: (of(plan).audited, of(plan).drawn)),
        Column(
            "waiting",
            _("Waiting"),
            kind="count",
            value=lambda plan: of(plan).waiting,
            sort=lambda plan: of(plan).waiting,
        ),
        Column("started_at", _("Started"), kind="moment", sort=True),
    ]
    if in_programme:
        columns = [column for column in columns if column.name != "programme.name"]
    return Table(
        request,
        plans,
        title=_("Sampling plans"),
        columns=columns,
        default_sort="-started_at",
        export_name="sampling-plans",
        empty=Empty(
            title=_("No sampling plan yet"),
            body=_(
                "A plan draws a share of decisions for audit and remembers their odds. Accuracy is measured from it."
            ),
            icon="shuffle",
            action=_("Start a plan") if may_start else "",
            href=reverse("quality:start") if may_start else "",
        ),
    )
