"""Bringing the database up to date, without drawing the whole house anew for every column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext


def migrate() -> None:
    """Bring the database up to date; a second call at the same version is quick and changes nothing."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.EVENKEEL.data_dir.mkdir(parents=True, exist_ok=True)
    # Where rows lie already, and steps are few, Django's own way is taken unaltered.
    with nullcontext() if "django_migrations" in connection.introspection.table_names() else models_change_alone():
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


@contextmanager
def models_change_alone() -> Iterator[None]:
    """After a step of a migration Django makes anew the class that changed and all that are related to it: here all of them.

    Nine tenths of a first start went there. A column, an index, a constraint or a new table alters nothing that is kept in
    the classes around it but the way back, which only steps that run Python ask for, and before those Django makes all
    classes anew whose making was put off. What others point to (a key, a name) changes with its relatives, as ever. The
    tables that come of it were compared with those of the unaltered way, statement by statement: they are the same.
    """
    from django.db.migrations.state import ProjectState
    from django.db.models import Model

    method = "_find_reload_model"
    with_relatives: Callable[..., set[tuple[str, str]]] = getattr(ProjectState, method)

    def alone(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
        model: type[Model] | None = state.apps.all_models[app_label].get(model_name)
        after = {name for name, field in state.models[app_label, model_name].fields.items() if field.is_relation}
        if model is not None and not delay:
            columns = (*model._meta.local_fields, *model._meta.local_many_to_many)
            if after == {column.name for column in columns if column.is_relation}:
                return with_relatives(state, app_label, model_name, delay)
        state.is_delayed = True
        return {(app_label, model_name)}

    setattr(ProjectState, method, alone)
    try:
        yield
    finally:
        setattr(ProjectState, method, with_relatives)
