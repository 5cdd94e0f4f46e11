"""What `evenkeel check --deploy` looks at beyond Django's own checks. Each message says what to do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register  # noqa: A004
from django.db import DatabaseError
from django.urls import reverse

from evenkeel.ground.log import set_aside_rows
from evenkeel.people import Person

Check = Callable[[Any], Iterator[CheckMessage]]


def _url(config: Any) -> Iterator[CheckMessage]:
    if not config.url:
        yield Error(
            "EVENKEEL_URL is not set.",
            hint="Set the public address, for example https://ek.example.org.",
            id="evenkeel.E001",
        )
    elif not config.is_behind_tls:
        yield Error(
            "EVENKEEL_URL is not https.",
            hint="Put TLS in front; passwords must not travel in the clear.",
            id="evenkeel.E002",
        )


def _debug(config: Any) -> Iterator[CheckMessage]:
    if config.debug:
        yield Error(
            "EVENKEEL_DEBUG is on.", hint="Unset it: error pages would show settings and code.", id="evenkeel.E003"
        )


def _hosts(config: Any) -> Iterator[CheckMessage]:
    if any(host in ("*", ".") for host in config.hosts):
        yield Error("EVENKEEL_HOSTS lets any host name in.", hint="Name the hosts, by commas.", id="evenkeel.E004")
    host = (
        config.url.partition("://")[2].partition("/")[0].rpartition(":")[0]
        or config.url.partition("://")[2].partition("/")[0]
    )
    if host and not any(host == said or (said.startswith(".") and host.endswith(said)) for said in config.hosts):
        yield Error(
            f"EVENKEEL_HOSTS lacks {host}, the host of EVENKEEL_URL.",
            hint="Add it, or nobody gets in.",
            id="evenkeel.E005",
        )


def _secret(config: Any) -> Iterator[CheckMessage]:
    if os.environ.get("EVENKEEL_SECRET_KEY"):
        return
    path = config.data_dir / "secret-key"
    if path.exists() and path.stat().st_mode & 0o077:
        yield Error(f"{path} can be read by others.", hint=f"chmod 600 {path}", id="evenkeel.E006")


def _database(config: Any) -> Iterator[CheckMessage]:
    if "sqlite" in config.database["ENGINE"] and config.web_processes > 1:
        yield Info(
            "Several web processes share one SQLite file.",
            hint="It works and writers queue; PostgreSQL (EVENKEEL_DATABASE_URL) lets them write side by side.",
            id="evenkeel.I001",
        )


def _mail(config: Any) -> Iterator[CheckMessage]:
    if config.mail["EMAIL_BACKEND"].endswith("console.EmailBackend"):
        yield Warning(
            "No mail server is set.",
            hint="Set EVENKEEL_MAIL_URL: links to set a password go by mail.",
            id="evenkeel.W001",
        )


def _demo(config: Any) -> Iterator[CheckMessage]:
    if config.demo:
        yield Error("EVENKEEL_DEMO is on.", hint="Unset it: the demo's passwords are public.", id="evenkeel.E007")


def _proxy(config: Any) -> Iterator[CheckMessage]:
    if config.is_behind_tls and not config.trust_proxy:
        yield Warning(
            "EVENKEEL_URL is https, but EVENKEEL_TRUST_PROXY is off.",
            hint="Set it to yes when a proxy of yours does the TLS; otherwise every request is sent round in a circle.",
            id="evenkeel.W002",
        )


def _operators(config: Any) -> Iterator[CheckMessage]:
    guarded = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).values("user_id")
    try:
        bare = Person.objects.filter(is_active=True, is_staff=True).exclude(pk__in=guarded).count()
    except DatabaseError as error:
        yield Error(f"The database does not answer: {error}", hint="Run `evenkeel migrate`.", id="evenkeel.E008")
        return
    if bare:
        yield Warning(
            f"{bare} operator(s) have no second factor.",
            hint=f"Let each set one up at {reverse('mfa_index')}; until then /admin is closed to them.",
            id="evenkeel.W003",
        )


def _log_files(config: Any) -> Iterator[CheckMessage]:
    try:
        aside = set_aside_rows()
    except DatabaseError:
        # What it lacks is said by the check of operators.
        return
    if aside:
        yield Error(
            f"{aside} rows of the log lie in files that were found damaged and set aside.",
            hint="`evenkeel log rebuild` writes them anew from the database; find out what the disk has.",
            id="evenkeel.E009",
        )


CHECKS: tuple[Check, ...] = (_url, _debug, _hosts, _secret, _database, _mail, _demo, _proxy, _operators, _log_files)


@register(Tags.security, deploy=True)
def check_deployment(app_configs: Sequence[AppConfig] | None = None, **said: Any) -> list[CheckMessage]:
    """Every check of ours, on the settings of this process."""
    return [message for check in CHECKS for message in check(settings.EVENKEEL)]
