"""Guards between a person and what she must look at: by the queue's severity, and as she wants them."""

from __future__ import annotations

from dataclasses import dataclass

SPEEDS = (0.5, 0.75, 1, 1.25, 1.5, 2)
BREAK_MINUTES = (15, 180)
# From this severity on a guard is there unless she has said otherwise; at the highest two, blur cannot be switched off
# for good: each picture is revealed by hand.
_BLUR_FROM, _GREY_FROM, _MUTE_FROM, _SMALL_FROM, _BLUR_ALWAYS_FROM = 1, 2, 1, 3, 3


@dataclass(frozen=True, kw_only=True)
class Guards:
    """Which guards stand when an item is shown. `must_blur`: the person cannot switch blur off here."""

    blur: bool
    greyscale: bool
    mute: bool
    small: bool
    must_blur: bool
    speed: float = 1


def guards_for(
    severity: int,
    *,
    blur: bool | None = None,
    greyscale: bool | None = None,
    mute: bool | None = None,
    small: bool | None = None,
    speed: float = 1,
) -> Guards:
    """The guards of a queue of this severity for somebody with these wishes; None has no wish.

    >>> guards_for(0).blur, guards_for(2).greyscale, guards_for(4, blur=False).blur, guards_for(1, blur=False).blur
    (False, True, True, False)
    """

    def said(wish: bool | None, since: int) -> bool:
        return severity >= since if wish is None else wish

    must_blur = severity >= _BLUR_ALWAYS_FROM
    return Guards(
        blur=must_blur or said(blur, _BLUR_FROM),
        greyscale=said(greyscale, _GREY_FROM),
        mute=said(mute, _MUTE_FROM),
        small=said(small, _SMALL_FROM),
        must_blur=must_blur,
        speed=speed,
    )
