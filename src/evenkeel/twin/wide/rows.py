"""A day's work as the rows that the rooms would have written to the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from evenkeel.ground.log import Fact, all_facts

from .day import Judged, Work
from .ids import new_ids, picked
from .install import Installed

if TYPE_CHECKING:
    import pyarrow as pa

# Shown, first act and sending stand to active time as at a desk with few breaks.
_FIRST_ACT, _SENT = 0.35, 1.08
_AUDITED_AFTER_US = 20 * 3_600_000_000


def tables_of(work: Work, judged: Judged, known: Installed) -> dict[str, pa.Table]:
    """By fact: decisions, audits, appeals and time of a day, each in the fact's own columns.

    A column that a fact has and the twin knows nothing of stays empty.
    """
    rng = np.random.default_rng([work.plan.seed, 4, work.day])
    decisions = _decisions(work, known, rng)
    found = {
        "decisions": decisions,
        "audits": _audits(judged, decisions, known, rng),
        "appeals": _appeals(work, decisions, rng),
        "time": _time(work, known, rng),
    }
    facts = all_facts()
    return {name: _as_fact(facts[name], columns) for name, columns in found.items() if name in facts}


def _decisions(work: Work, known: Installed, rng: np.random.Generator) -> dict[str, Any]:
    count = len(work)
    active = (work.seconds * 1000).astype(np.int64)
    return {
        "id": new_ids(work.at, rng),
        "sign": np.ones(count, np.int64),
        "decided_at": work.at,
        "programme_id": _same(known.programme.pk, count),
        "queue_id": picked([queue.pk for queue in known.queues], work.market),
        "item_id": new_ids(work.at - 3_600_000_000, rng),
        "worker_id": picked(known.worker, work.worker),
        "organisation_id": picked(known.organisation, work.site),
        "site_id": picked(known.site, work.site),
        "team_id": picked(known.team, work.team),
        "form_version_id": _same(known.form_version, count),
        "policy_version_id": _same(known.policy_version, count),
        "label": _words(work.plan.labels, work.label),
        "replicate": np.ones(count, np.int64),
        "origin": _same("twin", count),
        "active_ms": active,
        "shown_at": work.at - active * 1000,
        "first_act_ms": (active * _FIRST_ACT).astype(np.int64),
        "submit_ms": (active * _SENT).astype(np.int64),
        "shift_s": (work.hour * 3600).astype(np.int64),
        "market": _words([market.name for market in work.plan.markets], work.market),
        "language": _words([market.language for market in work.plan.markets], work.market),
        "views": work.reach,
        "violates": work.label > 0,
        "tenure_days": (work.tenure_weeks * 7).astype(np.int64),
    }


def _audits(judged: Judged, decisions: Mapping[str, Any], known: Installed, rng: np.random.Generator) -> dict[str, Any]:
    import pyarrow as pa

    work, row = judged.work, judged.row
    decided_at = work.at[row]
    taken = pa.array(row)
    is_right = work.label[row] == judged.label
    return {
        "id": new_ids(decided_at + _AUDITED_AFTER_US, rng),
        "sign": np.ones(len(row), np.int64),
        "audited_at": decided_at + _AUDITED_AFTER_US,
        "decided_at": decided_at,
        "draw_id": new_ids(decided_at + _AUDITED_AFTER_US // 2, rng),
        "plan_id": _same(known.plan, len(row)),
        "pi": judged.pi,
        "decision_id": decisions["id"].take(taken),
        **{name: decisions[name].take(taken) for name in ("programme_id", "queue_id", "item_id", "worker_id",
           "organisation_id", "site_id", "team_id", "policy_version_id", "market", "language")},
        "auditor_id": picked(known.auditor, judged.auditor),
        "decided_label": _words(work.plan.labels, work.label[row]),
        "audited_label": _words(work.plan.labels, judged.label),
        "is_right": is_right,
        "error_class": _words(
            ("", "over_enforcement", "under_enforcement", "wrong_selection"), _error_class(work.label[row], judged.label)
        ),
        "decided_violates": work.label[row] > 0,
        "audited_violates": judged.label > 0,
        "tenure_days": (work.tenure_weeks[row] * 7).astype(np.int64),
    }  # fmt: skip


def _error_class(given: Any, right: Any) -> Any:
    return np.where(given == right, 0, np.where(right == 0, 1, np.where(given == 0, 2, 3)))


def _appeals(work: Work, decisions: Mapping[str, Any], rng: np.random.Generator) -> dict[str, Any]:
    """Two rows an appeal, as work writes them: when it came in, and when it was ruled on."""
    import pyarrow as pa

    plan = work.plan.appeals
    is_right = work.is_right
    odds = np.where(is_right, plan.rate_if_right, plan.rate_if_wrong) * (work.label > 0)
    row = np.flatnonzero(rng.random(len(work)) < odds)
    received = work.at[row] + (rng.exponential(12, len(row)) * 3.6e9).astype(np.int64)
    turnaround_s = (rng.gamma(2, plan.hours / 2, len(row)) * 3600).astype(np.int64)
    is_reversed = rng.random(len(row)) < np.where(is_right[row], plan.reversed_if_right, plan.reversed_if_wrong)
    both = np.r_[row, row]
    taken = pa.array(both)
    ids = new_ids(received, rng)
    count, decided = len(row), np.r_[np.zeros(len(row), bool), np.ones(len(row), bool)]
    corrected = np.where(np.r_[is_reversed, is_reversed] & decided, work.truth[both], -1)
    return {
        "id": pa.concat_arrays([ids, ids]),
        "at": np.r_[received, received + turnaround_s * 1_000_000],
        "received_at": np.r_[received, received],
        "is_decided": decided,
        "is_reversed": pa.array(np.r_[is_reversed, is_reversed], mask=~decided),
        "turnaround_s": pa.array(np.r_[turnaround_s, turnaround_s], mask=~decided),
        "decision_id": decisions["id"].take(taken),
        **{name: decisions[name].take(taken) for name in ("programme_id", "queue_id", "item_id", "worker_id",
           "organisation_id", "site_id", "team_id", "policy_version_id", "label")},
        "corrected_label": _words((*work.plan.labels, None), np.where(corrected < 0, len(work.plan.labels), corrected)),
        "ruler_id": _same(None, 2 * count),
    }  # fmt: skip


def _time(work: Work, known: Installed, rng: np.random.Generator) -> dict[str, Any]:
    """One stretch of production a person and day, as long as her active time and the waiting between items."""
    worker, first = np.unique(work.worker, return_index=True)
    active = np.bincount(work.worker, weights=work.seconds, minlength=len(work.staff))[worker]
    seconds = active * _SENT
    began = work.at[first]
    ended = began + (seconds * 1e6).astype(np.int64)
    count = len(worker)
    days = np.full(count, np.datetime64(work.plan.date_of(work.day)))
    return {
        "id": new_ids(began, rng),
        "sign": np.ones(count, np.int64),
        "day": days.astype("datetime64[D]"),
        "began_at": began,
        "ended_at": ended,
        "seconds": seconds,
        "state": _same("production", count),
        "origin": _same("desk", count),
        "worker_id": picked(known.worker, worker),
        "organisation_id": picked(known.organisation, work.staff.site[worker]),
        "site_id": picked(known.site, work.staff.site[worker]),
        "team_id": picked(known.team, work.staff.team[worker]),
        "programme_id": _same(known.programme.pk, count),
        "queue_id": picked([queue.pk for queue in known.queues], work.market[first]),
    }


def days_of(fact: Fact, table: pa.Table) -> dict[date, pa.Table]:
    """A table cut by the day (UTC) that its rows belong to in the log."""
    import pyarrow as pa
    import pyarrow.compute as pc

    when = table[fact.at]
    days = when.cast(pa.date32()) if not pa.types.is_date32(when.type) else when
    return {day.as_py(): table.filter(pc.equal(days, day)) for day in pc.unique(days)}


def _as_fact(fact: Fact, columns: Mapping[str, Any]) -> pa.Table:
    import pyarrow as pa

    count = len(columns["id"])
    arrays = []
    for each in fact.schema():
        values = columns.get(each.name)
        if values is None:
            arrays.append(pa.nulls(count, each.type))
        elif isinstance(values, np.ndarray):
            plain = pa.array(values)
            arrays.append(
                plain.cast(pa.int64()).cast(each.type) if pa.types.is_timestamp(each.type) else plain.cast(each.type)
            )
        else:
            arrays.append(values.cast(each.type))
    return pa.table(arrays, schema=fact.schema())


def _same(value: Any, count: int) -> pa.Array:
    import pyarrow as pa

    return pa.repeat(pa.scalar(None if value is None else str(value), pa.string()), count)


def _words(words: Any, place: Any) -> pa.Array:
    import pyarrow as pa

    return pa.array(list(words), type=pa.string()).take(pa.array(place))
