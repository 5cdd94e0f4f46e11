"""Every file format: its worked example, its way out and back, and what it says of broken files."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenkeel.ground.reading.findings import Findings
from evenkeel.ground.reading.sources import Source, Unreadable
from evenkeel.ground.reading.streams import Stream
from evenkeel.work.kinds.format import DECISIONS, ITEMS, Format, Reading, format_of, formats
from evenkeel.work.rules.exchange import Record, SentDecision, SentItem
from evenkeel.work.rules.label_studio import answer_from, results_of
from evenkeel.work.rules.regions import area, box, turned_box

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
each_format = pytest.mark.parametrize("kind", list(formats), ids=lambda kind: kind.slug)


def reading_of(file: bytes, what: str = ITEMS, *, signed_by: str = "") -> Reading:
    stream = Stream(Source.of(io.BytesIO(file), name="file"))
    return Reading(stream=stream, what=what, findings=Findings(), signed_by=signed_by)


def read(kind: type[Format], file: bytes, what: str = ITEMS, *, signed_by: str = "") -> tuple[list[Record], Reading]:
    reading = reading_of(file, what, signed_by=signed_by)
    return list(kind.read(reading)), reading


def written(kind: type[Format], items: Sequence[SentItem], told: list[str] | None = None) -> bytes:
    file = io.BytesIO()
    n = kind.write_items(items, file, (told if told is not None else []).append)
    assert n <= len(items)
    return file.getvalue()


@each_format
def test_the_worked_example_says_what_it_holds(kind: type[Format]) -> None:
    example = kind.example
    records, reading = read(kind, example.content(), example.what, signed_by=kind.slug)
    assert reading.findings.bad_rows == []
    assert [record.key for record in records] == list(example.keys)
    assert [(said.worker_code, said.label) for record in records for said in record.said] == list(example.labels)
    assert sorted(reading.unrepresented) == sorted(example.leaves_out)
    assert set(reading.unrepresented) <= {str(part) for part in kind.not_represented} | set()
    assert str(kind.title)
    assert str(kind.why)


@each_format
def test_a_broken_file_is_refused_with_words_and_never_with_a_traceback(kind: type[Format]) -> None:
    whole = kind.example.content()
    broken = [
        b"",
        b"\x00" * 40,
        b"[",
        b"{",
        b"<",
        b"item,worker\n",
        whole[: len(whole) // 2],
        b"\xff\xfe{\x00",
        b"PK\x03\x04zip",
    ]
    broken += [
        whole.replace(b"p-1", b"\xff"),
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[1, 2]",
        b'{"images": 5}',
        b"null\n[]\n",
    ]
    for file in broken:
        reading = reading_of(file, kind.example.what)
        n = len(kind.example.keys)
        with suppress(Unreadable):
            n = len(list(kind.read(reading))) - bool(reading.findings.bad_total)
            assert n < len(kind.example.keys) or file == whole, file[:80]


@pytest.mark.parametrize(
    ("name", "head", "slug"),
    [
        ("a.jsonl.gz", b"", "jsonl"), ("a.CSV", b"", "csv"), ("a.xml", b"<", "cvat"), ("a.json", b' [{"', "label_studio"),
        ("a.json", b'{"info"', "coco"), ("a.bin", b"PAR1", "parquet"), ("a.doc", b"?", None),
    ],
)  # fmt: skip
def test_a_format_is_known_by_name_and_first_bytes(name: str, head: bytes, slug: str | None) -> None:
    assert format_of(name, head=head) == slug


# ------------------------------------------------------------------ out and back

plain = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
labels = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(str.strip)
shares = st.integers(0, 10_000).map(lambda n: n / 10_000)
boxes = st.fixed_dictionaries(
    {"label": labels, "shape": st.just("box"), "x": shares, "y": shares, "w": shares, "h": shares}
)
polygons = st.fixed_dictionaries(
    {
        "label": labels,
        "shape": st.just("polygon"),
        "points": st.lists(st.tuples(shares, shares).map(list), min_size=3, max_size=6),
    }
)
regions = st.lists(boxes | polygons, min_size=1, max_size=4)
answers: st.SearchStrategy[tuple[str, Any]] = st.one_of(
    st.tuples(st.just("single_choice"), labels),
    st.tuples(st.just("multiple_choice"), st.lists(labels, min_size=1, max_size=3)),
    st.tuples(st.just("rating"), st.integers(1, 10)),
    st.tuples(st.just("text"), labels),
    st.tuples(st.just("ranking"), st.lists(labels, min_size=1, max_size=4)),
    st.tuples(st.just("pairwise"), st.sampled_from(["left", "right"])),
    st.tuples(st.just("image_shapes"), regions),
    st.tuples(
        st.just("text_spans"),
        st.lists(
            st.builds(
                lambda label, start, n: {"label": label, "start": start, "end": start + n, "text": "x" * n},
                labels, st.integers(0, 99), st.integers(1, 9),
            ), min_size=1, max_size=3,
        ),
    ),
    st.tuples(
        st.just("time_segments"),
        st.lists(
            st.builds(
                lambda label, start, n: {"label": label, "start_ms": start, "end_ms": start + n},
                labels, st.integers(0, 99_999), st.integers(1, 9_999),
            ), min_size=1, max_size=3,
        ),
    ),
)  # fmt: skip


def rounded(value: Any) -> Any:
    """Shares to a hundred-millionth: lengths go through percent and pixels on their way."""
    if isinstance(value, float):
        return round(value, 8)
    if isinstance(value, list):
        return [rounded(each) for each in value]
    return {name: rounded(each) for name, each in value.items()} if isinstance(value, dict) else value


@given(st.lists(answers, min_size=1, max_size=4))
def test_an_answer_goes_through_label_studio_unchanged(given_answers: list[tuple[str, Any]]) -> None:
    answer = {f"field_{place}": value for place, (_kind, value) in enumerate(given_answers)}
    kinds = {f"field_{place}": kind for place, (kind, _value) in enumerate(given_answers)}
    told: list[str] = []
    results = json.loads(json.dumps(results_of(answer, kinds=kinds, shows="text", leave_out=told.append)))
    back, found = answer_from(results, kinds=kinds, leave_out=told.append)
    assert told == []
    assert rounded(back) == rounded(answer)
    assert found == kinds


@given(drawn=regions, width=st.integers(1, 8_000), height=st.integers(1, 8_000))
@settings(max_examples=20)
@pytest.mark.parametrize("slug", ["coco", "cvat", "label_studio"])
def test_drawings_go_out_and_come_back(slug: str, drawn: list[dict[str, Any]], width: int, height: int) -> None:
    drawn = [{**each, "label": " ".join(each["label"].split())} for each in drawn]
    sent = picture(drawn, width=width, height=height)
    told: list[str] = []
    records, reading = read(formats[slug], written(formats[slug], [sent], told), signed_by="ada")
    assert (told, reading.findings.bad_rows) == ([], [])
    (record,) = records
    assert record.key == sent.key
    # A size of a millionth of a pixel is lost in the decimals of pixels, nothing above.
    assert len(record.said) == 1
    back = record.said[0].answer["boxes"]
    assert [each["label"] for each in back] == [each["label"] for each in drawn]
    for ours, theirs in zip(drawn, back, strict=True):
        flat = (
            [theirs[name] for name in ("x", "y", "w", "h")]
            if ours["shape"] == "box"
            else list(chain(*theirs["points"]))
        )
        wanted = (
            [ours[name] for name in ("x", "y", "w", "h")] if ours["shape"] == "box" else list(chain(*ours["points"]))
        )
        assert flat == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize("slug", ["coco", "cvat"])
@given(sides=st.lists(st.integers(0, 400_000), min_size=4, max_size=4), across=st.integers(41, 8_000))
@settings(max_examples=30)
def test_pixels_of_other_tools_go_out_as_they_came_in(slug: str, sides: list[int], across: int) -> None:
    # To a ten-thousandth of a pixel, as tools write them: 7 of 333 is not 6.999999993.
    x, y, width, height = (side / 10_000 for side in sides)
    file = json.dumps(
        {
            "images": [{"id": 1, "file_name": "a.jpg", "width": across, "height": 333}],
            "categories": [{"id": 1, "name": "car"}],
            "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [x, y, width, height]}],
        }
    )
    (record,), _reading = read(formats["coco"], file.encode(), signed_by="ada")
    out = written(formats[slug], [picture(record.said[0].answer["boxes"], width=across, height=333)])
    if slug == "coco":
        assert json.loads(out)["annotations"][0]["bbox"] == [x, y, width, height]
    else:
        (drawn,) = ElementTree.fromstring(out).iter("box")  # noqa: S314  (our own bytes)
        wanted = [x, y, round(x + width, 4), round(y + height, 4)]
        assert [float(drawn.attrib[edge]) for edge in ("xtl", "ytl", "xbr", "ybr")] == wanted


def test_cocos_own_reader_finds_the_boxes_and_draws_the_masks() -> None:
    coco = pytest.importorskip("pycocotools.coco", reason="COCO's own reader is not installed")
    corners = [[0.1, 0.25], [0.4, 0.25], [0.4, 0.75], [0.1, 0.75]]
    drawn = [
        box("car", x=7, y=11, width=30, height=40, of=(333, 100)),
        {"label": "lane", "shape": "polygon", "points": corners},
    ]
    theirs = coco.COCO()
    theirs.dataset = json.loads(written(formats["coco"], [picture(drawn, width=333, height=100)]))
    theirs.createIndex()
    (image,) = theirs.loadImgs(theirs.getImgIds())
    assert (image["file_name"], image["width"], image["height"]) == ("street & lane.jpg", 333, 100)
    a_box, outline = theirs.loadAnns(theirs.getAnnIds(imgIds=[image["id"]]))
    assert a_box["bbox"] == [7, 11, 30, 40]
    assert [each["name"] for each in theirs.loadCats([a_box["category_id"], outline["category_id"]])] == ["car", "lane"]
    # Its masks are of whole pixels: they come within those that an edge passes through.
    mask = pytest.importorskip("pycocotools.mask")
    assert mask.area(theirs.annToRLE(outline)) == pytest.approx(outline["area"], rel=0.03)


def numbers(region: dict[str, Any]) -> list[float]:
    if region["shape"] == "box":
        return [region[name] for name in ("x", "y", "w", "h")]
    return list(chain(*region["points"]))


def picture(drawn: list[dict[str, Any]], *, width: int, height: int) -> SentItem:
    made = SentDecision(
        id="d1", item="street & lane.jpg", worker="ada", label="1 boxes", answer={"boxes": drawn}, replicate=1, origin="desk",
        queue="", form="", decided_at=NOW, active_ms=4_500, is_taken_back=False, kinds={"boxes": "image_shapes"},
    )  # fmt: skip
    return SentItem(
        key="street & lane.jpg",
        kind="text",
        language="",
        content={"text": "https://pictures.example/street.jpg"},
        attributes={"media": "image", "width": width, "height": height},
        created_at=NOW,
        said=[made],
    )


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(plain, max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(labels, inner, max_size=2),
    max_leaves=4,
)  # fmt: skip
sent_items = st.builds(
    lambda key, text, attributes, language: SentItem(
        key=key.strip(), kind="text", language=language, content={"text": text}, attributes=attributes, created_at=NOW
    ),
    labels,
    st.text(plain, min_size=1, max_size=20).filter(str.strip),
    st.dictionaries(labels, json_values, max_size=3),
    st.sampled_from(["", "de", "pt-BR"]),
)


@given(st.lists(sent_items, min_size=1, max_size=4))
@settings(max_examples=30)
@pytest.mark.parametrize("slug", ["jsonl", "csv", "parquet", "label_studio"])
def test_items_go_out_and_come_back(slug: str, sent: list[SentItem]) -> None:
    records, reading = read(formats[slug], written(formats[slug], sent))
    assert reading.findings.bad_rows == []
    back = [record.item for record in records]
    assert [(item.key, item.kind, item.language, item.content, item.attributes) for item in back if item] == [
        (item.key, item.kind, item.language, item.content, item.attributes) for item in sent
    ]


@pytest.mark.parametrize("slug", ["jsonl", "csv", "parquet"])
@given(label=labels, key=labels, ms=st.none() | st.integers(0, 10**9))
@settings(max_examples=20)
def test_decisions_go_out_and_come_back(slug: str, label: str, key: str, ms: int | None) -> None:
    sent = SentDecision(
        id="d1", item=key.strip(), worker="ada", label=label, answer={"label": label, "comment": "=1+1"}, replicate=1,
        origin="desk", queue="First look", form="Form 1", decided_at=NOW, active_ms=ms, is_taken_back=False,
    )  # fmt: skip
    file = io.BytesIO()
    assert formats[slug].write_decisions([sent, sent._replace(is_taken_back=True)], file) == 2
    records, reading = read(formats[slug], file.getvalue(), DECISIONS)
    assert reading.findings.bad_rows == []
    assert reading.unrepresented == {"taken back": 1}
    (said,) = records[0].said
    assert (records[0].key, said.worker_code, said.label, said.answer, said.decided_at, said.active_ms) == (
        key.strip(), "ada", label, sent.answer, NOW, ms,
    )  # fmt: skip


# ------------------------------------------------------------------ single files


def test_a_cell_that_a_spreadsheet_would_run_is_guarded_on_its_way() -> None:
    sent = SentItem(key="=cmd", kind="text", language="", content={"text": "=1"}, attributes={}, created_at=NOW)
    file = written(formats["csv"], [sent])
    assert b"'=cmd" in file
    assert b"\n=cmd" not in file


def test_label_studios_predictions_stay_beside_the_item_and_go_back() -> None:
    choice = {"from_name": "c", "to_name": "text", "type": "choices", "value": {"choices": ["Spam"]}}
    task = {"id": 1, "data": {"text": "x"}, "predictions": [{"model_version": "m1", "score": 0.5, "result": [choice]}]}
    (record,), _reading = read(formats["label_studio"], json.dumps([task]).encode())
    assert record.item is not None
    assert record.item.attributes["predictions"] == [{"answer": {"c": "Spam"}, "model": "m1", "score": 0.5}]
    assert record.said == []
    sent = SentItem(
        key="k", kind="text", language="", content={"text": "x"}, attributes=record.item.attributes, created_at=NOW
    )
    (out,) = json.loads(written(formats["label_studio"], [sent]))
    assert out["predictions"][0]["model_version"] == "m1"
    assert out["predictions"][0]["result"][0]["value"] == {"choices": ["Spam"]}


def test_what_label_studio_says_and_we_cannot_is_named() -> None:
    results = [
        {"id": "r", "from_name": "b", "type": "brushlabels", "value": {"rle": [1], "brushlabels": ["a"]}},
        {"id": "s", "from_name": "l", "type": "labels", "value": {"start": 0, "end": 2, "labels": ["a"]}},
        {"id": "s", "from_name": "n", "type": "choices", "value": {"choices": ["yes"]}},
        {"from_name": "t", "type": "taxonomy", "value": {"taxonomy": [["a", "b"]]}},
        {"type": "relation", "from_id": "r", "to_id": "s"},
    ]
    told: list[str] = []
    answer, kinds = answer_from(results, kinds={}, leave_out=told.append)
    assert sorted(told) == ["answer about a region", "brushlabels", "relation", "taxonomy"]
    assert kinds == {"l": "text_spans"}
    assert answer == {"l": [{"label": "a", "start": 0, "end": 2, "text": ""}]}


def test_a_turned_box_becomes_the_polygon_that_it_is() -> None:
    made = turned_box("a", x=50, y=50, width=10, height=20, degrees=90, of=(100, 100))
    assert made["points"] == [[0.5, 0.5], [0.5, 0.6], [0.3, 0.6], [0.3, 0.5]]
    assert area(made, of=(100, 100)) == pytest.approx(200)
    assert area(box("a", x=0, y=0, width=10, height=20, of=(100, 100)), of=(100, 100)) == pytest.approx(200)


def test_coco_may_tell_drawings_before_pictures_and_names_those_of_no_picture() -> None:
    file = {
        "annotations": [
            {"id": 1, "image_id": 5, "category_id": 1, "bbox": [0, 0, 5, 5], "segmentation": [[0, 0, 5, 0, 5, 5]]},
            {"id": 2, "image_id": 6, "category_id": 1, "bbox": [0, 0, 5, 5]},
        ],
        "images": [{"id": 5, "file_name": "a.jpg", "width": 10, "height": 10}],
        "categories": [{"id": 1, "name": "car"}],
    }
    records, reading = read(formats["coco"], json.dumps(file).encode())
    assert [bad.row for bad in reading.findings.bad_rows] == [2]
    assert records[0].item is not None
    (kept,) = records[0].item.attributes["predictions"]
    assert kept["answer"]["boxes"][0]["points"] == [[0, 0], [0.5, 0], [0.5, 0.5]]


def test_parquets_nested_columns_come_in_without_the_names_that_only_other_rows_fill() -> None:
    file = io.BytesIO()
    content = [{"text": "x", "title": None}, {"text": "y", "title": "t"}]
    pq.write_table(pa.table({"item": [b"a", b"b"], "content": content}), file)
    records, reading = read(formats["parquet"], file.getvalue())
    assert not reading.findings.bad_total
    assert [(each.key, dict(each.item.content)) for each in records if each.item] == [
        ("a", {"text": "x"}),
        ("b", {"text": "y", "title": "t"}),
    ]


@pytest.mark.parametrize("encoding", ["foo", "shift_jis"])
def test_cvat_in_an_unknown_encoding_is_refused(encoding: str) -> None:
    with pytest.raises(Unreadable, match="encoding"):
        read(formats["cvat"], f'<?xml version="1.0" encoding="{encoding}"?><annotations/>'.encode())


def test_cvat_refuses_a_document_type() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><annotations>&b;</annotations>'
    with pytest.raises(Unreadable, match="document type"):
        read(formats["cvat"], bomb)


def test_a_packed_file_reads_like_a_plain_one() -> None:
    for kind in formats:
        if kind.slug != "parquet":
            records, _reading = read(kind, gzip.compress(kind.example.content()), kind.example.what)
            assert [record.key for record in records] == list(kind.example.keys)


def test_a_row_of_a_gigabyte_is_refused_before_it_is_held() -> None:
    class Endless(io.RawIOBase):
        """A JSON text that never ends."""

        read_bytes = 0

        def readable(self) -> bool:
            return True

        def seekable(self) -> bool:
            return True

        def seek(self, offset: int, whence: int = 0) -> int:
            return 0

        def tell(self) -> int:
            return self.read_bytes

        def read(self, n: int = -1) -> bytes:
            self.read_bytes += n
            return b'[{"data": "' + b"x" * (n - 11) if self.read_bytes <= n * 2 else b"x" * n

    for slug in ("label_studio", "coco", "jsonl"):
        endless = Endless()
        stream = Stream(Source(name="f", file=endless))  # type: ignore[arg-type]
        with pytest.raises(Unreadable, match="longer than"):
            list(formats[slug].read(Reading(stream=stream, what=ITEMS, findings=Findings())))
        assert endless.read_bytes < 40 << 20


def _coco(image: dict[str, Any], drawn: dict[str, Any]) -> bytes:
    said = {
        "images": [{"id": 1, "file_name": "a", "width": 9, "height": 9} | image],
        "categories": [{"id": 1, "name": "x"}],
    }
    return json.dumps(
        said | {"annotations": [{"image_id": 1, "category_id": 1, "bbox": [1, 1, 2, 2]} | drawn]}
    ).encode()


def _cvat(inside: str, name: str = "a") -> bytes:
    return f'<annotations><image name="{name}" width="9" height="9">{inside}</image></annotations>'.encode()


@pytest.mark.parametrize(
    ("slug", "what", "file", "column"),
    [
        ("jsonl", ITEMS, b'{"item": "a", "content": {"text": 5}}', "content"),
        ("jsonl", ITEMS, b'{"item": "a", "text": "x", "language": "English"}', "language"),
        ("jsonl", ITEMS, b'{"item": "a", "text": "x", "market": "\\u0000"}', "market"),
        (
            "jsonl",
            ITEMS,
            b'{"item": "a", "content": {"text": "x"}, "attributes": {"m": ["\\u0000"]}}',
            "attributes.m.0",
        ),
        ("jsonl", ITEMS, b'{"item": "a", "content": {"text": "x"}, "attributes": 5}', "attributes"),
        ("jsonl", ITEMS, b'{"item": "a", "content": {"text": "x"}, "attributes": {"m": 1e999}}', "attributes.m"),
        ("jsonl", ITEMS, b'{"item": "\\ud800", "text": "x"}', "item"),
        ("coco", ITEMS, _coco({"file_name": "\ud800"}, {}), "images"),
        ("cvat", ITEMS, b'<annotations><track id="0" label="car"></track></annotations>', "track"),
        ("jsonl", ITEMS, b'{"item": "a", "kind": "smell", "content": {"text": "x"}}', "kind"),
        ("csv", ITEMS, b"item,context,response,language\na,x,y,Germann\n", "language"),
        ("csv", DECISIONS, b"item,worker,label,active_ms\na,b,c,soon\n", "active_ms"),
        ("label_studio", ITEMS, b'[{"id": 1}]', "data"),
        ("label_studio", ITEMS, b'[{"id": 1, "data": {"text": "x", "language": "English"}}]', "data.language"),
        (
            "label_studio",
            ITEMS,
            b'[{"data": {"text": "x"}, "annotations": [{"result": []}, {"completed_by": 1, "created_at": "then", "result": '
            b'[{"type": "choices", "from_name": "a", "value": {"choices": ["b"]}}]}]}]',
            "annotations.1",
        ),
        ("coco", ITEMS, _coco({"width": None}, {}), "images.width"),
        ("coco", ITEMS, _coco({}, {"bbox": [1]}), "annotations.bbox"),
        ("coco", ITEMS, _coco({}, {"segmentation": [[1, 2]]}), "annotations.segmentation"),
        ("coco", ITEMS, _coco({"file_name": "\x00"}, {}), "images.file_name"),
        ("cvat", ITEMS, _cvat('<box label="x" xtl="1" ytl="1" xbr="2"/>'), "box.ybr"),
        ("cvat", ITEMS, _cvat('<polygon label="x" points="1,1;a,b"/>'), "polygon"),
        ("cvat", ITEMS, _cvat("", name=" "), "image.name"),
    ],
)
def test_a_fault_names_its_row_its_column_and_what_puts_it_right(
    slug: str, what: str, file: bytes, column: str
) -> None:
    _records, reading = read(formats[slug], file, what, signed_by="ann")
    bad = reading.findings.bad_rows[0]
    assert (bad.row, bad.column) == (2 if slug == "csv" else 1, column)
    assert bad.what
    assert bad.fix
    if column.endswith("language"):
        assert "Did you mean" in bad.what
