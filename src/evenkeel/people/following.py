"""What rooms above do about their own rows when a worker is erased, within the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

Follower = TypeVar("Follower", bound=Callable[[UUID], None])

_followers: list[Callable[[UUID], None]] = []
_account_followers: list[Callable[[UUID], None]] = []


def follows_erasure(function: Follower) -> Follower:
    """Register what else there is to do once all references point at the pseudonym, which it is given.

    For keys that are made of a worker's id, and for values about her that no count needs. Tables that only grow are open
    for changes then. Registering twice is harmless.
    """
    if function not in _followers:
        _followers.append(function)
    return function


def follows_account(function: Follower) -> Follower:
    """Register what else there is to do when the account of somebody who is erased is forgotten; it is given the person.

    For words that she wrote under her account and not as a worker. Registering twice is harmless.
    """
    if function not in _account_followers:
        _account_followers.append(function)
    return function


def let_everybody_forget(person_id: UUID) -> None:
    """Call all of those; within the transaction of the erasure, while the account is still there."""
    for follower in _account_followers:
        follower(person_id)


def let_everybody_follow(pseudonym: UUID) -> None:
    """Call all of them; within the transaction of the erasure."""
    for follower in _followers:
        follower(pseudonym)
