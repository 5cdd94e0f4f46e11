"""From Markdown to HTML that is safe to show."""

from __future__ import annotations

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from evenkeel.ground.errors import Invalid
from evenkeel.people import wrong_language

NAME_LENGTH, CHANGE_LENGTH = 160, 300
BODY_LIMIT = 200_000  # characters; longer than any guideline that a person could follow

# What Markdown makes, and nothing that runs, loads or styles. Pictures are left out: they would come from other machines.
_TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}} | {f"h{level}": {"id"} for level in range(1, 7)}


def check_language(code: str) -> str:
    """A language's code such as de or pt-BR; `Invalid` for anything else."""
    code = code.strip()
    if wrong := wrong_language(code):
        raise Invalid(_("This is no language."), fields={"language": [wrong]})
    return code


@lru_cache(maxsize=64)
def to_html(markdown: str, *, heading_from: int = 2) -> SafeString:
    """Markdown (CommonMark, tables, strike-through) as clean HTML.

    The text's highest headings become `heading_from`, so that they fit under a page's own, and carry ids to jump to.
    HTML inside the text is shown as text; links to anything but http, https and mailto lose their address.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    tokens = parser.parse(markdown)
    _shift_headings(tokens, heading_from)
    made = parser.renderer.render(tokens, parser.options, {})
    clean = nh3.clean(made, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"})
    return mark_safe(clean)  # noqa: S308  (this is what cleaning is for)


def _shift_headings(tokens: list[Token], heading_from: int) -> None:
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    shift = heading_from - min(levels, default=heading_from)
    used: set[str] = set()
    for position, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + shift)}"
        if token.type == "heading_open":
            token.attrSet("id", _free_id(tokens[position + 1].content, used))


def _free_id(title: str, used: set[str]) -> str:
    # The prefix keeps a heading named "content" apart from the page's own ids.
    base = f"said-{slugify(title) or 'part'}"
    made, number = base, 2
    while made in used:
        made, number = f"{base}-{number}", number + 1
    used.add(made)
    return made
