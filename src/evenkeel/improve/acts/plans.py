"""Freezing an effect plan, approving it, letting it run longer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, require
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid
from evenkeel.measure import PERSON_VIEW
from evenkeel.people import Organisation, Site, Team, Worker
from evenkeel.work import Queue

from .. import scopes, words_actions
from ..models import Action, Coached, EffectPlan, Extension, PlanApproval
from ..queries_actions import additive_metrics, end_of, figures_of, metric_of, provable_metrics, rules_for, scope_of
from ..rules_plans import (
    COMPARISONS,
    DIMENSIONS,
    WEEK,
    Aim,
    Comparison,
    Dimension,
    Frozen,
    fault_in_plan,
    power_of,
    sha256_of,
)
from ..rules_proofs import past_of
from .actions import came_into, insist_on_plan, lock, tell_about
from .checks import check_text, insist_on_person

# How long proving who one is holds for.
FRESH = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An effect plan as somebody asks for it; see `rules_plans.Frozen` for what the words mean.

    `changed` gives each unit its start; empty, the action's own place is the one series and starts on `starts_on`.
    """

    metric: str
    comparison: Comparison
    starts_on: date
    expected: float
    aim: Aim = "improve"
    least: float = 0.0
    dimension: Dimension = ""
    changed: Mapping[UUID, date] | None = None
    others: Collection[UUID] = ()
    coached: Collection[Worker] = ()
    baseline_weeks: int = 12
    run_in_weeks: int = 1
    window_weeks: int = 8
    has_trend: bool = False
    extension_weeks: int = 0
    negative_control: str = ""


def freeze_plan(actor: Actor, *, action: Action, asked: Asked, now: datetime) -> EffectPlan:
    """Freeze how the effect will be judged: before the start, and never after. A new plan takes the place of an old one.

    The baseline's own audits say what the plan can see; one that cannot see its own target is refused with the number of
    weeks and audits that would do. `NotNow` once the action has begun; `Invalid` for what does not fit.
    """
    with act(scopes.ACTION_EDIT, actor, on=action, now=now) as deed:
        locked = lock(action)
        deed.require(
            locked.state in ("draft", "planned"),
            _("The action has begun: its plan stays as it was frozen."),
            code="begun",
        )
        plan = _document(locked, asked)
        if fault := fault_in_plan(plan, today=now.date()):
            raise Invalid(_("This plan does not fit."), fields={fault[0]: [words_actions.plan_fault(*fault)]})
        _check_units(locked, plan)
        if asked.coached:
            require(actor, PERSON_VIEW, locked)
        plan = _with_power(plan, asked)
        document = plan.written()
        made = EffectPlan.objects.create(
            action=locked,
            number=locked.plans.count() + 1,
            document=document,
            sha256=sha256_of(document),
            metric=plan.metric,
            starts_on=plan.start,
            until=plan.until,
            by_id=insist_on_person(actor),
            at=now,
        )
        Coached.objects.bulk_create([Coached(plan=made, worker=worker) for worker in asked.coached])
        came_into(deed, locked, "planned")
        deed.record("froze the plan", on=locked, organisation_id=locked.organisation_id,
                    after={"sha256": made.sha256, "starts_on": made.starts_on, "until": made.until})  # fmt: skip
        deed.tell("effect_plan.frozen", action_id=locked.pk, sha256=made.sha256)
        return made


def approve_plan(
    actor: Actor, *, action: Action, sha256: str, confirmed_at: datetime | None = None, now: datetime
) -> PlanApproval:
    """Approve the plan in force, named by its sign so that nobody approves another than she read.

    `confirmed_at` is when she last proved who she is: at most five minutes ago where the programme asks for it. `NotNow`
    for another sign, a second time, one's own plan or action, or without a fresh proof.
    """
    with act(scopes.ACTION_APPROVE, actor, on=action, now=now) as deed:
        locked = lock(action)
        deed.require(locked.state == "planned", _("There is no plan that waits for approval."), code="no-plan")
        plan = insist_on_plan(deed, locked)
        deed.require(plan.sha256 == sha256, _("The plan was frozen anew since: read it again."), code="other-plan")
        by_id = insist_on_person(actor)
        deed.require(
            by_id not in (plan.by_id, locked.owner_id),
            _("Somebody else has to approve your own plan."),
            code="own-plan",
        )
        deed.require(not plan.approvals.filter(by=by_id).exists(), _("You have approved this plan already."))
        if rules_for(locked.programme_id).is_confirmed:
            is_fresh = confirmed_at is not None and timedelta(0) <= now - confirmed_at <= FRESH
            deed.require(is_fresh, _("Log in again to approve: this programme asks for it."), code="confirm")
        made = PlanApproval.objects.create(plan=plan, by_id=by_id, at=now, confirmed_at=confirmed_at)
        deed.record("approved the plan", on=locked, organisation_id=locked.organisation_id, after={"sha256": sha256})
        tell_about(deed, locked, _("Its plan was approved: %(title)s"))
        return made


