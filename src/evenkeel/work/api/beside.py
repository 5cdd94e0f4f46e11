"""What stands beside the items in hand: an event's guidance, and what was answered and advised about them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Field, Router, Schema

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest
from evenkeel.ground.templatetags.wording import moment_text

from .. import scopes
from ..models import Queue
from ..queries.beside import beside_items
from ..queries.event_modes import modes_of_queue
from ..queries.questions import open_questions
from ..workers import insist_on_worker

router = Router()


class BannerOut(Schema):
    id: UUID
    name: str
    guidance: str
    is_drill: bool
    until: datetime
    until_said: str = Field(description="the same for people, in the install's zone")


class SaidOut(Schema):
    title: str = Field(description="the question that was asked, or the tier that advised")
    body: str
    at: datetime


class BesideOut(Schema):
    banners: list[BannerOut] = Field(description="event modes that hold in this queue now")
    open_questions: int = Field(description="questions of the queue that wait for an answer, up to 100")
    items: dict[str, list[SaidOut]] = Field(
        description="what was said about each item that you have in hand, newest first"
    )


@router.get("/queues/{uuid:queue_id}/beside", response=BesideOut, operation_id="beside", url_name="work_beside")
def get_beside(request: PageRequest, queue_id: UUID) -> BesideOut:
    """What to know about the queue and about the items that you have in hand in it."""
    queue = load(request.actor, scopes.TASK_DECIDE, Queue.objects.all(), queue_id)
    worker_id = insist_on_worker(request.actor)
    return BesideOut(
        banners=[
            BannerOut(
                id=mode.pk,
                name=mode.name,
                guidance=mode.guidance,
                is_drill=mode.is_drill,
                until=mode.until,
                until_said=moment_text(mode.until, now=request.now),
            )
            for mode in modes_of_queue(queue, request.now)
        ],
        open_questions=open_questions(queue),
        items={
            str(item_id): [SaidOut(title=each.title, body=each.body, at=each.at) for each in said]
            for item_id, said in beside_items(worker_id, queue=queue).items()
        },
    )
