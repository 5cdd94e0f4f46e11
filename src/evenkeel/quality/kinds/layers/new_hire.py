from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality.rules.history import History
from evenkeel.quality.rules.layers import Example, Layer, Parameter, layer
from evenkeel.quality.rules.odds import LayerOdds

from ._examples import ago, history


@layer
class NewHire(Layer):
    slug = "new_hire"
    title = _("New people")
    why = _("Who has just begun learns fastest from audits, and is most often wrong.")
    parameters = (
        Parameter(name="days", kind="days", title=_("Days since the first day"), default=30),
        Parameter(name="rate", kind="share", title=_("Share of their decisions to audit"), default=0.2),
    )
    needs = frozenset({"started_on"})
    example = Example(
        settings={"days": 30, "rate": 0.2},
        history=history(started_on={"ann": ago(400), "ben": ago(10)}),
        odds=[LayerOdds(layer="new_hire", by=("worker_id",), rates={"ben": 0.2})],
    )

    @classmethod
    def odds(cls, settings: Mapping[str, Any], history: History) -> list[LayerOdds]:
        new = [who for who, day in history.started_on.items() if (history.day - day).days < settings["days"]]
        return [LayerOdds(layer=cls.slug, by=("worker_id",), rates=dict.fromkeys(sorted(new), float(settings["rate"])))]
