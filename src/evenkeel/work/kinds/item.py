"""What every kind of item tells, and the catalogue of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.safestring import SafeString

from evenkeel.ground.catalogue import Catalogue


@dataclass(frozen=True, kw_only=True)
class ItemExample:
    """A worked example: content, pieces of text that its page must show, and contents that are refused."""

    content: Mapping[str, Any]
    shows: Sequence[str]
    wrong: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of an item that answers can mark or grade. `role` is text, image, audio, video or result."""

    role: str
    text: str = ""
    duration_ms: int | None = None


class ItemKind:
    """A kind of item. Subclasses are registered, never made into instances."""

    slug: ClassVar[str]
    title: ClassVar[Any]
    why: ClassVar[Any]
    example: ClassVar[ItemExample]

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> list[str]:
        """What is wrong with an item's content, as sentences; empty when it is fine."""
        raise NotImplementedError

    @classmethod
    def html(cls, content: Mapping[str, Any]) -> SafeString:
        """The content as a moderator sees it. Everything that came from outside is escaped."""
        raise NotImplementedError

    @classmethod
    def parts(cls, content: Mapping[str, Any]) -> dict[str, Part]:
        """What answers can mark, by the name that its element carries in `data-part`."""
        return {}

    @classmethod
    def media_of(cls, content: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The objects in a sound content that name a stored file in `media`; intake completes them."""
        return []

    @classmethod
    def summary(cls, content: Mapping[str, Any]) -> str:
        """One line for lists, unescaped."""
        raise NotImplementedError


item_kinds: Catalogue[type[ItemKind]] = Catalogue("item kind", package="evenkeel.work.kinds.items")
item_kind = item_kinds.register

CONTENT_LIMIT = 1_000_000  # characters of text in one item


def text_faults(value: Any, name: str) -> list[str]:
    """What is wrong with a piece of text of an item."""
    from django.utils.translation import gettext as _

    if not isinstance(value, str) or not value.strip():
        return [_("“%(name)s” is a text and not empty.") % {"name": name}]
    if "\x00" in value:
        return [_("“%(name)s” contains a NUL character.") % {"name": name}]
    if len(value) > CONTENT_LIMIT:
        return [_("“%(name)s” is longer than %(n)d characters.") % {"name": name, "n": CONTENT_LIMIT}]
    return []
