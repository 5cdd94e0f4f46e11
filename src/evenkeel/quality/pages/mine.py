"""A person's own quality: what audits found about her decisions, how it goes, and what she objected to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load, may, require
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, PeriodFilter, Table
from evenkeel.ground.trying import tried
from evenkeel.work import item_content_html

from .. import scopes
from ..acts.disputes import raise_dispute
from ..forms import audit_spec, main_choices
from ..models import Dispute, Verdict
from ..queries.disputes import kind_for, own_findings, reasons_for, rule_of, why_not_raise
from ..queries.own import own_calibrations, own_retired_golds
from ..queries.renewals import own_calls
from ..rules.disputes import why_not_dispute
from .dispute_forms import RaisingForm
from .dispute_words import state_of


@page(
    gettext_lazy("My quality"),
    name="quality:mine",
    nav=Nav(section="work", icon="badge-check", order=17, scope=scopes.FINDING_OWN, is_for_workers=True),
)
def mine(request: PageRequest) -> HttpResponseBase:
    """My findings, each with its reason, what I disputed, and whatever other rooms know of my quality."""
    require(request.actor, scopes.FINDING_OWN)
    table = Table(
        request,
        own_findings(request.actor),
        title=_("What audits found"),
        columns=_columns(request),
        filters=[
            ChoiceFilter(
                "outcome", _("Found"), choices=[("True", _("right")), ("False", _("wrong"))], field="is_right"
            ),
            PeriodFilter("audited", _("Audited"), field="audited_at"),
            PeriodFilter("decided", _("Decided"), field="draw.decision.decided_at"),
        ],
        default_sort="-audited_at",
        empty=Empty(
            title=_("No audit yet"),
            body=_("Some of your decisions are drawn by chance and judged anew. What was found stands here."),
            icon="clipboard-check",
        ),
    )
    if (exported := table.export()) is not None:
        return exported
    context = {
        "table": table,
        "has_worker": request.actor.worker_id is not None,
        "worker_id": request.actor.worker_id,
        "golds": own_retired_golds(request.actor),
        "calls": own_calls(request.actor.worker_id, now=request.now),
        "now": request.now,
        "sessions": own_calibrations(request.actor, now=request.now),
    }
    return render(request, "quality/mine.html", context)


def _columns(request: PageRequest) -> list[Column]:
    return [
        Column(
            "audited_at",
            _("Audited"),
            kind="moment",
            sort="audited_at",
            link=lambda each: reverse("quality:finding", args=[each.pk]),
        ),
        Column("draw.decision.item.key", _("Item"), kind="code"),
        Column("draw.decision.label", _("Your answer")),
        Column(
            "is_right",
            _("Found"),
            kind="badge",
            sort="is_right",
            value=lambda each: _("right") if each.is_right else _("wrong"),
            tone=lambda each: "good" if each.is_right else "bad",
        ),
        Column("label", _("Auditor’s answer")),
        Column(
            "dispute",
            _("Dispute"),
            kind="badge",
            value=lambda each: _dispute_word(request, each),
            tone=lambda each: state_of(each.dispute, now=request.now)[1] if hasattr(each, "dispute") else "quiet",
        ),
    ]


def _dispute_word(request: PageRequest, each: Verdict) -> str:
    if hasattr(each, "dispute"):
        return state_of(each.dispute, now=request.now)[0]
    days = _windows(request).setdefault(each.draw.decision.programme_id, None)
    if days is None:
        days = rule_of(each.draw.decision.programme_id).window_days
        _windows(request)[each.draw.decision.programme_id] = days
    reason = why_not_dispute(
        is_right=each.is_right, is_in_force=True, is_disputed=False, found_at=each.audited_at, window_days=days,
        now=request.now,
    )  # fmt: skip
    return "" if reason else _("may be disputed")


def _windows(request: PageRequest) -> dict[UUID, int | None]:
    """Windows by programme, asked once a page."""
    found: dict[UUID, int | None] = request.__dict__.setdefault("_dispute_windows", {})
    return found


@page(gettext_lazy("Finding"))
def finding(request: PageRequest, verdict_id: UUID) -> HttpResponse:
    """One finding about a decision of mine, or of my organisation's people; POST disputes it."""
    found = _finding(request, verdict_id)
    why_not = why_not_raise(request.actor, found, now=request.now)
    form = RaisingForm(request.POST or None, reasons=reasons_for("raising"))
    if request.method == "POST":
        made = tried(
            form,
            lambda said: raise_dispute(
                request.actor, verdict=found, reason=said["reason"], text=said["text"], now=request.now
            ),
        )
        if made is not None:
            messages.success(request, _("Disputed. Somebody who had no part in it judges anew, blind."))
            return redirect("quality:finding", found.pk)
    decision = found.draw.decision
    titles = {choice["value"]: choice["title"] for choice in main_choices(audit_spec(decision))}
    dispute: Dispute | None = getattr(found, "dispute", None)
    context: dict[str, Any] = {
        "finding": found,
        "decision": decision,
        "item_html": item_content_html(decision.item),
        "first": titles.get(decision.label, decision.label),
        "second": titles.get(found.label, found.label),
        "dispute": dispute,
        "state": state_of(dispute, now=request.now) if dispute else None,
        "may_dispute": why_not is None,
        "why_not": None if found.is_right or dispute else why_not,
        "is_hers": kind_for(request.actor, found) == Dispute.PERSON,
        "form": form,
    }
    crumbs = [(_("My quality"), reverse("quality:mine"))]
    if not context["is_hers"]:
        crumbs = [(_("Findings"), reverse("quality:site_findings"))]
    return render(request, "quality/finding.html", context, crumbs=crumbs, status=422 if form.errors else 200)


def _finding(request: PageRequest, verdict_id: UUID) -> Verdict:
    """A verdict about her own decision, or about her organisation's people for whoever may speak for it."""
    rows = Verdict.objects.select_related(
        "draw__decision__item", "draw__decision__form_version", "draw__decision__queue", "draw__task",
        "draw__decision__worker", "dispute__settlement__reason", "dispute__reason",
    )  # fmt: skip
    own = rows.filter(pk=verdict_id, draw__decision__worker=request.actor.worker_id).first()
    if own is not None and request.actor.worker_id is not None and may(request.actor, scopes.FINDING_OWN, own):
        return own
    if not request.actor.has(scopes.DISPUTE_RAISE):
        raise NotFound(_("There is no such page, or it is not yours to see."))
    return load(request.actor, scopes.DISPUTE_RAISE, rows, verdict_id)
