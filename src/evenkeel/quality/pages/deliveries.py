"""Deliveries: how a vendor's are judged, each with its samples and verdict, and the certificate."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table
from evenkeel.ground.templatetags.parts import badge, moment
from evenkeel.ground.trying import tried

from .. import scopes
from ..acts.deliveries import end_scheme, hand_in, resume_inspection, start_scheme
from ..acts.ours import insist_on_ours
from ..models import AcceptanceScheme, Batch, BatchVerdict
from ..queries.deliveries import inspection_of, stages_of, terms_of
from ..rules.deliveries import plan_for, risks_of
from .delivery_forms import HandInForm, ResumeForm, SchemeForm
from .oc_chart import operating_characteristic

TONES = {"normal": "good", "tightened": "warn", "reduced": "info", "stopped": "bad"}
_EXAMPLE_LOT = 5_000


@page(gettext_lazy("Deliveries"))
def deliveries(request: PageRequest) -> HttpResponseBase:
    """Every agreement and every delivery that the person may see."""
    require(request.actor, scopes.DELIVERY_VIEW)
    schemes = list(
        visible(
            request.actor,
            scopes.DELIVERY_VIEW,
            AcceptanceScheme.objects.select_related("programme", "organisation"),
        )
    )
    found = visible(
        request.actor, scopes.DELIVERY_VIEW, Batch.objects.select_related("scheme__organisation", "verdict")
    )
    table = _batches(request, found, title=_("Deliveries"))
    if (exported := table.export()) is not None:
        return exported
    context = {
        "schemes": [(scheme, (state := inspection_of(scheme)), TONES[state.stage]) for scheme in schemes],
        "table": table,
        "may_agree": not request.actor.is_outside and request.actor.has(scopes.SCHEME_EDIT),
    }
    return render(request, "quality/deliveries.html", context)


@page(gettext_lazy("Agree on deliveries"))
def agree(request: PageRequest) -> HttpResponse:
    """Say how a vendor's deliveries are judged from now on."""
    require(request.actor, scopes.SCHEME_EDIT)
    insist_on_ours(request.actor)
    form = SchemeForm(request.POST or None, actor=request.actor)
    if request.method == "POST":
        made = tried(form, lambda said: start_scheme(request.actor, now=request.now, **form.said()))
        if made is not None:
            messages.success(request, _("Deliveries may be handed in under %(name)s.") % {"name": made.name})
            return redirect(made)
    crumbs = [(_("Deliveries"), reverse("quality:deliveries"))]
    return render(request, "quality/agree.html", {"form": form}, crumbs=crumbs, status=422 if form.errors else 200)


@page(gettext_lazy("Agreement on deliveries"))
def scheme(request: PageRequest, scheme_id: UUID) -> HttpResponseBase:
    """An agreement: where inspection stands and why, its deliveries, how its plan behaves."""
    found = _scheme(request, scopes.DELIVERY_VIEW, scheme_id)
    return _scheme_page(request, found, HandInForm(None, scheme=found, now=request.now))


def _scheme(request: PageRequest, scope: str, scheme_id: UUID) -> AcceptanceScheme:
    rows = AcceptanceScheme.objects.select_related("programme", "organisation", "created_by")
    return load(request.actor, scope, rows, scheme_id)


def _scheme_page(request: PageRequest, found: AcceptanceScheme, form: HandInForm) -> HttpResponseBase:
    state = inspection_of(found)
    batches = visible(request.actor, scopes.DELIVERY_VIEW, Batch.objects.filter(scheme=found).select_related("verdict"))
    table = _batches(request, batches.select_related("scheme__organisation", "verdict"), title=_("Deliveries"))
    if (exported := table.export()) is not None:
        return exported
    last = batches.order_by("-number").first()
    lot = last.lot if last is not None else _EXAMPLE_LOT
    may_edit = not request.actor.is_outside and bool(may(request.actor, scopes.SCHEME_EDIT, found))
    is_open = found.ended_at is None
    context = {
        "scheme": found,
        "state": state,
        "tone": TONES[state.stage],
        "table": table,
        "facts": _facts(request, found),
        "switches": found.inspections.select_related("verdict__batch", "by").order_by("-id")[:20],
        "chart": operating_characteristic(_plan_of(found, lot, state.stage), aql=found.aql, lot=lot),
        "lot": lot,
        "form": form if is_open and state.stage != "stopped" and _may_add(request, found) else None,
        "resume": ResumeForm() if is_open and state.stage == "stopped" and may_edit else None,
        "may_end": may_edit and is_open,
    }
    crumbs = [(_("Deliveries"), reverse("quality:deliveries"))]
    return render(request, "quality/scheme.html", context, crumbs=crumbs, status=422 if form.errors else 200)


