from django.apps import AppConfig
from django.db.models.signals import post_migrate


class QualityConfig(AppConfig):
    name = "evenkeel.quality"
    label = "quality"

    def ready(self) -> None:
        from . import (  # noqa: F401
            facts,
            facts_disputes,
            finds,
            jobs,
            jobs_disputes,
            jobs_integrity,
            reach,
            scopes,
            slots,
            slots_disputes,
        )
        from .reasons import keep_built_in_reasons

        post_migrate.connect(keep_built_in_reasons, sender=self, dispatch_uid="quality.reasons")
