"""Five figures, and what changed."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import Actor

from ..board import Board, BoardTile, board


@board
class Executive(Board):
    slug, title, order, split_by = "executive", _("At a glance"), 60, "organisation"
    why = _("Five figures and what changed: whether the work is right, how much of it was done, at what pace.")
    tiles = (
        BoardTile(metric="accuracy"),
        BoardTile(metric="accuracy", days=364),
        BoardTile(metric="decided"),
        BoardTile(metric="decided", days=364),
        BoardTile(metric="handle_time"),
    )

    @classmethod
    def suits(cls, actor: Actor) -> bool:
        return cls.is_open_to(actor)
