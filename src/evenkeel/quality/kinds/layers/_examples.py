"""A small history that the kinds' examples share: 28 days, two queues, two people."""

from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from evenkeel.quality.rules.history import History

TODAY = date(2026, 3, 2)


def history(**said: Any) -> History:
    """Ann makes 20 decisions a day in queue a, Ben 5 in queue b; one in five of Ben's says Unsafe. Both at vendor v."""
    rows = [("a", "ann", "Safe", 1.0)] * 20 + [("b", "ben", "Safe", 1.0)] * 4 + [("b", "ben", "Unsafe", 6.0)]
    columns = list(zip(*rows, strict=True))
    table = pa.table(
        {
            "queue_id": columns[0],
            "worker_id": columns[1],
            "label": columns[2],
            "risk": columns[3],
            "organisation_id": ["v"] * len(rows),
        }
    )
    return History(day=TODAY, rows=table, scale=28.0, **said)


def ago(days: int) -> date:
    """So many days before."""
    return TODAY - timedelta(days=days)
