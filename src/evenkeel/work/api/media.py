"""Files for items, and one's own guards."""

from __future__ import annotations

from uuid import UUID

from ninja import Field, File, Router, Schema
from ninja.files import UploadedFile

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest

from .. import scopes
from ..acts.media import add_media, fetch_media, link_media, set_desk_preference
from ..models import DeskPreference, MediaFile, Programme

router = Router()


class MediaOut(Schema):
    id: UUID
    kind: str
    content_type: str
    digest: str = Field(description="SHA-256 of the file as it is stored: without metadata")
    size_bytes: int
    width: int | None
    height: int | None
    duration_ms: int | None

    @classmethod
    def of(cls, found: MediaFile) -> MediaOut:
        return cls(
            id=found.pk,
            kind=found.kind,
            content_type=found.content_type,
            digest=found.digest,
            size_bytes=found.size_bytes,
            width=found.width,
            height=found.height,
            duration_ms=found.duration_ms,
        )


class MediaFetchIn(Schema):
    url: str = Field(
        max_length=2_000, description="a public address, or s3://bucket/key; private networks are never asked"
    )


class DeskPreferenceIn(Schema):
    blur: bool | None = Field(default=None, description="empty: by the queue's severity")
    greyscale: bool | None = None
    mute: bool | None = None
    small: bool | None = None
    speed: float = 1
    break_after_min: int = 50


class DeskPreferenceOut(DeskPreferenceIn):
    @classmethod
    def of(cls, found: DeskPreference) -> DeskPreferenceOut:
        return cls(
            blur=found.blur,
            greyscale=found.greyscale,
            mute=found.mute,
            small=found.small,
            speed=found.speed,
            break_after_min=found.break_after_min,
        )


@router.post("/programmes/{uuid:programme_id}/media", response=MediaOut, operation_id="add_media")
def post_media(request: PageRequest, programme_id: UUID, file: File[UploadedFile]) -> MediaOut:
    """Store a picture, sound or video for the programme's items; metadata is taken out. The same file is stored once."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    return MediaOut.of(add_media(request.actor, programme=programme, chunks=file.chunks(), now=request.now))


@router.post("/programmes/{uuid:programme_id}/media/fetch", response=MediaOut, operation_id="fetch_media")
def post_media_fetch(request: PageRequest, programme_id: UUID, said: MediaFetchIn) -> MediaOut:
    """Store a copy of what lies at a public address, or in object storage."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    return MediaOut.of(fetch_media(request.actor, programme=programme, address=said.url, now=request.now))


class MediaLinkIn(Schema):
    url: str = Field(max_length=1_100, description="s3://bucket/key in a bucket that the settings open")


@router.post("/programmes/{uuid:programme_id}/media/link", response=MediaOut, operation_id="link_media")
def post_media_link(request: PageRequest, programme_id: UUID, said: MediaLinkIn) -> MediaOut:
    """Let items show an object where it lies; it is read once, to be checked, and not copied."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    return MediaOut.of(link_media(request.actor, programme=programme, address=said.url, now=request.now))


@router.put("/desk", response=DeskPreferenceOut, operation_id="set_desk_preference", url_name="work_desk_preference")
def put_desk_preference(request: PageRequest, said: DeskPreferenceIn) -> DeskPreferenceOut:
    """How your own desk shows pictures and sounds, and after how many minutes it reminds you of a break."""
    return DeskPreferenceOut.of(set_desk_preference(request.actor, now=request.now, **said.dict()))
