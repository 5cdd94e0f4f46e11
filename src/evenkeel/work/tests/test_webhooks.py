"""The way out: signed, tried again, given up and sent again by hand; and never into the network behind us."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from hypothesis import given
from hypothesis import strategies as st

from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.ground.sealed import Unreadable, seal, unseal
from evenkeel.people import Person
from evenkeel.work import Programme
from evenkeel.work.acts.webhooks import add_endpoint, close_endpoint, renew_secret, send_again
from evenkeel.work.models import Delivery, Endpoint
from evenkeel.work.rules.webhooks import TRIES, check_url, is_allowed, next_try, signature
from evenkeel.work.webhooks import Answer, post, post_to_endpoints, send_due

from .factories import NOW, SYSTEM, after, make_person, make_programme, make_vendor

URL = "https://example.org/hook"


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


# ------------------------------------------------------------------ rules


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/", "ftp://example.org/", "https://", "https://localhost/", "https://intranet/x",
        "https://127.0.0.1/", "https://10.1.2.3/", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://169.254.169.254/",
        "https://[fe80::1]/", "https://db.internal/", "https://user:secret@example.org/", "https://example.org/#x",
        "https://exa mple.org/", "https://example.org:0/", "https://example.org:99999/", "https://0.0.0.0/",
        "https://[64:ff9b::a00:1]/", "https://[2002:a00:1::]/", "https://" + "a" * 600 + ".org/", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_an_address_inside_the_network_or_in_the_clear_is_refused(url: str) -> None:
    with pytest.raises(Invalid) as wrong:
        check_url(url, inside=())
    assert list(wrong.value.fields) == ["url"]


@pytest.mark.parametrize("url", [URL, "https://example.org:8443/a?b=c", "https://93.184.216.34/"])
def test_a_public_address_by_https_is_called(url: str) -> None:
    assert check_url(f" {url} ", inside=()) == url


def test_the_operator_may_allow_a_host_by_name() -> None:
    assert check_url("http://hooks.internal:8080/x", inside=("hooks.internal",))
    assert is_allowed("hooks.internal", "10.0.0.1", inside=("hooks.internal",))
    assert not is_allowed("example.org", "10.0.0.1", inside=("hooks.internal",))


@given(st.ip_addresses())
def test_only_public_addresses_are_ever_allowed(address: Any) -> None:
    if not address.is_global or address.is_multicast:
        assert not is_allowed("example.org", str(address), inside=())


def test_the_signature_is_the_documented_one() -> None:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    mac = hmac.new(b"secret", b'1772442000.{"a": 1}', hashlib.sha256).hexdigest()
    assert signature("secret", at=at, body='{"a": 1}') == f"t=1772442000,v1={mac}"


def test_it_is_tried_ever_more_rarely_and_then_given_up() -> None:
    waits = [next_try(tries, NOW) for tries in range(1, TRIES)]
    gaps = [moment - NOW for moment in waits if moment]
    assert gaps[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert gaps == sorted(gaps)
    assert max(gaps) == timedelta(hours=6)
    assert next_try(TRIES, NOW) is None
    assert timedelta(days=1) < sum(gaps, timedelta()) < timedelta(days=3)


@given(st.text(max_size=50))
def test_a_secret_is_opened_for_its_own_purpose_alone(text: str) -> None:
    sealed = seal(text, purpose="a")
    assert unseal(sealed, purpose="a") == text
    with pytest.raises(Unreadable):
        unseal(sealed, purpose="b")


# ------------------------------------------------------------------ sending


class Receiver:
    """Somebody at the other end: answers what it is told to, and keeps what it got."""

    def __init__(self, *statuses: int | None):
        self.statuses = list(statuses)
        self.got: list[tuple[str, str, dict[str, str]]] = []

    def __call__(self, url: str, body: str, headers: dict[str, str]) -> Answer:
        self.got.append((url, body, headers))
        status = self.statuses.pop(0)
        return Answer(status, "" if status == 200 else "no")


@pytest.fixture
def programme(db: None) -> Programme:
    return make_programme()


@pytest.fixture
def endpoint(programme: Programme) -> Endpoint:
    made, secret = add_endpoint(SYSTEM, programme=programme, name="Product", url=URL, secret="s" * 16, now=NOW)
    assert secret == "s" * 16
    return made


def written(programme: Programme) -> Delivery:
    post_to_endpoints(programme.pk, event="appeal.ruled", object_id=programme.pk, said={"x": 1}, now=NOW)
    return Delivery.objects.get()


def test_the_secret_is_kept_sealed(endpoint: Endpoint) -> None:
    assert "ssss" not in endpoint.secret_sealed
    assert renew_secret(SYSTEM, endpoint=endpoint, now=NOW) not in endpoint.secret_sealed


def test_what_fails_is_tried_again_until_it_arrives(programme: Programme, endpoint: Endpoint) -> None:
    delivery, receiver = written(programme), Receiver(500, None, 200)
    assert written(programme) == delivery
    assert send_due(NOW, call=receiver) == 1
    assert send_due(after(seconds=59), call=receiver) == 0
    assert send_due(after(minutes=1), call=receiver) == 1
    assert send_due(after(minutes=3), call=receiver) == 1
    delivery.refresh_from_db()
    assert (delivery.tries, delivery.delivered_at, delivery.next_try_at) == (3, after(minutes=3), None)
    url, body, headers = receiver.got[2]
    assert (url, body) == (URL, delivery.body)
    assert headers["Evenkeel-Signature"] == signature("s" * 16, at=after(minutes=3), body=body)
    assert {said["Evenkeel-Delivery"] for _url, _body, said in receiver.got} == {str(delivery.pk)}


def test_what_never_arrives_is_given_up_and_sent_again_by_hand(programme: Programme, endpoint: Endpoint) -> None:
    delivery, now = written(programme), NOW
    for _each in range(TRIES):
        assert send_due(now, call=Receiver(404)) == 1
        delivery.refresh_from_db()
        now = delivery.next_try_at or now
    assert (delivery.dead_at, delivery.next_try_at, delivery.last_status) == (now, None, 404)
    assert send_due(after(days=30), call=Receiver()) == 0
    send_again(SYSTEM, delivery=delivery, now=after(days=30))
    assert send_due(after(days=30), call=Receiver(200)) == 1
    delivery.refresh_from_db()
    assert (delivery.dead_at, delivery.delivered_at) == (None, after(days=30))


def test_a_closed_endpoint_is_told_nothing(programme: Programme, endpoint: Endpoint) -> None:
    delivery = written(programme)
    close_endpoint(SYSTEM, endpoint=endpoint, now=NOW)
    assert send_due(after(days=1), call=Receiver()) == 0
    assert post_to_endpoints(programme.pk, event="appeal.ruled", object_id=delivery.pk, said={}, now=NOW) == 0
    delivery.refresh_from_db()
    with pytest.raises(NotNow):
        send_again(SYSTEM, delivery=delivery, now=NOW)


def test_a_secret_of_a_lost_key_is_said_so(programme: Programme, endpoint: Endpoint) -> None:
    delivery = written(programme)
    with override_settings(SECRET_KEY="another" * 8, SECRET_KEY_FALLBACKS=[]):
        send_due(NOW, call=Receiver())
    delivery.refresh_from_db()
    assert "key has changed" in delivery.last_error


@pytest.fixture
def server() -> Iterator[tuple[str, list[tuple[str, bytes, str]]]]:
    got: list[tuple[str, bytes, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            got.append((self.path, self.rfile.read(length), self.headers["Host"]))
            self.send_response(302 if self.path == "/away" else 200)
            self.send_header("Location", "http://169.254.169.254/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *said: Any) -> None:  # noqa: A002
            """Quiet."""

    served = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://localhost:{served.server_port}", got
    served.shutdown()
    served.server_close()
    thread.join()


def test_a_call_goes_out_only_to_where_it_may(server: tuple[str, list[tuple[str, bytes, str]]]) -> None:
    base, got = server
    assert "not https" in post(f"{base}/in", "{}", {}).error
    assert "inside the network" in post(base.replace("http:", "https:"), "{}", {}).error
    assert "unknown" in post(f"https://{'a' * 70}.example/", "{}", {}).error
    assert got == []
    with override_settings(EVENKEEL=replace(settings.EVENKEEL, webhook_hosts=("localhost",))):
        assert post(f"{base}/in?a=1", '{"ü": 1}', {}) == Answer(200)
        assert post(f"{base}/away", "{}", {}) == Answer(302, "answered 302")
        assert post("http://localhost:1/", "{}", {}).status is None
    assert got[0] == ("/in?a=1", '{"ü": 1}'.encode(), base.removeprefix("http://"))
    assert len(got) == 2


# ------------------------------------------------------------------ pages


def test_pages_for_the_owner_a_colleague_and_a_stranger(programme: Programme, endpoint: Endpoint) -> None:
    delivery = written(programme)
    Delivery.objects.update(next_try_at=None, dead_at=NOW)
    owner = client_of(make_person("administrator"))
    listed, one = f"{programme.get_absolute_url()}endpoints/", f"/work/endpoints/{endpoint.pk}/"
    again = f"/work/deliveries/{delivery.pk}/sending/"
    assert "Product" in owner.get(listed).text
    page = owner.post(listed, {"name": "Other", "url": "https://example.org/other"})
    assert "shown this once" in page.text
    assert "shown this once" not in owner.get(listed).text
    assert owner.post(listed, {"name": "X", "url": "http://10.0.0.1/"}).status_code == 422
    assert "Send again" in owner.get(one).text
    assert "shown this once" in owner.post(one).text
    for person, status in ((make_person("quality_manager"), 404), (make_person("administrator", make_vendor()), 404)):
        client = client_of(person)
        assert client.get(one).status_code == client.post(one).status_code == client.post(again).status_code == status
        assert client.get(listed).status_code in (403, 404)
    assert owner.post(again).status_code == 302
    assert Delivery.objects.get().next_try_at is not None
    assert owner.get(f"{one}?state=waiting").status_code == 200
    assert owner.post(f"{one}closing/").status_code == 302


def test_the_api_keeps_the_secret_to_itself(programme: Programme) -> None:
    owner, json = client_of(make_person("administrator")), "application/json"
    base = f"/api/v1/work/programmes/{programme.pk}/endpoints"
    assert "url" in owner.post(base, {"name": "A", "url": "http://x"}, content_type=json).json()["fields"]
    assert "secret" in owner.post(base, {"name": "A", "url": URL, "secret": "x"}, content_type=json).json()["fields"]
    made = owner.post(base, {"name": "A", "url": URL}, content_type=json).json()
    assert len(made["secret"]) > 30
    assert owner.get(base).json()[0]["secret"] is None
    delivery = written(programme)
    rows = owner.get(f"/api/v1/work/endpoints/{made['id']}/deliveries?is_dead=false").json()["rows"]
    assert [row["id"] for row in rows] == [str(delivery.pk)]
    assert owner.post(f"/api/v1/work/deliveries/{delivery.pk}/send_again").status_code == 200
    assert owner.post(f"/api/v1/work/endpoints/{made['id']}/renew_secret").json()["secret"] != made["secret"]
    assert owner.post(f"/api/v1/work/endpoints/{made['id']}/close").json()["closed_at"]
    assert client_of(make_person("lead")).get(base).status_code == 404
