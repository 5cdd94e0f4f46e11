"""COCO's JSON: pictures with boxes and polygons."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic_core import from_json, to_json

from evenkeel.ground.reading.json_stream import elements

from ...rules.exchange import Record, SentItem
from ...rules.items import KEY_LENGTH
from ...rules.pictures import address_of, media_item, size_of
from ...rules.regions import area, bounds, box, is_region, pixels, polygon
from ..format import ITEMS, Format, FormatExample, Reading, file_format
from ..unsigned import with_answer

_WAITING, _LARGE = 500, 1 << 16
_NEEDED_SIZE = "picture without width and height"
_COLUMNS = {"key": "images.file_name", "content": "images.coco_url", "attributes": "images"}


@file_format
class Coco(Format):
    slug = "coco"
    title = gettext_lazy("COCO")
    why = gettext_lazy(
        "JSON of the COCO data sets: pictures, categories, boxes and polygons. It does not say who drew them."
    )
    suffix, media_type = ".json", "application/json"
    reads = writes = (ITEMS,)
    carries_answers = True
    not_represented = (
        "run-length mask", "crowd mark", "keypoints", "area", "info", "licenses", "supercategory",
        "second decision about a picture", _NEEDED_SIZE, "answers other than boxes and polygons",
    )  # fmt: skip
    example = FormatExample(
        what=ITEMS,
        file=json.dumps(
            {
                "info": {"year": 2026},
                "images": [{"id": 1, "file_name": "street.jpg", "width": 200, "height": 100}],
                "categories": [{"id": 3, "name": "car"}],
                "annotations": [{"id": 9, "image_id": 1, "category_id": 3, "bbox": [20, 10, 40, 30], "iscrowd": 0}],
            }
        ).encode(),
        keys=["street.jpg"],
        labels=[("coco", "1 boxes")],
        leaves_out=["info"],
    )

    @classmethod
    def read(cls, reading: Reading) -> Iterator[Record]:
        # The file may tell the drawings before the pictures: both are put aside on disk, then joined.
        with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(Path(folder) / "coco.sqlite3")) as shelf:
            # Nothing here outlives the reading: what keeps a database safe would only cost time.
            shelf.executescript(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                "CREATE TABLE images (place INTEGER PRIMARY KEY, id TEXT UNIQUE, said BLOB);"
                "CREATE TABLE drawn (id TEXT, place INTEGER, said BLOB)"
            )
            categories = _put_aside(reading, shelf)
            shelf.execute("CREATE INDEX drawn_by_image ON drawn (id, place)")
            lost = shelf.execute(
                "SELECT place FROM drawn WHERE id NOT IN (SELECT id FROM images) ORDER BY place LIMIT 1000"
            )
            for (place,) in lost:
                what = _("The annotation is of a picture that the file does not name.")
                reading.bad(
                    what, _("Add the picture, or remove the annotation."), row=place, column="annotations.image_id"
                )
            joined = shelf.execute(
                "SELECT images.place, images.said, drawn.place, drawn.said FROM images "
                "LEFT JOIN drawn ON drawn.id = images.id ORDER BY images.place, drawn.place"
            )
            for (row, image), parts in groupby(joined, key=itemgetter(0, 1)):
                reading.stream.row = row
                drawn = [(place, from_json(said)) for _row, _image, place, said in parts if place is not None]
                made = _record(row, from_json(image), drawn, categories, reading)
                if made is not None:
                    yield made

    @classmethod
    def write_items(cls, items: Iterable[SentItem], file: BinaryIO, remark: Callable[[str], None]) -> int:
        categories: dict[str, int] = {}
        n = drawn = 0
        # Drawings wait on disk: in the file they stand behind all the pictures.
        with tempfile.TemporaryFile() as aside:
            file.write(b'{"info": {"description": "evenkeel"},\n"images": [')
            for item in items:
                shows, address = address_of(item.kind, item.content, item.attributes)
                size = size_of(item.content, item.attributes)
                if shows != "image" or size is None:
                    remark(_NEEDED_SIZE)
                    continue
                n += 1
                width, height = map(_whole, size)
                image = {"id": n, "file_name": item.key, "coco_url": address, "width": width, "height": height}
                file.write((b",\n" if n > 1 else b"\n") + to_json(image))
                for each in regions_of(item, remark):
                    drawn += 1
                    number = categories.setdefault(str(each.get("label", "")), len(categories) + 1)
                    said = to_json(_drawing(each, drawn, n, number, size))
                    aside.write((b",\n" if drawn > 1 else b"\n") + said)
            file.write(b'\n],\n"categories": ')
            names = [{"id": number, "name": name, "supercategory": ""} for name, number in categories.items()]
            file.write(json.dumps(names, ensure_ascii=False).encode())
            file.write(b',\n"annotations": [')
            aside.seek(0)
            while piece := aside.read(1 << 16):
                file.write(piece)
            file.write(b"\n]}\n")
        return n


def _put_aside(reading: Reading, shelf: sqlite3.Connection) -> dict[str, str]:
    categories: dict[str, str] = {}
    images, drawn = _Waiting(shelf, "images", reading), _Waiting(shelf, "drawn", reading)
    for element in elements(reading.stream):
        name, place, said = element
        reading.stream.row = place
        if name in ("images", "annotations", "categories") and place == 0:
            reading.bad(_("“%(name)s” is a list.") % {"name": name}, _("Export it again."), row=1, column=name)
        elif name not in ("images", "annotations", "categories"):
            if place <= 1 and said:
                reading.leave_out(name or "list outside")
        elif not isinstance(said, dict):
            reading.bad(_("The row holds no object."), _("Export it again."), row=place, column=name)
        elif name == "categories":
            categories[str(said.get("id"))] = str(said.get("name", ""))
            if said.get("supercategory") not in (None, "", "none"):
                reading.leave_out("supercategory")
        elif name == "images":
            images.put(place, str(said.get("id")), said, name)
        else:
            drawn.put(place, str(said.get("image_id")), said, name)
    images.write()
    drawn.write()
    return categories


class _Waiting:
    """Rows on their way onto the shelf, many in one statement."""

    def __init__(self, shelf: sqlite3.Connection, table: str, reading: Reading):
        self._shelf, self._reading = shelf, reading
        self._insert = f"INSERT OR IGNORE INTO {table} (place, id, said) VALUES (?, ?, ?)"  # noqa: S608  (one of our two names)
        self._rows: list[tuple[int, str, bytes]] = []

    def put(self, place: int, id_: str, said: Mapping[str, Any], name: str) -> None:
        try:
            written = to_json(said)
        except ValueError:
            self._reading.bad(_("A text holds half a character."), _("Take it out."), row=place, column=name)
            return
        self._rows.append((place, id_, written))
        # A drawing of thousands of points does not wait for others like it.
        if len(self._rows) >= _WAITING or len(written) > _LARGE:
            self.write()

    def write(self) -> None:
        rows, self._rows = self._rows, []
        if self._shelf.executemany(self._insert, rows).rowcount < len(rows):
            # Only a picture's id can stand there already.
            for place, id_, _said in rows:
                (first,) = self._shelf.execute("SELECT place FROM images WHERE id = ?", (id_,)).fetchone()
                if first != place:
                    what = _("Two pictures have the id %(id)s.") % {"id": id_[:40]}
                    self._reading.bad(what, _("Keep one of the two rows."), row=place, column="images.id")


def _record(
    row: int,
    image: Mapping[str, Any],
    drawn: list[tuple[int, dict[str, Any]]],
    categories: Mapping[str, str],
    reading: Reading,
) -> Record | None:
    key = str(image.get("file_name") or image.get("id"))[:KEY_LENGTH]
    size = size_of(image, {})
    regions: list[dict[str, Any]] = []
    for place, each in drawn:
        label = categories.get(str(each.get("category_id")))
        if label is None:
            what = _("The annotation names a category that the file does not have.")
            reading.bad(
                what, _("Add the category, or remove the annotation."), row=place, column="annotations.category_id"
            )
            return None
        if size is None:
            what = _("The picture has no width and height.")
            reading.bad(what, _("Write both in pixels."), row=row, column="images.width")
            return None
        try:
            regions += _regions(each, label, size, reading)
        except (ValueError, TypeError, KeyError) as error:
            what = _("The numbers of the drawing cannot be read: %(why)s.") % {"why": str(error)[:120]}
            wrong = "segmentation" if isinstance(each.get("segmentation"), list) and each["segmentation"] else "bbox"
            fix = _("Write x, y, width and height in pixels.")
            reading.bad(what, fix, row=place, column=f"annotations.{wrong}")
            return None
    known = {
        name: image[name]
        for name in ("width", "height", "license", "date_captured")
        if image.get(name) not in (None, "")
    }
    address = str(image.get("coco_url") or image.get("flickr_url") or image.get("path") or key)
    item = media_item(key, "image", address, known)
    return with_answer(row, item, {"boxes": regions} if regions else {}, reading, columns=_COLUMNS)


def _regions(each: Mapping[str, Any], label: str, size: tuple[float, float], reading: Reading) -> list[dict[str, Any]]:
    if each.get("iscrowd"):
        reading.leave_out("crowd mark")
    if each.get("keypoints"):
        reading.leave_out("keypoints")
    outline = each.get("segmentation")
    if isinstance(outline, Mapping):
        reading.leave_out("run-length mask")
    if isinstance(outline, list) and outline:
        return [polygon(label, list(zip(part[::2], part[1::2], strict=True)), of=size) for part in outline]
    x, y, width, height = (float(number) for number in each["bbox"])
    return [box(label, x=x, y=y, width=width, height=height, of=size)]


def regions_of(item: SentItem, remark: Callable[[str], None]) -> list[dict[str, Any]]:
    """The boxes and polygons of the newest decision about an item; COCO and CVAT keep one answer a picture."""
    if not item.said:
        return []
    if len(item.said) > 1:
        remark("second decision about a picture")
    regions: list[dict[str, Any]] = []
    newest = item.said[0] if len(item.said) == 1 else max(item.said, key=lambda made: made.decided_at)
    for value in newest.answer.values():
        if isinstance(value, list) and value and all(map(is_region, value)):
            regions += value
        else:
            remark("answers other than boxes and polygons")
    return regions


def _drawing(
    each: Mapping[str, Any], number: int, image: int, category: int, size: tuple[float, float]
) -> dict[str, Any]:
    across, down = size
    x, y, width, height = bounds(each)
    is_polygon = each.get("shape") == "polygon"
    outline = (
        [part for px, py in each["points"] for part in (pixels(px, across), pixels(py, down))] if is_polygon else []
    )
    return {
        "id": number,
        "image_id": image,
        "category_id": category,
        "bbox": [pixels(x, across), pixels(y, down), pixels(width, across), pixels(height, down)],
        "segmentation": [outline] if outline else [],
        "area": area(each, of=size),
        "iscrowd": 0,
    }


def _whole(length: float) -> float:
    """Pixels as the whole number that they mostly are: COCO's own reader draws no mask on a picture 640.0 wide."""
    return int(length) if length.is_integer() else length
