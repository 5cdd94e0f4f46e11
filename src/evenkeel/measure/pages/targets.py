"""Targets: which hold, which held, setting one and ending it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import require
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table, TextFilter
from evenkeel.ground.templatetags.wording import value_text
from evenkeel.ground.trying import tried

from .. import scopes
from ..acts.targets import end_target, set_target
from ..forms_places import place_at
from ..forms_targets import EndForm, TargetForm
from ..models import Target, TargetLine
from ..queries.definitions import metrics_for
from ..queries.targets import seen_by, where_of

_STATES = {
    "holds": (gettext_lazy("holds"), "good"), "to_come": (gettext_lazy("to come"), "info"),
    "over": (gettext_lazy("over"), "quiet"),
}  # fmt: skip


@page(
    gettext_lazy("Targets"),
    name="measure:targets",
    nav=Nav(section="insight", icon="target", order=58, scope=scopes.FIGURE_VIEW),
)
def target_list(request: PageRequest) -> HttpResponseBase:
    """Every target that may be seen, those that hold first."""
    require(request.actor, scopes.FIGURE_VIEW)
    today = request.now.date()
    kinds = {kind.slug: kind for kind in metrics_for(request.actor)}
    rows = seen_by(request.actor, Target.objects.all()).select_related(
        "line__organisation", "line__site", "line__team", "line__programme", "line__queue", "set_by"
    )

    def amount(row: Target, name: str) -> str:
        kind = kinds.get(row.line.metric)
        return value_text(
            getattr(row, name), kind=kind.unit if kind else "number", digits=kind.digits if kind else None
        )

    def title(slug: str) -> str:
        return str(kinds[slug].title) if slug in kinds else slug

    table = Table(
        request,
        rows,
        title=_("Targets"),
        columns=[
            Column(
                "line.metric",
                _("Metric"),
                sort="line__metric",
                value=lambda row: title(row.line.metric),
                link=lambda row: reverse("measure:target", args=[row.pk]),
            ),
            Column("where", _("Where"), value=lambda row: where_of(row.line)),
            Column(
                "kind",
                _("Kind of place"),
                value=lambda row: row.line.get_kind_display(),
                sort="line__kind",
                optional=True,
            ),
            Column("value", _("Target"), value=lambda row: amount(row, "value")),
            Column("warning", _("Warning"), value=lambda row: amount(row, "warning")),
            Column("critical", _("Critical"), value=lambda row: amount(row, "critical")),
            Column("guard", _("Guarded by"), value=lambda row: title(row.guard)),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda row: _STATES[state_of(row, today)][0],
                tone=lambda row: _STATES[state_of(row, today)][1],
            ),
            Column("since_on", _("From"), kind="day", sort="since_on"),
            Column("until_on", _("Until"), kind="day", sort="until_on"),
        ],
        filters=[
            TextFilter("q", _("Search targets"), fields=["line__metric", "why"]),
            ChoiceFilter(
                "kind",
                _("Kind of place"),
                choices=list(TargetLine.KINDS),
                field="line__kind",
            ),
        ],
        default_sort="-since_on",
        export_name="targets",
        empty=Empty(
            title=_("No targets yet"),
            body=_(
                "A target says what a figure should be, where and from when, and what must not get worse meanwhile."
            ),
            icon="target",
        ),
    )
    context = {"table": table, "may_set": request.actor.has(scopes.TARGET_EDIT)}
    return table.export() or render(request, "measure/targets.html", context)


@page(gettext_lazy("Set a target"))
def setting(request: PageRequest) -> HttpResponse:
    """Set a target for a metric at a place."""
    require(request.actor, scopes.TARGET_EDIT)
    form = TargetForm(request.POST or None, actor=request.actor, initial={"since_on": request.now.date()})
    if request.method == "POST":
        made = tried(form, lambda said: _set(request, said))
        if made is not None:
            messages.success(request, _("The target holds from %(day)s on.") % {"day": made.since_on})
            return redirect(reverse("measure:targets"))
    crumbs = [(_("Targets"), reverse("measure:targets"))]
    return render(
        request, "measure/target_setting.html", {"form": form}, crumbs=crumbs, status=422 if form.errors else 200
    )


def _set(request: PageRequest, said: dict[str, Any]) -> Target:
    place = place_at(request.actor, scopes.TARGET_EDIT, said.pop("place"))
    return set_target(request.actor, on=place, now=request.now, **said)


@page(gettext_lazy("Target"))
def target_page(request: PageRequest, target_id: UUID) -> HttpResponse:
    """One target: what it asks, where, since when and why; ending it."""
    found = _seen(request, target_id)
    return _page(request, found, EndForm(initial={"until_on": request.now.date()}))


@require_POST
@page(gettext_lazy("End the target"))
def ending(request: PageRequest, target_id: UUID) -> HttpResponse:
    """End a target."""
    found = _seen(request, target_id)
    form = EndForm(request.POST)
    done = tried(form, lambda said: end_target(request.actor, target=found, now=request.now, **said))
    if done is None:
        return _page(request, found, form)
    messages.success(request, _("The target has an end."))
    return redirect(reverse("measure:target", args=[found.pk]))


def _page(request: PageRequest, found: Target, form: EndForm) -> HttpResponse:
    from ..metric import metrics

    kind, guard = metrics[found.line.metric], metrics[found.guard]
    amounts = {
        name: value_text(getattr(found, name), kind=kind.unit, digits=kind.digits)
        for name in ("value", "warning", "critical")
    }
    state = state_of(found, request.now.date())
    context = {
        "target": found,
        "metric": kind,
        "guard": guard,
        "state": _STATES[state],
        "form": form,
        "may_end": state != "over" and request.actor.has(scopes.TARGET_EDIT),
        "facts": [
            (_("Where"), where_of(found.line)),
            (_("Target"), amounts["value"]),
            (_("Warning beyond"), amounts["warning"]),
            (_("Critical beyond"), amounts["critical"]),
            (_("From"), found.since_on),
            (_("Until"), found.until_on or _("further notice")),
            (_("Set by"), found.set_by.name if found.set_by else _("the system")),
        ],
    }
    crumbs = [(_("Targets"), reverse("measure:targets"))]
    return render(request, "measure/target.html", context, crumbs=crumbs, status=422 if form.errors else 200)


def _seen(request: PageRequest, target_id: UUID) -> Target:
    rows = seen_by(request.actor, Target.objects.filter(pk=target_id))
    lines = ("line__organisation", "line__site", "line__team", "line__programme", "line__queue")
    found = rows.select_related("set_by", *lines).first()
    if found is None:
        raise NotFound(_("There is no such page, or it is not yours to see."))
    return found


def state_of(target: Target, today: date) -> str:
    """Whether a target holds, is to come, or is over."""
    if target.since_on > today:
        return "to_come"
    return "holds" if target.until_on is None or target.until_on > today else "over"
