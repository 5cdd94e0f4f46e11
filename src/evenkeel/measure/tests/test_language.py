"""The language: what it says is what it computes; what it does not understand it says at its place; nothing else gets out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from math import isclose, isfinite
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenkeel.ground.log import opened
from evenkeel.measure.language import (
    AGGREGATES,
    FUNCTIONS,
    Names,
    Typed,
    WrongExpression,
    compiled,
    read_condition,
    read_figure,
    read_weight,
)
from evenkeel.measure.language.checking import checked
from evenkeel.measure.language.reading import read
from evenkeel.work import DECISIONS

from .plain_language import TRIAL, Writer, plain, rows

NAMES = Names(fact=TRIAL, populations={})


def typed(text: str) -> Typed:
    return checked(read(text), NAMES)


def by_the_engine(parts: list[Typed], given: list[dict[str, Any]]) -> list[list[Any]]:
    """Every part over every row, in one query: a list a part."""
    import ibis
    import pyarrow as pa

    columns = {name: [row[name] for row in given] for name in TRIAL.columns}
    table = ibis.memtable(
        pa.table({**columns, "place": range(len(given))}, schema=TRIAL.schema().append(pa.field("place", pa.int64())))
    )
    asked = table.select("place", **{f"part_{number}": compiled(part, table) for number, part in enumerate(parts)})
    with opened() as connection:
        found = connection.to_pyarrow(asked.order_by("place"))
    return [found[f"part_{number}"].to_pylist() for number in range(len(parts))]


def alike(engine: Any, reference: Any) -> bool:
    if isinstance(reference, float) and isinstance(engine, float):
        return isclose(engine, reference, rel_tol=1e-12, abs_tol=1e-12) or not isfinite(reference)
    return bool(engine == reference)


def test_random_expressions_say_what_the_reference_says() -> None:
    given = rows()
    texts = [getattr(Writer(seed), kind)() for seed in range(45) for kind in ("condition", "number", "time")]
    read_ones = [(text, part) for text in texts if (part := _or_too_long(text)) is not None]
    assert len(read_ones) > 110
    said = by_the_engine([part for _text, part in read_ones], given)
    wrong = [
        (text, row, engine, reference)
        for (text, part), engines in zip(read_ones, said, strict=True)
        for row, engine in zip(given, engines, strict=True)
        if not alike(engine, reference := plain(part, row))
    ]
    assert wrong == []


def _or_too_long(text: str) -> Typed | None:
    try:
        return typed(text)
    except WrongExpression as error:
        if "too long" not in error.sentence:
            raise
        return None


def test_every_function_answers_its_example() -> None:
    at = {**dict.fromkeys(TRIAL.columns), "at": datetime(2026, 3, 2, 9, 30, tzinfo=UTC)}
    parts = [typed(each.example) for each in FUNCTIONS]
    said = by_the_engine(parts, [at])
    for function, part, (engine,) in zip(FUNCTIONS, parts, said, strict=True):
        answer = engine.isoformat() if isinstance(engine, date) else engine
        assert answer == function.answer, function.name
        assert alike(engine, plain(part, at)), function.name


def test_every_aggregate_reads_its_example() -> None:
    from evenkeel.people.facts import TIME
    from evenkeel.quality import AUDITS

    for each in AGGREGATES:
        fact = TIME if "seconds" in each.example else AUDITS if "is_right" in each.example else DECISIONS
        read_figure(each.example, Names(fact=fact, populations={}))


@settings(max_examples=40)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                ["(", ")", "and", "or", "not", "in", "is", "empty", "between", "if", "then", "else", "label", "at", "pi",
                 "active_ms", "is_right", "=", "<", "-", "/", "*", ",", "3", "5 min", '"x"', "2026-02-30", "2026-02-03",
                 "share(", "sum(", "count()", "least(", "day(", "yes", "%", "foo", "1e300", "."]
            ),
            max_size=14,
        ).map(" ".join),
    )
)  # fmt: skip
def test_any_text_is_understood_or_refused_at_its_place(text: str) -> None:
    for reading in (read_condition, read_figure, read_weight):
        wrong = _refusal(reading, text)
        if wrong is not None:
            assert 0 <= wrong.start <= len(text)
            assert wrong.sentence
            assert "".join(wrong.excerpt(text)) in text
            assert wrong.told(text)


def _refusal(reading: Callable[..., object], text: str) -> WrongExpression | None:
    try:
        reading(text, NAMES)
    except WrongExpression as wrong:
        return wrong
    return None


@pytest.mark.parametrize(
    ("text", "at", "says"),
    [
        ("lable = 'x'", "lable", "Did you mean label?"),
        ("is_right and pi > 5 min", "5 min", "say the unit"),
        ("active_ms > 30", "30", "30 min"),
        ("at > 2026-01-01", "at", "day(…)"),
        ("1 < pi < 2", "<", "between"),
        ("pi == 1", "=", "enough"),
        ("label < 'x'", "label < 'x'", "no more or less"),
        ("is_right = 'yes'", "'yes'", "a text"),
        ("who_id = 'x'", "who_id", "single person"),
        ("label in (origin)", "origin", "plain values"),
        ("if is_right then 1", "", "else"),
        ("floor(pi) = 1", "floor", "no function floor"),
        ("share(is_right)", "share(is_right)", "outermost"),
        ("pi > 5 parsec", "parsec", "Did you mean sec?"),
        ("on = 2026-02-30", "2026-02-30", "no such day"),
        ("is_right && is_seen", "&", "`and`"),
        ("label.upper", ".", "parts"),
        ("on - 2026-01-01 > 3", "on - 2026-01-01", "days_between"),
        ("active_ms * turnaround_s > 1", "active_ms * turnaround_s", "multiplied by a time"),
        ("pi", "pi", "a population needs yes or no"),
        ("not " * 60 + "yes", "", "too long"),
        ("(" * 60 + "yes" + ")" * 60, "", "too long"),
        ("pi " + "+ pi " * 60 + "> 1", "", "too long"),
        ("yes" + " " * 2_000, "", "at most 2000"),
    ],
)
def test_a_mistake_is_said_at_its_place(text: str, at: str, says: str) -> None:
    with pytest.raises(WrongExpression) as caught:
        read_condition(text, NAMES)
    assert says in caught.value.sentence
    if at:
        assert caught.value.excerpt(text)[1] == at
        assert text[caught.value.start :].startswith(at)


@pytest.mark.parametrize(
    ("text", "estimator", "unit"),
    [
        ("share(is_right)", "share", "percent"),
        ("mean(active_ms)", "mean", "duration_ms"),
        ("mean(if is_right then 1 else 0)", "mean", "number"),
        ("count()", "count", "count"),
        ("sum(turnaround_s)", "sum", "duration_ms"),
        ("count(is_right) / count(is_seen)", "ratio", "number"),
        ("sum(active_ms) / count()", "ratio", "duration_ms"),
        ("sum(active_ms) / sum(turnaround_s)", "ratio", "number"),
        ("per_hour(active_ms)", "ratio", "number"),
        ("per_hour(is_right, turnaround_s)", "ratio", "number"),
    ],
)
def test_what_is_measured_names_its_estimator_and_unit(text: str, estimator: str, unit: str) -> None:
    found = read_figure(text, NAMES)
    assert (found.estimator, found.units[0]) == (estimator, unit)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("is_right", "share(…)"),
        ("mean(is_right)", "share(…) for how often"),
        ("share(pi)", "needs yes or no"),
        ("share(is_right) / count()", "sums or counts"),
        ("sum(replicate) / sum(active_ms)", "per_hour"),
        ("per_hour(replicate)", "needs a time"),
        ("mean()", "one value"),
        ("shar(is_right)", "Did you mean share?"),
    ],
)
def test_what_cannot_be_measured_is_refused(text: str, says: str) -> None:
    with pytest.raises(WrongExpression, match=r".*") as caught:
        read_figure(text, NAMES)
    assert says in caught.value.sentence


def test_a_population_stands_by_its_name() -> None:
    night = read_condition("hour(at) >= 22 or hour(at) < 6", NAMES)
    names = Names(fact=TRIAL, populations={"night": night})
    found = read_condition("night and is_right", names)
    row = {**dict.fromkeys(TRIAL.columns), "at": datetime(2026, 3, 2, 23, tzinfo=UTC), "is_right": True}
    assert plain(found, row) is True
    with pytest.raises(WrongExpression, match="Did you mean night"):
        read_condition("nigth", names)
