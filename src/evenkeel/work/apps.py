from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "evenkeel.work"
    label = "work"

    def ready(self) -> None:
        from . import changes, erasing, facts, finds, jobs, lane_slots, listening, reach, scopes, slots  # noqa: F401
