"""What waits for the log, for tests that look at what a change tells it."""

from __future__ import annotations

import json
from typing import Any

from evenkeel.ground.log import all_facts
from evenkeel.ground.models import LogRow


def waiting_rows(fact: str) -> list[dict[str, Any]]:
    """Rows of a fact in the order in which they were appended, with every column: the outbox names none that is empty."""
    waiting = LogRow.objects.filter(fact=fact).order_by("id").values_list("payload_json", flat=True)
    said = [row for each in map(json.loads, waiting) for row in (each if isinstance(each, list) else [each])]
    return [dict.fromkeys(all_facts()[fact].columns) | row for row in said]
