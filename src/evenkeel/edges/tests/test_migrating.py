"""While migrating, a class that others need not hear of changes alone; one that they point to changes with them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from ..cli.migrating import models_change_alone


@pytest.fixture
def state() -> Iterator[ProjectState]:
    """A queue and its tasks, as the steps of a migration have made them."""
    with models_change_alone():
        made = ProjectState()
        made.add_model(ModelState("work", "Queue", [("id", models.AutoField(primary_key=True))]))
        assert made.apps.get_model("work", "queue")
        to_queue = models.ForeignKey("work.Queue", on_delete=models.CASCADE, related_name="tasks")
        made.add_model(ModelState("work", "Task", [("id", models.AutoField(primary_key=True)), ("queue", to_queue)]))
        yield made


def classes(state: ProjectState) -> tuple[type[models.Model], type[models.Model]]:
    return state.apps.get_model("work", "queue"), state.apps.get_model("work", "task")


def test_a_column_and_an_index_change_their_own_class_alone(state: ProjectState) -> None:
    queue, task = classes(state)
    state.add_field("work", "queue", "name", models.TextField(default=""), preserve_default=True)
    state.add_index("work", "queue", models.Index(fields=["name"], name="queue_by_name"))
    new_queue, same_task = classes(state)
    assert new_queue is not queue
    assert same_task is task
    assert new_queue._meta.get_field("name")


def test_what_others_point_to_changes_with_them(state: ProjectState) -> None:
    queue, task = classes(state)
    state.alter_field("work", "queue", "id", models.BigAutoField(primary_key=True), preserve_default=True)
    new_queue, new_task = classes(state)
    assert new_queue is not queue
    assert new_task is not task
    assert new_task._meta.get_field("queue").target_field is new_queue._meta.pk  # type: ignore[union-attr]


def test_python_in_a_migration_finds_every_way_back(state: ProjectState) -> None:
    state.add_field("work", "queue", "name", models.TextField(default=""), preserve_default=True)
    state.clear_delayed_apps_cache()
    queue, task = classes(state)
    assert [each.related_model for each in queue._meta.related_objects] == [task]


def test_django_has_its_own_way_back_afterwards() -> None:
    before = vars(ProjectState)["_find_reload_model"]
    with pytest.raises(ZeroDivisionError), models_change_alone():
        raise ZeroDivisionError
    assert vars(ProjectState)["_find_reload_model"] is before
