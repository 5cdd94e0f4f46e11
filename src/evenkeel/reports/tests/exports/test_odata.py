"""The feed, held against OData 4.0: documents, options, pages, refusals; and it shows no more than the pages do."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from evenkeel.ground import trail
from evenkeel.people.acts import issue_token
from evenkeel.people.models import Look
from evenkeel.work.tests import factories

from ...exports.odata import options as odata_options
from ...exports.odata.errors import Unfit
from ...exports.odata.filters import filtered
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


KINDS = {"label": "text", "n": "whole", "x": "number", "at": "moment", "on": "day", "ok": "yes_no"}


@pytest.fixture(scope="module")
def three() -> Iterator[Any]:
    """Three rows: a full one, one of nothing, one with a quotation mark."""
    import ibis
    import pyarrow as pa

    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    rows = [("No", 7, 0.5, at, at.date(), True), (None,) * 6, ("it's", -1, 2.0, at, at.date(), False)]
    columns = {name: [row[place] for row in rows] for place, name in enumerate(KINDS)}
    connection = ibis.duckdb.connect()
    yield connection.create_table("t", ibis.memtable(pa.table(columns)))
    connection.disconnect()


def test_filters_mean_what_odata_means(three: Any) -> None:
    connection = three.get_backend()
    for said, expected in FILTERS.items():
        found = connection.to_pyarrow(filtered(three, said, KINDS).count()).as_py()
        assert found == expected, said


def test_a_filter_that_does_not_fit_is_refused_where_it_is_wrong(three: Any) -> None:
    for said, named in MISFITS.items():
        with pytest.raises(Unfit) as refused:
            filtered(three, said, KINDS)
        assert named in refused.value.sentence, said


FILTERS = {
    "n eq 7": 1,
    "6 lt n": 1,
    "n ge -1 and n le 6.5": 1,
    "label eq 'No' or label eq 'it''s' and n eq 7": 1,
    "(label eq 'No' or label eq 'it''s') and not (n eq 7)": 1,
    "not (label eq 'No') and not contains(label,'t')": 1,
    "startswith(label,'i') or endswith(label,'o')": 2,
    "label eq null": 1,
    "label ne null": 2,
    "label ne 'No'": 2,
    "x gt null": 0,
    "not (x gt 0)": 1,
    "at ge 2026-03-02 and at lt 2026-03-02T09:00:00.5+00:00": 2,
    "at gt 2026-03-02T10:00:00+01:00": 0,
    "on eq 2026-03-02": 2,
    "on lt 2026-03-02T00:00:00Z": 0,
    "ok eq true": 1,
    "ok ne false": 2,
    "x eq 5e-1": 1,
}
MISFITS = {
    "lable eq 'No'": "label",
    "label eq 7": "text",
    "n eq '7'": "whole",
    "n eq true": "whole",
    "ok eq 1": "yes_no",
    "label eq 'No' and": "early",
    "label like 'No'": "eq, ne",
    "label eq 'No": "character",
    "label eq 'No' 'Yes'": "end",
    "contains(n,'7')": "text",
    "(" * 90 + "label eq 'No'" + ")" * 90: "deeply",
    "not " * 90 + "ok eq true": "deeply",
    "at gt 2026-02-30T00:00:00Z": "literal",
    "n gt 1; DROP TABLE x": "character",
    "x" * 5_000: "longer",
}


def test_pages_meet_whatever_they_are_sorted_by(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(odata_options, "PAGE", 13)
    for order in ("", "team desc"):
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
        assert (len(seen), len(set(seen)), pages) == (30, 30, 3)
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


REFUSALS: list[tuple[str, dict[str, str], int, str]] = [
    ("nothing", {}, 404, "decisions"),
    ("metrics", {"$filter": "titel eq 'No'"}, 400, "title"),
    ("metrics", {"$orderby": "title upwards"}, 400, "desc"),
    ("metrics", {"$orderby": "nothing"}, 400, "title"),
    ("metrics", {"$select": "nothing"}, 400, "title"),
    ("metrics", {"$top": "-1"}, 400, "$top"),
    ("metrics", {"$count": "yes"}, 400, "$count"),
    ("metrics", {"$skiptoken": "abc"}, 400, "$skiptoken"),
    ("metrics", {"$expand": "x"}, 501, "$select"),
    ("metrics", {"$format": "atom"}, 406, "JSON"),
    ("decisions", {"since": "soon"}, 422, "since"),
    ("figures", {"metric": "nothing"}, 404, "accuracy"),
]


def test_what_does_not_fit_is_refused_in_odatas_form(reader: Client) -> None:
    for path, said, status, names in REFUSALS:
        answer = get(reader, path, said)
        assert answer.status_code == status, (path, said, answer.content)
        error = answer.json()["error"]
        assert set(error) == {"code", "message"}
        assert names in error["message"], (path, said, answer.content)


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
    assert [entry.actor_name for entry in trail.entries().filter(verb="feed read")] == [taken.scientist.name]
    assert Look.objects.filter(viewer=taken.scientist, what="decisions").count() == 12
