"""Opening an action, moving it along, dropping it; what it taught."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, may, require
from evenkeel.ground.acts import Deed, act
from evenkeel.ground.errors import Invalid
from evenkeel.measure import Signal
from evenkeel.people import Organisation, Person, Site, Team, actor_for, notify
from evenkeel.work import Programme, Queue

from .. import scopes
from ..models import Action, ActionLesson, ActionRules, ActionStep, EffectPlan, Investigation
from ..queries_actions import plan_in_force, rules_for
from .checks import check_cause, check_text, insist_on_person
from .opening import _where

OVER = ("done", "effective", "not_effective", "recurred", "dropped")
_CURRENCY = 3


def open_action(
    actor: Actor,
    *,
    title: str,
    kind: str,
    what: str,
    due_on: date,
    programme: Programme | None = None,
    queue: Queue | None = None,
    organisation: Organisation | None = None,
    site: Site | None = None,
    team: Team | None = None,
    cause: str = "",
    investigation: Investigation | None = None,
    signal: Signal | None = None,
    owner: Person | None = None,
    now: datetime,
) -> Action:
    """Open an action against a cause. From an investigation or signal it takes the place, unless a place is given.

    Whoever opens it owns it unless an owner is named. `Invalid` without a place, for an unknown kind or cause, a queue of
    another programme, a due day that is past, or an owner whose roles do not reach it.
    """
    with act(scopes.ACTION_EDIT, actor, now=now) as deed:
        source = investigation or signal
        if programme is None:
            if source is None:
                raise Invalid(_("An action needs a place."), fields={"programme": [_("Choose a programme.")]})
            programme, queue = source.programme, source.queue
            organisation, site, team = source.organisation, source.site, source.team
        site = team.site if team else site
        organisation = site.organisation if site else organisation
        if queue is not None and queue.programme_id != programme.pk:
            raise Invalid(
                _("This queue belongs to another programme."), fields={"queue": [_("Choose one of its own.")]}
            )
        if kind not in dict(Action.KINDS):
            raise Invalid(_("There is no such kind of action."), fields={"kind": [_("Choose one of the list.")]})
        _check_due(due_on, now)
        if investigation is not None:
            require(actor, scopes.VIEW, investigation)
        made = Action.objects.create(
            title=check_text("title", title, least=3, sentence=_("An action needs a title."))[:200],
            kind=kind,
            what=check_text("what", what, least=10, sentence=_("Say in a sentence what is done.")),
            cause=check_cause(cause).slug if cause else "",
            investigation=investigation,
            signal=signal or (investigation.signal if investigation else None),
            programme=programme,
            queue=queue,
            organisation=organisation,
            site=site,
            team=team,
            where_name=_where(programme, queue, team or site or organisation),
            owner_id=owner.pk if owner else insist_on_person(actor),
            due_on=due_on,
            opened_at=now,
        )
        require(actor, scopes.ACTION_EDIT, made)
        _check_owner(made, now)
        ActionStep.objects.create(action=made, state=made.state, by_id=actor.person_id, at=now)
        deed.record("opened", on=made, organisation_id=organisation.pk if organisation else None,
                    after={"title": made.title, "kind": kind, "where": made.where_name})  # fmt: skip
        tell_about(deed, made, _("An action was opened: %(title)s"))
        deed.tell("action.opened", action_id=made.pk)
        return made


def begin_action(actor: Actor, *, action: Action, now: datetime) -> Action:
    """Begin. A corrective or preventive action begins on the day its plan names or before, with the plan approved.

    `NotNow` without a frozen plan, without the approvals that the programme asks for, or after the plan's start has passed:
    then another plan is frozen. A containment begins at once: harm does not wait for a plan.
    """
    with act(scopes.ACTION_EDIT, actor, on=action, now=now) as deed:
        locked = lock(action)
        if locked.kind == Action.CONTAINMENT and locked.state == "draft":
            return _came_into(deed, locked, "running")
        deed.require(locked.state == "planned", _("Freeze an effect plan first."), code="no-plan")
        plan = plan_in_force(locked)
        assert plan is not None
        wanted, given = rules_for(locked.programme_id).approvals, plan.approvals.count()
        deed.require(
            given >= wanted,
            _("The plan has %(given)d of %(wanted)d approvals.") % {"given": given, "wanted": wanted},
            code="not-approved",
        )
        deed.require(
            now.date() <= plan.starts_on,
            _("The start that the plan names is past: freeze another plan."),
            code="start-passed",
        )
        return _came_into(deed, locked, "running")


def finish_action(actor: Actor, *, action: Action, reason: str, now: datetime) -> Action:
    """End a containment: it claims no effect. `NotNow` for anything else, which its check ends."""
    with act(scopes.ACTION_EDIT, actor, on=action, now=now) as deed:
        locked = lock(action)
        deed.require(
            locked.kind == Action.CONTAINMENT and locked.state == "running",
            _("Only a containment that is under way ends by hand; others end with their check."),
        )
        said = check_text("reason", reason, least=3, sentence=_("Say how it ended."))
        return _came_into(deed, locked, "done", said)


def drop_action(actor: Actor, *, action: Action, reason: str, now: datetime) -> Action:
    """Give an action up, with a reason. `NotNow` once it is over. What it did until then is not judged."""
    with act(scopes.ACTION_EDIT, actor, on=action, now=now) as deed:
        locked = lock(action)
        deed.require(locked.state not in OVER, _("The action is over already."), code="over")
        said = check_text("reason", reason, least=10, sentence=_("An action is not dropped without a reason."))
        return _came_into(deed, locked, "dropped", said)


def hand_over_action(actor: Actor, *, action: Action, owner: Person, now: datetime) -> Action:
    """Give an action to somebody whose roles reach it; she hears of it. `NotNow` once it is over."""
    with act(scopes.ACTION_EDIT, actor, on=action, now=now) as deed:
        locked = lock(action)
        deed.require(locked.state not in OVER, _("The action is over already."), code="over")
        before = Person.objects.get(pk=locked.owner_id).name
        locked.owner = owner
        _check_owner(locked, now)
        locked.save(update_fields=["owner"])
        deed.record("handed over", on=locked, organisation_id=locked.organisation_id,
                    before={"owner": before}, after={"owner": owner.name})  # fmt: skip
        tell_about(deed, locked, _("This action is yours now: %(title)s"))
        return locked


def reschedule_action(actor: Actor, *, action: Action, due_on: date, reason: str, now: datetime) -> Action:
    """Move the day by which it is to be done, with a reason. The window of a frozen plan does not move with it."""
    with act(scopes.ACTION_EDIT, actor, on=action, now=now) as deed:
        locked = lock(action)
        deed.require(locked.state not in OVER, _("The action is over already."), code="over")
        _check_due(due_on, now)
        said = check_text("reason", reason, least=3, sentence=_("Say why it takes longer."))
        before, locked.due_on = locked.due_on, due_on
        locked.save(update_fields=["due_on"])
        deed.record("rescheduled", on=locked, organisation_id=locked.organisation_id,
                    before={"due_on": before}, after={"due_on": due_on, "reason": said})  # fmt: skip
        return locked


def note_lesson(
    actor: Actor, *, action: Action, what_worked: str, what_did_not: str = "", now: datetime
) -> ActionLesson:
    """Write down what an action taught; writing again adds, and the newest is shown."""
    with act(scopes.ACTION_EDIT, actor, on=action, now=now) as deed:
        made = ActionLesson.objects.create(
            action=action,
            what_worked=check_text("what_worked", what_worked, least=10, sentence=_("Say in a sentence what worked.")),
            what_did_not=what_did_not.strip()[:5_000],
            by_id=insist_on_person(actor),
            at=now,
        )
        deed.record(
            "taught", on=action, organisation_id=action.organisation_id, after={"what_worked": made.what_worked}
        )
        return made


def set_action_rules(
    actor: Actor,
    *,
    programme: Programme,
    approvals: int = 1,
    is_confirmed: bool = False,
    recurrence_days: int = 90,
    minutes_per_error: float = 0.0,
    cents_per_error: float = 0.0,
    cents_per_hour: float = 0.0,
    currency: str = "EUR",
    validated_from: int | None = None,
    now: datetime,
) -> ActionRules:
    """Set how a programme approves actions and what errors cost. Checks that have run keep the rates they ran with.

    `is_confirmed`: whoever approves proves again who she is. `validated_from`: an investigation with a case of this severity
    or a graver one is validated before it closes (1 to 4; 0 never; None the usual, 3). `Invalid` for negative rates, more
    than three approvals, a severity there is not, or a currency that is not three letters.
    """
    with act(scopes.RULES_EDIT, actor, on=programme, now=now) as deed:
        faults: dict[str, list[str]] = {}
        if approvals not in range(4):
            faults["approvals"] = [_("None to three.")]
        if recurrence_days not in range(1, 731):
            faults["recurrence_days"] = [_("1 to 730 days.")]
        if validated_from is not None and validated_from not in range(5):
            faults["validated_from"] = [_("1 to 4, or 0 for never.")]
        rates = {
            "minutes_per_error": minutes_per_error, "cents_per_error": cents_per_error, "cents_per_hour": cents_per_hour,
        }  # fmt: skip
        faults |= {name: [_("0 or more.")] for name, value in rates.items() if not 0 <= value < 1e12}
        if not (len(currency) == _CURRENCY and currency.isalpha() and currency.isascii()):
            faults["currency"] = [_("Three letters, such as EUR.")]
        if faults:
            raise Invalid(_("These rules do not fit."), fields=faults)
        before = rules_for(programme.pk)
        made = ActionRules.objects.create(
            programme=programme, approvals=approvals, is_confirmed=is_confirmed, recurrence_days=recurrence_days,
            currency=currency.upper(), validated_from=validated_from, by_id=actor.person_id, at=now, **rates,
        )  # fmt: skip
        names = ("approvals", "is_confirmed", "recurrence_days", "currency", "validated_from", *rates)
        deed.record("ruled actions", on=programme, before={name: getattr(before, name) for name in names},
                    after={name: getattr(made, name) for name in names})  # fmt: skip
        return made


# ---------------------------------------------------------------- shared by the other acts on actions


def lock(action: Action) -> Action:
    """The action as it is now, held until the act is over."""
    return Action.objects.select_for_update(of=("self",)).get(pk=action.pk)


def _came_into(deed: Deed, action: Action, state: str, reason: str = "") -> Action:
    came_into(deed, action, state, reason)
    deed.record(state, on=action, organisation_id=action.organisation_id, after={"state": state, "reason": reason})
    if state in OVER:
        deed.tell("action.completed", action_id=action.pk, state=state)
    return action


def came_into(deed: Deed, action: Action, state: str, reason: str = "") -> None:
    """Note the new state with its date; the act records it."""
    action.state = state
    action.save(update_fields=["state"])
    ActionStep.objects.create(action=action, state=state, reason=reason, by_id=deed.actor.person_id, at=deed.now)


def tell_about(deed: Deed, action: Action, title: str, *, also: Person | None = None) -> None:
    """A notice for its owner and for whoever else is named, but not for whoever did it."""
    ids = {action.owner_id, also.pk if also else None} - {None, deed.actor.person_id}
    people = Person.objects.filter(pk__in=[pk for pk in ids if pk is not None], is_active=True)
    notify(people, title=title % {"title": action.title}, url=action.get_absolute_url(), now=deed.now)


def insist_on_plan(deed: Deed, action: Action) -> EffectPlan:
    """The plan in force; `NotNow` without one."""
    plan = plan_in_force(action)
    deed.require(plan is not None, _("The action has no effect plan yet."), code="no-plan")
    assert plan is not None
    return plan


def _check_owner(action: Action, now: datetime) -> None:
    owner = Person.objects.select_related("organisation").get(pk=action.owner_id)
    if not owner.is_active or not may(actor_for(owner, now=now), scopes.ACTION_EDIT, action):
        raise Invalid(
            _("This person cannot work on this action."), fields={"owner": [_("Choose somebody whose roles reach it.")]}
        )


def _check_due(due_on: date, now: datetime) -> None:
    if due_on < now.date():
        raise Invalid(_("The due day is past."), fields={"due_on": [_("Choose today or a later day.")]})
