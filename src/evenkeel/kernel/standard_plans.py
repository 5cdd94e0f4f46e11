"""MIL-STD-105E (1989, public domain; the same tables as ANSI/ASQ Z1.4 and ISO 2859-1): which plan for which lot.

The master tables are diagonals: one step to a larger code letter and one step to a smaller AQL lead to the same acceptance
numbers. So a table is a list of sample sizes, a list of acceptance numbers, and how an arrow is followed where a cell is
empty. Double and multiple plans follow from the single plan of the same cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from .acceptance import AcceptancePlan

Inspection = Literal["normal", "tightened", "reduced"]
PlanType = Literal["single", "double", "multiple"]
InspectionLevel = Literal["S-1", "S-2", "S-3", "S-4", "I", "II", "III"]

AQLS = (0.01, 0.015, 0.025, 0.04, 0.065, 0.1, 0.15, 0.25, 0.4, 0.65, 1.0, 1.5, 2.5, 4.0, 6.5, 10.0, 15.0, 25.0, 40.0,
        65.0, 100.0, 150.0, 250.0, 400.0, 650.0, 1000.0)  # fmt: skip
LETTERS = "ABCDEFGHJKLMNPQR"

# Table I: the largest lot of each row, and its code letters by level S-1, S-2, S-3, S-4, I, II, III.
_LOTS = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000)
_CODES = ("AAAAAAB", "AAAAABC", "AABBBCD", "ABBCCDE", "BBCCCEF", "BBCDDFG", "BCDEEGH", "BCDEFHJ", "CCEFGJK", "CDEGHKL",
          "CDFGJLM", "CDFHKMN", "DEGJLNP", "DEGJMPQ", "DEHKNQR")  # fmt: skip

# Sample sizes by letter; tightened inspection goes one letter further (S).
_SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150)
_REDUCED_SIZES = (2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800)

# Diagonal (letter's place + AQL's place) -> (accept, reject). What is missing is an arrow.
_NORMAL = {14: 0, 17: 1, 18: 2, 19: 3, 20: 5, 21: 7, 22: 10, 23: 14, 24: 21, 25: 30, 26: 44}
_TIGHTENED = {15: 0, 18: 1, 19: 2, 20: 3, 21: 5, 22: 8, 23: 12, 24: 18, 25: 27, 26: 41}
_REDUCED = {14: (0, 1), 17: (0, 2), 18: (1, 3), 19: (1, 4), 20: (2, 5), 21: (3, 6), 22: (5, 8), 23: (7, 10), 24: (10, 13),
            25: (14, 17), 26: (21, 24)}  # fmt: skip
# Two items leave no room for a gap: the reduced table's first letters have numbers of their own.
_REDUCED_A = {17: (1, 2), 18: (2, 3), 19: (3, 4), 20: (5, 6), 21: (7, 8), 22: (10, 11), 23: (14, 15), 24: (21, 22),
              25: (30, 31)}  # fmt: skip
_REDUCED_B = {18: (1, 3), 19: (2, 4), 20: (3, 5), 21: (5, 6), 22: (7, 8), 23: (10, 11), 24: (14, 15), 25: (21, 22),
              26: (30, 31)}  # fmt: skip
# From letter F on the tables stop at diagonal 24.
_LAST_OF_SMALL, _LAST, _SMALL_LETTERS = 26, 24, 5

_Numbers = tuple[tuple[int, ...], tuple[int, ...]]

# Single (accept, reject) -> (accept, reject) of each stage; -1: not at this stage.
_DOUBLE: dict[tuple[int, int], _Numbers] = {
    (1, 2): ((0, 1), (2, 2)),
    (2, 3): ((0, 3), (3, 4)),
    (3, 4): ((1, 4), (4, 5)),
    (5, 6): ((2, 6), (5, 7)),
    (7, 8): ((3, 8), (7, 9)),
    (8, 9): ((3, 11), (7, 12)),
    (10, 11): ((5, 12), (9, 13)),
    (12, 13): ((6, 15), (10, 16)),
    (14, 15): ((7, 18), (11, 19)),
    (18, 19): ((9, 23), (14, 24)),
    (21, 22): ((11, 26), (16, 27)),
    (27, 28): ((15, 34), (20, 35)),
    (30, 31): ((17, 37), (22, 38)),
    (41, 42): ((23, 52), (29, 53)),
    (44, 45): ((25, 56), (31, 57)),
    # Reduced.
    (0, 2): ((0, 0), (2, 2)),
    (1, 3): ((0, 0), (3, 4)),
    (1, 4): ((0, 1), (4, 5)),
    (2, 5): ((0, 3), (4, 6)),
    (3, 6): ((1, 4), (5, 7)),
    (5, 8): ((2, 6), (7, 9)),
    (7, 10): ((3, 8), (8, 12)),
    (10, 13): ((5, 12), (10, 16)),
    (14, 17): ((7, 18), (12, 22)),
    (21, 24): ((11, 26), (17, 30)),
}
_MULTIPLE: dict[tuple[int, int], _Numbers] = {
    (1, 2): ((-1, -1, 0, 0, 1, 1, 2), (2, 2, 2, 3, 3, 3, 3)),
    (2, 3): ((-1, 0, 0, 1, 2, 3, 4), (2, 3, 3, 4, 4, 5, 5)),
    (3, 4): ((-1, 0, 1, 2, 3, 4, 6), (3, 3, 4, 5, 6, 6, 7)),
    (5, 6): ((-1, 1, 2, 3, 5, 7, 9), (4, 5, 6, 7, 8, 9, 10)),
    (7, 8): ((0, 1, 3, 5, 7, 10, 13), (4, 6, 8, 10, 11, 12, 14)),
    (8, 9): ((0, 2, 4, 6, 9, 12, 14), (4, 7, 9, 11, 12, 14, 15)),
    (10, 11): ((0, 3, 6, 8, 11, 14, 18), (5, 8, 10, 13, 15, 17, 19)),
    (12, 13): ((0, 3, 7, 10, 14, 18, 21), (6, 9, 12, 15, 17, 20, 22)),
    (14, 15): ((1, 4, 8, 12, 17, 21, 25), (7, 10, 13, 17, 20, 23, 26)),
    (18, 19): ((1, 6, 11, 16, 22, 27, 32), (8, 12, 17, 22, 25, 29, 33)),
    (21, 22): ((2, 7, 13, 19, 25, 31, 37), (9, 14, 19, 25, 29, 33, 38)),
    (27, 28): ((3, 10, 17, 24, 32, 40, 48), (10, 17, 24, 31, 37, 43, 49)),
    (30, 31): ((4, 11, 19, 27, 36, 45, 53), (12, 19, 27, 34, 40, 47, 54)),
    (41, 42): ((6, 16, 26, 37, 49, 61, 72), (15, 25, 36, 46, 55, 64, 73)),
    (44, 45): ((6, 17, 29, 40, 53, 65, 77), (16, 27, 39, 49, 58, 68, 78)),
    # Reduced.
    (0, 2): ((-1, -1, 0, 0, 0, 0, 1), (2, 2, 2, 3, 3, 3, 3)),
    (1, 3): ((-1, -1, 0, 0, 0, 1, 1), (2, 3, 3, 4, 4, 5, 5)),
    (1, 4): ((-1, -1, 0, 0, 1, 1, 2), (3, 3, 4, 5, 6, 6, 7)),
    (2, 5): ((-1, 0, 0, 1, 2, 3, 4), (3, 4, 5, 6, 7, 7, 8)),
    (3, 6): ((-1, 0, 1, 2, 3, 4, 6), (4, 5, 6, 7, 8, 9, 10)),
    (5, 8): ((-1, 1, 2, 3, 5, 7, 9), (4, 6, 8, 10, 11, 12, 14)),
    (7, 10): ((0, 1, 3, 5, 7, 10, 13), (5, 7, 9, 12, 13, 15, 17)),
    (10, 13): ((0, 3, 6, 8, 11, 14, 18), (6, 9, 12, 15, 17, 20, 22)),
}


@dataclass(frozen=True, slots=True)
class StandardPlan:
    """A plan of the standard: the lot's `code_letter`, the `letter` it was found at after following arrows, the plan.

    `plan_type` may be simpler than asked: where the standard has no multiple plan it says to take the double, and where it
    has no double the single. `looks_at_all`: the sample is as large as the lot or larger, so look at every item.
    """

    code_letter: str
    letter: str
    aql: float
    inspection: Inspection
    plan_type: PlanType
    plan: AcceptancePlan
    looks_at_all: bool = False


def code_letter(lot: int, *, level: InspectionLevel = "II") -> str:
    """The sample size code letter of a lot (table I). Raises ValueError for a lot below 2 or an unknown level.

    >>> code_letter(5000), code_letter(5000, level="S-2")
    ('L', 'D')

    Reference: MIL-STD-105E (1989), table I.
    """
    if lot < 2:
        raise ValueError(f"a lot has 2 items or more, not {lot}")
    if level not in get_args(InspectionLevel):
        raise ValueError(f"unknown inspection level {level!r}: choose one of {', '.join(get_args(InspectionLevel))}")
    row = sum(lot > largest for largest in _LOTS)
    return _CODES[row][get_args(InspectionLevel).index(level)]


def standard_plan(
    lot: int | None,
    *,
    aql: float,
    level: InspectionLevel = "II",
    inspection: Inspection = "normal",
    plan_type: PlanType = "single",
    letter: str | None = None,
) -> StandardPlan:
    """The plan of MIL-STD-105E for a lot: tables I, II-A to II-C (single), III (double) and IV (multiple).

    `aql`: acceptable share of wrong items in percent (above 10: errors per hundred items), one of `AQLS`. `letter`
    replaces the lot's code letter. Arrows are followed as the tables say. A sample that would be larger than the lot
    stands for the whole lot. Raises ValueError for an AQL, level, inspection or type that the standard does not have.

    >>> found = standard_plan(5000, aql=1.5)
    >>> found.letter, found.plan.sizes, found.plan.accept, found.plan.reject
    ('L', (200,), (7,), (8,))
    >>> standard_plan(5000, aql=1.5, plan_type="double").plan
    AcceptancePlan(sizes=(125, 125), accept=(3, 8), reject=(7, 9))

    Reference: MIL-STD-105E (1989), tables I to IV; ISO 2859-1:1999.
    """
    if aql not in AQLS:
        raise ValueError(f"the standard has no AQL of {aql:g}: choose one of {', '.join(f'{each:g}' for each in AQLS)}")
    if inspection not in get_args(Inspection):
        raise ValueError(f"unknown inspection {inspection!r}: choose one of {', '.join(get_args(Inspection))}")
    if plan_type not in get_args(PlanType):
        raise ValueError(f"unknown type {plan_type!r}: choose one of {', '.join(get_args(PlanType))}")
    if letter is None:
        if lot is None:
            raise ValueError("give the lot's size or a code letter")
        letter = code_letter(lot, level=level)
    elif letter not in LETTERS or len(letter) != 1:
        raise ValueError(f"the standard has no code letter {letter!r}")
    place, accept, reject = _cell(LETTERS.index(letter), AQLS.index(aql), inspection)
    sizes = _REDUCED_SIZES if inspection == "reduced" else _SIZES
    plan, kind = _of_type(sizes[place], accept, reject, plan_type)
    found = (LETTERS + "S")[place]
    return StandardPlan(letter, found, aql, inspection, kind, plan, lot is not None and plan.sizes[0] >= lot)


def tighter_accept(plan: StandardPlan) -> int | None:
    """The acceptance number of the next smaller AQL at the same sample size; None where accept is below 2.

    For the switching score: an AQL one step tighter is the same row of the table, one column to the left.
    """
    numbers = sorted(_NORMAL.values())
    if plan.plan_type != "single" or plan.plan.accept[0] < 2:
        return None
    return numbers[numbers.index(plan.plan.accept[0]) - 1]


def _cell(place: int, column: int, inspection: Inspection) -> tuple[int, int, int]:
    """Letter's place, accept, reject, with arrows followed: straight up or down the column of the AQL."""
    if (own := _numbers(place, column, inspection)) is not None:
        return place, *own
    # Left of the zeros' diagonal arrows point down to a larger sample, right of the last one up to a smaller. Of the two
    # cells between 0 and 1 the first points up and the second down; tightened, both down. Where the table ends: the other.
    zero = 15 if inspection == "tightened" else 14
    at = place + column
    down, up = range(place + 1, len(LETTERS) + (inspection == "tightened")), range(place - 1, -1, -1)
    is_up = at > zero + 2 or (at == zero + 1 and inspection != "tightened")
    for other in (*up, *down) if is_up else (*down, *up):
        if (found := _numbers(other, column, inspection)) is not None:
            return other, *found
    raise AssertionError("every column of the tables has a plan")


