# ruff: noqa: S608  (every word of these queries stands here; none is anybody's)
"""Which places the views may tell of: a schema that nobody but the views' owner reads."""

from __future__ import annotations

from collections.abc import Mapping

PRIVATE = "analytics_private"
# No place, as a key that joins.
NOWHERE = "'00000000-0000-0000-0000-000000000000'::uuid"

_PEOPLE_BEHIND = (
    "(SELECT DISTINCT organisation_id, site_id, team_id, worker_id FROM measure_workerdayparts "
    "UNION SELECT organisation_id, site_id, team_id, id FROM people_worker)"
)
# Which places may be told: one is, where it and all of its siblings have five people. Nobody but their owner reads these.
PRIVATE_VIEWS: Mapping[str, str] = {
    "places": f"""
        WITH people AS {_PEOPLE_BEHIND},
        teams AS (SELECT organisation_id, site_id, team_id, count(DISTINCT worker_id) AS n FROM people GROUP BY 1, 2, 3),
        sites AS (SELECT organisation_id, site_id, count(DISTINCT worker_id) AS n FROM people GROUP BY 1, 2),
        wholes AS (SELECT organisation_id, count(DISTINCT worker_id) AS n FROM people GROUP BY 1),
        fewest_sites AS (SELECT organisation_id, min(n) AS n FROM sites GROUP BY 1),
        fewest_teams AS (SELECT organisation_id, site_id, min(n) AS n FROM teams GROUP BY 1, 2)
        SELECT coalesce(t.organisation_id, {NOWHERE}) AS organisation, coalesce(t.site_id, {NOWHERE}) AS site,
            coalesce(t.team_id, {NOWHERE}) AS team, w.n >= 5 AS tells_organisation,
            w.n >= 5 AND s.n >= 5 AS tells_site, w.n >= 5 AND s.n >= 5 AND f.n >= 5 AS tells_team
        FROM teams t JOIN wholes w ON w.organisation_id IS NOT DISTINCT FROM t.organisation_id
        JOIN fewest_sites s ON s.organisation_id IS NOT DISTINCT FROM t.organisation_id
        JOIN fewest_teams f ON f.organisation_id IS NOT DISTINCT FROM t.organisation_id
            AND f.site_id IS NOT DISTINCT FROM t.site_id""",
    "queues": f"""
        WITH queues AS (
            SELECT programme_id, queue_id, count(DISTINCT worker_id) AS n FROM measure_workerdayparts GROUP BY 1, 2),
        fewest AS (SELECT programme_id, min(n) AS n FROM queues GROUP BY 1)
        SELECT q.programme_id AS programme, coalesce(q.queue_id, {NOWHERE}) AS queue, f.n >= 5 AS tells_queue
        FROM queues q JOIN fewest f ON f.programme_id = q.programme_id""",
}
