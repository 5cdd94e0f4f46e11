from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "evenkeel.planning"
    label = "planning"

    def ready(self) -> None:
        from . import scopes  # noqa: F401
