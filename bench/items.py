"""Bringing 100,000 items into a queue and reading 100,000 decisions out, with what memory that takes.

    scripts/bench items                  100,000 on SQLite; in EVENKEEL_DATABASE_URL where that names PostgreSQL
    scripts/bench items -- 20000

Items are added and routed in parts of 5,000, as the API takes them. Decisions are read as the export reads them: in the
order of an index, a part at a time. `peak` is the most memory the process had.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import Any


def main(n: int) -> None:
    """Print a row each."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"EVENKEEL_DATA_DIR": folder, "EVENKEEL_LOG_LEVEL": "ERROR"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        print(f"{'what':<34}{'rows':>9}{'s':>8}{'CPU s':>8}{'rows/s':>10}{'peak MB':>9}{'load':>7}")
        _measure(n)


def _measure(n: int) -> None:
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.people import add_organisation, add_worker
    from evenkeel.work import (
        Decision,
        ImportedDecision,
        NewItem,
        add_form,
        add_items,
        add_programme,
        add_queue,
        record_import,
        set_default_queue,
    )

    system, now = Actor.system("bench"), clock.now()
    house = add_organisation(system, name="House", is_house=True, now=now)
    worker = add_worker(system, organisation=house, code="w", name="W", now=now)
    programme = add_programme(system, name="Bench", now=now)
    choices = [{"value": word, "title": word} for word in ("Yes", "No")]
    field = {"name": "label", "kind": "single_choice", "title": "Answer", "required": True, "choices": choices}
    form = add_form(
        system,
        programme=programme,
        name="Form",
        spec={"question": "Is it?", "fields": [field], "main": "label"},
        now=now,
    )
    queue = add_queue(system, programme=programme, name="Queue", form=form, now=now)
    set_default_queue(system, programme=programme, queue=queue, now=now)
    began, spent = perf_counter(), process_time()
    for start in range(0, n, 5_000):
        part = [
            NewItem(key=f"i{k}", content={"text": f"Lamp {k}"}, attributes={"risk": k % 5})
            for k in range(start, min(n, start + 5_000))
        ]
        add_items(system, programme=programme, items=part, now=now)
    _row("items added, checked and routed", n, began, spent)
    decisions = (ImportedDecision(f"i{k}", "w", "Yes") for k in range(n))
    record_import(
        system,
        programme=programme,
        files=[],
        digest="bench",
        items=[],
        decisions=decisions,
        workers={"w": worker},
        now=now,
    )
    began, spent = perf_counter(), process_time()
    written = 0
    with Path(os.devnull).open("w") as out:
        fields = ("id", "item__key", "worker__code", "label", "answer", "decided_at", "active_ms")
        rows: Any = Decision.objects.filter(programme=programme).order_by("decided_at", "id").values_list(*fields)
        for row in rows.iterator(chunk_size=2_000):
            written += out.write(json.dumps(dict(zip(fields, row, strict=True)), default=str) + "\n") > 0
    assert written == n
    _row("decisions read and written as JSONL", n, began, spent)


def _row(what: str, n: int, began: float, spent: float) -> None:
    passed, peak = perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    load = os.getloadavg()[0]
    print(
        f"{what:<34}{n:>9,}{passed:>8.1f}{process_time() - spent:>8.1f}{n / passed:>10,.0f}{peak:>9.0f}{load:>7.1f}",
        flush=True,
    )


if __name__ == "__main__":
    main(next((int(word) for word in sys.argv[1:] if word.isdigit()), 100_000))
