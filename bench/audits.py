"""How long it takes to audit by the API, one decision after the other.

    scripts/bench audits                    10,000 decisions
    scripts/bench audits -- 10000 500       the first 500 of so many that wait

Every decision of a made-up programme is drawn, and one auditor takes and judges each: two requests, `POST /audits/take` and
`POST /audits/{id}/verdict`, through the whole of the web application in this process, a file of SQLite with its default
durability in a folder that is thrown away. A tenth of the verdicts is drawn for a second audit. Making the decisions is not
timed. Printed: median, 99th percentile and worst of each request, by the clock and by processor time, and the same for the
first and last thousand, which shows whether the queue's length matters.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile
from typing import Any

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
_PART = 1_000


def main(what: list[str]) -> None:
    """Make, draw, audit."""
    n = int(what[0]) if what else 10_000
    with tempfile.TemporaryDirectory(prefix="evenkeel-bench.", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
        os.environ["EVENKEEL_DATABASE_URL"] = f"sqlite:///{Path(folder) / 'audits.sqlite3'}"
        os.environ["EVENKEEL_DATA_DIR"] = folder
        import django

        django.setup()
        from evenkeel.edges.tests.migrated import migrated_sqlite

        copyfile(migrated_sqlite(), Path(folder) / "audits.sqlite3")
        auditor = _floor(n)
        _audit(auditor, int(what[1]) if len(what) > 1 else n)


def _floor(n: int) -> Any:
    """A programme with n decisions by twenty people, all of them drawn; the auditor."""
    from evenkeel.quality import draw_due, set_check_rule, start_plan
    from evenkeel.work import Decision, Item
    from evenkeel.work.tests.factories import SYSTEM, make_form, make_person, make_programme, make_queue, worker_of

    programme = make_programme()
    form = make_form(programme)
    queue = make_queue(programme, form=form)
    people = [worker_of(make_person("moderator")) for _n in range(20)]
    plan = start_plan(SYSTEM, programme=programme, name="All", rate=1, now=NOW)
    set_check_rule(SYSTEM, plan=plan, share_right=0.1, share_wrong=0.1, now=NOW)
    items = [
        Item(programme=programme, key=f"i{at}", kind="text", content={"text": "A post."}, created_at=NOW)
        for at in range(n)
    ]
    Item.objects.bulk_create(items, batch_size=1_000)
    Decision.objects.bulk_create(
        [
            Decision(
                programme=programme, queue=queue, item=item, worker=(worker := people[at % 20]), form_version=form,
                organisation_id=worker.organisation_id, label="Yes" if at % 7 else "No", answer={}, origin="desk",
                decided_at=NOW + timedelta(milliseconds=at),
            )
            for at, item in enumerate(items)
        ],
        batch_size=500,
    )  # fmt: skip
    began = time.process_time()
    drawn = draw_due(NOW + timedelta(hours=1))
    print(f"{drawn:,} of {n:,} drawn in {time.process_time() - began:.1f} s of CPU", flush=True)
    return make_person("qa_specialist")


def _audit(auditor: Any, n: int) -> None:
    from django.conf import settings
    from django.test import Client

    from evenkeel.ground import clock
    from evenkeel.quality import AuditCheck, Verdict

    logging.disable(logging.WARNING)

    # Audits begin when nothing can be taken back any more.
    clock.now = lambda: NOW + timedelta(hours=1)
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(auditor)

    def post(path: str, said: Any) -> Any:
        answer = client.post(f"/api/v1/quality/{path}", said, content_type="application/json", secure=True)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code} {answer.text[:300]}")
        return answer.json()

    times: dict[str, list[tuple[float, float]]] = {"take": [], "verdict": []}

    def timed(name: str, path: str, said: Any) -> Any:
        began, cpu = time.perf_counter(), time.process_time()
        answer = post(path, said)
        times[name].append((time.perf_counter() - began, time.process_time() - cpu))
        return answer

    for at in range(n):
        task = timed("take", "audits/take", {})
        said = {"answer": {"label": "Yes"}, "client_key": f"bench-{at:08}", "active_ms": 4_000}
        timed("verdict", f"audits/{task['id']}/verdict", said)
    print(f"{Verdict.objects.count():,} verdicts, {AuditCheck.objects.count():,} drawn for a second audit")
    print("| request | of | p50 ms | p99 ms | worst ms | p50 ms of CPU | p99 ms of CPU |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for name, taken in times.items():
        for part, of in (("all", taken), ("the first thousand", taken[:_PART]), ("the last thousand", taken[-_PART:])):
            clock_s, cpu_s = [wall for wall, _cpu in of], [cpu for _wall, cpu in of]
            print(
                f"| {name} | {part} | {_at(clock_s, 0.5):.1f} | {_at(clock_s, 0.99):.1f} | {max(clock_s) * 1000:.1f} | "
                f"{_at(cpu_s, 0.5):.1f} | {_at(cpu_s, 0.99):.1f} |"
            )
    print(f"\nload average {os.getloadavg()[0]:.1f}")


def _at(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(int(len(times) * share), len(times) - 1)] * 1000


if __name__ == "__main__":
    main(sys.argv[1:])
