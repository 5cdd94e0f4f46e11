"""Media in S3-compatible object storage, against a real server that speaks S3."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.request import urlopen

import obstore
import pytest
from django.conf import settings
from django.test import Client, override_settings
from obstore.store import S3Store

from evenkeel.ground.env_objects import ObjectStorage
from evenkeel.ground.errors import Invalid
from evenkeel.ground.objects import ObjectTrouble, facts_of, put_object, read_object, signed_address
from evenkeel.ground.tests.s3_server import s3_server
from evenkeel.work import MediaFile, NewItem, Programme, add_items
from evenkeel.work.acts.media import add_media, fetch_media, link_media

from .factories import NOW, SYSTEM, make_person, make_programme, make_vendor
from .files import exif, jpeg, png, wav
from .test_media import SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with s3_server("items", "uploads", "closed") as address:
        yield address


@pytest.fixture
def storage(server: str) -> Iterator[ObjectStorage]:
    made = ObjectStorage(
        endpoint=server,
        region="us-east-1",
        key_id="key",
        secret="a-secret",
        buckets=("items",),
        uploads_bucket="uploads",
        uploads_folder="evenkeel",
        is_signed=False,
        signed_s=60,
    )
    with using(made):
        yield made


def using(storage: ObjectStorage) -> override_settings:
    return override_settings(EVENKEEL=replace(settings.EVENKEEL, objects=storage))


@pytest.fixture
def programme() -> Programme:
    return make_programme()


def put(server: str, key: str, content: bytes) -> None:
    bucket, _slash, name = key.partition("/")
    store = S3Store(
        bucket,
        endpoint=server,
        region="us-east-1",
        access_key_id="key",
        secret_access_key="a-secret",
        client_options={"allow_http": True},
    )
    obstore.put(store, name, content)


def bytes_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.fixture
def client(client: Client) -> Client:
    client.force_login(make_person("quality_manager"))
    return client


def test_objects_are_read_in_ranges_signed_and_put(storage: ObjectStorage, server: str, tmp_path: Any) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    put_object("s3://items/a b/ö.bin", path)
    facts = facts_of("s3://items/a b/ö.bin")
    assert facts.size_bytes == 10
    assert b"".join(read_object("s3://items/a b/ö.bin", 3, 4, etag=facts.etag)) == b"3456"
    with pytest.raises(ObjectTrouble):
        b"".join(read_object("s3://items/a b/ö.bin", 0, 4, etag='"other"'))
    with pytest.raises(ObjectTrouble, match="no such object"):
        facts_of("s3://items/none")
    address = signed_address("s3://items/a b/ö.bin")
    assert all(part in address for part in ("X-Amz-Algorithm=AWS4-HMAC-SHA256", "X-Amz-Expires=60", "X-Amz-Signature="))
    assert "a-secret" not in address
    assert urlopen(address, timeout=20).read() == b"0123456789"  # noqa: S310


def test_a_linked_picture_is_shown_without_its_metadata(
    storage: ObjectStorage, server: str, programme: Programme, client: Client
) -> None:
    put(server, "items/cat.jpg", jpeg(exif(SECRET)))
    made = link_media(SYSTEM, programme=programme, address="s3://items/cat.jpg", now=NOW)
    assert (made.address, made.is_ours, made.width is not None) == ("s3://items/cat.jpg", False, True)
    assert link_media(SYSTEM, programme=programme, address="s3://items/cat.jpg", now=NOW) == made
    for is_signed in (False, True):
        with using(replace(storage, is_signed=is_signed)):
            answer = client.get(made.get_absolute_url())
            shown = bytes_of(answer)
            assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
            assert SECRET not in shown
            assert int(answer["Content-Length"]) == len(shown)
            assert bytes_of(client.get(made.get_absolute_url(), headers={"Range": "bytes=2-5"})) == shown[2:6]
    (item,) = add_items(
        SYSTEM, programme=programme, items=[NewItem(key="cat", kind="image", content={"media": str(made.pk)})], now=NOW
    )
    assert item.content["width"] == made.width
    # Another content under the same name is another file; the first one is not quietly replaced by it.
    put(server, "items/cat.jpg", png(9, 9))
    assert client.get(made.get_absolute_url()).status_code == 404
    assert link_media(SYSTEM, programme=programme, address="s3://items/cat.jpg", now=NOW).pk != made.pk


def test_a_recording_is_signed_for_whoever_may_see_it(
    storage: ObjectStorage, server: str, programme: Programme, client: Client
) -> None:
    put(server, "items/a.wav", wav(1))
    made = link_media(SYSTEM, programme=programme, address="s3://items/a.wav", now=NOW)
    ranged = client.get(made.get_absolute_url(), headers={"Range": "bytes=0-3"})
    assert (ranged.status_code, bytes_of(ranged)) == (206, b"RIFF")
    with using(replace(storage, is_signed=True)):
        answer = client.get(made.get_absolute_url())
        assert (answer.status_code, answer["Cache-Control"]) == (302, "no-store")
        assert urlopen(answer["Location"], timeout=20).read() == wav(1)  # noqa: S310
        stranger = Client()
        for person in (make_person("moderator"), make_person("quality_manager", make_vendor())):
            stranger.force_login(person)
            refused = stranger.get(made.get_absolute_url())
            assert refused.status_code == 404
            assert "X-Amz" not in refused.text
    tagged = (
        wav(1) + b"LIST" + (26).to_bytes(4, "little") + b"INFOIART" + (14).to_bytes(4, "little") + b"A. Secretname\x00"
    )
    put(server, "items/b.wav", tagged)
    with pytest.raises(Invalid, match="where it lies"):
        link_media(SYSTEM, programme=programme, address="s3://items/b.wav", now=NOW)
    copied = fetch_media(SYSTEM, programme=programme, address="s3://items/b.wav", now=NOW)
    assert copied.is_ours
    assert b"Secretname" not in bytes_of(client.get(copied.get_absolute_url()))


def test_uploads_are_kept_in_their_bucket(storage: ObjectStorage, programme: Programme, client: Client) -> None:
    made = add_media(SYSTEM, programme=programme, chunks=[png(7, 5)], now=NOW)
    assert made.address == f"s3://uploads/evenkeel/media/{made.pk.hex[-2:]}/{made.pk.hex}"
    assert facts_of(made.address).size_bytes == made.size_bytes
    assert add_media(SYSTEM, programme=programme, chunks=[png(7, 5)], now=NOW) == made
    assert len(bytes_of(client.get(made.get_absolute_url()))) == made.size_bytes
    # Whoever moves uploads into storage keeps what lies in the data folder.
    with using(replace(storage, uploads_bucket="")):
        local = add_media(SYSTEM, programme=programme, chunks=[png(8, 5)], now=NOW)
    assert local.address == ""
    assert client.get(local.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "s3://closed/x",
        "s3://items/",
        "s3://items/../closed/x",
        "s3://items//x",
        "s3://",
        "s3://items/none",
        "x",
        "s3://items/\x00",
    ],
)
def test_what_is_not_opened_is_refused(
    storage: ObjectStorage, programme: Programme, address: str, settings: Any
) -> None:
    for act in (link_media, fetch_media):
        with pytest.raises(Invalid) as no:
            act(SYSTEM, programme=programme, address=address, now=NOW)
        assert no.value.fields.keys() == {"url"}
        assert "127.0.0.1" not in str(no.value.fields)
    assert not MediaFile.objects.exists()


def test_storage_that_is_away_is_told_without_its_address(
    storage: ObjectStorage, server: str, programme: Programme, client: Client
) -> None:
    put(server, "items/d.wav", wav(1))
    made = link_media(SYSTEM, programme=programme, address="s3://items/d.wav", now=NOW)
    with using(replace(storage, endpoint="http://127.0.0.1:9")):
        answer = client.get(made.get_absolute_url())
        assert answer.status_code == 404
        assert "127.0.0.1" not in answer.text
        base = f"/api/v1/work/programmes/{programme.pk}/media/link"
        refused = client.post(base, json.dumps({"url": "s3://items/d.wav"}), content_type="application/json")
        assert (refused.status_code, "127.0.0.1" in refused.text) == (422, False)


def test_without_storage_nothing_is_linked(programme: Programme) -> None:
    with pytest.raises(Invalid) as no:
        link_media(SYSTEM, programme=programme, address="s3://items/x", now=NOW)
    assert "no object storage" in no.value.fields["url"][0]
