"""Parts that hold other things: card, call-out, empty state, dialog, menu, statistic."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.template import Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .estimates import estimate, figure
from .marks import TONES

library = Library()
_numbers = count(1)


@library.simple_block_tag
def card(
    content: str,
    *,
    title: object = "",
    icon: str = "",
    id: str = "",  # noqa: A002
    href: str = "",
    level: int = 2,
    flush: bool = False,
) -> SafeString:
    """A bordered section. `flush` lets a table or list reach the border."""
    return render_to_string("ground/parts/card.html", locals())


@library.simple_block_tag
def note(content: str, *, tone: str = "info", title: object = "") -> SafeString:
    """A call-out within a page."""
    return render_to_string("ground/parts/note.html", {**locals(), "icon": TONES[tone] or "info"})


@library.simple_block_tag
def empty_state(content: str, *, title: object, icon: str = "inbox", action: object = "", href: str = "") -> SafeString:
    """What a page says when there is nothing yet: what would be here, and how it gets here."""
    return render_to_string("ground/parts/empty_state.html", locals())


@library.simple_block_tag
def dialog(content: str, *, id: str, title: object, wide: bool = False) -> SafeString:  # noqa: A002
    """A native <dialog>, opened by a button with `dialog=id`."""
    return render_to_string("ground/parts/dialog.html", locals())


@library.simple_block_tag
def menu(
    content: str, label: object, *, icon: str = "", kind: str = "secondary", size: str = "", icon_only: bool = False
) -> SafeString:
    """A drop-down of links and buttons (class `menu-item`)."""
    return render_to_string("ground/parts/menu.html", {**locals(), "id": unique("menu")})


@library.simple_tag
def stat(
    label: object,
    value: Any,
    *,
    kind: str = "count",
    help: object = "",  # noqa: A002
    href: str = "",
    change: Any = None,
    **how: Any,
) -> SafeString:
    """A tile with one figure. An estimate comes with its interval and n; a plain number is taken as counted.

    `change` is an estimate of the difference; for a share it reads in percentage points.
    """
    is_estimated = value is None or hasattr(value, "low") or isinstance(value, dict)
    how |= {"kind": kind, "href": href}
    shown = estimate(value, label=str(label), **how) if is_estimated else figure(value, **how)
    moved = estimate(change, kind="points" if kind == "percent" else kind, plain=True) if change is not None else ""
    return render_to_string("ground/parts/stat.html", {"label": label, "shown": shown, "help": help, "moved": moved})


def unique(prefix: str) -> str:
    """An id that no other part of this process has, so that two menus on a page are told apart."""
    return f"{prefix}-{next(_numbers)}"
