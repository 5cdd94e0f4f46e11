from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality.rules.history import History
from evenkeel.quality.rules.layers import Example, Layer, Parameter, layer
from evenkeel.quality.rules.odds import LayerOdds, sizes

from ._examples import history


@layer
class Risk(Layer):
    slug = "risk"
    title = _("Risk times reach")
    why = _(
        "What could do most harm is looked at most: odds grow with the item's risk and reach, as models and sources gave "
        "them. An item that says neither counts as 1."
    )
    parameters = (Parameter(name="a_day", kind="number", title=_("Audits a day"), default=20),)
    needs = frozenset({"item"})
    # Sizes add up to 24 + 6 a day: 3 audits a day are a tenth of each size.
    example = Example(settings={"a_day": 3}, history=history(), odds=[LayerOdds(layer="risk", per_size=0.1)])

    @classmethod
    def odds(cls, settings: Mapping[str, Any], history: History) -> list[LayerOdds]:
        size = sizes(history.rows) if history.rows.num_rows else None
        if size is None:
            return []
        wanted = float(settings["a_day"]) * history.days / history.scale
        return [LayerOdds(layer=cls.slug, per_size=_per_size(size, wanted))]


def _per_size(size: Any, wanted: float) -> float:
    """k with sum(min(1, k size)) = wanted, to the digits that it needs; all for certain where there are not so many."""
    if wanted >= len(size):
        return float(1.0 / size.min())
    low, high = 0.0, float(1.0 / size.min())
    k = wanted / float(size.sum())
    if k * size.max() <= 1:
        return k
    for _step in range(60):
        k = (low + high) / 2
        low, high = (k, high) if float((k * size).clip(max=1).sum()) < wanted else (low, k)
    return k
