"""The site's own pages: the way in and search."""

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.pages import PageRequest, page, render


@page(_("Home"))
def home(request: PageRequest) -> HttpResponse:
    """Where a person lands: what waits for her."""
    return render(request, "edges/home.html")


urlpatterns = [path("", home, name="home")]
