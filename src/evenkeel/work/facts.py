"""What this room writes to the log."""


from evenkeel.ground.log import Fact, fact
from evenkeel.ground.log.facts import Column

DECISIONS = fact(
    Fact(
        name="decisions",
        why="One row a decision. Taking one back appends the same row with sign -1, so sums come out right by themselves.",
        at="decided_at",
        columns={
            "id": Column(kind="id", why="the decision"),
            "sign": Column(kind="whole", why="1; -1 when it was taken back"),
            "decided_at": Column(kind="moment", why="when"),
            "programme_id": Column(kind="id", why="programme", is_dimension=True),
            "queue_id": Column(kind="id", why="queue; empty for imports", is_dimension=True),
            "item_id": Column(kind="id", why="item"),
            "worker_id": Column(kind="id", why="who decided", is_dimension=True, is_personal=True),
            "organisation_id": Column(kind="id", why="her organisation then", is_dimension=True),
            "site_id": Column(kind="id", why="her site then", is_dimension=True),
            "team_id": Column(kind="id", why="her team then", is_dimension=True),
            "form_version_id": Column(kind="id", why="the form's version", is_dimension=True),
            "policy_version_id": Column(kind="id", why="the policy's version in force", is_dimension=True),
            "label": Column(kind="text", why="the answer to the main question", is_dimension=True),
            "replicate": Column(kind="whole", why="1; 2 and up when the same person answered the same item again"),
            "origin": Column(kind="text", why="desk, api, import or twin", is_dimension=True),
            "active_ms": Column(kind="whole", why="active time on the item"),
        },
    )
)
