"""The walk once more, before and after an item goes into a restricted lane: the same addresses, as somebody with every right.

Whatever page, list, search, export or API route shows the item before must not show it after, and no new route may be
forgotten: the addresses are found as in `test_walk`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import models, transaction
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


def shown_by(
    client: Client, item: Item, rows: dict[type[models.Model], models.Model], world: World, *, plainly: bool = False
) -> set[str]:
    """The routes, exports and searches whose answer holds the item's key or its words; `plainly`: the routes alone."""
    words = rf"{re.escape(item.content['text'])}\b"
    anything = re.compile(rf"{re.escape(item.key)}\b|{words}")
    # A page may repeat what it was asked for; what the item says it may not.
    queries = {
        "": anything,
        "?export=csv": anything,
        f"?q={item.key}": re.compile(words),
        f"?key={item.key}": re.compile(words),
    }
    showing = set()
    for route in ROUTES:
        if route.route.startswith("admin/") or "logout" in route.route:
            continue
        values = {}
        for name in route.parameters:
            model = model_of(name)
            values[name] = (
                OPEN.get(name, 1) if name in OPEN or model is None else (rows.get(model) or world.row(model)).pk
            )
        url = route.url(values)
        for query, secret in list(queries.items())[: 1 if plainly else None]:
            answer = client.get(url + query)
            assert answer.status_code < 500, url
            if answer.status_code == 200 and secret.search(text_of(answer)):
                showing.add(f"{route.route}{query.partition('=')[0]}")
            if answer.status_code != 200:
                break
    return showing


@pytest.mark.django_db
def test_what_goes_into_a_lane_is_shown_by_no_address_any_more(world: World) -> None:
    decided = Decision.objects.filter(programme__name=f"{MARK} programme").first()
    assert decided is not None
    item, client = decided.item, as_(world.owner)
    for model in reached_models():
        world.row(model)
    rows = rows_about(item, world)
    before = shown_by(client, item, rows, world, plainly=True)
    assert len(before) >= 8, before
    lane = set_lane(SYSTEM, programme=item.programme, kind="legal", name="Court", minutes=5, now=NOW)
    restrict_item(SYSTEM, item=item, lane=lane, reason="A claim.", now=NOW)
    assert shown_by(client, item, rows, world) == set()
