"""When a second person's look is the same as the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from .rules_coding import Together, together
from .rules_recipes import Difference

# Two coders who agree less than this do not tell the same story.
LEAST_AGREEMENT = 0.8
# Fewer coded cases than these are no sample to code again.
LEAST_CODED = 5


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a validation found. `differing`: the cases that the two coded otherwise; `blocking`: what stands against it."""

    agreement: Together
    differing: tuple[UUID, ...]
    blocking: tuple[Difference, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing stands against it."""
        return not self.blocking


def finding_of(
    *, result: Sequence[Difference], first: Mapping[UUID, str], second: Mapping[UUID, str], sample: Sequence[UUID]
) -> Finding:
    """Compare results and codings (cause by case) over the sample. Every difference of the result blocks; so does
    agreement on fewer than four cases in five. Raises KeyError for a case of the sample that was not coded by both.
    """
    pairs = [(first[case], second[case]) for case in sample]
    said = together(pairs)
    differing = tuple(case for case, (one, other) in zip(sample, pairs, strict=True) if one != other)
    blocking = list(result)
    if len(differing) > (1 - LEAST_AGREEMENT) * len(pairs) + 1e-9:
        blocking.append(Difference(kind="coding", said={"differing": len(differing), "cases": len(pairs)}))
    return Finding(agreement=said, differing=differing, blocking=tuple(blocking))
