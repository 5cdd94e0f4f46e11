"""A lead's team."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import Actor
from evenkeel.measure import SIGNAL_ACT

from ..board import Board, BoardTile, board, reaches_by


@board
class Lead(Board):
    slug, title, order, split_by = "lead", _("My team"), 30, "queue"
    why = _(
        "The team this week: right, much, fast enough and in time, with what moved it queue by queue, and whether people got "
        "their breaks."
    )
    tiles = (
        BoardTile(metric="accuracy", days=7),
        BoardTile(metric="accuracy"),
        BoardTile(metric="critical_error_rate"),
        BoardTile(metric="decided", days=7),
        BoardTile(metric="throughput", days=7),
        BoardTile(metric="handle_time_median", days=7),
        BoardTile(metric="within_target", days=7),
        BoardTile(metric="utilisation", days=7),
        BoardTile(metric="break_compliance", days=7),
    )

    @classmethod
    def suits(cls, actor: Actor) -> bool:
        is_lead = actor.has(SIGNAL_ACT) and not actor.has("quality:plan:edit")
        return cls.is_open_to(actor) and (reaches_by(actor, "team", "queue") or is_lead)
