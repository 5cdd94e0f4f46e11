"""A document as PDF and as slides: every link is there, nothing in a text is a command, the same bytes each time."""

from __future__ import annotations

import io
import re
import zlib
from datetime import UTC, datetime

import pptx
import pytest

from evenkeel.ground.charts import Pareto
from evenkeel.ground.documents import (
    Callout,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    TableBlock,
    sentences,
    to_pdf,
    to_pptx,
)

pytestmark = pytest.mark.once
HOSTILE = '#link("https://evil.example")[x] $1+1$ \\ <b> & "\x00\x0b #panic("no")'
DOCUMENT = Document(
    title="Scams slip through",
    subtitle=HOSTILE,
    author="Lena Vos",
    made_at=datetime(2026, 3, 2, 12, tzinfo=UTC),
    site="https://keel.example",
    blocks=(
        Heading(text="The problem"),
        Paragraph(sentences=sentences(("Accuracy fell.", "/improve/rows/1/"), HOSTILE, ("No.", "javascript:alert(1)"))),
        Figure(chart=Pareto.example(), href="/improve/causes/"),
        Callout(title="Not validated", tone="warn", sentences=sentences("Nobody has asked again.")),
        PageBreak(),
        TableBlock(
            title="Parts",
            header=("Part", "Wrong"),
            rows=tuple((f"Part {n} {HOSTILE}", str(n)) for n in range(40)),
            hrefs=tuple(f"/rows/{n}/" for n in range(40)),
        ),
    ),
)


def links_of(pdf: bytes) -> set[str]:
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    unpacked = [pdf]
    for stream in streams:
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return {link.decode() for part in unpacked for link in re.findall(rb"/URI ?\(([^)]*)\)", part)}


def test_a_pdf_has_every_link_and_the_same_bytes_each_time() -> None:
    made = to_pdf(DOCUMENT)
    assert made.startswith(b"%PDF-")
    assert made == to_pdf(DOCUMENT)
    links = links_of(made)
    assert {"https://keel.example/improve/rows/1/", "https://keel.example/rows/39/"} <= links
    assert not [link for link in links if "evil" in link or "javascript" in link]


def test_slides_have_every_link_and_the_same_bytes_each_time() -> None:
    made = to_pptx(DOCUMENT)
    assert made == to_pptx(DOCUMENT)
    deck = pptx.Presentation(io.BytesIO(made))
    links = {rel.target_ref for slide in deck.slides for rel in slide.part.rels.values() if rel.is_external}
    assert links == {
        "https://keel.example/improve/rows/1/",
        "https://keel.example/improve/causes/",
        *(f"https://keel.example/rows/{n}/" for n in range(40)),
    }
    pictures = [shape for slide in deck.slides for shape in slide.shapes if shape.shape_type == 13]
    assert pictures[0]._element.nvPicPr.cNvPr.get("descr") == Pareto.example().description
    bottoms = [shape.top + shape.height for slide in deck.slides for shape in slide.shapes]
    assert max(bottoms) <= deck.slide_height
    assert len(deck.slides) >= 4


def test_a_table_whose_rows_do_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="needs 2 cells"):
        TableBlock(title="Parts", header=("a", "b"), rows=(("only one",),))


def test_a_link_leads_to_this_site_or_the_web() -> None:
    assert [DOCUMENT.address(href) for href in ("/x/", "//evil.example", "https://a.example", "javascript:x", "")] == [
        "https://keel.example/x/",
        "",
        "https://a.example",
        "",
        "",
    ]
