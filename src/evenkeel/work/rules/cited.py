"""Which clause of a guideline an answer cites."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def cited_clause(answer: Mapping[str, Any] | None) -> str | None:
    """`violation/clause` of the first policy tree that names a clause; None when the answer cites none.

    >>> cited_clause({"ruling": {"violation": "violence", "clause": "threat", "severity": 4}})
    'violence/threat'
    >>> cited_clause({"label": "Spam", "ruling": {"violation": "none"}}) is None
    True
    """
    for said in (answer or {}).values():
        if isinstance(said, Mapping) and said.get("clause") and said.get("violation"):
            return f"{said['violation']}/{said['clause']}"
    return None
