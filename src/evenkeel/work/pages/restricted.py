"""Restricted lanes: what waits in mine, one item to settle, and which lanes a programme has."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground import trail
from evenkeel.ground.access import load, require
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, PeriodFilter, Table
from evenkeel.ground.trying import tried
from evenkeel.people import Person

from .. import scopes
from ..acts.restricted import open_restricted, release_item, restrict_item, set_lane, settle_restricted
from ..models import Item, Programme, RestrictedItem, RestrictedLane
from ..queries.asked import asked_spec
from ..queries.desk import item_content_html
from ..queries.restricted import lanes_for_setting, lanes_with_counts, restricted_items, way_to_settle
from ..rules.escalations import MINUTES
from ..telling import people_of
from .answer_form import AnswerControls, answered
from .escalations import clock_of

_RESTRICTED = (gettext_lazy("Restricted"), "/work/restricted/")


@page(
    gettext_lazy("Restricted"),
    name="work:restricted",
    nav=Nav(section="work", icon="lock", order=36, scope=scopes.RESTRICTED_VIEW),
)
def restricted(request: PageRequest) -> HttpResponse:
    """The lanes that are mine to know of, and the items in them; never what the items show."""
    require(request.actor, scopes.RESTRICTED_VIEW)
    lanes = list(lanes_with_counts(request.actor))
    table = Table(
        request,
        restricted_items(request.actor),
        title=_("Restricted items"),
        columns=[
            Column("id", _("Item"), kind="code", value=_short, link=lambda each: each.get_absolute_url()),
            Column("lane.name", _("Lane"), sort="lane__name"),
            Column("lane.programme.name", _("Programme"), sort="lane__programme__name"),
            Column("by_name", _("Moved by")),
            Column("since", _("Since"), kind="moment", sort="since"),
            Column("due_at", _("Due"), kind="moment", sort="due_at"),
            Column("state", _("State"), kind="badge", value=lambda each: _state(request, each)[0],
                   tone=lambda each: _state(request, each)[1]),
        ],
        filters=[
            _StateFilter("state", _("State"), choices=(("open", _("open")), ("settled", _("settled")))),
            ChoiceFilter("lane", _("Lane"), choices=[(each.pk, each.name) for each in lanes]),
            PeriodFilter("moved", _("Since"), field="since"),
        ],
        default_sort="-since",
        empty=Empty(
            title=_("Nothing lies here"),
            body=_("Child safety, legal and imminent harm come here from the desk, and are then found nowhere else."),
            icon="lock",
        ),
    )  # fmt: skip
    return render(request, "work/restricted.html", {"table": table, "lanes": lanes})


@page(gettext_lazy("Restricted item"))
def restricted_item(request: PageRequest, restricted_item_id: UUID) -> HttpResponse:
    """One restricted item. It is shown only after a POST that says so, and the look is written down; a second settles it."""
    found = _found(request, restricted_item_id)
    form_version, queue = way_to_settle(found.item)
    is_shown = request.method == "POST"
    is_settling = is_shown and "opened_at" in request.POST
    opened_at = _opened_at(request)
    controls = None
    if form_version is not None:
        spec = asked_spec(form_version, queue, request.now, *([opened_at] if opened_at else []))
        controls = AnswerControls(request.POST if is_settling else None, spec=spec)
    if is_settling and controls is not None and form_version is not None:
        made = answered(
            controls,
            lambda answer: settle_restricted(
                request.actor,
                restricted=found,
                answer=answer,
                form_version=form_version,
                queue=queue,
                since=opened_at,
                now=request.now,
            ),
        )
        if made is not None:
            messages.success(request, _("Settled. It stays in the lane."))
            return redirect("work:restricted")
    if is_shown:
        open_restricted(request.actor, restricted=found, now=request.now)
    return _shown(request, found, is_shown=is_shown, controls=controls)


class ReleaseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it need not be restricted"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 3})
    )


@require_POST
@page(gettext_lazy("Release a restricted item"))
def releasing(request: PageRequest, restricted_item_id: UUID) -> HttpResponse:
    """Let an item out of its lane."""
    found, form = _found(request, restricted_item_id), ReleaseForm(request.POST)
    done = tried(form, lambda said: release_item(request.actor, restricted=found, now=request.now, **said))
    if done is None:
        return _shown(request, found, is_shown=False, controls=None, release_form=form)
    messages.success(request, _("Released. It is found again, and handed out where it wants decisions."))
    return redirect("work:restricted")


class RestrictForm(forms.Form):
    lane = forms.ModelChoiceField(queryset=RestrictedLane.objects.none(), label=gettext_lazy("Lane"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, item: Item, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["lane"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = RestrictedLane.objects.filter(programme=item.programme_id)


@page(gettext_lazy("Move into a restricted lane"))
def restricting(request: PageRequest, item_id: UUID) -> HttpResponse:
    """Move an item into a restricted lane; after that I do not find it any more. The page shows no more of it than its key."""
    found = load(request.actor, scopes.RESTRICTED_ADD, Item.objects.select_related("programme"), item_id)
    form = RestrictForm(request.POST or None, item=found)
    if request.method == "POST":
        made = tried(form, lambda said: restrict_item(request.actor, item=found, now=request.now, **said))
        if made is not None:
            messages.success(request, _("Moved. Only the lane's people find it now."))
            return redirect("work:queues")
    crumbs = [(found.programme.name, found.programme.get_absolute_url())]
    context = {"item": found, "form": form, "has_lanes": form.fields["lane"].queryset.exists()}  # type: ignore[attr-defined]
    return render(request, "work/restricting.html", context, crumbs=crumbs, status=422 if form.errors else 200)


class LaneForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=RestrictedLane.KINDS)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes to settle"), min_value=MINUTES[0], max_value=MINUTES[1], initial=60
    )
    people = forms.ModelMultipleChoiceField(
        queryset=Person.objects.none(),
        required=False,
        label=gettext_lazy("Who may know"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nobody chosen: everybody whose role lets them see restricted lanes here."),
    )

    def __init__(self, *args: Any, able: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["people"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Person.objects.filter(pk__in=[person.pk for person in able])


@page(gettext_lazy("Restricted lanes"))
def lanes(request: PageRequest, programme_id: UUID) -> HttpResponse:
    """A programme's lanes and who may know of them; POST adds one, or changes the one of that kind."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    require(request.actor, scopes.TIER_EDIT, programme)
    able = people_of(scopes.RESTRICTED_VIEW, programme=programme, now=request.now)
    form = LaneForm(request.POST or None, able=able)
    if request.method == "POST":
        made = tried(form, lambda said: set_lane(request.actor, programme=programme, now=request.now, **said))
        if made is not None:
            messages.success(request, _("%(name)s holds from now on.") % {"name": made.name})
            return redirect("work:lanes", programme.pk)
    context = {"programme": programme, "lanes": lanes_for_setting(programme), "form": form}
    crumbs = [(programme.name, programme.get_absolute_url())]
    return render(request, "work/lanes.html", context, crumbs=crumbs, status=422 if form.errors else 200)


