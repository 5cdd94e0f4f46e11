"""API tokens: one's own keys for programs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import all_scopes, load
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried

from .. import acts, scopes
from ..acts.tokens import IssuedToken
from ..forms import TokenForm
from ..models import ApiToken, Person
from .own import account_tabs


@page(gettext_lazy("API tokens"))
def tokens(request: PageRequest) -> HttpResponse:
    """My tokens; POST makes one and shows its secret, this once."""
    person = cast(Person, request.user)
    offered = [(scope, title) for scope, title in all_scopes().items() if request.actor.has(scope)]
    form = TokenForm(request.POST or None, offered=offered)
    issued = tried(form, lambda said: _issue(request, person, said)) if request.method == "POST" else None
    if issued is not None:
        form = TokenForm(offered=offered)
    mine = list(person.tokens.all()[:200])
    for token in mine:
        token.state = _state(request, token)  # type: ignore[attr-defined]
    context = {"tokens": mine, "form": form, "issued": issued, "tabs": account_tabs(request)}
    # The secret is in this answer only: it is not kept, and the answer is stored nowhere (Cache-Control: no-store).
    return render(request, "people/tokens.html", context, status=422 if form.errors else 200)


def _issue(request: PageRequest, person: Person, said: dict[str, Any]) -> IssuedToken:
    return acts.issue_token(
        request.actor,
        person=person,
        name=said["name"],
        wanted=said["scopes"],
        expires_at=request.now + timedelta(days=said["days"]),
        now=request.now,
    )


def _state(request: PageRequest, token: ApiToken) -> tuple[str, str]:
    if token.revoked_at:
        return _("Ended"), "quiet"
    return (_("Expired"), "warn") if token.expires_at <= request.now else (_("Valid"), "good")


@page(gettext_lazy("End of a token"))
def revocation(request: PageRequest, token_id: UUID) -> HttpResponse:
    """POST ends a token."""
    found = load(request.actor, scopes.TOKEN_EDIT, ApiToken.objects.select_related("person"), token_id)
    if request.method == "POST":
        acts.revoke_token(request.actor, token=found, now=request.now)
        messages.success(request, _("%(name)s opens nothing any more.") % {"name": found.name})
    return redirect("people:tokens")
