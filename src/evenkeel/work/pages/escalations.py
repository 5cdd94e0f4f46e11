"""Escalations: what waits for me, all within reach, one with its clock and history; and the tiers of a programme."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, PeriodFilter, Table
from evenkeel.ground.trying import tried
from evenkeel.people import Person

from .. import scopes
from ..acts.escalations import decide_escalation, hand_back, hand_up, set_tier, take_escalation
from ..models import Escalation, Programme, Queue, Tier
from ..queries.asked import asked_spec
from ..queries.desk import item_content_html
from ..queries.escalations import escalations_of, tiers_of, to_work
from ..queries.programmes import LabelTitles
from ..rules.escalations import MINUTES, REASONS, reason_title
from ..telling import people_of
from .answer_form import AdviceForm, AnswerControls, NoteForm, answered

_ESCALATIONS = (gettext_lazy("Escalations"), "/work/escalations/")
_SHOWN = 20


@page(
    gettext_lazy("Escalations"),
    name="work:escalations",
    nav=Nav(section="work", icon="arrow-up", order=32, scope=scopes.ESCALATION_VIEW),
)
def escalations(request: PageRequest) -> HttpResponseBase:
    """What waits for me, nearest to its end first; below, every escalation within reach."""
    queues = visible(request.actor, scopes.QUEUE_VIEW, Queue.objects.order_by("name"))
    table = Table(
        request,
        escalations_of(request.actor),
        title=_("Escalations"),
        columns=[
            Column("item.key", _("Item"), kind="code", link=lambda each: each.get_absolute_url()),
            Column("reason", _("Reason"), value=lambda each: reason_title(each.reason), sort="reason"),
            Column("tier.name", _("Tier"), sort="tier__level"),
            Column("queue.name", _("Queue"), sort="queue__name"),
            Column("worker", _("Handed up by"), kind="person"),
            Column("holder", _("Taken on by"), kind="person"),
            Column("raised_at", _("Since"), kind="moment", sort="raised_at"),
            Column("due_at", _("Due"), kind="moment", sort="due_at"),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda each: state_words(each, request.now),
                tone=lambda each: state_tone(each, request.now),
            ),
        ],
        filters=[
            ChoiceFilter("state", _("State"), choices=Escalation.STATES),
            ChoiceFilter("reason", _("Reason"), choices=[(each.slug, each.title) for each in REASONS]),
            ChoiceFilter("queue", _("Queue"), choices=lambda: [(each.pk, each.name) for each in queues]),
            PeriodFilter("raised", _("Since"), field="raised_at"),
        ],
        default_sort="-raised_at",
        export_name="escalations",
        empty=Empty(
            title=_("Nothing was handed up"),
            body=_("At the desk a moderator presses E to hand an item up instead of deciding."),
            icon="arrow-up",
        ),
    )
    waiting = to_work(request.actor).select_related("item", "tier", "queue", "holder")[:_SHOWN]
    context = {
        "table": table,
        "waiting": [(each, reason_title(each.reason), clock_of(each.due_at, request.now)) for each in waiting],
    }
    return table.export() or render(request, "work/escalations.html", context)


@page(gettext_lazy("Escalation"))
def escalation(request: PageRequest, escalation_id: UUID) -> HttpResponse:
    """One escalation: the item, why it came, its clock, all that happened, and what can be done now."""
    return _shown(request, _escalation(request, escalation_id))


@require_POST
@page(gettext_lazy("Take an escalation on"))
def taking(request: PageRequest, escalation_id: UUID) -> HttpResponse:
    """Take it on."""
    return redirect(take_escalation(request.actor, escalation=_escalation(request, escalation_id), now=request.now))


@require_POST
@page(gettext_lazy("Decide an escalation"))
def deciding(request: PageRequest, escalation_id: UUID) -> HttpResponse:
    """Decide in the moderator's place."""
    found = _escalation(request, escalation_id)
    controls, note = _controls(request, found, sent=request.POST), NoteForm(request.POST)
    said = note.cleaned_data["note"] if note.is_valid() else ""
    made = answered(
        controls,
        lambda answer: decide_escalation(request.actor, escalation=found, answer=answer, note=said, now=request.now),
    )
    if made is None:
        return _shown(request, found, controls=controls)
    messages.success(request, _("Decided. The moderator who handed it up is told."))
    return redirect("work:escalations")


@require_POST
@page(gettext_lazy("Hand an escalation up"))
def handing_up(request: PageRequest, escalation_id: UUID) -> HttpResponse:
    """Hand it to the tier above."""
    sentence = _("Handed up; the next tier is told.")
    return _noted(request, escalation_id, sentence, lambda found, note: hand_up(
        request.actor, escalation=found, note=note, now=request.now
    ))  # fmt: skip


@require_POST
@page(gettext_lazy("Hand an escalation back"))
def handing_back(request: PageRequest, escalation_id: UUID) -> HttpResponse:
    """Hand it back with advice."""
    sentence = _("Handed back with your advice; the item is in the moderator's hands again.")
    return _noted(request, escalation_id, sentence, lambda found, note: hand_back(
        request.actor, escalation=found, advice=note, now=request.now
    ))  # fmt: skip


