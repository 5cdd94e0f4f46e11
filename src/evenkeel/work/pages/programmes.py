"""Programmes: the list, and the hub of one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table, TextFilter
from evenkeel.ground.trying import tried
from evenkeel.people import ORGANISATION_VIEW, Organisation

from .. import scopes
from ..acts.programmes import add_form, add_programme, change_programme, end_engagement, engage
from ..forms import EngagementForm, ProgrammeChangeForm, ProgrammeForm, QuestionForm
from ..models import Programme
from ..queries.programmes import engagements_seen, possible_owners, queues_with_counts
from .queues import queue_table

CRUMB = (gettext_lazy("Programmes"), "/work/programmes/")


@page(
    gettext_lazy("Programmes"),
    name="work:programmes",
    nav=Nav(section="work", icon="layers", order=20, scope=scopes.PROGRAMME_VIEW),
)
def programmes(request: PageRequest) -> HttpResponse:
    """Every programme within reach; POST adds one."""
    form = ProgrammeForm(request.POST or None)
    if request.method == "POST":
        made = tried(form, lambda said: add_programme(request.actor, now=request.now, **said))
        if made is not None:
            return redirect(made)
    found = visible(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.select_related("owner__organisation"))
    open_queues = Count("queues", filter=Q(queues__closed_at=None), distinct=True)
    table = Table(
        request,
        found.annotate(open_queues=open_queues, partners=Count("engagements", distinct=True)),
        title=_("Programmes"),
        columns=[
            Column("name", _("Name"), sort="name", link=lambda each: each.get_absolute_url()),
            Column("open_queues", _("Open queues"), kind="count", sort="open_queues"),
            Column("partners", _("Organisations"), kind="count", sort="partners", help=_("Those who take part.")),
            Column("owner", _("Owner"), kind="person"),
            Column("created_at", _("Since"), kind="moment", sort="created_at"),
        ],
        filters=[TextFilter("q", _("Search programmes"), fields=["name", "about"])],
        default_sort="name",
        empty=Empty(
            title=_("No programmes yet"),
            body=_("A programme is a body of work with one purpose: a moderation service, a labelling study."),
            icon="layers",
        ),
    )
    context = {"table": table, "form": form, "may_edit": may(request.actor, scopes.PROGRAMME_EDIT)}
    return render(request, "work/programmes.html", context, status=422 if form.errors else 200)


@page(gettext_lazy("Programme"))
def programme(request: PageRequest, programme_id: UUID) -> HttpResponse:
    """One programme: its queues, who takes part, and what rooms above tell about it; POST changes its name and owner."""
    found = _programme(request, programme_id)
    if request.method != "POST":
        return _overview(request, found)
    require(request.actor, scopes.PROGRAMME_EDIT, found)
    form = _change_form(request, found)
    if tried(form, lambda said: change_programme(request.actor, programme=found, now=request.now, **said)) is None:
        return _overview(request, _programme(request, programme_id), change_form=form)
    messages.success(request, _("Saved."))
    return redirect(found)


@require_POST
@page(gettext_lazy("Let an organisation take part"))
def partners(request: PageRequest, programme_id: UUID) -> HttpResponse:
    """Let another organisation take part."""
    found = _programme(request, programme_id)
    require(request.actor, scopes.PROGRAMME_EDIT, found)
    form = EngagementForm(request.POST, programme=found)
    made = tried(
        form,
        lambda said: engage(request.actor, programme=found, organisation=said["organisation"], now=request.now),
    )
    if made is None:
        return _overview(request, found, engagement_form=form)
    messages.success(request, _("%(name)s takes part now.") % {"name": made.organisation.name})
    return redirect(found)


@require_POST
@page(gettext_lazy("End an organisation’s part"))
def partner_ending(request: PageRequest, programme_id: UUID, organisation_id: UUID) -> HttpResponse:
    """End another organisation's part."""
    found = _programme(request, programme_id)
    require(request.actor, scopes.PROGRAMME_EDIT, found)
    taking_part = Organisation.objects.filter(engagements__programme=found)
    partner = load(request.actor, ORGANISATION_VIEW, taking_part, organisation_id)
    end_engagement(request.actor, programme=found, organisation=partner, now=request.now)
    messages.success(request, _("%(name)s takes no part any more.") % {"name": partner.name})
    return redirect(found)


@page(gettext_lazy("Publish a form"))
def forms(request: PageRequest, programme_id: UUID) -> HttpResponse:
    """Write what is asked about items; publishing under a known name makes its next version."""
    found = _programme(request, programme_id)
    require(request.actor, scopes.PROGRAMME_EDIT, found)
    form = QuestionForm(request.POST or None)
    if request.method == "POST":
        made = tried(
            form,
            lambda said: add_form(request.actor, programme=found, name=said["name"], spec=form.spec(), now=request.now),
        )
        if made is not None:
            messages.success(request, _("“%(form)s” is published.") % {"form": made})
            return redirect("work:queue-adding" if request.GET.get("next") == "queue" else "work:programme", found.pk)
    crumbs = [CRUMB, (found.name, found.get_absolute_url())]
    context = {"programme": found, "form": form}
    return render(request, "work/form.html", context, crumbs=crumbs, status=422 if form.errors else 200)


def _programme(request: PageRequest, programme_id: UUID) -> Programme:
    found: QuerySet[Programme] = Programme.objects.select_related("owner")
    return load(request.actor, scopes.PROGRAMME_VIEW, found, programme_id)


def _change_form(request: PageRequest, found: Programme) -> ProgrammeChangeForm:
    said = {"name": found.name, "about": found.about, "owner": found.owner_id}
    owners = possible_owners(request.actor, found, now=request.now)
    return ProgrammeChangeForm(request.POST or None, owners=owners, initial=said)


def _overview(
    request: PageRequest,
    found: Programme,
    *,
    engagement_form: EngagementForm | None = None,
    change_form: ProgrammeChangeForm | None = None,
) -> HttpResponse:
    may_edit = may(request.actor, scopes.PROGRAMME_EDIT, found)
    queues = visible(request.actor, scopes.QUEUE_VIEW, found.queues.select_related("programme"))
    form = engagement_form or EngagementForm(programme=found)
    context = {
        "programme": found,
        "table": queue_table(request, queues_with_counts(queues), of_programme=True),
        "engagements": engagements_seen(request.actor, found),
        "forms": found.forms.prefetch_related("versions"),
        "engagement_form": form,
        "change_form": change_form or (_change_form(request, found) if may_edit else None),
        "may_edit": may_edit,
        "may_add_queue": may(request.actor, scopes.QUEUE_EDIT, found),
        "queue_url": reverse("work:queue-adding", args=[found.pk]),
    }
    is_wrong = form.errors or (change_form is not None and change_form.errors)
    return render(request, "work/programme.html", context, crumbs=[CRUMB], status=422 if is_wrong else 200)