def _may_add(request: PageRequest, found: AcceptanceScheme) -> bool:
    return bool(may(request.actor, scopes.DELIVERY_ADD, found))


def _plan_of(found: AcceptanceScheme, lot: int, stage: str) -> dict[str, Any] | None:
    try:
        return plan_for(terms_of(found), lot=lot, inspection="tightened" if stage == "stopped" else stage)
    except ValueError:  # the standard has no plan for these terms
        return None


def _facts(request: PageRequest, found: AcceptanceScheme) -> list[tuple[object, object]]:
    return [
        (_("Programme"), found.programme.name),
        (_("Vendor"), found.organisation.name),
        (_("Acceptable share of errors"), f"{found.aql:g} %"),
        (_("Inspection level"), found.level),
        (_("Samples"), found.get_plan_type_display()),
        (_("Reduced inspection"), _("allowed") if found.allows_reduced else _("not agreed")),
        (_("Agreed"), moment(found.started_at, now=request.now)),
        (_("Ended"), moment(found.ended_at, now=request.now)),
        (_("By"), found.created_by.name if found.created_by else _("the system")),
    ]


@require_POST
@page(gettext_lazy("Hand in a delivery"))
def add(request: PageRequest, scheme_id: UUID) -> HttpResponseBase:
    """Hand in a delivery; its first sample is drawn at once."""
    found = _scheme(request, scopes.DELIVERY_ADD, scheme_id)
    form = HandInForm(request.POST, scheme=found, now=request.now)
    made = tried(form, lambda said: hand_in(request.actor, scheme=found, now=request.now, **form.said()))
    if made is None:
        return _scheme_page(request, found, form)
    messages.success(
        request,
        _("%(name)s is taken: %(n)s of %(lot)s decisions wait for auditors.")
        % {"name": made.name, "n": made.sizes[0], "lot": made.lot},
    )
    return redirect(made)


@require_POST
@page(gettext_lazy("Resume inspection"))
def resume(request: PageRequest, scheme_id: UUID) -> HttpResponse:
    """Take deliveries again after a stop, tightened."""
    found = _scheme(request, scopes.SCHEME_EDIT, scheme_id)
    try:
        resume_inspection(request.actor, scheme=found, why=request.POST.get("why", ""), now=request.now)
    except Invalid as wrong:
        messages.error(request, " ".join(sentence for said in wrong.fields.values() for sentence in said))
    else:
        messages.success(request, _("Deliveries are taken again, by tightened inspection."))
    return redirect(found)


@require_POST
@page(gettext_lazy("End the agreement"))
def end(request: PageRequest, scheme_id: UUID) -> HttpResponse:
    """Take no more deliveries by this agreement."""
    found = end_scheme(request.actor, scheme=_scheme(request, scopes.SCHEME_EDIT, scheme_id), now=request.now)
    messages.success(request, _("%(name)s has ended.") % {"name": found.name})
    return redirect(found)


@page(gettext_lazy("Delivery"))
def delivery(request: PageRequest, batch_id: UUID) -> HttpResponse:
    """A delivery: what it holds, its samples so far, its verdict."""
    found = _batch(request, batch_id)
    return render(
        request, "quality/delivery.html", told_of(request, found), crumbs=[
            (_("Deliveries"), reverse("quality:deliveries")), (found.scheme.name, found.scheme.get_absolute_url()),
        ],
    )  # fmt: skip


@page(gettext_lazy("Certificate"))
def certificate(request: PageRequest, batch_id: UUID) -> HttpResponse:
    """The certificate of a delivery that was judged, to be printed."""
    found = _batch(request, batch_id)
    crumbs = [(_("Deliveries"), reverse("quality:deliveries")), (found.name, found.get_absolute_url())]
    return render(request, "quality/certificate.html", told_of(request, found), crumbs=crumbs)


def _batch(request: PageRequest, batch_id: UUID) -> Batch:
    rows = Batch.objects.select_related(
        "scheme__organisation", "scheme__programme", "queue", "handed_in_by", "resubmits", "verdict"
    )
    return load(request.actor, scopes.DELIVERY_VIEW, rows, batch_id)


