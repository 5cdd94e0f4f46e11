"""What the import linter cannot see: imports by string, faces, and what a catalogue's folder loads."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

# A set of tools: each of its public modules is a face of its own.
TOOLS = ("ground",)
# They put the rooms' pages, routes, commands and admin together, by name.
ASSEMBLERS = ("edges",)
DOTTED = re.compile(r"evenkeel\.(?P<room>\w+)(?:\.(?P<inside>[\w.]+))?")


def imports(source: str, module: str) -> Iterator[tuple[int, str, bool]]:
    """Everything that a source imports, wherever it stands, as (line, name, whether a string names it)."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, False) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, module)
            yield node.lineno, base, False
            yield from ((node.lineno, f"{base}.{alias.name}", False) for alias in node.names)
        elif isinstance(node, ast.Call) and _name(node.func) in (
            "import_module",
            "import_string",
            "find_spec",
            "__import__",
        ):
            for argument in node.args[:1]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield node.lineno, argument.value, True


def _absolute(node: ast.ImportFrom, module: str) -> str:
    if not node.level:
        return node.module or ""
    parents = module.split(".")[: -node.level]
    return ".".join([*parents, *([node.module] if node.module else [])])


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def trespasses(source: str, module: str, rooms: Sequence[str], modules: frozenset[str]) -> list[str]:
    """Imports that lead up, or past another room's face.

    `modules` are the modules that exist: `from evenkeel.work import decide` names a verb of the face, and
    `from evenkeel.work import models` a module behind it.
    """
    room = module.split(".")[1]
    found = []
    for line, target, is_string in imports(source, module):
        match = DOTTED.fullmatch(target)
        if match is None or match["room"] not in rooms or match["room"] == room:
            continue
        if rooms.index(match["room"]) > rooms.index(room):
            found.append(f"{module}:{line} imports upwards: {target}")
        elif is_string and room in ASSEMBLERS:
            continue
        elif match["inside"] and target in modules and match["room"] not in TOOLS:
            found.append(f"{module}:{line} imports past the face of {match['room']}: {target}")
        elif match["room"] in TOOLS and match["inside"] and _is_private(match["inside"], match["room"]):
            found.append(f"{module}:{line} imports what is {match['room']}'s own: {target}")
    return found


def _is_private(inside: str, room: str) -> bool:
    parts = inside.split(".")
    return parts[0].startswith("_") or (room == "ground" and parts[0] == "models")


def _modules(package: Path) -> dict[str, Path]:
    """Every module of the package by dotted name."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def test_nobody_reaches_up_or_past_a_face(rooms: Sequence[str], package: Path) -> None:
    modules = _modules(package)
    found = [
        trespass
        for module, path in modules.items()
        if module.count(".") >= 1 and ".tests" not in module and module.split(".")[1] in rooms
        # A package's own name counts as one of its modules when relative imports are resolved.
        for trespass in trespasses(
            path.read_text(),
            f"{module}.__init__" if path.name == "__init__.py" else module,
            rooms,
            frozenset(modules),
        )
    ]
    assert found == []


def test_each_room_is_in_the_order(rooms: Sequence[str], package: Path) -> None:
    standing = {path.parent.name for path in package.glob("*/__init__.py")}
    assert standing <= set(rooms), "a room that the order of the layers does not name"


def test_trespasses_are_seen() -> None:
    rooms = ["kernel", "ground", "people", "work", "edges"]
    modules = frozenset({"evenkeel.people", "evenkeel.people.models", "evenkeel.work", "evenkeel.work.acts"})

    def seen(source: str, module: str = "evenkeel.work.acts") -> int:
        return len(trespasses(source, module, rooms, modules))

    assert seen("from evenkeel.people import hire") == 0
    assert seen("from .models import Item\nfrom evenkeel.work.models import Queue") == 0
    assert seen("from evenkeel.ground.acts import act") == 0
    assert seen("from evenkeel.people import models") == 1
    assert seen("def late():\n    from evenkeel.people.models import Worker") == 1
    assert seen("from ..people.models import Worker") == 1
    assert seen("import importlib\nimportlib.import_module('evenkeel.people.models')") == 1
    assert seen("from evenkeel.ground.models import TrailRow") >= 1
    assert seen("from evenkeel.edges import site") >= 1
    assert seen("from ..work import decide", module="evenkeel.people.__init__") >= 1
    assert seen("import_module('evenkeel.people.models')", module="evenkeel.edges.urls") == 0
    assert seen("from evenkeel.people.models import Worker", module="evenkeel.edges.urls") == 1


# ---------------------------------------------------------------- catalogues


def catalogue_folders(source: str) -> list[tuple[int, str]]:
    """The folders that the catalogues declared in a source load: `Catalogue("metric", package="evenkeel.measure.metrics")`."""
    found: list[tuple[int, str]] = []
    if "Catalogue" not in source:
        return found
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(_unsubscripted(node.func)) == "Catalogue":
            values = [keyword.value for keyword in node.keywords if keyword.arg == "package"] or node.args[1:2]
            found += [
                (node.lineno, value.value)
                for value in values
                if isinstance(value, ast.Constant) and isinstance(value.value, str)
            ]
    return found


def _unsubscripted(node: ast.expr) -> ast.expr:
    return node.value if isinstance(node, ast.Subscript) else node


def foreign_catalogues(source: str, module: str) -> list[str]:
    """Catalogues that load a folder outside the package in which they are declared."""
    own = ".".join(module.split(".")[:2])
    return [
        f"{module}:{line} loads {folder}"
        for line, folder in catalogue_folders(source)
        if not f"{folder}.".startswith(f"{own}.")
    ]


def test_a_catalogue_loads_its_own_package_only(package: Path) -> None:
    assert [
        found for module, path in _modules(package).items() if ".tests" not in module
        for found in foreign_catalogues(path.read_text(), module)
    ] == []  # fmt: skip


def test_a_catalogue_that_loads_elsewhere_is_seen() -> None:
    declared = 'metrics: Catalogue[Metric] = Catalogue("metric", package="evenkeel.measure.metrics")'
    assert foreign_catalogues(declared, "evenkeel.measure.catalogue") == []
    assert foreign_catalogues(declared, "evenkeel.quality.catalogue") == [
        "evenkeel.quality.catalogue:1 loads evenkeel.measure.metrics"
    ]
    assert foreign_catalogues(declared.replace("= Catalogue", "= Catalogue[Metric]"), "evenkeel.measures.x") != []
