"""An installation's log as the columns that a fit asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np

from evenkeel.ground.log import all_facts, connect, read
from evenkeel.kernel import Estimate, proportion
from evenkeel.people import Organisation, Site
from evenkeel.work import Queue

from .seen import Floats, Seen, SiteSeen, TooLittle

_OTHER = {"tier", "appeal", "amended", "planted"}
_WEEK_DAYS = 7


def seen_in_log(*, programme: UUID, since: date, until: date) -> Seen:
    """What a programme's decisions, audits and appeals of since <= day < until show. Raises TooLittle without any.

    A decision taken back counts no more; only people's own decisions count, and of them those at a site. A market is the
    item's where it is known, else the queue; the answer that allows comes first.
    """
    connection = connect()
    work, audits = _work(connection, programme, since, until), _audits(connection, programme, since, until)
    if not work["n"]:
        raise TooLittle("the log holds no decisions of people at a site in these days")
    site_ids, workers = sorted(set(work["site_id"])), sorted(set(work["worker_id"]))
    markets = _markets(work)
    names = [name for name, _language in markets]
    queues = {str(pk): name for pk, name in Queue.objects.filter(programme=programme).values_list("pk", "name")}
    site_of = dict(zip(work["worker_id"], work["site_id"], strict=True))
    kept = [row for row in range(len(audits["pi"])) if audits["worker_id"][row] in site_of]
    clauses = _clauses(audits)
    rows: Mapping[str, Any] = {
        "worker": _places(workers, [audits["worker_id"][row] for row in kept]),
        "market": _places(names, [_market(audits, row, queues) for row in kept]),
        "decided": _places(clauses, [audits["decided_label"][row] for row in kept]),
        "audited": _places(clauses, [audits["audited_label"][row] for row in kept]),
        "auditor": _places(sorted(set(map(str, audits["auditor_id"]))), [str(audits["auditor_id"][row]) for row in kept]),
        **{name: np.array([audits[name][row] or 0.0 for row in kept], dtype=np.float64)
           for name in ("pi", "tenure_weeks", "hour", "active_s")},
    }  # fmt: skip
    house = Organisation.objects.filter(is_house=True).first()
    return Seen(
        house=house.name if house is not None else "House",
        first_on=since,
        days=(until - since).days,
        sites=_sites(site_ids, _teams(connection, programme, since, until)),
        clauses=tuple(clauses),
        markets=tuple(markets),
        site=_places(site_ids, [site_of[worker] for worker in workers]),
        work={
            "day": np.array([(day - since).days for day in work["day"]], dtype=np.int64),
            "worker": _places(workers, work["worker_id"]),
            "market": _places(names, [_market(work, row, queues) for row in range(len(work["n"]))]),
            "n": np.array(work["n"], dtype=np.int64),
            "active_s": np.array(work["active_s"], dtype=np.float64),
        },
        audits=rows,
        golds=_golds(connection, programme, since, until),
        **_appeals(connection, programme, since, until, restricted=int(sum(work["restricted"]))),
    )


def checked_auditors(*, programme: UUID, since: date, until: date) -> tuple[Estimate, Estimate]:
    """Auditors' sensitivity and specificity by experts who settled what a second auditor had judged blind.

    Every case stands for one over its odds; its interval rests on what such a sample is worth.
    """
    fact = all_facts()["auditor_checks"]
    connection = connect()
    rows = _in(read(fact, connection=connection), fact.at, programme, since, until)
    told = connection.to_pyarrow(rows.filter(rows.pi > 0).select("pi", "sign", "said_right", "truly_right")).to_pydict()
    w = np.array(told["sign"], dtype=np.float64) / np.array(told["pi"], dtype=np.float64)
    said, true = (np.array(told[name], dtype=bool) for name in ("said_right", "truly_right"))
    return _share(w[~true], ~said[~true]), _share(w[true], said[true])


def _share(w: Floats, hits: Any) -> Estimate:
    if not len(w) or w.sum() <= 0:
        return Estimate.unknown(method="wilson")
    worth = float(w.sum() ** 2 / (w**2).sum())
    return proportion(worth * float(w[hits].sum() / w.sum()), worth, rows=len(w))


def _in(rows: Any, at: str, programme: UUID, since: date, until: date) -> Any:
    when = rows[at].cast("date")
    return rows.filter((rows.programme_id == str(programme)) & (when >= since) & (when < until))


def _work(connection: Any, programme: UUID, since: date, until: date) -> dict[str, list[Any]]:
    rows = _in(read(all_facts()["decisions"], connection=connection), "decided_at", programme, since, until)
    rows = rows.filter(rows.site_id.notnull() & rows.worker_id.notnull() & ~rows.origin.isin(sorted(_OTHER)))
    rows = rows.mutate(day=rows.decided_at.cast("date"))
    found = rows.group_by(["day", "worker_id", "site_id", "queue_id", "market", "language"]).aggregate(
        n=rows.sign.sum(), active_s=(rows.active_ms * rows.sign).sum() / 1000,
        restricted=(rows.violates.cast("int64") * rows.sign).sum().fill_null(0),
    )  # fmt: skip
    found = found.filter(found.n > 0).order_by(["day", "worker_id", "queue_id", "market"])
    told: dict[str, list[Any]] = connection.to_pyarrow(found).to_pydict()
    told["active_s"] = [value or 0.0 for value in told["active_s"]]
    return told


def _audits(connection: Any, programme: UUID, since: date, until: date) -> dict[str, list[Any]]:
    audits = _in(read(all_facts()["audits"], connection=connection), "decided_at", programme, since, until)
    audits = audits.filter(audits.pi.notnull() & (audits.pi > 0) & audits.audited_label.notnull())
    # A corrected verdict stands as the old row, its opposite, and the new one: the new one is left.
    kept = audits.group_by(["decision_id", "audited_label", "auditor_id", "pi"]).aggregate(times=audits.sign.sum())
    kept = kept.filter(kept.times > 0).drop("times")
    rest = audits.filter(audits.sign > 0).distinct(
        on=["decision_id", "audited_label", "auditor_id", "pi"], keep="first"
    )
    decided = read(all_facts()["decisions"], connection=connection)
    decided = decided.filter(decided.sign > 0).select("id", "active_ms", "shift_s").distinct(on="id", keep="first")
    rows = rest.inner_join(kept, ["decision_id", "audited_label", "auditor_id", "pi"])
    rows = rows.left_join(decided, rows.decision_id == decided.id, rname="own_{name}")
    rows = rows.select(
        "worker_id", "queue_id", "market", "decided_label", "audited_label", "auditor_id", "pi", "decision_id",
        tenure_weeks=rows.tenure_days.fill_null(3650) / float(_WEEK_DAYS), hour=rows.shift_s.fill_null(0) / 3600.0,
        active_s=rows.active_ms.fill_null(0) / 1000.0,
    ).order_by("decision_id")  # fmt: skip
    told: dict[str, list[Any]] = connection.to_pyarrow(rows).to_pydict()
    return told


def _clauses(audits: Mapping[str, Sequence[Any]]) -> list[str]:
    """The answers, the most frequent one first: the one that allows, nearly everywhere."""
    every = [*audits["audited_label"], *audits["decided_label"]]
    return sorted(set(every), key=lambda name: (-every.count(name), name))


def _markets(work: Mapping[str, Sequence[Any]]) -> list[tuple[str, str]]:
    names = {
        str(pk): name
        for pk, name in Queue.objects.filter(pk__in=set(work["queue_id"]) - {None}).values_list("pk", "name")
    }
    found: dict[str, str] = {}
    for row in range(len(work["n"])):
        found.setdefault(_market(work, row, names), work["language"][row] or "en")
    return sorted(found.items())


def _market(rows: Mapping[str, Sequence[Any]], row: int, queues: Mapping[str, str]) -> str:
    return str(rows["market"][row] or queues.get(str(rows["queue_id"][row]), "Everything"))


def _teams(connection: Any, programme: UUID, since: date, until: date) -> Mapping[str, int]:
    """How many teams of each site decided: others of it may work elsewhere."""
    rows = _in(read(all_facts()["decisions"], connection=connection), "decided_at", programme, since, until)
    rows = rows.filter(rows.site_id.notnull() & ~rows.origin.isin(sorted(_OTHER)))
    told = connection.to_pyarrow(rows.group_by("site_id").aggregate(teams=rows.team_id.nunique())).to_pydict()
    return dict(zip(told["site_id"], told["teams"], strict=True))


def _sites(site_ids: Sequence[str], teams: Mapping[str, int]) -> tuple[SiteSeen, ...]:
    known = {str(site.pk): site for site in Site.objects.filter(pk__in=site_ids).select_related("organisation")}
    return tuple(
        SiteSeen(
            name=known[pk].name, organisation=known[pk].organisation.name, time_zone=str(known[pk].time_zone),
            teams=max(teams.get(pk, 0), 1),
        )
        for pk in site_ids
    )  # fmt: skip


def _places(known: Sequence[str], values: Sequence[str]) -> np.ndarray[Any, Any]:
    place = {name: at for at, name in enumerate(known)}
    return np.array([place[value] for value in values], dtype=np.int64)


def _golds(connection: Any, programme: UUID, since: date, until: date) -> int:
    fact = all_facts()["golds"]
    rows = _in(read(fact, connection=connection), fact.at, programme, since, until)
    return int(connection.to_pyarrow(rows.aggregate(n=rows.count())).to_pylist()[0]["n"])


def _appeals(connection: Any, programme: UUID, since: date, until: date, *, restricted: int) -> dict[str, Any]:
    rows = _in(read(all_facts()["appeals"], connection=connection), "received_at", programme, since, until)
    found = connection.to_pyarrow(
        rows.aggregate(
            appealed=(~rows.is_decided).cast("int64").sum(), ruled=rows.is_decided.cast("int64").sum(),
            reversed_=rows.is_reversed.fill_null(False).cast("int64").sum(), turnaround_h=rows.turnaround_s.mean() / 3600,
        )
    ).to_pylist()[0]  # fmt: skip
    counts = {name: int(found[name] or 0) for name in ("appealed", "ruled", "reversed_")}
    return {"restricted": restricted, **counts, "turnaround_h": found["turnaround_h"]}
