"""What the documents say is so: commands, settings, scopes, links and the rest exist, and all there is is told of."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest

from evenkeel.edges.cli import root
from evenkeel.ground.access import all_scopes
from evenkeel.ground.env import CATALOGUE
from evenkeel.ground.jobs import all_jobs
from evenkeel.ground.log import all_facts
from evenkeel.measure import metrics
from evenkeel.measure.language import AGGREGATES, FUNCTIONS, UNITS
from evenkeel.people.roles import BUILT_IN
from evenkeel.quality import importers
from evenkeel.reports import VIEWS

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md")])


def each_document(says_nothing_wrong: Callable[[Path], None]) -> Callable[[], None]:
    """One test over all documents, not a test for each: it names every one of which this does not hold."""

    def over_all() -> None:
        wrong = {}
        for path in DOCUMENTS:
            try:
                says_nothing_wrong(path)
            except AssertionError as error:
                wrong[str(path.relative_to(ROOT))] = str(error)
        assert wrong == {}

    over_all.__name__ = says_nothing_wrong.__name__
    return over_all


@cache
def text_of(path: Path) -> str:
    return path.read_text()


@cache
def without_blocks(path: Path) -> str:
    return re.sub(r"```.*?```", "", text_of(path), flags=re.DOTALL)


# ------------------------------------------------------------------ all are told of

GENERATED = {
    "settings": lambda: {setting.variable for setting in CATALOGUE},
    "metrics": lambda: {kind.slug for kind in metrics},
    "language": lambda: {*(each.name for each in AGGREGATES), *(each.name for each in FUNCTIONS), *UNITS},
    "facts": lambda: {*all_facts(), *(column for fact in all_facts().values() for column in fact.columns)},
    "analytics": lambda: {f"{view.schema}.{view.name}" for view in VIEWS},
    "scopes": lambda: {*all_scopes(), *BUILT_IN},
    "jobs": lambda: {job.name for job in all_jobs()},
    "importers": lambda: {kind.slug for kind in importers},
}


@pytest.mark.parametrize("directive", GENERATED)
def test_the_manual_prints_every_one_of_them(directive: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [name for name, text in ((path.name, text_of(path)) for path in DOCUMENTS) if f"```{{{directive}}}" in text]
    pytest.importorskip("sphinx", reason="the manual's tools are not installed")
    monkeypatch.setattr(sys, "path", [*sys.path, str(ROOT / "docs" / "_ext")])
    kinds = vars(import_module("house")) | vars(import_module("catalogues"))
    kind: Any = kinds[directive.capitalize()]
    written = "\n".join(kind.lines(None))
    assert [
        name for name in sorted(GENERATED[directive]()) if f"`{name}`" not in written and f"## {name}" not in written
    ] == []


def test_every_command_is_in_the_manual() -> None:
    # sphinx-click prints the whole tree below the root, so that the root stands there is all that can go wrong.
    assert ".. click:: evenkeel.edges.cli:root" in text_of(ROOT / "docs/reference/commands.md")
    assert ":nested: full" in text_of(ROOT / "docs/reference/commands.md")


def test_every_built_in_role_has_a_page() -> None:
    assert {path.stem for path in (ROOT / "docs/roles").glob("*.md")} == {slug.replace("_", "-") for slug in BUILT_IN}


def test_the_page_about_the_log_has_every_column() -> None:
    said = text_of(ROOT / "docs/log-format.md")
    for name, fact in all_facts().items():
        section = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", said, re.MULTILINE | re.DOTALL)
        assert section is not None, name
        told = {
            word.strip()
            for row in re.findall(r"^\| ([a-z_, ]+) \|", section[1], re.MULTILINE)
            for word in row.split(",")
        }
        assert told - {"column"} == set(fact.columns), name


# ------------------------------------------------------------------ what is named exists


@each_document
def test_settings_that_are_named_exist(path: Path) -> None:
    known = {setting.variable for setting in CATALOGUE} | {"EVENKEEL_REFERENCE_DATA", "EVENKEEL_SCREENSHOTS"}
    assert set(re.findall(r"EVENKEEL_[A-Z0-9_]+", text_of(path))) <= known


@each_document
def test_scopes_that_are_named_exist(path: Path) -> None:
    rooms = {scope.partition(":")[0] for scope in all_scopes()}
    named = set(re.findall(r"`([a-z]+:[a-z_]+:[a-z_]+)`", text_of(path)))
    assert {scope for scope in named if scope.partition(":")[0] in rooms} <= set(all_scopes())


def command_lines(text: str) -> Iterator[list[str]]:
    """What is typed after `evenkeel`, in code spans and code blocks."""
    for line in re.findall(r"`evenkeel ([^`]+)`", text) + re.findall(r"^ {4}evenkeel (.+)$", text, re.MULTILINE):
        yield re.split(r"\s+#", line)[0].replace("&", "").split()


@each_document
def test_commands_that_are_named_exist_with_their_options(path: Path) -> None:
    for words in command_lines(text_of(path)):
        found: click.Command = root
        for word in words:
            if isinstance(found, click.Group) and word.islower() and not word.startswith("-"):
                inner = found.get_command(click.Context(found), word)
                assert inner is not None, f"evenkeel {' '.join(words)}"
                found = inner
        options = {name for each in found.params for name in (*each.opts, *each.secondary_opts)} | {
            "--help",
            "--version",
        }
        assert {word.partition("=")[0] for word in words if word.startswith("--")} <= options, (
            f"evenkeel {' '.join(words)}"
        )


@each_document
def test_make_targets_and_scripts_that_are_named_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    text = text_of(path)
    named = re.findall(r"`make ([a-z]+)`", text) + re.findall(r"^ {4}make ([a-z]+)", text, re.MULTILINE)
    assert set(named) <= targets
    scripts = {
        name for name in re.findall(r"\bscripts/([a-z.-]+[a-z])", text) if not (ROOT / "scripts" / name).exists()
    }
    assert not scripts
    benches = re.findall(r"scripts/bench ([a-z_]+)", text) + re.findall(r"\bbench/([a-z_]+)\.py", text)
    assert [name for name in benches if not (ROOT / "bench" / f"{name}.py").exists()] == []


def test_the_two_commands_of_the_readme_are_there() -> None:
    named = re.findall(r"^ {4}make ([a-z]+)", text_of(ROOT / "README.md"), re.MULTILINE)
    assert {"demo", "test"} <= set(named)


# ------------------------------------------------------------------ links


@cache
def anchors_of(path: Path) -> set[str]:
    """The anchors of a page's headings, as the manual makes them."""
    headings = re.findall(r"^#+ (.+)$", without_blocks(path), re.MULTILINE)
    plain = [re.sub(r"[`*]|\]\([^)]*\)|\[", "", heading).strip().lower() for heading in headings]
    return {re.sub(r"[^\w -]", "", heading).replace(" ", "-") for heading in plain}


