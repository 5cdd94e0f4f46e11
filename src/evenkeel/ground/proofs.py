"""Proofs that something was given out by us, for a while: a signature with the moment at which it was made."""

from __future__ import annotations

from datetime import timedelta

from django.core.signing import BadSignature, Signer
from django.utils.crypto import constant_time_compare

from . import clock


class Proofs:
    """Signs values for `lasts`; `salt` keeps one use apart from another."""

    def __init__(self, salt: str, *, lasts: timedelta):
        self._signer, self._lasts_s = Signer(salt=salt), int(lasts.total_seconds())

    def proof(self, value: str) -> str:
        """A proof for the value, made now."""
        made = f"{int(clock.now().timestamp()):x}"
        return f"{made}.{self._signer.signature(f'{value}:{made}')}"

    def holds(self, value: str, proof: str) -> bool:
        """Whether it was made for this value, and not too long ago."""
        made, _dot, signature = proof.partition(".")
        try:
            age_s = int(clock.now().timestamp()) - int(made, 16)
            wanted = self._signer.signature(f"{value}:{made}")
        except (ValueError, BadSignature):
            return False
        return constant_time_compare(wanted, signature) and -60 <= age_s < self._lasts_s
