from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality.rules.history import History
from evenkeel.quality.rules.layers import Example, Layer, Parameter, layer
from evenkeel.quality.rules.odds import LayerOdds

from ._examples import history

BY = (
    ("queue_id", _("queue")),
    ("language", _("language")),
    ("organisation_id", _("organisation")),
    ("site_id", _("site")),
    ("team_id", _("team")),
    ("worker_id", _("person")),
    ("label", _("answer")),
    ("origin", _("who decided: a person or a program")),
    ("policy_version_id", _("version of the guideline")),
)


@layer
class Stratified(Layer):
    slug = "stratified"
    title = _("As many from each")
    why = _(
        "Small queues, languages or vendors get as many audits as large ones, so that each can be judged. Or give odds by "
        "value: 20 % of what a program decided, 2 % of the rest."
    )
    parameters = (
        Parameter(name="by", kind="choice", title=_("Each"), choices=BY, default="queue_id"),
        Parameter(name="each_a_day", kind="number", title=_("Audits a day of each"), default=5),
        Parameter(
            name="rates", kind="rates", title=_("Odds by value"), default=None, is_required=False, is_in_form=False
        ),
    )
    needs = frozenset({"item"})
    # Two a day of each queue: 2 of 20 and 2 of 5. A queue of which nothing is known counts as the mean of the others.
    example = Example(
        settings={"by": "queue_id", "each_a_day": 2, "rates": None},
        history=history(),
        odds=[LayerOdds(layer="stratified", by=("queue_id",), rates={"a": 0.1, "b": 0.4}, otherwise=2 / 12.5)],
    )

    @classmethod
    def odds(cls, settings: Mapping[str, Any], history: History) -> list[LayerOdds]:
        by, wanted = settings["by"], float(settings["each_a_day"])
        volumes = history.volumes([by])
        rates = {cell: min(1.0, wanted / a_day) for cell, a_day in volumes.items()}
        usual = sum(volumes.values()) / len(volumes) if volumes else 0.0
        otherwise = min(1.0, wanted / usual) if usual else 0.0
        return [LayerOdds(layer=cls.slug, by=(by,), rates=rates | dict(settings["rates"] or {}), otherwise=otherwise)]
