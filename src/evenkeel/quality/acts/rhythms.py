"""Having a mapping's query asked again by itself, and ending that."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid, Refused
from evenkeel.people import Person

from .. import scopes
from ..kinds.importer import importers
from ..models import Mapping, MappingRhythm
from .ours import insist_on_ours


def repeat_mapping(
    actor: Actor, *, mapping: Mapping, every: str, is_partial: bool = False, now: datetime
) -> MappingRhythm | None:
    """Have a mapping's query asked every hour, day or week from now on, with the actor's rights; "" ends that.

    `Invalid` for a mapping of files, which somebody must hand in, and for a rhythm that is none.
    """
    insist_on_ours(actor)
    with act(scopes.IMPORT_DO, actor, on=mapping, now=now) as deed:
        known = MappingRhythm.objects.filter(mapping=mapping).first()
        before = {"every": known.every, "is_partial": known.is_partial} if known else None
        if not every:
            MappingRhythm.objects.filter(mapping=mapping).delete()
            deed.record("asked no more by itself", before=before)
            return None
        if every not in MappingRhythm.LASTS:
            offered = ", ".join(MappingRhythm.LASTS)
            raise Invalid(
                _("There is no such rhythm."), fields={"every": [_("Choose one of %(known)s.") % {"known": offered}]}
            )
        if not importers[mapping.importer].asks_database:
            raise Invalid(
                _("Files come when somebody hands them in."),
                fields={"every": [_("Only a query is asked by itself; let a program hand files in.")]},
            )
        by = Person.objects.filter(pk=actor.person_id).first() if actor.person_id else None
        if by is None:
            raise Refused(_("A person sets this: the query is asked with her rights."))
        said = {"every": every, "is_partial": is_partial, "by": by, "set_at": now, "due_at": now, "refusal": ""}
        made, _is_new = MappingRhythm.objects.update_or_create(mapping=mapping, defaults=said)
        deed.record("asked by itself", before=before, after={"every": every, "is_partial": is_partial})
        return made
