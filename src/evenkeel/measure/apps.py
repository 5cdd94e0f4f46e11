from django.apps import AppConfig


class MeasureConfig(AppConfig):
    name = "evenkeel.measure"
    label = "measure"

    def ready(self) -> None:
        from . import jobs, reach, scopes, slots, slots_auditors, slots_quality, terms  # noqa: F401
        from .definitions import registry  # noqa: F401
