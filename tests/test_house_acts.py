"""Acts check, change and write the trail in one; the time of day is read in one place."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Sequence
from pathlib import Path

# Time of day. A stopwatch (monotonic, perf_counter) measures a length and is no clock.
READS = {
    ("timezone", "now"), ("timezone", "localdate"), ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"),
    ("date", "today"), ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"),
}  # fmt: skip
# Those who may ask ground.clock: where a request, a command or a tick of the jobs' clock comes in.
AT_THE_EDGE = ("ground", "edges", "twin")


def clock_reads(source: str) -> list[int]:
    """Lines that read the machine's time, or hand the reader on (`default=timezone.now`)."""
    if not any(re.search(rf"{clock}\s*\.\s*{name}", source) for clock, name in READS):
        return []
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and (_last_name(node.value), node.attr) in READS
    ]


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def uses_of_ground_clock(source: str) -> list[int]:
    """Lines that import `evenkeel.ground.clock`."""
    found: list[int] = []
    if "clock" not in source:
        return found
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names}
            if node.module == "evenkeel.ground.clock" or (node.module == "evenkeel.ground" and "clock" in names):
                found.append(node.lineno)
        elif isinstance(node, ast.Import) and any(alias.name == "evenkeel.ground.clock" for alias in node.names):
            found.append(node.lineno)
    return found


def functions_without_act(source: str, face: Collection[str] = ()) -> list[str]:
    """Acts that open no `act`: in a module of acts, what takes actor and now, or stands on the face. The rest helps them.

    An act may be opened by a function of the same module that it calls.
    """
    functions = [each for each in ast.parse(source).body if isinstance(each, ast.FunctionDef)]
    opening = {function.name for function in functions if _opens_act(function)}
    while more := {each.name for each in functions if _calls(each) & opening} - opening:
        opening |= more
    return [
        function.name
        for function in functions
        if not function.name.startswith("_")
        and ({"actor", "now"} <= _parameters(function) or function.name in face)
        and function.name not in opening
    ]


def _calls(function: ast.FunctionDef) -> set[str]:
    return {
        node.func.id for node in ast.walk(function) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def _parameters(function: ast.FunctionDef) -> set[str]:
    return {each.arg for each in [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]}


def face_of(stub: str) -> set[str]:
    """The names that a room's `__init__.pyi` shows."""
    return {
        alias.asname or alias.name
        for node in ast.walk(ast.parse(stub))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "acts"
        for alias in node.names
    }


def _opens_act(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(item.context_expr, ast.Call) and _last_name(item.context_expr.func) == "act"
        for node in ast.walk(function)
        if isinstance(node, ast.With)
        for item in node.items
    )


def _acts_modules(package: Path) -> list[Path]:
    # ground/acts.py is what acts are made of.
    found = [*package.glob("*/acts.py"), *package.glob("*/acts/*.py")]
    return sorted(path for path in found if "ground" not in path.relative_to(package).parts)


def test_the_clock_is_read_in_one_place(package: Path) -> None:
    found = [
        f"{path.relative_to(package)}:{line}"
        for path in sorted(package.rglob("*.py"))
        for line in clock_reads(path.read_text())
    ]
    assert [place for place in found if not place.startswith("ground/clock.py")] == []
    assert found, "ground/clock.py reads the time, so the search must find it"


def test_the_clock_is_asked_at_the_edge(rooms: Sequence[str], package: Path) -> None:
    assert [
        f"{path.relative_to(package)}:{line}"
        for room in rooms
        if room not in AT_THE_EDGE
        for path in sorted((package / room).rglob("*.py"))
        if "tests" not in path.relative_to(package).parts  # they put a clock of their own in its place
        for line in uses_of_ground_clock(path.read_text())
    ] == []


def test_everything_a_person_can_do_is_an_act(package: Path) -> None:
    found = []
    for path in _acts_modules(package):
        room = path.relative_to(package).parts[0]
        stub = package / room / "__init__.pyi"
        face = face_of(stub.read_text()) if stub.exists() else set()
        found += [f"{path.relative_to(package)}: {name}" for name in functions_without_act(path.read_text(), face)]
    assert found == []


def test_a_reading_of_the_clock_is_seen() -> None:
    readings = ["timezone.now()", "x = Field(default=timezone.now)", "datetime.now(UTC)", "datetime.datetime.utcnow()"]
    for line in [*readings, "date.today()", "time.time()"]:
        assert clock_reads(line) == [1], line
    for line in ("clock.now()", "request.now", "time.perf_counter()", "datetime(2026, 1, 1, tzinfo=UTC)", "now"):
        assert clock_reads(line) == [], line


def test_a_room_that_asks_the_clock_is_seen() -> None:
    for line in (
        "from evenkeel.ground import clock",
        "from evenkeel.ground.clock import now",
        "import evenkeel.ground.clock",
    ):
        assert uses_of_ground_clock(line) == [1], line
    assert uses_of_ground_clock("from evenkeel.ground import events") == []


def test_an_act_that_checks_nothing_is_seen() -> None:
    source = '''
def decide(actor, *, task, now):
    """Decide."""
    with act("work:task:decide", actor, on=task, now=now) as deed:
        deed.record("decided")

def skip(actor, *, task, now):
    task.delete()

def wrong(actor, *, now):
    with transaction.atomic():
        pass

def bare(task):
    task.delete()

def helper(actor):
    return actor.person_id

def _helper(task):
    task.save()
'''
    face = face_of(
        "from .acts import bare as bare\nfrom .acts.tasks import decide as decide\nfrom .rules import helper as helper"
    )
    assert functions_without_act(source, face) == ["skip", "wrong", "bare"]
