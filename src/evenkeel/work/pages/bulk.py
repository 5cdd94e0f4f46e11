"""Changes to many tasks at once: choose, see exactly what is meant, ask for it, agree, watch, reverse."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, unveiled, visible
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table
from evenkeel.ground.trying import tried

from .. import scopes
from ..acts.bulk import approve_bulk, order_bulk, refuse_bulk, reverse_bulk
from ..models import BulkAct, BulkRow, Programme
from ..queries.bulk import preview_of
from ..rules.bulk import WHY, check_selection
from .bulk_forms import BulkForm, ReasonForm
from .queues import PROGRAMMES

_TONES = {"done": "good", "held": "warn", "queued": "info", "running": "info", "refused": "bad", "expired": "quiet"}


@page(gettext_lazy("Changes to many tasks"))
def bulk(request: PageRequest, programme_id: UUID) -> HttpResponseBase:
    """Choose tasks and see what is meant (GET); ask for the change (POST); below, what was done before."""
    programme = _programme(request, programme_id)
    queues = visible(request.actor, scopes.QUEUE_VIEW, programme.queues.order_by("name"))
    is_asked = request.method == "POST"
    said = request.POST if is_asked else request.GET if "verb" in request.GET else None
    form = BulkForm(said, queues=queues)
    made = preview = None
    if is_asked:
        made = tried(
            form,
            lambda said: order_bulk(
                request.actor, programme=programme, selection=form.selection(), now=request.now, **form.what()
            ),
        )
        if made is not None:
            messages.success(request, _made_sentence(made))
            return redirect(made)
    if said is not None and form.is_valid():
        preview = tried(form, lambda said: _preview(programme, form))
    elif list(form.errors) == ["reason"]:
        # What is meant stays on show while the reason is written.
        preview = _preview(programme, form)
    form.fields["reason"].required = True
    table = Table(
        request,
        visible(request.actor, scopes.BULK_DO, BulkAct.objects.filter(programme=programme)),
        title=_("What was changed before"),
        columns=[
            Column(
                "created_at", _("When"), kind="moment", sort="created_at", link=lambda each: each.get_absolute_url()
            ),
            Column("verb", _("What"), value=lambda each: each.get_verb_display()),
            Column("total", _("Tasks"), kind="count", sort="total"),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda each: each.get_state_display(),
                tone=lambda each: _TONES.get(each.state, "quiet"),
            ),
            Column("reason", _("Reason")),
            Column("by_name", _("By"), sort="by_name"),
        ],
        default_sort="-created_at",
        key="acts",
        empty=Empty(
            title=_("Nothing yet"),
            body=_("Each change stands here with its reason, what it touched, and a way back."),
            icon="layers",
        ),
    )
    context = {"programme": programme, "form": form, "preview": preview, "table": table}
    status = 422 if form.errors else 200
    return table.export() or render(request, "work/bulk.html", context, crumbs=_crumbs(programme), status=status)


@page(gettext_lazy("Change to many tasks"))
def bulk_act(request: PageRequest, act_id: UUID) -> HttpResponseBase:
    """One change: how far it is, what each task was and became, and the way back."""
    found = _act(request, act_id)
    table = Table(
        request,
        unveiled(BulkRow.objects.filter(act=found)).select_related("task__item", "task__queue"),
        title=_("Tasks"),
        columns=[
            Column(
                "task.item.key", _("Item"), kind="code", sort="id", link=lambda each: each.task.item.get_absolute_url()
            ),
            Column("task.queue.name", _("Queue now")),
            Column(
                "outcome",
                _("Outcome"),
                kind="badge",
                value=lambda each: each.get_outcome_display(),
                tone=lambda each: {"changed": "good", "left": "warn"}.get(each.outcome, "quiet"),
            ),
            Column("why", _("Why it was left"), value=lambda each: WHY.get(each.why, "")),
            Column("before", _("Before"), value=_before, optional=True),
        ],
        filters=[
            ChoiceFilter("outcome", _("Outcome"), choices=[("changed", _("changed")), ("left", _("left as it was"))])
        ],
        default_sort="task.item.key",
    )
    context = {
        "bulk": found,
        "table": table,
        "reason_form": ReasonForm(),
        **_state(request, found),
    }
    crumbs = [*_crumbs(found.programme), (_("Changes to many tasks"), reverse("work:bulk", args=[found.programme_id]))]
    return table.export() or render(request, "work/bulk_act.html", context, crumbs=crumbs)


@page(gettext_lazy("Change to many tasks"))
def bulk_state(request: PageRequest, act_id: UUID) -> HttpResponse:
    """How far it is; the page asks until it is over."""
    found = _act(request, act_id)
    response: HttpResponse = TemplateResponse(request, "work/parts/bulk_state.html", _state(request, found))
    if found.is_over:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@page(gettext_lazy("Agree"))
def bulk_approval(request: PageRequest, act_id: UUID) -> HttpResponse:
    """Agree to it as a second person."""
    found = approve_bulk(request.actor, held=_act(request, act_id), now=request.now)
    messages.success(request, _("It begins."))
    return redirect(found)


@require_POST
@page(gettext_lazy("Turn down"))
def bulk_refusal(request: PageRequest, act_id: UUID) -> HttpResponse:
    """Turn it down, or withdraw one's own."""
    found = refuse_bulk(request.actor, held=_act(request, act_id), now=request.now)
    messages.info(request, _("Nothing is changed."))
    return redirect(found)


