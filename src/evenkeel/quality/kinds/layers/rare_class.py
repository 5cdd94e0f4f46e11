from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality.rules.history import History
from evenkeel.quality.rules.layers import Example, Layer, Parameter, layer
from evenkeel.quality.rules.odds import LayerOdds

from ._examples import history


@layer
class RareClass(Layer):
    slug = "rare_class"
    title = _("Rare answers")
    why = _("Answers that hardly ever come have odds of their own, or nobody ever learns how right they are.")
    parameters = (
        Parameter(name="below", kind="share", title=_("Answers with less than this share"), default=0.05),
        Parameter(name="rate", kind="share", title=_("Share of them to audit"), default=0.5),
        Parameter(
            name="labels",
            kind="words",
            title=_("These answers, however often they come"),
            default=None,
            is_required=False,
        ),
    )
    # 1 of 25 decisions says Unsafe: 4 %.
    example = Example(
        settings={"below": 0.05, "rate": 0.5, "labels": None},
        history=history(),
        odds=[LayerOdds(layer="rare_class", by=("label",), rates={"Safe": 0.0, "Unsafe": 0.5}, otherwise=0.5)],
    )

    @classmethod
    def odds(cls, settings: Mapping[str, Any], history: History) -> list[LayerOdds]:
        volumes, rate = history.volumes(["label"]), float(settings["rate"])
        total = sum(volumes.values())
        named = set(settings["labels"] or ())
        rates = {
            label: rate if label in named or a_day < settings["below"] * total else 0.0
            for label, a_day in volumes.items()
        }
        # An answer that nobody gave for weeks is a rare one; where nothing is known at all, only those that are named.
        otherwise = rate if total else 0.0
        return [
            LayerOdds(
                layer=cls.slug, by=("label",), rates=rates | dict.fromkeys(sorted(named), rate), otherwise=otherwise
            )
        ]
