"""The API's routes in the order in which an address is looked up."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import URLPattern, URLResolver, path


def by_segment(patterns: Sequence[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same routes, those that begin with the same word behind it: an address is held against these and no others.

    Names, parameters, and the order of routes that begin alike stay as they are.
    """
    words: dict[str, list[URLPattern]] = {}
    alone: list[URLPattern | URLResolver] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            alone.append(pattern)
            continue
        word, slash, rest = str(pattern.pattern).partition("/")
        if slash and "<" not in word:
            words.setdefault(word, []).append(path(rest, pattern.callback, pattern.default_args, name=pattern.name))
        else:
            alone.append(pattern)
    return [*(path(f"{word}/", (by_segment(routes), None, None)) for word, routes in words.items()), *alone]
