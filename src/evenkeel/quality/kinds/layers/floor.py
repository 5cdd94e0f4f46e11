from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.quality.rules.history import History
from evenkeel.quality.rules.layers import Example, Layer, Parameter, layer
from evenkeel.quality.rules.odds import LayerOdds

from ._examples import ago, history

# Audits expected on the last day of the time: e^-3, so 5 % are missed then, and the odds double every day after.
_LAST_DAY = 3.0
# Decisions a day of somebody of whom no day is known.
_UNKNOWN_A_DAY = 20.0
_OF = (("worker", "worker_id"), ("queue", "queue_id"), ("language", "language"), ("organisation", "organisation_id"))


@layer
class Floor(Layer):
    slug = "floor"
    title = _("Everybody is looked at")
    why = _(
        "Each person, queue, language or vendor is drawn at least once in so many days. Nothing happens in the first half "
        "of the time; then the odds grow until somebody is drawn."
    )
    parameters = (
        Parameter(name="worker", kind="days", title=_("Each person, once in so many days"), default=14),
        Parameter(name="queue", kind="days", title=_("Each queue, once in so many days"), default=0),
        Parameter(name="language", kind="days", title=_("Each language, once in so many days"), default=0),
        Parameter(name="organisation", kind="days", title=_("Each vendor, once in so many days"), default=0),
    )
    needs = frozenset({"looked_at", "item"})
    # Ann was drawn three days ago, so nothing is due. Ben was drawn twelve days ago and makes 5 a day: 1 of 5 * 2 left.
    example = Example(
        settings={"worker": 14, "queue": 0, "language": 0, "organisation": 0},
        history=history(looked_at={"worker_id": {"ann": ago(3), "ben": ago(12)}}),
        odds=[LayerOdds(layer="floor worker", by=("worker_id",), rates={"ann": 0.0, "ben": 0.1}, otherwise=3 / 12.5)],
    )

    @classmethod
    def odds(cls, settings: Mapping[str, Any], history: History) -> list[LayerOdds]:
        return [_odds(name, column, int(settings[name]), history) for name, column in _OF if settings[name]]

    @classmethod
    def faults(cls, settings: Mapping[str, Any]) -> list[str]:
        return (
            [] if any(settings[name] for name, _column in _OF) else [str(_("say in how many days, for one at least"))]
        )


def _odds(name: str, column: str, days: int, history: History) -> LayerOdds:
    volumes = {cell: a_day for cell, a_day in history.volumes([column]).items() if cell}
    seen = history.looked_at.get(column, {})
    rates = {cell: min(1.0, _wanted(seen.get(cell), days, history) / a_day) for cell, a_day in volumes.items()}
    usual = sum(volumes.values()) / len(volumes) if volumes else _UNKNOWN_A_DAY
    otherwise = min(1.0, _LAST_DAY / usual)
    # Decisions without a language or a queue are nobody's to cover.
    empty = {"": 0.0} if name in ("queue", "language") else {}
    return LayerOdds(layer=f"floor {name}", by=(column,), rates=rates | empty, otherwise=otherwise)


def _wanted(last: Any, days: int, history: History) -> float:
    """Audits to expect today: none in the first half, one over what is left, then three, six, twelve."""
    left = days - (history.day - last).days if last is not None else 1
    if left > days / 2:
        return 0.0
    if left > 1:
        return 1.0 / left
    return float(_LAST_DAY * 2.0 ** min(1 - left, 10))
