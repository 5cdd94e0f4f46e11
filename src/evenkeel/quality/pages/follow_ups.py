"""What settled disputes leave to be done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, require
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table
from evenkeel.ground.trying import tried
from evenkeel.work import item_content_html

from .. import scopes
from ..acts.dispute_rules import close_follow_up, take_follow_up
from ..models import FollowUp
from ..models.disputes import FOLLOW_UPS
from ..queries.disputes import follow_ups as follow_ups_of
from .dispute_forms import ClosingForm
from .disputes import DISPUTES_CRUMB


@page(gettext_lazy("Follow-ups"))
def follow_ups(request: PageRequest) -> HttpResponseBase:
    """Everything that settled disputes left, open ones first."""
    require(request.actor, scopes.FOLLOW_UP_WORK)
    table = Table(
        request,
        follow_ups_of(request.actor),
        title=_("Follow-ups"),
        columns=[
            Column("opened_at", _("Since"), kind="moment", sort="opened_at", link=lambda each: each.get_absolute_url()),
            Column("kind", _("What"), value=lambda each: each.get_kind_display(), sort="kind"),
            Column("programme.name", _("Programme"), sort="programme__name"),
            Column("item.key", _("Item"), kind="code"),
            Column("label", _("Settled answer")),
            Column("clause", _("Clause"), kind="code"),
            Column("taken_by", _("With"), kind="person"),
            Column("state", _("State"), kind="badge", value=_state, tone=lambda each: "quiet" if each.closed_at else "warn"),
        ],
        filters=[
            _StateFilter("state", _("State"), choices=[("open", _("open")), ("closed", _("closed"))]),
            ChoiceFilter("kind", _("What"), choices=FOLLOW_UPS),
        ],
        export_name="follow-ups",
        empty=Empty(
            title=_("Nothing is left to be done"),
            body=_("A settled dispute proposes a golden item, names an unclear clause, or asks for training."),
            icon="check-all",
        ),
    )  # fmt: skip
    return table.export() or render(request, "quality/follow_ups.html", {"table": table}, crumbs=[DISPUTES_CRUMB])


def _state(each: FollowUp) -> str:
    if each.closed_at is None:
        return _("taken") if each.taken_by_id else _("open")
    return _("done") if each.is_done else _("left")


class _StateFilter(ChoiceFilter):
    def narrow(self, rows: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return rows.filter(closed_at__isnull=value[0] == "open")


@page(gettext_lazy("Follow-up"))
def follow_up(request: PageRequest, follow_up_id: UUID) -> HttpResponse:
    """One follow-up; POST closes it."""
    rows = FollowUp.objects.select_related(
        "programme", "item", "taken_by__organisation", "closed_by", "settlement__reason", "settlement__dispute"
    )
    found = load(request.actor, scopes.FOLLOW_UP_WORK, rows, follow_up_id)
    form = ClosingForm(request.POST or None)
    if request.method == "POST":
        made = tried(
            form,
            lambda said: close_follow_up(
                request.actor, follow_up=found, is_done=said["is_done"] == "yes", note=said["note"], now=request.now
            ),
        )
        if made is not None:
            messages.success(request, _("Closed."))
            return redirect("quality:follow_ups")
    context = {
        "follow_up": found,
        "state": _state(found),
        "content": item_content_html(found.item),
        "form": form,
    }
    crumbs = [DISPUTES_CRUMB, (_("Follow-ups"), "/quality/disputes/follow-ups/")]
    return render(request, "quality/follow_up.html", context, crumbs=crumbs, status=422 if form.errors else 200)


@require_POST
@page(gettext_lazy("Take a follow-up"))
def taking(request: PageRequest, follow_up_id: UUID) -> HttpResponse:
    """Take it on."""
    found = load(request.actor, scopes.FOLLOW_UP_WORK, FollowUp.objects.all(), follow_up_id)
    take_follow_up(request.actor, follow_up=found, now=request.now)
    return redirect(found)
