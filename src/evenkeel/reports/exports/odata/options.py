"""The query options of OData, checked against a set's properties."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .errors import Unfit

PAGE = 5_000
_KNOWN = ("select", "filter", "orderby", "top", "skip", "count", "format", "skiptoken")


@dataclass(frozen=True, kw_only=True)
class Options:
    """What of a set is wanted. `offset` rows were handed out on pages before this one."""

    select: tuple[str, ...]
    filter: str
    order: tuple[tuple[str, bool], ...]
    top: int | None
    skip: int
    counts: bool
    offset: int
    page: int

    @property
    def start(self) -> int:
        """Where this page begins."""
        return self.skip + self.offset

    @property
    def size(self) -> int:
        """How many rows it may have."""
        return self.page if self.top is None else max(0, min(self.page, self.top - self.offset))


def options_of(said: Mapping[str, Any], *, names: Sequence[str], page: int | None = None) -> Options:
    """Read the options of an address; `page` is the size that the client would like. Raises `Unfit`."""
    for name in said:
        if name.startswith("$") and name[1:] not in _KNOWN:
            sentence = _("%(name)s is not offered; there are %(known)s.")
            known = ", ".join(f"${word}" for word in _KNOWN)
            raise Unfit(sentence % {"name": name[:40], "known": known}, status=501, code="not-implemented")
    if said.get("$format", "json").split(";")[0] not in ("json", "application/json"):
        raise Unfit(_("Only JSON is offered."), status=406, code="not-acceptable")
    select = tuple(word.strip() for word in said.get("$select", "").split(",") if word.strip() not in ("", "*"))
    for word in select:
        _insist(word, names)
    return Options(
        select=tuple(dict.fromkeys(select)) or tuple(names),
        filter=said.get("$filter", "").strip(),
        order=_order(said.get("$orderby", ""), names),
        top=_whole(said, "$top"),
        skip=_whole(said, "$skip") or 0,
        counts=_yes(said.get("$count", "false")),
        offset=_offset(said.get("$skiptoken", "")),
        page=min(max(page or PAGE, 1), PAGE),
    )


def token_of(offset: int) -> str:
    """A `$skiptoken`: opaque to whoever follows it."""
    return base64.urlsafe_b64encode(json.dumps({"o": offset}).encode()).decode().rstrip("=")


def _offset(token: str) -> int:
    if not token:
        return 0
    try:
        found = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))["o"]
        if not isinstance(found, int) or not 0 <= found < 2**53:
            raise ValueError
    except (ValueError, KeyError, TypeError):
        raise Unfit(_("This $skiptoken was not made here.")) from None
    return found


def _order(said: str, names: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    found = []
    for part in said.split(",") if said.strip() else []:
        words = part.split()
        if not words or len(words) > 2 or (len(words) == 2 and words[1] not in ("asc", "desc")):
            raise Unfit(_("$orderby reads: property, or property desc; several by commas."))
        _insist(words[0], names)
        found.append((words[0], words[-1] == "desc"))
    return tuple(found)


def _insist(name: str, names: Sequence[str]) -> None:
    if name not in names:
        sentence = _("There is no property “%(name)s”; there are %(known)s.")
        raise Unfit(sentence % {"name": name[:40], "known": ", ".join(names)})


def _whole(said: Mapping[str, Any], name: str) -> int | None:
    text = said.get(name)
    if text is None:
        return None
    if not text.isdecimal() or len(text) > 15:
        raise Unfit(_("%(name)s is a whole number.") % {"name": name})
    return int(text)


def _yes(said: str) -> bool:
    if said not in ("true", "false"):
        raise Unfit(_("$count is true or false."))
    return said == "true"
