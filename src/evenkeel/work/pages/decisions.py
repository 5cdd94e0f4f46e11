"""Decisions: the rows behind every figure, one with its history, and my own with undo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground import trail
from evenkeel.ground.access import load, may, visible
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, PeriodFilter, Table
from evenkeel.ground.tables.filters import Filter
from evenkeel.ground.templatetags.parts import moment, person
from evenkeel.ground.templatetags.wording import value_text

from .. import scopes
from ..acts.taking_back import take_back
from ..models import Decision, Programme
from ..queries.asked import asked_spec
from ..queries.desk import item_content_html, recent_decisions
from ..queries.programmes import LabelTitles, programme_labels
from ..rules.forms import answer_words
from ..rules.leases import undo_until
from .queues import PROGRAMMES
from .standing import correction_of, state_tone, state_words


@page(gettext_lazy("Decisions"))
def decisions(request: PageRequest, programme_id: UUID) -> HttpResponseBase:
    """A programme's decisions: what figures open to. ?item=, ?worker=, ?queue=, ?label= and a period narrow them."""
    programme = load(request.actor, scopes.DECISION_VIEW, Programme.objects.all(), programme_id)
    rows = visible(request.actor, scopes.DECISION_VIEW, Decision.objects.filter(programme=programme))
    labels = programme_labels(programme)
    narrowed = _narrowed(request)
    table = Table(
        request,
        rows.filter(**{each.field: each.pk for each in narrowed}).select_related(
            "item", "worker__organisation", "queue", "taken_back", "correction__second"
        ),
        title=_("Decisions"),
        columns=decision_columns(labels),
        filters=_filters(request, programme, labels),
        default_sort="-decided_at",
        export_name="decisions",
        empty=Empty(
            title=_("No decisions yet"), body=_("They are made at the desk, or come in by an import."), icon="gavel"
        ),
    )
    context = {"programme": programme, "table": table, "narrowed": narrowed}
    return table.export() or render(request, "work/decisions.html", context, crumbs=[PROGRAMMES])


@page(gettext_lazy("Decision"))
def decision(request: PageRequest, decision_id: UUID) -> HttpResponse:
    """One decision: what was decided about what, by which rules, and what happened to it since."""
    rows = Decision.objects.select_related(
        "item", "programme", "worker__organisation", "queue", "site", "team", "form_version__form",
        "policy_version__policy", "taken_back", "correction__second__worker", "correction_made__first__worker",
    )  # fmt: skip
    found = load(request.actor, scopes.DECISION_VIEW, rows, decision_id)
    titles = LabelTitles()
    put_right = correction_of(found)
    others = Decision.objects.filter(pk__in=_others(request, found)).select_related("worker", "taken_back")
    context = {
        "decision": found,
        "title": titles.of(found.label, found.programme),
        "content": item_content_html(found.item),
        "is_taken_back": hasattr(found, "taken_back"),
        "facts": _facts(found, request.now),
        "answer": _answer(found),
        "history": trail.history(found, together_at=found.decided_at),
        "put_right": put_right,
        "corrected": titles.of(put_right.second.label, found.programme) if put_right else "",
        "puts_right": getattr(found, "correction_made", None),
        "may_correct": _may_correct(request, found),
        "others": [(other, titles.of(other.label, found.programme)) for other in others],
    }
    crumbs = [
        PROGRAMMES,
        (found.programme.name, found.programme.get_absolute_url()),
        (_("Decisions"), reverse("work:decisions", args=[found.programme_id])),
    ]
    return render(request, "work/decision.html", context, crumbs=crumbs)


@page(
    gettext_lazy("My decisions"),
    name="work:mine",
    nav=Nav(section="work", icon="history", order=15, scope=scopes.TASK_DECIDE),
)
def mine(request: PageRequest) -> HttpResponse:
    """My latest decisions; those still within their undo window can be taken back."""
    worker_id = request.actor.worker_id
    found = recent_decisions(worker_id, limit=100) if worker_id else []
    titles = LabelTitles()
    rows = [
        {
            "decision": each,
            "title": titles.of(each.label, each.programme),
            "is_taken_back": hasattr(each, "taken_back"),
            "put_right": (put_right := correction_of(each)),
            "corrected": titles.of(put_right.second.label, each.programme) if put_right else "",
            "undo_until": _undo_until(each, request.now),
        }
        for each in found
    ]
    return render(request, "work/mine.html", {"rows": rows})


@require_POST
@page(gettext_lazy("Take a decision back"))
def taking_back(request: PageRequest, decision_id: UUID) -> HttpResponse:
    """Take one of my own decisions back and return to the desk, where the item waits."""
    own = Decision.objects.select_related("queue").filter(worker=request.actor.worker_id, pk=decision_id)
    found = own.first()
    if found is None or request.actor.worker_id is None:
        raise NotFound(_("There is no such decision, or it is not yours."))
    take_back(request.actor, decision=found, now=request.now)
    messages.success(request, _("Taken back. The item is in your hands again."))
    return redirect("work:desk", found.queue_id) if found.queue_id else redirect("work:mine")


def _may_correct(request: PageRequest, found: Decision) -> bool:
    worker_id = request.actor.worker_id
    is_final = _undo_until(found, request.now) is None and not hasattr(found, "taken_back")
    is_hers = worker_id is None or worker_id == found.worker_id
    is_open = is_final and not is_hers and not correction_of(found) and found.origin not in Decision.JUDGED_APART
    return is_open and bool(may(request.actor, scopes.DECISION_CORRECT, found))


