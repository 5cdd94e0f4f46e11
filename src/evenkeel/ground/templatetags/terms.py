"""Words whose meaning a page can show.

A room registers its own when it starts: `define("accuracy", _("Accuracy"), _("Right decisions among ..."))`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.template import Library
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

library = Library()
Words = str | Promise
_terms: dict[str, Term] = {}


@dataclass(frozen=True)
class Term:
    """A word of the trade and what it means, in a sentence."""

    slug: str
    title: Words
    meaning: Words


def define(slug: str, title: Words, meaning: Words) -> Term:
    """Register a term. Saying the same again is harmless; a second meaning raises ValueError."""
    term = Term(slug, title, meaning)
    if _terms.setdefault(slug, term) != term:
        raise ValueError(f"{slug!r} already means {_terms[slug].meaning!s}")
    return term


def terms() -> list[Term]:
    """All registered terms, by their slug."""
    return [_terms[slug] for slug in sorted(_terms)]


@library.simple_tag
def definition(word: object, *, text: object = "") -> SafeString:
    """A word with its meaning on hover, focus and tap. Without `text` it is a registered slug, else LookupError."""
    title, meaning = (word, text) if text else (_terms[str(word)].title, _terms[str(word)].meaning)
    return format_html(
        '<button type="button" class="term" data-tip="{}">{}<span class="visually-hidden"> ({})</span></button>',
        meaning,
        title,
        meaning,
    )
