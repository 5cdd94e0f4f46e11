from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "evenkeel.quality"
    label = "quality"

    def ready(self) -> None:
        from . import facts, facts_golden, finds, gold_slots, jobs, listening, planting, reach, scopes, slots  # noqa: F401
