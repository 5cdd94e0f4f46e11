"""One case of a session: answered blind, then seen, discussed and settled; and what is made of the settled answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may
from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.ground.ids import uuid7
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried
from evenkeel.policy import version_html
from evenkeel.work import AnswerControls, item_content_html

from .. import scopes
from ..acts.calibration import answer_case, remark
from ..acts.settling import offer_gold, request_example, settle_case
from ..models import CalibrationAnswer, CalibrationCase, CalibrationSeat, ExampleRequest, GoldExport, Settlement
from ..queries.calibration import seat_of, settlement_of, spec_of, to_answer
from ..rules.calibration import BLIND, DISCUSSED
from .calibration import SESSIONS, case_of
from .calibration_forms import RemarkForm, SettleForm


@never_cache
@page(gettext_lazy("Case"))
def case(request: PageRequest, calibration_case_id: UUID) -> HttpResponseBase:
    """A case: to answer it by keyboard, and, once answers are seen, to talk about it and settle it."""
    found = case_of(request, calibration_case_id)
    if request.method != "POST":
        return _case(request, found)
    seat = _own_seat(request, found)
    controls = AnswerControls(request.POST, spec=spec_of(found.session))
    if controls.is_valid():
        try:
            answer_case(
                request.actor,
                case=found,
                seat=seat,
                answer=controls.answer(),
                comment=request.POST.get("comment", ""),
                client_key=request.POST.get("client_key", ""),
                now=request.now,
            )
        except Invalid as wrong:
            _tell(controls, wrong)
    if controls.errors:
        return _case(request, found, controls=controls)
    following = None if found.session.is_open_to_all(request.now) else to_answer(seat)
    if following is None:
        return redirect(found if found.session.is_open_to_all(request.now) else found.session)
    return redirect(following)


def _tell(controls: AnswerControls, wrong: Invalid) -> None:
    said = [sentence for sentences in wrong.fields.values() for sentence in sentences]
    for sentence in said or [str(wrong.sentence)]:
        controls.add_error(None, sentence)


def _own_seat(request: PageRequest, found: CalibrationCase) -> CalibrationSeat:
    seat = seat_of(request.actor, found.session)
    if seat is None:
        raise NotNow(_("You are not invited to this session."), code="not-invited")
    return seat


def _case(
    request: PageRequest,
    found: CalibrationCase,
    *,
    controls: AnswerControls | None = None,
    settling: AnswerControls | None = None,
    form: SettleForm | None = None,
    said: RemarkForm | None = None,
) -> HttpResponse:
    actor, session = request.actor, found.session
    is_open = session.is_open_to_all(request.now)
    seat = seat_of(actor, session)
    round_ = DISCUSSED if is_open else BLIND
    is_due = (
        seat is not None
        and session.ended_at is None
        and not (is_open and session.is_ring)
        and not CalibrationAnswer.objects.filter(case=found, seat=seat, round=round_).exists()
    )
    is_owner = (
        not actor.is_outside and session.owner_id in (None, actor.person_id) and actor.has(scopes.CALIBRATION_EDIT)
    )
    may_settle = is_open and is_owner and found.repeats_id is None
    settlement = settlement_of(found) if is_open else None
    spec = spec_of(session)
    if controls is None and is_due and not may_settle:
        controls = AnswerControls(None, spec=spec)
    if settling is None and may_settle:
        settling = AnswerControls(None, spec=spec, given=settlement.answer if settlement else None)
    answers = _answers(request, found) if is_open else []
    context: dict[str, Any] = {
        "case": found,
        "session": session,
        "cases": session.cases.count(),
        "item_html": item_content_html(found.item),
        "is_open": is_open,
        "controls": controls,
        "client_key": request.POST.get("client_key") or uuid7().hex,
        "answers": answers,
        "settlement": settlement,
        "settling": settling,
        "form": form or SettleForm(initial={"reason": settlement.reason if settlement else ""}),
        "remarks": _remarks(request, found) if is_open else [],
        "remark": (said or RemarkForm()) if is_open and session.ended_at is None and (seat or may_settle) else None,
        "gold": GoldExport.objects.filter(settlement=settlement).first() if settlement and is_owner else None,
        "example": ExampleRequest.objects.filter(settlement=settlement).first() if settlement and is_owner else None,
        "may_export": settlement is not None and is_owner,
        "guideline": version_html(session.policy_version) if session.policy_version else "",
    }
    is_wrong = any(each is not None and each.errors for each in (controls, settling, form, said))
    crumbs = [SESSIONS, (session.name, session.get_absolute_url())]
    return render(request, "quality/calibration_case.html", context, crumbs=crumbs, status=422 if is_wrong else 200)


def _answers(request: PageRequest, found: CalibrationCase) -> list[tuple[str, CalibrationAnswer]]:
    """Everybody's answers; those of other organisations without a name, for a partner's people and whoever is invited."""
    rows = CalibrationAnswer.objects.filter(case=found).select_related("seat__worker", "seat__organisation")
    sees_all = not request.actor.is_outside and bool(may(request.actor, scopes.CALIBRATION_VIEW, found.session))
    own = request.actor.organisation_id
    return [
        (each.seat.worker.name if sees_all or each.seat.organisation_id == own else _("another organisation"), each)
        for each in rows.order_by("round", "seat__worker__name")
    ]


def _remarks(request: PageRequest, found: CalibrationCase) -> list[tuple[str, Any]]:
    sees_all = not request.actor.is_outside and bool(may(request.actor, scopes.CALIBRATION_VIEW, found.session))
    own = request.actor.organisation_id
    return [
        (each.by.name if each.by and (sees_all or each.organisation_id == own) else _("another organisation"), each)
        for each in found.remarks.select_related("by")
    ]


@require_POST
@page(gettext_lazy("Remark"))
def remarks(request: PageRequest, calibration_case_id: UUID) -> HttpResponseBase:
    """Say something about a case."""
    found = case_of(request, calibration_case_id)
    form = RemarkForm(request.POST)
    seat = seat_of(request.actor, found.session)
    made = tried(form, lambda said: remark(request.actor, case=found, seat=seat, now=request.now, **said))
    return redirect(found) if made is not None else _case(request, found, said=form)


@require_POST
@page(gettext_lazy("Settle the case"))
def settle(request: PageRequest, calibration_case_id: UUID) -> HttpResponseBase:
    """Say what is right, and why."""
    found = case_of(request, calibration_case_id)
    form = SettleForm(request.POST)
    controls = AnswerControls(request.POST, spec=spec_of(found.session))
    if not form.is_valid() or not controls.is_valid():
        return _case(request, found, settling=controls, form=form)
    try:
        made = settle_case(
            request.actor, case=found, answer=controls.answer(), reason=form.cleaned_data["reason"], now=request.now
        )
    except Invalid as wrong:
        _tell(controls, wrong)
        return _case(request, found, settling=controls, form=form)
    messages.success(request, _("It is settled: %(label)s.") % {"label": made.label})
    return redirect(found)


@require_POST
@page(gettext_lazy("Offer as golden"))
def gold(request: PageRequest, settlement_id: UUID) -> HttpResponse:
    """Offer a settled case as a golden item."""
    found = _settlement(request, settlement_id)
    made = offer_gold(request.actor, settlement=found, now=request.now)
    messages.success(
        request,
        _("Offered as a golden item: %(n)s of %(of)s experts had found it blind.")
        % {"n": made.agreeing, "of": made.experts},
    )
    return redirect(found.case)


@require_POST
@page(gettext_lazy("Offer as example"))
def example(request: PageRequest, settlement_id: UUID) -> HttpResponse:
    """Ask the guideline's editors to take a settled case as an example."""
    found = _settlement(request, settlement_id)
    request_example(request.actor, settlement=found, now=request.now)
    messages.success(request, _("The guideline’s editors are asked to take it as an example."))
    return redirect(found.case)


def _settlement(request: PageRequest, settlement_id: UUID) -> Settlement:
    rows = Settlement.objects.select_related("case__session__policy_version", "case__item")
    return load(request.actor, scopes.CALIBRATION_EDIT, rows, settlement_id)
