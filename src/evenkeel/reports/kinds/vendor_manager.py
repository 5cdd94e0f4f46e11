"""A vendor manager's partners."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import Actor

from ..board import Board, BoardTile, board, reaches_by


@board
class VendorManager(Board):
    slug, title, order, split_by = "vendor_manager", _("Partners"), 20, "organisation"
    why = _("Partners side by side, by the same figures that a contract would ask for; a partner sees her own part.")
    tiles = (
        BoardTile(metric="accuracy"),
        BoardTile(metric="accuracy", days=91),
        BoardTile(metric="critical_error_rate"),
        BoardTile(metric="decided"),
        BoardTile(metric="within_target"),
        BoardTile(metric="turnaround_p90"),
        BoardTile(metric="cost_per_correct"),
        BoardTile(metric="dispute_overturn_rate"),
    )

    @classmethod
    def suits(cls, actor: Actor) -> bool:
        # Whoever gives accounts without designing samples: our own vendor manager, or a partner's.
        runs_people = actor.has("people:person:edit") and not actor.has("quality:plan:edit")
        return cls.is_open_to(actor) and (reaches_by(actor, "organisation") or actor.is_outside or runs_people)
