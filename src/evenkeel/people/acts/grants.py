"""Grants: who may do what, given and ended."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, may
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid

from .. import scopes
from ..models import Person, Role, RoleGrant
from ..queries import grants_in_force


def give_grant(
    actor: Actor,
    *,
    person: Person,
    role: Role,
    target: Model | None = None,
    kind: str | None = None,
    until: datetime | None = None,
    now: datetime,
) -> RoleGrant:
    """Give a person a role, everywhere or on one target; nobody gives more, or further, than she has herself."""
    with act(scopes.GRANT_EDIT, actor, on=person, now=now) as deed:
        deed.require(_covers(actor, role, target), _("You cannot give a role with rights that you do not have there."))
        # Segregation of duties: nobody changes her own rights.
        deed.require(actor.person_id != person.id, _("Somebody else has to give you a role."))
        if until is not None and until <= now:
            raise Invalid(_("The end lies in the past."), fields={"until": [_("Choose a moment to come.")]})
        kind = kind or (target._meta.model_name if target else "") or ""
        target_id = target.pk if target else None
        same = grants_in_force(now).filter(person=person, role=role, kind=kind, target_id=target_id)
        deed.require(not same.exists(), _("She has this role there already."))
        made = RoleGrant.objects.create(
            person=person,
            role=role,
            kind=kind,
            target_id=target_id,
            target_name=str(target) if target else "",
            since=now,
            until=until,
            given_by_id=actor.person_id,
        )
        deed.record(
            "granted",
            on=person,
            organisation_id=person.organisation_id,
            after={"role": role.name, "kind": made.kind, "target": made.target_name, "until": until},
        )
        deed.tell("grant.given", grant_id=made.id, person_id=person.id)
        return made


def end_grant(actor: Actor, *, grant: RoleGrant, now: datetime) -> RoleGrant:
    """End a grant now. The last one by which anybody gives grants everywhere cannot be ended."""
    with act(scopes.GRANT_EDIT, actor, on=grant, now=now) as deed:
        deed.require(grant.until is None or grant.until > now, _("This grant has ended already."))
        deed.require(
            actor.is_system or not _is_last_of_its_kind(grant, now),
            _("This is the last grant by which anybody can give rights; give it to somebody else first."),
        )
        grant.until = now
        grant.save(update_fields=["until"])
        deed.record(
            "ended",
            on=grant.person,
            organisation_id=grant.person.organisation_id,
            before={"role": grant.role.name, "kind": grant.kind, "target": grant.target_name},
        )
        deed.tell("grant.ended", grant_id=grant.id, person_id=grant.person_id)
        return grant


def _covers(actor: Actor, role: Role, target: Model | None) -> bool:
    """Whether the actor has every scope of the role at the target; everywhere, when there is none."""
    if actor.is_system:
        return True
    # Scopes that come by the same grants have the same answer: one question for all of them.
    by_grants = {actor.grants_for(scope): scope for scope in role.scopes}
    if () in by_grants:
        return False
    if target is None:
        # A vendor's person is cut to her own organisation whatever she is given, so the whole of it is enough.
        own = actor.organisation_id if actor.is_outside else None
        return all(
            any(grant.kind is None or (own and grant.target_id == own) for grant in grants) for grants in by_grants
        )
    return all(may(actor, scope, target) for scope in by_grants.values())


def _is_last_of_its_kind(grant: RoleGrant, now: datetime) -> bool:
    if grant.kind or scopes.GRANT_EDIT not in grant.role.scopes:
        return False
    others = grants_in_force(now).filter(kind="", person__is_active=True, person__organisation__is_house=True)
    others = others.exclude(pk=grant.pk).select_related("role")
    return not any(scopes.GRANT_EDIT in other.role.scopes for other in others)
