"""Programmes, who takes part in them, and forms."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from ninja import Router, Status

from evenkeel.ground.access import load, visible
from evenkeel.ground.pages import PageRequest
from evenkeel.people import ORGANISATION_VIEW, Organisation

from .. import scopes
from ..acts.programmes import add_form, add_programme, change_programme, end_engagement, engage
from ..models import FormVersion, Programme
from ..queries.programmes import engagements_seen, owner_said
from ..rules.label_config import spec_from_config
from ..rules.label_config_writing import config_from_spec
from .schemas import (
    ConfigIn,
    ConfigOut,
    EngagementIn,
    EngagementOut,
    FormIn,
    FormOut,
    ProgrammeChange,
    ProgrammeIn,
    ProgrammeOut,
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


@router.put("/programmes/{uuid:programme_id}", response=ProgrammeOut, operation_id="change_programme")
def put_programme(request: PageRequest, programme_id: UUID, said: ProgrammeChange) -> ProgrammeOut:
    """Call a programme otherwise, say anew what it is for, hand it to another owner."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.select_related("owner"), programme_id)
    owner = owner_said(request.actor, programme, said.owner_id, now=request.now)
    return ProgrammeOut.of(
        change_programme(
            request.actor, programme=programme, name=said.name, about=said.about, owner=owner, now=request.now
        )
    )


@router.get(
    "/programmes/{uuid:programme_id}/engagements", response=list[EngagementOut], operation_id="list_engagements"
)
def list_engagements(request: PageRequest, programme_id: UUID) -> list[EngagementOut]:
    """Which organisations take part in a programme; a partner sees its own part."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    return [EngagementOut.of(each) for each in engagements_seen(request.actor, programme)]


@router.post("/programmes/{uuid:programme_id}/engagements", response=EngagementOut, operation_id="engage")
def post_engagement(request: PageRequest, programme_id: UUID, said: EngagementIn) -> EngagementOut:
    """Let an organisation's people take part; doing it twice changes nothing."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    organisation = load(request.actor, ORGANISATION_VIEW, Organisation.objects.all(), said.organisation_id)
    return EngagementOut.of(engage(request.actor, programme=programme, organisation=organisation, now=request.now))


@router.delete(
    "/programmes/{uuid:programme_id}/engagements/{uuid:organisation_id}",
    response={204: None},
    operation_id="end_engagement",
)
def delete_engagement(request: PageRequest, programme_id: UUID, organisation_id: UUID) -> Status[None]:
    """End an organisation's part: its people lose sight of the programme, what they hold goes to others, decisions stay."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    organisation = load(request.actor, ORGANISATION_VIEW, Organisation.objects.all(), organisation_id)
    end_engagement(request.actor, programme=programme, organisation=organisation, now=request.now)
    return Status(204, None)


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
