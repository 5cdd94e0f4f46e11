"""What happens beside deciding and auditing, as rows of the log: golden items, disputes, calibration, checks of auditors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from .day import Judged, Work, wrong_answers
from .differing import sensitivities
from .ids import new_ids, picked
from .install import Installed
from .staff import Ints

if TYPE_CHECKING:
    import pyarrow as pa

_HOUR_US = 3_600_000_000
_GOLDS, _SEATS = 9, 10
_PLACE = ("programme_id", "queue_id", "item_id", "worker_id", "organisation_id", "site_id", "team_id")
# Experts are right where anybody is.
_SECOND_ODDS = 1.0


def gold_rows(work: Work, decisions: Mapping[str, Any], known: Installed) -> dict[str, Any]:
    """Answers to golden items: each clause has a pool of them in each market, the same for the whole run."""
    plan = work.plan
    row = np.flatnonzero(work.gold)
    shape = (len(plan.markets), len(plan.clauses), plan.golds.pool)
    start = np.full(int(np.prod(shape)), int(np.datetime64(plan.first_on, "us").astype(np.int64)))
    pool = new_ids(start, np.random.default_rng([plan.seed, _GOLDS]))
    own = np.random.default_rng([plan.seed, _GOLDS, work.day]).integers(0, plan.golds.pool, len(row))
    gold = np.ravel_multi_index((work.market[row], work.truth[row], own), shape)
    return {
        **_taken(decisions, row, "sign", "decided_at", "policy_version_id", "label", "language", "active_ms", "tenure_days"),
        **_taken(decisions, row, *(name for name in _PLACE if name != "item_id")),
        "id": new_ids(work.at[row], np.random.default_rng([plan.seed, _GOLDS, work.day, 1])),
        "gold_id": pool.take(_pa().array(gold)),
        "decision_id": decisions["id"].take(_pa().array(row)),
        "truth": words(plan.labels, work.truth[row]),
        "difficulty": 1 + np.searchsorted([0.15, 0.45], np.array([each.ambiguity for each in plan.clauses]))[work.truth[row]],
        "is_exam": np.zeros(len(row), dtype=bool),
        "is_right": work.is_right[row],
        "error_class": error_words(work.label[row], work.truth[row]),
    }  # fmt: skip


def dispute_rows(
    judged: Judged, audits: Mapping[str, Any], known: Installed, rng: np.random.Generator
) -> dict[str, Any]:
    """Two rows a dispute: when it was raised, and when somebody settled it. A finding that is wrong falls more often."""
    work, said = judged.work, judged.work.plan.disputes
    given, truth = work.label[judged.row], work.truth[judged.row]
    is_finding = judged.label != given
    is_wrong = judged.label != truth
    odds = np.where(is_wrong, said.rate_if_wrong, said.rate_if_right) * is_finding
    row = np.flatnonzero(rng.random(len(judged)) < odds)
    falls = rng.random(len(row)) < np.where(is_wrong[row], said.overturned_if_wrong, said.overturned_if_right)
    raised = np.asarray(audits["audited_at"])[row] + (rng.exponential(8, len(row)) * _HOUR_US).astype(np.int64)
    settled_s = rng.gamma(2, said.hours / 2, len(row)) * 3600
    ids, count = new_ids(raised, rng), len(row)
    both, is_settled = np.r_[row, row], np.r_[np.zeros(count, bool), np.ones(count, bool)]
    pa = _pa()
    fell = np.r_[falls, falls]
    return {
        **_taken(audits, both, "sign", *_PLACE, "auditor_id", "error_class"),
        "id": pa.concat_arrays([ids, ids]),
        "at": np.r_[raised, raised + (settled_s * 1e6).astype(np.int64)],
        "raised_at": np.r_[raised, raised],
        "verdict_id": audits["id"].take(pa.array(both)),
        "kind": _same("person", 2 * count),
        "reason": words(("answer_right", "policy_two_ways"), np.where(is_wrong[both], 0, 1)),
        "clause": words(work.plan.labels, work.label[judged.row][both]),
        "is_settled": is_settled,
        "is_overturned": pa.array(fell, mask=~is_settled),
        "outcome": words(("upheld", "overturned", None), np.where(is_settled, fell.astype(np.int64), 2)),
        "settled_reason": words(("rule_misread", "clear_case", None), np.where(is_settled, fell.astype(np.int64), 2)),
        "by_time": pa.array(np.zeros(2 * count, dtype=bool), mask=~is_settled),
        "settled_s": pa.array(np.r_[settled_s, settled_s], mask=~is_settled),
    }


def check_rows(judged: Judged, audits: Mapping[str, Any], known: Installed, rng: np.random.Generator) -> dict[str, Any]:
    """A second auditor judges some audits blind and an expert settles them: here the expert is always right."""
    plan, work = judged.work.plan, judged.work
    row = np.flatnonzero(rng.random(len(judged)) < plan.audits.checked)
    given, truth, first = work.label[judged.row][row], work.truth[judged.row][row], judged.label[row]
    second_by = (
        judged.auditor[row] + 1 + rng.integers(0, max(plan.audits.auditors - 1, 1), len(row))
    ) % plan.audits.auditors
    sees = rng.random(len(row)) < np.where(given == truth, plan.audits.specificity, sensitivities(plan)[second_by])
    second = np.where(sees, truth, np.where(given == truth, wrong_answers(plan, truth, rng), given))
    pa = _pa()
    house = known.owner.organisation_id
    audited_at = np.asarray(audits["audited_at"])[row]
    return {
        **_taken(audits, row, "sign", "programme_id", "queue_id", "decision_id"),
        "id": new_ids(audited_at + 24 * _HOUR_US, rng),
        "audited_at": audited_at,
        "settled_at": audited_at + 48 * _HOUR_US,
        "organisation_id": _same(house, len(row)),
        "worker_id": picked(known.auditor, judged.auditor[row]),
        "second_id": picked(known.auditor, second_by),
        "pi": pa.array(judged.pi[row] * plan.audits.checked * _SECOND_ODDS),
        "agreed": first == second,
        "is_right": first == truth,
        "second_is_right": second == truth,
        "said_right": first == given,
        "truly_right": given == truth,
    }


def calibration_rows(work: Work, known: Installed, rng: np.random.Generator) -> dict[str, Any]:
    """A session in which some people of every site answer the same cases blind, as well as they decide elsewhere."""
    plan, staff = work.plan, work.staff
    said = plan.calibrations
    people = np.unique(work.worker)
    seats: Ints = np.concatenate(
        [rng.permutation(people[staff.site[people] == site])[: said.people] for site in range(len(plan.sites))]
    )
    share = np.array([clause.share for clause in plan.clauses])
    cases = rng.choice(len(plan.clauses), size=said.cases, p=share / share.sum())
    worker, case = np.repeat(seats, said.cases), np.tile(np.arange(said.cases), len(seats))
    truth = cases[case]
    error = 1 / (1 + np.exp(-staff.error[worker, truth]))
    label = truth.copy()
    wrong = np.flatnonzero(rng.random(len(label)) < error)
    label[wrong] = wrong_answers(plan, truth[wrong], rng)
    at = np.full(len(label), int(work.at.max()) + _HOUR_US)
    session, items = new_ids(at[:1], rng), new_ids(at[: said.cases], rng)
    pa = _pa()
    return {
        "id": new_ids(at, rng),
        "sign": np.ones(len(label), np.int64),
        "judged_at": at,
        "settled_at": at + 2 * _HOUR_US,
        "session_id": session.take(pa.array(np.zeros(len(label), np.int64))),
        "programme_id": _same(known.programme.pk, len(label)),
        "queue_id": _same(known.queues[0].pk, len(label)),
        "item_id": items.take(pa.array(case)),
        "worker_id": picked(known.worker, worker),
        "organisation_id": picked(known.organisation, staff.site[worker]),
        "site_id": picked(known.site, staff.site[worker]),
        "team_id": picked(known.team, staff.team[worker]),
        "policy_version_id": _same(known.version_on(work.day), len(label)),
        "label": words(plan.labels, label),
        "settled_label": words(plan.labels, truth),
        "clause": words(plan.labels, truth),
        "is_ring": np.ones(len(label), dtype=bool),
        "is_aligned": label == truth,
    }


def error_words(given: Any, right: Any) -> pa.Array:
    """The kind of each error; empty where there is none. The first clause is the one that allows."""
    kinds = np.where(given == right, 0, np.where(right == 0, 1, np.where(given == 0, 2, 3)))
    return words(("", "over_enforcement", "under_enforcement", "wrong_selection"), kinds)


def words(known: Any, place: Any) -> pa.Array:
    """The word of each place in a list."""
    return _pa().array(list(known), type=_pa().string()).take(_pa().array(place))


def _taken(columns: Mapping[str, Any], row: Any, *names: str) -> dict[str, Any]:
    """Some rows of some columns, whatever they are made of."""
    taken = _pa().array(row)
    found = {}
    for name in names:
        values = columns.get(name)
        if values is not None:
            found[name] = values[row] if isinstance(values, np.ndarray) else values.take(taken)
    return found


def _same(value: Any, count: int) -> pa.Array:
    return _pa().repeat(_pa().scalar(None if value is None else str(value), _pa().string()), count)


def _pa() -> Any:
    import pyarrow

    return pyarrow
