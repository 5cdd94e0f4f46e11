"""Queues: mine to work in, one in full, its rules."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table, TextFilter
from evenkeel.ground.templatetags.wording import value_text
from evenkeel.ground.trying import tried
from evenkeel.policy import version_in_force

from .. import scopes
from ..acts.queues import add_queue, change_queue, close_queue, fill_queue, reopen_queue
from ..forms import QueueForm
from ..models import Programme, Queue
from ..queries.asked import asked_spec
from ..queries.desk import newest_form_version
from ..queries.event_modes import lifted_queues
from ..queries.programmes import queues_with_counts
from ..rules.forms import choices_of
from .handout_facts import handout_facts, people_an_item

PROGRAMMES = (gettext_lazy("Programmes"), "/work/programmes/")


@page(
    gettext_lazy("Queues"),
    name="work:queues",
    nav=Nav(section="work", icon="inbox", order=10, scope=scopes.QUEUE_VIEW),
)
def queues(request: PageRequest) -> HttpResponseBase:
    """The queues in which I may decide, ready to start; below, every queue that I may see."""
    mine = visible(request.actor, scopes.TASK_DECIDE, Queue.objects.filter(closed_at=None).select_related("programme"))
    is_worker = request.actor.worker_id is not None
    own = list(queues_with_counts(mine)) if is_worker and request.actor.has(scopes.TASK_DECIDE) else []
    lifted = lifted_queues(own, request.now)
    own.sort(key=lambda queue: queue.pk not in lifted)
    found = visible(request.actor, scopes.QUEUE_VIEW, Queue.objects.select_related("programme"))
    table = queue_table(request, queues_with_counts(found))
    shows_table = not own or request.actor.has(scopes.DECISION_VIEW) or request.actor.has(scopes.QUEUE_EDIT)
    context = {"mine": own, "table": table if shows_table else None, "lifted": set(lifted)}
    return (table.export() if shows_table else None) or render(request, "work/queues.html", context)


@page(gettext_lazy("Queue"))
def queue(request: PageRequest, queue_id: UUID) -> HttpResponse:
    """One queue: how much waits, by which rules, what is asked."""
    found = _queue(request, queue_id)
    version = newest_form_version(found.pk)
    policy_version = version_in_force(found.policy, request.now) if found.policy else None
    context = {
        "queue": found,
        "counted": queues_with_counts(Queue.objects.filter(pk=found.pk)).get(),
        "question": version.spec["question"],
        "choices": choices_of(asked_spec(version, found, request.now)),
        "facts": _facts(found, version.number, policy_version.number if policy_version else None),
        "may_decide": found.is_open and request.actor.worker_id and may(request.actor, scopes.TASK_DECIDE, found),
        "may_edit": may(request.actor, scopes.QUEUE_EDIT, found),
    }
    return render(request, "work/queue.html", context, crumbs=_crumbs(found.programme))


@page(gettext_lazy("Add a queue"))
def adding(request: PageRequest, programme_id: UUID) -> HttpResponse:
    """Add a queue to a programme."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    require(request.actor, scopes.QUEUE_EDIT, programme)
    form = QueueForm(request.POST or None, request=request, programme=programme)
    if request.method == "POST":
        made = tried(form, lambda said: add_queue(request.actor, programme=programme, now=request.now, **said))
        if made is not None:
            messages.success(request, _("The queue is there. Put items into it to begin."))
            return redirect(made)
    context = {"form": form, "programme": programme, "has_forms": programme.forms.exists()}
    crumbs = _crumbs(programme)
    return render(request, "work/queue_form.html", context, crumbs=crumbs, status=422 if form.errors else 200)


@page(gettext_lazy("Settings of a queue"))
def settings(request: PageRequest, queue_id: UUID) -> HttpResponse:
    """Change a queue's rules, or close it."""
    found = _queue(request, queue_id)
    require(request.actor, scopes.QUEUE_EDIT, found)
    form = QueueForm(request.POST or None, request=request, programme=found.programme, queue=found)
    if request.method == "POST":
        changed = tried(form, lambda said: change_queue(request.actor, queue=found, now=request.now, **said))
        if changed is not None:
            messages.success(request, _("The rules hold from the next item that is handed out."))
            return redirect(changed)
        found.refresh_from_db()
    context = {"form": form, "queue": found, "programme": found.programme, "has_forms": True}
    crumbs = [*_crumbs(found.programme), (found.name, found.get_absolute_url())]
    return render(request, "work/queue_form.html", context, crumbs=crumbs, status=422 if form.errors else 200)


