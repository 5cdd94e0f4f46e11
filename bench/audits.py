"""How long it takes to audit by the API, one decision after the other.

    scripts/bench audits                    10,000 decisions
    scripts/bench audits -- 1000            as many as you say

Every decision of a made-up programme is drawn, and one auditor takes and judges each: two requests, `POST /audits/take` and
`POST /audits/{id}/verdict`, through the whole of the web application in this process, a file of SQLite with its default durability
in a folder that is thrown away. A tenth of the verdicts is drawn for a second audit. Making the decisions is not timed. Printed:
median, 99th percentile and worst of each request by the clock, processor time a request, and the same for the first and last
thousand, which shows whether the queue's length matters.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
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
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        auditor = _floor(n)
        _audit(auditor, n)


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

    takes: list[float] = []
    verdicts: list[float] = []
    cpu = time.process_time()
    for at in range(n):
        began = time.perf_counter()
        task = post("audits/take", {})
        between = time.perf_counter()
        said = {"answer": {"label": "Yes"}, "client_key": f"bench-{at:08}", "active_ms": 4_000}
        post(f"audits/{task['id']}/verdict", said)
        takes.append(between - began)
        verdicts.append(time.perf_counter() - between)
    cpu = time.process_time() - cpu
    print(f"{Verdict.objects.count():,} verdicts, {AuditCheck.objects.count():,} drawn for a second audit")
    print("| request | of | p50 ms | p99 ms | worst ms |")
    print("|---|---|---:|---:|---:|")
    for name, times in (("take", takes), ("verdict", verdicts)):
        for part, of in (("all", times), ("the first thousand", times[:_PART]), ("the last thousand", times[-_PART:])):
            print(f"| {name} | {part} | {_at(of, 0.5):.1f} | {_at(of, 0.99):.1f} | {max(of) * 1000:.1f} |")
    print(f"\n{cpu / n / 2 * 1000:.1f} ms of CPU a request, load average {os.getloadavg()[0]:.1f}")


def _at(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(int(len(times) * share), len(times) - 1)] * 1000


if __name__ == "__main__":
    main(sys.argv[1:])
