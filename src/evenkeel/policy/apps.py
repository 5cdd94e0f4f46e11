from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "evenkeel.policy"
    label = "policy"

    def ready(self) -> None:
        from . import changes, finds, reach, scopes  # noqa: F401
