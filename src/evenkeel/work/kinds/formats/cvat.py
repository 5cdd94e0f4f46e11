"""CVAT's XML for images, version 1.1."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from math import cos, radians, sin
from typing import Any, BinaryIO

# expat alone: it reads as a stream and, told to, refuses what could blow a document up.
from xml.parsers import expat

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.reading.sources import Unreadable

from ...rules.exchange import Record, SentItem
from ...rules.items import KEY_LENGTH
from ...rules.pictures import address_of, media_item, size_of
from ...rules.regions import box, end_of, pixels, polygon
from ..format import ITEMS, Format, FormatExample, Reading, file_format
from ..unsigned import with_answer
from .coco import regions_of

_DRAWN = ("box", "polygon", "tag")
_LEFT_OUT = ("polyline", "points", "ellipse", "mask", "cuboid", "skeleton", "track")
_NEEDED_SIZE = "picture without width and height"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Most names and labels: nothing in them has to be written otherwise.
_PLAIN = re.compile(r"[\w ./:-]*", re.ASCII)
_COLUMNS = {"key": "image.name", "content": "image.name", "attributes": "image"}
_IMAGE_LIMIT = 50_000  # drawings of one picture


@file_format
class Cvat(Format):
    slug = "cvat"
    title = gettext_lazy("CVAT")
    why = gettext_lazy(
        "XML of CVAT (for images 1.1): pictures with boxes, polygons and tags. It does not say who drew them."
    )
    suffix, media_type = ".xml", "application/xml"
    reads = writes = (ITEMS,)
    carries_answers = True
    not_represented = (
        *_LEFT_OUT, "attribute of a drawing", "occluded mark", "order of drawings", "group of drawings", "meta",
        "second decision about a picture", _NEEDED_SIZE, "answers other than boxes and polygons",
    )  # fmt: skip
    example = FormatExample(
        what=ITEMS,
        file=b'<?xml version="1.0" encoding="utf-8"?>\n<annotations><version>1.1</version><meta><task/></meta>'
        b'<image id="0" name="street.jpg" width="200" height="100">'
        b'<box label="car" source="manual" occluded="0" xtl="20" ytl="10" xbr="60" ybr="40" z_order="0"></box>'
        b'<polyline label="lane" points="1,1;2,2"></polyline></image></annotations>',
        keys=["street.jpg"],
        labels=[("cvat", "1 boxes")],
        leaves_out=["polyline", "meta"],
    )

    @classmethod
    def read(cls, reading: Reading) -> Iterator[Record]:
        pictures = _Pictures(reading)
        for chunk in reading.stream.chunks():
            for row, image, drawn in pictures.feed(chunk):
                made = _record(row, image, drawn, reading)
                if made is not None:
                    yield made
        for row, image, drawn in pictures.feed(b"", is_last=True):
            made = _record(row, image, drawn, reading)
            if made is not None:
                yield made
        if not reading.stream.row and reading.unrepresented.get("track"):
            what = _("The file holds tracks through a film, and no picture.")
            reading.bad(what, _("Export it as “CVAT for images 1.1”: a picture a frame."), row=1, column="track")

    @classmethod
    def write_items(cls, items: Iterable[SentItem], file: BinaryIO, remark: Callable[[str], None]) -> int:
        n = 0
        file.write(b'<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n  <version>1.1</version>\n')
        for item in items:
            shows, _address = address_of(item.kind, item.content, item.attributes)
            size = size_of(item.content, item.attributes)
            if shows != "image" or size is None:
                remark(_NEEDED_SIZE)
                continue
            file.write(_image(n, item, size, remark).encode())
            n += 1
        file.write(b"</annotations>\n")
        return n


Picture = tuple[int, dict[str, str], list[tuple[str, dict[str, str]]]]


class _Pictures:
    """Hears the parser's events and hands out each picture when it is closed."""

    def __init__(self, reading: Reading):
        self._reading = reading
        self._ready: list[Picture] = []
        self._image: dict[str, str] | None = None
        self._drawn: list[tuple[str, dict[str, str]]] = []
        self._path: list[str] = []
        self._row = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._open
        self._parser.EndElementHandler = self._close
        self._parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, chunk: bytes, *, is_last: bool = False) -> list[Picture]:
        """Pictures that the chunk completes."""
        try:
            self._parser.Parse(chunk, is_last)
        except expat.ExpatError as error:
            raise Unreadable(
                _("This is no XML: %(why)s.") % {"why": error},
                _("Export it again; the file may have been cut off."),
                row=self._row + 1,
                line=error.lineno,
            ) from None
        except (LookupError, ValueError) as error:
            raise Unreadable(
                _("The encoding that the file declares is unknown: %(why)s.") % {"why": error},
                _("Save it as UTF-8."),
                line=1,
            ) from None
        ready, self._ready = self._ready, []
        return ready

    def _refuse(self, *_said: object) -> None:
        raise Unreadable(
            _("The file declares a document type, which could define anything."),
            _("Remove the line that starts with <!DOCTYPE."),
            line=self._parser.CurrentLineNumber,
        )

    def _open(self, name: str, said: dict[str, str]) -> None:
        if not self._path and name != "annotations":
            raise Unreadable(
                _("This is not CVAT's XML: it starts with “%(name)s”.") % {"name": name[:40]},
                _("Export it as “CVAT for images 1.1”."),
                line=self._parser.CurrentLineNumber,
            )
        self._path.append(name)
        if len(self._path) == 2 and name == "image":
            self._row += 1
            self._reading.stream.row = self._row
            self._image, self._drawn = said, []
        elif len(self._path) == 2 and name != "version":
            self._reading.leave_out(name)
        elif len(self._path) == 3 and self._image is not None:
            if name in _DRAWN:
                self._drawn.append((name, said))
            else:
                self._reading.leave_out(name)
            if len(self._drawn) > _IMAGE_LIMIT:
                raise Unreadable(
                    _("A picture has more than %(most)s drawings.") % {"most": f"{_IMAGE_LIMIT:,}"},
                    _("Divide it."),
                    row=self._row,
                )
        elif len(self._path) == 4 and name == "attribute":
            self._reading.leave_out("attribute of a drawing")

    def _close(self, name: str) -> None:
        if len(self._path) == 2 and name == "image" and self._image is not None:
            self._ready.append((self._row, self._image, self._drawn))
            self._image = None
        self._path.pop()


