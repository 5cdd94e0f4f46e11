from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EdgesConfig(AppConfig):
    name = "evenkeel.edges"
    label = "edges"

    def ready(self) -> None:
        from evenkeel.ground.pages import section

        from . import account_events, checks, slots  # noqa: F401

        section("work", _("Work"), order=10)
        section("quality", _("Quality"), order=20)
        section("insight", _("Insight"), order=30)
        section("people", _("People"), order=40)
        section("setup", _("Set-up"), order=50)
