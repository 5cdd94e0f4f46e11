"""The feed, held against OData 4.0: documents, options, pages, refusals; and it shows no more than the pages do."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from evenkeel.ground.models import TrailEntry
from evenkeel.measure.tests.floor import NOW
from evenkeel.people.acts import issue_token
from evenkeel.people.models import Look
from evenkeel.work.tests import factories

from ..odata import options as odata_options
from .floor import UNNAMED, Taken

pytestmark = pytest.mark.django_db
ROOT = "/reports/odata/"
PERIOD = {"since": "2026-03-01", "until": "2026-03-04"}
EDM = "{http://docs.oasis-open.org/odata/ns/edm}"


def get(client: Client, path: str = "", said: dict[str, Any] | None = None, **headers: Any) -> Any:
    return client.get(f"{ROOT}{path}", {**PERIOD, **(said or {})}, headers=headers)


@pytest.fixture
def reader(taken: Taken) -> Client:
    """Somebody logged in who sees everything."""
    client = Client()
    client.force_login(taken.scientist)
    return client


def token(taken: Taken, scopes: tuple[str, ...] = UNNAMED) -> str:
    from evenkeel.ground import clock

    now = clock.now()
    actor = factories.as_actor(taken.scientist)
    wanted = list(scopes)
    made = issue_token(
        actor, person=taken.scientist, name="Excel", wanted=wanted, expires_at=now + timedelta(days=9), now=now
    )
    return made.secret


def test_the_service_tells_what_there_is_in_the_standards_form(reader: Client) -> None:
    answer = get(reader)
    assert (answer["OData-Version"], answer["Content-Type"].split(";")[:2]) == (
        "4.0",
        ["application/json", "odata.metadata=minimal"],
    )
    said = answer.json()
    assert said["@odata.context"] == f"http://testserver{ROOT}$metadata"
    assert {"figures", "figures_by_day", "metrics", "decisions", "audits", "time"} <= {
        each["name"] for each in said["value"]
    }
    assert all(each["kind"] == "EntitySet" and each["url"] == each["name"] for each in said["value"])
    metadata = get(reader, "$metadata")
    assert metadata["Content-Type"] == "application/xml"
    tree = ElementTree.fromstring(metadata.content)  # noqa: S314 (our own)
    assert tree.get("Version") == "4.0"
    types = {each.get("Name"): each for each in tree.iter(f"{EDM}EntityType")}
    assert {each.get("Name") for each in tree.iter(f"{EDM}EntitySet")} == set(types)
    properties = {each.get("Name"): each.get("Type") for each in types["decisions"].iter(f"{EDM}Property")}
    assert properties["decided_at"] == "Edm.DateTimeOffset"
    assert (properties["active_ms"], properties["prelabel_seen"], properties["worker"]) == (
        "Edm.Int64",
        "Edm.Boolean",
        "Edm.String",
    )
    for each in types.values():
        assert [key.get("Name") for key in each.iter(f"{EDM}PropertyRef")] == ["key"]
    first = get(reader, "decisions", {"$top": 1}).json()["value"][0]
    assert set(first) == set(properties), "every row has the properties that $metadata tells"


def test_rows_are_chosen_sorted_narrowed_and_counted(reader: Client) -> None:
    said = {"$select": "worker,label", "$filter": "label ne 'No'", "$count": "true"}
    answer = get(reader, "decisions", said).json()
    assert answer["@odata.context"].endswith("$metadata#decisions(worker,label)")
    assert (answer["@odata.count"], answer["value"]) == (
        1,
        [{"worker": "Worker 000", "label": '=HYPERLINK("http://evil")'}],
    )
    top = get(reader, "decisions", {"$orderby": "worker desc,label", "$top": 2, "$skip": 3, "$select": "worker"}).json()
    assert [row["worker"] for row in top["value"]] == ["Worker 010", "Worker 010"]
    assert "@odata.nextLink" not in top
    count = get(reader, "decisions/$count", {"$filter": "startswith(worker,'Worker 00')"})
    assert (count["Content-Type"], count.content) == ("text/plain", b"30")


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ("active_ms eq 20000", 36),
        ("20000 lt active_ms", 0),
        ("active_ms ge 20000 and active_ms le 20000.5", 36),
        ("worker eq 'Worker 001' or worker eq 'Worker 002' and label eq 'Yes'", 3),
        ("(worker eq 'Worker 001' or worker eq 'Worker 002') and not (label eq 'Yes')", 6),
        ("not (label eq 'No') and contains(label,'evil')", 1),
        ("endswith(worker,'001')", 3),
        ("shown_at eq null", 36),
        ("shown_at ne null", 0),
        ("client_build ne 'x'", 36),
        ("client_build eq 'it''s'", 0),
        ("not (shown_at gt 2026-01-01T00:00:00Z)", 36),
        ("decided_at ge 2026-03-02 and decided_at lt 2026-03-02T09:00:00.5+00:00", 36),
        ("decided_at gt 2026-03-02T10:00:00+01:00", 0),
        ("prelabel_seen eq true", 0),
    ],
)
def test_filters_mean_what_odata_means(said: str, rows: int, reader: Client) -> None:
    answer = get(reader, "decisions", {"$filter": said, "$count": "true", "$top": 0})
    assert answer.json().get("@odata.count") == rows, answer.content


def test_pages_meet_whatever_they_are_sorted_by(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(odata_options, "PAGE", 7)
    for order in ("", "label", "team desc"):
        address, seen, pages = f"{ROOT}decisions", [], 0
        said: dict[str, Any] = {
            **PERIOD,
            "$select": "key",
            "$skip": "2",
            "$top": "30",
            **({"$orderby": order} if order else {}),
        }
        while address:
            answer = reader.get(address, said).json()
            seen += [row["key"] for row in answer["value"]]
            address, said, pages = answer.get("@odata.nextLink", ""), {}, pages + 1
        assert (len(seen), len(set(seen)), pages) == (30, 30, 5)
    small = get(reader, "decisions", Prefer="odata.maxpagesize=5")
    assert (len(small.json()["value"]), small["Preference-Applied"]) == (5, "odata.maxpagesize=5")
    assert "since=2026-03-01" in small.json()["@odata.nextLink"]


def test_one_row_is_found_by_its_key(reader: Client) -> None:
    row = get(reader, "decisions", {"$top": 1}).json()["value"][0]
    answer = get(reader, f"decisions('{row['key']}')").json()
    assert answer.pop("@odata.context").endswith("#decisions/$entity")
    assert answer == row
    assert get(reader, "decisions('nothing')").status_code == 404


def test_figures_come_with_their_intervals(reader: Client) -> None:
    rows = get(reader, "figures", {"metric": "accuracy", "by": "organisation"}).json()["value"]
    assert {(row["organisation"], row["n"]) for row in rows} == {("House", 6), ("Vendor", 6)}
    assert all(row["low"] < row["value"] <= row["high"] and row["is_thin"] for row in rows)
    assert {row["metric"] for row in get(reader, "figures").json()["value"]} >= {"accuracy", "decided"}
    days = get(reader, "figures_by_day", {"$filter": "metric eq 'decided'"}).json()["value"]
    assert [(row["day"], row["value"]) for row in days] == [("2026-03-02", 36)]
    meaning = get(reader, "metrics('accuracy')").json()
    assert (meaning["unit"], meaning["guard_rail"]) == ("percent", "handle_time")


@pytest.mark.parametrize(
    ("path", "said", "status", "names"),
    [
        ("nothing", {}, 404, "decisions"),
        ("decisions", {"$filter": "lable eq 'No'"}, 400, "label"),
        ("decisions", {"$filter": "label eq 7"}, 400, "text"),
        ("decisions", {"$filter": "label eq 'No' and"}, 400, "early"),
        ("decisions", {"$filter": "label like 'No'"}, 400, "eq, ne"),
        ("decisions", {"$filter": "label eq 'No"}, 400, "character"),
        ("decisions", {"$filter": "(" * 90 + "label eq 'No'" + ")" * 90}, 400, "deeply"),
        ("decisions", {"$filter": "decided_at gt 2026-02-30T00:00:00Z"}, 400, "literal"),
        ("decisions", {"$filter": "active_ms gt '1'; DROP TABLE x"}, 400, "$filter"),
        ("decisions", {"$orderby": "label upwards"}, 400, "desc"),
        ("decisions", {"$orderby": "nothing"}, 400, "label"),
        ("decisions", {"$select": "nothing"}, 400, "label"),
        ("decisions", {"$top": "-1"}, 400, "$top"),
        ("decisions", {"$count": "yes"}, 400, "$count"),
        ("decisions", {"$skiptoken": "abc"}, 400, "$skiptoken"),
        ("decisions", {"$expand": "x"}, 501, "$select"),
        ("decisions", {"$format": "atom"}, 406, "JSON"),
        ("decisions", {"since": "soon"}, 422, "since"),
        ("figures", {"metric": "nothing"}, 404, "accuracy"),
    ],
)
def test_what_does_not_fit_is_refused_in_odatas_form(
    path: str, said: dict[str, str], status: int, names: str, reader: Client
) -> None:
    answer = get(reader, path, said)
    assert answer.status_code == status, answer.content
    error = answer.json()["error"]
    assert set(error) == {"code", "message"}
    assert names in error["message"]


def test_whoever_asks_shows_a_token_as_spreadsheets_do(taken: Taken) -> None:
    client, secret = Client(), token(taken)
    nobody = client.get(ROOT)
    assert (nobody.status_code, nobody["WWW-Authenticate"][:5]) == (401, "Basic")
    basic = base64.b64encode(f"anything:{secret}".encode()).decode()
    for shown in (f"Basic {basic}", f"Bearer {secret}"):
        answer = get(client, "decisions", Authorization=shown)
        assert answer.status_code == 200
        row = answer.json()["value"][0]
        assert "worker_id" not in row
        assert (row["organisation"], row["team"]) == ("House", None)
    for shown in ("Basic !", "Basic YTpi", "Bearer ek_nothing", "Digest x", f"Basic {basic}x"):
        assert client.get(ROOT, headers={"Authorization": shown}).status_code == 401, shown
    assert client.post(ROOT, headers={"Authorization": f"Bearer {secret}"}).status_code in (403, 405)


def test_it_shows_no_more_than_the_pages_do(taken: Taken) -> None:
    vendor, stranger, moderator = Client(), Client(), Client()
    vendor.force_login(taken.manager)
    stranger.force_login(taken.stranger)
    moderator.force_login(factories.make_person("moderator"))
    assert {row["organisation"] for row in get(vendor, "decisions").json()["value"]} == {"Vendor"}
    assert get(stranger, "decisions").json()["value"] == []
    assert get(stranger, "figures").json()["value"] == []
    assert get(moderator, "decisions").status_code == 403


def test_reading_leaves_its_trail_once_and_people_see_who_looked(
    taken: Taken, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(odata_options, "PAGE", 20)
    first = get(reader, "decisions").json()
    reader.get(first["@odata.nextLink"])
    assert [entry.actor_name for entry in TrailEntry.objects.filter(verb="feed read")] == [taken.scientist.name]
    assert Look.objects.filter(viewer=taken.scientist, what="decisions").count() == 12
