"""What columns a fact's files had when they were written, and which changes old files can follow.

A new column is empty in older rows; a kind may be widened. A column that is gone, renamed or narrowed would make older rows
say something else without anybody noticing: that is refused at the start.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from ..errors import NotNow
from ..models import LogSchema
from .facts import Fact, all_facts

# Every value of the first is one of the second. Whole numbers beyond 2^53 would lose their end; none of ours come near.
WIDER = {("whole", "number"), ("id", "text")}

Kinds = Mapping[str, str]


def kinds_of(fact: Fact) -> dict[str, str]:
    """The declared columns, name -> kind."""
    return {name: column.kind for name, column in fact.columns.items()}


def versions(fact: Fact) -> dict[int, dict[str, str]]:
    """The recorded versions of a fact's columns, oldest first."""
    return dict(LogSchema.objects.filter(fact=fact.name).order_by("version").values_list("version", "columns"))


def version_for(fact: Fact, *, now: datetime) -> int:
    """The version under which rows are written now; a change that old files can follow is recorded as the next one.

    Raises `NotNow` for one that they cannot.
    """
    while True:
        known = versions(fact)
        latest = max(known, default=0)
        declared = kinds_of(fact)
        if latest and known[latest] == declared:
            return latest
        if latest:
            _insist_on_growth(fact, known[latest], declared)
        try:
            with transaction.atomic():
                LogSchema.objects.create(fact=fact.name, version=latest + 1, columns=declared, since=now)
        except IntegrityError:
            # Another process recorded it first.
            continue
        return latest + 1


def insist_on_schemas(*, now: datetime) -> None:
    """For the start of a server: every fact's columns are those that were recorded, or have grown. Raises `NotNow`."""
    for fact in all_facts().values():
        version_for(fact, now=now)


def _insist_on_growth(fact: Fact, before: Kinds, declared: Kinds) -> None:
    gone = sorted(before.keys() - declared.keys())
    new = sorted(declared.keys() - before.keys())
    if gone:
        like = [name for name in new if declared[name] == before[gone[0]]]
        renamed = f" It seems to be {like[0]!r} now: declare both, and leave the old one empty." if like else ""
        raise NotNow(
            f"The log's files have a column {gone[0]!r} in {fact.name!r} that this version does not declare.{renamed} "
            "Install the version again that knows it, or declare the column; a column is never taken out.",
            code="log-schema",
        )
    for name, kind in before.items():
        if kind != declared[name] and (kind, declared[name]) not in WIDER:
            raise NotNow(
                f"The log's files hold {kind!r} in {fact.name}.{name}, and this version declares {declared[name]!r}, which "
                "cannot hold every value of it. Declare a new column instead.",
                code="log-schema",
            )