class TierForm(forms.Form):
    level = forms.IntegerField(
        label=gettext_lazy("Level"), min_value=1, max_value=9, help_text=gettext_lazy("1 comes first.")
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes to decide"), min_value=MINUTES[0], max_value=MINUTES[1])
    people = forms.ModelMultipleChoiceField(
        queryset=Person.objects.none(),
        required=False,
        label=gettext_lazy("Who works it"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nobody chosen: everybody who may decide escalations here."),
    )

    def __init__(self, *args: Any, able: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["people"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Person.objects.filter(pk__in=[person.pk for person in able])


@page(gettext_lazy("Tiers of escalation"))
def tiers(request: PageRequest, programme_id: UUID) -> HttpResponse:
    """A programme's tiers; POST adds one, or changes the one of that level."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    require(request.actor, scopes.TIER_EDIT, programme)
    known = tiers_of(programme)
    wanted = next((each for each in known if str(each.level) == request.GET.get("level")), None)
    able = people_of(scopes.ESCALATION_WORK, programme=programme, now=request.now)
    form = TierForm(request.POST or None, able=able, initial=_initial(wanted, known))
    if request.method == "POST":
        made = tried(form, lambda said: set_tier(request.actor, programme=programme, now=request.now, **said))
        if made is not None:
            messages.success(request, _("%(name)s holds from now on.") % {"name": made.name})
            return redirect("work:tiers", programme.pk)
    context = {"programme": programme, "tiers": known, "form": form, "wanted": wanted}
    crumbs = [(programme.name, programme.get_absolute_url())]
    return render(request, "work/tiers.html", context, crumbs=crumbs, status=422 if form.errors else 200)


def clock_of(due_at: datetime, now: datetime) -> tuple[float, bool]:
    """How many seconds are left, or gone since, and whether the time is over."""
    left = (due_at - now).total_seconds()
    return abs(left), left <= 0


def state_words(each: Escalation, now: datetime) -> str:
    """The state as a badge says it."""
    if each.is_open and each.due_at <= now:
        return _("overdue")
    return str(each.get_state_display())


def state_tone(each: Escalation, now: datetime) -> str:
    """The tone of that badge."""
    if not each.is_open:
        return "quiet"
    return "bad" if each.due_at <= now else "warn"


def _shown(request: PageRequest, found: Escalation, **forms_: Any) -> HttpResponse:
    seconds, is_over = clock_of(found.due_at, request.now)
    works = found.is_open and to_work(request.actor).filter(pk=found.pk).exists()
    context = {
        "escalation": found,
        "reason": reason_title(found.reason),
        "content": item_content_html(found.item),
        "state": (state_words(found, request.now), state_tone(found, request.now)),
        "seconds": seconds,
        "is_over": is_over,
        "decided": LabelTitles().of(found.decision.label, found.programme) if found.decision else "",
        "steps": found.steps.select_related("tier"),
        "may_work": works,
        "may_restrict": found.is_open and may(request.actor, scopes.RESTRICTED_ADD, found.item),
        "may_decide": works and request.actor.worker_id is not None,
        "is_top": not Tier.objects.filter(programme=found.programme_id, level__gt=found.tier.level).exists(),
        "is_mine": found.holder_id is not None and found.holder_id == request.actor.worker_id,
        "controls": forms_.get("controls") or _controls(request, found),
        "note_form": NoteForm(),
        "advice_form": AdviceForm(),
        **forms_,
    }
    crumbs = [_ESCALATIONS]
    return render(request, "work/escalation.html", context, crumbs=crumbs, status=422 if forms_ else 200)


def _controls(request: PageRequest, found: Escalation, sent: QueryDict | None = None) -> AnswerControls:
    """The form that the moderator had, with the clauses that the guideline has now."""
    moments = [request.now, *([found.held_at] if found.held_at else [])]
    return AnswerControls(sent, spec=asked_spec(found.form_version, found.queue, *moments))


def _noted(
    request: PageRequest, escalation_id: UUID, sentence: str, do: Callable[[Escalation, str], object]
) -> HttpResponse:
    found, form = _escalation(request, escalation_id), AdviceForm(request.POST)
    if tried(form, lambda said: do(found, said["note"]) is not None) is None:
        return _shown(request, found, advice_form=form)
    messages.success(request, sentence)
    return redirect("work:escalations")


def _escalation(request: PageRequest, escalation_id: UUID) -> Escalation:
    rows: QuerySet[Escalation] = Escalation.objects.select_related(
        "item", "queue", "tier", "form_version", "worker__organisation", "holder__organisation", "decision", "programme"
    )
    return load(request.actor, scopes.ESCALATION_VIEW, rows, escalation_id)


def _initial(wanted: Tier | None, known: list[Tier]) -> dict[str, Any]:
    if wanted is None:
        return {"level": max((each.level for each in known), default=0) + 1, "minutes": 240}
    people = [each.pk for each in wanted.people.all()]
    return {"level": wanted.level, "name": wanted.name, "minutes": wanted.minutes, "people": people}
