"""Every room's pages under one roof."""

from importlib.util import find_spec

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
urlpatterns += [
    path("", include((f"evenkeel.{room}.pages", room)))
    for room in settings.ROOMS
    if room not in ("ground", "edges") and find_spec(f"evenkeel.{room}.pages")
]
urlpatterns.append(path("", include(("evenkeel.edges.site", "site"))))
