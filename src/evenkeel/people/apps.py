from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "evenkeel.people"
    label = "people"

    def ready(self) -> None:
        from . import facts, finds, jobs, reach, scopes, slots  # noqa: F401
        from .roles import keep_built_in_roles

        post_migrate.connect(keep_built_in_roles, sender=self, dispatch_uid="people.roles")
