"""Questions that were worth keeping: saved, named, shared, deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, require
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid

from .. import scopes
from ..models import Exploration
from ..queries.saved import team_of
from ..rules.questions import Question
from .checks import check_name, insist_on_organisation, insist_on_person

MOST_EXPLORATIONS = 200


def save_exploration(
    actor: Actor, *, name: str, question: Question, audience: str = Exploration.PRIVATE, now: datetime
) -> Exploration:
    """Keep a question under a name. What it answers is worked out anew for whoever opens it, by her own rights."""
    with act(scopes.EXPLORATION_OWN, actor, now=now) as deed:
        require(actor, scopes.EXPLORE)
        owner_id = insist_on_person(actor)
        count = Exploration.objects.filter(owner_id=owner_id).count()
        deed.require(count < MOST_EXPLORATIONS, _("You have %(n)d explorations. Delete some first.") % {"n": count})
        made = Exploration.objects.create(
            owner_id=owner_id,
            name=check_name(Exploration, name, owner_id=owner_id),
            asked=question.said(),
            organisation_id=insist_on_organisation(actor),
            created_at=now,
            **_audience(actor, audience),
        )
        deed.record("saved", on=made, name=made.name, audience=made.audience, asked=made.asked)
        return made


def change_exploration(
    actor: Actor,
    *,
    exploration: Exploration,
    name: str | None = None,
    audience: str | None = None,
    question: Question | None = None,
    now: datetime,
) -> Exploration:
    """Another name, another audience, another question; what is None stays."""
    with act(scopes.EXPLORATION_OWN, actor, on=exploration, now=now) as deed:
        before = _told(exploration)
        if name is not None:
            exploration.name = check_name(Exploration, name, owner_id=exploration.owner_id, but=exploration.pk)
        if audience is not None and audience != exploration.audience:
            for column, value in _audience(actor, audience).items():
                setattr(exploration, column, value)
        if question is not None:
            exploration.asked = question.said()
        exploration.save()
        deed.record("changed", before=before, after=_told(exploration))
        return exploration


def delete_exploration(actor: Actor, *, exploration: Exploration, now: datetime) -> None:
    """Away with it, and with the mails that carry it. Tiles made from it stay."""
    with act(scopes.EXPLORATION_OWN, actor, on=exploration, now=now) as deed:
        deed.record("deleted", **_told(exploration))
        exploration.delete()


def _told(exploration: Exploration) -> dict[str, Any]:
    return {"name": exploration.name, "audience": exploration.audience, "asked": exploration.asked}


def _audience(actor: Actor, audience: str) -> dict[str, Any]:
    if audience not in dict(Exploration.AUDIENCES):
        known = ", ".join(dict(Exploration.AUDIENCES))
        raise Invalid(_("Nobody is called that."), fields={"audience": [_("One of %(known)s.") % {"known": known}]})
    team_id: UUID | None = None
    if audience == Exploration.TEAM:
        team_id = team_of(actor)
        if team_id is None:
            raise Invalid(
                _("You belong to no team."), fields={"audience": [_("Keep it to yourself, or share it with all.")]}
            )
    return {"audience": audience, "team_id": team_id}
