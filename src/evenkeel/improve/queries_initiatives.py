"""What pages ask about initiatives and suggestions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, visible

from . import scopes
from .models import (
    Action,
    Initiative,
    MarketStatus,
    Suggestion,
    SuggestionVote,
    Tollgate,
    TollgateReview,
)
from .queries_actions import Checked, checked_actions
from .rules_initiatives import count_votes, next_gate, root_of


def initiatives(actor: Actor) -> QuerySet[Initiative]:
    """Initiatives that the actor may see, newest first."""
    rows = visible(actor, scopes.INITIATIVE_VIEW, Initiative.objects.all())
    return rows.select_related("leader__organisation", "sponsor", "programme").order_by("-opened_at")


@dataclass(frozen=True, kw_only=True)
class GateShown:
    """A gate with its reviews; `is_next` when it is the one to pass now."""

    gate: Tollgate
    reviews: tuple[TollgateReview, ...]
    is_next: bool

    @property
    def passed_at(self) -> datetime | None:
        """When it was passed."""
        return next((each.at for each in self.reviews if each.is_passed), None)


def gates_of(initiative: Initiative) -> list[GateShown]:
    """The gates in their order."""
    gates = list(initiative.tollgates.select_related("keeper").prefetch_related("reviews__by").order_by("position"))
    reviews = [tuple(sorted(gate.reviews.all(), key=lambda each: each.at)) for gate in gates]
    place = next_gate([any(each.is_passed for each in own) for own in reviews])
    return [
        GateShown(gate=gate, reviews=own, is_next=number == place)
        for number, (gate, own) in enumerate(zip(gates, reviews, strict=True))
    ]


def phases_of(found: Iterable[Initiative]) -> dict[UUID, str]:
    """The phase that each stands in: its first gate that is not passed; two queries for all."""
    ids = [each.pk for each in found]
    passed = set(
        TollgateReview.objects.filter(tollgate__initiative__in=ids, is_passed=True).values_list(
            "tollgate_id", flat=True
        )
    )
    phases: dict[UUID, str] = {}
    for gate in Tollgate.objects.filter(initiative__in=ids).order_by("position"):
        if gate.pk not in passed:
            phases.setdefault(gate.initiative_id, gate.title)
    return {pk: phases.get(pk, _("all gates passed")) for pk in ids}


def actions_of(actor: Actor, initiative: Initiative) -> list[Action]:
    """Its actions that the actor may see."""
    rows = visible(actor, scopes.ACTION_VIEW, Action.objects.filter(links__initiative=initiative))
    return list(rows.select_related("owner__organisation").order_by("opened_at"))


def effects_of(actor: Actor, initiative: Initiative) -> list[Checked]:
    """What its actions were measured to bring: the only benefits it has."""
    return checked_actions(actor, among=Action.objects.filter(links__initiative=initiative))


def markets_of(initiative: Initiative) -> list[MarketStatus]:
    """Where each market stands now, by name."""
    newest = {row.market: row for row in initiative.markets.select_related("by").order_by("at", "id")}
    return [newest[market] for market in sorted(newest)]


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One mark on an initiative's line of time."""

    on: date
    title: str
    is_planned: bool = False


def timeline_of(initiative: Initiative, gates: Iterable[GateShown], actions: Iterable[Action]) -> list[Moment]:
    """Start, gates passed and planned, actions and their due days, the end; in order of time."""
    found = [Moment(on=initiative.opened_at.date(), title=_("Started"))]
    for shown in gates:
        if shown.passed_at:
            found.append(Moment(on=shown.passed_at.date(), title=_("%(gate)s passed") % {"gate": shown.gate.title}))
        elif shown.gate.planned_on:
            found.append(Moment(on=shown.gate.planned_on, title=shown.gate.title, is_planned=True))
    for action in actions:
        found.append(Moment(on=action.opened_at.date(), title=action.title))
        found.append(Moment(on=action.due_on, title=_("%(action)s is due") % {"action": action.title}, is_planned=True))
    found.append(Moment(on=initiative.due_on, title=_("Due"), is_planned=True))
    return sorted(found, key=lambda each: (each.on, each.title))


@dataclass(frozen=True, kw_only=True)
class SuggestionShown:
    """A suggestion with its votes, those for what was merged into it among them."""

    suggestion: Suggestion
    votes: int
    is_mine: bool


def suggestions(actor: Actor) -> QuerySet[Suggestion]:
    """Suggestions that the actor may see, newest first: made in her organisation, or all of the programmes in her charge."""
    rows = visible(actor, scopes.SUGGEST, Suggestion.objects.all())
    return rows.select_related("by__organisation", "programme", "merged_into").order_by("-at")


def votes_of(actor: Actor, found: Iterable[Suggestion]) -> list[SuggestionShown]:
    """The suggestions with their votes, most wanted first; two queries for all."""
    rows = list(found)
    merged = list(Suggestion.objects.filter(merged_into__in=rows).values_list("pk", "merged_into_id"))
    into: dict[UUID, UUID | None] = dict(merged)
    ids = [*(row.pk for row in rows), *into]
    votes = list(SuggestionVote.objects.filter(suggestion__in=ids).values_list("suggestion_id", "person_id"))
    counted = count_votes(votes, into)
    mine = {root_of(suggestion, into) for suggestion, person in votes if person == actor.person_id}
    shown = [SuggestionShown(suggestion=row, votes=counted.get(row.pk, 0), is_mine=row.pk in mine) for row in rows]
    return sorted(shown, key=lambda each: (-each.votes, each.suggestion.at))