def _numbers(place: int, column: int, inspection: Inspection) -> tuple[int, int] | None:
    """Accept and reject of a cell, None for an arrow."""
    at = place + column
    if at > (_LAST_OF_SMALL if place < _SMALL_LETTERS else _LAST):
        return None
    if inspection == "reduced":
        special = {0: _REDUCED_A, 1: _REDUCED_B}.get(place, {}) if at > 16 else {}
        if place < 2 and at > 17:
            return special.get(at)
        return special.get(at) or _REDUCED.get(at)
    if inspection == "tightened":
        if place == 0 and at == 15:
            return None
        accept = _TIGHTENED.get(at)
        if place == len(LETTERS) and at != 18:
            return None
    else:
        accept = _NORMAL.get(at)
    return None if accept is None else (accept, accept + 1)


def _of_type(size: int, accept: int, reject: int, plan_type: PlanType) -> tuple[AcceptancePlan, PlanType]:
    """Double stages are one size smaller than the single sample, multiple ones three."""
    at = _SIZES.index(size)
    if plan_type == "multiple" and at >= 3 and (accept, reject) in _MULTIPLE:
        most, least = _MULTIPLE[accept, reject]
        return AcceptancePlan((_SIZES[at - 3],) * 7, most, least), "multiple"
    if plan_type != "single" and at >= 1 and (accept, reject) in _DOUBLE:
        most, least = _DOUBLE[accept, reject]
        return AcceptancePlan((_SIZES[at - 1],) * 2, most, least), "double"
    return AcceptancePlan((size,), (accept,), (reject,)), "single"
