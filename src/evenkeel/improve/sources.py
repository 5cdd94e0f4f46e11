"""From where an investigation can be opened besides a signal: whatever has a kind, an id and a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, load
from evenkeel.ground.errors import NotFound
from evenkeel.quality import Dispute
from evenkeel.work import Incident

INCIDENT, DISPUTES = "incident", "disputes"
# Disputes with the same reason about the same clause are one cluster while no longer than this lies between them.
CLUSTER = timedelta(days=28)


@dataclass(frozen=True, kw_only=True)
class Source:
    """What an investigation was opened from. `url` is its page on this site."""

    kind: str
    id: UUID
    title: str
    url: str = ""
    programme_id: UUID | None = None
    queue_id: UUID | None = None
    metric: str = "accuracy"


Finder = Callable[[Actor, UUID], Source]
_finders: dict[str, Finder] = {}


def opens_from(kind: str) -> Callable[[Finder], Finder]:
    """Register how a kind of source is found by its id, for whoever may see it. `NotFound` otherwise."""

    def register(finder: Finder) -> Finder:
        _finders[kind] = finder
        return finder

    return register


def find_source(actor: Actor, *, kind: str, source_id: UUID) -> Source:
    """The source of a kind with an id. `NotFound` for a kind that nobody registered, or a thing not the actor's to see."""
    if kind not in _finders:
        raise NotFound(_("There is no such page, or it is not yours to see."))
    return _finders[kind](actor, source_id)


@opens_from(INCIDENT)
def _incident(actor: Actor, incident_id: UUID) -> Source:
    # By its name: a scope is a string of the house.
    found = load(actor, "work:incident:view", Incident.objects.all(), incident_id)
    return Source(
        kind=INCIDENT, id=found.pk, title=found.title, url=found.get_absolute_url(), programme_id=found.programme_id
    )


@opens_from(DISPUTES)
def _disputes(actor: Actor, dispute_id: UUID) -> Source:
    """The disputes like one of them, named by it."""
    rows = Dispute.objects.select_related("reason", "programme")
    found = load(actor, "quality:dispute:view", rows, dispute_id)
    reason = f"{found.reason}, {found.clause}" if found.clause else str(found.reason)
    said = {"programme": found.programme, "reason": reason, "n": cluster_of(found).count()}
    return Source(
        kind=DISPUTES, id=found.pk, title=_("%(n)s disputes in %(programme)s: %(reason)s") % said,
        url=reverse("quality:dispute", args=[found.pk]), programme_id=found.programme_id, metric="dispute_rate",
    )  # fmt: skip


def cluster_of(dispute: Dispute) -> QuerySet[Dispute]:
    """The disputes of a programme with the same reason about the same clause, raised within four weeks of this one."""
    return Dispute.objects.filter(
        programme_id=dispute.programme_id,
        reason_id=dispute.reason_id,
        clause=dispute.clause,
        raised_at__gte=dispute.raised_at - CLUSTER,
        raised_at__lte=dispute.raised_at + CLUSTER,
    )
