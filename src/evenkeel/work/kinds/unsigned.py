"""Answers in files that do not say who gave them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..rules.exchange import PREDICTIONS, Record, Said, as_prediction, label_of
from ..rules.items import NewItem
from .format import Reading


def with_answer(
    row: int, item: NewItem, answer: Mapping[str, Any], reading: Reading, *, columns: Mapping[str, str]
) -> Record | None:
    """An item with the one answer its file has about it; None when the item does not fit, with the reasons noted.

    Where somebody was named to have signed the file, the answer is hers; otherwise it is kept beside the item as a
    prediction, which counts as nobody's decision. `columns`: what the file calls the parts of an item.
    """
    said: tuple[Said, ...] = ()
    if answer:
        given = Said(answer=answer, label=label_of(answer), worker_code=reading.signed_by)
        if reading.signed_by:
            said = (given,)
        else:
            kept = {**item.attributes, PREDICTIONS: [as_prediction(given)]}
            item = NewItem(key=item.key, kind=item.kind, content=item.content, language=item.language, attributes=kept)
    return (
        Record(row=row, key=item.key, item=item, said=said)
        if reading.is_sound(item, row=row, columns=columns)
        else None
    )
