from django.apps import AppConfig


class GroundConfig(AppConfig):
    name = "evenkeel.ground"
    label = "ground"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import upkeep  # noqa: F401
