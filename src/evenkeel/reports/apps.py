from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "evenkeel.reports"
    label = "reports"

    def ready(self) -> None:
        from . import scopes  # noqa: F401
