"""What machines ask: is the install well, may it be indexed, what is its picture."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import structlog
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from evenkeel.ground.pages import page

_log = structlog.get_logger(__name__)


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    """Those of the code that runs; read once, because a probe comes every few seconds."""
    return frozenset(MigrationLoader(None).disk_migrations)


def _migrations() -> None:
    waiting = _known_migrations() - set(MigrationRecorder(connection).applied_migrations())
    if waiting:
        raise RuntimeError(f"{len(waiting)} migrations wait")


def _writable() -> None:
    folder: Path = settings.EVENKEEL.log_dir
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=".health-")
    os.close(handle)
    Path(name).unlink()


CHECKS: dict[str, Callable[[], None]] = {"database": _database, "migrations": _migrations, "log": _writable}


@never_cache
@page(_("Health"), public=True)
def health(request: HttpRequest) -> HttpResponse:
    """200 when all is well, 503 when something is not; says which part, never why: that is in the log."""
    found = {}
    for name, check in CHECKS.items():
        try:
            check()
            found[name] = "ok"
        except Exception:
            _log.exception("unhealthy", part=name)
            found[name] = "failed"
            if name == "database":
                break
    is_well = all(state == "ok" for state in found.values())
    return JsonResponse({"status": "ok" if is_well else "failed", "parts": found}, status=200 if is_well else 503)


@page(_("Robots"), public=True)
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing here is for search engines."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@page(_("Picture"), public=True)
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask here before they have read a page."""
    return HttpResponseRedirect(static("ground/favicon.svg"))
