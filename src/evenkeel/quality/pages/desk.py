"""The audit desk: an item, the guideline, the form. Nothing of the first answer is here until the verdict stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load
from evenkeel.ground.errors import Invalid
from evenkeel.ground.ids import uuid7
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried
from evenkeel.people import note_work
from evenkeel.policy import version_html, version_in_force
from evenkeel.work import (
    PROGRAMME_VIEW,
    AnswerControls,
    Decision,
    Programme,
    answer_words,
    drawn_fields,
    item_content_html,
    suggested_label,
)

from .. import scopes
from ..acts.audits import correct_verdict, give_verdict, return_audit
from ..acts.scorecards import score_verdict
from ..forms import audit_spec, main_choices
from ..models import AuditCheck, AuditTask, Draw, Verdict
from ..queries import verdict_in_force, waiting_for
from ..rules import ERROR_CLASSES
from ..taking import take_next
from .forms import CorrectionForm
from .scoring import ScoringForm, scoring_form, scoring_part


@require_POST
@page(gettext_lazy("Take an audit"))
def take(request: PageRequest) -> HttpResponse:
    """Take the next audit, of one programme or of any."""
    said = request.POST.get("programme", "")
    programme = load(request.actor, PROGRAMME_VIEW, Programme.objects.all(), said) if said else None
    task = take_next(request.actor, programme=programme, now=request.now)
    if task is None:
        messages.info(request, _("Nothing waits to be audited."))
        return redirect("quality:audits")
    note_work(request.actor, state="audit", programme_id=task.programme_id, now=request.now)
    return redirect("quality:check" if isinstance(task, AuditCheck) else "quality:desk", task.pk)


@never_cache
@page(gettext_lazy("Audit"))
def desk(request: PageRequest, task_id: UUID) -> HttpResponse:
    """One audit: to judge while it is in this person's hands, to look back on once it is done."""
    return _desk(request, _task(request, task_id))


def _task(request: PageRequest, task_id: UUID) -> AuditTask:
    tasks = AuditTask.objects.select_related(
        "draw__plan", "draw__decision__item", "draw__decision__form_version", "draw__decision__policy_version",
        "draw__decision__queue", "programme",
    )  # fmt: skip
    return load(request.actor, scopes.AUDIT_DO, tasks.filter(auditor=request.actor.worker_id), task_id)


def _desk(
    request: PageRequest,
    task: AuditTask,
    *,
    wrong: Invalid | None = None,
    correction: CorrectionForm | None = None,
    scoring: ScoringForm | None = None,
) -> HttpResponse:
    decision = task.draw.decision
    spec = audit_spec(decision)
    verdict = verdict_in_force(task.draw) if task.closed_at else None
    said = request.POST if wrong else {}
    context: dict[str, Any] = {
        "task": task,
        "answer_url": reverse("quality:verdict", args=[task.pk]),
        "return_url": reverse("quality:return", args=[task.pk]),
        "item_html": item_content_html(decision.item),
        "spec": spec,
        "fields": asked_fields(spec, said),
        "marking": marking(spec, request.POST if wrong else None) if task.closed_at is None else None,
        "client_key": said.get("client_key") or uuid7().hex,
        "comment": said.get("comment", ""),
        "is_technical": bool(said.get("technical")),
        "faults": wrong.fields if wrong else {},
        "waiting": waiting_for(request.actor, now=request.now, programme=task.programme).exclude(pk=task.pk).count(),
        **guideline(request, task.draw),
    }
    if verdict is not None:
        context |= _outcome(verdict, task, spec, correction)
        context |= scoring_part(request, verdict, task.draw, scoring)
    crumbs = [(_("Audits"), reverse("quality:audits"))]
    is_wrong = wrong or (correction and correction.errors) or (scoring and scoring.errors)
    status = 422 if is_wrong else 200
    return render(request, "quality/desk.html", context, crumbs=crumbs, status=status)


