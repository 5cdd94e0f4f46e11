"""A lead's team."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import Actor
from evenkeel.measure import SIGNAL_ACT

from ..board import Board, BoardTile, board, reaches_by


@board
class Lead(Board):
    slug, title, order, split_by = "lead", _("My team"), 30, "queue"
    why = _("The team this week beside the last four: right, much, and fast enough, with what moved it queue by queue.")
    tiles = (
        BoardTile(metric="accuracy", days=7),
        BoardTile(metric="accuracy"),
        BoardTile(metric="decided", days=1),
        BoardTile(metric="decided", days=7),
        BoardTile(metric="handle_time", days=7),
        BoardTile(metric="handle_time"),
    )

    @classmethod
    def suits(cls, actor: Actor) -> bool:
        is_lead = actor.has(SIGNAL_ACT) and not actor.has("quality:plan:edit")
        return cls.is_open_to(actor) and (reaches_by(actor, "team", "queue") or is_lead)