@require_POST
@page(gettext_lazy("Close a queue"))
def closing(request: PageRequest, queue_id: UUID) -> HttpResponse:
    """Hand nothing out any more."""
    found = close_queue(request.actor, queue=_queue(request, queue_id), now=request.now)
    messages.success(request, _("The queue is closed. What people have in hand they may still decide."))
    return redirect(found)


@require_POST
@page(gettext_lazy("Reopen a queue"))
def reopening(request: PageRequest, queue_id: UUID) -> HttpResponse:
    """Hand out again."""
    found = reopen_queue(request.actor, queue=_queue(request, queue_id), now=request.now)
    messages.success(request, _("The queue is open again."))
    return redirect(found)


@require_POST
@page(gettext_lazy("Fill a queue"))
def filling(request: PageRequest, queue_id: UUID) -> HttpResponse:
    """Put all of the programme's items in that are not in it yet."""
    found = _queue(request, queue_id)
    n = fill_queue(request.actor, queue=found, now=request.now)
    said = ngettext("%(n)d item was put in.", "%(n)d items were put in.", n) % {"n": n}
    messages.success(request, said if n else _("Every item of the programme is in the queue already."))
    return redirect(found)


def queue_table(request: PageRequest, rows: QuerySet[Queue], *, of_programme: bool = False) -> Table:
    """Queues with what waits in them."""
    columns = [
        Column("name", _("Queue"), sort="name", link=lambda each: each.get_absolute_url()),
        Column(
            "programme.name",
            _("Programme"),
            sort="programme__name",
            link=lambda each: each.programme.get_absolute_url(),
        ),
        Column(
            "state",
            _("State"),
            kind="badge",
            value=lambda each: _("open") if each.is_open else _("closed"),
            tone=lambda each: "good" if each.is_open else "quiet",
        ),
        Column("open_count", _("Waiting"), kind="count", sort="open_count", help=_("Items that want a decision.")),
        Column(
            "in_hand_count", _("In hand"), kind="count", sort="in_hand_count", help=_("Items somebody works on now.")
        ),
        Column(
            "done",
            _("Done"),
            kind="progress",
            value=lambda each: (each.task_count - each.open_count, each.task_count),
        ),
        Column("overlap", _("People an item"), kind="count", sort="overlap", optional=True),
        Column("severity", _("Severity"), kind="count", sort="severity", optional=True),
    ]
    return Table(
        request,
        rows,
        title=_("Queues"),
        columns=[column for column in columns if not (of_programme and column.name == "programme.name")],
        filters=[TextFilter("q", _("Search queues"), fields=["name", "programme.name"]), *_state_filter()],
        default_sort="name",
        export_name="queues",
        key="queues" if of_programme else "",
        empty=Empty(title=_("No queues yet"), body=_("A queue holds items that wait for a decision."), icon="inbox"),
    )


class _StateFilter(ChoiceFilter):
    def narrow(self, rows: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return rows.filter(closed_at__isnull=value[0] == "open")


def _state_filter() -> list[ChoiceFilter]:
    return [_StateFilter("state", _("State"), choices=(("open", _("open")), ("closed", _("closed"))))]


def _facts(found: Queue, form_number: int, policy_number: int | None) -> list[tuple[object, object]]:
    guideline: object = None
    if found.policy is not None:
        named = _("%(name)s, version %(number)s") % {"name": found.policy.name, "number": policy_number or "–"}
        guideline = format_html('<a href="{}">{}</a>', found.policy.get_absolute_url(), named)
    return [
        (_("Guideline"), guideline),
        (_("Form"), _("%(name)s, version %(number)s") % {"name": found.form.name, "number": form_number}),
        (_("People an item"), people_an_item(found)),
        (_("Languages"), ", ".join(found.languages) or _("any")),
        *handout_facts(found),
        (_("Severity"), found.severity),
        (_("Items in hand"), found.batch_size),
        (_("Kept for"), value_text(found.lease_s, kind="duration")),
        (_("Taken back within"), value_text(found.undo_s, kind="duration")),
    ]


def _queue(request: PageRequest, queue_id: UUID) -> Queue:
    rows = Queue.objects.select_related("programme", "form", "policy")
    return load(request.actor, scopes.QUEUE_VIEW, rows, queue_id)


def _crumbs(programme: Programme) -> list[tuple[Any, str | None]]:
    return [PROGRAMMES, (programme.name, reverse("work:programme", args=[programme.pk]))]
