"""Every number of people and content in a shipped scenario has its range, and whoever reads the file sees it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from evenkeel.twin.events import EVENTS
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
