from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "evenkeel.work"
    label = "work"

    def ready(self) -> None:
        from . import facts, finds, jobs, listening, reach, scopes, slots  # noqa: F401
