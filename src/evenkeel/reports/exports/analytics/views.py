# ruff: noqa: S608  (every word of these queries stands here; none is anybody's)
"""What the views are: one list, from which the database, the DuckDB file, the manual and the tests are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evenkeel.ground.log import Fact
from evenkeel.quality import AUDITS, EXPERT_ANSWERS
from evenkeel.work import APPEALS, DECISIONS

from .private import NOWHERE, PRIVATE

SCHEMA, PEOPLE = "analytics", "analytics_people"


@dataclass(frozen=True, kw_only=True)
class View:
    """A view: its columns with what they tell, and where PostgreSQL takes them from.

    `columns` maps a name to its expression and its reason. `fact` and `same`: in the DuckDB file it is made of that fact;
    rows that are alike in `same` are one thing, which stands while the sum of their signs is positive.
    """

    name: str
    why: str
    columns: Mapping[str, tuple[str, str]]
    source: str
    schema: str = SCHEMA
    fact: Fact | None = None
    same: Sequence[str] = field(default=("id",))

    @property
    def select(self) -> str:
        """The query behind the view."""
        columns = ", ".join(f"{sql} AS {name}" for name, (sql, _why) in self.columns.items())
        return f"SELECT {columns} FROM {self.source}"


# Told only where enough people stand behind it: see `private.py`.
_PLACES = {
    "queue_id": "CASE WHEN q.tells_queue THEN d.queue_id END",
    "organisation_id": "CASE WHEN p.tells_organisation THEN d.organisation_id END",
    "site_id": "CASE WHEN p.tells_site THEN d.site_id END",
    "team_id": "CASE WHEN p.tells_team THEN d.team_id END",
}
_WHERE = (
    f"LEFT JOIN {PRIVATE}.places p ON p.organisation = coalesce(d.organisation_id, {NOWHERE}) "
    f"AND p.site = coalesce(d.site_id, {NOWHERE}) AND p.team = coalesce(d.team_id, {NOWHERE}) "
    f"LEFT JOIN {PRIVATE}.queues q ON q.programme = d.programme_id AND q.queue = coalesce(d.queue_id, {NOWHERE}) "
    "WHERE p.tells_organisation IS DISTINCT FROM false "
    "AND NOT EXISTS (SELECT 1 FROM work_restricteditem x WHERE x.item_id = d.item_id)"
)
# As `quality` writes them to the log.
_AUDITED_VIOLATES = (
    "CASE v.error_class WHEN 'over_enforcement' THEN false WHEN 'under_enforcement' THEN true "
    "WHEN 'technical_error' THEN NULL ELSE d.violates END"
)
_IS_CRITICAL = (
    "CASE WHEN d.severity IS NOT NULL THEN d.severity >= 3 "
    "AND v.error_class IN ('over_enforcement', 'under_enforcement') END"
)


def _cited(answer: str) -> str:
    """The clause that an answer cites, as `work.cited_clause` finds it."""
    path = '\'strict $.* ? (@.type() == "object" && @.violation != "" && @.clause != "")\''
    node = f"jsonb_path_query_first({answer}, {path})"
    return f"({node}->>'violation') || '/' || ({node}->>'clause')"


# Strings a person's rows together, as a name would.
_TRACES = ("sign", "shift_s")


def _columns(fact: Fact, told: Mapping[str, str], *, table: str) -> dict[str, tuple[str, str]]:
    """A fact's columns that tell of no person, from `table` unless told otherwise."""
    return {
        name: (told.get(name, f"{table}.{name}"), column.why)
        for name, column in fact.columns.items()
        if not column.is_personal and name not in _TRACES
    }


def _names(name: str, why: str, *, table: str, more: Sequence[str] = ()) -> View:
    columns = {"id": ("id", "its id"), "name": ("name", "its name")}
    columns |= {each: (each, f"id of its {each.removesuffix('_id')}") for each in more}
    return View(name=name, why=why, columns=columns, source=table)