def told_of(request: PageRequest, found: Batch) -> dict[str, Any]:
    """What the page and the certificate of a delivery tell."""
    verdict = BatchVerdict.objects.filter(batch=found).first()
    stages = stages_of([found]).get(found.pk, [])
    numbers = list(zip(found.sizes, found.plan.get("accept", []), found.plan.get("reject", []), strict=False))
    rows = []
    for at, (size, accept, reject) in enumerate(numbers):
        stage = stages[at] if at < len(stages) else None
        # While a sample is being audited nobody is told how it stands: an auditor who knew would not be blind.
        wrong = verdict.errors[at] if verdict is not None and at < len(verdict.errors) else None
        rows.append({"size": size, "accept": accept, "reject": reject, "stage": stage, "wrong": wrong})
    return {
        "batch": found,
        "scheme": found.scheme,
        "verdict": verdict,
        "state": state_of(verdict, stages),
        "rows": rows,
        "risks": risks_of(found.plan, aql=found.scheme.aql) if found.sizes else None,
        "facts": _batch_facts(request, found),
        "tone": TONES[found.inspection],
        "chart": operating_characteristic(found.plan if found.sizes else None, aql=found.scheme.aql, lot=found.lot),
    }


def state_of(verdict: BatchVerdict | None, stages: list[Any]) -> tuple[str, str]:
    """How far a delivery is, in a word and a tone."""
    if verdict is not None:
        return (_("accepted"), "good") if verdict.is_accepted else (_("rejected"), "bad")
    audited, size = sum(stage.audited for stage in stages), sum(stage.size for stage in stages)
    return _("%(n)s of %(of)s audited") % {"n": audited, "of": size}, "info"


def _batch_facts(request: PageRequest, found: Batch) -> list[tuple[object, object]]:
    return [
        (_("Agreement"), found.scheme.name),
        (_("Programme"), found.scheme.programme.name),
        (_("Vendor"), found.scheme.organisation.name),
        (_("Queue"), found.queue.name if found.queue else _("all of the programme")),
        (_("Decisions from"), moment(found.from_at, style="full", now=request.now)),
        (_("Decisions until"), moment(found.until_at, style="full", now=request.now)),
        (_("Decisions in it"), f"{found.lot:,}"),
        (_("SHA-256 of their ids"), found.digest),
        (_("Salt of the sample"), _("told with the verdict") if not _is_judged(found) else found.salt),
        (_("Inspection"), badge(found.get_inspection_display(), tone=TONES[found.inspection])),
        (_("Code letter"), found.plan.get("code_letter", "–")),
        (_("Handed in"), moment(found.handed_in_at, style="full", now=request.now)),
        (_("By"), found.handed_in_by.name if found.handed_in_by else _("the system")),
        (_("Sent in again after"), found.resubmits.name if found.resubmits else "–"),
    ]


def _is_judged(found: Batch) -> bool:
    return hasattr(found, "verdict")


def _batches(request: PageRequest, found: Any, *, title: str) -> Table:
    return Table(
        request,
        found,
        title=title,
        columns=[
            Column("name", _("Delivery"), sort="name", link=lambda batch: batch.get_absolute_url(), is_heading=True),
            Column("number", _("No."), kind="count", sort="number"),
            Column("scheme.organisation.name", _("Vendor"), sort="scheme__organisation__name"),
            Column("scheme.name", _("Agreement"), sort="scheme__name"),
            Column("lot", _("Decisions"), kind="count", sort="lot"),
            Column(
                "inspection",
                _("Inspection"),
                kind="badge",
                value=lambda batch: batch.get_inspection_display(),
                tone=lambda batch: TONES[batch.inspection],
            ),
            Column(
                "state",
                _("Verdict"),
                kind="badge",
                value=lambda batch: state_of(_verdict(batch), [])[0] if _verdict(batch) else _("waits for audits"),
                tone=lambda batch: state_of(_verdict(batch), [])[1],
            ),
            Column(
                "wrong",
                _("Wrong / seen"),
                value=lambda batch: f"{v.wrong} / {v.seen}" if (v := _verdict(batch)) else "",
            ),
            Column("handed_in_at", _("Handed in"), kind="moment", sort="handed_in_at"),
        ],
        default_sort="-handed_in_at",
        export_name="deliveries",
        empty=Empty(
            title=_("No delivery yet"),
            body=_("A delivery is a vendor’s decisions of some days. A sample decides whether it is accepted."),
            icon="clipboard-check",
        ),
    )


def _verdict(batch: Batch) -> BatchVerdict | None:
    return getattr(batch, "verdict", None)
