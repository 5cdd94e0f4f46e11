"""What an item's columns become: a conversation, a text, attributes."""

from __future__ import annotations

from collections.abc import Mapping

from ..kinds.items.conversation import conversation_content
from .items import NewItem

NOT_CONTENT = ("item", "truth")
TEXT, CONTEXT, RESPONSE, LANGUAGE = "text", "context", "response", "language"
ROLES = (*NOT_CONTENT, TEXT, CONTEXT, RESPONSE, LANGUAGE)


def item_from_cells(key: str, cells: Mapping[str, str]) -> NewItem:
    """An item from its row.

    `context` and `response` make a conversation, `text` a text, `language` its language; everything else is an attribute.
    Without any of these the attributes themselves are what there is to decide about, and without those the key.

    >>> made = item_from_cells("7", {"item": "7", "text": "Buy gold!", "market": "SG"})
    >>> made.kind, made.content, made.attributes
    ('text', {'text': 'Buy gold!'}, {'market': 'SG'})
    """
    attributes = {name: value for name, value in cells.items() if name not in ROLES and value.strip()}
    language = cells.get(LANGUAGE, "").strip()
    context, response = cells.get(CONTEXT, ""), cells.get(RESPONSE, "")
    if context.strip() or response.strip():
        content = conversation_content(context, response)
        return NewItem(key=key, kind="conversation", content=content, language=language, attributes=attributes)
    text = cells.get(TEXT, "")
    if not text.strip():
        text = "\n".join(f"{name}: {value}" for name, value in attributes.items()) or key
    return NewItem(key=key, kind="text", content={"text": text}, language=language, attributes=attributes)


def unknown_item(key: str) -> NewItem:
    """An item of which the labels' file tells the key alone."""
    return NewItem(key=key, kind="text", content={"text": key})
