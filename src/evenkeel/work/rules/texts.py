"""Texts that came from outside, before they become names and JSON."""

from __future__ import annotations

import re
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _
from pydantic_core import to_json

from evenkeel.ground.errors import Invalid

NAME_LENGTH = 160
_MARKS = re.compile(rb"\\u0000|Infinity|NaN")


def checked_name(name: str, *, field: str = "name") -> str:
    """A name without blanks around it; `Invalid` when it is empty, too long, or holds a NUL, which no database keeps."""
    name = name.strip()
    if not name:
        raise Invalid(_("A name is missing."), fields={field: [_("Give it a name.")]})
    if len(name) > NAME_LENGTH or "\x00" in name:
        raise Invalid(_("The name cannot be used."), fields={field: [_("1 to %(n)d characters.") % {"n": NAME_LENGTH}]})
    return name


def holds_nul(said: Any) -> bool:
    """Whether a NUL hides anywhere in a JSON value, half a character or a number without end: no database's JSON keeps them."""
    if isinstance(said, str):
        return _holds_nul(said)
    try:
        # Written out, they show; what merely spells one in its text shows too, so only then each part is looked at.
        written = to_json(said)
    except ValueError:
        return _holds_nul(said)
    return _MARKS.search(written) is not None and _holds_nul(said)


def _holds_nul(said: Any) -> bool:
    if isinstance(said, str):
        # Plain letters are told apart at once; the others are tried.
        return "\x00" in said or not (said.isascii() or _is_whole(said))
    if isinstance(said, float):
        return not isfinite(said)
    if isinstance(said, dict):
        return any(_holds_nul(name) or _holds_nul(value) for name, value in said.items())
    return isinstance(said, list | tuple) and any(_holds_nul(value) for value in said)


def _is_whole(said: str) -> bool:
    try:
        said.encode()
    except UnicodeEncodeError:
        return False
    return True


def nul_place(said: Any) -> str:
    """Where the first of these hides, as `.name.3.name`; "" for the value itself or where there is none."""
    parts = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list | tuple) else ()
    for name, value in parts:
        if holds_nul(name) or holds_nul(value):
            return f".{name}{nul_place(value)}"
    return ""


def insist_on_free(taken: bool, name: str) -> None:
    """Raise `Invalid` when a name is taken."""
    if taken:
        raise Invalid(
            _("%(name)s is taken.") % {"name": name}, fields={"name": [_("There is one already; choose another.")]}
        )


def checked_text(text: str, *, field: str, limit: int = 4_000, is_obligatory: bool = True) -> str:
    """A text without blanks around it; `Invalid`, at its field, when it is missing, too long, or holds a NUL."""
    text = text.strip()
    if not text and is_obligatory:
        raise Invalid(_("Something is missing."), fields={field: [_("Write something.")]})
    if len(text) > limit or "\x00" in text:
        raise Invalid(_("The text cannot be used."), fields={field: [_("At most %(n)d characters.") % {"n": limit}]})
    return text