@each_document
def test_links_lead_somewhere(path: Path) -> None:
    text = without_blocks(path)
    links = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|srcset|href)="([^"]+)"', text)
    broken = []
    for link in links:
        if re.match(r"(https?|mailto):", link):
            continue
        file, _sharp, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            broken.append(link)
    assert broken == []


@each_document
def test_a_page_of_the_manual_is_in_its_contents(path: Path) -> None:
    if path.parent.name in ("decisions", "reference") or (ROOT / "docs") not in path.parents or path.name == "index.md":
        return
    assert str(path.relative_to(ROOT / "docs").with_suffix("")) in text_of(ROOT / "docs/index.md").split()


def test_pictures_are_small_and_shown() -> None:
    shown = "".join(text_of(path) for path in DOCUMENTS)
    for picture in (ROOT / "docs/pictures").iterdir():
        assert picture.name in shown, picture
        assert picture.stat().st_size < 300_000, picture


# ------------------------------------------------------------------ what no document says

UNWANTED = {
    "a registry's host": r"pypi\.org|pythonhosted|registry\.npmjs|npmjs\.com|proxy\.golang|crates\.io",
    "something left undone": r"\bTODO\b|\bFIXME\b|\bTBD\b|[Ll]orem ipsum|coming soon",
    "how the work was organised": r"\bissue \d|\bhelper (?:agent|session)|shared/|/tmp/|/work/|\bsprint\b",
    "an unfilled place": r"<your-|example\.com|\bXXX\b",
}


@each_document
def test_no_document_holds_what_is_unwanted(path: Path) -> None:
    for what, pattern in UNWANTED.items():
        found = re.search(pattern, text_of(path))
        assert found is None, f"{what}: {found and found[0]}"


@each_document
def test_a_measured_figure_names_the_command_that_measures_it(path: Path) -> None:
    """A duration, a size or a rate of our own stands in bench/README.md, where its command stands beside it."""
    if path.parent.name == "bench":
        return
    found = re.findall(
        r"[^.\n]*\b(?:takes?|took|needs?|uses?|under|within) (?:about )?\d+(?:\.\d+)? ?(?:ms|s|seconds|MB|GB)\b",
        text_of(path),
    )
    assert [line for line in found if "bench" not in line] == []
