from django.apps import AppConfig


class ImproveConfig(AppConfig):
    name = "evenkeel.improve"
    label = "improve"

    def ready(self) -> None:
        from . import changes_actions, finds, finds_actions, jobs_actions, reach, scopes, slots, slots_actions  # noqa: F401
