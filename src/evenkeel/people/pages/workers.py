"""Workers: the list, one of them, what is changed about her."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load, may, visible
from evenkeel.ground.pages import Nav, PageRequest, object_url, page, render
from evenkeel.ground.slots import parts_for
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table, TextFilter
from evenkeel.ground.trying import tried

from .. import acts, scopes
from ..forms import LeavingForm, LinkForm, SkillForm, WorkerChangeForm, WorkerForm
from ..models import Organisation, Person, Worker
from ..rules.languages import language_name, wrong_language
from .organisations import list_url, tabs_of

_HAS_LEFT = ExpressionWrapper(Q(left_on__isnull=False), output_field=BooleanField())


@page(
    gettext_lazy("Workers"),
    name="people:workers",
    nav=Nav(section="people", icon="users", order=20, scope=scopes.WORKER_VIEW),
)
def workers(request: PageRequest) -> HttpResponseBase:
    """Everybody who decides, of every organisation within reach."""
    table = _table(request, visible(request.actor, scopes.WORKER_VIEW, Worker.objects.all()), has_organisation=True)
    return table.export() or render(request, "people/workers.html", {"table": table})


@page(gettext_lazy("Workers"))
def workers_of(request: PageRequest, organisation_id: UUID) -> HttpResponseBase:
    """The workers of one organisation; POST adds one."""
    found = load(request.actor, scopes.ORGANISATION_VIEW, Organisation.objects.all(), organisation_id)
    form = WorkerForm(request.POST or None, organisation=found, accounts=accounts_seen(request, found))
    if request.method == "POST":
        made = tried(form, lambda said: acts.add_worker(request.actor, organisation=found, now=request.now, **said))
        if made is not None:
            messages.success(request, _("%(name)s is added.") % {"name": made.name})
            return redirect("people:worker", made.pk)
    rows = visible(request.actor, scopes.WORKER_VIEW, found.workers.all())
    table = _table(request, rows, has_organisation=False)
    context = {
        "organisation": found,
        "tabs": tabs_of(found, "people:organisation-workers"),
        "table": table,
        "form": form,
        "may_add": may(request.actor, scopes.WORKER_EDIT, found),
    }
    crumbs = [(gettext_lazy("Organisations"), list_url()), (found.name, object_url("people:organisation", found.pk))]
    return table.export() or render(
        request, "people/organisation_workers.html", context, crumbs=crumbs, status=422 if form.errors else 200
    )


def accounts_seen(request: PageRequest, organisation: Organisation) -> QuerySet[Person]:
    """The organisation's accounts that the actor may see."""
    return visible(request.actor, scopes.PERSON_VIEW, Person.objects.filter(organisation=organisation))


def _table(request: PageRequest, rows: QuerySet[Worker], *, has_organisation: bool) -> Table:
    columns = [
        Column("name", _("Name"), kind="person", value=_whole if has_organisation else _name, sort="name", link=_link),
        Column("code", _("Code"), kind="code", sort="code"),
        Column("team", _("Team"), sort=["site__name", "team__name"], value=_place),
        Column("languages", _("Languages"), value=lambda each: ", ".join(each.languages)),
        Column("started_on", _("First day"), kind="day", sort="started_on", optional=True),
        Column(
            "state",
            _("State"),
            kind="badge",
            sort="left_on",
            value=lambda each: _("Left") if each.left_on else _("Active"),
            tone=lambda each: "quiet" if each.left_on else "good",
        ),
    ]
    if has_organisation:
        columns.insert(2, Column("organisation.name", _("Organisation"), sort="organisation__name", optional=True))
    return Table(
        request,
        rows.select_related("organisation", "site", "team").annotate(has_left=_HAS_LEFT),
        title=_("Workers"),
        columns=columns,
        filters=[
            TextFilter("q", _("Search by name or code"), fields=["name", "code"]),
            ChoiceFilter("left", _("State"), choices=[("False", _("Active")), ("True", _("Left"))], field="has_left"),
        ],
        default_sort="name",
        export_name="workers",
        empty=Empty(
            title=_("No workers yet"),
            body=_(
                "Workers are those who decide. They are added on their organisation's page, or come with imported labels."
            ),
            icon="users",
        ),
    )


def _whole(worker: Worker) -> Worker:
    return worker


def _name(worker: Worker) -> str:
    return worker.name


def _link(worker: Worker) -> str:
    return object_url("people:worker", worker.pk)


def _place(worker: Worker) -> str:
    return " – ".join(part.name for part in (worker.site, worker.team) if part)


