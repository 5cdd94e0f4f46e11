"""Arbitration: the item, both answers without names and in no telling order, both reasons, and one's own answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, require
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.people import note_work
from evenkeel.policy import version_html
from evenkeel.work import AnswerControls, item_content_html

from .. import scopes
from ..acts.disputes import arbitrate, return_dispute, take_dispute
from ..forms import audit_spec, main_choices
from ..models import Dispute, DisputeSettlement
from ..queries.disputes import reasons_for
from ..rules.disputes import first_is_shown_first
from .dispute_forms import SettlingForm
from .disputes import waiting_for
from .forms import tell


@page(
    gettext_lazy("Arbitration"),
    name="quality:arbitration",
    nav=Nav(section="quality", icon="gavel", order=25, scope=scopes.DISPUTE_ARBITRATE, is_for_workers=True),
)
def arbitration(request: PageRequest) -> HttpResponse:
    """How many disputes wait for me, and the one in my hands."""
    require(request.actor, scopes.DISPUTE_ARBITRATE)
    own = request.actor.worker_id
    in_hand = Dispute.objects.filter(holder=own, held_until__gt=request.now, closed_at=None) if own else None
    settled = (
        DisputeSettlement.objects.filter(arbitrator=own).select_related("dispute__programme", "reason") if own else None
    )
    context = {
        "waiting": waiting_for(request),
        "held": in_hand.first() if in_hand is not None else None,
        "settled": list(settled.order_by("-settled_at")[:20]) if settled is not None else [],
        "has_worker": own is not None,
    }
    return render(request, "quality/arbitration.html", context)


@require_POST
@page(gettext_lazy("Take a dispute"))
def take(request: PageRequest) -> HttpResponse:
    """Take the next dispute that I had no part in."""
    found = take_dispute(request.actor, now=request.now)
    if found is None:
        messages.info(request, _("No dispute waits for you."))
        return redirect("quality:arbitration")
    note_work(request.actor, state="audit", programme_id=found.programme_id, now=request.now)
    return redirect("quality:settling", found.pk)


@never_cache
@page(gettext_lazy("Arbitrate"))
def settling(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    """One dispute in my hands, blind; POST settles it by my own answer."""
    rows = Dispute.objects.select_related(
        "programme", "reason", "verdict__draw__decision__item", "verdict__draw__decision__form_version",
        "verdict__draw__decision__queue", "verdict__draw__decision__policy_version",
    ).filter(holder=request.actor.worker_id, closed_at=None)  # fmt: skip
    found = load(request.actor, scopes.DISPUTE_ARBITRATE, rows if request.actor.worker_id else rows.none(), dispute_id)
    decision = found.verdict.draw.decision
    spec = audit_spec(decision)
    sent = request.POST if request.method == "POST" else None
    form, controls = SettlingForm(sent, reasons=reasons_for("settling")), AnswerControls(sent, spec=spec)
    if sent is not None and _settled(request, found, form, controls):
        messages.success(request, _("Settled. Both sides are told, and every figure follows."))
        return redirect("quality:arbitration")
    version = decision.policy_version
    context = {
        "dispute": found,
        "item_html": item_content_html(decision.item),
        "sides": _sides(found, spec),
        "guideline": version_html(version) if version else "",
        "form": form,
        "controls": controls,
    }
    crumbs = [(_("Arbitration"), "/quality/arbitration/")]
    return render(request, "quality/settling.html", context, crumbs=crumbs, status=200 if sent is None else 422)


def _settled(request: PageRequest, found: Dispute, form: SettlingForm, controls: AnswerControls) -> bool:
    if not (form.is_valid() and controls.is_valid()):
        return False
    try:
        arbitrate(request.actor, dispute=found, answer=controls.answer(), now=request.now, **form.cleaned_data)
    except Invalid as wrong:
        answer = {name: said for name, said in wrong.fields.items() if name not in form.fields}
        for sentences in answer.values():
            for sentence in sentences:
                controls.add_error(None, sentence)
        if len(answer) < len(wrong.fields) or not wrong.fields:
            told = {name: said for name, said in wrong.fields.items() if name in form.fields}
            tell(form, Invalid(wrong.sentence, fields=told))
        return False
    return True


def _sides(found: Dispute, spec: Any) -> list[dict[str, Any]]:
    """Both answers with their reasons, told of neither whose it is."""
    titles = {choice["value"]: choice["title"] for choice in main_choices(spec)}
    first, second = found.verdict.draw.decision.label, found.verdict.label
    sides = [
        {"answer": titles.get(first, first), "why": found.text},
        {"answer": titles.get(second, second), "why": found.verdict.comment},
    ]
    return sides if first_is_shown_first(found.pk) else sides[::-1]


@require_POST
@page(gettext_lazy("Give back"))
def give_back(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    """Give a dispute back unsettled."""
    rows = Dispute.objects.filter(holder=request.actor.worker_id) if request.actor.worker_id else Dispute.objects.none()
    found = load(request.actor, scopes.DISPUTE_ARBITRATE, rows, dispute_id)
    return_dispute(request.actor, dispute=found, now=request.now)
    messages.info(request, _("The dispute waits for somebody else."))
    return redirect("quality:arbitration")