def extend_plan(actor: Actor, *, action: Action, weeks: int, reason: str, now: datetime) -> Extension:
    """Let a plan run longer after a check that could not tell: once, with a reason, and no longer than the plan allowed.

    `NotNow` after any other verdict or a second time; `Invalid` for more weeks than the plan said before it began.
    """
    with act(scopes.ACTION_EDIT, actor, on=action, now=now) as deed:
        locked = lock(action)
        plan = insist_on_plan(deed, locked)
        deed.require(locked.state == "cannot_tell", _("Only a check that could not tell gives reason to wait longer."))
        deed.require(not hasattr(plan, "extension"), _("The plan was extended already."), code="extended")
        allowed = Frozen.read(plan.document).extension_weeks
        if not 0 < weeks <= allowed:
            said = _("The plan allows %(n)d weeks more.") % {"n": allowed}
            raise Invalid(_("The plan does not allow that."), fields={"weeks": [said]})
        made = Extension.objects.create(
            plan=plan,
            until=end_of(plan) + weeks * WEEK,
            reason=check_text("reason", reason, least=10, sentence=_("A plan is not extended without a reason.")),
            by_id=insist_on_person(actor),
            at=now,
        )
        came_into(deed, locked, "running", made.reason)
        deed.record("extended", on=locked, organisation_id=locked.organisation_id,
                    after={"until": made.until, "reason": made.reason})  # fmt: skip
        return made


def _document(action: Action, asked: Asked) -> Frozen:
    if asked.metric not in {kind.slug for kind in provable_metrics()}:
        raise Invalid(_("This metric cannot be proved."), fields={"metric": [_("Choose a share or a mean.")]})
    for name, value, known in (
        ("comparison", asked.comparison, COMPARISONS),
        ("aim", asked.aim, ("improve", "keep")),
        ("dimension", asked.dimension, ("", *DIMENSIONS)),
    ):
        if value not in known:
            raise Invalid(_("This plan does not fit."), fields={name: [_("Choose one of the list.")]})
    kind = metric_of(asked.metric)
    has_units = asked.comparison in ("matched", "staggered")
    is_beside = has_units or asked.comparison == "with_controls"
    changed = tuple(sorted((str(unit), day.isoformat()) for unit, day in (asked.changed or {}).items()))
    if asked.negative_control:
        _check_control(asked)
    if is_beside and not asked.dimension:
        raise Invalid(_("This plan does not fit."), fields={"dimension": [_("Say what is compared with what.")]})
    return Frozen(
        metric=asked.metric,
        better="up" if kind.better == "up" else "down",
        unit=kind.unit,
        scope=scope_of(action),
        comparison=asked.comparison,
        dimension=asked.dimension if is_beside else "",
        changed=changed if has_units else (),
        others=tuple(sorted(str(unit) for unit in asked.others)) if is_beside else (),
        coached=len({worker.pk for worker in asked.coached}) if asked.comparison == "coaching" else 0,
        aim=asked.aim,
        least=round(asked.least, 9),
        expected=round(asked.expected, 9),
        starts_on=asked.starts_on.isoformat(),
        baseline_weeks=asked.baseline_weeks,
        run_in_weeks=asked.run_in_weeks,
        window_weeks=asked.window_weeks,
        has_trend=asked.has_trend and asked.comparison == "before_after",
        extension_weeks=asked.extension_weeks,
        negative_control=asked.negative_control,
        past={},
    )


def _check_control(asked: Asked) -> None:
    control = {kind.slug: kind for kind in additive_metrics()}.get(asked.negative_control)
    needs_share = asked.comparison == "coaching"
    if control is None or (needs_share and control.unit != "percent"):
        raise Invalid(
            _("This metric cannot be watched beside."),
            fields={"negative_control": [_("Choose a share.") if needs_share else _("Choose a share or a mean.")]},
        )


def _check_units(action: Action, plan: Frozen) -> None:
    """Units belong to the programme (queues) and, where the action is one organisation's, to that one: their figures show."""
    ids = [UUID(unit) for unit in (*(unit for unit, _day in plan.changed), *plan.others)]
    if not ids:
        return
    rows = {
        "organisation": Organisation.objects.filter(pk__in=ids),
        "site": Site.objects.filter(pk__in=ids),
        "team": Team.objects.filter(pk__in=ids),
        "queue": Queue.objects.filter(pk__in=ids, programme_id=action.programme_id),
    }[plan.dimension]
    if action.organisation_id is not None:
        own = {"organisation": "pk", "site": "organisation", "team": "site__organisation"}.get(plan.dimension)
        rows = rows.filter(**{own: action.organisation_id}) if own else rows
    if rows.count() < len(ids):
        said = _("Choose units of this programme, and of its organisation where the action is about one.")
        raise Invalid(_("These units do not belong here."), fields={"others": [said]})


def _with_power(plan: Frozen, asked: Asked) -> Frozen:
    """The plan with what its power was worked out from; `Invalid` where that is too little."""
    figures = figures_of(plan, until=plan.start, coached={worker.pk for worker in asked.coached})
    try:
        past = past_of(plan, figures)
        power = power_of(plan, past)
    except ValueError as wrong:
        if str(wrong) == "no audits":
            raise Invalid(
                _("The baseline holds no audits."), fields={"baseline_weeks": [_("Choose a baseline with audits.")]}
            ) from None
        said = _("More than can be: choose a smaller effect.")
        raise Invalid(_("The expected effect does not fit."), fields={"expected": [said]}) from None
    if not power.is_enough:
        sentence = words_actions.too_weak(plan, past, power)
        raise Invalid(sentence, code="too-weak", fields={"window_weeks": [sentence]})
    return replace(
        plan,
        past={
            "rate": round(past.rate, 9), "audits_a_week": round(past.per_week, 3), "weeks": past.weeks,
            "dispersion": round(past.dispersion, 6), "power": round(power.power, 4), "enough_weeks": power.weeks,
            "enough_audits": power.audits,
        },
    )  # fmt: skip
