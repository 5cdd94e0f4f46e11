"""What the pages of one's own account share: their tabs; and the demo's log-ins."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template import Context, Library
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.templatetags.layout import Tab, tabs

register = Library()

# Title, the page's name, and the beginnings of the names that count as being on it.
SIDES: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (_("Profile"), "people:profile", ("people:profile",)),
    (_("Password"), "account_change_password", ("account_change_password", "account_set_password")),
    (_("Second factors"), "mfa_index", ("mfa_",)),
    (_("Sessions"), "usersessions_list", ("usersessions_",)),
    (_("Who looked"), "people:looks", ("people:looks",)),
    (_("API tokens"), "people:tokens", ("people:token",)),
)


@register.simple_tag(takes_context=True)
def profile_tabs(context: Context) -> SafeString:
    """The sides of one's own account."""
    return tabs_for(context["request"])


def tabs_for(request: HttpRequest) -> SafeString:
    """The same, for a page of another room."""
    match = request.resolver_match
    here = match.view_name if match else ""
    return tabs(
        [Tab(title, reverse(name), here.startswith(beginnings)) for title, name, beginnings in SIDES],
        label=_("Your account"),
    )


@register.simple_tag
def demo_logins() -> list[dict[str, str]]:
    """The demo's people, as `evenkeel demo` wrote them down: role, email, password. Nobody outside the demo."""
    path = settings.EVENKEEL.data_dir / "demo-logins.json"
    if not settings.EVENKEEL.demo or not path.exists():
        return []
    said: list[dict[str, str]] = json.loads(path.read_text())
    return said


# The first that fits, because browsers name each other: Edge says Chrome, Chrome says Safari.
_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_MACHINES = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
             ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip


@register.filter
def browser(user_agent: str) -> str:
    """What somebody calls her browser: "Firefox, Linux". The whole line when nothing in it is known."""
    program = next((name for sign, name in _BROWSERS if sign in user_agent), "")
    machine = next((name for sign, name in _MACHINES if sign in user_agent), "")
    return ", ".join(part for part in (program, machine) if part) or user_agent[:80]
