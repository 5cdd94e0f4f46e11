"""A moderator's own work."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import Actor
from evenkeel.measure import FIGURE_VIEW
from evenkeel.work import TASK_DECIDE

from ..board import Board, BoardTile, board


@board
class Mine(Board):
    slug, title, order, is_own = "moderator", _("My figures"), 50, True
    why = _(
        "Your own work: how right it is by audits of clear clauses, how much of it there is, and how long it takes."
    )
    tiles = (
        BoardTile(metric="accuracy_of_people"),
        BoardTile(metric="accuracy_of_people", days=91),
        BoardTile(metric="critical_error_rate", days=91),
        BoardTile(metric="golden_accuracy", days=91),
        BoardTile(metric="decided", days=7),
        BoardTile(metric="handle_time", days=7),
        BoardTile(metric="throughput"),
    )

    @classmethod
    def suits(cls, actor: Actor) -> bool:
        return cls.is_open_to(actor) and not actor.has(FIGURE_VIEW)

    @classmethod
    def is_open_to(cls, actor: Actor) -> bool:
        return actor.worker_id is not None and actor.has(TASK_DECIDE)