def asked_fields(spec: Mapping[str, Any], said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The form's fields that an auditor answers: the main question and whatever must be answered."""
    return [
        {**field, "is_main": field["name"] == spec["main"], "given": said.get(f"answer-{field['name']}", "")}
        for field in spec["fields"]
        if field["name"] == spec["main"] or (field.get("required") and field["kind"] in ("single_choice", "text"))
    ]


def marking(spec: Mapping[str, Any], sent: QueryDict | None) -> AnswerControls | None:
    """Controls for what the form has marked on the item; the auditor marks it anew, blind. None where nothing is marked."""
    fields = drawn_fields(spec)
    return AnswerControls(sent, spec={**spec, "question": "", "main": "", "fields": fields}) if fields else None


def guideline(request: PageRequest, draw: Draw) -> dict[str, Any]:
    """The text by which the decision had to be made: the version in force at that moment, else the one in force now."""
    decision = draw.decision
    version = decision.policy_version
    if version is None and decision.queue is not None and decision.queue.policy_id is not None:
        version = version_in_force(decision.queue.policy_id, request.now)
    return {"policy_version": version, "guideline": version_html(version) if version else ""}


def _outcome(
    verdict: Verdict, task: AuditTask, spec: Mapping[str, Any], correction: CorrectionForm | None
) -> dict[str, Any]:
    titles = {choice["value"]: choice["title"] for choice in main_choices(spec)}
    first = task.draw.decision.label
    return {
        "verdict": verdict,
        "first_title": titles.get(first, first),
        "own_title": titles.get(verdict.label, verdict.label),
        "marked": _marked(spec, task.draw.decision, verdict),
        "hint": _hint(task.draw.decision, spec, titles),
        "correction": correction or _correction(spec, verdict),
        "is_correcting": correction is not None,
    }


def _hint(decision: Decision, spec: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any] | None:
    """What a model had said of the item: shown once the verdict stands, never before."""
    found = suggested_label(decision.item, spec)
    if found is None:
        return None
    label, model, score = found
    return {"title": titles.get(label, label), "model": model, "score": score}


def _marked(spec: Mapping[str, Any], decision: Decision, verdict: Verdict) -> list[tuple[str, str, str]]:
    """What was marked, first and now, for each field that marks: title, first, own."""
    cut = {**spec, "main": "", "fields": drawn_fields(spec)}
    first, own = dict(answer_words(cut, decision.answer)), dict(answer_words(cut, verdict.answer))
    return [(title, first.get(title, "–"), own.get(title, "–")) for title in first | own]


def _correction(spec: Mapping[str, Any], verdict: Verdict, data: Any = None) -> CorrectionForm:
    form = CorrectionForm(
        data,
        initial={
            "label": verdict.label,
            # Any other kind follows from the two answers, of which one is about to change.
            "kind": verdict.error_class if verdict.error_class == "technical_error" else "",
            "comment": verdict.comment,
            "client_key": uuid7().hex,
        },
    )
    form.fields["label"].choices = [(c["value"], c["title"]) for c in main_choices(spec)]  # type: ignore[attr-defined]
    kinds = {kind: title for kind, title in Verdict.ERROR_CLASSES if kind in ERROR_CLASSES}
    form.fields["kind"].choices = [("", _("as the answers say")), *kinds.items()]  # type: ignore[attr-defined]
    return form


@require_POST
@page(gettext_lazy("Verdict"))
def verdict(request: PageRequest, task_id: UUID) -> HttpResponse:
    """Give a verdict; what the first answer was is shown afterwards."""
    task = _task(request, task_id)
    spec = audit_spec(task.draw.decision)
    try:
        give_verdict(request.actor, task_id=task.pk, now=request.now, **said_at_the_desk(request.POST, spec))
    except Invalid as wrong:
        return _desk(request, task, wrong=wrong)
    return redirect("quality:desk", task.pk)


def said_at_the_desk(sent: QueryDict, spec: Mapping[str, Any]) -> dict[str, Any]:
    """What the desk's form says, as `give_verdict` and `answer_check` take it."""
    controls = marking(spec, sent)
    marks = controls.answer() if controls and controls.is_valid() else {}
    answer = marks | {each["name"]: sent.get(f"answer-{each['name']}", "") for each in asked_fields(spec, {})}
    active = sent.get("active_ms", "")
    return {
        "answer": {name: value for name, value in answer.items() if value},
        "comment": sent.get("comment", ""),
        "error_class": "technical_error" if sent.get("technical") else None,
        "client_key": sent.get("client_key", ""),
        "active_ms": min(int(active), 2**31 - 1) if active.isascii() and active.isdigit() else None,
    }


@require_POST
@page(gettext_lazy("Correction"))
def correction(request: PageRequest, task_id: UUID) -> HttpResponse:
    """Put one's own verdict right; the earlier one stays on record."""
    task = _task(request, task_id)
    present = verdict_in_force(task.draw)
    if present is None:
        return redirect("quality:desk", task.pk)
    form = _correction(audit_spec(task.draw.decision), present, request.POST)
    made = tried(form, lambda said: _corrected(request, task.draw, present, said))
    if made is None:
        return _desk(request, task, correction=form)
    messages.success(request, _("Your verdict is put right; the earlier one stays on record."))
    return redirect("quality:desk", task.pk)


def _corrected(request: PageRequest, draw: Draw, present: Verdict, said: dict[str, Any]) -> Verdict:
    main = audit_spec(draw.decision)["main"]
    return correct_verdict(
        request.actor,
        verdict=present,
        answer={**present.answer, main: said["label"]},
        comment=said["comment"],
        error_class=said["kind"] or None,
        client_key=said["client_key"],
        now=request.now,
    )


@require_POST
@page(gettext_lazy("Scorecard"))
def scoring(request: PageRequest, task_id: UUID) -> HttpResponse:
    """Fill in the scorecard of one's own verdict."""
    task = _task(request, task_id)
    present = verdict_in_force(task.draw)
    form = scoring_form(request, present, task.draw, request.POST) if present else None
    if present is None or form is None:
        return redirect("quality:desk", task.pk)
    made = tried(form, lambda said: score_verdict(request.actor, verdict=present, now=request.now, **form.said(said)))
    if made is None:
        return _desk(request, task, scoring=form)
    messages.success(request, _("The scorecard is kept."))
    return redirect("quality:desk", task.pk)


@require_POST
@page(gettext_lazy("Give back"))
def give_back(request: PageRequest, task_id: UUID) -> HttpResponse:
    """Give an audit back unjudged."""
    return_audit(request.actor, task_id=task_id, now=request.now)
    messages.info(request, _("The audit waits for somebody else."))
    return redirect("quality:audits")
