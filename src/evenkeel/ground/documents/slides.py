"""A document as slides (PPTX): a heading begins a slide, what does not fit goes on with the next."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from math import ceil
from typing import TYPE_CHECKING, Any

from .blocks import Block, Callout, Document, Figure, Heading, PageBreak, Paragraph, Sentence, TableBlock, clean
from .drawings import png_of

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

# In inches: 16 to 9, and what is left for content under the title.
_WIDE, _HIGH, _SIDE, _TOP, _BOTTOM = 13.333, 7.5, 0.7, 1.35, 0.5
_LETTERS, _LINE, _ROW = 105, 0.33, 0.36
_FIGURE_HIGH = 4.6
# A zip keeps a moment for every part; the first that it can say, so that the same slides are the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def to_pptx(document: Document) -> bytes:
    """The document as slides with links, tables that can be edited, and charts as pictures with their description."""
    import pptx
    from pptx.util import Inches

    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(_WIDE), Inches(_HIGH)
    said = deck.core_properties
    said.title, said.author, said.last_modified_by = clean(document.title), clean(document.author), ""
    said.created = said.modified = document.made_at.replace(tzinfo=None, microsecond=0)
    _first(deck, document)
    writer = _Writer(deck, document)
    for block in document.blocks:
        writer.write(block)
    made = io.BytesIO()
    deck.save(made)
    return _same_bytes(made.getvalue())


def _first(deck: Presentation, document: Document) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    frame = _box(slide, top=2.4, high=2.5)
    _text(frame, document, (Sentence(text=document.title),), size=36, bold=True)
    _text(frame, document, (Sentence(text=document.subtitle),), size=16)


class _Writer:
    """Where the next block goes."""

    def __init__(self, deck: Presentation, document: Document) -> None:
        self.deck, self.document = deck, document
        self.title, self.at = document.title, _HIGH
        self.slide: Slide | None = None

    def write(self, block: Block) -> None:
        if isinstance(block, Heading):
            self.title, self.slide = block.text, None
        elif isinstance(block, PageBreak):
            self.slide = None
        elif isinstance(block, Paragraph):
            self._say(block.sentences)
        elif isinstance(block, Callout):
            self._say((Sentence(text=f"{block.title}:"), *block.sentences), bold=True)
        elif isinstance(block, Figure):
            self._draw(block)
        else:
            for part in _pages(block):
                self._tabulate(part)

    def _room(self, high: float) -> Slide:
        """The slide with so much room left, a new one where the last is full."""
        if self.slide is None or self.at + high > _HIGH - _BOTTOM:
            self.slide = self.deck.slides.add_slide(self.deck.slide_layouts[5])
            title = self.slide.shapes.title
            assert title is not None
            from pptx.util import Inches, Pt

            title.left, title.top, title.width, title.height = (
                Inches(_SIDE), Inches(0.4), Inches(_WIDE - 2 * _SIDE), Inches(0.8),
            )  # fmt: skip
            title.text_frame.text = clean(self.title)
            title.text_frame.paragraphs[0].font.size = Pt(26)
            self.at = _TOP
        return self.slide

    def _say(self, said: tuple[Sentence, ...], *, bold: bool = False) -> None:
        lines = ceil(sum(len(each.text) + 1 for each in said) / _LETTERS)
        high = lines * _LINE + 0.15
        frame = _box(self._room(high), top=self.at, high=high)
        _text(frame, self.document, said, size=16, bold_first=bold)
        self.at += high

    def _draw(self, block: Figure) -> None:
        from pptx.util import Emu, Inches

        high = _FIGURE_HIGH + _LINE
        slide = self._room(high)
        frame = _box(slide, top=self.at, high=_LINE)
        _text(frame, self.document, (Sentence(text=block.chart.title, href=block.href),), size=14)
        picture = slide.shapes.add_picture(io.BytesIO(png_of(block.chart)), Inches(_SIDE), Inches(self.at + _LINE))
        widest, highest = Inches(_WIDE - 2 * _SIDE), Inches(_FIGURE_HIGH - 0.1)
        scale = min(widest / picture.width, highest / picture.height)
        picture.width, picture.height = Emu(int(picture.width * scale)), Emu(int(picture.height * scale))
        element: Any = picture._element
        element.nvPicPr.cNvPr.set("descr", clean(block.chart.description or block.chart.title))
        self.at += high

    def _tabulate(self, block: TableBlock) -> None:
        from pptx.util import Inches, Pt

        high = (len(block.rows) + 1) * _ROW + 0.3
        slide = self._room(high)
        shape = slide.shapes.add_table(
            len(block.rows) + 1, len(block.header), Inches(_SIDE), Inches(self.at), Inches(_WIDE - 2 * _SIDE),
            Inches(high - 0.3),
        )  # fmt: skip
        hrefs = block.hrefs or ("",) * len(block.rows)
        for number, cells in enumerate((block.header, *block.rows)):
            for place, text in enumerate(cells):
                run = shape.table.cell(number, place).text_frame.paragraphs[0].add_run()
                run.text, run.font.size = clean(text), Pt(12)
                href = self.document.address(hrefs[number - 1]) if number and not place else ""
                if href:
                    run.hyperlink.address = href
        self.at += high


def _pages(block: TableBlock) -> Iterator[TableBlock]:
    """A table in parts that fit a slide each."""
    most = int((_HIGH - _TOP - _BOTTOM) / _ROW) - 2
    hrefs = block.hrefs or ("",) * len(block.rows)
    for start in range(0, len(block.rows), most):
        yield TableBlock(
            title=block.title,
            header=block.header,
            rows=block.rows[start : start + most],
            hrefs=hrefs[start : start + most],
        )


def _box(slide: Slide, *, top: float, high: float) -> Any:
    from pptx.util import Inches

    box = slide.shapes.add_textbox(Inches(_SIDE), Inches(top), Inches(_WIDE - 2 * _SIDE), Inches(high))
    box.text_frame.word_wrap = True
    return box.text_frame


def _text(
    frame: Any,
    document: Document,
    said: tuple[Sentence, ...],
    *,
    size: int,
    bold: bool = False,
    bold_first: bool = False,
) -> None:
    from pptx.util import Pt

    paragraph = frame.paragraphs[0] if not frame.text else frame.add_paragraph()
    for place, sentence in enumerate(said):
        run = paragraph.add_run()
        run.text = clean(sentence.text) + (" " if place < len(said) - 1 else "")
        run.font.size, run.font.bold = Pt(size), bold or (bold_first and place == 0)
        href = document.address(sentence.href)
        if href:
            run.hyperlink.address = href


def _same_bytes(content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            new.writestr(zipfile.ZipInfo(name, _EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
