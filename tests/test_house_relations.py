"""Tables point down: no foreign key and no look-up by name leads from a lower room to a higher one."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps


def relations(of: Iterable[type[models.Model]]) -> Iterator[tuple[str, str, str]]:
    """Every relation as (room, "Model.field", room it points to); a room is an app label."""
    for model in of:
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created:
                continue
            for target in (field.related_model, getattr(field.remote_field, "through", None)):
                if isinstance(target, type) and issubclass(target, models.Model):
                    yield model._meta.app_label, f"{model.__name__}.{field.name}", target._meta.app_label


def upward(found: Iterable[tuple[str, str, str]], rooms: Sequence[str]) -> list[str]:
    """Those that lead up. What belongs to no room (Django's own tables) lies below all of them."""
    height = {room: level for level, room in enumerate(rooms)}
    return [
        f"{room}: {name} points up to {target}"
        for room, name, target in found
        if height.get(target, -1) > height.get(room, -1)
    ]


def lookups(room: str, source: str, name: str = "") -> Iterator[tuple[str, str, str]]:
    """`apps.get_model("work", "Queue")` and `apps.get_app_config("work")` in a source, as relations."""
    if "get_model" not in source and "get_app_config" not in source:
        return
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("get_model", "get_app_config")
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str)
        ):
            yield room, f"{name}:{node.lineno}", node.args[0].value.partition(".")[0]


def test_relations_lead_down(rooms: Sequence[str]) -> None:
    ours = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in rooms]
    assert upward(relations(ours), rooms) == []


def test_lookups_in_the_app_registry_lead_down(rooms: Sequence[str], package: Path) -> None:
    found = [
        lookup
        for room in rooms
        for path in sorted((package / room).rglob("*.py"))
        for lookup in lookups(room, path.read_text(), str(path.relative_to(package)))
    ]
    assert upward(found, rooms) == []


@isolate_apps("django.contrib.auth", "django.contrib.contenttypes")
def test_a_relation_that_leads_up_is_seen() -> None:
    class Above(models.Model):
        class Meta:
            app_label = "auth"

    class Below(models.Model):
        up = models.ForeignKey(Above, models.CASCADE, related_name="+")
        many = models.ManyToManyField(Above, related_name="+")

        class Meta:
            app_label = "contenttypes"

    found = list(relations([Above, Below]))
    assert upward(found, ["contenttypes", "auth"]) == [
        "contenttypes: Below.up points up to auth",
        "contenttypes: Below.many points up to auth",
    ]
    assert upward(found, ["auth", "contenttypes"]) == []


def test_a_lookup_that_leads_up_is_seen() -> None:
    source = (
        'from django.apps import apps\nqueue = apps.get_model("work.Queue")\nsame = apps.get_model("work", "Queue")\n'
    )
    assert upward(lookups("people", source, "people/x.py"), ["people", "work"]) == [
        "people: people/x.py:2 points up to work",
        "people: people/x.py:3 points up to work",
    ]
    assert upward(lookups("work", source), ["people", "work"]) == []
