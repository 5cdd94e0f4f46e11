from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "evenkeel.work"
    label = "work"

    def ready(self) -> None:
        from . import (  # noqa: F401
            changes,
            changes_models,
            changes_staffing,
            erasing,
            facts,
            finds,
            jobs,
            lane_slots,
            listening,
            reach,
            scopes,
            slots,
        )
