"""How the install runs: what is not in order is told to whoever looks after it, and to nobody else."""

from __future__ import annotations

from datetime import timedelta

from evenkeel.ground.models import JobClock, LogBatch

from .conftest import NOW, Folk, client_of


def test_what_is_not_in_order_stands_on_the_administrators_home(folk: Folk) -> None:
    day = NOW.date()
    LogBatch.objects.create(fact="decisions", day=day, rows=1_234, created_at=NOW, written_at=NOW, set_aside_at=NOW)
    LogBatch.objects.create(fact="audits", day=day, rows=2, created_at=NOW - timedelta(days=9))
    JobClock.objects.create(
        name="ground.upkeep.flush_log", due_at=NOW, last_ended_at=NOW, last_error="OSError: no room"
    )
    ada, mo = client_of(folk.ada), client_of(folk.mo)
    home, page = ada.get("/").content.decode(), ada.get("/standing/").content.decode()
    assert "The install needs somebody" in home
    assert "1,234" in home
    assert "ground.upkeep.flush_log" in home
    assert "evenkeel log rebuild" in page
    assert "no room" in page
    assert "Facts wait for the log" in page
    assert mo.get("/standing/").status_code == 403
    assert "The install needs somebody" not in mo.get("/").content.decode()
