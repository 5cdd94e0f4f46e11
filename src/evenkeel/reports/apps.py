from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "evenkeel.reports"
    label = "reports"

    def ready(self) -> None:
        from . import scopes  # noqa: F401
        from .exports import jobs, reach, table_files  # noqa: F401
        from .exports import scopes as export_scopes  # noqa: F401
