"""Files of items: what is kept of them, who may have them, what is never fetched."""

from __future__ import annotations

import io
import socket
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from evenkeel.ground.errors import Invalid, NotFound, Refused
from evenkeel.people import Person
from evenkeel.work import NewItem, Programme, add_items
from evenkeel.work.acts.media import add_media, fetch_media, set_desk_preference
from evenkeel.work.kinds.media import media_url
from evenkeel.work.media.fetching import checked_address, fetched
from evenkeel.work.media.images import clean_picture
from evenkeel.work.media.kinds import GIF, JPEG, MP3, MP4, PNG, WAV, WEBM, WEBP, FileKind, Unusable, sniff
from evenkeel.work.media.recordings import clean_recording
from evenkeel.work.media.store import path_of
from evenkeel.work.models import DeskPreference, MediaFile
from evenkeel.work.queries.media import media_for
from evenkeel.work.rules.guards import guards_for

from .factories import NOW, SYSTEM, as_actor, make_person, make_programme, make_queue, make_vendor
from .files import CLIP, box, exif, jpeg, mp4, png, riff_chunk, segment, text_chunk, wav

SECRET = b"Rue Secrete 7"

# ------------------------------------------------------------------ what is kept


def test_a_jpeg_loses_what_tells_and_keeps_what_shows() -> None:
    told = (
        exif(SECRET, 6),
        segment(0xFE, SECRET),
        segment(0xED, SECRET),
        segment(0xE2, b"ICC_PROFILE\x00\x01\x01colours"),
    )
    made = clean_picture(JPEG, jpeg(*told) + SECRET)
    assert SECRET not in made.content
    assert b"ICC_PROFILE" in made.content
    # It lies on its side, and stays on it.
    assert (made.width, made.height) == (6, 8)
    again = clean_picture(JPEG, made.content)
    assert again == made
    assert made.content.endswith(b"\x12\xff\x00\x34\xff\xd0\x56\xff\xd9")


def test_a_jpegs_thumbnail_goes() -> None:
    jfif = segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x48\x00\x48\x02\x02" + SECRET[:12])
    made = clean_picture(JPEG, jpeg(jfif))
    assert SECRET[:12] not in made.content
    assert made.content[:4] == b"\xff\xd8\xff\xe0"


def test_a_png_loses_its_words() -> None:
    made = clean_picture(PNG, png(8, 6, text_chunk(SECRET.decode())) + SECRET)
    assert made.content == png(8, 6)
    assert (made.width, made.height) == (8, 6)


def test_a_gif_loses_its_comment_and_goes_on_moving() -> None:
    loop = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
    frame = b"\x2c\x00\x00\x00\x00\x04\x00\x03\x00\x00\x02\x02\x44\x01\x00"
    comment = b"\x21\xfe" + bytes([len(SECRET)]) + SECRET + b"\x00"
    made = clean_picture(
        GIF, b"GIF89a\x04\x00\x03\x00\x80\x00\x00" + b"\x00" * 6 + loop + comment + frame + b"\x3b" + SECRET
    )
    assert SECRET not in made.content
    assert loop in made.content
    assert (made.width, made.height) == (4, 3)


def test_a_webp_loses_exif_and_says_so() -> None:
    size = (9).to_bytes(3, "little") + (4).to_bytes(3, "little")
    chunks = riff_chunk(b"VP8X", b"\x0c\x00\x00\x00" + size) + riff_chunk(b"VP8L", b"\x2f" + b"\x00" * 5)
    chunks += riff_chunk(b"EXIF", SECRET + b"\x00")
    made = clean_picture(WEBP, b"RIFF" + (4 + len(chunks)).to_bytes(4, "little") + b"WEBP" + chunks)
    assert SECRET not in made.content
    assert made.content[20] == 0
    assert (made.width, made.height) == (10, 5)


def cleaned(kind: FileKind, content: bytes) -> tuple[Any, bytes]:
    file = io.BytesIO(content)
    found = clean_recording(kind, file, len(content))
    assert len(file.getvalue()) == len(content)
    return found, file.getvalue()


