from django.apps import AppConfig


class ImproveConfig(AppConfig):
    name = "evenkeel.improve"
    label = "improve"

    def ready(self) -> None:
        from . import (  # noqa: F401
            changes_actions,
            finds,
            finds_actions,
            jobs,
            jobs_actions,
            reach,
            scopes,
            slots,
            slots_actions,
            slots_signal,
        )
