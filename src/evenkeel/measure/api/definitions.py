"""What people define: metrics, ratios, populations, checked, published, said anew, retired."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from evenkeel.ground.access import load, require
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import PageRequest
from evenkeel.people import Organisation
from evenkeel.work import Programme

from .. import scopes
from ..acts.definitions import define, redefine, restore, retire
from ..definitions.checking import check
from ..definitions.faults import WrongDefinition
from ..definitions.said import Said
from ..models import Definition, DefinitionVersion
from ..queries.definitions import populations_for, readable, versions_of, with_state
from .common import EstimateOut

router = Router()


class SaidIn(Schema):
    """What a version says; a population needs fact and population, a ratio above and below."""

    sort: Literal["metric", "ratio", "population"] = "metric"
    title: str
    why: str
    unit: str = ""
    better: str = ""
    guard: str = Field("", description="slug of the metric that must not get worse")
    fact: str = ""
    population: str = ""
    figure: str = Field("", description="what is measured: share(...), mean(...), sum(...), count(...), per_hour(...)")
    weight: str = ""
    above: str = ""
    below: str = ""
    rows: list[dict[str, Any]] = Field([], description="unit-test rows: column -> value")
    expected: float | None = None
    expected_n: int | None = None
    note: str = ""

    def said(self) -> Said:
        """As the acts take it."""
        return Said(**self.dict(include=set(SaidIn.model_fields)))


class DefinitionIn(SaidIn):
    slug: str
    organisation_id: UUID | None = None
    programme_id: UUID | None = None


class MistakeOut(Schema):
    field: str
    sentence: str
    line: int
    column: int
    start: int
    end: int
    names: list[str]


class CheckOut(Schema):
    """`is_right` when it could be published; else what does not fit, by field and by place."""

    is_right: bool
    fields: dict[str, list[str]]
    mistakes: list[MistakeOut]
    unit: str | None
    answer: EstimateOut | None


class VersionOut(Schema):
    number: int
    title: str
    why: str
    unit: str
    better: str
    guard: str
    fact: str
    population: str
    figure: str
    weight: str
    populations: dict[str, str]
    above: str
    below: str
    rows: list[dict[str, Any]]
    expected: float | None
    expected_n: int | None
    note: str
    published_at: datetime

    @classmethod
    def of(cls, version: DefinitionVersion) -> VersionOut:
        return cls(**{name: getattr(version, name) for name in cls.model_fields})


class DefinitionOut(Schema):
    id: UUID
    slug: str
    sort: str
    organisation_id: UUID | None
    programme_id: UUID | None
    is_retired: bool
    created_at: datetime

    @classmethod
    def of(cls, row: Any) -> DefinitionOut:
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class ReasonIn(Schema):
    reason: str


@router.get("/definitions", response=list[DefinitionOut], operation_id="list_definitions")
def list_definitions(request: PageRequest) -> list[DefinitionOut]:
    """Everything that people defined and that you may read, the retired among them."""
    require(request.actor, scopes.FIGURE_VIEW)
    return [DefinitionOut.of(row) for row in with_state(readable(request.actor))]


@router.post("/definitions", response=DefinitionOut, operation_id="define_metric")
def define_metric(request: PageRequest, said: DefinitionIn) -> DefinitionOut:
    """Define a metric, a ratio or a population and publish it. 422 names the field, and the place in an expression."""
    where: dict[str, Any] = {}
    if said.organisation_id is not None:
        where["organisation"] = load(
            request.actor, scopes.METRIC_EDIT, Organisation.objects.all(), said.organisation_id
        )
    if said.programme_id is not None:
        where["programme"] = load(request.actor, scopes.METRIC_EDIT, Programme.objects.all(), said.programme_id)
    made = define(request.actor, slug=said.slug, said=said.said(), now=request.now, **where)
    return _out(made)


@router.post("/definitions/check", response=CheckOut, operation_id="check_definition")
def check_definition(request: PageRequest, said: SaidIn) -> CheckOut:
    """Check what would be published, without publishing it."""
    require(request.actor, scopes.METRIC_EDIT)
    spoken = said.said()
    try:
        found = check(spoken, populations=populations_for())
    except WrongDefinition as wrong:
        mistakes = [
            MistakeOut(field=name, **place.to_dict(getattr(spoken, name))) for name, place in wrong.places.items()
        ]
        return CheckOut(is_right=False, fields=wrong.fields, mistakes=mistakes, unit=None, answer=None)
    answer = EstimateOut.of(found.answer) if found.answer is not None else None
    return CheckOut(is_right=True, fields={}, mistakes=[], unit=found.said.unit, answer=answer)


@router.get("/definitions/{uuid:definition_id}/versions", response=list[VersionOut], operation_id="list_versions")
def list_versions(request: PageRequest, definition_id: UUID) -> list[VersionOut]:
    """Every version of a definition, the newest first."""
    return [VersionOut.of(version) for version, _changes in versions_of(_readable(request, definition_id))]


@router.post("/definitions/{uuid:definition_id}/versions", response=VersionOut, operation_id="redefine_metric")
def redefine_metric(request: PageRequest, definition_id: UUID, said: SaidIn) -> VersionOut:
    """Publish a new version; `note` says what changed and what that does to figures."""
    found = _readable(request, definition_id)
    return VersionOut.of(redefine(request.actor, definition=found, said=said.said(), now=request.now))


@router.post("/definitions/{uuid:definition_id}/retirement", response=DefinitionOut, operation_id="retire_definition")
def retire_definition(request: PageRequest, definition_id: UUID, said: ReasonIn) -> DefinitionOut:
    """Take a definition out of use."""
    found = _readable(request, definition_id)
    retire(request.actor, definition=found, reason=said.reason, now=request.now)
    return _out(found)


@router.post("/definitions/{uuid:definition_id}/restoration", response=DefinitionOut, operation_id="restore_definition")
def restore_definition(request: PageRequest, definition_id: UUID) -> DefinitionOut:
    """Put a definition back into use."""
    found = _readable(request, definition_id)
    restore(request.actor, definition=found, now=request.now)
    return _out(found)


def _readable(request: PageRequest, definition_id: UUID) -> Definition:
    require(request.actor, scopes.FIGURE_VIEW)
    found = readable(request.actor).filter(pk=definition_id).first()
    if found is None:
        raise NotFound(_("There is no such page, or it is not yours to see."))
    return found


def _out(made: Definition) -> DefinitionOut:
    return DefinitionOut.of(with_state(Definition.objects.filter(pk=made.pk)).get())
