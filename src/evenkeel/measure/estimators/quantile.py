from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from evenkeel.kernel import Estimate, histogram_quantile

from ..base import PLACES, FigureMetric, Held, Unit


class Quantile(FigureMetric):
    """A quantile of another metric's values, from histograms that tell it to within 1 %.

    Histograms are kept by place, not by person: hundreds of buckets for everybody and every day would outgrow the log.
    """

    unit: ClassVar[Unit] = "duration_ms"
    of: ClassVar[str]
    p: ClassVar[float]
    scale: ClassVar[float] = 1.0
    places: ClassVar[tuple[str, ...]] = PLACES

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ()

    @classmethod
    def sketched_from(cls) -> tuple[str, ...]:
        return (cls.of,)

    @classmethod
    def people_of(cls) -> str:
        return cls.of

    @classmethod
    def figure(cls, held: Held) -> Estimate:
        return scaled(histogram_quantile(held.sketch(cls.of), p=cls.p), cls.scale)


def scaled(found: Estimate, scale: float) -> Estimate:
    """The same in another unit."""
    return replace(found, value=found.value * scale, low=found.low * scale, high=found.high * scale)
