"""Keeping beside items what models said of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, unveiled
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid

from .. import scopes
from ..models import Item, Programme
from ..models_seen import note_models
from ..rules.exchange import PREDICTIONS, Said, as_prediction
from ..rules.prelabels import KEPT
from ..rules.texts import holds_nul

_MODEL_LENGTH, _FAULTS_TOLD = 120, 20


@dataclass(frozen=True, kw_only=True)
class NewPrediction:
    """What a model says of an item: values of a form's fields, some or all, and how sure it is (0 to 1)."""

    item_key: str
    answer: Mapping[str, Any]
    model: str = ""
    score: float | None = None


def add_predictions(
    actor: Actor, *, programme: Programme, predictions: Sequence[NewPrediction], now: datetime
) -> list[Item]:
    """Keep predictions beside a programme's items, all or none; the latest that fits a form is its suggested label.

    `Invalid` names, by key, what does not fit or is about no item. An item keeps its latest twenty.
    """
    with act(scopes.ITEM_ADD, actor, on=programme, now=now) as deed:
        by_key: defaultdict[str, list[NewPrediction]] = defaultdict(list)
        faults: dict[str, list[str]] = {}
        for each in predictions:
            by_key[each.item_key].append(each)
            if fault := _fault(each):
                faults.setdefault(each.item_key[:80], []).append(fault)
        keys = [key for key in by_key if "\x00" not in key]
        rows = unveiled(Item.objects.filter(programme=programme, key__in=keys))
        found = list(rows.select_for_update(of=("self",)).order_by("id"))
        for key in by_key.keys() - {item.key for item in found}:
            faults.setdefault(key[:80], []).append(_("The programme has no item of this key."))
        if faults:
            told = dict(sorted(faults.items())[:_FAULTS_TOLD])
            raise Invalid(_("%(n)d predictions do not fit; none was kept.") % {"n": len(faults)}, fields=told)
        for item in found:
            new = [
                as_prediction(Said(answer=each.answer, model=each.model, score=each.score)) for each in by_key[item.key]
            ]
            item.attributes = {**item.attributes, PREDICTIONS: [*_known(item), *new][-KEPT:]}
        Item.objects.bulk_update(found, ["attributes"], batch_size=200)
        note_models(programme.pk, {each.model for each in predictions}, now=now)
        deed.record("predictions added", after={"predictions": len(predictions)})
        return found


def _known(item: Item) -> list[Any]:
    kept = item.attributes.get(PREDICTIONS)
    return kept if isinstance(kept, list) else []


def _fault(each: NewPrediction) -> str:
    if not isinstance(each.answer, Mapping) or not each.answer:
        return _("“answer” is an object with values of the form's fields.")
    if holds_nul([dict(each.answer), each.model]):
        return _("It holds a NUL character.")
    if len(each.model) > _MODEL_LENGTH:
        return _("A model's name has at most %(n)d characters.") % {"n": _MODEL_LENGTH}
    if each.score is not None and not (isfinite(each.score) and 0 <= each.score <= 1):
        return _("“score” is a number from 0 to 1.")
    return ""