def test_a_recording_loses_what_tells_without_moving_a_byte_of_the_rest() -> None:
    found, kept = cleaned(MP4, mp4(told=SECRET))
    assert (found.kind.slug, found.duration_ms, found.width, found.height) == ("mp4", 4_000, 320, 240)
    assert SECRET not in kept
    assert (3_800_000_000).to_bytes(4, "big") not in kept
    assert kept.index(b"FRAMES") == mp4(told=SECRET).index(b"FRAMES")
    assert cleaned(MP4, mp4(is_video=False))[0].kind.content_type == "audio/mp4"


def test_a_browsers_recording_is_understood() -> None:
    found, kept = cleaned(WEBM, CLIP)
    assert (found.kind.slug, found.width, found.height) == ("webm", 160, 120)
    assert 1_500 < found.duration_ms < 3_000
    assert cleaned(WEBM, kept) == (found, kept)


def test_sound_loses_its_tags() -> None:
    found, kept = cleaned(WAV, wav(0.5, riff_chunk(b"LIST", SECRET + b"\x00")))
    assert found.duration_ms == 500
    assert SECRET not in kept
    tag = b"ID3\x04\x00\x00\x00\x00\x00\x14" + SECRET.ljust(20, b"\x00")
    _found, kept = cleaned(MP3, tag + b"\xff\xfb\x90\x00" + b"\x00" * 200 + b"TAG" + SECRET.ljust(125, b"\x00"))
    assert SECRET not in kept


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'>" + b" " * 64,
        b"<html><script>x</script>" + b" " * 64,
        b"%PDF-1.7" + b" " * 64,
        box(b"ftyp", b"heic") + b" " * 64,
        b"MZ" + b" " * 64,
        b"PK\x03\x04" + b" " * 64,
    ],
)
def test_other_kinds_of_files_are_refused_whatever_they_are_called(content: bytes) -> None:
    with pytest.raises(Unusable, match="are kept"):
        sniff(content[:64])


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    bomb = png(1, 1).replace((1).to_bytes(4, "big") * 2, (20_000).to_bytes(4, "big") * 2, 1)
    with pytest.raises(Unusable):
        clean_picture(PNG, bomb)
    with pytest.raises(Unusable, match="megapixels"):
        clean_picture(JPEG, jpeg(width=20_000, height=20_000))
    with pytest.raises(Unusable, match="sides"):
        clean_picture(JPEG, jpeg(width=0))


_WHOLE = {
    "jpeg": jpeg(exif(SECRET)), "png": png(4, 4), "mp4": mp4(), "webm": CLIP[:700], "wav": wav(0.01),
}  # fmt: skip


@given(name=st.sampled_from(sorted(_WHOLE)), data=st.data())
def test_a_damaged_file_is_refused_and_never_an_error(name: str, data: st.DataObject) -> None:
    content = bytearray(_WHOLE[name])
    for _turn in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    del content[data.draw(st.integers(5, len(content))) :]
    try:
        kind = sniff(bytes(content[:64]))
        if kind.kind == "image":
            clean_picture(kind, bytes(content))
        else:
            clean_recording(kind, io.BytesIO(content), len(content))
    except Unusable as fault:
        told = str(fault)
    else:
        told = "kept"
    assert told


# ------------------------------------------------------------------ what is never fetched


@pytest.mark.parametrize(
    "found",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",  # noqa: S104
        "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
        "2002:a00:1::", "ff02::1", "not an address",
    ],
)  # fmt: skip
def test_nothing_is_fetched_from_a_private_network(found: str) -> None:
    with pytest.raises(Unusable, match="private network"):
        checked_address("https://example.org/x.png", resolving=lambda _host, _port: ["93.184.216.34", found])


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "gopher://example.org/", "ftp://example.org/", "//example.org/", "example.org", "",
        "https://user:secret@example.org/", "https://example.org:8080/", "https://example.org:99999/", "https:///x", "http://[::1",
    ],
)  # fmt: skip
def test_what_is_no_public_address_is_refused(address: str) -> None:
    with pytest.raises(Unusable, match=r"\w"):
        checked_address(address, resolving=lambda _host, _port: ["93.184.216.34"])


def test_the_address_that_was_checked_is_the_one_to_connect_to() -> None:
    parts, ip = checked_address("http://example.org/a?b", resolving=lambda _host, _port: ["93.184.216.34"])
    assert (parts.hostname, ip) == ("example.org", "93.184.216.34")


