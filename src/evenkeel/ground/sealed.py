"""Secrets of others that we must be able to use again, kept so that a backup of the database alone does not tell them."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(ValueError):
    """It was sealed by a key that this install no longer has."""


def seal(text: str, *, purpose: str) -> str:
    """Seal a secret by the install's own key. What was sealed for one purpose cannot be opened for another."""
    return _cipher(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """The secret again; `Unreadable` when the key has changed and the old one is not among the fallbacks."""
    try:
        return _cipher(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable(purpose) from None


def _cipher(purpose: str) -> MultiFernet:
    # Older keys still open what they closed.
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"{purpose}:{key!s}".encode()).digest())) for key in keys]
    )
