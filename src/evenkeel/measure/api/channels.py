"""How signals leave: one's own channels, and those of organisations."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Query, Router, Schema

from evenkeel.ground.access import load, visible
from evenkeel.ground.pages import PageRequest
from evenkeel.people import Organisation, Person

from .. import scopes
from ..acts.channels import add_signal_channel, close_signal_channel
from ..models import SignalChannel
from .common import Page

router = Router()


class ChannelOut(Schema):
    """The address itself is not told again: whoever knows it may write there."""

    id: UUID
    organisation_id: UUID | None
    person_id: UUID | None
    kind: str
    name: str
    host: str
    rhythm: str
    digest_hour: int
    quiet_from: int
    quiet_until: int
    zone: str
    made_at: datetime
    closed_at: datetime | None

    @classmethod
    def of(cls, row: SignalChannel) -> ChannelOut:
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class ChannelIn(Schema):
    """Without an organisation it is one's own. `url` is empty for mail."""

    organisation_id: UUID | None = None
    kind: str
    name: str
    url: str = ""
    rhythm: str = "at_once"
    digest_hour: int = 8
    quiet_from: int = 0
    quiet_until: int = 0
    zone: str = "UTC"


class ChannelMade(Schema):
    """`secret` signs a webhook's messages; it is shown this once."""

    channel: ChannelOut
    secret: str


@router.get("/signal-channels", response=list[ChannelOut], operation_id="list_signal_channels")
def list_signal_channels(request: PageRequest, page: Query[Page]) -> list[ChannelOut]:
    """Your own open channels, and those of organisations that are yours to set."""
    rows = SignalChannel.objects.filter(closed_at=None)
    own = visible(request.actor, scopes.CHANNEL_OWN, rows).filter(person__isnull=False)
    theirs = visible(request.actor, scopes.CHANNEL_EDIT, rows).filter(organisation__isnull=False)
    return [ChannelOut.of(row) for row in [*own, *theirs][page.cut()]]


@router.post("/signal-channels", response=ChannelMade, operation_id="add_signal_channel")
def add_channel(request: PageRequest, said: ChannelIn) -> ChannelMade:
    """Have signals sent by mail, to a webhook, to Slack or to Teams."""
    of: Organisation | Person
    if said.organisation_id is not None:
        of = load(request.actor, scopes.CHANNEL_EDIT, Organisation.objects.all(), said.organisation_id)
    else:
        of = Person.objects.get(pk=request.actor.person_id or UUID(int=0))
    told = said.model_dump(exclude={"organisation_id"})
    made, secret = add_signal_channel(request.actor, of=of, now=request.now, **told)
    return ChannelMade(channel=ChannelOut.of(made), secret=secret)


@router.post("/signal-channels/{uuid:signal_channel_id}/end", response=ChannelOut, operation_id="end_signal_channel")
def end_channel(request: PageRequest, signal_channel_id: UUID) -> ChannelOut:
    """Send nothing on it any more; what waits is given up."""
    own = visible(request.actor, scopes.CHANNEL_OWN, SignalChannel.objects.filter(pk=signal_channel_id)).first()
    found = own or load(request.actor, scopes.CHANNEL_EDIT, SignalChannel.objects.all(), signal_channel_id)
    return ChannelOut.of(close_signal_channel(request.actor, channel=found, now=request.now))
