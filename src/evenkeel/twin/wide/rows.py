"""A day's work as the rows that the rooms would have written to the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from evenkeel.ground.log import Fact, all_facts

from .clock_rows import time_rows
from .cost_rows import cost_rows
from .day import Judged, Work, choose
from .ids import new_ids, picked
from .install import Installed
from .prediction_rows import prediction_rows
from .side_rows import calibration_rows, check_rows, dispute_rows, error_words, gold_rows, words

if TYPE_CHECKING:
    import pyarrow as pa

# Shown, first act and sending stand to active time as at a desk with few breaks. First act: no source: chosen, 0.1 to 0.8
# tried; sending: no source: chosen, 1 to 1.3 tried.
_FIRST_ACT, _SENT = 0.35, 1.08
_BESIDE, _SHOWN = 11, 12
_AUDITED_AFTER_US = 20 * 3_600_000_000


def tables_of(
    work: Work, judged: Judged, known: Installed, *, waiting: Mapping[str, Any] | None = None
) -> dict[str, pa.Table]:
    """By fact: what people did on a day, each in the fact's own columns. `waiting`: columns of decisions that tell of it.

    A column that a fact has and the twin knows nothing of stays empty.
    """
    plan = work.plan
    rng, own = (np.random.default_rng([plan.seed, purpose, work.day]) for purpose in (4, _BESIDE))
    decisions = _decisions(work, known, rng) | dict(waiting or {})
    audits = _audits(judged, decisions, known, rng)
    found = {
        "decisions": decisions | _circumstances(work, np.random.default_rng([plan.seed, _SHOWN, work.day])),
        "audits": audits,
        "appeals": _appeals(work, decisions, rng),
        "time": time_rows(work, known, rng, own=own),
    }
    if any(site.cost_an_hour for site in plan.sites):
        found["costs"] = cost_rows(work, found["time"], known.programme.pk)
    if plan.prelabels.logged:
        found["predictions"] = prediction_rows(work, decisions)
    if plan.golds.pool:
        found["golds"] = gold_rows(work, decisions, known)
    if plan.disputes.rate_if_wrong or plan.disputes.rate_if_right:
        found["disputes"] = dispute_rows(judged, audits, known, own)
    if plan.audits.checked:
        found["auditor_checks"] = check_rows(judged, audits, known, own)
    every = plan.calibrations.every_days
    if every and len(work) and work.day % every == every // 2:
        found["calibrations"] = calibration_rows(work, known, own)
    facts = all_facts()
    return {name: as_fact(facts[name], columns) for name, columns in found.items() if name in facts}


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
        "policy_version_id": _same(known.version_on(work.day), count),
        "label": words(work.plan.labels, work.label),
        "replicate": np.ones(count, np.int64),
        "origin": _same("twin", count),
        "active_ms": active,
        "shown_at": work.at - active * 1000,
        "first_act_ms": (active * _FIRST_ACT).astype(np.int64),
        "submit_ms": (active * _SENT).astype(np.int64),
        "shift_s": (work.hour * 3600).astype(np.int64),
        "market": words([market.name for market in work.plan.markets], work.market),
        "language": words([market.language for market in work.plan.markets], work.market),
        "views": work.reach,
        "violates": work.label > 0,
        "tenure_days": (work.tenure_weeks * 7).astype(np.int64),
    }


def _circumstances(work: Work, rng: np.random.Generator) -> dict[str, Any]:
    """What an item was, and whether its classifier's answer was shown and followed; empty where the plan says nothing."""
    import pyarrow as pa

    plan, found, count = work.plan, {}, len(work)
    if any(market.kinds for market in plan.markets):
        kinds = sorted({name for market in plan.markets for name in market.kinds} | {"text"})
        odds = np.array([[(market.kinds or {"text": 1.0}).get(name, 0.0) for name in kinds] for market in plan.markets])
        found["item_kind"] = words(kinds, choose(odds / odds.sum(axis=1, keepdims=True), work.market, rng))
    if plan.prelabels.shown or plan.prelabels.hidden:
        drawn = rng.random(count)
        shown, is_there = drawn < plan.prelabels.shown, drawn < plan.prelabels.shown + plan.prelabels.hidden
        # It says only whether something is wrong with the item: half of its odds lie above 0.
        agrees = (work.score > 0) == (work.label > 0)
        found["prelabel_seen"] = shown
        found["prelabel_followed"] = pa.array(agrees, mask=~is_there)
    return found


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
        "decided_label": words(work.plan.labels, work.label[row]),
        "audited_label": words(work.plan.labels, judged.label),
        "is_right": is_right,
        "error_class": error_words(work.label[row], judged.label),
        "decided_violates": work.label[row] > 0,
        "audited_violates": judged.label > 0,
        "tenure_days": (work.tenure_weeks[row] * 7).astype(np.int64),
    }  # fmt: skip


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
        "corrected_label": words((*work.plan.labels, None), np.where(corrected < 0, len(work.plan.labels), corrected)),
        "ruler_id": _same(None, 2 * count),
    }  # fmt: skip


def days_of(fact: Fact, table: pa.Table) -> dict[date, pa.Table]:
    """A table cut by the day (UTC) that its rows belong to in the log."""
    import pyarrow as pa
    import pyarrow.compute as pc

    when = table[fact.at]
    days = when.cast(pa.date32()) if not pa.types.is_date32(when.type) else when
    return {day.as_py(): table.filter(pc.equal(days, day)) for day in pc.unique(days)}


def as_fact(fact: Fact, columns: Mapping[str, Any]) -> pa.Table:
    """Columns as a table of a fact; what is not among them stays empty."""
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