@page(gettext_lazy("Worker"))
def worker(
    request: PageRequest,
    worker_id: UUID,
    *,
    skill_form: SkillForm | None = None,
    leaving_form: LeavingForm | None = None,
    link_form: LinkForm | None = None,
) -> HttpResponse:
    """One worker: who she is, what she can; rooms above hang their part into it. POST changes her record."""
    rows = Worker.objects.select_related("organisation", "site", "team", "person")
    found = load(request.actor, scopes.WORKER_VIEW, rows, worker_id)
    initial = {"name": found.name, "team": found.team_id, "languages": found.languages}
    wrong = skill_form or leaving_form or link_form
    is_change = request.method == "POST" and wrong is None
    form = WorkerChangeForm(request.POST if is_change else None, organisation=found.organisation, initial=initial)
    if is_change:
        changed = tried(form, lambda said: acts.change_worker(request.actor, worker=found, now=request.now, **said))
        if changed is not None:
            messages.success(request, _("Saved."))
            return redirect("people:worker", found.pk)
    today, may_edit = request.now.date(), may(request.actor, scopes.WORKER_EDIT, found)
    context: dict[str, Any] = {
        "worker": found,
        "facts": _facts(found),
        "skills": found.skills.select_related("skill").order_by("skill__name", "-since"),
        "may_edit": may_edit,
        "link_form": link_form or (_link_form(request, found) if may_edit else None),
        "may_erase": found.left_on is not None and may(request.actor, scopes.WORKER_ERASE, found),
        "form": form,
        "skill_form": skill_form or SkillForm(initial={"since": today}, auto_id="id_skill_%s"),
        "leaving_form": leaving_form or LeavingForm(initial={"left_on": today}),
        "parts": [mark_safe(part) for part in parts_for("people:worker", request, found)],  # noqa: S308
    }
    crumbs = [
        (gettext_lazy("Workers"), reverse("people:workers")),
        (found.organisation.name, object_url("people:organisation-workers", found.organisation_id)),
    ]
    return render(request, "people/worker.html", context, crumbs=crumbs, status=422 if form.errors or wrong else 200)


def _link_form(request: PageRequest, found: Worker) -> LinkForm:
    sent = request.POST if request.method == "POST" else None
    return LinkForm(sent, accounts=accounts_seen(request, found.organisation), present=found.person)


def _facts(found: Worker) -> list[tuple[str, Any]]:
    from evenkeel.ground.templatetags.moments import day

    facts = [
        (_("Organisation"), found.organisation.name),
        (_("Code"), found.code),
        (_("Site"), found.site.name if found.site else None),
        (_("Team"), found.team.name if found.team else None),
        (_("Languages"), _languages(found)),
        (_("First day"), day(found.started_on)),
    ]
    return facts + ([(_("Last day"), day(found.left_on))] if found.left_on else [])


def _languages(found: Worker) -> str:
    """By name; what is no code says so, because no queue that asks for a language will find it."""
    return ", ".join(wrong_language(each) or f"{language_name(each)} ({each})" for each in found.languages)


@page(gettext_lazy("Skills"))
def skills(request: PageRequest, worker_id: UUID) -> HttpResponseBase:
    """POST notes a skill."""
    found = load(request.actor, scopes.WORKER_VIEW, Worker.objects.all(), worker_id)
    if request.method == "POST":
        form = SkillForm(request.POST, auto_id="id_skill_%s")
        if (
            tried(form, lambda said: acts.add_worker_skill(request.actor, worker=found, now=request.now, **said))
            is None
        ):
            return worker(request, worker_id, skill_form=form)
        messages.success(request, _("Saved."))
    return redirect("people:worker", found.pk)


@page(gettext_lazy("Account"))
def linking(request: PageRequest, worker_id: UUID) -> HttpResponseBase:
    """POST says whose account the record belongs to."""
    rows = Worker.objects.select_related("organisation", "person")
    found = load(request.actor, scopes.WORKER_VIEW, rows, worker_id)
    if request.method == "POST":
        form = _link_form(request, found)
        if tried(form, lambda said: acts.link_account(request.actor, worker=found, now=request.now, **said)) is None:
            return worker(request, worker_id, link_form=form)
        messages.success(request, _("Saved."))
    return redirect("people:worker", found.pk)


@page(gettext_lazy("Last day"))
def leaving(request: PageRequest, worker_id: UUID) -> HttpResponseBase:
    """POST notes the last day."""
    found = load(request.actor, scopes.WORKER_VIEW, Worker.objects.all(), worker_id)
    if request.method == "POST":
        form = LeavingForm(request.POST)
        if tried(form, lambda said: acts.end_worker(request.actor, worker=found, now=request.now, **said)) is None:
            return worker(request, worker_id, leaving_form=form)
        messages.success(request, _("Her last day is noted."))
    return redirect("people:worker", found.pk)
