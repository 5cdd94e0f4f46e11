from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "evenkeel.reports"
    label = "reports"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate, pre_migrate

        from . import scopes  # noqa: F401
        from .exports import jobs, reach, table_files  # noqa: F401
        from .exports import scopes as export_scopes  # noqa: F401
        from .exports.analytics import after_migration, before_migration

        pre_migrate.connect(before_migration, sender=self)
        post_migrate.connect(after_migration, sender=self)
