"""A regional manager's sites."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import Actor

from ..board import Board, BoardTile, board, reaches_by


@board
class RegionalManager(Board):
    slug, title, order, split_by = "regional_manager", _("Sites"), 10, "site"
    why = _("The sites of a region side by side: what each adds to the whole, and which of them moved it.")
    tiles = (
        BoardTile(metric="accuracy"),
        BoardTile(metric="accuracy", days=91),
        BoardTile(metric="critical_error_rate"),
        BoardTile(metric="decided"),
        BoardTile(metric="throughput"),
        BoardTile(metric="within_target"),
        BoardTile(metric="utilisation"),
        BoardTile(metric="adherence"),
        BoardTile(metric="break_compliance"),
    )

    @classmethod
    def suits(cls, actor: Actor) -> bool:
        return cls.is_open_to(actor) and reaches_by(actor, "site")
