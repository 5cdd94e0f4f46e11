"""A document as PDF, by typst. Texts reach it as data, never as source, so nothing in them can be a command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .blocks import Block, Callout, Document, Figure, Heading, PageBreak, Paragraph, Sentence, TableBlock, clean
from .drawings import TEXT_FACE, svg_of

_SOURCE = Path(__file__).with_name("document.typ")


def to_pdf(document: Document) -> bytes:
    """The document as PDF: A4, tagged, with bookmarks, fonts embedded. The same document gives the same bytes."""
    import typst

    told = {
        "title": clean(document.title),
        "subtitle": clean(document.subtitle),
        "author": clean(document.author),
        "language": document.language.partition("-")[0],
        "face": TEXT_FACE,
        "blocks": [_told(document, block) for block in document.blocks],
    }
    found = typst.compile(
        _SOURCE.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(told, ensure_ascii=False)},
        timestamp=int(document.made_at.timestamp()),
    )
    if not isinstance(found, bytes):
        raise TypeError("one document gives one file")
    return found


def _told(document: Document, block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": clean(block.text)}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "sentences": [_sentence(document, each) for each in block.sentences]}
    if isinstance(block, Callout):
        said = [_sentence(document, each) for each in block.sentences]
        return {"kind": "callout", "title": clean(block.title), "tone": block.tone, "sentences": said}
    if isinstance(block, Figure):
        return {
            "kind": "figure",
            "svg": svg_of(block.chart),
            "alt": clean(block.chart.description or block.chart.title),
            "caption": {"text": clean(block.chart.title), "href": document.address(block.href)},
        }
    if isinstance(block, TableBlock):
        return {
            "kind": "table",
            "title": clean(block.title),
            "header": [clean(cell) for cell in block.header],
            "rows": [[clean(cell) for cell in row] for row in block.rows],
            "hrefs": [document.address(href) for href in block.hrefs] or [""] * len(block.rows),
        }
    assert isinstance(block, PageBreak)
    return {"kind": "break"}


def _sentence(document: Document, sentence: Sentence) -> dict[str, str]:
    return {"text": clean(sentence.text), "href": document.address(sentence.href)}
