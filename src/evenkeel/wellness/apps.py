from django.apps import AppConfig


class WellnessConfig(AppConfig):
    name = "evenkeel.wellness"
    label = "wellness"

    def ready(self) -> None:
        from . import facts, jobs, reach, scopes  # noqa: F401
