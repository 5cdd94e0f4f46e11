from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy

from ..importer import Found, Importer, ImporterExample, Reading, importer
from .csv import Csv

_HEADER = b'"Decisions","Policies","Reviewer","Queue","Decision Time","Decision Reason","Link"\n'
# As its table writes a moment, in UTC: 07/15/26 01:06:00 PM.
_ITS_MOMENT = "%m/%d/%y %I:%M:%S %p"
_MOMENTS = ("Decision Time", "Job Created At", "Claimed At")


@importer
class Coop(Importer):
    slug = "coop"
    title = gettext_lazy("ROOST Coop")
    why = gettext_lazy(
        "The table of recent decisions of Coop's review console: each job that a person closed is a decision."
    )
    source = (
        "https://github.com/roostorg/coop/blob/main/client/src/webpages/dashboard/mrt/ManualReviewRecentDecisions.tsx"
    )
    how = gettext_lazy("Manual review → Recent decisions → Download. Its tables can be read by an SQL query instead.")
    suffixes = (".csv",)
    known = {
        "item": "Link", "link": "Link", "decision_id": "={Link} {Decision Time}", "worker": "Reviewer", "label": "decision",
        "decided_at": "Decision Time", "seconds": "Handle Time (sec)", "queue": "Queue",
    }  # fmt: skip
    example = ImporterExample(
        file=_HEADER + b'"[""Ban user"",""Warn""]","[""Spam""]","Ada Okafor","Appeals","03/02/26 12:28:00 AM",'
        b'"\'=repeat offender","https://coop.example/dashboard/manual_review/recent?jobId=1"\n'
        b'"[""Closed Automatically""]","[]","Automatic","Appeals","03/02/26 09:29:00 PM",'
        b'"","https://coop.example/dashboard/manual_review/recent?jobId=2"\n'
        b'"[""Move to Different Queue""]","[]","Bo Lim","Appeals","03/02/26 09:30:00 PM",'
        b'"","https://coop.example/dashboard/manual_review/recent?jobId=3"\n',
        options={"add_queues": True},
        facts=[
            ("decision", "https://coop.example/dashboard/manual_review/recent?jobId=1", "Ada Okafor", "Ban user, Warn")
        ],
        leaves_out=["closed by the system", "moved to another queue"],
    )

    @classmethod
    def rows(cls, reading: Reading) -> Iterator[Found]:
        for row, values in Csv.rows(reading):
            if values.get("Origin") == "Manual Action":
                # An act on many items at once, of which the file names none.
                reading.leave_out("manual action on many items")
            elif values.get("Reviewer") in ("", "Automatic"):
                reading.leave_out("closed by the system")
            else:
                said = {name: _unguarded(value) for name, value in values.items()}
                decided, policies = _list(said.get("Decisions")), _list(said.get("Policies"))
                if decided == ["Move to Different Queue"]:
                    # Whoever takes it there decides.
                    reading.leave_out("moved to another queue")
                    continue
                moments = {name: _moment(said[name]) for name in _MOMENTS if said.get(name)}
                yield Found(row, {**said, **moments, "decision": decided, "policies": policies})


def _unguarded(value: Any) -> Any:
    """Without the apostrophe that keeps a spreadsheet from running a cell as a formula."""
    return value[1:] if isinstance(value, str) and value[:1] == "'" and value[1:2] in ("=", "+", "-", "@") else value


def _moment(said: Any) -> Any:
    """Its own way of writing, with the month first, as a moment in UTC; any other is left to the mapping."""
    try:
        return datetime.strptime(str(said), _ITS_MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return said


def _list(said: Any) -> Any:
    try:
        found = json.loads(said or "[]")
    except ValueError:
        return said
    return [str(each) for each in found] if isinstance(found, list) else said
