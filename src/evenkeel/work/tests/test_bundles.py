"""A zip as COCO, CVAT and Label Studio export it: labels and pictures come in together, and what is missing is named."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from evenkeel.ground.errors import Invalid
from evenkeel.ground.reading.sources import Source, Unreadable
from evenkeel.work import Item, MediaFile, Programme, Transfer, add_media, begin_import, carry_on
from evenkeel.work.media.store import path_of
from evenkeel.work.rules.pictures import address_of
from evenkeel.work.transfers.bundles import Bundle, opened_bundle
from evenkeel.work.transfers.importing import ImportFailed

from .factories import NOW, SYSTEM, make_programme
from .files import png


def coco(*names: str) -> bytes:
    images = [{"id": n, "file_name": name, "width": 8, "height": 6} for n, name in enumerate(names)]
    drawn = [{"id": 9, "image_id": 0, "category_id": 3, "bbox": [2, 1, 4, 3]}]
    return json.dumps({"images": images, "categories": [{"id": 3, "name": "car"}], "annotations": drawn}).encode()


def packed(files: Mapping[str, bytes], name: str = "street.zip") -> Source:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for each, content in files.items():
            archive.writestr(each, content)
    return Source.of(made, name=name)


def bring_in(programme: Programme, file: Source, *, is_partial: bool = False) -> Transfer:
    transfer = begin_import(SYSTEM, programme=programme, source=file, is_partial=is_partial, now=NOW)
    return carry_on(SYSTEM, transfer=transfer, source=file, now=NOW)


@pytest.mark.django_db
def test_pictures_that_come_along_are_shown(data_dir: Path) -> None:
    programme = make_programme("Streets")
    files = {"annotations/instances.json": coco("a.png", "b.png"), "images/a.png": png(8, 6), "images/b.png": b"no"}
    done = bring_in(programme, packed(files))
    assert (done.state, done.format, done.counts["items"]) == ("done", "coco", 2)
    stored = MediaFile.objects.get(programme=programme)
    shown, broken = Item.objects.order_by("key")
    assert (shown.kind, shown.content["media"], shown.content["width"]) == ("image", str(stored.pk), 8)
    assert path_of(stored.pk).is_file()
    assert shown.attributes["predictions"]
    assert address_of(shown.kind, shown.content, shown.attributes) == ("image", "a.png")
    assert (broken.kind, broken.content) == ("text", {"text": "b.png"})
    assert any("images/b.png" in remark for remark in done.remarks)


@pytest.mark.django_db
def test_a_picture_that_is_missing_is_named(data_dir: Path) -> None:
    programme = make_programme("Streets")
    files = {"instances.json": coco("a.png", "gone.png"), "a.png": png(8, 6)}
    with pytest.raises(ImportFailed) as failed:
        bring_in(programme, packed(files))
    assert [(bad["row"], bad["column"]) for bad in failed.value.transfer.bad_rows] == [(2, "item")]
    assert not MediaFile.objects.exists()
    assert bring_in(programme, packed(files), is_partial=True).counts["items"] == 1
    plain = bring_in(make_programme("Plain"), Source.of(io.BytesIO(coco("a.png")), name="instances.json"))
    assert any("One item names a picture" in remark and "zip" in remark for remark in plain.remarks)


@pytest.mark.django_db
def test_an_archive_that_is_no_file_of_labels_is_refused_in_words() -> None:
    programme = make_programme("Streets")
    for files, said in (
        ({"a.png": b"x"}, "no file of labels"),
        ({"a.json": b"{}", "b.json": b"{}"}, "2 files of labels: a.json, b.json"),
        ({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}, "Excel"),
    ):
        with pytest.raises(Invalid, match=said.replace("[", r"\[")):
            begin_import(SYSTEM, programme=programme, source=packed(files), now=NOW)
    with pytest.raises(Unreadable), opened_bundle(Source.of(io.BytesIO(b"PK\x03\x04cut off"), name="x.zip")):
        pass


def test_a_file_is_found_by_the_longest_common_end() -> None:
    names = ["images/train/1.jpg", "images/val/1.jpg", "images/val/ä b.jpg", "__MACOSX/images/2.jpg"]
    with opened_bundle(packed(dict.fromkeys(names, b""))) as bundle:
        assert isinstance(bundle, Bundle)
        assert bundle.find("val/1.jpg") == "images/val/1.jpg"
        assert bundle.find("1.jpg") == ""
        assert bundle.find("17", "/data/local-files/?d=train/1.jpg") == "images/train/1.jpg"
        assert bundle.find("https://example.org/x/%C3%A4%20b.jpg?size=2") == "images/val/ä b.jpg"
        assert bundle.find("2.jpg") == bundle.find("") == bundle.find("http://[") == ""


@pytest.mark.django_db
def test_items_name_stored_files_of_their_own_programme_alone(data_dir: Path) -> None:
    streets, elsewhere = make_programme("Streets"), make_programme("Elsewhere")
    own, foreign = (
        add_media(SYSTEM, programme=programme, chunks=[png(8, 6)], now=NOW) for programme in (streets, elsewhere)
    )
    rows = [
        {"item": str(n), "kind": "image", "content": {"media": str(each.pk)}} for n, each in enumerate((own, foreign))
    ]
    sheet = Source.of(io.BytesIO("\n".join(map(json.dumps, rows)).encode()), name="items.jsonl")
    with pytest.raises(ImportFailed):
        bring_in(streets, sheet)
    refused = Transfer.objects.get()
    assert [(bad["row"], bad["column"]) for bad in refused.bad_rows] == [(2, "content")]
    assert not Item.objects.exists()
    bring_in(streets, sheet, is_partial=True)
    assert Item.objects.get().content == {"media": str(own.pk), "type": "image/png", "width": 8, "height": 6}


def test_what_cannot_be_unpacked_is_named() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.png", bytes(range(256)) * 40)
    packed_bytes = bytearray(made.getvalue())
    packed_bytes[40:60] = b"\xff" * 20
    with (
        opened_bundle(Source.of(io.BytesIO(bytes(packed_bytes)), name="a.zip")) as bundle,
        pytest.raises(Unreadable) as bad,
    ):
        list(bundle.chunks("a.png"))
    assert "a.png" in bad.value.what
