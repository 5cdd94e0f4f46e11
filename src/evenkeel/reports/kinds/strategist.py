"""The quality system."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import Actor

from ..board import Board, BoardTile, board


@board
class Strategist(Board):
    slug, title, order, split_by = "strategist", _("Quality system"), 40, "programme"
    why = _("Every programme by the same measures, over weeks and over quarters, for whoever owns how quality is made.")
    tiles = (
        BoardTile(metric="accuracy", days=7),
        BoardTile(metric="accuracy"),
        BoardTile(metric="accuracy", days=91),
        BoardTile(metric="decided"),
        BoardTile(metric="handle_time"),
        BoardTile(metric="handle_time", days=91),
    )

    @classmethod
    def suits(cls, actor: Actor) -> bool:
        return cls.is_open_to(actor) and (actor.has("quality:plan:edit") or actor.has("quality:audit:do"))
