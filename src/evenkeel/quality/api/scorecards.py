"""Scorecards: their versions, where they are used, and what verdicts were scored."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema

from evenkeel.ground.access import load, visible
from evenkeel.ground.pages import PageRequest
from evenkeel.work import Programme

from .. import scopes
from ..acts.scorecards import add_scorecard, publish_scorecard, score_verdict, use_scorecard
from ..models import SamplingPlan, Scorecard, ScorecardVersion, Verdict

router = Router()


class ScorecardIn(Schema):
    programme_id: UUID
    name: str
    spec: dict[str, Any]


class ScorecardOut(Schema):
    id: UUID
    programme_id: UUID
    name: str
    created_at: datetime


class ScorecardVersionIn(Schema):
    spec: dict[str, Any]
    what_changed: str = ""


class ScorecardVersionOut(Schema):
    id: UUID
    scorecard_id: UUID
    number: int
    spec: dict[str, Any]
    what_changed: str
    published_at: datetime

    @classmethod
    def of(cls, version: ScorecardVersion) -> ScorecardVersionOut:
        names = ("id", "scorecard_id", "number", "spec", "what_changed", "published_at")
        return cls(**{name: getattr(version, name) for name in names})


class UseIn(Schema):
    plan_id: UUID | None = None
    ends: bool = False


class UseOut(Schema):
    id: UUID
    programme_id: UUID
    plan_id: UUID | None
    scorecard_id: UUID | None
    from_at: datetime


class ScoringIn(Schema):
    marks: dict[str, str]
    severity: int | None = None
    cause: str = ""
    evidence: str = ""
    comment: str = ""
    client_key: str


class ScoringOut(Schema):
    id: UUID
    verdict_id: UUID
    version_id: UUID
    marks: dict[str, str]
    score: float | None
    parts: dict[str, float]
    is_zeroed: bool
    severity: int | None
    cause: str
    evidence: str
    comment: str
    scored_at: datetime


@router.get("/scorecards", response=list[ScorecardOut], operation_id="list_scorecards")
def list_scorecards(request: PageRequest, programme_id: UUID | None = None) -> list[ScorecardOut]:
    """The scorecards that you may see."""
    found = visible(request.actor, scopes.AUDIT_VIEW, Scorecard.objects.all())
    if programme_id:
        found = found.filter(programme=programme_id)
    names = ("id", "programme_id", "name", "created_at")
    return [ScorecardOut(**{name: getattr(each, name) for name in names}) for each in found]


@router.post("/scorecards", response=ScorecardVersionOut, operation_id="add_scorecard")
def post_scorecard(request: PageRequest, said: ScorecardIn) -> ScorecardVersionOut:
    """Add a scorecard with its first version."""
    programme = load(request.actor, scopes.SCORECARD_EDIT, Programme.objects.all(), said.programme_id)
    made = add_scorecard(request.actor, programme=programme, name=said.name, spec=said.spec, now=request.now)
    return ScorecardVersionOut.of(made)


@router.get(
    "/scorecards/{uuid:scorecard_id}/versions",
    response=list[ScorecardVersionOut],
    operation_id="list_scorecard_versions",
)
def list_versions(request: PageRequest, scorecard_id: UUID) -> list[ScorecardVersionOut]:
    """All versions of a scorecard, newest first."""
    found = load(request.actor, scopes.AUDIT_VIEW, Scorecard.objects.all(), scorecard_id)
    return [ScorecardVersionOut.of(version) for version in found.versions.all()]


@router.post("/scorecards/{uuid:scorecard_id}/versions", response=ScorecardVersionOut, operation_id="publish_scorecard")
def post_version(request: PageRequest, scorecard_id: UUID, said: ScorecardVersionIn) -> ScorecardVersionOut:
    """Publish another version; verdicts scored from now on are scored by it."""
    found = load(request.actor, scopes.SCORECARD_EDIT, Scorecard.objects.all(), scorecard_id)
    made = publish_scorecard(
        request.actor, scorecard=found, spec=said.spec, what_changed=said.what_changed, now=request.now
    )
    return ScorecardVersionOut.of(made)


@router.post("/scorecards/{uuid:scorecard_id}/uses", response=UseOut, operation_id="use_scorecard")
def post_use(request: PageRequest, scorecard_id: UUID, said: UseIn) -> UseOut:
    """Score a plan's verdicts, or all of the programme's, by this scorecard from now on; `ends`: by none."""
    rows = Scorecard.objects.select_related("programme")
    found = load(request.actor, scopes.SCORECARD_EDIT, rows, scorecard_id)
    plan = load(request.actor, scopes.PLAN_VIEW, SamplingPlan.objects.all(), said.plan_id) if said.plan_id else None
    made = use_scorecard(
        request.actor, programme=found.programme, plan=plan, scorecard=None if said.ends else found, now=request.now
    )
    names = ("id", "programme_id", "plan_id", "scorecard_id", "from_at")
    return UseOut(**{name: getattr(made, name) for name in names})


@router.post("/verdicts/{uuid:verdict_id}/scoring", response=ScoringOut, operation_id="score_verdict")
def post_scoring(request: PageRequest, verdict_id: UUID, said: ScoringIn) -> ScoringOut:
    """Fill in the scorecard of your own verdict; the same `client_key` gives the same scoring."""
    verdict = load(request.actor, scopes.AUDIT_DO, Verdict.objects.all(), verdict_id)
    made = score_verdict(request.actor, verdict=verdict, now=request.now, **said.dict())
    names = ("id", "verdict_id", "version_id", "marks", "score", "parts", "is_zeroed", "severity", "cause", "evidence")
    rest = {name: getattr(made, name) for name in (*names, "comment", "scored_at")}
    return ScoringOut(**rest)
