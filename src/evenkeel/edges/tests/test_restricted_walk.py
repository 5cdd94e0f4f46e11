"""The walk once more, before and after an item goes into a restricted lane: the same addresses, as somebody with every right.

Whatever page, list, search, export or API route shows the item before must not show it after, and no new route may be
forgotten: the addresses are found as in `test_walk`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, ClassVar

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import models, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import override_settings

from evenkeel.ground.access import reached_models, veiled_by
from evenkeel.work import Decision, Item
from evenkeel.work.acts.restricted import restrict_item, set_lane

from .test_walk import OPEN, ROUTES, as_, model_of, text_of
from .world import MARK, NOW, SYSTEM, World, build


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    from dataclasses import replace

    folder = tmp_path_factory.mktemp("world")
    with (
        django_db_blocker.unblock(),
        override_settings(EVENKEEL=replace(settings.EVENKEEL, data_dir=folder)),
        transaction.atomic(),
    ):
        yield build()
        transaction.set_rollback(True)


def rows_about(item: Item, world: World) -> dict[type[models.Model], models.Model]:
    """For every table under the item's veil a row about this very item, where there is one."""
    found = dict(world.rows)
    for model in reached_models():
        veil = veiled_by(model)
        if veil is not None:
            about = model._default_manager.filter(**{veil[0]: item.pk}).first()
            if about is not None:
                found[model] = about
    return found


class Noted(QueryDict):
    """What an address is asked with. It notes what of that a page looks at: no page need be asked what it does not hear."""

    looked_at: ClassVar[Counter[str]] = Counter()
    ANYTHING = ""

    def __getitem__(self, key: str) -> Any:
        self.looked_at[key] += 1
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.looked_at[str(key)] += 1
        return super().__contains__(key)

    def getlist(self, key: str, default: Any = None) -> Any:
        self.looked_at[key] += 1
        return super().getlist(key, default)

    def _all(name: str) -> Any:  # type: ignore[misc]  # noqa: N805
        def method(self: Noted, *args: Any, **more: Any) -> Any:
            self.looked_at[self.ANYTHING] += 1
            return getattr(QueryDict, name)(self, *args, **more)

        return method

    __iter__, __len__, __deepcopy__ = _all("__iter__"), _all("__len__"), _all("__deepcopy__")
    keys, lists, values = _all("keys"), _all("lists"), _all("values")


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    monkeypatch.setattr(
        WSGIRequest, "GET", property(lambda request: Noted(request.META.get("QUERY_STRING", ""), encoding="utf-8"))
    )
    return Noted.looked_at


def addresses(rows: dict[type[models.Model], models.Model], world: World) -> Iterator[tuple[str, str]]:
    """Every route with the address that is about the item, or else about something of North's."""
    for route in ROUTES:
        if route.route.startswith("admin/") or "logout" in route.route:
            continue
        values = {}
        for name in route.parameters:
            model = model_of(name)
            values[name] = (
                OPEN.get(name, 1) if name in OPEN or model is None else (rows.get(model) or world.row(model)).pk
            )
        yield route.route, route.url(values)


def shows(client: Client, url: str, secret: re.Pattern[str]) -> bool | None:
    """Whether the answer holds it; None where there is none."""
    answer = client.get(url)
    assert answer.status_code < 500, url
    return bool(secret.search(text_of(answer))) if answer.status_code == 200 else None


@pytest.mark.django_db
def test_what_goes_into_a_lane_is_shown_by_no_address_any_more(world: World, looked_at: Counter[str]) -> None:
    decided = Decision.objects.filter(programme__name=f"{MARK} programme").first()
    assert decided is not None
    item, client = decided.item, as_(world.owner)
    for model in reached_models():
        world.row(model)
    rows = rows_about(item, world)
    words = re.compile(rf"{re.escape(item.content['text'])}\b")
    anything = re.compile(rf"{re.escape(item.key)}\b|{words.pattern}")
    # Enough of them to know that what is looked for below would be found.
    before = (route for route, url in addresses(rows, world) if shows(client, url, anything))
    assert len(list(islice(before, 8))) == 8

    lane = set_lane(SYSTEM, programme=item.programme, kind="legal", name="Court", minutes=5, now=NOW)
    restrict_item(SYSTEM, item=item, lane=lane, reason="A claim.", now=NOW)
    showing, asked = [], Counter[str]()
    for route, url in addresses(rows, world):
        looked_at.clear()
        shown = shows(client, url, anything)
        if shown is None:
            continue
        # The box at the top of each page shows what was searched for.
        hears_words = looked_at[Noted.ANYTHING] or looked_at["key"] or looked_at["q"] > 1
        if looked_at[Noted.ANYTHING] or looked_at["export"]:
            asked["export"] += 1
            shown = shows(client, f"{url}?export=csv", anything) or shown
        if hears_words:
            asked["words"] += 1
            # A page may repeat what it was asked for; what the item says it may not.
            shown = shows(client, f"{url}?q={item.key}&key={item.key}", words) or shown
        if shown:
            showing.append(route)
    assert showing == []
    assert min(asked.values()) > 20, asked
