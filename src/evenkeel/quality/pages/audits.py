"""What waits to be audited, and the record of each audit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, Min
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground import trail
from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table
from evenkeel.ground.templatetags.parts import badge, moment
from evenkeel.ground.templatetags.wording import number_text, percent_text
from evenkeel.work import DECISION_VIEW, item_content_html

from .. import scopes
from ..models import AuditTask, Draw, Verdict
from ..queries import verdicts_of, waiting_for
from ..queries.checks import checks_waiting_for, stays_blind


@page(
    gettext_lazy("Audits"),
    name="quality:audits",
    nav=Nav(section="quality", icon="clipboard-check", order=10, scope=scopes.AUDIT_DO),
)
def audits(request: PageRequest) -> HttpResponse:
    """What waits for this auditor, by programme, and what she judged lately."""
    require(request.actor, scopes.AUDIT_DO)
    waiting = waiting_for(request.actor, now=request.now)
    by_programme = list(
        waiting.order_by()
        .values("programme", "programme__name")
        .annotate(waiting=Count("pk"), oldest_at=Min("draw__drawn_at"))
        .order_by("programme__name")
    )
    held = waiting.filter(auditor=request.actor.worker_id, expires_at__gt=request.now).first()
    context = {
        "by_programme": by_programme,
        "waiting": sum(row["waiting"] for row in by_programme),
        "held": held,
        "second": checks_waiting_for(request.actor, now=request.now).count(),
        "has_worker": request.actor.worker_id is not None,
        "table": _mine(request),
    }
    return render(request, "quality/audits.html", context)


def _mine(request: PageRequest) -> Table:
    verdicts = Verdict.objects.filter(auditor=request.actor.worker_id, corrected_by=None)
    return Table(
        request,
        visible(request.actor, scopes.AUDIT_DO, verdicts).select_related(
            "draw__plan__programme", "draw__decision", "draw__task"
        ),
        title=_("Your verdicts"),
        columns=[
            Column(
                "audited_at",
                _("Audited"),
                kind="moment",
                sort="audited_at",
                link=lambda each: reverse("quality:desk", args=[each.draw.task.pk]),
            ),
            Column("draw.plan.programme.name", _("Programme"), sort="draw__plan__programme__name"),
            Column("label", _("Your answer"), sort="label"),
            Column("draw.decision.label", _("First answer")),
            Column(
                "is_right",
                _("First answer was"),
                kind="badge",
                sort="is_right",
                value=lambda each: _("right") if each.is_right else _("wrong"),
                tone=lambda each: "good" if each.is_right else "bad",
            ),
            Column(
                "kind",
                _("Kind of error"),
                value=lambda each: each.get_error_class_display() if each.error_class else "",
            ),
        ],
        filters=[
            ChoiceFilter(
                "outcome",
                _("First answer was"),
                choices=[("True", _("right")), ("False", _("wrong"))],
                field="is_right",
            )
        ],
        default_sort="-audited_at",
        empty=Empty(
            title=_("No verdict yet"),
            body=_("What you judge stands here, with what the first answer was."),
            icon="clipboard-check",
        ),
    )


@page(gettext_lazy("Audit"))
def audit(request: PageRequest, draw_id: UUID) -> HttpResponse:
    """The record of one audit: its draw with the odds, its verdicts, and what has happened to it."""
    draws = Draw.objects.select_related(
        "plan__programme", "decision__item", "decision__queue", "decision__worker__organisation", "task__auditor"
    )
    draw = load(request.actor, scopes.AUDIT_VIEW, draws, draw_id)
    # Whoever might still audit it, first or second, must find no trace of the first answer here, nor of a verdict.
    verdicts = [] if stays_blind(request.actor).filter(draw=draw).exists() else verdicts_of(draw)
    is_open = not verdicts
    # The same scope that shows decisions elsewhere shows here who made this one; auditors stay blind to the name.
    may_see_who = bool(may(request.actor, DECISION_VIEW, draw.decision))
    context = {
        "draw": draw,
        "decision": None if is_open else draw.decision,
        "worker": draw.decision.worker if may_see_who and not is_open else None,
        "decision_url": reverse("work:decision", args=[draw.decision_id]) if may_see_who and not is_open else "",
        "facts": _facts(request, draw),
        "verdicts": verdicts,
        "state": _state(draw, verdicts, request),
        "item_html": item_content_html(draw.decision.item),
        "history": [] if is_open else _history(draw),
        "is_open": is_open,
    }
    crumbs = [(_("Sampling"), reverse("quality:home")), (draw.plan.name, draw.plan.get_absolute_url())]
    return render(request, "quality/audit.html", context, crumbs=crumbs)


def _facts(request: PageRequest, draw: Draw) -> list[tuple[object, object]]:
    return [
        (_("Plan"), draw.plan.name),
        (_("Programme"), draw.plan.programme.name),
        (_("Odds it had"), percent_text(draw.pi)),
        (_("Its hash"), number_text(draw.u, digits=6) if draw.plan.is_drawn_here else _("chosen in another tool")),
        (_("Decisions it stands for"), number_text(1 / draw.pi)),
        (_("Drawn"), moment(draw.drawn_at, now=request.now)),
        (_("Decided"), moment(draw.decision.decided_at, now=request.now)),
    ]


def _state(draw: Draw, verdicts: list[Verdict], request: PageRequest) -> Any:
    if verdicts:
        right = verdicts[0].is_right
        return badge(_("right") if right else _("wrong"), tone="good" if right else "bad")
    task: AuditTask = draw.task
    in_hand = task.expires_at is not None and task.expires_at > request.now
    return badge(_("in hand"), tone="info") if in_hand else badge(_("waits"))


def _history(draw: Draw) -> list[Any]:
    return sorted([*trail.history(draw), *trail.history(draw.task)], key=lambda entry: entry.at, reverse=True)