class _Answers(BaseHTTPRequestHandler):
    """What the wide world answers: by path."""

    def do_GET(self) -> None:
        if self.path == "/x.png":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(png())
        elif self.path == "/gone":
            self.send_error(404)
        else:
            targets = {
                "/on": "/x.png",
                "/in": "http://intranet.example/x.png",
                "/round": "/round",
                "/file": "file:///etc/passwd",
            }
            self.send_response(302)
            self.send_header("Location", targets[self.path])
            self.end_headers()

    def log_message(self, *_said: Any) -> None:
        pass


@pytest.fixture
def wide_world(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], bytes]]:
    """`wide_world("/x.png")`: what is fetched from there. Every public address leads to a server in this process."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    real = socket.create_connection
    asked: list[tuple[str, int]] = []

    def connect(to: tuple[str, int], **_rest: Any) -> socket.socket:
        asked.append(to)
        return real(("127.0.0.1", server.server_port), timeout=5)

    monkeypatch.setattr("evenkeel.work.media.fetching.socket.create_connection", connect)
    names = {"example.org": ["93.184.216.34"], "intranet.example": ["10.0.0.7"]}

    def fetch(path: str) -> bytes:
        with fetched(f"http://example.org{path}", resolving=lambda host, _port: names[host]) as chunks:
            found = b"".join(chunks)
        assert set(asked) == {("93.184.216.34", 80)}
        return found

    yield fetch
    server.shutdown()
    server.server_close()
    thread.join()


def test_what_lies_at_a_public_address_is_fetched_from_the_address_that_was_checked(wide_world: Any) -> None:
    assert wide_world("/x.png") == png()
    assert wide_world("/on") == png()


@pytest.mark.parametrize(
    ("path", "why"), [("/in", "private network"), ("/round", "on and on"), ("/file", "http"), ("/gone", "404")]
)
def test_a_redirect_leads_nowhere_that_may_not_be_asked_for(wide_world: Any, path: str, why: str) -> None:
    with pytest.raises(Unusable, match=why):
        wide_world(path)


# ------------------------------------------------------------------ who may have it


@pytest.fixture
def programme(db: None) -> Programme:
    return make_programme()


def stored(programme: Programme, content: bytes = b"") -> MediaFile:
    return add_media(SYSTEM, programme=programme, chunks=[content or png()], now=NOW)


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def item_with(programme: Programme, file: MediaFile, **rest: Any) -> Any:
    new = NewItem(key=uuid4().hex, kind=file.kind, content={"media": str(file.pk), **rest})
    return add_items(SYSTEM, programme=programme, items=[new], now=NOW)[0]


def test_the_same_file_is_stored_once_and_lies_by_its_id(programme: Programme) -> None:
    first, second = stored(programme), stored(programme, png(8, 6, text_chunk("other words")))
    assert first == second
    assert path_of(first.pk).read_bytes() == png()
    assert not list(path_of(first.pk).parents[1].joinpath("incoming").iterdir())


def test_what_is_refused_leaves_nothing_behind(programme: Programme) -> None:
    with pytest.raises(Invalid) as refused:
        stored(programme, b"#!/bin/sh\n" * 20)
    assert "file" in refused.value.fields
    assert not MediaFile.objects.exists()
    with pytest.raises(Invalid) as refused:
        fetch_media(SYSTEM, programme=programme, address="http://127.0.0.1/x.png", now=NOW)
    assert "private network" in refused.value.fields["url"][0]
    with pytest.raises(Refused):
        add_media(as_actor(make_person("moderator")), programme=programme, chunks=[png()], now=NOW)


def test_an_item_learns_the_size_of_what_it_shows(programme: Programme) -> None:
    item = item_with(programme, stored(programme), caption="Blue", width=9_999)
    assert item.content | {"media": ""} == {
        "media": "",
        "caption": "Blue",
        "type": "image/png",
        "width": 8,
        "height": 6,
    }


def test_a_file_of_another_programme_or_kind_is_unknown(programme: Programme) -> None:
    file = stored(programme)
    other = make_programme()
    for where, kind in ((other, "image"), (programme, "video")):
        with pytest.raises(Invalid) as refused:
            add_items(
                SYSTEM, programme=where, items=[NewItem(key="a", kind=kind, content={"media": str(file.pk)})], now=NOW
            )
        assert "no stored file" in refused.value.fields["a"][0]


def test_a_file_is_for_those_who_may_see_its_item(programme: Programme) -> None:
    file = stored(programme)
    bare, proven = f"/work/media/{file.pk}/", media_url(str(file.pk))
    lead, moderator = make_person("lead"), make_person("moderator", target=make_queue(programme))
    stranger = make_person("lead", make_vendor())
    answers = {
        person: [client_of(person).get(url).status_code for url in (bare, proven, f"{bare}?proof=x%00")]
        for person in (lead, moderator, stranger)
    }
    assert answers == {lead: [200, 200, 200], moderator: [404, 200, 404], stranger: [404, 404, 404]}
    assert Client().get(proven).status_code == 302
    with pytest.raises(NotFound):
        media_for(as_actor(lead), uuid4(), proof="")


def test_it_is_served_as_what_it_is_and_can_do_nothing(programme: Programme) -> None:
    answer = client_of(make_person("lead")).get(f"/work/media/{stored(programme).pk}/")
    assert b"".join(answer.streaming_content) == png()  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"].startswith("inline; filename=")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("bytes=0-3", 206, slice(0, 4)),
        ("bytes=4-", 206, slice(4, None)),
        ("bytes=-5", 206, slice(-5, None)),
        ("bytes=0-99999999", 206, slice(0, None)),
        ("bytes=99999999-", 416, None),
        ("bytes=3-1", 416, None),
        ("bytes=-0", 416, None),
        ("bytes=0-1,3-4", 200, slice(0, None)),
        ("lines=0-1", 200, slice(0, None)),
    ],
)
def test_a_player_may_ask_for_a_piece(programme: Programme, asked: str, status: int, said: slice | None) -> None:
    content = wav(0.1)
    url = f"/work/media/{stored(programme, content).pk}/"
    client = client_of(make_person("lead"))
    answer = client.get(url, headers={"Range": asked})
    assert answer.status_code == status
    if said is not None:
        assert b"".join(answer.streaming_content) == content[said]  # type: ignore[attr-defined]
        assert answer["Content-Length"] == str(len(content[said]))
    assert client.head(url)["Content-Length"] == str(len(content))


def test_a_file_comes_in_by_the_api(programme: Programme) -> None:
    owner = client_of(make_person("data_scientist"))
    url = f"/api/v1/work/programmes/{programme.pk}/media"
    answer = owner.post(url, {"file": SimpleUploadedFile("x.exe", CLIP)})
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["kind"], told["content_type"], told["width"]) == ("video", "video/webm", 160)
    wrong = owner.post(url, {"file": SimpleUploadedFile("x.png", b"GIF?" * 30)})
    assert wrong.status_code == 422
    assert "file" in wrong.json()["fields"]
    inside = owner.post(f"{url}/fetch", {"url": "http://169.254.169.254/latest"}, content_type="application/json")
    assert inside.status_code == 422
    assert client_of(make_person("moderator")).post(url, {"file": SimpleUploadedFile("x", png())}).status_code == 403
    assert (
        client_of(make_person("lead", make_vendor())).post(url, {"file": SimpleUploadedFile("x", png())}).status_code
        == 404
    )


# ------------------------------------------------------------------ guards


@given(
    severity=st.integers(0, 4),
    wishes=st.fixed_dictionaries({name: st.none() | st.booleans() for name in ("blur", "greyscale", "mute", "small")}),
)
def test_a_more_severe_queue_never_has_fewer_guards(severity: int, wishes: dict[str, Any]) -> None:
    here, worse = guards_for(severity, **wishes), guards_for(severity + 1, **wishes)
    for name in wishes:
        assert getattr(worse, name) >= getattr(here, name)
        if wishes[name]:
            assert getattr(here, name)
    assert here.blur or not here.must_blur


def test_my_guards_are_mine(programme: Programme) -> None:
    ada = make_person("moderator")
    client = client_of(ada)
    said = {"blur": True, "speed": 1.5, "break_after_min": 40}
    assert client.put("/api/v1/work/desk", said, content_type="application/json").json()["blur"] is True
    assert DeskPreference.objects.get().worker.person == ada
    for wrong in ({"speed": 9}, {"break_after_min": 1}):
        answer = client.put("/api/v1/work/desk", wrong, content_type="application/json")
        assert answer.status_code == 422
        assert answer.json()["fields"].keys() == wrong.keys()
    assert set_desk_preference(as_actor(ada), blur=None, now=NOW).blur is None
    assert (
        client_of(make_person("lead")).put("/api/v1/work/desk", said, content_type="application/json").status_code
        == 403
    )