def _answer(found: Decision) -> list[tuple[str, Any]]:
    if found.form_version is None:
        return [(name, value) for name, value in found.answer.items() if name != "label"]
    spec = found.form_version.spec
    if found.queue is not None:
        spec = asked_spec(found.form_version, found.queue, found.decided_at)
    return list(answer_words(spec, found.answer))


def decision_columns(labels: Mapping[str, str]) -> list[Column]:
    """The columns of a table of decisions."""
    return [
        Column("decided_at", _("When"), kind="moment", sort="decided_at", link=lambda each: each.get_absolute_url()),
        Column("item.key", _("Item"), kind="code", link=lambda each: each.item.get_absolute_url()),
        Column("label", _("Answer"), value=lambda each: labels.get(each.label, each.label), sort="label"),
        Column("worker", _("By"), kind="person"),
        Column("queue.name", _("Queue"), value=lambda each: each.queue.name if each.queue else None),
        Column(
            "state",
            _("State"),
            kind="badge",
            value=lambda each: state_words(each, labels),
            tone=state_tone,
        ),
        Column("replicate", _("Time round"), kind="count", optional=True, help=_("2: the same person again.")),
        Column("active_ms", _("Active time"), kind="duration_ms", sort="active_ms", optional=True),
        Column("origin", _("Made"), value=lambda each: each.get_origin_display(), optional=True),
        Column("id", _("Id"), kind="code", optional=True),
    ]


def _filters(request: PageRequest, programme: Programme, labels: Mapping[str, str]) -> list[Filter]:
    queues = visible(request.actor, scopes.QUEUE_VIEW, programme.queues.order_by("name"))
    return [
        ChoiceFilter("label", _("Answer"), choices=list(labels.items()), multiple=True),
        ChoiceFilter("queue", _("Queue"), choices=[(each.pk, each.name) for each in queues]),
        ChoiceFilter("origin", _("Made"), choices=Decision.ORIGINS),
        PeriodFilter("made", _("When"), field="decided_at"),
    ]


@dataclass(frozen=True)
class Narrowed:
    """What an address narrows the rows to: links from figures say it, and a click takes it away."""

    field: str
    pk: UUID
    title: str
    without_url: str


# parameter -> what it is called. These are ids, so there is no choice to offer: the name comes from the row itself.
_NARROWED_BY: dict[str, Any] = {
    "item": gettext_lazy("Item"),
    "worker": gettext_lazy("By"),
    "organisation": gettext_lazy("Organisation"),
    "site": gettext_lazy("Site"),
    "team": gettext_lazy("Team"),
    "policy_version": gettext_lazy("Policy"),
    "form_version": gettext_lazy("Form"),
}


def _narrowed(request: PageRequest) -> list[Narrowed]:
    found = []
    for field, title in _NARROWED_BY.items():
        said = request.GET.get(field, "")
        try:
            pk = UUID(said)
        except ValueError:
            continue
        rest = request.GET.copy()
        rest.pop(field)
        rest.pop("page", None)
        # Named only through a decision that the reader may see: an id in an address must not tell a name.
        rows = visible(request.actor, scopes.DECISION_VIEW, Decision.objects.filter(**{field: pk}))
        one = rows.select_related(field).first()
        name = str(getattr(one, field)) if one is not None else said
        found.append(Narrowed(field, pk, f"{title}: {name}", f"?{rest.urlencode()}"))
    return found


def _facts(found: Decision, now: datetime) -> list[tuple[object, object]]:
    return [
        (_("By"), person(found.worker)),
        (_("When"), moment(found.decided_at, style="full", now=now)),
        (_("Site"), found.site),
        (_("Team"), found.team),
        (_("Queue"), found.queue),
        (_("Form"), _version(found.form_version and found.form_version.form, found.form_version)),
        (_("Policy"), _version(found.policy_version and found.policy_version.policy, found.policy_version)),
        (_("Active time"), value_text(found.active_ms, kind="duration_ms")),
        (_("Time round"), found.replicate),
        (_("Made"), _("in %(tool)s") % {"tool": found.tool} if found.tool else found.get_origin_display()),
        (_("Suggested label"), _prelabel_words(found)),
    ]


def _prelabel_words(found: Decision) -> str | None:
    if found.prelabel_followed is None:
        return None
    if found.prelabel_seen:
        return _("seen first, followed") if found.prelabel_followed else _("seen first, not followed")
    return _("not seen, the same") if found.prelabel_followed else _("not seen, another")


def _version(of: object, version: Any) -> str | None:
    if version is None:
        return None
    return _("%(name)s, version %(number)d") % {"name": of, "number": version.number}


def _others(request: PageRequest, found: Decision) -> QuerySet[Decision]:
    same = Decision.objects.filter(item=found.item_id, planted=None).exclude(pk=found.pk)
    return visible(request.actor, scopes.DECISION_VIEW, same).order_by("-decided_at")[:20]


def _undo_until(each: Decision, now: datetime) -> datetime | None:
    if each.queue is None or each.origin in Decision.RULINGS or hasattr(each, "taken_back"):
        return None
    until = undo_until(each.decided_at, each.queue.undo_s)
    return until if now < until else None
