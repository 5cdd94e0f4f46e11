"""Starting, changing and ending sampling plans."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid

from .. import scopes
from ..models import PlanVersion, SamplingPlan
from ..rules.layers import design_faults
from .ours import insist_on_ours

if TYPE_CHECKING:
    from evenkeel.work import Programme, Queue

_ASSIGNMENT = ("keeps_teams_apart", "most_a_person", "most_a_day", "spreads_evenly")


def start_plan(
    actor: Actor,
    *,
    programme: Programme,
    queue: Queue | None = None,
    name: str,
    rate: float,
    layers: Sequence[Mapping[str, Any]] = (),
    audits_a_day: float | None = None,
    covers_imports: bool = False,
    keeps_teams_apart: bool = False,
    most_a_person: int | None = None,
    most_a_day: int | None = None,
    spreads_evenly: bool = False,
    salt: int | None = None,
    now: datetime,
) -> SamplingPlan:
    """Audit a share of the decisions made from now on, in one queue or in the whole programme.

    `rate` in (0, 1] is everybody's; `layers` raise the odds of some (`quality/kinds/layers/`), thinned where they would come
    to more than `audits_a_day`. Who audits what: `keeps_teams_apart`, `most_a_person` (audits of one person by one auditor
    in seven days), `most_a_day` (audits an auditor), `spreads_evenly` (the last audits are left to whoever on duty audited
    less today). The salt is drawn anew unless it is given (to repeat a sample elsewhere). `Invalid` names the field.
    """
    insist_on_ours(actor)
    with act(scopes.PLAN_EDIT, actor, on=queue or programme, now=now) as deed:
        name = name.strip()
        design = _design(rate, layers, audits_a_day)
        _insist(bool(name), "name", _("Give it a name."))
        taken = SamplingPlan.objects.filter(programme=programme, name=name).exists()
        _insist(not taken, "name", _("There is one of this name in the programme; choose another."))
        _insist(queue is None or queue.programme_id == programme.id, "queue", _("Choose a queue of the programme."))
        _insist(salt is None or 0 <= salt < 2**32, "salt", _("A salt lies between 0 and 4,294,967,295."))
        assignment = _assignment(keeps_teams_apart, most_a_person, most_a_day, spreads_evenly)
        made = SamplingPlan.objects.create(
            programme=programme,
            queue=queue,
            name=name,
            rate=rate,
            covers_imports=covers_imports,
            salt=secrets.randbelow(2**32) if salt is None else salt,
            started_at=now,
            created_by_id=actor.person_id,
            **assignment,
        )
        PlanVersion.objects.create(plan=made, number=1, design=design, from_at=now, made_by_id=actor.person_id)
        said = {"name": name, "salt": made.salt, "queue": queue.name if queue else None, **design, **assignment}
        deed.record("started", on=made, after=said)
        return made


def change_plan(
    actor: Actor,
    *,
    plan: SamplingPlan,
    rate: float | None = None,
    layers: Sequence[Mapping[str, Any]] | None = None,
    audits_a_day: float | None = None,
    keeps_teams_apart: bool | None = None,
    most_a_person: int | None = None,
    most_a_day: int | None = None,
    spreads_evenly: bool | None = None,
    why: str = "",
    now: datetime,
) -> PlanVersion:
    """Give the decisions made from now on other odds: a new version of the plan. Earlier ones keep theirs.

    `rate` and `layers` stay as they are unless given; the limits and rules of assignment are set to what is given.
    """
    insist_on_ours(actor)
    with act(scopes.PLAN_EDIT, actor, on=plan, now=now) as deed:
        locked = SamplingPlan.objects.select_for_update().get(pk=plan.pk)
        deed.require(locked.is_running and locked.design == SamplingPlan.POISSON, _("This plan has ended already."))
        present = present_version(locked)
        before = dict(present.design)
        design = _design(
            before["rate"] if rate is None else rate,
            before.get("layers", []) if layers is None else layers,
            audits_a_day,
        )
        assignment = _assignment(bool(keeps_teams_apart), most_a_person, most_a_day, bool(spreads_evenly))
        deed.require(present.from_at < now, _("It was changed at this very moment; try again."))
        if present.pk is None or not PlanVersion.objects.filter(pk=present.pk).exists():
            present.save(force_insert=True)
        made = PlanVersion.objects.create(
            plan=locked,
            number=present.number + 1,
            design=design,
            from_at=now,
            why=why.strip()[:300],
            made_by_id=actor.person_id,
        )
        earlier = {name: getattr(locked, name) for name in _ASSIGNMENT}
        SamplingPlan.objects.filter(pk=plan.pk).update(rate=design["rate"], **assignment)
        plan.refresh_from_db()
        deed.record("changed", before=before | earlier, after=design | assignment, why=made.why)
        return made


def close_gaps(actor: Actor, *, plan: SamplingPlan, of: str, days: int, now: datetime) -> PlanVersion:
    """Have the plan look at each worker, queue, language or organisation (`of`) once in so many days: a floor layer."""
    layers = [dict(each) for each in present_version(plan).design.get("layers", [])]
    floor = next((each for each in layers if each["kind"] == "floor"), None)
    if floor is None:
        floor = {"kind": "floor", "worker": 0, "queue": 0, "language": 0, "organisation": 0}
        layers.append(floor)
    if of not in floor:
        raise Invalid(_("The plan cannot be like this."), fields={"of": [_("Choose one of those offered.")]})
    floor[of] = days
    design = present_version(plan).design
    kept: dict[str, Any] = {name: getattr(plan, name) for name in _ASSIGNMENT}
    why = _("Gaps in coverage: each %(of)s once in %(days)s days.") % {"of": of, "days": days}
    return change_plan(
        actor, plan=plan, layers=layers, audits_a_day=design.get("audits_a_day"), why=why, now=now, **kept
    )


def end_plan(actor: Actor, *, plan: SamplingPlan, now: datetime) -> SamplingPlan:
    """Draw no decision made from now on; what was made before is still drawn, and audits that wait go on waiting."""
    insist_on_ours(actor)
    with act(scopes.PLAN_EDIT, actor, on=plan, now=now) as deed:
        deed.require(plan.is_drawn_here, _("It ends with the imports of its tool."))
        ended = SamplingPlan.objects.filter(pk=plan.pk, ended_at=None).update(ended_at=now)
        deed.require(ended, _("This plan has ended already."))
        plan.ended_at = now
        deed.record("ended")
        return plan


def present_version(plan: SamplingPlan) -> PlanVersion:
    """The version that gives odds to what is decided now; of a plan older than versions, one that is not stored yet."""
    found = PlanVersion.objects.filter(plan=plan).order_by("-number").first()
    return found or PlanVersion(plan=plan, number=1, design={"rate": plan.rate, "layers": []}, from_at=plan.started_at)


def _design(rate: float, layers: Sequence[Mapping[str, Any]], audits_a_day: float | None) -> dict[str, Any]:
    design: dict[str, Any] = {"rate": rate, "layers": [dict(each) for each in layers]}
    if audits_a_day is not None:
        design["audits_a_day"] = audits_a_day
    if wrong := design_faults(design):
        raise Invalid(_("The plan cannot be like this."), fields=wrong)
    return design


def _assignment(apart: bool, most_a_person: int | None, most_a_day: int | None, evenly: bool) -> dict[str, Any]:
    for name, value in (("most_a_person", most_a_person), ("most_a_day", most_a_day)):
        _insist(value is None or 1 <= value <= 10_000, name, _("A limit lies between 1 and 10,000."))
    return {
        "keeps_teams_apart": apart,
        "most_a_person": most_a_person,
        "most_a_day": most_a_day,
        "spreads_evenly": evenly,
    }


def _insist(condition: bool, field: str, sentence: str) -> None:
    if not condition:
        raise Invalid(_("The plan cannot be like this."), fields={field: [sentence]})
