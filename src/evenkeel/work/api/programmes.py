"""Programmes, forms and queues."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from ninja import Router

from evenkeel.ground.access import load, visible
from evenkeel.ground.pages import PageRequest
from evenkeel.policy import POLICY_VIEW, Policy

from .. import scopes
from ..acts.programmes import add_form, add_programme
from ..acts.queues import add_queue, fill_queue
from ..models import AnswerForm, FormVersion, Programme, Queue
from ..queries.programmes import queues_with_counts
from ..rules.label_config import spec_from_config
from ..rules.label_config_writing import config_from_spec
from .schemas import (
    AddedOut,
    ConfigIn,
    ConfigOut,
    FillIn,
    FormIn,
    FormOut,
    ProgrammeIn,
    ProgrammeOut,
    QueueIn,
    QueueOut,
)

router = Router()


@router.get("/programmes", response=list[ProgrammeOut], operation_id="list_programmes")
def list_programmes(request: PageRequest) -> list[ProgrammeOut]:
    """The programmes that you may see."""
    found = visible(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all())
    return [ProgrammeOut.of(programme) for programme in found]


@router.post("/programmes", response=ProgrammeOut, operation_id="add_programme")
def post_programme(request: PageRequest, said: ProgrammeIn) -> ProgrammeOut:
    """Add a programme."""
    return ProgrammeOut.of(add_programme(request.actor, name=said.name, about=said.about, now=request.now))


@router.post("/programmes/{uuid:programme_id}/forms", response=FormOut, operation_id="add_form")
def post_form(request: PageRequest, programme_id: UUID, said: FormIn) -> FormOut:
    """Publish a form, or the next version of the form with this name."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    made = add_form(request.actor, programme=programme, name=said.name, spec=said.spec, now=request.now)
    return FormOut(form_id=made.form_id, form_version_id=made.pk, number=made.number, spec=made.spec)


@router.post(
    "/programmes/{uuid:programme_id}/forms/label_config", response=FormOut, operation_id="add_form_from_config"
)
def post_config(request: PageRequest, programme_id: UUID, said: ConfigIn) -> FormOut:
    """Publish a form from a labelling configuration (XML) of Label Studio; `remarks` tell what was changed on the way."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    spec, remarks = spec_from_config(said.config)
    made = add_form(request.actor, programme=programme, name=said.name, spec=spec, now=request.now)
    return FormOut(form_id=made.form_id, form_version_id=made.pk, number=made.number, spec=made.spec, remarks=remarks)


@router.get("/form_versions/{uuid:form_version_id}/label_config", response=ConfigOut, operation_id="get_label_config")
def get_config(
    request: PageRequest,
    form_version_id: UUID,
    shows: Literal["text", "dialogue", "image", "audio", "video"] = "text",
) -> ConfigOut:
    """A form as a labelling configuration of Label Studio, about items that show text, dialogue, image, audio or video."""
    found = load(request.actor, scopes.PROGRAMME_VIEW, FormVersion.objects.all(), form_version_id)
    return ConfigOut(config=config_from_spec(found.spec, shows=shows))


@router.get("/queues", response=list[QueueOut], operation_id="list_queues")
def list_queues(request: PageRequest, programme_id: UUID | None = None) -> list[QueueOut]:
    """The queues that you may see, with how much waits in each."""
    found = visible(request.actor, scopes.QUEUE_VIEW, Queue.objects.all())
    if programme_id is not None:
        found = found.filter(programme=programme_id)
    return [QueueOut.of(queue) for queue in queues_with_counts(found)]


@router.post("/programmes/{uuid:programme_id}/queues", response=QueueOut, operation_id="add_queue")
def post_queue(request: PageRequest, programme_id: UUID, said: QueueIn) -> QueueOut:
    """Add a queue to a programme."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    form = load(request.actor, scopes.PROGRAMME_VIEW, AnswerForm.objects.all(), said.form_id)
    policy = load(request.actor, POLICY_VIEW, Policy.objects.all(), said.policy_id) if said.policy_id else None
    rules = said.dict(exclude={"form_id", "policy_id", "handout"}) | said.handout.dict(exclude_unset=True)
    return QueueOut.of(
        add_queue(request.actor, programme=programme, form=form, policy=policy, now=request.now, **rules)
    )


@router.post("/queues/{uuid:queue_id}/fill", response=AddedOut, operation_id="fill_queue")
def post_fill(request: PageRequest, queue_id: UUID, said: FillIn) -> AddedOut:
    """Put items into a queue; what is in it already stays as it is."""
    queue = load(request.actor, scopes.QUEUE_VIEW, Queue.objects.all(), queue_id)
    added = fill_queue(request.actor, queue=queue, item_ids=said.item_ids, priority=said.priority, now=request.now)
    return AddedOut(added=added)
