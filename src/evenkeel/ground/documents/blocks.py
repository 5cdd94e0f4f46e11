"""What a document is made of: frozen values that know nothing of how they are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ..charts import Chart, Tone

# What XML 1.0 cannot hold: one such character in a title would make slides that no program opens.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence, and the page that shows the query and the rows it rests on; "" where it rests on none."""

    text: str
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Heading:
    """Begins a section; a slide of its own among slides."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Sentences that belong together."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A chart with its title as caption; `href` opens its rows."""

    chart: Chart
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class TableBlock:
    """Texts in rows under a header; a row may open a page."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    hrefs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError(f"every row of “{self.title}” needs {len(self.header)} cells")


@dataclass(frozen=True, kw_only=True)
class Callout:
    """What must not be overlooked. The tone is said in words too: `title`."""

    title: str
    sentences: tuple[Sentence, ...]
    tone: Tone = "muted"


@dataclass(frozen=True, kw_only=True)
class PageBreak:
    """The next block begins a page, or a slide."""


Block = Heading | Paragraph | Figure | TableBlock | Callout | PageBreak


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole document. `site` goes before links that begin with a slash; `made_at` is its only date, so that the same
    document gives the same bytes."""

    title: str
    made_at: datetime
    subtitle: str = ""
    author: str = ""
    language: str = "en"
    site: str = ""
    blocks: tuple[Block, ...] = field(default=())

    def address(self, href: str) -> str:
        """The whole address of a link; "" for anything that is neither of this site nor http(s)."""
        if href.startswith("/") and not href.startswith("//"):
            return self.site.rstrip("/") + href if self.site else ""
        return href if href.startswith(("https://", "http://")) else ""


def sentences(*said: str | tuple[str, str]) -> tuple[Sentence, ...]:
    """Sentences from texts, or pairs of a text and its link; empty texts are left out.

    >>> [sentence.href for sentence in sentences("One.", ("Two.", "/rows/"), "")]
    ['', '/rows/']
    """
    pairs: Sequence[tuple[str, str]] = [(each, "") if isinstance(each, str) else each for each in said]
    return tuple(Sentence(text=text, href=href) for text, href in pairs if text)


def clean(text: object) -> str:
    """The text without characters that no document can hold."""
    return _ILLEGAL.sub("", str(text))
