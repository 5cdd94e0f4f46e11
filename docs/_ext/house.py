"""Directives that write reference pages from the code: `{face}` for a package's functions, `{settings}` for the settings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList
from sphinx.application import Sphinx

from evenkeel.ground.env import CATALOGUE


class Generated(Directive):
    """Parses the Markdown that `lines` writes as if it stood on the page."""

    has_content = False

    def lines(self) -> Iterator[str]:
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        text = StringList([line for chunk in self.lines() for line in chunk.split("\n")], source=type(self).__name__)
        parent = nodes.section()
        parent.document = self.state.document
        self.state.nested_parse(text, self.content_offset, parent, match_titles=True)
        return list(parent.children)


class Face(Generated):
    """Everything on the face of a package, by the module it comes from, with its signature and its docstring."""

    required_arguments = 1

    def lines(self) -> Iterator[str]:
        face = import_module(self.arguments[0])
        by_home: dict[str, list[str]] = {}
        for name in sorted(face.__all__):
            by_home.setdefault(getattr(getattr(face, name), "__module__", ""), []).append(name)
        for home in sorted(filter(None, by_home)):
            yield f"## {home.rpartition('.')[2].replace('_', ' ').capitalize()}"
            yield ""
            yield from _prose(import_module(home))
            for name in by_home[home]:
                yield from _described(face.__name__, name, getattr(face, name))


def _described(face: str, name: str, thing: Any) -> Iterator[str]:
    if not callable(thing):
        yield from _entry("data", f"{face}.{name}", ())
        return
    inside = [line for member in _members(thing) for line in member] if inspect.isclass(thing) else []
    kind = "class" if inspect.isclass(thing) else "function"
    yield from _entry(kind, f"{face}.{name}{_signature(thing)}", [*_prose(thing), *inside])


def _entry(kind: str, head: str, body: Iterable[str], *, fence: str = "::::::::") -> Iterator[str]:
    yield f"{fence}{{py:{kind}}} {head}"
    yield ""
    yield from body
    yield fence
    yield ""


def _members(thing: type) -> Iterator[Iterator[str]]:
    """What a class offers beside its fields: documented properties and methods of its own."""
    for name, member in vars(thing).items():
        if name.startswith("_") or not inspect.getdoc(member):
            continue
        if isinstance(member, property):
            yield _entry("property", name, _prose(member), fence="::::::")
        elif inspect.isroutine(member):
            yield _entry("method", f"{name}{_signature(getattr(thing, name))}", _prose(member), fence="::::::")


class _Said(str):
    """An annotation as it is written in the source, shown without quotation marks."""

    __slots__ = ()
    __repr__ = str.__str__


def _signature(thing: Any) -> str:
    try:
        said = inspect.signature(thing)
    except ValueError:
        return "()"
    parameters = [
        each.replace(annotation=_Said(each.annotation)) if isinstance(each.annotation, str) else each
        for each in said.parameters.values()
    ]
    returned = said.return_annotation
    if inspect.isclass(thing):
        returned = said.empty
    elif isinstance(returned, str):
        returned = _Said(returned)
    shown = str(said.replace(parameters=parameters, return_annotation=returned))
    # Addresses in memory would make every build differ.
    return re.sub(r"<(\w+ )?([\w.<>]+) at 0x[0-9a-f]+>", r"\2", shown).replace("\n", " ")


def _prose(thing: ModuleType | Any) -> Iterator[str]:
    """A docstring as Markdown: its examples become code, its indented lines stay as they are."""
    in_example = False
    for line in (inspect.getdoc(thing) or "").split("\n"):
        starts = line.lstrip().startswith(">>>")
        if starts and not in_example:
            yield "```pycon"
            in_example = True
        elif in_example and not line.strip():
            yield "```"
            in_example = False
        yield line.lstrip() if in_example else line
    if in_example:
        yield "```"
    yield ""


class Settings(Generated):
    """Every setting with its kind, its default and its reason."""

    def lines(self) -> Iterator[str]:
        for setting in CATALOGUE:
            default = f"`{setting.default}`" if setting.default else "empty"
            yield f"`{setting.variable}` ({setting.kind}, {default} unless set)"
            yield f": {setting.why}"
            yield ""


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("face", Face)
    app.add_directive("settings", Settings)
    return {"version": "1", "parallel_read_safe": True}
