from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality.rules.history import History
from evenkeel.quality.rules.layers import Example, Layer, Parameter, layer
from evenkeel.quality.rules.odds import LayerOdds

from ._examples import ago, history


@layer
class PostChange(Layer):
    slug = "post_change"
    title = _("After a change of the guideline")
    why = _("A new version is misread at first; the sooner that shows, the less has to be put right.")
    parameters = (
        Parameter(name="days", kind="days", title=_("Days since it was published"), default=14),
        Parameter(name="rate", kind="share", title=_("Share of decisions under it to audit"), default=0.1),
    )
    needs = frozenset({"published_on"})
    example = Example(
        settings={"days": 14, "rate": 0.1},
        history=history(published_on={"version-1": ago(300), "version-2": ago(2)}),
        odds=[LayerOdds(layer="post_change", by=("policy_version_id",), rates={"version-2": 0.1})],
    )

    @classmethod
    def odds(cls, settings: Mapping[str, Any], history: History) -> list[LayerOdds]:
        new = [key for key, day in history.published_on.items() if (history.day - day).days < settings["days"]]
        rates = dict.fromkeys(sorted(new), float(settings["rate"]))
        return [LayerOdds(layer=cls.slug, by=("policy_version_id",), rates=rates)]
