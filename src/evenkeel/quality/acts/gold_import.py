"""Many golden items at once, from a table: every row is looked at first, so that the report names all that do not fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.work import AnswerForm, Item

from .. import scopes
from ..models import Gold
from .golden import propose_gold

if TYPE_CHECKING:
    from evenkeel.work import Programme

MOST_ROWS = 10_000


@dataclass(frozen=True, kw_only=True)
class BadRow:
    """A row that does not fit: its number in the table (1 is the first below the heading), the column, and what to do."""

    row: int
    column: str
    why: str


@dataclass(frozen=True, kw_only=True)
class GoldImport:
    """What came of a table of golden items. `known`: proposed with the same answer before, or put in doubt by another."""

    rows: int
    proposed: int
    known: int
    bad: tuple[BadRow, ...]


class _Undo(Exception):
    pass


def import_golds(
    actor: Actor,
    *,
    programme: Programme,
    rows: Iterable[Mapping[str, Any]],
    form: AnswerForm | None = None,
    skip_bad: bool = False,
    now: datetime,
) -> GoldImport:
    """Propose the items of a table as golden: `item` (its key), `answer`, `rationale`, and if given `difficulty`, `for_exams`.

    Nothing is proposed while a row does not fit, unless `skip_bad`. Two experts agree to each as to any other.
    """
    said = list(rows)
    if not 0 < len(said) <= MOST_ROWS:
        raise Invalid(
            _("The table cannot be imported."), fields={"rows": [_("1 to %(n)d rows at once.") % {"n": MOST_ROWS}]}
        )
    keys = {str(row.get("item") or "").strip() for row in said}
    found = Item.objects.filter(programme=programme, key__in=[key for key in keys if "\x00" not in key])
    items = {item.key: item for item in found.select_related("programme")}
    bad: list[BadRow] = []
    proposed = known = 0
    try:
        with act(scopes.GOLD_SAY, actor, on=programme, now=now) as deed:
            for number, row in enumerate(said, 1):
                is_new, faults = _one(actor, row, number, items, form, now)
                bad += faults
                proposed += is_new is True
                known += is_new is False
            if bad and not skip_bad:
                raise _Undo
            deed.record("golden items imported", on=programme, rows=len(said), proposed=proposed, known=known)
    except _Undo:
        proposed = known = 0
    return GoldImport(rows=len(said), proposed=proposed, known=known, bad=tuple(bad))


def _one(
    actor: Actor, row: Mapping[str, Any], number: int, items: Mapping[str, Item], form: AnswerForm | None, now: datetime
) -> tuple[bool | None, list[BadRow]]:
    """Whether the row's item was new (None when it does not fit), and what does not fit."""

    def fault(column: str, why: str) -> tuple[None, list[BadRow]]:
        return None, [BadRow(row=number, column=column, why=why)]

    key = str(row.get("item") or "").strip()
    item = items.get(key)
    if item is None:
        return fault("item", _("There is no item %(key)s in the programme.") % {"key": repr(key[:80])})
    difficulty = str(row.get("difficulty") or "2").strip()
    if not difficulty.isdecimal():
        return fault("difficulty", _("1, 2 or 3."))
    for_exams = str(row.get("for_exams") or "no").strip().lower()
    if for_exams not in ("yes", "no", "true", "false", "1", "0"):
        return fault("for_exams", _("Yes or no."))
    was_known = Gold.objects.filter(item=item).exclude(state=Gold.RETIRED).exists()
    try:
        with transaction.atomic():
            propose_gold(
                actor, item=item, answer=str(row.get("answer") or "").strip(), rationale=str(row.get("rationale") or ""),
                provenance="import", form=form, difficulty=int(difficulty),
                is_for_exams=for_exams in ("yes", "true", "1"), now=now,
            )  # fmt: skip
    except Invalid as error:
        return None, [
            BadRow(row=number, column=column, why=" ".join(str(each) for each in whys))
            for column, whys in error.fields.items()
        ]
    except NotNow as error:
        return fault("item", str(error))
    return not was_known, []
