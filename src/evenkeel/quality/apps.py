from django.apps import AppConfig
from django.db.models.signals import post_migrate


class QualityConfig(AppConfig):
    name = "evenkeel.quality"
    label = "quality"

    def ready(self) -> None:
        from . import (  # noqa: F401
            erasing,
            facts,
            facts_calibration,
            facts_checks,
            facts_disputes,
            facts_golden,
            finds,
            gold_slots,
            jobs,
            jobs_disputes,
            jobs_integrity,
            listening,
            planting,
            reach,
            scopes,
            slots,
            slots_audits,
            slots_disputes,
            slots_exams,
        )
        from .reasons import keep_built_in_reasons

        post_migrate.connect(keep_built_in_reasons, sender=self, dispatch_uid="quality.reasons")
