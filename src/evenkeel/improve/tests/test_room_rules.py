"""Rules of the investigation room, with plain values: no database."""

from __future__ import annotations

from uuid import UUID

import pytest

from evenkeel.improve.rules_accountability import Spread, derive
from evenkeel.improve.rules_coding import drawn_share, locked, together, understandings
from evenkeel.improve.rules_pareto import CodedCase, pareto_lines
from evenkeel.improve.rules_recipes import Difference, digest_of, in_data, in_result
from evenkeel.improve.rules_validation import finding_of
from evenkeel.kernel import Estimate

CASES = [UUID(int=number) for number in range(1, 41)]


def test_a_fifth_is_coded_twice_and_never_fewer_than_five() -> None:
    assert len(drawn_share(CASES, salt=UUID(int=7))) == 8
    assert len(drawn_share(CASES[:10], salt=UUID(int=7))) == 5
    assert len(drawn_share(CASES[:3], salt=UUID(int=7))) == 3
    assert drawn_share([], salt=UUID(int=7)) == []


def test_the_share_is_keyed_so_nobody_chooses() -> None:
    share = drawn_share(CASES, salt=UUID(int=7))
    assert share == drawn_share(list(reversed(CASES)), salt=UUID(int=7))
    assert share != drawn_share(CASES, salt=UUID(int=8))


def test_agreement_is_cohens_kappa_with_its_interval() -> None:
    # Cohen (1960): 35 of 50 alike with margins 25/20 and 30/20 of the usual textbook table gives kappa .40.
    pairs = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    found = together(pairs)
    assert found.percent.value == pytest.approx(0.70)
    assert found.kappa.value == pytest.approx(0.40)
    assert found.kappa.low < 0.40 < found.kappa.high
    assert together([]).cases == 0


def test_a_cause_that_is_not_understood_alike_is_locked() -> None:
    muddled = [("attention", "knowledge_gap"), ("knowledge_gap", "attention")] * 6
    clear = [("tool", "tool")] * 20
    found = understandings(muddled + clear)
    assert locked(found) == {"attention", "knowledge_gap"}
    assert not found["tool"].is_locked
    # Too few cases say nothing.
    assert locked(understandings(muddled[:6] + clear)) == set()
    assert understandings([]) == {}


def test_a_pareto_counts_all_errors_and_not_the_drawn_ones() -> None:
    cases = [CodedCase(cause="tool", pi=0.1, severity=1)] * 2 + [CodedCase(cause="model", pi=1.0, severity=4)] * 5
    by_count = pareto_lines(cases)
    assert [(line.cause, line.total.value) for line in by_count] == [("tool", 20.0), ("model", 5.0)]
    assert by_count[0].share.value == pytest.approx(0.8)
    assert by_count[0].share.low < 0.8 < by_count[0].share.high
    by_severity = pareto_lines(cases, by="severity")
    assert [(line.cause, line.total.value) for line in by_severity] == [("model", 20.0), ("tool", 20.0)]
    assert pareto_lines(cases, by="money") == []


def spread(name: str, before: tuple[int, int], now: tuple[int, int], *, wrong: int = 8, house: bool = False) -> Spread:
    return Spread(
        organisation=name, name=name, is_house=house, errors_before=before[0], n_before=before[1],
        errors_now=now[0], n_now=now[1], people=10, people_wrong=wrong,
    )  # fmt: skip


STEADY = spread("South", (10, 200), (5, 100))


@pytest.mark.parametrize(
    ("verdict", "spreads", "party", "why"),
    [
        ("localised", [spread("North", (10, 200), (40, 100)), STEADY], "vendor", "one_vendor"),
        ("localised", [spread("North", (10, 200), (40, 100)), spread("S", (9, 200), (30, 100))], "client", "everywhere"),
        ("localised", [spread("House", (10, 200), (40, 100), house=True), STEADY], "client", "own_people"),
        ("localised", [spread("North", (10, 200), (40, 100), wrong=2), STEADY], "unknown", "few_people"),
        ("localised", [spread("North", (10, 200), (40, 100))], "unknown", "alone"),
        ("localised", [spread("North", (1, 8), (4, 9)), STEADY], "unknown", "too_thin"),
        ("mix", [spread("North", (10, 200), (40, 100)), STEADY], "nobody", "no_change"),
        ("none", [], "nobody", "no_change"),
    ],
)  # fmt: skip
def test_who_answers_for_it_follows_from_who_repeats_it(
    verdict: str, spreads: list[Spread], party: str, why: str
) -> None:
    found = derive(verdict, spreads)
    assert (found.party, found.why) == (party, why)


def estimate(value: float, n: int) -> dict[str, object]:
    return Estimate(value, value - 0.1, value + 0.1, n, float(n), "wilson").to_dict()


RESULT = {
    "verdict": "localised",
    "baseline": estimate(0.9, 400),
    "current": estimate(0.8, 100),
    "drivers": [{"title": "Scam", "is_cause": True, "people": 9, "excess": 12.0}],
}
DATA = {
    "metric_version": 1,
    "before": {"n": 400.0, "errors": 40.0, "cells": 9, "digest": "b"},
    "now": {"n": 100.0, "errors": 20.0, "cells": 9, "digest": "n"},
    "facts": {"audits": {"rows": 500, "batches": 5, "digest": "f"}},
}


def test_the_same_recipe_on_the_same_data_is_the_same() -> None:
    assert in_result(RESULT, RESULT) == []
    assert in_data(DATA, DATA) == []
    assert digest_of({"x": 0.1 + 0.2, "y": None}) == digest_of({"y": None, "x": 0.3})


def test_what_came_out_otherwise_is_named() -> None:
    other = RESULT | {"verdict": "none", "current": estimate(0.85, 120), "drivers": []}
    assert [each.kind for each in in_result(RESULT, other)] == ["verdict", "figure_current", "cause_gone"]
    moved = RESULT | {"drivers": [{"title": "Scam", "is_cause": True, "people": 9, "excess": 12.5}]}
    assert [each.kind for each in in_result(RESULT, moved)] == ["drivers"]


def test_what_is_different_in_the_data_is_named() -> None:
    other = DATA | {
        "metric_version": 2,
        "now": {"n": 120.0, "errors": 21.0, "cells": 9, "digest": "m"},
        "before": {"n": 400.0, "errors": 38.0, "cells": 9, "digest": "c"},
        "facts": {"audits": {"rows": 520, "batches": 6, "digest": "g"}},
    }
    assert [each.kind for each in in_data(DATA, other)] == ["metric", "rows_before", "audits_now", "log"]


def test_a_validation_blocks_on_any_other_result_and_on_too_little_agreement() -> None:
    sample = CASES[:5]
    first = dict.fromkeys(sample, "tool")
    one_off, two_off = first | {sample[0]: "model"}, first | {sample[0]: "model", sample[1]: "model"}
    assert finding_of(result=[], first=first, second=one_off, sample=sample).is_same
    apart = finding_of(result=[], first=first, second=two_off, sample=sample)
    assert (apart.is_same, apart.differing) == (False, tuple(sample[:2]))
    said = finding_of(result=[Difference(kind="verdict")], first=first, second=first, sample=sample)
    assert [each.kind for each in said.blocking] == ["verdict"]
