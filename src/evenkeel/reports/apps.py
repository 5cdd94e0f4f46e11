from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "evenkeel.reports"
    label = "reports"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate, pre_migrate

        from . import jobs, reach, scopes, slots  # noqa: F401
        from .exports import jobs as export_jobs  # noqa: F401
        from .exports import reach as export_reach  # noqa: F401
        from .exports import scopes as export_scopes  # noqa: F401
        from .exports import table_files  # noqa: F401
        from .exports.analytics import after_migration, before_migration

        pre_migrate.connect(before_migration, sender=self)
        post_migrate.connect(after_migration, sender=self)
