"""What the edges hang into lower rooms' pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from evenkeel.ground.slots import fills

from . import site_standing
from .templatetags.profile import tabs_for


@fills("people:account:tabs")
def account_tabs(request: HttpRequest, person: Any) -> str:
    """The sides of one's own account, logging in among them."""
    return tabs_for(request)


@fills("site:home", order=1)
def install_needs_somebody(request: HttpRequest, _thing: Any) -> str:
    """On the home page of whoever runs the install: what is not in order; nothing while all is well."""
    return site_standing.warning(request)
