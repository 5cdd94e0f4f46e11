"""What rooms above do about their own rows when a worker is erased, within the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

Follower = TypeVar("Follower", bound=Callable[[UUID], None])

_followers: list[Callable[[UUID], None]] = []


def follows_erasure(function: Follower) -> Follower:
    """Register what else there is to do once all references point at the pseudonym, which it is given.

    For keys that are made of a worker's id, and for values about her that no count needs. Tables that only grow are open
    for changes then. Registering twice is harmless.
    """
    if function not in _followers:
        _followers.append(function)
    return function


def let_everybody_follow(pseudonym: UUID) -> None:
    """Call all of them; within the transaction of the erasure."""
    for follower in _followers:
        follower(pseudonym)
