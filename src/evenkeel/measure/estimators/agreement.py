from __future__ import annotations

from typing import ClassVar

from evenkeel.kernel import Estimate

from ..base import Finding, StudyMetric, Unit
from ..labels import LabelSet
from ..standard_errors import standard_error


class Agreement(StudyMetric):
    """A coefficient of agreement beyond chance, over items with two or more labels."""

    unit: ClassVar[Unit] = "number"
    digits: ClassVar[int] = 4
    # Its name among the kernel's coefficients.
    coefficient: ClassVar[str]

    @classmethod
    def evaluate(cls, labels: LabelSet) -> Finding:
        found: Estimate = getattr(labels.agreement, cls.coefficient)
        chance = labels.agreement.chance[cls.coefficient]
        return Finding(estimate=found, detail={"chance": chance, "standard_error": standard_error(found)})
