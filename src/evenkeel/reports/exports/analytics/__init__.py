"""Views for SQL tools: the schema `analytics`, the same by name and column on PostgreSQL and in a DuckDB file.

Rows there tell of no person, and of places as finely as five people allow; who did what stands apart in
`analytics_people`, which has a role of its own. Figures as estimates come from `measure` alone: here are their additive
parts, of which any sum is the parts of the whole.
"""

from __future__ import annotations

from typing import Any


def before_migration(*, plan: Any = (), **_said: Any) -> None:
    """Take the views out of a migration's way: PostgreSQL changes no column that a view shows."""
    from .postgres import drop_views

    if plan:
        drop_views()


def after_migration(*, plan: Any = (), **_said: Any) -> None:
    """Make the views anew, as this version has them."""
    from .postgres import refresh

    if plan:
        refresh()
