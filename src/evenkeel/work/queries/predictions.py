"""What models said of items, as labels."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ..kinds.answer import answer_kinds
from ..models import FormVersion, Item
from ..rules.prelabels import suggested


def predicted_labels(programme_id: UUID, item_ids: Iterable[UUID | str]) -> dict[UUID, tuple[str, float | None]]:
    """Item -> the label of the latest prediction that fits one of the programme's forms, with its score where it has one.

    Items without one are left out. The newest version of each form is asked, the newest form first.
    """
    newest: dict[UUID, FormVersion] = {}
    for version in FormVersion.objects.filter(form__programme=programme_id).order_by("-published_at", "-number"):
        newest.setdefault(version.form_id, version)
    found: dict[UUID, tuple[str, float | None]] = {}
    for item_id, attributes in Item.objects.filter(programme=programme_id, pk__in=list(item_ids)).values_list(
        "id", "attributes"
    ):
        for version in newest.values():
            spec = version.spec
            said = suggested(spec, attributes)
            if said is not None and spec["main"] in said.answer:
                main = next(field for field in spec["fields"] if field["name"] == spec["main"])
                label = answer_kinds[main["kind"]].said(main, said.answer[spec["main"]])[0]
                found[item_id] = (label, said.score)
                break
    return found
