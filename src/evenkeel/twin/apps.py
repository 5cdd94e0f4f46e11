from django.apps import AppConfig


class TwinConfig(AppConfig):
    name = "evenkeel.twin"
    label = "twin"

    def ready(self) -> None:
        from . import facts, jobs, reach, scopes  # noqa: F401
