"""Items that show a picture, a sound or a film by its address, whichever kinds of items this install has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ..kinds.item import item_kinds
from .items import NewItem

MEDIA = {
    "image": (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".svg"),
    "audio": (".mp3", ".wav", ".ogg", ".flac", ".m4a", ".opus"),
    "video": (".mp4", ".webm", ".mov", ".mkv", ".avi"),
}
_LONGEST = max(len(ending) for endings in MEDIA.values() for ending in endings)
_ADDRESSES = ("url", "src", "address", "file", "text")


def media_kind(name: str, said: Any) -> str:
    """image, audio or video when a value is the address of one, by its name or its ending; "" otherwise."""
    if not isinstance(said, str) or "\n" in said:
        return ""
    plain = said.partition("?")[0]
    # An ending is short: of a long text only its end is made small, and most have no dot there.
    end = plain[-_LONGEST:].lower()
    if name in MEDIA or "." in end:
        for kind, endings in MEDIA.items():
            if name == kind or end.endswith(endings):
                return kind
    return ""


def media_item(key: str, kind: str, address: str, attributes: Mapping[str, Any], *, language: str = "") -> NewItem:
    """An item that shows what lies at an address.

    A kind of that name takes it as `{"url": address}` when it can; otherwise the address is kept as text, so that nothing is
    lost, and `media` among the attributes says what it is.
    """
    kept = {**attributes, "media": kind}
    content = {"url": address}
    if _takes_addresses(kind):
        return NewItem(key=key, kind=kind, content=content, language=language, attributes=kept)
    return NewItem(key=key, kind="text", content={"text": address}, language=language, attributes=kept)


@cache
def _takes_addresses(kind: str) -> bool:
    """Asked once a kind, not once a picture: the refusal in words costs as much as reading the picture."""
    return kind in item_kinds and not item_kinds[kind].faults({"url": "https://example.org/picture"})


def address_of(kind: str, content: Mapping[str, Any], attributes: Mapping[str, Any]) -> tuple[str, str]:
    """What an item shows and where it lies, as (image, address); ("", "") for items that show none."""
    shows = kind if kind in MEDIA else str(attributes.get("media", ""))
    if shows not in MEDIA:
        return "", ""
    said = ""
    for name in _ADDRESSES:
        if isinstance(found := content.get(name), str):
            said = found
            break
    if not said and "media" in content:
        # A stored file: where it came from when another tool brought it, else its own number.
        said = str(attributes.get("address") or content["media"])
    return (shows, said) if said else ("", "")


def size_of(content: Mapping[str, Any], attributes: Mapping[str, Any]) -> tuple[float, float] | None:
    """Width and height of a picture in pixels, where they are known."""
    for said in (content, attributes):
        width, height = said.get("width"), said.get("height")
        if isinstance(width, int | float) and isinstance(height, int | float) and width > 0 and height > 0:
            return float(width), float(height)
    return None
