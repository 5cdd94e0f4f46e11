"""A proof holds for its own value, for its own use, and for a while."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from evenkeel.ground import clock
from evenkeel.ground.proofs import Proofs

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PROOFS = Proofs("test", lasts=timedelta(hours=12))


def at(monkeypatch: pytest.MonkeyPatch, **later: float) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(**later))


def test_it_lapses(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch)
    made = PROOFS.proof("7")
    for later, holds in (({"hours": 0}, True), ({"hours": 11.9}, True), ({"hours": 12}, False), ({"hours": -1}, False)):
        at(monkeypatch, **later)
        assert PROOFS.holds("7", made) is holds, later


def test_it_is_for_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch)
    made = PROOFS.proof("7")
    assert not PROOFS.holds("8", made)
    assert not Proofs("other", lasts=timedelta(hours=12)).holds("7", made)
    moment, _dot, signature = made.partition(".")
    assert not PROOFS.holds("7", f"{int(moment, 16) + 60:x}.{signature}")
    for nonsense in ("", ".", "x.y", moment, f"{moment}.", f".{signature}", "é.é", "-1." + signature):
        assert not PROOFS.holds("7", nonsense)
