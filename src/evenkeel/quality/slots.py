"""What this room hangs into the pages of rooms below."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from evenkeel.ground.access import may, visible
from evenkeel.ground.slots import fills

from . import scopes
from .models import Draw, OutsideReview, SamplingPlan, Verdict
from .queries import answer_in_force, coverage_of_plans, waiting_for
from .queries.calibration import waiting_seats


@fills("site:home", order=20)
def audits_waiting(request: HttpRequest, actor: Any) -> str:
    """How many audits wait for this person."""
    if not actor.has(scopes.AUDIT_DO):
        return ""
    waiting = waiting_for(actor, now=_now(request)).count()
    return render_to_string("quality/parts/waiting.html", {"waiting": waiting}, request) if waiting else ""


@fills("site:home", order=22)
def calibrations_waiting(request: HttpRequest, actor: Any) -> str:
    """Calibration sessions in which this person's answers are awaited."""
    seats = list(waiting_seats(actor, now=_now(request))[:5]) if actor.worker_id else []
    return render_to_string("quality/parts/calibrations_waiting.html", {"seats": seats}, request) if seats else ""


@fills("work:programme", order=30)
def programme_audits(request: HttpRequest, programme: Any) -> str:
    """The programme's plans and how far their audits have come."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    if not may(actor, scopes.PLAN_VIEW, programme):
        return ""
    plans = list(
        visible(
            actor,
            scopes.PLAN_VIEW,
            SamplingPlan.objects.filter(programme=programme, design=SamplingPlan.POISSON).select_related("queue"),
        )
    )
    coverage = coverage_of_plans(actor, plans, now=_now(request))
    context = {
        "programme": programme,
        "plans": [(plan, coverage.get(plan.pk)) for plan in plans],
        "may_start": not actor.is_outside and bool(may(actor, scopes.PLAN_EDIT, programme)),
        "start_url": f"{reverse('quality:start')}?programme={programme.pk}",
    }
    return render_to_string("quality/parts/programme_part.html", context, request)


@fills("work:programme:tabs", order=30)
def programme_tab(request: HttpRequest, programme: Any) -> str:
    """The tab that leads to the programme's audits."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    if not may(actor, scopes.PLAN_VIEW, programme):
        return ""
    url = reverse("quality:programme", args=[programme.pk])
    if request.path == url:
        return format_html('<li><a href="{}" aria-current="page">{}</a></li>', url, _("Audits"))
    return format_html('<li><a href="{}">{}</a></li>', url, _("Audits"))


@fills("work:item", order=30)
def item_experts(request: HttpRequest, item: Any) -> str:
    """What experts hold to be right about the item, for those who may know."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    if actor.is_outside or not may(actor, scopes.EXPERT_VIEW, item):
        return ""
    return render_to_string("quality/parts/item_part.html", {"item": item, "answer": answer_in_force(item)}, request)


@fills("work:decision", order=30)
def decision_audits(request: HttpRequest, decision: Any) -> str:
    """The audits of a decision, each with the odds it had, for those who may see audits."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    if not actor.has(scopes.AUDIT_VIEW):
        return ""
    present = Verdict.objects.filter(draw=OuterRef("pk"), corrected_by=None)
    draws = visible(actor, scopes.AUDIT_VIEW, Draw.objects.filter(decision=decision)).annotate(
        is_right=Subquery(present.values("is_right")[:1]), error_class=Subquery(present.values("error_class")[:1])
    )
    kinds = dict(Verdict.ERROR_CLASSES)
    rows = [(draw, kinds.get(draw.error_class, "")) for draw in draws.select_related("plan").order_by("id")]
    outside = visible(actor, scopes.AUDIT_VIEW, OutsideReview.objects.filter(decision=decision, replaced_by=None))
    context = {"rows": rows, "outside": list(outside.select_related("tool"))}
    return render_to_string("quality/parts/decision_part.html", context, request) if any(context.values()) else ""


def _now(request: HttpRequest) -> Any:
    return request.now  # type: ignore[attr-defined]
