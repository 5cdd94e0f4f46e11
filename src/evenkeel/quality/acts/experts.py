"""What experts hold to be right."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from evenkeel.ground import log
from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid

from .. import scopes
from ..facts import EXPERT_ANSWERS, expert_row
from ..models import ExpertAnswer
from ..queries import answer_in_force
from .ours import insist_on_ours

if TYPE_CHECKING:
    from evenkeel.work import Item


def set_expert_answer(actor: Actor, *, item: Item, label: str, source: str = "", now: datetime) -> ExpertAnswer:
    """Say what experts hold to be right about an item; a later answer replaces the earlier one, which stays on record.

    Saying the same again from the same source changes nothing. `Invalid` for an empty or overlong label.
    """
    insist_on_ours(actor)
    with act(scopes.EXPERT_EDIT, actor, on=item, now=now) as deed:
        if not label.strip() or len(label) > 120:
            raise Invalid(_("The answer does not fit."), fields={"label": [_("An answer has 1 to 120 characters.")]})
        before = answer_in_force(item)
        if before is not None and (before.label, before.source) == (label, source):
            deed.record("said the same again", after={"label": label})
            return before
        made = ExpertAnswer.objects.create(
            programme_id=item.programme_id, item=item, label=label, source=source, said_at=now, replaces=before
        )
        rows = [expert_row(made)]
        if before is not None:
            rows.insert(0, expert_row(before, sign=-1))
        log.append(EXPERT_ANSWERS, rows)
        deed.record(
            "expert answer given",
            before={"label": before.label} if before else None,
            after={"label": label, "source": source},
        )
        return made
