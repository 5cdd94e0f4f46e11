"""How allauth fits the house: accounts are made by people with the right to do so, never by signing up."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.sealed import seal, unseal
from evenkeel.people import Person

# As it was sealed from the beginning: another word would close every second factor.
_PURPOSE = "second factor"
_SAID_BY_THE_PAGE = (
    "account/messages/logged_in.txt",
    "account/messages/logged_out.txt",
    "mfa/messages/recovery_codes_generated.txt",
)


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Fetches the person of a session with what every page needs of her, in one query."""

    def get_user(self, user_id: UUID | str) -> Person | None:
        person = Person.objects.select_related("organisation", "worker").filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed to sign-ups; speaks plainly; does not greet who logs in."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _("There is no account with this address and this password."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many tries for this account. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *rest: Any, **said: Any
    ) -> None:
        # Pages that say by themselves what happened.
        if message_template not in _SAID_BY_THE_PAGE:
            super().add_message(request, level, message_template, *rest, **said)


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on finds the account by its verified mail address; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of second factors encrypted, and the last one where the operator asks for one."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Incorrect code. Codes of the app change every half minute."),
        "cannot_delete_authenticator": _("This install asks for a second factor: add another one first."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text, purpose=_PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, purpose=_PURPOSE)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not settings.EVENKEEL.require_mfa:
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())
