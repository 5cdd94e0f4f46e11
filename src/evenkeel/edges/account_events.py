"""What follows from what happens to accounts: mail, the trail, allauth's list of addresses."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import structlog
from allauth.account import signals as account
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa import signals as factor
from django.conf import settings
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.core.mail import send_mail
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from evenkeel.ground import events
from evenkeel.ground.jobs import enqueue, job
from evenkeel.people import Person, actor_for, note_security
from evenkeel.work import TASK_DECIDE, put_down

_log = structlog.get_logger(__name__)


@receiver(post_save, sender=Person, dispatch_uid="edges.addresses")
def keep_address(sender: type[Person], instance: Person, created: bool, **said: Any) -> None:
    """The account's mail address is allauth's one verified address: whoever gives accounts vouches for it."""
    fields = said.get("update_fields")
    if fields is not None and "email" not in fields:
        return
    if not created:
        EmailAddress.objects.filter(user=instance).exclude(email=instance.email).delete()
    EmailAddress.objects.update_or_create(
        user=instance, email=instance.email, defaults={"verified": True, "primary": True}
    )


@events.on("person.invited")
def invite(*, person_id: UUID) -> None:
    """Mail is sent by the worker: a slow mail server makes nobody wait."""
    enqueue(send_invitation, person_id=str(person_id))


@job()
def send_invitation(*, person_id: str) -> None:
    """Mail a link by which somebody sets her password; it works once, for as long as a link to reset one."""
    person = Person.objects.get(pk=person_id)
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)},
    )
    days = settings.PASSWORD_RESET_TIMEOUT // 86_400
    with translation.override(person.language):
        text = render_to_string(
            "edges/mail/invitation.txt", {"person": person, "link": f"{_address()}{path}", "days": days}
        )
        send_mail(_("Your account at evenkeel"), text, None, [person.email])


def _address() -> str:
    config = settings.EVENKEEL
    return config.url or f"http://{config.bind_host}:{config.bind_port}"


@receiver(account.user_logged_in, dispatch_uid="edges.logged_in")
def _logged_in(request: HttpRequest, user: Person, **said: Any) -> None:
    _note(request, user, "logged in")


@receiver(account.password_changed, dispatch_uid="edges.password_changed")
@receiver(account.password_set, dispatch_uid="edges.password_set")
@receiver(account.password_reset, dispatch_uid="edges.password_reset")
def _password_changed(request: HttpRequest, user: Person, **said: Any) -> None:
    _note(request, user, "changed the password")


@receiver(factor.authenticator_added, dispatch_uid="edges.factor_added")
def _factor_added(request: HttpRequest, user: Person, authenticator: Any, **said: Any) -> None:
    _note(request, user, "added a second factor", kind=authenticator.type)


@receiver(factor.authenticator_removed, dispatch_uid="edges.factor_removed")
def _factor_removed(request: HttpRequest, user: Person, authenticator: Any, **said: Any) -> None:
    _note(request, user, "removed a second factor", kind=authenticator.type)


@receiver(factor.authenticator_reset, dispatch_uid="edges.codes_renewed")
def _codes_renewed(request: HttpRequest, user: Person, **said: Any) -> None:
    _note(request, user, "renewed the recovery codes")


@receiver(user_login_failed, dispatch_uid="edges.login_failed")
def _failed(**said: Any) -> None:
    # Without the address that was typed: it is somebody's, or somebody's password in the wrong field.
    _log.warning("login_failed")


def _note(request: HttpRequest, person: Person, what: str, **detail: Any) -> None:
    now = request.now  # type: ignore[attr-defined]
    note_security(actor_for(person, now=now), person=person, what=what, now=now, **detail)


@receiver(user_logged_out, dispatch_uid="edges.put-down")
def give_back_what_is_in_hand(sender: Any, request: HttpRequest, user: Person | None, **said: Any) -> None:
    """Whoever logs out holds nothing: what she had in hand is for others at once."""
    now = getattr(request, "now", None)
    if user is None or now is None:
        return
    actor = actor_for(user, now=now)
    if actor.worker_id is not None and actor.has(TASK_DECIDE):
        put_down(actor, now=now)