@require_POST
@page(gettext_lazy("Reverse"))
def bulk_reversal(request: PageRequest, act_id: UUID) -> HttpResponse:
    """Put back what each task was."""
    found = _act(request, act_id)
    made = reverse_bulk(request.actor, done=found, reason=request.POST.get("reason", ""), now=request.now)
    messages.success(request, _made_sentence(made))
    return redirect(made)


def _preview(programme: Programme, form: BulkForm) -> Any:
    selection = form.selection()
    check_selection(selection)
    return preview_of(programme, selection)


def _made_sentence(made: BulkAct) -> str:
    if made.state == "held":
        return _("%(n)s tasks: a second person has to agree within a day; those who can are told.") % {
            "n": f"{made.total:,}"
        }
    return _("%(n)s tasks are being changed.") % {"n": f"{made.total:,}"}


def _programme(request: PageRequest, programme_id: UUID) -> Programme:
    found = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    require(request.actor, scopes.BULK_DO, found)
    return found


def _act(request: PageRequest, act_id: UUID) -> BulkAct:
    rows = BulkAct.objects.select_related("programme", "to_queue", "reverses", "answered_by")
    # Who may agree need not be one who may ask.
    scope = scopes.BULK_DO if request.actor.has(scopes.BULK_DO) else scopes.BULK_APPROVE
    return load(request.actor, scope, rows, act_id)


def _state(request: PageRequest, found: BulkAct) -> dict[str, Any]:
    counts = {name: n for name, n in found.counts.items() if n}
    is_own = found.by_id is not None and found.by_id == request.actor.person_id
    return {
        "bulk": found,
        "tone": _TONES.get(found.state, "quiet"),
        "done": sum(counts.values()),
        "changed": counts.get("changed", 0),
        "left": [(WHY[why], n) for why, n in sorted(counts.items()) if why in WHY],
        "is_own": is_own,
        "may_approve": not is_own and bool(may(request.actor, scopes.BULK_APPROVE, found.programme)),
        "may_reverse": found.state == "done"
        and found.verb != BulkAct.REVERSE
        and bool(counts.get("changed"))
        and not found.reversals.exclude(state__in=("refused", "expired", "withdrawn")).exists(),
        "reversal": found.reversals.order_by("-created_at").first(),
    }


def _before(row: BulkRow) -> str:
    said = row.before or {}
    return ", ".join(
        f"{name} {said[name]}" for name in ("priority", "wanted", "closed_at") if said.get(name) is not None
    )


def _crumbs(programme: Programme) -> list[tuple[Any, str | None]]:
    return [PROGRAMMES, (programme.name, programme.get_absolute_url())]
