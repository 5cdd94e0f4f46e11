"""How the demo keeps its passwords, which stand on its log-in page."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class PublicPasswords(Argon2PasswordHasher):
    """Argon2 at its cheapest: thirty accounts in milliseconds. `edges.checks` lets no real install be a demo."""

    time_cost = 1
    memory_cost = 64
    parallelism = 1
