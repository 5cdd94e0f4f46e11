"""Second audits on plain values: which verdicts are drawn, when an expert is asked, and what a settled case stands for."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from evenkeel.kernel import keyed_u, keys64

# An expert is asked about a pair by another number than the one that drew the verdict.
_SETTLING = 0x5E771E


@dataclass(frozen=True, kw_only=True)
class Odds:
    """A plan's rule of second audits: odds by what the first verdict said, and for pairs that agree."""

    share_right: float
    share_wrong: float
    settle_agreed: float
    salt: int

    def of(self, *, is_right: bool) -> float:
        """The odds of a verdict that found the decision right, or wrong."""
        return self.share_right if is_right else self.share_wrong


def check_u(verdict_id: UUID, salt: int) -> float:
    """The verdict's keyed number in [0, 1): it is drawn when this lies below its odds; the same for whoever asks again.

    >>> check_u(UUID(int=7), 1) == check_u(UUID(int=7), 1)
    True
    """
    return float(keyed_u(keys64([verdict_id.bytes]), salt)[0])


def settle_odds(odds: Odds, *, agreed: bool) -> float:
    """The odds that an expert is asked: certain where the two differ, `settle_agreed` where they agree."""
    return odds.settle_agreed if agreed else 1.0


def goes_to_expert(check_id: UUID, odds: Odds, *, agreed: bool) -> bool:
    """Whether an expert settles the pair.

    >>> goes_to_expert(UUID(int=1), Odds(share_right=1, share_wrong=1, settle_agreed=0.1, salt=3), agreed=False)
    True
    """
    return check_u(check_id, odds.salt ^ _SETTLING) < settle_odds(odds, agreed=agreed)


def stands_for(*, draw_pi: float, plans: int | None, check_pi: float, settle_pi: float) -> float:
    """The odds with which a settled case came to be one: 1 / this many decisions are told of by it.

    The draw's own odds are among them, shared by as many plans as might have drawn it, so that auditors' errors are
    averaged over the same decisions as the accuracy that they correct.

    >>> stands_for(draw_pi=0.1, plans=None, check_pi=0.5, settle_pi=1.0)
    0.05
    """
    return draw_pi * max(plans or 1, 1) * check_pi * settle_pi
