"""The quality system."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import Actor

from ..board import Board, BoardTile, board


@board
class Strategist(Board):
    slug, title, order, split_by = "strategist", _("Quality system"), 40, "programme"
    why = _(
        "The measures of quality and of the measuring itself: errors by kind, known answers, auditors, coverage and appeals, "
        "for whoever owns how quality is made."
    )
    tiles = (
        BoardTile(metric="accuracy", days=7),
        BoardTile(metric="accuracy"),
        BoardTile(metric="critical_error_rate"),
        BoardTile(metric="under_enforcement"),
        BoardTile(metric="over_enforcement"),
        BoardTile(metric="golden_accuracy"),
        BoardTile(metric="auditor_accuracy"),
        BoardTile(metric="calibration_alignment"),
        BoardTile(metric="audit_coverage"),
        BoardTile(metric="overturn_rate"),
        BoardTile(metric="prevalence"),
        BoardTile(metric="accuracy", days=91),
    )

    @classmethod
    def suits(cls, actor: Actor) -> bool:
        return cls.is_open_to(actor) and (actor.has("quality:plan:edit") or actor.has("quality:audit:do"))
