"""Bringing items in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid

from .. import scopes
from ..models import Item, Programme
from ..routes import Placed, place, rules_in_force
from ..rows import insert_items, item_ids
from ..rules.items import NewItem, check_items


def add_items(
    actor: Actor, *, programme: Programme, items: Iterable[NewItem], routes: bool = True, now: datetime
) -> list[Item]:
    """Add items to a programme, all or none. `Invalid` names, by key, those that do not fit or are there already.

    Where the programme has routing rules, they put each item into its queue, unless `routes` is off.
    """
    with act(scopes.ITEM_ADD, actor, on=programme, now=now) as deed:
        checked = check_items(items)
        known = item_ids(programme, [item.key for item in checked])
        if known:
            raise Invalid(
                _("%(n)d items are there already; none was added.") % {"n": len(known)},
                fields={key: [_("There is one with this key.")] for key in sorted(known)[:20]},
            )
        made = insert_items(programme, checked, now)
        placed = place(made, rules_in_force(programme), are_new=True, now=now) if routes else Placed(by_rule={})
        deed.record("items added", after={"items": len(made), "routed": placed.total})
        return made
