"""/api/v1/policy: versions in other languages, and examples."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest

from . import scopes
from .acts.translations import add_example, end_example, translate_version
from .models import Policy, PolicyExample

router = Router()


class TranslationIn(Schema):
    language: str = Field(description="a code such as de or pt-BR")
    body_markdown: str


class TranslationOut(Schema):
    id: UUID
    language: str


class ExampleIn(Schema):
    text: str = Field(description="the case as it came")
    verdict: str = Field(description="what it is")
    why: str = ""
    heading: str = ""
    language: str = Field(default="", description="empty: shown to everybody")


class ExampleOut(ExampleIn):
    id: UUID
    is_shown: bool

    @classmethod
    def of(cls, found: PolicyExample) -> ExampleOut:
        said = {name: getattr(found, name) for name in ("text", "verdict", "why", "heading", "language")}
        return cls(id=found.pk, is_shown=found.ended_at is None, **said)


@router.post(
    "/policies/{uuid:policy_id}/versions/{int:number}/translations",
    response=TranslationOut,
    operation_id="translate_policy_version",
)
def post_translation(request: PageRequest, policy_id: UUID, number: int, said: TranslationIn) -> TranslationOut:
    """Publish a version's text in another language; the latest counts."""
    found = load(request.actor, scopes.POLICY_VIEW, Policy.objects.all(), policy_id)
    version = get_object_or_404(found.versions, number=number)
    made = translate_version(
        request.actor, version=version, language=said.language, body_markdown=said.body_markdown, now=request.now
    )
    return TranslationOut(id=made.pk, language=made.language)


@router.get("/policies/{uuid:policy_id}/examples", response=list[ExampleOut], operation_id="list_policy_examples")
def list_examples(request: PageRequest, policy_id: UUID) -> list[ExampleOut]:
    """A policy's examples, those that were taken out among them."""
    found = load(request.actor, scopes.POLICY_VIEW, Policy.objects.all(), policy_id)
    return [ExampleOut.of(each) for each in found.examples.all()[:1_000]]


@router.post("/policies/{uuid:policy_id}/examples", response=ExampleOut, operation_id="add_policy_example")
def post_example(request: PageRequest, policy_id: UUID, said: ExampleIn) -> ExampleOut:
    """Add an example; it is read and searched beside the guideline."""
    found = load(request.actor, scopes.POLICY_VIEW, Policy.objects.all(), policy_id)
    return ExampleOut.of(add_example(request.actor, policy=found, now=request.now, **said.dict()))


@router.post("/examples/{uuid:policy_example_id}/end", response=ExampleOut, operation_id="end_policy_example")
def post_ending(request: PageRequest, policy_example_id: UUID) -> ExampleOut:
    """Take an example out."""
    found = load(request.actor, scopes.POLICY_VIEW, PolicyExample.objects.all(), policy_example_id)
    return ExampleOut.of(end_example(request.actor, example=found, now=request.now))
