"""A zip as COCO, CVAT and Label Studio export it: labels and pictures come in together, and what is missing is named."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from evenkeel.ground import trail
from evenkeel.ground.errors import Invalid
from evenkeel.ground.reading.sources import Source, Unreadable
from evenkeel.work import Decision, Item, MediaFile, Programme, Transfer, add_media, begin_import, carry_on
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
def test_label_studios_and_cvats_own_zips_come_in_with_their_pictures_and_films(data_dir: Path) -> None:
    """As the tools write them: Label Studio names its upload folder's files, CVAT puts images/ beside annotations.xml."""
    programme = make_programme("Streets")
    drawn = {"x": 10, "y": 10, "width": 50, "height": 50, "rotation": 0, "rectanglelabels": ["car"]}
    result = [{"id": "a", "from_name": "box", "to_name": "image", "type": "rectanglelabels", "value": drawn}]
    by = [{"id": 5, "completed_by": {"id": 1, "email": "ada@example.org"}, "result": result, "was_cancelled": False}]
    tasks = [
        {
            "id": 1,
            "file_upload": "3f2c9a1b-a.png",
            "data": {"image": "/data/upload/1/3f2c9a1b-a.png"},
            "annotations": by,
        },
        {"id": 2, "data": {"video": "/data/local-files/?d=films%2Fclip.webm"}, "annotations": []},
    ]
    files = {
        "project-1-at-2026-03-02-09-00-3f2c9a1b.json": json.dumps(tasks).encode(),
        "upload/1/3f2c9a1b-a.png": png(8, 6),
        "films/clip.webm": (Path(__file__).parent / "files" / "clip.webm").read_bytes(),
    }
    done = bring_in(programme, packed(files, "project-1.zip"))
    assert (done.format, done.counts["items"], done.counts["decisions"]) == ("label_studio", 2, 1)
    assert {item.key: item.kind for item in Item.objects.all()} == {"ls-1": "image", "ls-2": "video"}
    assert Item.objects.get(key="ls-1").attributes["address"] == "/data/upload/1/3f2c9a1b-a.png"
    names = ("left/frame 1.png", "right/frame 1.png")
    told = "".join(
        f'<image id="{n}" name="{name}" subset="default" task_id="3" width="{8 + n}" height="6"><box label="car" source='
        f'"manual" occluded="0" xtl="1" ytl="1" xbr="4" ybr="4" z_order="0"></box></image>'
        for n, name in enumerate(names)
    )
    xml = f'<?xml version="1.0" encoding="utf-8"?><annotations><version>1.1</version><meta/>{told}</annotations>'
    pictures = {f"images/default/{name}": png(8 + n, 6) for n, name in enumerate(names)}
    done = bring_in(programme, packed({"annotations.xml": xml.encode(), **pictures}, "job_7_cvat for images 1.1.zip"))
    assert (done.format, done.counts["items"]) == ("cvat", 2)
    assert [Item.objects.get(key=name).content["width"] for name in names] == [8, 9]


@pytest.mark.django_db
def test_pictures_that_come_later_become_their_own_items_alone(data_dir: Path) -> None:
    programme, other = make_programme("Streets"), make_programme("Elsewhere")
    labels = Source.of(io.BytesIO(coco("a.png", "b.png")), name="instances.json")
    for each in (programme, other):
        transfer = begin_import(SYSTEM, programme=each, source=labels, signed_by="ann", now=NOW)
        carry_on(SYSTEM, transfer=transfer, source=labels, now=NOW)
    mine = Item.objects.filter(programme=programme)
    mine.filter(key="b.png").update(content={"text": "elsewhere/b.png"})
    later = packed({"instances.json": coco("a.png", "b.png"), "images/a.png": png(8, 6), "images/b.png": png(9, 6)})
    transfer = begin_import(SYSTEM, programme=programme, source=later, signed_by="ann", now=NOW)
    done = carry_on(SYSTEM, transfer=transfer, source=later, now=NOW)
    assert (done.counts["items_completed"], done.counts["items_known"], done.counts["decisions"]) == (1, 1, 0)
    filled, kept = mine.order_by("key")
    assert (filled.kind, filled.content["width"], filled.attributes["address"]) == ("image", 8, "a.png")
    assert filled.attributes["media"] == "image"
    assert kept.content == {"text": "elsewhere/b.png"}
    assert set(Item.objects.filter(programme=other).values_list("kind", flat=True)) == {"text"}
    assert Decision.objects.filter(item=filled).count() == 1
    assert "picture delivered" in {entry.verb for entry in trail.history(filled)}


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