def _record(
    row: int, image: Mapping[str, str], drawn: list[tuple[str, dict[str, str]]], reading: Reading
) -> Record | None:
    key = (image.get("name") or image.get("id") or str(row))[:KEY_LENGTH]
    regions, tags, at = [], [], "image"
    try:
        size = (float(image["width"]), float(image["height"]))
        for name, said in drawn:
            at = name
            for mark, told in (
                ("occluded", "occluded mark"),
                ("z_order", "order of drawings"),
                ("group_id", "group of drawings"),
            ):
                if said.get(mark, "0") not in ("0", ""):
                    reading.leave_out(told)
            if name == "tag":
                tags.append(said["label"])
            else:
                regions.append(_region(name, said, size))
    except (KeyError, ValueError) as error:
        what = _("The numbers of the drawing cannot be read: %(why)s.") % {"why": str(error)[:120]}
        # What is missing has a name; what merely is no number is somewhere in the element.
        column = f"{at}.{error.args[0]}" if isinstance(error, KeyError) else at
        reading.bad(what, _("Export it again as “CVAT for images 1.1”."), row=row, column=column)
        return None
    answer: dict[str, Any] = {}
    if tags:
        answer["label"] = tags[0] if len(tags) == 1 else tags
    if regions:
        answer["boxes"] = regions
    item = media_item(key, "image", image.get("name") or key, {"width": size[0], "height": size[1]})
    return with_answer(row, item, answer, reading, columns=_COLUMNS)


def _region(name: str, said: Mapping[str, str], size: tuple[float, float]) -> dict[str, Any]:
    label = said["label"]
    if name == "polygon":
        points = [tuple(float(part) for part in pair.split(",")) for pair in said["points"].split(";") if pair]
        return polygon(label, points, of=size)
    left, top, right, bottom = (float(said[edge]) for edge in ("xtl", "ytl", "xbr", "ybr"))
    turn = float(said.get("rotation") or 0)
    if not turn:
        return box(label, x=left, y=top, width=right - left, height=bottom - top, of=size)
    # CVAT turns a box clockwise about its middle.
    cosine, sine = cos(radians(turn)), sin(radians(turn))
    x, y = (left + right) / 2, (top + bottom) / 2
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    turned = [(x + (a - x) * cosine - (b - y) * sine, y + (a - x) * sine + (b - y) * cosine) for a, b in corners]
    return polygon(label, turned, of=size)


def _image(number: int, item: SentItem, size: tuple[float, float], remark: Callable[[str], None]) -> str:
    lines = [f'  <image id="{number}" name="{_plain(item.key)}" width="{size[0]:g}" height="{size[1]:g}">']
    newest = max(item.said, key=lambda made: made.decided_at) if item.said else None
    tags = newest.answer.get("label") if newest else None
    if isinstance(tags, str | list):
        lines += [
            f'    <tag label="{_plain(tag)}" source="manual"></tag>'
            for tag in ([tags] if isinstance(tags, str) else tags)
        ]

    def left_out(part: str) -> None:
        # A label is a tag here, so it is not left out.
        if part != "answers other than boxes and polygons" or tags is None or (newest and len(newest.answer) > 2):
            remark(part)

    for each in regions_of(item, left_out):
        label = _plain(each.get("label", ""))
        if each.get("shape") == "polygon":
            points = ";".join(f"{pixels(x, size[0])!r},{pixels(y, size[1])!r}" for x, y in each["points"])
            lines.append(
                f'    <polygon label="{label}" source="manual" occluded="0" points="{points}" z_order="0"></polygon>'
            )
        else:
            left, top = pixels(each["x"], size[0]), pixels(each["y"], size[1])
            right, bottom = end_of(left, pixels(each["w"], size[0])), end_of(top, pixels(each["h"], size[1]))
            lines.append(
                f'    <box label="{label}" source="manual" occluded="0" xtl="{left!r}" ytl="{top!r}" xbr="{right!r}" '
                f'ybr="{bottom!r}" z_order="0"></box>'
            )
    return "\n".join([*lines, "  </image>\n"])


def _plain(said: Any) -> str:
    """Text inside an attribute; signs that XML cannot hold become the sign for what is not known."""
    text = str(said)
    if _PLAIN.fullmatch(text):
        return text
    kept = _NO_XML.sub("\ufffd", text)
    # A parser makes blanks of them unless they are written out.
    return escape(kept).replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")
