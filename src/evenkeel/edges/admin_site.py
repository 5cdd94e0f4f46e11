"""The operators' window on the tables: to look, not to change. Changes go through acts, so that the trail is whole."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.apps import apps
from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

# Never shown, not even to operators.
HIDDEN = ("password", "digest")
_MOST_COLUMNS = 7


class OperatorSite(AdminSite):
    """Behind the same log-in as everything, for operators (`is_staff`) with a second factor."""

    site_header = site_title = _("evenkeel, for operators")
    index_title = _("Tables")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return bool(user.is_active and getattr(user, "is_staff", False)) and _has_second_factor(request)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next", reverse("admin:index")))
        if getattr(request.user, "is_staff", False) and not _has_second_factor(request):
            return HttpResponseRedirect(reverse("mfa_index"))
        from .site_errors import forbidden

        return forbidden(request, Exception())


def _has_second_factor(request: HttpRequest) -> bool:
    # The demo's passwords are public anyway, and it listens on this machine alone.
    if settings.EVENKEEL.demo or settings.DEBUG:
        return True
    return bool(is_mfa_enabled(request.user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


class Window(ModelAdmin[models.Model]):
    """A table to look at."""

    show_full_result_count = False
    list_per_page = 50

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        shown = [field.name for field in self.model._meta.concrete_fields if _is_column(field)]
        return shown[:_MOST_COLUMNS]

    def get_list_select_related(self, request: HttpRequest) -> list[str]:
        columns = set(self.get_list_display(request))
        return [field.name for field in self.model._meta.concrete_fields if field.is_relation and field.name in columns]

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return ["-pk"]

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[Any]:
        return [field.name for field in self.model._meta.concrete_fields if field.name not in HIDDEN]

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        return self.get_fields(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True


def _is_column(field: models.Field[Any, Any]) -> bool:
    return field.name not in HIDDEN and not isinstance(field, (models.JSONField, models.TextField))


site = OperatorSite(name="admin")
for _model in apps.get_models():
    if _model._meta.app_label in settings.ROOMS:
        site.register(_model, Window)
