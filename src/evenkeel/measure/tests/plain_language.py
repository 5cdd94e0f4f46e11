"""A tiny reference for the language: what an expression says of one row, in plain Python. And random expressions."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from evenkeel.ground.log import Fact
from evenkeel.ground.log.facts import Column
from evenkeel.measure.language import Typed
from evenkeel.measure.language.functions import BY_NAME

TRIAL = Fact(
    name="trial", why="rows to try expressions on", at="at",
    columns={
        "at": Column(kind="moment", why="when"), "seen_at": Column(kind="moment", why="when seen"),
        "on": Column(kind="day", why="the day"), "label": Column(kind="text", why="answer"),
        "origin": Column(kind="text", why="from where"), "is_right": Column(kind="yes_no", why="right"),
        "is_seen": Column(kind="yes_no", why="seen"), "active_ms": Column(kind="whole", why="time"),
        "turnaround_s": Column(kind="whole", why="time"), "pi": Column(kind="number", why="odds"),
        "replicate": Column(kind="whole", why="which"), "who_id": Column(kind="id", why="who", is_personal=True),
    },
)  # fmt: skip


def rows(seed: int = 1, n: int = 40) -> list[dict[str, Any]]:
    """Rows of the trial fact, every third cell empty."""
    pick = random.Random(seed)
    start = datetime(2026, 3, 1, tzinfo=UTC)

    def moment() -> datetime:
        return start + timedelta(seconds=pick.randrange(-400_000, 400_000), microseconds=pick.randrange(10**6))

    made: dict[str, Any] = {
        "moment": moment, "day": lambda: date(2026, 3, 1) + timedelta(days=pick.randrange(-9, 9)),
        "text": lambda: pick.choice(["", "spam", "Spam", "hate-speech", "no"]), "yes_no": lambda: pick.random() < 0.5,
        "whole": lambda: pick.choice([0, 1, 2, 30_000, -5]), "number": lambda: pick.choice([0.0, 0.1, 0.5, 1.0]),
        "id": lambda: "x",
    }  # fmt: skip
    return [
        {name: None if pick.random() < 0.3 else made[column.kind]() for name, column in TRIAL.columns.items()}
        for _row in range(n)
    ]


def plain(part: Typed, row: Mapping[str, Any]) -> Any:
    """The value of an expression for one row; None is empty."""
    if part.op == "literal":
        return part.value
    if part.op == "column":
        name, scale = part.value
        value = row[name]
        return value if value is None or part.kind.name != "number" else float(value) * (scale or 1.0)
    if part.op == "if":
        *branches, otherwise = part.args
        for condition, value in zip(branches[::2], branches[1::2], strict=True):
            if plain(condition, row):
                return plain(value, row)
        return plain(otherwise, row)
    args = [plain(each, row) for each in part.args]
    if part.op in ("and", "or"):
        deciding = part.op == "or"
        if any(arg is deciding for arg in args):
            return deciding
        return None if None in args else not deciding
    if part.op == "empty":
        return args[0] in (None, "")
    if part.op == "fn" and BY_NAME[part.value].takes_empty:
        return BY_NAME[part.value].plain(*args)
    if part.op == "between":
        at_least, at_most = (
            None if None in pair else pair[0] <= pair[1] for pair in ((args[1], args[0]), (args[0], args[2]))
        )
        return False if False in (at_least, at_most) else None if None in (at_least, at_most) else True
    if None in args:
        return None
    if part.op == "fn":
        return BY_NAME[part.value].plain(*args)
    if part.op == "/":
        return args[0] / args[1] if args[1] else None
    signs: dict[str, Any] = {
        "not": lambda a: not a, "minus": lambda a: -a, "in": lambda a, *listed: a in listed,
        "=": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b, "<=": lambda a, b: a <= b,
        ">": lambda a, b: a > b, ">=": lambda a, b: a >= b, "+": lambda a, b: a + b, "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
    }  # fmt: skip
    return signs[part.op](*args)


class Writer:
    """Writes random expressions that are well typed."""

    def __init__(self, seed: int):
        self.pick = random.Random(seed)

    def condition(self, deep: int = 4) -> str:
        one, pick = self.number, self.pick
        if deep <= 0:
            return pick.choice(["is_right", "is_seen", "yes", "no", "label is empty", "pi is not empty"])
        said: list[Callable[[], str]] = [
            lambda: f"({self.condition(deep - 1)} and {self.condition(deep - 2)} and {self.condition(deep - 2)})",
            lambda: f"({self.condition(deep - 1)} or {self.condition(deep - 1)})",
            lambda: f"not {self.condition(deep - 1)}",
            lambda: f"{one(deep - 1)} {pick.choice(['=', '!=', '<', '<=', '>', '>='])} {one(deep - 1)}",
            lambda: f"{self.time(deep - 1)} {pick.choice(['<', '>='])} {self.time(deep - 1)}",
            lambda: f"{one(deep - 1)} between {one(deep - 2)} and {one(deep - 2)}",
            lambda: f"{self.text(deep - 1)} {pick.choice(['=', '!='])} {self.text(deep - 1)}",
            lambda: f"{self.text(deep - 1)} {pick.choice(['in', 'not in'])} ('spam', \"no\")",
            lambda: f"{one(deep - 1)} not in (1, -2, 50 %)",
            lambda: f"{pick.choice(['starts_with', 'contains', 'ends_with'])}({self.text(deep - 1)}, {self.text(0)})",
            lambda: f"{pick.choice([self.text, self.number, self.day])(deep - 1)} is {pick.choice(['', 'not '])}empty",
            lambda: f"{self.day(deep - 1)} {pick.choice(['<', '=', '>='])} {self.day(deep - 1)}",
            lambda: f"at {pick.choice(['<', '>'])} seen_at",
            lambda: f"(if {self.condition(deep - 2)} then {self.condition(deep - 2)} else {self.condition(deep - 2)})",
        ]  # fmt: skip
        return pick.choice(said)()

    def number(self, deep: int = 4) -> str:
        one, pick = self.number, self.pick
        if deep <= 0:
            return pick.choice(["pi", "replicate", "2", "0.25", "10 %", "hour(at)", "weekday(on)", "length(label)"])
        said: list[Callable[[], str]] = [
            lambda: f"({one(deep - 1)} {pick.choice('+-*')} {one(deep - 1)})",
            lambda: f"{one(deep - 1)} / {pick.choice(['pi', '4', 'replicate'])}",
            lambda: f"{self.time(deep - 1)} / {self.time(0)}",
            lambda: f"-{pick.choice(['pi', 'replicate'])}",
            lambda: f"{pick.choice(['least', 'greatest'])}({one(deep - 1)}, {one(deep - 1)}, 3)",
            lambda: f"abs({one(deep - 1)})",
            lambda: f"or_else({one(deep - 1)}, {one(0)})",
            lambda: f"days_between({self.day(0)}, {pick.choice(['at', 'on'])})",
            lambda: f"weekday({pick.choice(['at', 'on'])})",
            lambda: f"(if {self.condition(deep - 2)} then {one(deep - 1)} else if {self.condition(0)} then 0 else {one(0)})",
        ]  # fmt: skip
        return pick.choice(said)()

    def time(self, deep: int = 3) -> str:
        pick = self.pick
        if deep <= 0:
            return pick.choice(
                ["active_ms", "turnaround_s", "30 min", "5 s", "time_between(at, seen_at)", "(seen_at - at)"]
            )
        said: list[Callable[[], str]] = [
            lambda: f"({self.time(deep - 1)} {pick.choice('+-')} {self.time(deep - 1)})",
            lambda: f"({self.number(deep - 2)} * {self.time(deep - 1)})",
            lambda: f"least({self.time(deep - 1)}, 1 h)",
        ]  # fmt: skip
        return pick.choice(said)()

    def text(self, deep: int = 2) -> str:
        pick = self.pick
        return pick.choice(
            ["label", "origin", '"spam"', "'hate'", "lower(label)", 'or_else(label, "no")'][: 6 if deep else 4]
        )

    def day(self, deep: int = 1) -> str:
        return self.pick.choice(["on", "2026-03-01", "day(at)"] if deep >= 0 else ["on"])
