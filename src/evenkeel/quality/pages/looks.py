"""Looks to take: what a detector found unlikely, what else explains it, and what it was."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground import trail
from evenkeel.ground.access import load, require
from evenkeel.ground.errors import Refused
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table
from evenkeel.ground.templatetags.wording import number_text, percent_text
from evenkeel.ground.trying import tried
from evenkeel.people import note_look

from .. import scopes
from ..acts.integrity import close_look, take_look
from ..models import IntegrityLook
from ..models.integrity import DISPOSITIONS
from ..queries.integrity import looks_of, newest_run
from ..rules.integrity import FALSE_LOOKS, Detector, detectors

# Evidence that is a share of something is told in percent; the rest as it is.
_SHARES = {
    "share", "faster", "gold_share", "audit_share", "slower", "skipped_hard", "decided_hard",
}  # fmt: skip


class ClosingLookForm(forms.Form):
    """What a look was."""

    disposition = forms.ChoiceField(label=gettext_lazy("What it was"), choices=DISPOSITIONS, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What was looked at, what was asked, what was answered."),
    )


@page(gettext_lazy("Looks to take"))
def looks(request: PageRequest) -> HttpResponseBase:
    """Everything that detectors opened, open ones first."""
    _insist(request)
    table = Table(
        request,
        looks_of(request.actor),
        title=_("Looks"),
        columns=[
            Column(
                "opened_at", _("Opened"), kind="moment", sort="opened_at", link=lambda each: each.get_absolute_url()
            ),
            Column("detector", _("What is odd"), value=lambda each: _title(each.detector), sort="detector"),
            Column("worker", _("Whose work"), kind="person"),
            Column("run.week_on", _("Weeks until"), kind="day", sort="run__week_on"),
            Column("taken_by", _("With"), kind="person"),
            Column(
                "state", _("State"), kind="badge", value=_state, tone=lambda each: "quiet" if each.closed_at else "warn"
            ),
        ],
        filters=[
            _StateFilter("state", _("State"), choices=[("open", _("open")), ("closed", _("closed"))]),
            ChoiceFilter("detector", _("What is odd"), choices=lambda: [(kind.slug, kind.title) for kind in detectors]),
        ],
        empty=Empty(
            title=_("Nothing is odd"),
            body=_(
                "Detectors judge every week with the three before it. What is unlikely without a cause stands here."
            ),
            icon="check-all",
        ),
    )
    context = {"table": table, "false_looks": FALSE_LOOKS, "run": newest_run(), "kinds": list(detectors)}
    return render(request, "quality/looks.html", context)


@page(gettext_lazy("Look"))
def look(request: PageRequest, integrity_look_id: UUID) -> HttpResponse:
    """One look: evidence, what else explains it, who looks; POST closes it."""
    _insist(request)
    rows = IntegrityLook.objects.select_related("worker__organisation", "run", "taken_by__organisation", "outcome__by")
    found = load(request.actor, scopes.LOOK_TAKE, rows, integrity_look_id)
    form = ClosingLookForm(request.POST or None)
    if request.method == "POST":
        made = tried(form, lambda said: close_look(request.actor, look=found, now=request.now, **said))
        if made is not None:
            messages.success(request, _("Closed."))
            return redirect("quality:looks")
    note_look(request.actor, workers=[found.worker_id], what=_("How work came about"), now=request.now)
    context = {
        "look": found,
        "kind": _kind(found.detector),
        "title": _title(found.detector),
        "evidence": _evidence(found),
        "chance": f"{found.chance:.0e}",
        "state": _state(found),
        "is_mine": found.taken_by_id == request.actor.person_id,
        "form": form,
        "history": trail.history(found),
    }
    crumbs = [(_("Looks to take"), "/quality/looks/")]
    return render(request, "quality/look.html", context, crumbs=crumbs, status=422 if form.errors else 200)


@require_POST
@page(gettext_lazy("Take a look"))
def taking(request: PageRequest, integrity_look_id: UUID) -> HttpResponse:
    """Take it on oneself."""
    _insist(request)
    found = load(request.actor, scopes.LOOK_TAKE, IntegrityLook.objects.all(), integrity_look_id)
    take_look(request.actor, look=found, now=request.now)
    return redirect(found)


def _insist(request: PageRequest) -> None:
    require(request.actor, scopes.LOOK_TAKE)
    if request.actor.is_outside:
        raise Refused(_("Only people of our own organisation may do this."), code="ours-only")


def _kind(slug: str) -> type[Detector] | None:
    """The kind of a look; None for one that the product no longer has."""
    return next((kind for kind in detectors if kind.slug == slug), None)


def _title(slug: str) -> Any:
    kind = _kind(slug)
    return kind.title if kind else slug


def _state(each: IntegrityLook) -> str:
    if each.closed_at is not None:
        return str(each.outcome.get_disposition_display()) if hasattr(each, "outcome") else _("closed")
    return _("taken") if each.taken_by_id else _("open")


def _evidence(found: IntegrityLook) -> list[tuple[Any, str]]:
    kind = _kind(found.detector)
    titles = kind.evidence if kind else {}
    return [
        (titles.get(name, name), percent_text(value) if name in _SHARES else number_text(value))
        for name, value in found.evidence.items()
    ]


class _StateFilter(ChoiceFilter):
    def narrow(self, rows: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return rows.filter(closed_at__isnull=value[0] == "open")
