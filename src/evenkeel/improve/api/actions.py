"""/api/v1/improve: actions, their effect plans and checks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from evenkeel.ground.access import load
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import PageRequest
from evenkeel.measure import PERSON_VIEW
from evenkeel.people import Organisation, Site, Team, Worker
from evenkeel.work import Programme, Queue

from .. import acts, scopes
from ..models import Action, ActionRules, EffectCheck, EffectPlan, Investigation
from ..queries_actions import actions, plan_in_force, rules_for, shows_figures
from ..rules_plans import Frozen
from .common import load_action
from .investigations import EstimateOut

router = Router(tags=["improve"])


class ActionOut(Schema):
    """An action, with the sign of the plan in force."""

    id: UUID
    title: str
    kind: str
    what: str
    state: str
    cause: str
    where: str
    programme_id: UUID
    queue_id: UUID | None
    organisation_id: UUID | None
    site_id: UUID | None
    team_id: UUID | None
    investigation_id: UUID | None
    signal_id: UUID | None
    owner_id: UUID
    due_on: date
    opened_at: datetime

    @classmethod
    def of(cls, found: Action) -> ActionOut:
        plain = (
            "id", "title", "kind", "what", "state", "cause", "programme_id", "queue_id", "organisation_id", "site_id",
            "team_id", "investigation_id", "signal_id", "owner_id", "due_on", "opened_at",
        )  # fmt: skip
        return cls(where=found.where_name, **{name: getattr(found, name) for name in plain})


class ActionPage(Schema):
    rows: list[ActionOut]
    after: UUID | None


class ActionIn(Schema):
    """From an investigation it takes the place; else name a programme, and a queue, organisation, site or team in it."""

    title: str
    kind: str
    what: str
    due_on: date
    cause: str = ""
    investigation_id: UUID | None = None
    programme_id: UUID | None = None
    queue_id: UUID | None = None
    organisation_id: UUID | None = None
    site_id: UUID | None = None
    team_id: UUID | None = None


class EffectPlanIn(Schema):
    """Amounts in the metric's own unit: 0.02 is two points of a share. `changed`: each unit's id and first day."""

    metric: str
    comparison: Literal["before_after", "with_controls", "matched", "staggered", "coaching"]
    starts_on: date
    expected: float
    aim: Literal["improve", "keep"] = "improve"
    least: float = 0.0
    dimension: Literal["", "organisation", "site", "team", "queue"] = ""
    changed: dict[UUID, date] = {}
    others: list[UUID] = []
    coached: list[UUID] = []
    baseline_weeks: int = 12
    run_in_weeks: int = 1
    window_weeks: int = 8
    has_trend: bool = False
    extension_weeks: int = 0
    negative_control: str = ""


class EffectPlanOut(Schema):
    """A frozen plan: the document, and the SHA-256 of it with sorted keys and no blanks."""

    id: UUID
    number: int
    sha256: str
    document: dict[str, Any]
    starts_on: date
    until: date
    frozen_at: datetime
    approved_by: list[UUID]

    @classmethod
    def of(cls, plan: EffectPlan) -> EffectPlanOut:
        return cls(
            id=plan.pk,
            number=plan.number,
            sha256=plan.sha256,
            document=plan.document,
            starts_on=plan.starts_on,
            until=plan.until,
            frozen_at=plan.at,
            approved_by=[each.by_id for each in plan.approvals.all()],
        )


class EffectCheckOut(Schema):
    """What a plan's own rules said; `improvement` is above 0 for better, its interval the careful one.

    `data` is null where it holds weeks of single teams and you may not see figures of single people.
    """

    id: UUID
    plan_id: UUID
    number: int
    until: date
    verdict: str
    because: str
    improvement: EstimateOut
    looks: list[dict[str, Any]]
    benefit: dict[str, Any]
    data: dict[str, Any] | None
    data_sha256: str
    checked_at: datetime

    @classmethod
    def of(cls, check: EffectCheck, *, shows_data: bool = True) -> EffectCheckOut:
        return cls(
            id=check.pk,
            plan_id=check.plan_id,
            number=check.number,
            until=check.until,
            verdict=check.verdict,
            because=check.because,
            improvement=EstimateOut(**check.effect),
            looks=check.found["looks"],
            benefit=check.benefit,
            data=check.data if shows_data else None,
            data_sha256=check.data_sha256,
            checked_at=check.at,
        )


class SignIn(Schema):
    """Which plan is approved: its sign."""

    sha256: str


class GroundIn(Schema):
    reason: str


class ExtensionIn(GroundIn):
    weeks: int


@router.get("/actions", response=ActionPage, operation_id="list_actions")
def list_actions(
    request: PageRequest,
    state: str = "",
    after: UUID | None = None,
    limit: Annotated[int, Field(ge=1, le=1_000)] = 100,
) -> ActionPage:
    """The actions that you may see, newest first."""
    rows = actions(request.actor)
    if state:
        rows = rows.filter(state=state)
    if after is not None:
        rows = rows.filter(id__lt=after)
    found = list(rows.order_by("-id")[:limit])
    return ActionPage(rows=[ActionOut.of(each) for each in found], after=found[-1].pk if len(found) == limit else None)


@router.post("/actions", response=ActionOut, operation_id="open_action")
def post_action(request: PageRequest, said: ActionIn) -> ActionOut:
    """Open an action."""
    actor, edit = request.actor, scopes.ACTION_EDIT
    made = acts.open_action(
        actor,
        title=said.title,
        kind=said.kind,
        what=said.what,
        due_on=said.due_on,
        cause=said.cause,
        investigation=load(actor, scopes.VIEW, Investigation.objects.select_related("signal"), said.investigation_id)
        if said.investigation_id
        else None,
        programme=load(actor, edit, Programme.objects.all(), said.programme_id) if said.programme_id else None,
        queue=load(actor, edit, Queue.objects.all(), said.queue_id) if said.queue_id else None,
        organisation=load(actor, edit, Organisation.objects.all(), said.organisation_id)
        if said.organisation_id
        else None,
        site=load(actor, edit, Site.objects.select_related("organisation"), said.site_id) if said.site_id else None,
        team=load(actor, edit, Team.objects.select_related("site__organisation"), said.team_id)
        if said.team_id
        else None,
        now=request.now,
    )
    return ActionOut.of(made)


@router.get("/actions/{uuid:action_id}", response=ActionOut, operation_id="get_action")
def get_action(request: PageRequest, action_id: UUID) -> ActionOut:
    """One action."""
    return ActionOut.of(load_action(request, action_id))


@router.get("/actions/{uuid:action_id}/plan", response=EffectPlanOut, operation_id="get_effect_plan")
def get_plan(request: PageRequest, action_id: UUID) -> EffectPlanOut:
    """The plan in force."""
    plan = plan_in_force(load_action(request, action_id))
    if plan is None:
        raise NotFound(_("The action has no effect plan yet."))
    return EffectPlanOut.of(plan)


@router.post("/actions/{uuid:action_id}/plan", response=EffectPlanOut, operation_id="freeze_effect_plan")
def post_plan(request: PageRequest, action_id: UUID, said: EffectPlanIn) -> EffectPlanOut:
    """Freeze an effect plan; refused with what would do when it cannot see its own target."""
    found = load_action(request, action_id)
    asked = said.dict()
    # Each by itself through the door of single people's figures: whoever may not see one gets not found.
    asked["coached"] = [load(request.actor, PERSON_VIEW, Worker.objects.all(), each) for each in said.coached]
    plan = acts.freeze_plan(request.actor, action=found, asked=acts.Asked(**asked), now=request.now)
    return EffectPlanOut.of(plan)


@router.post("/actions/{uuid:action_id}/approval", response=EffectPlanOut, operation_id="approve_effect_plan")
def post_approval(request: PageRequest, action_id: UUID, said: SignIn) -> EffectPlanOut:
    """Approve the plan in force; where the programme asks to log in again, only the page can."""
    found = load_action(request, action_id)
    acts.approve_plan(request.actor, action=found, sha256=said.sha256, now=request.now)
    return get_plan(request, action_id)


@router.post("/actions/{uuid:action_id}/beginning", response=ActionOut, operation_id="begin_action")
def post_beginning(request: PageRequest, action_id: UUID) -> ActionOut:
    """Begin."""
    return ActionOut.of(acts.begin_action(request.actor, action=load_action(request, action_id), now=request.now))


@router.post("/actions/{uuid:action_id}/dropping", response=ActionOut, operation_id="drop_action")
def post_dropping(request: PageRequest, action_id: UUID, said: GroundIn) -> ActionOut:
    """Give it up."""
    found = load_action(request, action_id)
    return ActionOut.of(acts.drop_action(request.actor, action=found, reason=said.reason, now=request.now))


@router.post("/actions/{uuid:action_id}/extension", response=ActionOut, operation_id="extend_effect_plan")
def post_extension(request: PageRequest, action_id: UUID, said: ExtensionIn) -> ActionOut:
    """Let the plan run longer, once, as it allowed."""
    found = load_action(request, action_id)
    acts.extend_plan(request.actor, action=found, weeks=said.weeks, reason=said.reason, now=request.now)
    return ActionOut.of(load_action(request, action_id))


@router.get("/actions/{uuid:action_id}/checks", response=list[EffectCheckOut], operation_id="list_effect_checks")
def list_checks(request: PageRequest, action_id: UUID) -> list[EffectCheckOut]:
    """What the checks said, oldest first, with the figures they rest on."""
    found = load_action(request, action_id)
    rows = EffectCheck.objects.filter(plan__action=found).select_related("plan").order_by("plan__number", "number")
    return [
        EffectCheckOut.of(check, shows_data=shows_figures(request.actor, found, Frozen.read(check.plan.document)))
        for check in rows
    ]


@router.post("/actions/{uuid:action_id}/checks", response=EffectCheckOut, operation_id="check_effect")
def post_check(request: PageRequest, action_id: UUID) -> EffectCheckOut:
    """Check now what time would check within the hour; 409 before the window is over."""
    found = load_action(request, action_id)
    check = acts.check_effect(request.actor, action=found, now=request.now)
    return EffectCheckOut.of(check, shows_data=shows_figures(request.actor, found, Frozen.read(check.plan.document)))


class ActionRulesIn(Schema):
    """How a programme approves actions (`is_confirmed`: after logging in again), and what errors and hours cost."""

    approvals: int = 1
    is_confirmed: bool = False
    recurrence_days: int = 90
    minutes_per_error: float = 0.0
    cents_per_error: float = 0.0
    cents_per_hour: float = 0.0
    currency: str = "EUR"
    # From which severity on an investigation is validated before it closes; 0 never, null the usual (3).
    validated_from: int | None = None


@router.get("/programmes/{uuid:programme_id}/action-rules", response=ActionRulesIn, operation_id="get_action_rules")
def get_action_rules(request: PageRequest, programme_id: UUID) -> ActionRules:
    """The rules in force; the usual ones where nobody set others."""
    return rules_for(load(request.actor, scopes.RULES_EDIT, Programme.objects.all(), programme_id).pk)


@router.post("/programmes/{uuid:programme_id}/action-rules", response=ActionRulesIn, operation_id="set_action_rules")
def post_action_rules(request: PageRequest, programme_id: UUID, said: ActionRulesIn) -> ActionRules:
    """Set the rules; checks that have run keep the rates they ran with."""
    programme = load(request.actor, scopes.RULES_EDIT, Programme.objects.all(), programme_id)
    return acts.set_action_rules(request.actor, programme=programme, now=request.now, **said.dict())
