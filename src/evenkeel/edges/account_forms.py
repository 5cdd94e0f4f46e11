"""allauth's forms in our words and without placeholders that repeat the label."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkey
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("Mail address"),
    "email": _("Mail address"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password, again"),
    "code": _("Code"),
    "name": _("Name of this key"),
    "passwordless": _("Log in with it alone"),
}
HELP = {
    "password": "",
    "password1": _("At least 12 characters. A few words are better than one word with signs in it."),
    "code": _("Six digits from your authenticator app, or one of your recovery codes."),
    "name": _("So that you can tell your keys apart."),
    "passwordless": _("Then the key asks for your finger, face or PIN, and no password is needed."),
}


class InOurWords:
    """Mixed in before an allauth form."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **said: Any):
        super().__init__(*args, **said)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            field.help_text = HELP.get(name, field.help_text)
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric", "autofocus": True}
        first = next(iter(self.fields.values()), None)
        if first is not None and not first.widget.is_hidden:
            first.widget.attrs["autofocus"] = True


class LoginForm(InOurWords, account.LoginForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPasswordForm(InOurWords, account.SetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKeyForm(InOurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    pass


class AuthenticateForm(InOurWords, factor.AuthenticateForm):  # type: ignore[misc]
    pass


class ReauthenticateByCodeForm(InOurWords, factor.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateTotpForm(InOurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **said: Any):
        super().__init__(*args, **said)
        self.fields["code"].help_text = _("The six digits that the app shows now.")


class AddPasskeyForm(InOurWords, passkey.AddWebAuthnForm):  # type: ignore[misc]
    pass
