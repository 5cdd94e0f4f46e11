"""Which appeals wait, and for whom."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from evenkeel.ground.access import Actor, visible
from evenkeel.people import Worker

from .. import scopes
from ..models import Appeal, AppealRule, Decision
from ..rules.appeals import why_not_rule


def appeals_of(actor: Actor) -> QuerySet[Appeal]:
    """The appeals that the actor may see, with what a list shows of them."""
    found = visible(actor, scopes.APPEAL_VIEW, Appeal.objects.all())
    return found.select_related(
        "item", "programme", "queue", "decision", "worker__organisation", "holder__organisation", "ruling"
    )


def eligible_appeals(actor: Actor, worker: Worker, *, now: datetime) -> QuerySet[Appeal]:
    """Open appeals that this worker may rule on and that nobody else holds, nearest to their end first."""
    found = visible(actor, scopes.APPEAL_RULE, Appeal.objects.filter(closed_at=None))
    found = found.filter(Q(holder=worker.pk) | Q(held_until=None) | Q(held_until__lte=now))
    made = Decision.objects.filter(item=OuterRef("item"), taken_back=None)
    found = found.filter(~Exists(made.filter(worker=worker.pk)))
    if worker.team_id is not None:
        asked = AppealRule.objects.filter(queue=OuterRef("queue"), is_other_team=True)
        found = found.filter(~Exists(asked) | ~Exists(made.filter(team=worker.team_id)))
    return found.order_by("due_at", "id")


def why_not(appeal: Appeal, worker: Worker, *, now: datetime) -> str | None:
    """Why this worker may not rule on the appeal; None when she may. Who holds it is no reason, only a courtesy."""
    made = Decision.objects.filter(item=appeal.item_id, taken_back=None).values_list("worker", "team")
    rule = AppealRule.objects.filter(queue=appeal.queue_id).first()
    return why_not_rule(
        worker_id=worker.pk,
        team_id=worker.team_id,
        deciders={worker_id for worker_id, _team in made},
        decider_teams={team_id for _worker, team_id in made if team_id},
        is_other_team=bool(rule and rule.is_other_team),
    )
