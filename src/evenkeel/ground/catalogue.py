"""Kinds live in catalogues: one file a kind, found by scanning one folder, looked up by slug."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from threading import RLock
from typing import Any, Generic, TypeVar, cast

K = TypeVar("K")
T = TypeVar("T")

SLUG = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")


class UnknownKind(KeyError):
    """Nothing of this slug is in the catalogue; the sentence names what is."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


class BadKind(ValueError):
    """A kind that cannot be registered: no proper slug, or a slug already taken."""


class Catalogue(Generic[K]):
    """All kinds of one sort: metrics, charts, importers ...

    `word` names one of them in messages; `package` is the folder whose modules register themselves. The folder is
    read at first use, so that declaring a catalogue imports nothing. A kind is whatever the room likes (a class, an
    instance, a function) as long as it has a `slug`.

    >>> shapes: Catalogue[Any] = Catalogue("shape", package="xml")
    >>> class Circle:
    ...     slug = "circle"
    >>> shapes.register(Circle) is Circle
    True
    """

    def __init__(self, word: str, *, package: str) -> None:
        self.word, self.package = word, package
        self._kinds: dict[str, K] = {}
        self._is_loaded = self._is_loading = False
        # Two threads may ask first at the same time; a kind's module may itself ask the catalogue while it loads.
        self._lock = RLock()

    def register(self, kind: T) -> T:
        """Put a kind in, as a decorator. Raises `BadKind` when its slug is missing, malformed or already taken."""
        slug = getattr(kind, "slug", None)
        name = getattr(kind, "__qualname__", repr(kind))
        if not isinstance(slug, str) or not SLUG.fullmatch(slug):
            raise BadKind(f"The {self.word} {name} needs a slug in small letters, digits, _ or -; it has {slug!r}.")
        taken = self._kinds.get(slug)
        if taken is not None and taken is not cast(Any, kind):
            raise BadKind(f'There are two {self.word} kinds with the slug "{slug}": {taken!r} and {kind!r}.')
        self._kinds[slug] = cast(K, kind)
        return kind

    def slugs(self) -> list[str]:
        self._load()
        return sorted(self._kinds)

    def __iter__(self) -> Iterator[K]:
        return iter([self._kinds[slug] for slug in self.slugs()])

    def __len__(self) -> int:
        return len(self.slugs())

    def __contains__(self, slug: object) -> bool:
        self._load()
        return isinstance(slug, str) and slug in self._kinds

    def __getitem__(self, slug: str) -> K:
        self._load()
        if slug not in self._kinds:
            raise UnknownKind(f'There is no {self.word} "{slug}". There are: {", ".join(self.slugs()) or "none"}.')
        return self._kinds[slug]

    def _load(self) -> None:
        if self._is_loaded:
            return
        with self._lock:
            if self._is_loaded or self._is_loading:
                return
            self._is_loading = True
            try:
                self._import_folder()
                self._is_loaded = True
            finally:
                # A module that fails to import is tried, and complains, again at the next use.
                self._is_loading = False

    def _import_folder(self) -> None:
        folder = importlib.import_module(self.package)
        for module in sorted(pkgutil.iter_modules(folder.__path__), key=lambda found: found.name):
            if module.name != "tests" and not module.name.startswith("_"):
                importlib.import_module(f"{self.package}.{module.name}")
