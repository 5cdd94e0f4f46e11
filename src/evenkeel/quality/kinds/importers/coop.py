from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy

from ..importer import Found, Importer, ImporterExample, Reading, importer
from .csv import Csv

_HEADER = (
    b'"Decisions","Policies","Reviewer","Queue","Job Created At","Claimed At","Decision Time","Wait Time (sec)",'
    b'"Handle Time (sec)","Decision Reason","Link"\n'
)


@importer
class Coop(Importer):
    slug = "coop"
    title = gettext_lazy("ROOST Coop")
    why = gettext_lazy(
        "The table of recent decisions of Coop's review console: each job that a person closed is a decision."
    )
    source = "https://github.com/roostorg/coop/blob/main/client/src/webpages/dashboard/mrt/moderationActivityCsv.ts"
    how = gettext_lazy(
        "Manual review → Recent decisions → Download CSV. Its tables can be read by an SQL query instead."
    )
    suffixes = (".csv",)
    known = {
        "item": "Link", "link": "Link", "decision_id": "={Link} {Decision Time}", "worker": "Reviewer", "label": "decision",
        "decided_at": "Decision Time", "seconds": "Handle Time (sec)", "queue": "Queue",
    }  # fmt: skip
    example = ImporterExample(
        file=_HEADER + b'"[""Ban user""]","[""Spam""]","ada@example.org","Appeals","2026-03-02 09:20:00 UTC",'
        b'"2026-03-02 09:25:00 UTC","2026-03-02 09:28:00 UTC","300","180","repeat offender","https://coop.example/job/1"\n'
        b'"[""Closed Automatically""]","[]","Automatic","Appeals","2026-03-02 09:20:00 UTC","","2026-03-02 09:29:00 UTC",'
        b'"","","","https://coop.example/job/2"\n',
        options={"add_queues": True},
        facts=[("decision", "https://coop.example/job/1", "ada@example.org", "Ban user")],
        leaves_out=["closed by the system"],
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
                yield Found(row, {**said, "decision": decided, "policies": policies})


def _unguarded(value: Any) -> Any:
    """Without the apostrophe that keeps a spreadsheet from running a cell as a formula."""
    return value[1:] if isinstance(value, str) and value[:1] == "'" and value[1:2] in ("=", "+", "-", "@") else value


def _list(said: Any) -> Any:
    try:
        found = json.loads(said or "[]")
    except ValueError:
        return said
    return [str(each) for each in found] if isinstance(found, list) else said
