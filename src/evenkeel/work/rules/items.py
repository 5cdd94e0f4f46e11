"""Items and decisions as they come in, before they are rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid

from ..kinds.item import item_kinds
from .languages import is_language
from .texts import holds_nul

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


def item_faults(item: NewItem) -> list[str]:
    """What is wrong with one item, as sentences."""
    faults = []
    if not item.key.strip() or len(item.key) > KEY_LENGTH or "\x00" in item.key:
        faults.append(_("A key has 1 to %(n)d characters.") % {"n": KEY_LENGTH})
    if holds_nul([item.content, item.attributes]):
        faults.append(_("It holds a NUL character."))
    if item.language and not is_language(item.language):
        said = {"code": item.language[:40]}
        faults.append(
            _("“%(code)s” is no language code such as de or pt-BR; leave it empty if you do not know.") % said
        )
    if item.kind not in item_kinds:
        return [*faults, _("The kind is one of %(kinds)s.") % {"kinds": ", ".join(item_kinds.slugs())}]
    return faults + item_kinds[item.kind].faults(item.content)
