"""The check after the window, and what follows from it. Run by time; by hand it does the same."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import Deed, act
from evenkeel.measure import Signal

from .. import scopes
from ..models import Action, EffectCheck, EffectPlan, Recurrence, ReopenedCase
from ..queries_actions import end_of, figures_of, rates_of, rules_for
from ..rules_benefits import benefit_of
from ..rules_plans import Frozen, sha256_of
from ..rules_proofs import Figures, Proved, prove
from .actions import came_into, insist_on_plan, lock, tell_about
from .closing import reopen_investigation

# Audits of the window's last days come in after them.
LATE = timedelta(days=3)


def check_effect(actor: Actor, *, action: Action, now: datetime) -> EffectCheck:
    """Judge an action by its frozen plan. `NotNow` before the window is over and its last audits have come.

    Writes the figures as they were read, what the plan says of them, and the benefit at the rates in force. An action that
    did not work has its investigation taken up again.
    """
    with act(scopes.ACTION_EDIT, actor, on=action, now=now) as deed:
        locked = lock(action)
        deed.require(locked.state == "running", _("Only an action that is under way is checked."), code="not-running")
        plan = insist_on_plan(deed, locked)
        until = end_of(plan)
        deed.require(now.date() >= until + LATE, _("The window is not over yet."), code="window-open")
        frozen = Frozen.read(plan.document)
        coached = set(plan.coached.values_list("worker_id", flat=True))
        figures = figures_of(frozen, until=until, coached=coached)
        proved = prove(frozen, figures)
        made = _written(plan, frozen, figures, proved, locked, now)
        came_into(deed, locked, proved.verdict)
        deed.record("checked", on=locked, organisation_id=locked.organisation_id,
                    after={"verdict": proved.verdict, "data": made.data_sha256, "plan": plan.sha256})  # fmt: skip
        if proved.verdict == "not_effective":
            _take_up_again(deed, locked, "not_effective")
        tell_about(deed, locked, _("The check of an action is here: %(title)s"))
        deed.tell("effect.checked", action_id=locked.pk, verdict=proved.verdict)
        if proved.verdict != "cannot_tell":
            deed.tell("action.completed", action_id=locked.pk, state=proved.verdict)
        return made


def note_recurrence(actor: Actor, *, action: Action, signal: Signal, now: datetime) -> Recurrence:
    """Note that the trouble of an effective action came back: its state changes, its investigation is taken up again.

    `NotNow` unless the action is called effective.
    """
    with act(scopes.ACTION_EDIT, actor, on=action, now=now) as deed:
        locked = lock(action)
        deed.require(locked.state == "effective", _("Only what was called effective can come back."))
        made = Recurrence.objects.create(action=locked, signal=signal, at=now)
        came_into(deed, locked, "recurred", signal.where_name)
        deed.record("recurred", on=locked, organisation_id=locked.organisation_id, after={"signal": signal.pk})
        _take_up_again(deed, locked, "recurred")
        tell_about(deed, locked, _("It came back: %(title)s"))
        deed.tell("action.recurred", action_id=locked.pk, signal_id=signal.pk)
        return made


def _written(
    plan: EffectPlan, frozen: Frozen, figures: Figures, proved: Proved, action: Action, now: datetime
) -> EffectCheck:
    data = figures.written()
    rates = rates_of(rules_for(action.programme_id))
    known = proved.improvement.is_known and proved.improvement.has_interval
    benefit = benefit_of(proved.improvement, unit=frozen.unit, volume=figures.volume, rates=rates) if known else {}
    return EffectCheck.objects.create(
        plan=plan,
        number=plan.checks.count() + 1,
        until=end_of(plan),
        verdict=proved.verdict,
        because=proved.because,
        effect=proved.improvement.to_dict(),
        found=proved.written(),
        data=data,
        data_sha256=sha256_of(data),
        benefit=benefit,
        at=now,
    )


def _take_up_again(deed: Deed, action: Action, why: str) -> None:
    found = action.investigation
    if found is None:
        return
    was_closed = not found.is_open
    ReopenedCase.objects.create(action=action, investigation=found, why=why, was_closed=was_closed, at=deed.now)
    if was_closed:
        reopen_investigation(Actor.system("evenkeel"), investigation=found, now=deed.now)
    else:
        tell_about(deed, action, _("Its investigation goes on: %(title)s"), also=found.owner)
