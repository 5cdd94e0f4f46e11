"""What every kind of item tells, and the catalogue of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

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


class MediaUse(NamedTuple):
    """An object in an item's content that names a stored file in `media`, and the kind of file that it must be."""

    said: dict[str, Any]
    kind: str


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
    def media_of(cls, content: dict[str, Any]) -> list[MediaUse]:
        """The objects in a sound content that name a stored file; intake completes them."""
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
    if not isinstance(value, str) or not value.strip():
        return [_("“%(name)s” is a text and not empty.") % {"name": name}]
    if "\x00" in value:
        return [_("“%(name)s” contains a NUL character.") % {"name": name}]
    if len(value) > CONTENT_LIMIT:
        return [_("“%(name)s” is longer than %(n)d characters.") % {"name": name, "n": CONTENT_LIMIT}]
    return []


def unknown_faults(said: Mapping[str, Any], known: set[str]) -> list[str]:
    """What an item's content holds that its kind does not show."""
    unknown = sorted(str(name) for name in said.keys() - known)
    return (
        [_("There is no “%(names)s” here; put it among the attributes.") % {"names": ", ".join(unknown)}]
        if unknown
        else []
    )


def short(words: str) -> str:
    """The beginning of a text on one line."""
    return Truncator(" ".join(str(words).split())).chars(100)
