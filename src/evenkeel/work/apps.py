from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "evenkeel.work"
    label = "work"

    def ready(self) -> None:
        from . import facts, jobs, reach, scopes  # noqa: F401
