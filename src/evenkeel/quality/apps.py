from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "evenkeel.quality"
    label = "quality"

    def ready(self) -> None:
        from . import (  # noqa: F401
            facts,
            facts_calibration,
            facts_golden,
            finds,
            gold_slots,
            jobs,
            listening,
            planting,
            reach,
            scopes,
            slots,
            slots_audits,
        )
