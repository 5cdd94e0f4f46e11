from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "evenkeel.quality"
    label = "quality"

    def ready(self) -> None:
        from . import facts, finds, jobs, reach, scopes, slots, slots_audits  # noqa: F401
