"""Initiatives: charter, gates, people, markets, risks, notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, may, require
from evenkeel.ground.acts import Deed, act
from evenkeel.ground.errors import Invalid
from evenkeel.people import Organisation, Person, actor_for, notify
from evenkeel.work import Programme

from .. import scopes, words_initiatives
from ..models import (
    Action,
    Initiative,
    InitiativeAction,
    InitiativeRisk,
    MarketStatus,
    Stakeholder,
    StatusNote,
    Tollgate,
    TollgateReview,
)
from ..rules_initiatives import GATES, may_pass, next_gate
from .checks import check_text, insist_on_person


def start_initiative(
    actor: Actor,
    *,
    title: str,
    kind: str,
    programme: Programme,
    problem: str,
    goal: str,
    due_on: date,
    bounds: str = "",
    organisation: Organisation | None = None,
    sponsor: Person | None = None,
    leader: Person | None = None,
    now: datetime,
) -> Initiative:
    """Start a project with its charter; the gates of its kind come with it and can be put in other words.

    Whoever starts it leads it unless a leader is named. `Invalid` for an unknown kind, an end that is past, or people whose
    roles do not reach it. Without an organisation no vendor sees it.
    """
    with act(scopes.INITIATIVE_EDIT, actor, now=now) as deed:
        if kind not in GATES:
            raise Invalid(_("There is no such kind of initiative."), fields={"kind": [_("Choose one of the list.")]})
        if due_on < now.date():
            raise Invalid(_("The due day is past."), fields={"due_on": [_("Choose today or a later day.")]})
        made = Initiative.objects.create(
            title=check_text("title", title, least=3, sentence=_("An initiative needs a title."))[:200],
            kind=kind,
            programme=programme,
            organisation=organisation,
            problem=check_text("problem", problem, least=10, sentence=_("Say in a sentence what the problem is.")),
            goal=check_text("goal", goal, least=10, sentence=_("Say in a sentence what the goal is.")),
            bounds=bounds.strip()[:5_000],
            sponsor=sponsor,
            leader_id=leader.pk if leader else insist_on_person(actor),
            due_on=due_on,
            opened_at=now,
        )
        require(actor, scopes.INITIATIVE_EDIT, made)
        _check_person("leader", made.leader, made, scopes.INITIATIVE_EDIT, now)
        if sponsor is not None:
            _check_person("sponsor", sponsor, made, scopes.INITIATIVE_VIEW, now)
        for position, gate in enumerate(GATES[kind]):
            criteria = [str(each) for each in gate.criteria]
            Tollgate.objects.create(initiative=made, position=position, title=str(gate.title), criteria=criteria)
        _record(deed, made, "started", after={"title": made.title, "kind": kind})
        deed.tell("initiative.started", initiative_id=made.pk)
        return made


def plan_tollgate(
    actor: Actor,
    *,
    tollgate: Tollgate,
    criteria: Sequence[str],
    keeper: Person | None = None,
    planned_on: date | None = None,
    now: datetime,
) -> Tollgate:
    """Say what must be true at a gate, who passes it, and when that is planned. `NotNow` once it is passed."""
    with act(scopes.INITIATIVE_EDIT, actor, on=tollgate.initiative, now=now) as deed:
        _insist_on_open(deed, tollgate.initiative)
        locked = Tollgate.objects.select_for_update(of=("self",)).get(pk=tollgate.pk)
        deed.require(not locked.reviews.filter(is_passed=True).exists(), _("The gate is passed already."))
        said = [each.strip()[:300] for each in criteria if each.strip()]
        if not said:
            raise Invalid(_("A gate needs a criterion."), fields={"criteria": [_("Write at least one.")]})
        if keeper is not None:
            _check_person("keeper", keeper, tollgate.initiative, scopes.INITIATIVE_VIEW, now)
        before = {"criteria": locked.criteria, "planned_on": locked.planned_on}
        locked.criteria, locked.keeper, locked.planned_on = said, keeper, planned_on
        locked.save(update_fields=["criteria", "keeper", "planned_on"])
        _record(deed, locked.initiative, "planned a gate", gate=locked.title, before=before,
                after={"criteria": said, "planned_on": planned_on})  # fmt: skip
        return locked


def review_tollgate(
    actor: Actor, *, tollgate: Tollgate, met: Sequence[bool], note: str = "", now: datetime
) -> TollgateReview:
    """Look at a gate: it is passed when every criterion is met. Only its keeper, or the sponsor, passes it.

    `NotNow` for another person, out of order, once it is passed, or after the initiative ended.
    """
    with act(scopes.INITIATIVE_VIEW, actor, on=tollgate.initiative, now=now) as deed:
        found = tollgate.initiative
        _insist_on_open(deed, found)
        locked = Tollgate.objects.select_for_update(of=("self",)).get(pk=tollgate.pk)
        by_id = insist_on_person(actor)
        # Without either the leader would be left to nobody.
        keepers = {locked.keeper_id or found.sponsor_id or found.leader_id}
        deed.require(by_id in keepers, _("Only the gate's keeper passes it."), code="not-keeper")
        gates = list(found.tollgates.order_by("position"))
        passed = set(
            TollgateReview.objects.filter(tollgate__initiative=found, is_passed=True).values_list(
                "tollgate_id", flat=True
            )
        )
        place = next_gate([gate.pk in passed for gate in gates])
        deed.require(place is not None and gates[place].pk == locked.pk, _("Gates are passed in their order."))
        if len(met) != len(locked.criteria):
            raise Invalid(_("Look at every criterion."), fields={"met": [_("One answer for each criterion.")]})
        made = TollgateReview.objects.create(
            tollgate=locked, is_passed=may_pass(locked.criteria, met), met=list(met), note=note.strip()[:5_000],
            by_id=by_id, at=now,
        )  # fmt: skip
        _record(deed, found, "passed a gate" if made.is_passed else "held at a gate", gate=locked.title)
        if made.is_passed:
            deed.tell("tollgate.passed", initiative_id=found.pk, tollgate_id=locked.pk)
        return made


def link_action(actor: Actor, *, initiative: Initiative, action: Action, now: datetime) -> InitiativeAction:
    """Make an action part of an initiative. `Invalid` for one of another programme, `NotNow` a second time."""
    with act(scopes.INITIATIVE_EDIT, actor, on=initiative, now=now) as deed:
        _insist_on_open(deed, initiative)
        require(actor, scopes.ACTION_VIEW, action)
        if action.programme_id != initiative.programme_id:
            raise Invalid(
                _("This action belongs to another programme."), fields={"action": [_("Choose one of its own.")]}
            )
        deed.require(not initiative.links.filter(action=action).exists(), _("The action is part of it already."))
        made = InitiativeAction.objects.create(initiative=initiative, action=action, at=now)
        _record(deed, initiative, "linked an action", after={"action": action.title})
        return made


def set_stakeholder(
    actor: Actor, *, initiative: Initiative, person: Person, role: str, now: datetime
) -> Stakeholder | None:
    """Give somebody a part in an initiative, another part, or (role "") none any more. Notes go to all who have one."""
    with act(scopes.INITIATIVE_EDIT, actor, on=initiative, now=now) as deed:
        _insist_on_open(deed, initiative)
        if role and role not in dict(Stakeholder.ROLES):
            raise Invalid(_("There is no such part."), fields={"role": [_("Choose one of the list.")]})
        initiative.stakeholders.filter(person=person).delete()
        _record(deed, initiative, "gave a part", after={"person": person.name, "role": role})
        if not role:
            return None
        _check_person("person", person, initiative, scopes.INITIATIVE_VIEW, now)
        return Stakeholder.objects.create(initiative=initiative, person=person, role=role, since=now)


def set_market_status(
    actor: Actor, *, initiative: Initiative, market: str, status: str, note: str = "", now: datetime
) -> MarketStatus:
    """Say where a market stands; what was said before stays on record."""
    with act(scopes.INITIATIVE_EDIT, actor, on=initiative, now=now) as deed:
        _insist_on_open(deed, initiative)
        if status not in dict(MarketStatus.STATUSES):
            raise Invalid(_("There is no such status."), fields={"status": [_("Choose one of the list.")]})
        market = check_text("market", market, least=2, sentence=_("Name the market."))[:60]
        made = MarketStatus.objects.create(
            initiative=initiative, market=market, status=status, note=note.strip()[:5_000],
            by_id=insist_on_person(actor), at=now,
        )  # fmt: skip
        _record(deed, initiative, "said where a market stands", after={"market": market, "status": status})
        return made


def note_risk(
    actor: Actor, *, initiative: Initiative, title: str, likelihood: int, impact: int, answer: str = "", now: datetime
) -> InitiativeRisk:
    """Write down what may go wrong. `Invalid` for levels outside 1 to 5."""
    with act(scopes.INITIATIVE_EDIT, actor, on=initiative, now=now) as deed:
        _insist_on_open(deed, initiative)
        levels = {"likelihood": likelihood, "impact": impact}
        wrong = {name: [_("1 to 5.")] for name, level in levels.items() if level not in range(1, 6)}
        if wrong:
            raise Invalid(_("This risk does not fit."), fields=wrong)
        made = InitiativeRisk.objects.create(
            initiative=initiative,
            title=check_text("title", title, least=3, sentence=_("Name the risk."))[:200],
            likelihood=likelihood,
            impact=impact,
            answer=answer.strip()[:5_000],
            opened_at=now,
        )
        _record(deed, initiative, "noted a risk", after={"title": made.title, "rank": made.rank})
        return made


def close_risk(actor: Actor, *, risk: InitiativeRisk, now: datetime) -> InitiativeRisk:
    """The risk is over. `NotNow` when it was already."""
    with act(scopes.INITIATIVE_EDIT, actor, on=risk.initiative, now=now) as deed:
        locked = InitiativeRisk.objects.select_for_update(of=("self",)).get(pk=risk.pk)
        deed.require(locked.closed_at is None, _("The risk is closed already."))
        locked.closed_at = now
        locked.save(update_fields=["closed_at"])
        _record(deed, locked.initiative, "closed a risk", after={"title": locked.title})
        return locked


def draft_note(actor: Actor, *, initiative: Initiative, now: datetime) -> StatusNote:
    """Draft a note to those who have a part, from what happened since the last one was sent; nothing is sent yet."""
    with act(scopes.INITIATIVE_EDIT, actor, on=initiative, now=now) as deed:
        last = initiative.notes.exclude(sent_at=None).order_by("-sent_at").first()
        since = last.sent_at if last and last.sent_at else initiative.opened_at
        made = StatusNote.objects.create(
            initiative=initiative,
            since=since,
            body=words_initiatives.note_text(initiative, since=since, now=now),
            by_id=insist_on_person(actor),
            drafted_at=now,
        )
        _record(deed, initiative, "drafted a note")
        return made


def send_note(actor: Actor, *, note: StatusNote, body: str, now: datetime) -> StatusNote:
    """Send a note as it was edited by hand to everybody who has a part. `NotNow` a second time."""
    with act(scopes.INITIATIVE_EDIT, actor, on=note.initiative, now=now) as deed:
        locked = StatusNote.objects.select_for_update(of=("self",)).select_related("initiative").get(pk=note.pk)
        deed.require(locked.sent_at is None, _("The note was sent already."), code="sent")
        locked.body = check_text("body", body, least=10, sentence=_("The note is empty."))
        locked.sent_at = now
        locked.save(update_fields=["body", "sent_at"])
        found = locked.initiative
        parts = found.stakeholders.values_list("person_id", flat=True)
        people = Person.objects.filter(
            pk__in=[pk for pk in (found.leader_id, found.sponsor_id, *parts) if pk not in (None, actor.person_id)],
            is_active=True,
        )
        notify(people, title=_("News of %(title)s") % {"title": found.title}, url=found.get_absolute_url(), now=now)
        _record(deed, found, "sent a note", note=locked.pk, people=people.count())
        return locked


def move_initiative(actor: Actor, *, initiative: Initiative, state: str, reason: str, now: datetime) -> Initiative:
    """Pause an initiative, take it up again, or end it, with a reason. What has ended stays ended."""
    with act(scopes.INITIATIVE_EDIT, actor, on=initiative, now=now) as deed:
        locked = Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
        deed.require(locked.state != "ended", _("The initiative has ended."), code="ended")
        if state not in dict(Initiative.STATES) or state == locked.state:
            raise Invalid(_("There is no such step."), fields={"state": [_("Choose another state.")]})
        said = check_text("reason", reason, least=3, sentence=_("Say why."))
        before, locked.state = locked.state, state
        locked.save(update_fields=["state"])
        _record(deed, locked, "moved", before={"state": before}, after={"state": state, "reason": said})
        deed.tell("initiative.moved", initiative_id=locked.pk, state=state)
        return locked


def _insist_on_open(deed: Deed, initiative: Initiative) -> None:
    state = Initiative.objects.select_for_update(of=("self",)).values_list("state", flat=True).get(pk=initiative.pk)
    deed.require(state != "ended", _("The initiative has ended."), code="ended")


def _check_person(field: str, person: Person, initiative: Initiative, scope: str, now: datetime) -> None:
    if not person.is_active or not may(actor_for(person, now=now), scope, initiative):
        raise Invalid(
            _("This person cannot see the initiative."), fields={field: [_("Choose somebody whose roles reach it.")]}
        )


def _record(deed: Deed, initiative: Initiative, verb: str, **said: object) -> None:
    deed.record(verb, on=initiative, organisation_id=initiative.organisation_id, **said)  # type: ignore[arg-type]
