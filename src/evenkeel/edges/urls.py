"""Every room's pages under one roof."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from .admin_site import site as admin_site
from .api import api

urlpatterns: list[URLPattern | URLResolver] = [
    # The mail address is changed by those who give accounts, so allauth's page for it is not reached.
    path("accounts/email/", RedirectView.as_view(pattern_name="people:profile"), name="account_email"),
    # Single sign-on finds the account by its address, so there is nothing to connect.
    path("accounts/3rdparty/", RedirectView.as_view(pattern_name="people:profile"), name="socialaccount_connections"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin_site.urls),
    path("api/v1/", api.urls),
    path("", include(("evenkeel.ground.gallery", "ground"))),
]
urlpatterns += [
    path("", include((f"evenkeel.{room}.pages", room)))
    for room in settings.ROOMS
    if room not in ("ground", "edges") and find_spec(f"evenkeel.{room}.pages")
]
urlpatterns.append(path("", include(("evenkeel.edges.site", "site"))))

handler400 = "evenkeel.edges.site_errors.bad_request"
handler403 = "evenkeel.edges.site_errors.forbidden"
handler404 = "evenkeel.edges.site_errors.missing"
handler500 = "evenkeel.edges.site_errors.broken"