def _shown(
    request: PageRequest,
    found: RestrictedItem,
    *,
    is_shown: bool,
    controls: AnswerControls | None,
    release_form: ReleaseForm | None = None,
) -> HttpResponse:
    seconds, is_over = clock_of(found.due_at, request.now)
    context = {
        "restricted": found,
        "is_shown": is_shown,
        "content": item_content_html(found.item) if is_shown else None,
        "opened_at": (_opened_at(request) or request.now).isoformat(),
        "state": _state(request, found),
        "seconds": seconds,
        "is_over": is_over,
        "may_settle": request.actor.worker_id is not None and found.settled_at is None,
        "controls": controls,
        "release_form": release_form or ReleaseForm(),
        "history": trail.history(found),
    }
    is_wrong = bool((controls and controls.errors) or (release_form and release_form.errors))
    status = 422 if is_wrong else 200
    return render(request, "work/restricted_item.html", context, crumbs=[_RESTRICTED], status=status)


def _found(request: PageRequest, pk: UUID) -> RestrictedItem:
    found = restricted_items(request.actor).filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such page, or it is not yours to see."))
    return found


def _opened_at(request: PageRequest) -> datetime | None:
    """When the page with the item was opened, as it was sent along; nothing that the figures trust beyond its bounds."""
    try:
        at = datetime.fromisoformat(request.POST.get("opened_at", ""))
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else None


def _short(each: RestrictedItem) -> str:
    """Enough to tell rows apart; never the item's own key."""
    return str(each.pk)[-8:]


def _state(request: PageRequest, each: RestrictedItem) -> tuple[str, str]:
    if each.settled_at is not None:
        return _("settled"), "quiet"
    return (_("overdue"), "bad") if each.due_at <= request.now else (_("open"), "warn")


class _StateFilter(ChoiceFilter):
    def narrow(self, rows: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return rows.filter(settled_at__isnull=value[0] == "open")
