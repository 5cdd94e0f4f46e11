"""Five figures, and what changed."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import Actor

from ..board import Board, BoardTile, board


@board
class Executive(Board):
    slug, title, order, split_by = "executive", _("At a glance"), 60, "organisation"
    why = _(
        "Five figures and what changed: whether the work is right, how often it is badly wrong, whether it is in time, what a "
        "right decision costs, and how much harm is left to be seen."
    )
    tiles = (
        BoardTile(metric="accuracy"),
        BoardTile(metric="critical_error_rate"),
        BoardTile(metric="within_target"),
        BoardTile(metric="cost_per_correct"),
        BoardTile(metric="prevalence"),
    )

    @classmethod
    def suits(cls, actor: Actor) -> bool:
        return cls.is_open_to(actor)
