"""Items and decisions as they come in, before they are rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid
from evenkeel.people import wrong_language

from ..kinds.item import item_kinds
from .texts import holds_nul, nul_place

KEY_LENGTH = 200
_FAULTS_TOLD = 20


@dataclass(frozen=True, kw_only=True)
class NewItem:
    """An item to add. `key` is its name in the programme; `attributes` are what people filter by, never shown as content."""

    key: str
    content: Mapping[str, Any]
    kind: str = "text"
    language: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)


class ImportedDecision(NamedTuple):
    """A decision that was made elsewhere. A tuple, because an import makes millions of them.

    `replicate` counts, from 1, how often the same worker has answered the same item. `place` are the ids of her site and
    team then; without it those of now stand. `corrects` is the decision in whose place it stands.
    """

    item_key: str
    worker_code: str
    label: str
    replicate: int = 1
    decided_at: datetime | None = None
    active_ms: int | None = None
    answer: Mapping[str, Any] | None = None
    id: UUID | None = None
    queue_id: UUID | None = None
    policy_version_id: UUID | None = None
    place: tuple[UUID | None, UUID | None] | None = None
    corrects: UUID | None = None
    tool: str | None = None


def check_items(items: Iterable[NewItem]) -> list[NewItem]:
    """The items, all sound and with different keys; `Invalid` names those that are not, by key."""
    checked = list(items)
    faults: dict[str, list[str]] = {}
    seen: set[str] = set()
    for item in checked:
        found = item_faults(item)
        if item.key in seen:
            found.append(_("The key occurs twice."))
        seen.add(item.key)
        if found:
            faults.setdefault(item.key[:KEY_LENGTH] or _("(no key)"), []).extend(found)
    if faults:
        told = dict(list(faults.items())[:_FAULTS_TOLD])
        raise Invalid(_("%(n)d items do not fit; none was added.") % {"n": len(faults)}, fields=told)
    return checked


class ItemFault(NamedTuple):
    """One thing wrong with an item: in which of its parts (`attributes.market`), what it is, and what puts it right."""

    part: str
    what: str
    fix: str


def item_faults(item: NewItem) -> list[str]:
    """What is wrong with one item, as sentences."""
    return [fault.what for fault in placed_faults(item)]


def placed_faults(item: NewItem) -> list[ItemFault]:
    """What is wrong with one item, each with its part and its fix."""
    faults = []
    if not item.key.strip() or len(item.key) > KEY_LENGTH or holds_nul(item.key):
        what = _("A key has 1 to %(n)d characters.") % {"n": KEY_LENGTH}
        faults.append(ItemFault("key", what, _("Give it a key of its own.")))
    if holds_nul((item.content, item.attributes)):
        # Both were looked at in one; most items end here.
        for part, said in (("content", item.content), ("attributes", item.attributes)):
            if holds_nul(said):
                what = _("It holds NUL, half a character or a number without end.")
                faults.append(ItemFault(f"{part}{nul_place(said)}", what, _("Take it out.")))
    if item.language and (wrong := wrong_language(item.language)):
        faults.append(ItemFault("language", wrong, _("Write its code, or leave it empty if you do not know.")))
    if item.kind not in item_kinds:
        what = _("The kind is one of %(kinds)s.") % {"kinds": ", ".join(item_kinds.slugs())}
        return [*faults, ItemFault("kind", what, _("Choose one of them."))]
    wrong_content = item_kinds[item.kind].faults(item.content)
    return faults + [ItemFault("content", what, _("Correct it, or leave the row out.")) for what in wrong_content]
