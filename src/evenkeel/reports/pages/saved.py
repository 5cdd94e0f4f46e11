"""The list of explorations, and what becomes of one: saved, changed, shared, deleted."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, require
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table, TextFilter
from evenkeel.ground.trying import tried

from .. import acts, scopes
from ..forms import SaveForm, sentences
from ..models import Exploration
from ..queries.offered import metrics_offered
from ..queries.saved import saved
from ..rules.questions import Question, read


@page(gettext_lazy("Explorations"))
def explorations(request: PageRequest) -> HttpResponseBase:
    """One's own and those that others share."""
    require(request.actor, scopes.EXPLORE)
    table = Table(
        request,
        saved(request.actor),
        title=_("Explorations"),
        columns=[
            Column("name", _("Exploration"), sort="name", link=lambda row: row.get_absolute_url()),
            Column("owner", _("Saved by"), kind="person", sort="owner__name"),
            Column("audience", _("Who may open it"), value=lambda row: row.get_audience_display(), sort="audience"),
            Column("created_at", _("Saved"), kind="moment", sort="created_at"),
        ],
        filters=[
            TextFilter("q", _("Search explorations"), fields=["name", "owner.name"]),
            ChoiceFilter("audience", _("Who may open it"), choices=Exploration.AUDIENCES),
        ],
        default_sort="name",
        export_name="explorations",
        empty=Empty(
            title=_("No explorations yet"),
            body=_(
                "Ask a question on the explore page and save it: it stands here, and whom you share it with finds it."
            ),
            icon="telescope",
            action=_("Explore"),
            href=reverse("reports:explore"),
        ),
    )
    crumbs = [(_("Explore"), reverse("reports:explore"))]
    return table.export() or render(request, "reports/explorations.html", {"table": table}, crumbs=crumbs)


@require_POST
@page(gettext_lazy("Save an exploration"))
def save(request: PageRequest) -> HttpResponse:
    """Keep the question of the explore page under a name."""
    form, question = SaveForm(request.POST), _asked(request)
    made = tried(form, lambda said: acts.save_exploration(request.actor, question=question, now=request.now, **said))
    if made is None:
        messages.error(request, sentences(form))
        return redirect(f"{reverse('reports:explore')}?{question.query()}")
    messages.success(request, _("Saved."))
    return redirect(made)


@require_POST
@page(gettext_lazy("Change an exploration"))
def change(request: PageRequest, exploration_id: UUID) -> HttpResponse:
    """Another name or audience; with `asked`, another question."""
    found, form = _load(request, exploration_id), SaveForm(request.POST)
    question = _asked(request) if "asked" in request.POST else None
    done = tried(
        form,
        lambda said: acts.change_exploration(
            request.actor, exploration=found, question=question, now=request.now, **said
        ),
    )
    if done is None:
        messages.error(request, sentences(form))
    else:
        messages.success(request, _("Saved."))
    return redirect(found)


@require_POST
@page(gettext_lazy("Delete an exploration"))
def delete(request: PageRequest, exploration_id: UUID) -> HttpResponse:
    """Away with it."""
    acts.delete_exploration(request.actor, exploration=_load(request, exploration_id), now=request.now)
    messages.success(request, _("Deleted."))
    return redirect("reports:explorations")


def _load(request: PageRequest, exploration_id: UUID) -> Exploration:
    return load(request.actor, scopes.EXPLORATION_OWN, Exploration.objects.all(), exploration_id)


def _asked(request: PageRequest) -> Question:
    sent = dict(QueryDict(request.POST.get("asked", "")).lists())
    return read(sent, metrics=metrics_offered(request.actor, asked=sent.get("metric"))).question
