"""How the install runs, for whoever looks after it: the log, what waits for it, what was set aside, and every job."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import Actor, declare, require
from evenkeel.ground.jobs import standing as jobs_standing
from evenkeel.ground.log import LogFaults, LogStanding, log_faults, log_standing
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table

STANDING_VIEW = declare("edges:standing:view", gettext_lazy("See how the install runs: its log and its jobs"))
# The log is flushed every few seconds: what waits this long is refused by its disk or bucket.
_LATE = timedelta(minutes=2)


@page(
    gettext_lazy("How it runs"),
    name="site:standing",
    nav=Nav(section="setup", icon="server", order=80, scope=STANDING_VIEW),
)
def standing(request: PageRequest) -> HttpResponseBase:
    """The log, what was set aside of it, and how each periodic job went the last time."""
    require(request.actor, STANDING_VIEW)
    found = log_standing()
    table = _jobs(request)
    context = {
        "log": found.faults,
        "is_late": _is_late(found.faults, request.now),
        "facts": _facts(found),
        "table": table,
    }
    return table.export() or render(request, "edges/standing.html", context)


def warning(request: HttpRequest) -> str:
    """What is not in order, as a card; nothing for others, and nothing while all is well."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.has(STANDING_VIEW):
        return ""
    found = log_faults()
    failed = [row["name"] for row in jobs_standing() if row["last_error"]]
    is_late = _is_late(found, request.now)  # type: ignore[attr-defined]
    if not (found.set_aside or failed or is_late):
        return ""
    context = {"log": found, "failed": failed, "is_late": is_late}
    return render_to_string("edges/parts/standing.html", context, request=request)


def _is_late(found: LogFaults, now: datetime) -> bool:
    return found.waiting_since is not None and now - found.waiting_since > _LATE


def _facts(found: LogStanding) -> list[tuple[object, object]]:
    reach = ", ".join(f"{fact} {_('from')} {day.isoformat()}" for fact, day in sorted(found.reaches.items()))
    return [
        (_("Changes that wait for their file"), f"{found.waiting:,}"),
        (_("Rows set aside"), f"{found.faults.set_aside_rows:,}"),
        (_("Erasures under way"), f"{found.erasures:,}"),
        (_("How long rows stay"), reach or _("for ever")),
    ]


def _jobs(request: PageRequest) -> Table:
    rows: list[dict[str, Any]] = sorted(jobs_standing(), key=lambda row: (not row["last_error"], row["name"]))
    return Table(
        request,
        rows,
        title=_("Jobs"),
        columns=[
            Column("name", _("Job"), kind="code", sort=True, is_heading=True),
            Column(
                "state",
                _("Last run"),
                kind="badge",
                value=lambda row: (
                    _("failed") if row["last_error"] else _("well") if row["last_ended_at"] else _("not yet")
                ),
                tone=lambda row: "bad" if row["last_error"] else "good" if row["last_ended_at"] else "quiet",
            ),
            Column("last_ended_at", _("Ended"), kind="moment", sort=True),
            Column("every_s", _("Every"), kind="duration", sort=True),
            Column("last_error", _("What it said")),
        ],
        export_name="jobs",
        empty=Empty(title=_("No jobs"), body=_("The server has not run yet."), icon="clock"),
    )
