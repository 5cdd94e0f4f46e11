"""Gates and exams: how they test, whom they keep away, and the ways back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table
from evenkeel.ground.trying import tried

from .. import scopes
from ..acts.exams import end_exam, open_exam
from ..acts.gates import end_gate, let_back_through, start_gate, way_back_words
from ..acts.ours import insist_on_ours
from ..models import Exam, ExamCall, ExamSitting, Gate, GateVerdict, WithLimits
from ..queries.gates import limits_of
from ..queries.golden import in_force_for
from ..queries.renewals import calls_of
from ..rules.gates import outlook
from .golden_forms import ExamForm, GateForm, ReasonForm

_OUTCOMES = {"": "info", "passed": "good", "failed": "warn"}


@page(gettext_lazy("Gates and exams"))
def gates(request: PageRequest) -> HttpResponseBase:
    """Every gate and exam that the person may see, and whom a gate keeps away now."""
    require(request.actor, scopes.GATE_VIEW)
    actor = request.actor
    found = visible(actor, scopes.GATE_VIEW, Gate.objects.select_related("queue__programme"))
    exams = visible(actor, scopes.GATE_VIEW, Exam.objects.select_related("queue", "certification"))
    away = GateVerdict.objects.filter(is_passed=False, way_back=None, gate__ended_at=None)
    away = visible(actor, scopes.GATE_VIEW, away.exclude(gate__consequence=Gate.WARN))
    table = Table(
        request,
        found,
        title=_("Gates"),
        columns=[
            Column("name", _("Gate"), sort="name", link=lambda each: each.get_absolute_url()),
            Column("queue.name", _("Queue"), sort="queue__name"),
            Column("good", _("Good enough"), kind="percent"),
            Column("bad", _("Too low"), kind="percent"),
            Column("consequence", _("When it fails"), value=lambda each: each.get_consequence_display()),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda each: _("ended") if each.ended_at else _("runs"),
                tone=lambda each: "quiet" if each.ended_at else "good",
            ),
            Column("started_at", _("Since"), kind="moment", sort="started_at"),
        ],
        default_sort="-started_at",
        export_name="gates",
        empty=Empty(
            title=_("No gate yet"),
            body=_("A gate tests people’s answers to golden items, one by one, with stated risks of being wrong."),
            icon="badge-check",
        ),
    )
    if (exported := table.export()) is not None:
        return exported
    context = {
        "table": table,
        "exams": exams,
        "away": away.select_related("gate__queue", "worker__organisation").order_by("-at")[:100],
        "may_edit": not actor.is_outside and actor.has(scopes.GATE_EDIT),
    }
    return render(request, "quality/gates.html", context)


@page(gettext_lazy("Start a gate"))
def start(request: PageRequest) -> HttpResponseBase:
    """Set a gate up."""
    require(request.actor, scopes.GATE_EDIT)
    insist_on_ours(request.actor)
    form = GateForm(request.POST or None, actor=request.actor)
    if request.method == "POST":
        made = tried(form, lambda _said: start_gate(request.actor, now=request.now, **form.said()))
        if made is not None:
            messages.success(request, _("The gate judges answers from now on."))
            return redirect(made)
    return render(
        request, "quality/start_gate.html", {"form": form}, crumbs=[_crumb()], status=422 if form.errors else 200
    )


@page(gettext_lazy("Gate"))
def gate(request: PageRequest, gate_id: UUID) -> HttpResponseBase:
    """A gate: its test, its verdicts, and whom it keeps away."""
    found = load(request.actor, scopes.GATE_VIEW, Gate.objects.select_related("queue", "exam__queue"), gate_id)
    rows = GateVerdict.objects.filter(gate=found).select_related("worker__organisation", "way_back__by", "gate")
    verdicts = visible(request.actor, scopes.GATE_VIEW, rows)
    table = Table(
        request,
        verdicts,
        title=_("Verdicts"),
        columns=[
            Column("worker", _("Worker"), kind="person"),
            Column(
                "is_passed",
                _("Verdict"),
                kind="badge",
                value=lambda each: _("passed") if each.is_passed else _("failed"),
                tone=lambda each: "good" if each.is_passed else "warn",
            ),
            Column("n", _("Answers"), kind="count", sort="n"),
            Column("errors", _("Wrong"), kind="count", sort="errors"),
            Column("risk", _("Risk spent"), kind="percent", help=_("Of stopping somebody who is good enough.")),
            Column(
                "way_back", _("Way back"), value=lambda each: each.way_back.why if hasattr(each, "way_back") else None
            ),
            Column("at", _("When"), kind="moment", sort="at"),
        ],
        default_sort="-at",
        export_name="gate-verdicts",
        empty=Empty(title=_("No verdict yet"), icon="badge-check"),
    )
    if (exported := table.export()) is not None:
        return exported
    away = [] if found.consequence == Gate.WARN else list(verdicts.filter(is_passed=False, way_back=None)[:100])
    context = {
        "gate": found,
        "table": table,
        "away": [each for each in away if may(request.actor, scopes.GATE_LET_BACK, each)],
        "reason": ReasonForm(),
        "way_back": way_back_words(found),
        "facts": _test_facts(found),
        "may_end": found.ended_at is None and bool(may(request.actor, scopes.GATE_EDIT, found)),
    }
    return render(request, "quality/gate.html", context, crumbs=[_crumb()])


@require_POST
@page(gettext_lazy("End a gate"))
def end(request: PageRequest, gate_id: UUID) -> HttpResponseBase:
    """Judge nobody by it any more."""
    found = load(request.actor, scopes.GATE_VIEW, Gate.objects.select_related("queue"), gate_id)
    end_gate(request.actor, gate=found, now=request.now)
    messages.success(request, _("The gate has ended."))
    return redirect(found)


@require_POST
@page(gettext_lazy("Let somebody back"))
def let_back(request: PageRequest, gate_verdict_id: UUID) -> HttpResponseBase:
    """Let somebody back whom a gate keeps away."""
    rows = GateVerdict.objects.select_related("gate", "worker")
    found = load(request.actor, scopes.GATE_VIEW, rows, gate_verdict_id)
    require(request.actor, scopes.GATE_LET_BACK, found)
    form = ReasonForm(request.POST)
    if tried(form, lambda said: let_back_through(request.actor, verdict=found, now=request.now, **said)) is None:
        messages.error(request, _("A reason is missing."))
    else:
        messages.success(request, _("%(name)s gets work again.") % {"name": found.worker.name})
    return redirect(found.gate)


@page(gettext_lazy("Set up an exam"))
def open_(request: PageRequest) -> HttpResponseBase:
    """Make an empty queue an exam."""
    require(request.actor, scopes.GATE_EDIT)
    insist_on_ours(request.actor)
    form = ExamForm(request.POST or None, actor=request.actor)
    if request.method == "POST":
        made = tried(form, lambda _said: open_exam(request.actor, now=request.now, **form.said()))
        if made is not None:
            messages.success(request, _("The exam is open to whoever works in its queue."))
            return redirect(made)
    return render(
        request, "quality/open_exam.html", {"form": form}, crumbs=[_crumb()], status=422 if form.errors else 200
    )


@page(gettext_lazy("Exam"))
def exam(request: PageRequest, exam_id: UUID) -> HttpResponseBase:
    """An exam: its test, whether it has items enough, and who sat it."""
    found = load(request.actor, scopes.GATE_VIEW, Exam.objects.select_related("queue__form", "certification"), exam_id)
    rows = ExamSitting.objects.filter(exam=found).select_related("worker__organisation", "exam")
    table = Table(
        request,
        visible(request.actor, scopes.GATE_VIEW, rows),
        title=_("Sittings"),
        columns=[
            Column("worker", _("Worker"), kind="person"),
            Column(
                "outcome",
                _("Outcome"),
                kind="badge",
                value=lambda each: each.get_outcome_display(),
                tone=lambda each: _OUTCOMES[each.outcome],
            ),
            Column("n", _("Answers"), kind="count", value=lambda each: each.n if each.ended_at else None),
            Column("errors", _("Wrong"), kind="count", value=lambda each: each.errors if each.ended_at else None),
            Column("started_at", _("Begun"), kind="moment", sort="started_at"),
            Column("ended_at", _("Ended"), kind="moment", sort="ended_at"),
        ],
        default_sort="-started_at",
        export_name="exam-sittings",
        empty=Empty(title=_("Nobody has sat it yet"), icon="badge-check"),
    )
    if (exported := table.export()) is not None:
        return exported
    may_edit = bool(may(request.actor, scopes.GATE_EDIT, found))
    items = in_force_for(found.queue, request.now, is_for_exams=True).count() if may_edit else None
    context = {
        "exam": found,
        "table": table,
        "items": items,
        "calls": calls_of(
            visible(request.actor, scopes.GATE_VIEW, ExamCall.objects.filter(exam=found)), now=request.now
        )[:200],
        "is_short": items is not None and items < found.most,
        "facts": [
            (_("Gives"), found.certification.name),
            (_("Days until it may be sat again"), found.wait_days),
            *_test_facts(found),
        ],
        "may_end": may_edit and found.ended_at is None,
    }
    return render(request, "quality/exam.html", context, crumbs=[_crumb()])


@require_POST
@page(gettext_lazy("End an exam"))
def end_of_exam(request: PageRequest, exam_id: UUID) -> HttpResponseBase:
    """Hand nothing out in it any more."""
    found = load(request.actor, scopes.GATE_VIEW, Exam.objects.all(), exam_id)
    end_exam(request.actor, exam=found, now=request.now)
    messages.success(request, _("The exam has ended."))
    return redirect(found)


def _test_facts(found: WithLimits) -> list[tuple[object, object]]:
    seen = outlook(limits_of(found))
    percent: Any = "{:.1%}".format
    return [
        (_("Good enough"), percent(found.good)),
        (_("Too low"), percent(found.bad)),
        (_("Who is good enough passes"), percent(seen.pass_good)),
        (_("Who is too low passes"), percent(seen.pass_bad)),
        (_("Answers it takes, good enough"), f"{seen.mean_good:.1f}"),
        (_("Answers it takes, too low"), f"{seen.mean_bad:.1f}"),
        (_("A fixed test would take"), seen.fixed),
        (_("At most"), found.most),
    ]


def _crumb() -> tuple[Any, str]:
    return _("Gates and exams"), reverse("quality:gates")
