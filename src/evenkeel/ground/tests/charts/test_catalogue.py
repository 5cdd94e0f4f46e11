"""The catalogue: finds kinds in one folder, refuses what would be found twice, names what there is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from evenkeel.ground.catalogue import BadKind, Catalogue, UnknownKind


class Circle:
    slug = "circle"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package `shapes` whose modules register with `shapes.registry.catalogue`."""
    package = tmp_path / "found_shapes"
    (package / "kinds").mkdir(parents=True)
    (package / "__init__.py").write_text(
        "from evenkeel.ground.catalogue import Catalogue\nshapes = Catalogue('shape', package='found_shapes.kinds')\n"
    )
    (package / "kinds/__init__.py").write_text("")
    for name in ("square", "circle"):
        write_kind(package, name, f"slug = '{name}'")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "modules", dict(sys.modules))
    return package


def write_kind(package: Path, name: str, body: str) -> None:
    code = f"from found_shapes import shapes\n@shapes.register\nclass {name.title()}:\n    {body}\n"
    (package / f"kinds/{name}.py").write_text(code)


def found() -> Catalogue[Any]:
    import found_shapes  # type: ignore[import-not-found]

    return found_shapes.shapes  # type: ignore[no-any-return]


def test_it_finds_every_kind_of_its_folder_in_order_of_slug(folder: Path) -> None:
    assert [kind.slug for kind in found()] == ["circle", "square"]
    assert found().slugs() == ["circle", "square"]
    assert len(found()) == 2
    assert "circle" in found()
    assert found()["square"].__name__ == "Square"


def test_a_new_kind_is_one_new_file(folder: Path) -> None:
    write_kind(folder, "triangle", "slug = 'triangle'")
    assert found().slugs() == ["circle", "square", "triangle"]


def test_it_leaves_tests_and_private_modules_alone(folder: Path) -> None:
    (folder / "kinds/_draft.py").write_text("raise RuntimeError")
    (folder / "kinds/tests").mkdir()
    (folder / "kinds/tests/__init__.py").write_text("raise RuntimeError")
    assert found().slugs() == ["circle", "square"]


def test_an_unknown_slug_is_answered_with_those_there_are(folder: Path) -> None:
    with pytest.raises(UnknownKind, match=r'^There is no shape "star". There are: circle, square.$'):
        found()["star"]


def test_two_kinds_of_one_slug_are_refused(folder: Path) -> None:
    write_kind(folder, "other", "slug = 'circle'")
    with pytest.raises(BadKind, match='two shape kinds with the slug "circle"'):
        found().slugs()


def test_a_module_that_fails_complains_every_time(folder: Path) -> None:
    write_kind(folder, "broken", "slug = 1 / 0")
    for _attempt in range(2):
        with pytest.raises(ZeroDivisionError):
            found().slugs()


def test_a_kind_may_ask_the_catalogue_while_it_is_loaded(folder: Path) -> None:
    (folder / "kinds/curious.py").write_text("from found_shapes import shapes\nassert 'circle' in shapes\n")
    assert found().slugs() == ["circle", "square"]


def test_registering_the_same_kind_again_changes_nothing() -> None:
    shapes: Catalogue[Any] = Catalogue("shape", package="xml")
    assert shapes.register(shapes.register(Circle)) is Circle
    assert shapes.slugs() == ["circle"]


@pytest.mark.parametrize("slug", [None, "", "Circle", "a b", "1st", "a__b", "ä", 7])
def test_a_kind_without_a_proper_slug_is_refused(slug: object) -> None:
    shapes: Catalogue[Any] = Catalogue("shape", package="xml")
    with pytest.raises(BadKind, match="needs a slug"):
        shapes.register(type("Nameless", (), {"slug": slug}))
