"""Hand-out rules, and why nothing is handed out, as programs see them."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime, BaseModel

from ..models import Queue
from ..queries.why_not import WhyNot
from ..rules.context import Told
from ..rules.eligibility import Check
from ..rules.handout import HANDOUT_FIELDS


class HandOut(Schema):
    overlap_rule: Literal["fixed", "share", "adaptive"] = "fixed"
    overlap_most: int = Field(default=3, description="people an item at most, for share and adaptive")
    overlap_share: float = Field(default=0.1, description="share of the items that get overlap_most people")
    overlap_target: float = Field(default=0.9, description="how sure the answer must be, for adaptive")
    teams_apart: bool = Field(default=False, description="further opinions come from other teams")
    skills: list[str] = Field(default=[], description="a worker has all of them")
    certifications: list[str] = Field(default=[], description="skills with a day on which they lapse")
    priority_rule: Literal["arrival", "risk"] = "arrival"
    target_s: int | None = Field(default=None, description="seconds from arrival to decision")
    day_cap: int | None = Field(default=None, description="decisions a person a day at most")
    may_skip: bool = True
    may_return: bool = True
    may_ask: bool = True
    may_escalate: bool = True
    prelabel: Literal["off", "hidden", "shown"] = "off"

    @classmethod
    def of(cls, queue: Queue) -> HandOut:
        return cls(**{name: getattr(queue, name) for name in HANDOUT_FIELDS})


class HandOutIn(HandOut):
    """What is left out stays as it is, or as it is for a new queue."""


# What comes in by the hundred is plain pydantic: a ninja `Schema` looks at each through a wrapper made for ORM objects.
class ToldIn(BaseModel):
    """How the decision was made, as far as the client knows. What cannot be true is cut to what can."""

    active_ms: int | None = Field(default=None, description="how long the person worked on the item")
    shown_at: AwareDatetime | None = Field(default=None, description="when the item was on screen")
    first_act_ms: int | None = Field(default=None, description="from then to the first key or click")
    submit_ms: int | None = Field(default=None, description="from then to the sending, breaks included")
    media_acts: dict[str, int] | None = Field(default=None, description="what was done with the media, and how often")
    client_build: str | None = Field(default=None, description="the version of what the person decided in")
    prelabel_seen: bool = Field(default=False, description="a label suggested for the item was shown before")

    def told(self) -> Told:
        return Told(
            active_ms=self.active_ms,
            shown_at=self.shown_at,
            first_act_ms=self.first_act_ms,
            submit_ms=self.submit_ms,
            media_acts=self.media_acts,
            client_build=self.client_build,
            prelabel_seen=self.prelabel_seen,
        )


class CheckOut(Schema):
    slug: str
    title: str
    passed: bool
    found: str
    fix: str

    @classmethod
    def of(cls, check: Check) -> CheckOut:
        return cls(slug=check.slug, title=check.title, passed=check.passed, found=check.found, fix=check.fix)


class WhyNotOut(Schema):
    worker_id: UUID
    queue_id: UUID
    first: CheckOut | None = Field(
        description="the rule that keeps items from her; empty when something would be handed out"
    )
    waiting: int = Field(description="tasks that she could be handed now, counted up to a thousand")
    checks: list[CheckOut]

    @classmethod
    def of(cls, found: WhyNot) -> WhyNotOut:
        return cls(
            worker_id=found.worker.pk,
            queue_id=found.queue.pk,
            first=CheckOut.of(found.first) if found.first else None,
            waiting=found.waiting,
            checks=[CheckOut.of(check) for check in found.checks],
        )
