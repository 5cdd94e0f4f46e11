"""Columns that are checked in rows found otherwise, and never a way to find rows.

PostgreSQL chooses its index by what it knows of a table. Of one that was empty when it last looked it knows nothing, and
takes all indexes for as good: it then reads all that a worker ever decided to see whether she decided one item, for each
item that waits. Until statistics come, a minute later, a young queue grows slower with each decision in it.
"""

from __future__ import annotations

from django.db.models import UUIDField
from django.db.models.functions import Coalesce


def checked(column: str) -> Coalesce:
    """The value of a UUID column (`worker_id`), in a form that no index serves: `.alias(by=checked("worker_id"))`."""
    return Coalesce(column, column, output_field=UUIDField())
