"""Judging a delivery by the standard's plans: which plan, which decisions, which verdict, and how strictly the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

import numpy as np

from evenkeel.kernel import AcceptancePlan, StandardPlan, Switching, keyed_u, keys64, score_gain, standard_plan

# Above 10 the standard counts errors per hundred items; a decision is right or wrong, so its AQL is a share.
LARGEST_AQL = 10.0
# A good delivery is accepted with this probability, a bad one with that: what a certificate tells of its plan.
_PRODUCER, _CONSUMER = 0.95, 0.10


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What an agreement says: AQL in percent, inspection level, kind of plan."""

    aql: float
    level: str = "II"
    plan_type: str = "single"


def plan_for(terms: Terms, *, lot: int, inspection: str) -> dict[str, Any]:
    """The standard's plan for a lot, as a delivery keeps it: code letter, sizes, accept and reject by sample.

    A plan of several samples that would be larger than the lot gives way to the single one; a single sample as large as
    the lot looks at all of it. Raises ValueError where the standard has none.

    >>> plan_for(Terms(aql=1.5), lot=5000, inspection="normal")["sizes"]
    [200]
    """
    found = _standard(terms, lot, inspection)
    if sum(found.plan.sizes) > lot and found.plan_type != "single":
        found = _standard(Terms(aql=terms.aql, level=terms.level), lot, inspection)
    sizes = found.plan.sizes if sum(found.plan.sizes) <= lot else (lot,)
    return {
        "code_letter": found.code_letter,
        "letter": found.letter,
        "plan_type": found.plan_type,
        "sizes": list(sizes),
        "accept": list(found.plan.accept),
        "reject": list(found.plan.reject),
        "looks_at_all": sizes == (lot,),
    }


def acceptance_plan(stored: Mapping[str, Any]) -> AcceptancePlan:
    """The kernel's plan from what a delivery keeps."""
    return AcceptancePlan(tuple(stored["sizes"]), tuple(stored["accept"]), tuple(stored["reject"]))


def sample_of(ids: Sequence[UUID], *, salt: int, sizes: Sequence[int]) -> list[list[tuple[UUID, float]]]:
    """The samples of a lot, one after another, each decision with its number: the smallest numbers first.

    A simple random sample without replacement that anybody with the salt draws again, whatever the order of the ids.

    >>> [len(part) for part in sample_of([UUID(int=n) for n in range(10)], salt=1, sizes=[3, 3])]
    [3, 3]
    """
    u = keyed_u(keys64(id_.bytes for id_ in ids), salt)
    # Two ids may share a number; the id itself settles who comes first.
    order = sorted(np.argsort(u, kind="stable")[: sum(sizes) + 64].tolist(), key=lambda place: (u[place], ids[place]))
    drawn = [(ids[place], float(u[place])) for place in order]
    ends = np.cumsum([0, *sizes])
    return [drawn[ends[stage] : ends[stage + 1]] for stage in range(len(sizes))]


def digest_of(ids: Sequence[UUID]) -> str:
    """SHA-256 of a delivery's ids, sorted, one a line: two people can tell that they mean the same decisions."""
    return sha256("\n".join(str(id_) for id_ in sorted(ids)).encode()).hexdigest()


def state_after(
    state: Switching, terms: Terms, stored: Mapping[str, Any], *, lot: int, errors: Sequence[int], is_steady: bool
) -> Switching:
    """Where inspection stands after a delivery that was judged; see `kernel.Switching` for the rules."""
    plan = acceptance_plan(stored)
    accepted = plan.verdict(list(errors)) == "accept"
    kind = Terms(aql=terms.aql, level=terms.level, plan_type=stored["plan_type"])
    # Of a lot that was looked at whole the score cannot be read off the standard's numbers of errors in a sample.
    if state.stage != "normal" or not accepted:
        gains = 0
    elif stored["looks_at_all"]:
        gains = 2
    else:
        gains = score_gain(_standard(kind, lot, "normal"), list(errors))
    return state.after(accepted=accepted, gains=gains, in_gap=plan.ends_reduced(list(errors)), is_steady=is_steady)


@dataclass(frozen=True, kw_only=True)
class Risks:
    """What a plan promises: the share of errors that it nearly always accepts, and the one that it nearly always rejects."""

    accepts_at: float  # accepted with 95 %
    rejects_at: float  # accepted with 10 %
    at_aql: float  # probability of acceptance at the AQL


def risks_of(stored: Mapping[str, Any], *, aql: float) -> Risks:
    """The plan's two points on its operating characteristic, by bisection, for independent decisions."""
    plan = acceptance_plan(stored)

    def at(chance: float) -> float:
        low, high = 0.0, 1.0
        for _step in range(40):
            middle = (low + high) / 2
            low, high = (middle, high) if plan.characteristics([middle]).accept[0] > chance else (low, middle)
        return (low + high) / 2

    return Risks(
        accepts_at=at(_PRODUCER), rejects_at=at(_CONSUMER), at_aql=float(plan.characteristics([aql / 100]).accept[0])
    )


def _standard(terms: Terms, lot: int, inspection: str) -> StandardPlan:
    return standard_plan(
        lot,
        aql=terms.aql,
        level=terms.level,  # type: ignore[arg-type]
        inspection=inspection,  # type: ignore[arg-type]
        plan_type=terms.plan_type,  # type: ignore[arg-type]
    )
