"""Templates: built from their own room and those below, no script or style inside, every word translated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest

USES = re.compile(r"""\{%\s*(?:include|extends)\s+(?P<what>"[^"]*"|'[^']*'|[^\s%]+)""")
TRANSLATED = re.compile(r"\{%\s*blocktrans(?:late)?\b.*?%\}.*?\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)
COMMENT = re.compile(r"\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}|\{#.*?#\}", re.DOTALL)
# Code that is captured and then shown as code.
CODE = re.compile(
    r"\{%\s*captured as (?P<name>\w+)\s*%\}.*?\{%\s*endcaptured\s*%\}(?=\s*\{%\s*code_block (?P=name)\b)", re.DOTALL
)
# A block that a page fills with the name of a class, not with words.
CLASS_BLOCK = re.compile(r"\{%\s*block \w*(?:class|width|layout)\s*%\}[a-z -]*\{%\s*endblock")
VERBATIM = re.compile(r"\{%\s*verbatim\b.*?%\}.*?\{%\s*endverbatim\s*%\}", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
# Names that are the same in every language.
SAME_EVERYWHERE = {
    "evenkeel", "csv", "xlsx", "json", "svg", "html", "url", "api", "totp", "sha", "utc", "ctrl", "alt", "esc", "tab", "shift",
}  # fmt: skip
# What stands inside these is shown as it is typed.
NOT_PROSE = {"code", "kbd", "pre", "samp", "script"}
READ_ALOUD = {"title", "alt", "placeholder", "aria-label", "aria-description", "aria-roledescription"}


def uses(template: str) -> list[str]:
    """The templates that a template names; a variable is given as it is written."""
    return [match["what"] for match in USES.finditer(COMMENT.sub("", template))]


def upward_uses(template: str, room: str, rooms: Sequence[str]) -> list[str]:
    """Templates of a higher room that a template of `room` includes or extends."""
    found = []
    for what in uses(template):
        other = what.strip("\"'").partition("/")[0]
        if what[0] in "\"'" and other in rooms and rooms.index(other) > rooms.index(room):
            found.append(what)
    return found


class Reader(HTMLParser):
    """Reads a template as a browser would and notes what may not be in it."""

    def __init__(self, template: str):
        super().__init__(convert_charrefs=True)
        self.inline: list[str] = []
        self.untranslated: list[str] = []
        self._open: list[str] = []
        # A whole tag in the place of an attribute leaves a blank; one within a value leaves nothing to read.
        template = CODE.sub(" ", template)
        plain = CLASS_BLOCK.sub("{% endblock", VERBATIM.sub(" ", COMMENT.sub(" ", template)))
        self.feed(TAG.sub(" ", TRANSLATED.sub(" ", plain)))
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        line = self.getpos()[0]
        if (tag == "script" and "src" not in said and said.get("type") != "application/json") or tag == "style":
            self.inline.append(f"line {line}: <{tag}> inside the page")
        for name, value in said.items():
            # hx-on and "js:" make htmx evaluate text, which the policy refuses just the same.
            if (
                name == "style"
                or re.fullmatch(r"on[a-z]+|(data-)?hx-on.*", name)
                or re.match(r"\s*(javascript|js):", value)
            ):
                self.inline.append(f"line {line}: {name}={value!r}")
            if name in READ_ALOUD:
                self._read(value, line)
        if tag not in (
            "br",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "source",
            "track",
            "wbr",
            "col",
            "area",
            "base",
            "embed",
        ):
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        depth = len(self._open)
        self.handle_starttag(tag, attributes)
        del self._open[depth:]

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not NOT_PROSE & set(self._open):
            self._read(data, self.getpos()[0])

    def _read(self, text: str, line: int) -> None:
        words = [word for word in WORD.findall(text) if word.lower() not in SAME_EVERYWHERE]
        if words:
            self.untranslated.append(f"line {line}: {' '.join(text.split())!r}")


def _templates(package: Path) -> list[Path]:
    return sorted([*package.glob("*/templates/**/*.html"), *package.glob("*/templates/**/*.svg")])


def _faults(package: Path, kind: str) -> list[str]:
    return [
        f"{path.relative_to(package)} {fault}"
        for path in _templates(package)
        for fault in getattr(Reader(path.read_text()), kind)
    ]


def test_templates_lead_down(rooms: Sequence[str], package: Path) -> None:
    assert [
        f"{path.relative_to(package)} uses {other}"
        for path in _templates(package)
        for other in upward_uses(path.read_text(), path.relative_to(package).parts[0], rooms)
    ] == []


def test_templates_hold_no_script_and_no_style(package: Path) -> None:
    assert _faults(package, "inline") == []


def test_every_word_in_a_template_is_translated(package: Path) -> None:
    assert _faults(package, "untranslated") == []


def test_a_use_that_leads_up_is_seen() -> None:
    rooms = ["ground", "people", "work"]
    template = """{% extends 'ground/page.html' %}{% include "work/desk.html" with a=1 %}
        {# {% include "work/no.html" %} #}{% include part %}"""
    assert upward_uses(template, "people", rooms) == ['"work/desk.html"']
    assert upward_uses(template, "work", rooms) == []


@pytest.mark.parametrize(
    "inside",
    [
        "<script>go()</script>",
        '<script type="module">go()</script>',
        "<style>a {}</style>",
        '<p style="color: red">{{ x }}</p>',
        '<p {% if x %}class="a"{% endif %} onclick="go()">{{ x }}</p>',
        '<button hx-on:click="go()"></button>',
        "<button hx-vals='js:{a: 1}'></button>",
        '<a href="javascript:go()"></a>',
        '{% if x %}\n<svg><rect style="fill: red" /></svg>{% endif %}',
    ],
)
def test_script_or_style_inside_a_template_is_seen(inside: str) -> None:
    assert Reader(inside).inline


@pytest.mark.parametrize(
    "harmless",
    [
        '<script src="{% static "ground/js/table.js" %}" type="module"></script>',
        '{{ rows|json_script:"rows" }}<script type="application/json">{"a": 1}</script>',
        '<p class="style one" data-on="x" hx-get="/x">{{ x }}</p>',
        "{# <style></style> #}",
    ],
)
def test_what_the_policy_allows_is_let_be(harmless: str) -> None:
    assert Reader(harmless).inline == []


@pytest.mark.parametrize(
    "untranslated",
    [
        "<p>Queues</p>",
        "{% if a > b %}Nothing yet{% endif %}",
        '<input placeholder="Search">',
        '<img src="x" alt="A picture" />',
        "<br>{{ n }} items",
    ],
)
def test_an_untranslated_word_is_seen(untranslated: str) -> None:
    assert Reader(untranslated).untranslated


@pytest.mark.parametrize(
    "fine",
    [
        '<p>{% translate "Queues" %} &middot; {{ n }} &times; 5 %</p>',
        "{% blocktranslate count n=n %}{{ n }} item{% plural %}{{ n }} items{% endblocktranslate %}",
        '<input placeholder="{% translate "Search" %}" name="search">',
        "<p>CSV <kbd>Enter</kbd> <code>evenkeel serve</code></p>",
        "{% comment %}Why this is so.{% endcomment %}{# Because. #}",
        "<!-- a note -->",
        "{% captured as example %}curl {{ address }}{% endcaptured %}{% code_block example %}",
    ],
)
def test_what_needs_no_translation_is_let_be(fine: str) -> None:
    assert Reader(fine).untranslated == []
