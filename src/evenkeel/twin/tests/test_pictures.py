"""Drawn photos: the same numbers give the same bytes, whole files, and what is seen in them tells the true answer."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest

from evenkeel.twin.pictures.canvas import Canvas
from evenkeel.twin.pictures.scenes import picture
from evenkeel.twin.scenario import LABELS
from evenkeel.twin.texts import label_of, listing, told_by


@pytest.mark.parametrize("label", LABELS)
def test_a_photo_can_be_judged_by_what_is_seen_in_it(label: str) -> None:
    drawn = [picture(label, np.random.default_rng(number)) for number in range(3)]
    assert {label_of(told_by({"alt": each.alt})) for each in drawn} == {label}
    assert len({each.content for each in drawn}) == 3
    assert picture(label, np.random.default_rng(1)) == drawn[1]
    assert {
        label_of(listing(label, np.random.default_rng(3), language=code)) for code in ("nl", "pt", "es", "de", "hi")
    } == {label}


def test_a_canvas_is_written_as_a_picture_that_any_program_reads() -> None:
    canvas = Canvas(6, 4, "white")
    canvas.box(1, 1, 3, 3, "red")
    content = canvas.png()
    assert struct.unpack(">II", content[16:24]) == (6, 4)
    start = content.index(b"IDAT") + 4
    rows = np.frombuffer(zlib.decompress(content[start : content.index(b"IEND") - 8]), np.uint8).reshape(4, 7)[:, 1:]
    assert (rows == rows[1, 1]).sum() == 4
