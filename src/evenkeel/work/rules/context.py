"""What a client tells of how a decision was made, cut to what can be true."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid

_ACT = re.compile(r"[a-z][a-z0-9_]{0,39}")
_ACTS, _TIMES, _BUILD = 30, 1_000_000, 40


@dataclass(frozen=True, kw_only=True)
class Told:
    """When the item was on screen, how long until the first key or click, how long until it was sent; and by what.

    `active_ms` is active time, not time that passed. `media_acts` counts what was done with the media: reveal, play, ...
    """

    active_ms: int | None = None
    shown_at: datetime | None = None
    first_act_ms: int | None = None
    submit_ms: int | None = None
    media_acts: Mapping[str, int] | None = None
    client_build: str | None = None
    # Whether a label suggested for the item was on show. The queue's rule says more; this says what it cannot know.
    prelabel_seen: bool = False


NOTHING_TOLD = Told()


def check_told(told: Told) -> None:
    """Raise `Invalid`, field by field, for what no client of ours could mean."""
    faults: dict[str, list[str]] = {}
    if told.media_acts is not None and not _are_counts(told.media_acts):
        faults["media_acts"] = [_("Up to %(n)d names in small letters, each with how often.") % {"n": _ACTS}]
    if told.client_build is not None and (len(told.client_build) > _BUILD or "\x00" in told.client_build):
        faults["client_build"] = [_("A build has at most %(n)d characters.") % {"n": _BUILD}]
    if told.shown_at is not None and told.shown_at.tzinfo is None:
        faults["shown_at"] = [_("A moment needs its zone.")]
    if faults:
        raise Invalid(_("What was told of the decision cannot be kept."), fields=faults)


def plausible(told: Told, *, taken_at: datetime, now: datetime) -> Told:
    """The same, cut to the time that has passed since the lease was taken.

    A browser's clock may be wrong and a program may say anything; nobody worked longer than she had the item. An item
    was shown between hand-out and now, sent no later than now, and first touched before it was sent.
    """
    passed_ms = max(0, int((now - taken_at).total_seconds() * 1000))
    shown_at = told.shown_at
    if shown_at is None and told.first_act_ms is None and told.submit_ms is None:
        active_ms = _cut(told.active_ms, passed_ms)
        return told if active_ms == told.active_ms else replace(told, active_ms=active_ms)
    if shown_at is not None:
        shown_at = min(max(shown_at, taken_at), now)
    submit_ms = _cut(told.submit_ms, passed_ms)
    if shown_at is not None and submit_ms is not None:
        submit_ms = min(submit_ms, int((now - shown_at) / timedelta(milliseconds=1)))
    return Told(
        active_ms=_cut(told.active_ms, passed_ms),
        shown_at=shown_at,
        first_act_ms=_cut(told.first_act_ms, passed_ms if submit_ms is None else submit_ms),
        submit_ms=submit_ms,
        media_acts=told.media_acts,
        client_build=told.client_build,
        prelabel_seen=told.prelabel_seen,
    )


def _cut(said: int | None, most: int) -> int | None:
    return None if said is None else max(0, min(said, most))


def _are_counts(said: Mapping[str, Any]) -> bool:
    return len(said) <= _ACTS and all(
        _ACT.fullmatch(name) and isinstance(n, int) and not isinstance(n, bool) and 0 <= n <= _TIMES
        for name, n in said.items()
    )
