"""Every number of people and content in a shipped scenario has its range, and whoever reads the file sees it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from importlib import import_module
from typing import Any

import pytest

from evenkeel.twin.events import EVENTS
from evenkeel.twin.harbour import DEMO
from evenkeel.twin.ranges_inside import OF_THE_DEMO, OF_THE_GENERATOR
from evenkeel.twin.wide.plan import EventPlan
from evenkeel.twin.wide.ranges import USUAL
from evenkeel.twin.wide.reading import SHIPPED, shipped

# What is no trait of people or content, but how large the run is and when what happens.
_OF_THE_RUN = {"seed", "days", "from_day", "until_day"}


def numbers(told: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """Each number of a scenario under the name that `USUAL` has it by."""
    for name, value in told.items():
        for row in value if isinstance(value, list) else [value]:
            if not isinstance(row, dict):
                yield from _leaves(name, row)
                continue
            if name == "programmes":
                # What a programme says for itself has the names that it has in a scenario of one.
                yield from _leaves("programmes.teams", row["teams"])
                yield from numbers({each: part for each, part in row.items() if each != "teams"})
                continue
            place = f"events.{row['kind']}" if name == "events" else name
            for each, leaf in row.items():
                yield from _leaves(f"{place}.{each}", leaf)


def _leaves(name: str, leaf: Any) -> Iterator[tuple[str, float]]:
    parts = leaf.values() if isinstance(leaf, dict) else leaf if isinstance(leaf, list) else [leaf]
    if name.rsplit(".", 1)[-1] not in _OF_THE_RUN:
        yield from ((name, part) for part in parts if isinstance(part, (int, float)))


@pytest.mark.parametrize("name", shipped())
def test_every_number_of_a_scenario_lies_in_a_range_that_its_file_tells(name: str) -> None:
    text = (SHIPPED / f"{name}.toml").read_text(encoding="utf-8")
    found = list(numbers(tomllib.loads(text)))
    assert len(found) > 20
    assert [key for key, _value in found if key not in USUAL] == []
    assert [(key, value) for key, value in found if not USUAL[key].low <= value <= USUAL[key].high] == []
    # A comment may stand above its line, and be one line or two.
    notes = " ".join(re.findall(r"#\s*(.*)", text))
    assert [key for key in dict(found) if USUAL[key].said not in notes] == []


def test_what_an_event_takes_by_default_lies_in_its_range() -> None:
    sizes = [(f"events.{kind.slug}.{name}", each.default) for kind in EVENTS for name, each in kind.parameters.items()]
    asked = [(key, value) for key, value in sizes if isinstance(value, (int, float))]
    assert [(key, value) for key, value in asked if not USUAL[key].low <= value <= USUAL[key].high] == []


def values_of(name: str) -> list[float]:
    """What the demo's scenario says under a name of `OF_THE_DEMO`; of a text or a person the number of them."""
    found: list[Any] = [DEMO]
    for part in name.split("."):
        inner: list[Any] = []
        for each in found:
            if isinstance(each, EventPlan):
                inner += [each] if each.kind == part else [each.settings[part]] if part in each.settings else []
            else:
                inner += _several(getattr(each, part), is_number=part in ("people", "auditors"))
        found = inner
    return [float(value) for value in found]


def _several(said: Any, *, is_number: bool) -> list[Any]:
    if is_number:
        return [len(said)]
    if isinstance(said, Mapping):
        return list(said.values())
    return list(said) if isinstance(said, tuple) else [said]


def comments_of(module: str) -> str:
    """The comments of a module of the twin, in one line."""
    text = (SHIPPED.parent / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
    return " ".join(re.findall(r"#\s*(.*)", text)).lower()


@pytest.mark.parametrize("name", sorted(OF_THE_DEMO))
def test_every_number_of_the_demo_lies_in_a_range_that_stands_beside_it(name: str) -> None:
    usual, found = OF_THE_DEMO[name], values_of(name)
    assert found
    assert [value for value in found if not usual.low <= value <= usual.high] == []
    assert usual.said.lower() in comments_of("harbour")


def test_the_demo_has_no_number_without_a_range() -> None:
    counted = {"seed", "days", "open_items", "study_items", "policy_change_day"}
    named = {name.split(".")[0] for name in OF_THE_DEMO}
    numbers = {each.name for each in fields(DEMO) if isinstance(getattr(DEMO, each.name), (int, float))}
    assert numbers - counted - named - {"is_equipped"} == set()


@pytest.mark.parametrize("name", sorted(OF_THE_GENERATOR))
def test_every_number_of_the_generator_lies_in_a_range_that_stands_beside_it(name: str) -> None:
    module, _dot, number = name.rpartition(".")
    value = getattr(import_module(f"evenkeel.twin.{module}"), number)
    assert OF_THE_GENERATOR[name].low <= value <= OF_THE_GENERATOR[name].high
    assert OF_THE_GENERATOR[name].said in comments_of(module)
