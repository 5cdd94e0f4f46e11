from __future__ import annotations

from typing import ClassVar

from evenkeel.kernel import Estimate, rogan_gladen, weighted_rate

from ..base import Held
from .composed import Composed
from .rate import Rate


class CorrectedRate(Composed):
    """A share freed from its judges' errors: Rogan and Gladen's, with Lang and Reiczigel's interval.

    `apparent` is the share as judged; `finds` the share of what is so that judges call so, `spares` the share of what is not
    so that they do not. Unknown until both were measured, and where they are no better than chance.
    """

    apparent: ClassVar[type[Rate]]
    finds: ClassVar[str]
    spares: ClassVar[str]

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return (cls.apparent.slug, cls.finds, cls.spares)

    @classmethod
    def figure(cls, held: Held) -> Estimate:
        seen = cls.apparent.estimate(held.of(cls.apparent.slug))
        finds, spares = held.of(cls.finds), held.of(cls.spares)
        if not (seen.is_known and finds.n > 0 and spares.n > 0) or finds.ratio + spares.ratio <= 1:
            return Estimate.unknown(method="rogan_gladen", n=seen.n)
        found = rogan_gladen(
            seen.value * seen.n_effective,
            seen.n_effective,
            sensitivity=min(max(finds.ratio, 0.0), 1.0),
            specificity=min(max(spares.ratio, 0.0), 1.0),
            sensitivity_n=weighted_rate(finds).n_effective,
            specificity_n=weighted_rate(spares).n_effective,
        )
        return Estimate(found.value, found.low, found.high, seen.n, found.n_effective, found.method, found.level)