VIEWS: tuple[View, ...] = (
    _names("programmes", "Programmes by id and name.", table="work_programme"),
    _names("queues", "Queues by id and name.", table="work_queue", more=["programme_id"]),
    _names("organisations", "Our own organisation and its vendors.", table="people_organisation"),
    _names("sites", "Sites by id and name.", table="people_site", more=["organisation_id"]),
    _names("teams", "Teams by id and name.", table="people_team", more=["site_id"]),
    View(
        name="decisions",
        why="One row a decision that stands: neither taken back nor corrected.",
        columns=_columns(
            DECISIONS,
            {
                **_PLACES,
                "media_acts": "d.media_acts::text",
                "turnaround_s": "greatest(extract(epoch FROM d.decided_at - d.enqueued_at), 0)::double precision",
                "in_time": "d.decided_at <= d.due_at",
                "origin": "CASE WHEN d.planted THEN 'planted' ELSE d.origin END",
                "clause": _cited("d.answer"),
            },
            table="d",
        ),
        source=f"work_decision d {_WHERE} AND NOT EXISTS (SELECT 1 FROM work_takenback x WHERE x.decision_id = d.id) "
        "AND NOT EXISTS (SELECT 1 FROM work_correction x WHERE x.first_id = d.id)",
        fact=DECISIONS,
    ),
    View(
        name="audits",
        why="One row a verdict that stands, with the odds its decision was drawn with: weigh by 1 / pi.",
        columns=_columns(
            AUDITS,
            {
                **_PLACES, "id": "v.id", "audited_at": "v.audited_at", "draw_id": "r.id", "plan_id": "r.plan_id",
                "pi": "r.pi", "plans": "r.plans", "decision_id": "d.id", "decided_label": "d.label", "audited_label": "v.label",
                "is_right": "v.is_right", "error_class": "v.error_class", "decided_violates": "d.violates",
                "audited_violates": _AUDITED_VIOLATES, "is_critical": _IS_CRITICAL, "scorecard_version_id": "g.version_id",
                "score": "g.score", "score_parts": "g.parts::text", "is_zeroed": "g.is_zeroed", "found_severity": "g.severity",
                "cause": "g.cause", "clause": _cited("d.answer"), "audited_clause": _cited("v.answer"),
                "by_dispute": "left(v.client_key, 8) = 'dispute-'", "counts_for_policy": "v.counts_for_policy",
            },
            table="d",
        ),
        source="quality_verdict v JOIN quality_draw r ON r.id = v.draw_id JOIN work_decision d ON d.id = r.decision_id "
        "LEFT JOIN quality_scoring g ON g.verdict_id = v.id "
        "AND NOT EXISTS (SELECT 1 FROM quality_scoring y WHERE y.replaces_id = g.id) "
        f"{_WHERE} AND NOT EXISTS (SELECT 1 FROM quality_verdict x WHERE x.corrects_id = v.id) "
        "AND NOT EXISTS (SELECT 1 FROM work_takenback x WHERE x.decision_id = d.id)",
        fact=AUDITS,
    ),
    View(
        name="appeals",
        why="One row when a user's appeal comes in, one more when it is ruled on.",
        columns=_columns(
            APPEALS,
            {
                **_PLACES, "id": "a.id", "at": "s.at", "received_at": "a.received_at", "is_decided": "s.is_decided",
                "is_reversed": "CASE WHEN s.is_decided THEN r.outcome = 'overturned' END",
                "turnaround_s": "CASE WHEN s.is_decided THEN "
                "floor(extract(epoch FROM r.ruled_at - a.received_at))::bigint END",
                "decision_id": "a.decision_id", "item_id": "a.item_id", "programme_id": "a.programme_id",
                "policy_version_id": "f.policy_version_id", "label": "f.label",
                "corrected_label": "CASE WHEN s.is_decided THEN g.label END",
            },
            table="a",
        ),
        # Whose it is was written down with the appeal, so `d` is the appeal itself.
        source="work_appeal a JOIN work_appeal d ON d.id = a.id JOIN work_decision f ON f.id = a.decision_id "
        "LEFT JOIN work_appealruling r ON r.appeal_id = a.id LEFT JOIN work_correction c ON c.id = r.correction_id "
        "LEFT JOIN work_decision g ON g.id = c.second_id CROSS JOIN LATERAL (VALUES (a.received_at, false), "
        f"(r.ruled_at, true)) AS s(at, is_decided) {_WHERE} AND s.at IS NOT NULL",
        fact=APPEALS,
        same=("id", "is_decided"),
    ),
    View(
        name="expert_answers",
        why="One row an expert's answer about an item that none replaces.",
        columns=_columns(EXPERT_ANSWERS, {}, table="d"),
        source="quality_expertanswer d WHERE NOT EXISTS (SELECT 1 FROM quality_expertanswer x WHERE x.replaces_id = d.id) "
        "AND NOT EXISTS (SELECT 1 FROM work_restricteditem x WHERE x.item_id = d.item_id)",
        fact=EXPERT_ANSWERS,
    ),
    View(
        name="figures_by_day",
        why="Additive parts of every metric by day and place, where five people stand behind them. A share or mean over any "
        "rows is sum(wy) / sum(w), a count is sum(n).",
        columns={
            "metric": ("metric", "the metric's slug: see `metrics`"),
            "day": ("day", "the day, UTC"),
            **{
                name: (name, f"id of the {name.removesuffix('_id')}")
                for name in ("programme_id", "queue_id", "organisation_id", "site_id", "team_id")
            },
            "people": ("count(DISTINCT worker_id)", "how many people stand behind it"),
            "n": ("sum(n)", "rows"),
            **{
                name: (f"sum({name})", f"sum of {told}")
                for name, told in (
                    ("w", "weights w"), ("wy", "w y"), ("ww", "w²"), ("wwy", "w² y"), ("wwyy", "w² y²"),
                )
            },
        },
        source="measure_workerdayparts GROUP BY metric, day, programme_id, queue_id, organisation_id, site_id, team_id "
        "HAVING count(DISTINCT worker_id) >= 5 AND sum(n) > 0",
    ),
    View(
        name="workers",
        why="People by name. Only for whoever may see single people's figures.",
        columns={
            name: (name, told)
            for name, told in (
                ("id", "her id"), ("name", "her name"), ("code", "her code"), ("organisation_id", "her organisation now"),
                ("site_id", "her site now"), ("team_id", "her team now"),
            )
        },
        source="people_worker",
        schema=PEOPLE,
    ),
    View(
        name="decisions",
        why="Who decided: join by id.",
        columns={"id": ("id", "the decision"), "worker_id": ("worker_id", "who decided")},
        source="work_decision d WHERE NOT EXISTS (SELECT 1 FROM work_restricteditem x WHERE x.item_id = d.item_id)",
        schema=PEOPLE,
    ),
    View(
        name="audits",
        why="Who was audited by whom: join by id.",
        columns={
            "id": ("v.id", "the verdict"), "worker_id": ("d.worker_id", "who decided"),
            "auditor_id": ("v.auditor_id", "who audited"),
        },
        source="quality_verdict v JOIN quality_draw r ON r.id = v.draw_id JOIN work_decision d ON d.id = r.decision_id "
        "WHERE NOT EXISTS (SELECT 1 FROM work_restricteditem x WHERE x.item_id = d.item_id)",
        schema=PEOPLE,
    ),
    View(
        name="figures_by_day",
        why="Additive parts of every metric by day and worker.",
        columns={
            name: (name, told)
            for name, told in (
                ("metric", "the metric's slug"), ("day", "the day, UTC"), ("worker_id", "whose"), ("programme_id", "programme"),
                ("queue_id", "queue"), ("organisation_id", "organisation then"), ("site_id", "site then"),
                ("team_id", "team then"), ("n", "rows"), ("w", "sum of weights w"), ("wy", "sum of w y"), ("ww", "sum of w²"),
                ("wwy", "sum of w² y"), ("wwyy", "sum of w² y²"),
            )
        },
        source="measure_workerdayparts WHERE n > 0",
        schema=PEOPLE,
    ),
)  # fmt: skip
